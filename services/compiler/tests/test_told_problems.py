"""What lies ahead of a picture, and the problems and measures that analysis has told of."""

from datetime import date, datetime
from typing import Any

from asked_knowledge import PROBLEM, M, known, set_up_first
from told_histories import DISTRICT

from est_chassis.event_store import Cursor
from est_compiler.read_models.problems import earlier_analyses
from est_contracts.example_collaboration import HAMNEN, NORRANGEN
from est_contracts.examples import example_incident, example_of
from est_contracts.messages import (
    MeasureCompleted,
    MeasureDecided,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
    Recorded,
)
from est_contracts.vocabulary import Tense

# What lies ahead


def test_what_is_expected_in_the_next_two_periods_lies_ahead(cursor: Cursor) -> None:
    days = ("2026-11-22", "2026-11-23", "2026-12-06", "2026-12-07")
    expected = [
        example_incident(
            number, tense=Tense.EXPECTED, happened_at=datetime.fromisoformat(f"{day}T12:00:00+01:00")
        )
        for number, day in enumerate(days, start=2)
    ]
    occurred = example_incident(9, happened_at=datetime.fromisoformat("2026-11-24T12:00:00+01:00"))
    set_up_first(cursor, *expected, occurred)

    assert [(each.day, each.reports) for each in known(cursor).to_come] == [
        (date(2026, 11, 23), 1),
        (date(2026, 12, 6), 1),
    ]


def test_the_year_before_is_counted_around_the_periods_ahead(cursor: Cursor) -> None:
    then = example_incident(2, happened_at=datetime.fromisoformat("2025-11-18T12:00:00+01:00"))
    set_up_first(cursor, then)

    before = known(cursor).earlier_years

    assert before is not None
    assert {day: count.reports for day, count in before.items()} == {date(2025, 11, 17): 1}


def test_holidays_and_days_that_are_holidays_in_practice_are_named_in_both_languages(cursor: Cursor) -> None:
    set_up_first(cursor)

    days = known(cursor, written="2026-W24").holidays

    assert [(each.day.isoformat(), each.name.sv, each.name.en) for each in days] == [
        ("2026-06-19", "Midsommarafton", "Midsummer Eve"),
        ("2026-06-20", "Midsommardagen", "Midsummer Day"),
    ]


# Problems


def flagged(
    position: int, *, week: str = "2026-W47", at: str = "2026-11-23", **changes: Any
) -> ProblemFlagged:
    return told_on(example_of(ProblemFlagged, position=position, period=week, **changes), at)


def told_on(message: M, day: str) -> M:
    recorded = Recorded(
        message_id=message.recorded.message_id,
        position=message.recorded.position,
        recorded_at=datetime.fromisoformat(f"{day}T09:00:00+01:00"),
    )
    return message.model_copy(update={"recorded": recorded})


def states(cursor: Cursor, written: str, scope: str = "") -> list[str]:
    return [each.state for each in known(cursor, written=written, scope=scope).problems]


def test_a_problem_stands_in_the_pictures_from_the_week_it_was_seen_in(cursor: Cursor) -> None:
    set_up_first(cursor, flagged(1))

    assert [states(cursor, week) for week in ("2026-W46", "2026-W47", "2026-W48", "2026-11")] == [
        [], ["proposed"], ["proposed"], ["proposed"],
    ]  # fmt: skip


def test_a_dismissed_problem_stands_in_the_periods_until_it_was_dismissed(cursor: Cursor) -> None:
    set_up_first(
        cursor,
        flagged(1),
        told_on(example_of(ProblemDismissed, position=2, problem_id=PROBLEM), "2026-11-25"),
    )

    assert [states(cursor, week) for week in ("2026-W47", "2026-W48", "2026-W49")] == [
        ["dismissed"], ["dismissed"], [],
    ]  # fmt: skip


def test_a_problem_that_comes_again_was_away_between(cursor: Cursor) -> None:
    set_up_first(
        cursor,
        flagged(1, week="2026-W40", at="2026-10-05"),
        told_on(example_of(ProblemDismissed, position=2, problem_id=PROBLEM), "2026-10-07"),
        flagged(3, week="2026-W47"),
        told_on(example_of(ProblemConfirmed, position=4, problem_id=PROBLEM), "2026-11-24"),
    )

    assert [states(cursor, week) for week in ("2026-W41", "2026-W43", "2026-W47")] == [
        ["dismissed"], [], ["confirmed"],
    ]  # fmt: skip


def test_a_problem_is_of_its_area(cursor: Cursor) -> None:
    set_up_first(cursor, flagged(1, area=NORRANGEN))

    assert [states(cursor, "2026-W47", scope) for scope in (DISTRICT, HAMNEN)] == [["proposed"], []]


def test_measures_are_told_with_their_problem_until_they_are_done(cursor: Cursor) -> None:
    set_up_first(
        cursor,
        flagged(1),
        told_on(example_of(MeasureDecided, position=2), "2026-11-26"),
        told_on(example_of(MeasureCompleted, position=3), "2026-12-03"),
    )

    (problem,) = known(cursor).problems

    assert [(each.decided_on, each.completed_on) for each in problem.measures] == [
        (date(2026, 11, 26), date(2026, 12, 3))
    ]
    assert (problem.flagged_on, problem.changed_on) == (date(2026, 11, 23), date(2026, 11, 23))


def test_a_decision_about_a_problem_that_nobody_has_heard_of_says_nothing(cursor: Cursor) -> None:
    set_up_first(cursor, told_on(example_of(ProblemConfirmed, position=1), "2026-11-20"))

    assert known(cursor).problems == ()


def analysed(cursor: Cursor, *, until: int = 99) -> list[tuple[str, str, int]]:
    """What was found of the problem before it was flagged on 23 November."""
    found = earlier_analyses(
        cursor, municipality="9901", position=until, flagged={str(PROBLEM): date(2026, 11, 23)}
    )
    return [(each.state, each.decided_on.isoformat(), each.measures) for each in found]


def test_what_was_found_of_a_problem_before_is_told_when_it_is_flagged_again(cursor: Cursor) -> None:
    set_up_first(
        cursor,
        flagged(1, week="2026-W10", at="2026-03-09"),
        told_on(example_of(ProblemConfirmed, position=2, problem_id=PROBLEM), "2026-03-11"),
        told_on(example_of(MeasureDecided, position=3, problem_id=PROBLEM), "2026-03-12"),
        flagged(4, week="2026-W30", at="2026-07-27"),
        told_on(example_of(ProblemDismissed, position=5, problem_id=PROBLEM), "2026-07-29"),
        flagged(6),
        told_on(example_of(ProblemConfirmed, position=7, problem_id=PROBLEM), "2026-11-24"),
    )

    assert analysed(cursor) == [("dismissed", "2026-07-29", 0), ("confirmed", "2026-03-11", 1)]
    assert analysed(cursor, until=4) == [("confirmed", "2026-03-11", 1)]


def test_a_flag_that_nobody_has_judged_is_no_analysis(cursor: Cursor) -> None:
    set_up_first(cursor, flagged(1, week="2026-W10", at="2026-03-09"), flagged(2))

    assert analysed(cursor) == []
