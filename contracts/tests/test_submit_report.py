"""What a reporting app may post."""

import json

import pytest
from pydantic import ValidationError

from est_contracts.examples import HAPPENED_AT, example_receipt, example_report
from est_contracts.messages import ReportReceipt, SubmitReport
from est_contracts.vocabulary import MomentIsUnreadable

SMALLEST: dict[str, object] = {
    "report_id": "0b2e7d54-6a0e-4b0e-9d54-8f6f1f1f0c11",
    "municipality": "9901",
    "checklist_entry": "orebro.1",
    "happened_at": "2026-11-20T21:40:00+01:00",
}


def refused_fields(posted: dict[str, object]) -> set[str]:
    with pytest.raises(ValidationError) as refused:
        SubmitReport.model_validate_json(json.dumps(posted), strict=True)
    return {str(error["loc"][0]) for error in refused.value.errors()}


def test_four_fields_are_enough() -> None:
    report = SubmitReport.model_validate_json(json.dumps(SMALLEST))

    assert report.function is None
    assert report.severity is None
    assert report.happened_at.isoformat() == "2026-11-20T20:40:00+00:00"


@pytest.mark.parametrize("strict", [False, True])
def test_a_report_reads_back_as_it_was_posted(strict: bool) -> None:
    report = example_report(source="polisen:371971")

    assert SubmitReport.model_validate_json(report.model_dump_json(), strict=strict) == report


@pytest.mark.parametrize("left_out", SMALLEST)
def test_a_field_that_is_missing_is_named(left_out: str) -> None:
    posted = {name: given for name, given in SMALLEST.items() if name != left_out}

    assert refused_fields(posted) == {left_out}


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("report_id", "report-1"),
        ("municipality", "valboas"),
        ("checklist_entry", "Skadegörelse"),
        ("area", "Norrängen"),
        ("function", "Kalle Svensson"),
        ("happened_at", "2026-11-20T21:40:00"),
        ("happened_at", "2026-11-20"),
        ("happened_at", 1763671200),
        ("happened_at", "1763671200"),
        ("happened_at", "0001-01-01T00:00:00Z"),
        ("happened_at", "9999-12-31T23:59:59-14:00"),
        ("severity", 0),
        ("severity", 6),
        ("severity", "3"),
        ("severity", True),
        ("severity", 3.0),
        ("text", "x" * 4001),
        ("text", "en rad\x00"),
        ("text", 17),
        ("source", "polisen"),
        ("source", "polisen:" + "1" * 200),
        ("name", "Kalle"),
    ],
)
def test_a_field_that_makes_no_sense_is_named(field: str, given: object) -> None:
    assert refused_fields(SMALLEST | {field: given}) == {field}


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-20T21:40:00+01:00",
        "2026-11-20T20:40:00Z",
        "2026-11-20t20:40:00z",
        "2026-11-20 20:40Z",
        "2026-11-20T20:40:00.000000000Z",
    ],
)
def test_a_moment_may_be_written_in_the_usual_ways(written: str) -> None:
    posted = json.dumps(SMALLEST | {"happened_at": written})

    assert SubmitReport.model_validate_json(posted, strict=True).happened_at == HAPPENED_AT


@pytest.mark.parametrize(
    "written", ["2026-02-30T10:00:00Z", "2026-11-20T25:00:00Z", "2026-11-20T10:00:00+99:00"]
)
def test_a_moment_that_never_was_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        SubmitReport.model_validate_json(json.dumps(SMALLEST | {"happened_at": written}))

    assert refused.value.errors()[0]["msg"].endswith(MomentIsUnreadable.words.en)


def test_text_may_have_lines_and_any_alphabet() -> None:
    text = "Ungdomar på taket.\nنوافذ مكسورة 🛵"

    assert example_report(text=text).text == text


def test_a_report_is_asked_outside_the_subjects_that_streams_record() -> None:
    assert example_report().subject() == "ask.9901.intake.submit_report.v2"
    assert SubmitReport.subjects() == "ask.*.intake.submit_report.v2"


def test_a_receipt_reads_back_as_it_was_given() -> None:
    receipt = example_receipt()

    assert ReportReceipt.model_validate_json(receipt.model_dump_json()) == receipt
