"""What every message promises: its name, its headers, its body, and no free text."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from est_contracts.examples import EXAMPLES, example_incident, example_of
from est_contracts.messages import (
    PROMISED,
    CollaborationSetUp,
    CollaborationSetUpV1,
    IncidentReported,
    IncidentReportedV1,
    InvalidSubject,
    Message,
    ProblemFlagged,
    message_class,
    parse_subject,
    stream_of,
    subjects_of,
)
from est_contracts.schemas import schemas
from est_contracts.vocabulary import Theme

# What a municipality calls its own things, and sentences that are made from numbers.
WORDING_OF_OUR_OWN = {
    "Words.sv",
    "Words.en",
    "Area.name",
    "CalendarEntry.name",
    "Checklist.source",
    "CollaborationDocument.name",
    "Function.title",
    "LocalGroup.name",
    "NamedPlace.name",
    "Organisation.name",
}

each_message = pytest.mark.parametrize("kind", PROMISED, ids=lambda kind: kind.__name__)


@each_message
def test_every_message_has_an_example(kind: type[Message]) -> None:
    assert type(EXAMPLES[kind]) is kind


@each_message
def test_a_message_reads_back_as_it_was_told(kind: type[Message]) -> None:
    told = EXAMPLES[kind]

    heard = kind.model_validate_json(told.body())

    assert heard == told
    assert heard.body() == told.body()


@each_message
def test_a_message_is_found_by_its_subject(kind: type[Message]) -> None:
    assert message_class(EXAMPLES[kind].subject()) is kind


@each_message
def test_a_message_is_named_after_what_happened(kind: type[Message]) -> None:
    name = kind.__name__.removesuffix(f"V{kind.VERSION}")
    in_words = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()

    assert in_words == kind.FACT


@each_message
def test_a_field_that_nobody_promised_is_refused(kind: type[Message]) -> None:
    with pytest.raises(ValidationError):
        kind.model_validate(EXAMPLES[kind].model_dump() | {"note": "Kalle var där"})


@each_message
def test_a_message_cannot_be_changed(kind: type[Message]) -> None:
    with pytest.raises(ValidationError):
        setattr(EXAMPLES[kind], "municipality", "1880")  # noqa: B010


@each_message
def test_headers_are_plain_ascii(kind: type[Message]) -> None:
    headers = EXAMPLES[kind].headers()

    assert all(part.isascii() and part.isprintable() for pair in headers.items() for part in pair)


def test_headers_carry_the_cloudevents_attributes_and_the_position() -> None:
    message = example_incident(7)

    assert message.headers() == {
        "ce-specversion": "1.0",
        "ce-id": message.recorded.message_id,
        "ce-type": "est.intake.incident_reported.v2",
        "ce-source": "/est/intake",
        "ce-time": "2026-11-20T20:40:00+00:00",
        "ce-subject": "9901",
        "content-type": "application/json",
        "Est-Position": "7",
    }


def test_a_subject_names_municipality_service_fact_and_version() -> None:
    subject = EXAMPLES[IncidentReported].subject()

    assert subject == "est.9901.intake.incident_reported.v2"
    assert parse_subject(subject) == ("9901", "intake", "incident_reported", 2)


@pytest.mark.parametrize(
    "subject",
    [
        "est.9901.intake.incident_reported",
        "est.*.intake.incident_reported.v1",
        "est.9901.intake.incident_reported.v0",
        "ask.9901.intake.submit_report.v1",
        "est.9901.intake.incident_reported.v1.more",
        "",
    ],
)
def test_what_no_message_travels_under_is_refused(subject: str) -> None:
    with pytest.raises(InvalidSubject):
        parse_subject(subject)
    assert message_class(subject) is None


def test_a_version_that_nobody_promised_has_no_message() -> None:
    assert message_class("est.9901.intake.incident_reported.v9") is None


def test_a_service_tells_everything_on_one_stream() -> None:
    assert stream_of("intake") == "INTAKE"
    assert subjects_of("intake") == "est.*.intake.>"


def test_two_messages_never_share_a_name() -> None:
    assert len({kind.message_type() for kind in PROMISED}) == len(PROMISED)


def test_equal_messages_are_equal_to_the_byte_wherever_the_moment_was_written() -> None:
    in_utc = example_incident(happened_at=datetime(2026, 11, 20, 20, 40, tzinfo=UTC))
    in_stockholm = example_incident(
        happened_at=datetime(2026, 11, 20, 21, 40, tzinfo=timezone(timedelta(hours=1)))
    )

    assert in_utc.body() == in_stockholm.body()


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        example_incident(happened_at="2026-11-20T20:40:00")


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("area", "Storgatan 14"),
        ("area", "9901R001\n"),
        ("function", "Kalle Svensson"),
        ("organisation", "Valboås kommun"),
        ("source", "samtal med Kalle"),
        ("checklist_entry", "orebro.1 samt hot"),
        ("severity", 6),
        ("severity", True),
        ("municipality", "Valboås"),
        ("theme", "mopeds"),
    ],
)
def test_a_message_takes_keys_and_not_free_text(field: str, given: object) -> None:
    told = example_incident().model_dump()

    with pytest.raises(ValidationError, match=field):
        IncidentReported.model_validate(told | {field: given})


@each_message
def test_no_field_of_a_message_is_free_text(kind: type[Message]) -> None:
    schema = schemas((kind,))[kind.message_type()]

    assert set(free_text_fields(schema)) <= WORDING_OF_OUR_OWN


def test_a_free_text_field_would_be_found() -> None:
    class IncidentCommented(IncidentReported):
        FACT = "incident_commented"
        comment: str | None

    found = free_text_fields(schemas((IncidentCommented,))["est.intake.incident_commented.v2"])

    assert list(found) == ["IncidentCommented.comment"]


def test_an_example_is_checked_again_when_it_is_changed() -> None:
    changed = example_of(ProblemFlagged, position=12, theme="drugs")

    assert changed.theme is Theme.DRUGS
    assert changed.recorded.position == 12
    assert example_of(ProblemFlagged) == EXAMPLES[ProblemFlagged]


def test_examples_with_other_numbers_are_other_reports() -> None:
    one, other = example_incident(1), example_incident(2)

    assert one.report_id != other.report_id
    assert one.recorded.message_id != other.recorded.message_id


def test_the_examples_belong_to_the_collaboration_they_tell_of() -> None:
    document = EXAMPLES[CollaborationSetUp].document  # type: ignore[attr-defined]
    incident = example_incident()

    assert incident.area is not None
    assert document.area(incident.area).name == "Norrängen"
    assert document.function(incident.function).organisation_id == incident.organisation
    assert document.organisation(incident.organisation).party is incident.party


def free_text_fields(schema: dict[str, object]) -> Iterator[str]:
    """Strings with neither a pattern, a format nor a list of choices: anything may be written there."""
    definitions = schema.get("$defs", {})
    assert isinstance(definitions, dict)
    for owner, part in [(schema["title"], schema), *definitions.items()]:
        for name, field in part.get("properties", {}).items():
            if any(is_free_text(leaf) for leaf in leaves(field)):
                yield f"{owner}.{name}"


def leaves(field: dict[str, object]) -> Iterator[dict[str, object]]:
    yield field
    for keyword in ("anyOf", "prefixItems", "items"):
        inner = field.get(keyword, [])
        for part in inner if isinstance(inner, list) else [inner]:
            if isinstance(part, dict):
                yield from leaves(part)


def is_free_text(leaf: dict[str, object]) -> bool:
    if leaf.get("type") != "string":
        return False
    anything_goes = str(leaf.get("pattern", "")).startswith("^[^")
    return anything_goes or not {"pattern", "format", "enum", "const"} & leaf.keys()


def test_what_was_released_earlier_is_heard_as_it_is_told_today() -> None:
    told = EXAMPLES[IncidentReportedV1]

    heard = told.current()

    assert isinstance(heard, IncidentReported)
    assert IncidentReported.model_validate_json(heard.body()) == heard
    assert heard.model_dump(include=set(IncidentReportedV1.model_fields)) == told.model_dump()


def test_an_earlier_set_up_is_heard_with_what_it_left_unsaid() -> None:
    told = EXAMPLES[CollaborationSetUpV1]

    heard = told.current()

    assert isinstance(heard, CollaborationSetUp)
    assert heard.recorded == told.recorded
    assert str(heard.document.rhythm.period_of(told.happened_at)) == "2026-W47"


def test_what_is_told_today_is_heard_as_it_is() -> None:
    assert example_incident(7).current() == example_incident(7)
