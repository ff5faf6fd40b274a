"""What services tell each other: shown by an example, written down as a schema, sealed."""

from __future__ import annotations

import json

import pytest

from est_contracts.examples import EXAMPLES
from est_contracts.messages import MESSAGES, PROMISED, Message
from est_single_machine.write_asyncapi import PLACE, described
from house import HOUSE, all_subclasses, modules_of

SCHEMAS = HOUSE / "contracts" / "schemas"

MESSAGES_BY_TYPE = {message.message_type(): message for message in PROMISED}


def test_every_message_class_is_in_the_list_of_messages() -> None:
    modules_of("est_contracts")

    defined = {
        child
        for child in all_subclasses(Message)
        if child.__module__.startswith("est_contracts.") and not child.__name__.startswith("_")
    }

    assert defined == set(PROMISED)


@pytest.mark.parametrize("message", PROMISED, ids=lambda message: message.__name__)
def test_every_message_has_an_example_that_survives_its_journey(message: type[Message]) -> None:
    example = EXAMPLES[message]

    assert message.model_validate_json(example.body()) == example


@pytest.mark.parametrize("name", MESSAGES_BY_TYPE)
def test_every_message_has_a_frozen_schema(name: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    released = [
        line.split()[0] for line in (SCHEMAS / "RELEASED.txt").read_text(encoding="utf-8").splitlines()
    ]

    assert set(MESSAGES_BY_TYPE[name].model_fields) == set(schema["properties"])
    assert name in released


def test_no_schema_lies_about_that_nobody_has_promised() -> None:
    promised = {*MESSAGES_BY_TYPE}
    written = {path.name.removesuffix(".json") for path in SCHEMAS.glob("est.*.json")}

    assert written == promised


def test_the_asyncapi_document_names_every_message() -> None:
    document = PLACE.read_text(encoding="utf-8")

    assert [message.__name__ for message in MESSAGES if message.__name__ not in document] == []


def test_the_asyncapi_document_is_that_of_the_services() -> None:
    assert PLACE.read_text(encoding="utf-8") == described(), "make schemas writes it anew"
