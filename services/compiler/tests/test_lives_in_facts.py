"""Whatever becomes of reports, in whatever order: a picture counts each that counts, by what it said last."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from est_chassis.event_store import Cursor
from est_compiler.domain.knowledge import Slot
from est_compiler.questions.counts import tallies
from est_compiler.read_models.facts import Facts, FactSelection
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.example_lives import Step, Turn, counting_after, life_of, told_lives
from est_contracts.messages import Message
from est_contracts.vocabulary import PictureCalendar

WEEK_47 = PictureCalendar().parse("2026-W47")
#: Two of them in the week that is counted, and one after it.
MOMENTS = tuple(datetime(2026, 11, day, 12, tzinfo=UTC) for day in (17, 20, 27))
SAYS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "area": st.sampled_from((CENTRUM, NORRANGEN, HAMNEN)),
        "happened_at": st.sampled_from(MOMENTS),
        "severity": st.sampled_from((1, 3, 5, None)),
    }
)
TURNS = st.lists(st.builds(Turn, st.integers(0, 2), st.integers(0, 11), SAYS), min_size=1, max_size=14)
SIZES = st.lists(st.integers(1, 6), min_size=14, max_size=14)
ONE_BY_ONE = [1] * 14


def tallied(cursor: Cursor, *, position: int) -> Counter[tuple[object, object]]:
    found = tallies(cursor, FactSelection("9901", position), periods={Slot.NOW: WEEK_47})
    return Counter((each.area, each.severity) for each in found for _ in range(each.reports))


def expected_of(told: Sequence[Message]) -> Counter[tuple[object, object]]:
    return Counter(
        (each.area, each.severity)
        for each in counting_after(told).values()
        if WEEK_47.starts_at <= each.happened_at < WEEK_47.ends_at
    )


@example(turns=life_of(Step.MARKED_DUPLICATE, Step.CORRECTED), sizes=ONE_BY_ONE)
@example(turns=life_of(Step.MARKED_DUPLICATE, Step.CORRECTED, Step.REINSTATED), sizes=ONE_BY_ONE)
@example(turns=life_of(Step.CORRECTED, Step.WITHDRAWN, Step.REINSTATED), sizes=ONE_BY_ONE)
@given(turns=TURNS, sizes=SIZES)
@settings(
    max_examples=60,
    deadline=None,
    # Each example is undone before the next: they may share one database.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_picture_as_of_any_position_counts_what_each_report_said_last(
    cursor: Cursor, turns: list[Turn], sizes: list[int]
) -> None:
    told = told_lives(turns)
    with cursor.connection.transaction(force_rollback=True):
        begin = 0
        for size in sizes:
            Facts().feed(cursor, told[begin : begin + size])
            begin += size

        for position in range(1, len(told) + 1):
            assert tallied(cursor, position=position) == expected_of(told[:position])
