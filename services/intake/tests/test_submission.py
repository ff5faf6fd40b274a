"""What must be true of a report before it is recorded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from reported_incidents import told_report
from valboas_reports import without_areas

from est_contracts.example_collaboration import CENTRUM, NORRANGEN, example_collaboration
from est_contracts.vocabulary import Coordinates, NamedPlace, Origin, Polarity, Role, Scope
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.incident_report import Incident
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


COORDINATOR = Sender("9901", "samordnaren", frozenset({Role.COORDINATOR}))
TORGET = NamedPlace(place_id="torget", name="Torget", area_id=CENTRUM)
WITH_PLACES = SetUpInUse(
    example_collaboration().model_copy(update={"places": (TORGET,), "checklists": ("orebro", "malmo")}),
    version=2,
)


def fields_in_the_way_at(submission: Submission, *, before: Incident | None = None) -> list[str]:
    try:
        check(submission, Circumstances(WITH_PLACES, FIELD_TEAM, NOW, before=before))
    except ReportIsRefused as refusal:
        return [error.field for error in refusal.errors]
    return []


def test_a_place_is_one_that_the_municipality_has_named() -> None:
    assert fields_in_the_way_at(replace(good_report(), place="torget")) == []
    assert fields_in_the_way_at(replace(good_report(), place="okand")) == ["place"]


@pytest.mark.parametrize(
    ("longitude", "latitude", "in_the_way"),
    [(13.31, 58.945, []), (13.6, 58.8, []), (58.945, 13.31, ["point"]), (18.06, 59.33, ["point"])],
)
def test_a_point_far_outside_what_is_drawn_is_a_slip(
    longitude: float, latitude: float, in_the_way: list[str]
) -> None:
    report = replace(good_report(), point=Coordinates(longitude=longitude, latitude=latitude))

    assert fields_in_the_way_at(report) == in_the_way


def test_an_incident_elsewhere_may_lie_anywhere_and_needs_no_area() -> None:
    elsewhere = next(each for each in WITH_PLACES.entries.values() if each.scope is Scope.ELSEWHERE)
    report = replace(
        good_report(),
        checklist_entry=elsewhere.entry_id,
        area=None,
        point=Coordinates(longitude=18.06, latitude=59.33),
    )

    assert fields_in_the_way_at(report) == []


def test_a_point_means_what_it_says_where_nothing_is_drawn() -> None:
    bare = example_collaboration().model_copy(update={"areas": (), "functions": without_areas()})
    around = Circumstances(SetUpInUse(bare, version=1), FIELD_TEAM, NOW)

    check(replace(good_report(), area=None, point=Coordinates(longitude=18.06, latitude=59.33)), around)


@pytest.mark.parametrize(
    ("until", "in_the_way"),
    [
        (NOW - timedelta(hours=2), []),
        (NOW - timedelta(hours=3), ["happened_until"]),
        (NOW - timedelta(hours=4), ["happened_until"]),
        (NOW + timedelta(hours=1), ["happened_until"]),
    ],
)
def test_an_incident_ends_after_it_begins_and_not_in_the_future(
    until: datetime, in_the_way: list[str]
) -> None:
    assert fields_in_the_way_at(replace(good_report(), happened_until=until)) == in_the_way


def test_an_incident_lasts_a_month_at_most() -> None:
    begun = replace(good_report(), happened_at=NOW - timedelta(days=40))

    assert fields_in_the_way_at(replace(begun, happened_until=NOW - timedelta(days=9))) == []
    assert fields_in_the_way_at(replace(begun, happened_until=NOW - timedelta(days=8))) == ["happened_until"]


def test_what_is_expected_may_begin_and_end_ahead_within_a_year() -> None:
    begins = NOW + timedelta(days=60)
    school_break = replace(
        good_report(),
        checklist_entry="malmo.29",
        happened_at=begins,
        happened_until=begins + timedelta(days=9),
    )

    assert fields_in_the_way_at(school_break) == []
    assert fields_in_the_way_at(replace(school_break, happened_at=NOW + timedelta(days=367))) == [
        "happened_at",
        "happened_until",
    ]


def test_a_positive_entry_needs_no_severity() -> None:
    positive = next(each for each in WITH_PLACES.entries.values() if each.polarity is Polarity.POSITIVE)

    assert (
        fields_in_the_way_at(replace(good_report(), checklist_entry=positive.entry_id, severity=None)) == []
    )


def test_measures_are_read_as_carefully_as_the_text() -> None:
    assert fields_in_the_way(replace(good_report(), measures="Ring 070-123 45 67")) == ["measures"]


def test_a_correction_is_not_blamed_for_what_it_leaves_as_it_was() -> None:
    before = replace(
        good_report().incident(VALBOAS),
        checklist_entry="boras.1",
        area="9901R999",
        place="rivet",
        point=Coordinates(longitude=18.06, latitude=59.33),
        happened_at=NOW - timedelta(days=900),
    )
    kept = replace(
        good_report(),
        checklist_entry="boras.1",
        area="9901R999",
        place="rivet",
        point=before.point,
        happened_at=before.happened_at,
    )

    assert fields_in_the_way_at(kept, before=before) == []
    assert kept.incident(WITH_PLACES, before=before).theme is before.theme
    assert fields_in_the_way_at(replace(kept, area="9901R998", checklist_entry="boras.2"), before=before) == [
        "checklist_entry",
        "area",
    ]


@pytest.mark.parametrize(
    ("origin", "may"),
    [(Origin.MEETING, True), (Origin.IMPORT, True), (Origin.PUBLIC, True), (Origin.PROGRAM, False)],
)
def test_a_coordinator_writes_down_what_others_have_told(origin: Origin, may: bool) -> None:
    report = replace(good_report(), function="kommunpolisen", origin=origin)

    assert COORDINATOR.may_sign_for("kommunpolisen", through=origin) is may
    assert FIELD_TEAM.may_sign_for("kommunpolisen", through=origin) is False
    assert report.reporter(VALBOAS, COORDINATOR).entered_by == "samordnaren"
    assert report.reporter(VALBOAS, OPERATOR).entered_by is None


def test_who_may_do_what_with_a_report() -> None:
    report = told_report()
    neighbour = Sender("9901", "bovard_norrangen", frozenset({Role.REPORTER}))

    assert [each.may_see(report) for each in (FIELD_TEAM, COORDINATOR, OPERATOR, neighbour)] == [
        True, True, True, False
    ]  # fmt: skip
    assert [each.may_correct(report) for each in (FIELD_TEAM, COORDINATOR, OPERATOR, neighbour)] == [
        True, False, True, False
    ]  # fmt: skip
    assert [each.may_judge(report) for each in (FIELD_TEAM, COORDINATOR, OPERATOR, neighbour)] == [
        False, True, True, False
    ]  # fmt: skip
    assert [each.may_erase(report) for each in (FIELD_TEAM, COORDINATOR, OPERATOR, neighbour)] == [
        True, True, True, False
    ]  # fmt: skip
    assert [each.may_read_the_text_of(report) for each in (FIELD_TEAM, COORDINATOR, OPERATOR, neighbour)] == [
        True, True, False, False
    ]  # fmt: skip
