"""What a picture would be drawn from, asked of the read models."""

from datetime import date
from typing import Any, TypeVar

from told_histories import feed, set_up

from est_chassis.event_store import Cursor
from est_compiler.domain.knowledge import Knowledge, Slot
from est_compiler.domain.picture import Known
from est_compiler.questions.knowledge import knowledge_at
from est_compiler.questions.known import latest_known
from est_contracts.examples import example_of
from est_contracts.messages import (
    CollaborationSetUp,
    Message,
    ProblemFlagged,
)
from est_contracts.vocabulary import PictureCalendar, PictureScope

CALENDAR = PictureCalendar()
WEEK_47 = CALENDAR.parse("2026-W47")
SUNDAY = date(2026, 11, 22)
PROBLEM = example_of(ProblemFlagged).problem_id
M = TypeVar("M", bound=Message)


def known(cursor: Cursor, *, written: str = "2026-W47", scope: str = "", at: int | None = None) -> Knowledge:
    latest = latest_known(cursor)
    return knowledge_at(
        cursor,
        municipality="9901",
        period=CALENDAR.parse(written),
        scope=PictureScope.parse(scope),
        known=latest if at is None else Known(at, latest.analysis),
    )


def reports_now(cursor: Cursor, *, at: int | None = None, written: str = "2026-W47") -> int:
    return sum(
        each.reports for each in known(cursor, at=at, written=written).tallies if each.slot is Slot.NOW
    )


def set_up_first(cursor: Cursor, *told: Message, **changes: Any) -> None:
    feed(cursor, [example_of(CollaborationSetUp, position=1, document=set_up(**changes)), *told])
