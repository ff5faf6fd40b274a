"""What blocks, returns and problems become in what a picture is drawn from."""

from datetime import date, datetime
from typing import Any

import pytest
from asked_knowledge import SUNDAY, WEEK_47, known, reports_now, set_up_first
from told_histories import DISTRICT, feed

from est_chassis.event_store import Cursor
from est_compiler.domain.knowledge import Heard
from est_compiler.domain.publishing.refusals import ScopeDoesNotExist
from est_compiler.questions.counts import changed_reports, late_reports
from est_compiler.read_models.facts import FactSelection
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.examples import example_id, example_incident, example_of
from est_contracts.messages import (
    Answer,
    AreaAssessment,
    AreaCount,
    CountBlockContributed,
    CountBlockWithdrawn,
    IncidentReportCorrected,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
    PeriodReturned,
)
from est_contracts.vocabulary import Theme


def counted(number: int, *, area: str | None = CENTRUM, in_public: bool = True) -> AreaCount:
    return AreaCount(
        checklist_entry="orebro.1",
        theme=Theme.VANDALISM,
        area=area,
        number=number,
        in_public=in_public,
        has_text=False,
    )


def block(position: int, *counts: AreaCount, revision: int = 1, number: int = 1) -> CountBlockContributed:
    return example_of(
        CountBlockContributed,
        position=position,
        block_id=example_id(f"block/{number}"),
        revision=revision,
        counts=counts,
    )


# Blocks of counts


def test_a_block_counts_as_many_reports_on_the_last_day_it_tells_of(cursor: Cursor) -> None:
    set_up_first(cursor, block(2, counted(3), counted(2, area=NORRANGEN, in_public=False)))

    tallies = known(cursor).tallies

    assert {(each.area, each.reports, each.in_public) for each in tallies} == {
        (CENTRUM, 3, True),
        (NORRANGEN, 2, False),
    }
    assert {(each.weekday, each.hour, each.severity, each.place) for each in tallies} == {(None,) * 4}
    assert cursor.execute("SELECT DISTINCT day FROM facts_v4").fetchall() == [{"day": SUNDAY}]


def test_a_block_contributed_anew_takes_the_place_of_all_that_it_said(cursor: Cursor) -> None:
    set_up_first(cursor, block(2, counted(3), counted(4)), block(3, counted(1), revision=2))

    assert [reports_now(cursor, at=position) for position in (2, 3)] == [7, 1]


def test_a_block_that_is_withdrawn_counts_no_longer(cursor: Cursor) -> None:
    withdrawn = example_of(CountBlockWithdrawn, position=3, block_id=example_id("block/1"))
    set_up_first(cursor, block(2, counted(3)), withdrawn)

    assert [reports_now(cursor, at=position) for position in (2, 3)] == [3, 0]


def test_a_block_and_a_report_of_the_same_id_do_not_end_each_other(cursor: Cursor) -> None:
    report = example_incident(2, report_id=example_id("block/1"))
    gone = example_of(IncidentReportWithdrawn, position=4, report_id=example_id("block/1"))
    set_up_first(cursor, report, block(3, counted(5)), gone)

    assert [reports_now(cursor, at=position) for position in (3, 4)] == [6, 5]


def test_a_report_of_the_same_id_in_another_municipality_is_not_ended(cursor: Cursor) -> None:
    elsewhere = example_of(
        IncidentReportWithdrawn, position=3, report_id=example_id("report/2"), municipality="1280"
    )
    set_up_first(cursor, example_incident(2), elsewhere)

    assert reports_now(cursor) == 1


def test_a_block_contributed_anew_is_not_late(cursor: Cursor) -> None:
    set_up_first(
        cursor, block(2, counted(3)), block(5, counted(4), revision=2), block(6, counted(2), number=2)
    )

    late = late_reports(cursor, FactSelection("9901", 6), known_from={WEEK_47: 4})

    assert [each.reports for each in late] == [2]


