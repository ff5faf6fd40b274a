"""A block of counts: an organisation's own numbers, and what stands in their way."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from est_contracts.example_collaboration import CENTRUM, example_collaboration
from est_contracts.vocabulary import Party, ReportingPeriod, Role, Theme
from est_intake.domain.collaboration import Reporter, SetUpInUse
from est_intake.domain.count_block import (
    BlockHasChanged,
    BlockIsAboutAnotherPeriod,
    BlockIsWithdrawn,
    CountBlock,
    CountedEntry,
)
from est_intake.domain.counting import BlockIsRefused, BlockSubmission, CountSubmitted, check_block
from est_intake.domain.period_return import PeriodReturn
from est_intake.domain.submission import Circumstances, Sender
from est_intake.domain.written_steps import WRITTEN_STEP_WORDS, WRITTEN_STEPS, WrittenStep

BLOCK_ID = UUID("0c2d6f0e-2f0b-4a43-9a51-2a1a5c3f6c12")
POLICE = Reporter("kommunpolisen", "polisen_valboas", Party.POLICE)
HOUSING = Reporter("bosocial_utvecklare", "valboasbostader", Party.HOUSING)
SENDER = Sender("9901", "kommunpolisen", frozenset({Role.COORDINATOR}))
THEFTS = CountSubmitted("orebro.1", 13, CENTRUM)
WEEK: ReportingPeriod = example_collaboration().rhythm.parse("2026-W47")


def a_block(**changes: Any) -> BlockSubmission:
    said: dict[str, Any] = {
        "municipality": "9901",
        "block_id": BLOCK_ID,
        "period": "2026-W47",
        "counts": (THEFTS,),
    }
    return BlockSubmission(**(said | changes))


def around() -> Circumstances:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return Circumstances(SetUpInUse(example_collaboration(), version=1), SENDER, now)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"function": "samordnaren"}, "function"),
        ({"period": "2026-W48"}, "period"),
        ({"counts": ()}, "counts"),
        ({"counts": (CountSubmitted("malmo.1", 3),)}, "counts.0.checklist_entry"),
        ({"counts": (CountSubmitted("orebro.1", 3, "9901R999"),)}, "counts.0.area"),
        ({"counts": (CountSubmitted("orebro.1", -1),)}, "counts.0.number"),
        ({"counts": (CountSubmitted("orebro.1", 100_001),)}, "counts.0.number"),
        ({"counts": (CountSubmitted("orebro.1", 1, text="Se 850709-9805"),)}, "counts.0.text"),
        ({"text": "Ring 070-123 45 67"}, "text"),
    ],
)
def test_what_stands_in_the_way_of_numbers_is_named(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BlockIsRefused) as refused:
        check_block(a_block(**changes), around())

    assert {error.field for error in refused.value.errors} == {field}


def test_the_same_row_is_not_counted_twice_but_in_public_and_elsewhere_are_two() -> None:
    elsewhere = CountSubmitted("orebro.1", 2, CENTRUM, in_public=False)

    check_block(a_block(counts=(THEFTS, elsewhere)), around())
    with pytest.raises(BlockIsRefused) as refused:
        check_block(a_block(counts=(THEFTS, CountSubmitted("orebro.1", 2, CENTRUM))), around())

    assert len(refused.value.errors) == 2


def counted(number: int = 13) -> tuple[CountedEntry, ...]:
    return (CountedEntry("orebro.1", Theme.VANDALISM, CENTRUM, number, True, False),)


def contributed() -> CountBlock:
    return CountBlock.contributed(
        counted(), by=POLICE, municipality="9901", block_id=BLOCK_ID, period=WEEK, has_text=False
    )


def revise(block: CountBlock, **changes: Any) -> None:
    said: dict[str, Any] = {"by": POLICE, "period": WEEK, "has_text": False, "from_revision": None}
    block.revise(counted(14), **(said | changes))


def test_a_withdrawn_block_takes_no_more_numbers() -> None:
    block = contributed()
    block.withdraw(by_function="kommunpolisen")

    with pytest.raises(BlockIsWithdrawn):
        revise(block)


@pytest.mark.parametrize("changes", [{"by": HOUSING}, {"period": WEEK.previous}])
def test_a_block_stays_with_its_organisation_and_its_period(changes: dict[str, Any]) -> None:
    with pytest.raises(BlockIsAboutAnotherPeriod):
        revise(contributed(), **changes)


def test_numbers_that_changed_meanwhile_are_not_overwritten() -> None:
    block = contributed()
    revise(block, from_revision=1)

    with pytest.raises(BlockHasChanged):
        revise(block, from_revision=1)


def test_withdrawing_a_block_twice_happens_once() -> None:
    block = contributed()

    block.withdraw(by_function=None)
    block.withdraw(by_function=None)

    assert block.version == 2


def test_a_block_read_back_is_the_same_in_value_and_type() -> None:
    block = contributed()
    revise(block)
    read_back: CountBlock | None = None

    for event in block.collect_events():
        read_back = event.mutate(read_back)

    assert read_back is not None
    assert (read_back.counts, read_back.reporter, read_back.revision) == (counted(14), POLICE, 2)
    assert type(read_back.counts[0].theme) is Theme
    assert read_back.starts_at == WEEK.starts_at


def test_no_event_of_a_block_has_room_for_free_text() -> None:
    recorded = contributed().collect_events()[0]

    assert isinstance(recorded, CountBlock.Written)
    assert set(CountBlock.Written.__annotations__) == {"period", "reporter", "content", "revision"}
    assert set(recorded.content["counts"][0]) == {
        "checklist_entry", "theme", "area", "number", "in_public", "has_text"
    }  # fmt: skip


def test_every_event_of_what_is_handed_in_is_a_step_of_its_history() -> None:
    events = {
        each
        for aggregate in (CountBlock, PeriodReturn)
        for each in vars(aggregate).values()
        if isinstance(each, type) and getattr(each, "TOPIC", None)
    }

    assert events - {CountBlock.Written, PeriodReturn.Written} == set(WRITTEN_STEPS)
    assert set(WRITTEN_STEPS.values()) == set(WrittenStep) == set(WRITTEN_STEP_WORDS)
