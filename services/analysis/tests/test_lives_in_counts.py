"""Whatever becomes of reports, in whatever order: each is counted once, where it said last, if it counts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

import psycopg
import pytest
from fed_analysis import fed_analysis
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row
from situations import WEEK_47, Telling

from est_analysis.domain.history import Series
from est_analysis.domain.standing import Place, Standing
from est_analysis.read_models.weekly_counts import WeeklyCounts, around, changes_after, place_of
from est_chassis.event_store import Cursor
from est_chassis.testing import FreshDatabase
from est_contracts.example_collaboration import HAMNEN, NORRANGEN
from est_contracts.example_lives import Step, Turn, counting_after, life_of, told_lives
from est_contracts.messages import Message
from est_contracts.vocabulary import Theme, Week

SAYS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "area": st.sampled_from((NORRANGEN, HAMNEN, None)),
        "theme": st.sampled_from((Theme.VANDALISM, Theme.POSITIVE)),
        "happened_at": st.sampled_from([datetime(2026, 11, day, 12, tzinfo=UTC) for day in (10, 17)]),
        "organisation": st.sampled_from(("valboas_kommun", "polisen_valboas")),
    }
)
TURNS = st.lists(st.builds(Turn, st.integers(0, 2), st.integers(0, 11), SAYS), min_size=1, max_size=14)
SIZES = st.lists(st.integers(1, 6), min_size=14, max_size=14)
ONE_BY_ONE = [1] * 14


@pytest.fixture
def cursor(database: FreshDatabase) -> Iterator[Cursor]:
    """The counts alone, empty."""
    with psycopg.connect(database.owner_url, row_factory=dict_row) as connection:
        opened = connection.cursor()
        opened.execute(WeeklyCounts.tables)
        yield opened


def expected_of(told: Sequence[Message]) -> Counter[Place]:
    places = (place_of(each) for each in counting_after(told).values())
    return Counter(place for place in places if place is not None)


def counted(cursor: Cursor, *, until: int) -> Counter[Place]:
    later = [change for _position, change in changes_after(cursor, until)]
    return Counter(
        Place(series, week, organisation)
        for area in (NORRANGEN, HAMNEN)
        for series in [Series("9901", area=area, theme=Theme.VANDALISM)]
        for week, told in around(cursor, series, week=WEEK_47, without=later).items()
        for organisation, reports in told.items()
        for _ in range(reports)
    )


@example(turns=life_of(Step.MARKED_DUPLICATE, Step.WITHDRAWN), sizes=ONE_BY_ONE)
@example(turns=life_of(Step.MARKED_DUPLICATE, Step.CORRECTED, Step.REINSTATED), sizes=ONE_BY_ONE)
@given(turns=TURNS, sizes=SIZES)
@settings(
    max_examples=60,
    deadline=None,
    # Each example is undone before the next: they may share one database.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_counts_as_of_any_position_are_of_what_each_report_said_last(
    cursor: Cursor, turns: list[Turn], sizes: list[int]
) -> None:
    told = told_lives(turns)
    with cursor.connection.transaction(force_rollback=True):
        begin = 0
        for size in sizes:
            WeeklyCounts().feed(cursor, told[begin : begin + size])
            begin += size

        for position in range(len(told) + 1):
            assert counted(cursor, until=position) == expected_of(told[:position])


STEPS = st.lists(st.one_of(st.integers(1, 3), st.booleans()), max_size=8)


@given(steps=STEPS, data=st.data())
def test_a_report_stands_the_same_in_whatever_order_one_hears_of_it(
    steps: list[int | bool], data: st.DataObject
) -> None:
    in_order = list(zip(count(1), steps))
    another = data.draw(st.permutations(in_order))

    assert stands_after(another) == stands_after(in_order)


def stands_after(steps: Sequence[tuple[int, int | bool]]) -> Standing:
    """A number is the week that it says, a truth is whether it counts."""
    standing = Standing()
    for position, step in steps:
        if isinstance(step, bool):
            standing = standing.turned(counts=step, position=position)
        else:
            series = Series("9901", area=NORRANGEN, theme=Theme.VANDALISM)
            standing = standing.saying(Place(series, Week(2026, step), "valboas_kommun"), position=position)
    return standing


def test_a_report_that_is_handled_after_its_withdrawal_does_not_count(database: FreshDatabase) -> None:
    intake = Telling()
    report = intake.report(WEEK_47)
    withdrawal, other = intake.withdrawal(report), intake.report(WEEK_47)
    with fed_analysis(database) as analysis:
        analysis.buries(report)
        analysis.hears(withdrawal, other)
        analysis.handles_the_dead_letters()
        with analysis.service.store.cursor() as cursor:
            counts = counted(cursor, until=3)

    assert list(counts.values()) == [1]
