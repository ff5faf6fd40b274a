"""What programmers read: every operation of intake with examples, also of everything that can go wrong."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from est_chassis.web.app import create_app
from est_chassis.web.openapi import openapi_document
from est_intake.service import build
from est_intake.settings import IntakeSettings

PROBLEM = "application/problem+json"
#: Each of these is shown at least somewhere, and everywhere where it can happen.
STATUSES = {"400", "401", "403", "404", "409", "412", "413", "415", "422", "428", "429", "503"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    settings = IntakeSettings(
        database_url="postgresql://localhost/none", session_secret="only-for-tests-only-for-tests-32"
    )
    return openapi_document(create_app(build(settings)))


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def may_happen(name: str, operation: dict[str, Any]) -> set[str]:
    """What the description of an operation makes possible."""
    has_body, parameters = "requestBody" in operation, operation.get("parameters", [])
    possible = {
        "400": has_body,
        "401": bool(operation["security"]),
        "403": bool(operation["security"]),
        "404": "{" in name,
        "409": not name.startswith("GET "),
        "412": any(parameter["name"].lower() == "if-match" for parameter in parameters),
        "428": any(each["name"].lower() == "if-match" and each["required"] for each in parameters),
        "413": has_body,
        "415": has_body,
        "422": has_body or bool(parameters),
        "429": True,
        "503": True,
    }
    return {status for status, is_possible in possible.items() if is_possible}


def test_it_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert len(list(operations(document))) >= 12


def test_every_refusal_that_can_happen_has_an_example(document: dict[str, Any]) -> None:
    missing = [
        f"{name} {status}"
        for name, operation in operations(document)
        for status in may_happen(name, operation)
        if not examples_of(document, operation, status)
    ]

    assert missing == []
    assert set().union(*(may_happen(name, operation) for name, operation in operations(document))) == STATUSES


def test_every_example_of_a_refusal_is_one(document: dict[str, Any]) -> None:
    schema = document["components"]["schemas"]["Problem"]
    for name, operation in operations(document):
        for status in may_happen(name, operation):
            for example in examples_of(document, operation, status):
                jsonschema_rs.validate(schema, example)
                assert example["status"] == int(status), f"{name} {status}"
                assert example["type"].startswith("urn:est:problem:")


def test_a_refusal_that_passes_says_when_to_come_back(document: dict[str, Any]) -> None:
    for status in ("429", "503"):
        described = document["components"]["responses"][f"problem_{status}"]
        assert "Retry-After" in described["headers"]


def test_every_json_that_is_taken_has_an_example_that_fits(document: dict[str, Any]) -> None:
    without = []
    for name, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content:
            example = content.get("example", content["schema"].get("example"))
            if example is None:
                without.append(name)
            else:
                jsonschema_rs.validate(content["schema"], example)

    assert without == []


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def references(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            if isinstance(part.get("$ref"), str):
                yield part["$ref"]
            for inner in part.values():
                yield from references(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from references(inner)

    for reference in set(references(document)):
        found: Any = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        assert found


def examples_of(document: dict[str, Any], operation: dict[str, Any], status: str) -> list[dict[str, Any]]:
    answer = operation["responses"].get(status, {})
    for step in answer.get("$ref", "#/").removeprefix("#/").split("/"):
        answer = (document if step == "components" else answer)[step] if step else answer
    content = answer.get("content", {}).get(PROBLEM, {})
    return [example["value"] for example in content.get("examples", {}).values()]