def test_a_report_that_came_to_count_after_a_picture_is_late_and_one_that_counted_by_then_is_not(
    cursor: Cursor,
) -> None:
    one, other = ({"report_id": example_id(f"report/{number}")} for number in (2, 3))
    set_up_first(
        cursor,
        example_incident(2),
        example_incident(3),
        example_of(IncidentReportMarkedDuplicate, position=4, duplicate_of=example_id("report/3"), **one),
        example_of(IncidentReportCorrected, position=6, **other),
        example_of(IncidentReportReinstated, position=7, **one),
    )

    late = [late_reports(cursor, FactSelection("9901", 7), known_from={WEEK_47: then}) for then in (3, 5)]

    assert [[each.reports for each in reports] for reports in late] == [[], [1]]


def test_a_block_contributed_anew_changes_as_many_reports_as_it_had_counted(cursor: Cursor) -> None:
    set_up_first(cursor, block(2, counted(3)), example_incident(3), block(5, counted(4), revision=2))

    changed = [
        changed_reports(cursor, FactSelection("9901", position), period=WEEK_47, known_from=known_from)
        for known_from, position in ((3, 3), (3, 5), (2, 5), (5, 5))
    ]

    assert changed == [0, 3, 3, 0]


# Who was heard


def returned(position: int, **changes: Any) -> PeriodReturned:
    return example_of(PeriodReturned, position=position, **changes)


NOTHING: dict[str, Any] = {"nothing_to_report": True, "answers": (), "area_assessments": ()}


def heard(cursor: Cursor, *, written: str = "2026-W47", scope: str = "") -> set[tuple[str, str, bool]]:
    return {
        (each.function, each.period, each.nothing)
        for each in known(cursor, written=written, scope=scope).heard or ()
    }


def test_a_report_a_return_and_a_block_are_all_heard(cursor: Cursor) -> None:
    set_up_first(cursor, example_incident(2), block(3, counted(1)), returned(4))

    assert heard(cursor) == {
        ("faltgruppen", "2026-W47", False),
        ("kommunpolisen", "2026-W47", False),
        ("bovard_norrangen", "2026-W47", False),
    }
    assert (known(cursor).heard or ())[0] == Heard("bovard_norrangen", "2026-W47", SUNDAY, nothing=False)


def test_who_tells_of_another_area_was_heard_all_the_same(cursor: Cursor) -> None:
    set_up_first(cursor, example_incident(2, area=NORRANGEN))

    assert heard(cursor, scope=HAMNEN) == {("faltgruppen", "2026-W47", False)}


def test_nothing_to_report_and_only_zeros_are_nothing(cursor: Cursor) -> None:
    set_up_first(cursor, returned(2, **NOTHING), block(3, counted(0)))

    assert heard(cursor) == {
        ("bovard_norrangen", "2026-W47", True),
        ("kommunpolisen", "2026-W47", True),
    }
    assert known(cursor).tallies == ()


def test_nothing_is_no_longer_nothing_when_something_was_told_besides(cursor: Cursor) -> None:
    report = example_incident(3, function="bovard_norrangen")
    set_up_first(cursor, returned(2, **NOTHING), report)

    assert heard(cursor) == {("bovard_norrangen", "2026-W47", False)}


def test_what_was_withdrawn_is_not_heard(cursor: Cursor) -> None:
    gone = example_of(IncidentReportWithdrawn, position=3, report_id=example_id("report/2"))
    set_up_first(cursor, example_incident(2), gone)

    assert heard(cursor) == set()


def test_a_report_belongs_to_the_reporting_period_of_its_day_also_when_that_began_before(
    cursor: Cursor,
) -> None:
    early = example_incident(2, happened_at=datetime.fromisoformat("2026-11-05T12:00:00+01:00"))
    set_up_first(cursor, early, period_days=14, periods_begin_on=date(2018, 11, 7))

    # The fortnight from Wednesday 28 October ends on Tuesday 10 November.
    assert heard(cursor, written="2026-11") == {("faltgruppen", "2026-W44-W45", False)}


