"""What must be true of a report before it is recorded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.vocabulary import Role
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.submission import (
    Circumstances,
    ReportIsRefused,
    Sender,
    Submission,
    check,
)

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
VALBOAS = SetUpInUse(example_collaboration(), version=1)
FIELD_TEAM = Sender("9901", "faltgruppen", frozenset({Role.REPORTER}))
OPERATOR = Sender(None, None, frozenset({Role.OPERATOR}))


def good_report() -> Submission:
    return Submission(
        report_id=UUID("0c2d6f0e-2f0b-4a43-9a51-2a1a5c3f6c11"),
        municipality="9901",
        checklist_entry="orebro.1",
        happened_at=NOW - timedelta(hours=3),
        area=NORRANGEN,
        severity=3,
        text="Krossade rutor vid skolan.",
    )


def fields_in_the_way(submission: Submission, *, sender: Sender = FIELD_TEAM) -> list[str]:
    try:
        check(submission, Circumstances(VALBOAS, sender, NOW))
    except ReportIsRefused as refusal:
        return [error.field for error in refusal.errors]
    return []


def test_a_good_report_meets_no_objection() -> None:
    assert fields_in_the_way(good_report()) == []


def test_a_reporter_does_not_report_as_another_function() -> None:
    assert fields_in_the_way(replace(good_report(), function="samordnaren")) == ["function"]


def test_naming_ones_own_function_is_the_same_as_leaving_it_out() -> None:
    assert fields_in_the_way(replace(good_report(), function="faltgruppen")) == []


def test_an_operator_says_which_function_reports() -> None:
    assert fields_in_the_way(good_report(), sender=OPERATOR) == ["function"]
    assert fields_in_the_way(replace(good_report(), function="kommunpolisen"), sender=OPERATOR) == []


def test_a_function_outside_the_collaboration_cannot_report() -> None:
    assert fields_in_the_way(replace(good_report(), function="okand"), sender=OPERATOR) == ["function"]


def test_an_entry_of_a_checklist_not_in_use_is_refused() -> None:
    assert fields_in_the_way(replace(good_report(), checklist_entry="malmo.1")) == ["checklist_entry"]
    assert fields_in_the_way(replace(good_report(), checklist_entry="orebro.99")) == ["checklist_entry"]


def test_an_unknown_area_is_refused_and_no_area_is_not() -> None:
    assert fields_in_the_way(replace(good_report(), area="9901R999")) == ["area"]
    assert fields_in_the_way(replace(good_report(), area=None)) == []


@pytest.mark.parametrize(("minutes_ahead", "in_the_way"), [(15, []), (16, ["happened_at"])])
def test_a_moment_may_lie_ahead_by_what_clocks_differ(minutes_ahead: int, in_the_way: list[str]) -> None:
    report = replace(good_report(), happened_at=NOW + timedelta(minutes=minutes_ahead))

    assert fields_in_the_way(report) == in_the_way


@pytest.mark.parametrize(("days_ago", "in_the_way"), [(731, []), (732, ["happened_at"])])
def test_two_years_back_is_the_limit(days_ago: int, in_the_way: list[str]) -> None:
    assert fields_in_the_way(replace(good_report(), happened_at=NOW - timedelta(days=days_ago))) == in_the_way


def test_an_operator_may_import_history() -> None:
    report = replace(good_report(), function="faltgruppen", happened_at=NOW - timedelta(days=3_000))

    assert fields_in_the_way(report, sender=OPERATOR) == []


def test_what_is_expected_may_lie_ahead() -> None:
    document = example_collaboration().model_copy(update={"checklists": ("orebro", "malmo")})
    around = Circumstances(SetUpInUse(document, version=1), FIELD_TEAM, NOW)
    school_break = replace(
        good_report(), checklist_entry="malmo.29", happened_at=NOW + timedelta(days=60), text=None
    )

    check(school_break, around)


def test_text_that_points_out_an_individual_is_refused_for_each_kind_it_holds() -> None:
    report = replace(good_report(), text="Kalle 850709-9805, 070-123 45 67")

    assert fields_in_the_way(report) == ["text", "text"]


def test_a_plate_in_the_text_is_let_through() -> None:
    assert fields_in_the_way(replace(good_report(), text="Moped ABC 123 körde fort")) == []


def test_the_source_may_not_carry_a_person_either() -> None:
    assert set(fields_in_the_way(replace(good_report(), source="app:0701234567"))) == {"source"}


def test_a_refusal_never_repeats_what_was_written() -> None:
    with pytest.raises(ReportIsRefused) as refused:
        check(replace(good_report(), text="850709-9805"), Circumstances(VALBOAS, FIELD_TEAM, NOW))

    told = " ".join(error.words.sv + error.words.en for error in refused.value.errors)
    assert "850709" not in told


def test_all_that_stands_in_the_way_is_told_at_once() -> None:
    report = replace(good_report(), area="9901R999", checklist_entry="malmo.1", text="anna@example.se")

    assert fields_in_the_way(report) == ["checklist_entry", "area", "text"]


def test_a_municipal_credential_speaks_for_its_own_municipality_only() -> None:
    assert FIELD_TEAM.speaks_for("9901")
    assert not FIELD_TEAM.speaks_for("1280")
    assert OPERATOR.speaks_for("1280")
