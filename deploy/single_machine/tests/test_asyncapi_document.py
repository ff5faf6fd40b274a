"""The committed AsyncAPI document is what the services' own brokers say."""

import json

from est_contracts.messages import MESSAGES
from est_single_machine.write_asyncapi import PLACE, described


def test_the_committed_document_is_what_the_brokers_say() -> None:
    assert PLACE.read_text(encoding="utf-8") == described()


def test_every_message_is_told_by_somebody() -> None:
    told = json.loads(described())["operations"]

    for kind in MESSAGES:
        assert f"{kind.SERVICE} tells {kind.__name__}" in told


def test_everything_heard_is_told_on_the_same_channel() -> None:
    told = json.loads(described())

    heard = [operation for operation in told["operations"].values() if operation["action"] == "receive"]

    assert heard
    for operation in heard:
        name = operation["channel"]["$ref"].removeprefix("#/channels/").replace("%20", " ")
        assert name in told["channels"]