def test_what_was_told_before_the_first_month_of_all_is_heard_in_the_period_that_ends_in_it(
    cursor: Cursor,
) -> None:
    # The fortnight from 29 October to 11 November 2025 ends in the month that November 2026 is held against.
    early = example_incident(2, happened_at=datetime.fromisoformat("2025-10-31T12:00:00+01:00"))
    set_up_first(cursor, early, period_days=14, periods_begin_on=date(2018, 11, 7))

    assert heard(cursor, written="2026-11") == {("faltgruppen", "2025-W44-W45", False)}


def test_where_nothing_is_set_up_nobody_is_silent(cursor: Cursor) -> None:
    feed(cursor, [example_incident(2)])

    assert (known(cursor).heard, reports_now(cursor)) == ((), 1)


# Returns


def test_a_return_handed_in_anew_says_what_it_says_last(cursor: Cursor) -> None:
    assessed = AreaAssessment(area=NORRANGEN, value=5, has_text=False)
    set_up_first(
        cursor,
        returned(2, risk_value=2),
        returned(3, revision=2, answers=(), area_assessments=(assessed,), risk_value=3),
    )

    before, after = known(cursor, at=2), known(cursor)

    assert [(each.entry, each.area, each.value) for each in before.returned] == [
        ("orebro.1", NORRANGEN, 4),
        (None, NORRANGEN, 3),
    ]
    assert [(each.entry, each.area, each.value) for each in after.returned] == [(None, NORRANGEN, 5)]
    assert [[each.value for each in told.risk_values] for told in (before, after)] == [[2], [3]]


def test_an_answer_without_a_value_gives_none(cursor: Cursor) -> None:
    answer = Answer(
        checklist_entry="orebro.1",
        theme=Theme.VANDALISM,
        area=None,
        value=None,
        has_text=True,
        has_measures=False,
    )
    set_up_first(cursor, returned(2, answers=(answer,), area_assessments=()))

    assert known(cursor).returned == ()


def test_values_are_of_the_areas_that_were_asked_for(cursor: Cursor) -> None:
    set_up_first(cursor, returned(2, risk_value=2))

    elsewhere, there = known(cursor, scope=HAMNEN), known(cursor, scope=DISTRICT)

    assert (elsewhere.returned, len(there.returned)) == ((), 2)
    assert there.risk_values == ()


def test_values_belong_to_the_picture_that_their_period_ends_in(cursor: Cursor) -> None:
    set_up_first(cursor, returned(2))

    counts = [len(known(cursor, written=written).returned) for written in ("2026-W46", "2026-W47", "2026-11")]

    assert counts == [0, 2, 2]


def test_two_functions_risk_values_of_a_period_are_the_one_that_was_given_last(cursor: Cursor) -> None:
    set_up_first(
        cursor,
        returned(2, risk_value=2),
        returned(3, return_id=example_id("return/2"), function="samordnaren", risk_value=4),
    )

    assert [(each.period, each.value) for each in known(cursor).risk_values] == [("2026-W47", 4)]


def test_a_return_that_says_nothing_is_something_known(cursor: Cursor) -> None:
    set_up_first(cursor, returned(2, **NOTHING))

    assert known(cursor).first_day == date(2026, 11, 16)


# Scopes


def test_what_has_no_area_is_in_no_part_of_the_municipality(cursor: Cursor) -> None:
    set_up_first(cursor, example_incident(2, area=None), example_incident(3, area=CENTRUM))

    assert [sum(each.reports for each in known(cursor, scope=scope).tallies) for scope in ("", DISTRICT)] == [
        2,
        1,
    ]


@pytest.mark.parametrize("scope", ["9901R099", "nowhere"])
def test_a_part_that_does_not_exist_is_refused(cursor: Cursor, scope: str) -> None:
    set_up_first(cursor)

    with pytest.raises(ScopeDoesNotExist):
        known(cursor, scope=scope)


def test_where_nothing_is_set_up_there_are_no_parts(cursor: Cursor) -> None:
    feed(cursor, [example_incident(2)])

    with pytest.raises(ScopeDoesNotExist):
        known(cursor, scope=CENTRUM)
