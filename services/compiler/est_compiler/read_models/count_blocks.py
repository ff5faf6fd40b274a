"""Blocks of counts (sifferblock) as rows of facts: so many of one kind, on the last day they tell of."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from est_contracts.messages import CountBlockContributed
from est_contracts.vocabulary import STOCKHOLM

_MOMENT = timedelta(microseconds=1)


def as_report_id(block_id: UUID) -> UUID:
    """Whoever sends chooses both kinds of ID: a block never ends a report that has the same."""
    return uuid5(block_id, "count_block")


def rows(block: CountBlockContributed) -> Sequence[tuple[Any, ...]]:
    """A row for each count, also for zero: who tells of none has said something."""
    day = (block.ends_at - _MOMENT).astimezone(STOCKHOLM).date()
    recorded, report_id = block.recorded, as_report_id(block.block_id)
    return [
        (
            recorded.position, part, recorded.recorded_at, block.municipality, day, None,
            report_id, counted.area, None, counted.theme, counted.checklist_entry,
            block.organisation, block.party, block.function, None, None, counted.number, counted.in_public,
        )
        for part, counted in enumerate(block.counts)
    ]  # fmt: skip
