"""The history of a return, or of a block of counts: what each revision changed, value by value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from est_chassis.event_store import RecordedEvent
from est_contracts.vocabulary import Theme
from est_intake.domain.count_block import CountBlock, CountedEntry
from est_intake.domain.period_return import PeriodReturn, ReturnContent
from est_intake.domain.written_steps import WRITTEN_STEPS, WrittenStep


class ValueOf(NamedTuple):
    """What a value is about: an entry, an area's own assessment, or the risk value when both are left out."""

    checklist_entry: str | None
    theme: Theme | None
    area: str | None
    #: Said of counted numbers alone.
    in_public: bool = True


@dataclass(frozen=True)
class ValueChange:
    """A value that a revision added, changed or took away; an answer may be in words alone."""

    about: ValueOf
    before: int | None
    after: int | None
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True)
class WrittenLine:
    """What happened, when and by which function; the words are not part of it."""

    position: int
    recorded_at: datetime
    step: WrittenStep
    by_function: str | None
    changes: tuple[ValueChange, ...] = ()
    #: The words of the revision before are gone.
    erased_words: bool = False


Values = Mapping[ValueOf, int | None]


@dataclass(frozen=True)
class _Account:
    """What was handed in: the values, and whether there were words."""

    values: Values
    has_words: bool


def written_history_of(events: Iterable[RecordedEvent]) -> Iterator[WrittenLine]:
    """Each event as a line that a person can read."""
    before: _Account | None = None
    for recorded in events:
        event = recorded.event
        after = _account(event)
        yield WrittenLine(
            position=recorded.position,
            recorded_at=recorded.recorded_at,
            step=WRITTEN_STEPS[type(event)],
            by_function=_by_function(event),
            changes=tuple(_changes(before.values, after.values)) if before and after else (),
            erased_words=bool(before and after and before.has_words),
        )
        before = after or before


def _account(event: Any) -> _Account | None:
    if isinstance(event, PeriodReturn.Written):
        return _of_return(ReturnContent.recorded(event.content))
    if isinstance(event, CountBlock.Written):
        counts = tuple(CountedEntry.recorded(each) for each in event.content["counts"])
        return _Account(
            {
                ValueOf(each.checklist_entry, each.theme, each.area, each.in_public): each.number
                for each in counts
            },
            has_words=event.content["has_text"] or any(each.has_text for each in counts),
        )
    return None


def _of_return(content: ReturnContent) -> _Account:
    values: dict[ValueOf, int | None] = {
        ValueOf(each.checklist_entry, each.theme, each.area): each.value for each in content.answers
    }
    values |= {ValueOf(None, None, each.area): each.value for each in content.area_assessments}
    if content.risk_value is not None:
        values[ValueOf(None, None, None)] = content.risk_value
    return _Account(values, has_words=content.has_words)


def _changes(before: Values, after: Values) -> Iterator[ValueChange]:
    for about in {**before, **after}:
        change = ValueChange(
            about, before.get(about), after.get(about), is_new=about not in before, is_gone=about not in after
        )
        if change.is_new or change.is_gone or change.before != change.after:
            yield change


def _by_function(event: Any) -> str | None:
    acting: str | None
    if isinstance(event, PeriodReturn.Written):
        acting = event.handed_in["by_function"]
    elif isinstance(event, CountBlock.Written):
        acting = event.reporter["function"]
    else:
        acting = event.by_function
    return acting
