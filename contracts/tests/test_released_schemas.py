"""A released promise never changes: not by a field, not by a choice, not by a limit."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from est_contracts import write_schemas
from est_contracts.messages import PROMISED, AlertRaised, IncidentReported, Message
from est_contracts.schemas import ANSWERS, REQUESTS, broken_promises, schemas, seals
from est_contracts.vocabulary import CHECKLISTS

# Others write it, from the running brokers.
WRITTEN_ELSEWHERE = {"asyncapi.json"}


def instead_of(released: type[Message], changed: type[Message]) -> tuple[type[Message], ...]:
    return tuple(changed if kind is released else kind for kind in PROMISED)


def test_no_released_promise_has_changed() -> None:
    assert broken_promises(write_schemas.read_released(), seals()) == []


def test_everything_that_is_promised_is_released() -> None:
    assert set(write_schemas.read_released()) == set(seals())


def test_the_written_schemas_are_those_of_the_code() -> None:
    written = {
        path.name: path.read_text("utf-8")
        for path in write_schemas.SCHEMAS.glob("*.json")
        if path.name not in WRITTEN_ELSEWHERE
    }

    assert written == write_schemas.written_schemas(), "run `make schemas`"


class _WithAnOptionalField(IncidentReported):
    weather: str | None = None


class _WithAnotherLimit(IncidentReported):
    severity: Annotated[int, Field(ge=1, le=6)] | None


class _WithARequiredFieldMadeOptional(IncidentReported):
    area: str | None = None


class _Cause(StrEnum):
    SEVERITY = "severity"
    PROBLEM = "problem"
    WEATHER = "weather"


class _WithAnotherChoice(AlertRaised):
    cause: _Cause  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("released", "changed"),
    [
        (IncidentReported, _WithAnOptionalField),
        (IncidentReported, _WithAnotherLimit),
        (IncidentReported, _WithARequiredFieldMadeOptional),
        (AlertRaised, _WithAnotherChoice),
    ],
)
def test_a_changed_message_breaks_its_promise(released: type[Message], changed: type[Message]) -> None:
    current = seals(instead_of(released, changed))

    assert broken_promises(write_schemas.read_released(), current) == [released.message_type()]


def test_a_message_that_is_gone_breaks_its_promise() -> None:
    current = seals(tuple(kind for kind in PROMISED if kind is not IncidentReported))

    assert broken_promises(write_schemas.read_released(), current) == ["est.intake.incident_reported.v2"]


def test_a_new_version_beside_the_old_breaks_nothing() -> None:
    class IncidentReportedAnew(_WithAnOptionalField):
        VERSION = 9

    current = seals((*PROMISED, IncidentReportedAnew))

    assert broken_promises(write_schemas.read_released(), current) == []
    assert "est.intake.incident_reported.v9" in current


def test_a_better_docstring_breaks_nothing() -> None:
    class IncidentReportedWithProse(IncidentReported):
        """The same promise, said better."""

    current = seals(instead_of(IncidentReported, IncidentReportedWithProse))

    assert broken_promises(write_schemas.read_released(), current) == []


def test_a_checklist_that_counts_differently_breaks_its_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    orebro = CHECKLISTS["orebro"]
    monkeypatch.setitem(CHECKLISTS, "orebro", orebro.model_copy(update={"entries": orebro.entries[:7]}))

    assert broken_promises(write_schemas.read_released(), seals()) == ["checklist.orebro.v1"]


def test_every_message_request_and_answer_has_a_schema() -> None:
    assert set(schemas()) == {kind.message_type() for kind in PROMISED} | set(REQUESTS) | set(ANSWERS)


def test_new_promises_are_written_and_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_schemas, "SCHEMAS", tmp_path)
    monkeypatch.setattr(write_schemas, "RELEASED", tmp_path / "RELEASED.txt")

    assert write_schemas.main() == 0

    assert write_schemas.read_released() == seals()
    assert {path.name for path in tmp_path.glob("*.json")} == set(write_schemas.written_schemas())


def test_a_broken_promise_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(write_schemas, "SCHEMAS", tmp_path)
    monkeypatch.setattr(write_schemas, "RELEASED", tmp_path / "RELEASED.txt")
    write_schemas.RELEASED.write_text("est.intake.incident_reported.v1 another-seal\n")

    assert write_schemas.main() == 1

    assert "est.intake.incident_reported.v1" in capsys.readouterr().err
    assert list(tmp_path.glob("*.json")) == []
