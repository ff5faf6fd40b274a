"""Contributing blocks of counts, reading and withdrawing them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from est_chassis.failures import NotFound
from est_contracts.vocabulary import ReportingPeriod, Role
from est_intake.application.set_up import SettingUp
from est_intake.application.written_history import WrittenLine, written_history_of
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.count_block import BlockIsAboutAnotherPeriod, CountBlock, CountedEntry
from est_intake.domain.counting import BlockSubmission, check_block
from est_intake.domain.submission import Circumstances, Sender


class CountedRow(NamedTuple):
    """What a number is about; the words of the whole block are about none."""

    checklist_entry: str
    area: str | None
    in_public: bool


WHOLE_BLOCK = CountedRow("", None, True)
BlockWords = Mapping[CountedRow, str]


class BlockWithWords(NamedTuple):
    """A block, and its words as far as they are not erased."""

    block: CountBlock
    words: BlockWords

    @property
    def text(self) -> str | None:
        """What is said of the whole."""
        return self.words.get(WHOLE_BLOCK)

    @property
    def words_are_gone(self) -> bool:
        """Something was written, and it is erased."""
        return self.block.has_words and self.block.text_is_erased

    def text_of(self, count: CountedEntry) -> str | None:
        """What is said of one number."""
        return self.words.get(CountedRow(count.checklist_entry, count.area, count.in_public))


@dataclass(frozen=True)
class BlockReceipt:
    """What the one who contributes gets: the same for a repeat, but for `repeated`."""

    block_id: UUID
    municipality: str
    organisation: str
    period: str
    revision: int
    recorded_at: datetime
    repeated: bool


class Counting:
    """The use cases around blocks of counts."""

    def __init__(self, set_ups: SettingUp) -> None:
        self._set_ups = set_ups
        self.work = set_ups.work
        # Of this transaction: what is to be written is not yet there to be read.
        self._new_block_words: dict[UUID, dict[CountedRow, str]] = {}

    def contribute_counts(
        self, submission: BlockSubmission, sender: Sender, *, from_revision: int | None = None
    ) -> BlockReceipt:
        """Record a block, or its next revision. The same again changes nothing."""
        set_up = self._set_ups.set_up_for(submission.municipality, sender)
        check_block(submission, Circumstances(set_up, sender, self._set_ups.now))
        counted, period = submission.counted(set_up), _period(submission, set_up)
        reporter, has_text = submission.reporter(set_up, sender), bool(submission.text)
        words = _words_in(submission)
        block = self.work.find(CountBlock, CountBlock.create_id(submission.municipality, submission.block_id))
        if block is None:
            block = CountBlock.contributed(
                counted,
                by=reporter,
                municipality=submission.municipality,
                block_id=submission.block_id,
                period=period,
                has_text=has_text,
            )
        else:
            if (block.period, block.reporter.organisation) != (str(period), reporter.organisation):
                raise BlockIsAboutAnotherPeriod
            if block.says(counted, has_text=has_text) and self._words_of_block(block) == words:
                return _receipt(block, repeated=True)
            block.revise(counted, by=reporter, period=period, has_text=has_text, from_revision=from_revision)
        self._keep(block, words)
        return _receipt(block, repeated=False)

    def counts(self, municipality: str, block_id: UUID, *, reader: Sender) -> BlockWithWords:
        """A block as it stands: for its own organisation, and for those who see all; operators no words."""
        block = self._block_for(municipality, block_id, reader)
        may_read = Role.COORDINATOR in reader.roles or self._is_own(block, reader)
        return BlockWithWords(block, self._words_of_block(block) if may_read else {})

    def count_history(
        self, municipality: str, block_id: UUID, *, reader: Sender
    ) -> tuple[CountBlock, list[WrittenLine]]:
        """A block, and all that has happened to it, in order; the words are not part of it."""
        block = self._block_for(municipality, block_id, reader)
        return block, list(written_history_of(self.work.events_of(block.id)))

    def withdraw_counts(self, municipality: str, block_id: UUID, *, by: Sender) -> CountBlock:
        """Let a block's numbers count no longer; its words are forgotten with it."""
        block = self._block_of_ones_own(municipality, block_id, by)
        block.withdraw(by_function=by.function)
        block.erase_text(by_function=by.function)
        self.work.save(block)
        self._forget(block)
        return block

    def erase_count_text(self, municipality: str, block_id: UUID, *, by: Sender) -> None:
        """Let the words of a block be forgotten; its numbers stay."""
        block = self._block_of_ones_own(municipality, block_id, by)
        block.erase_text(by_function=by.function)
        self.work.save(block)
        self._forget(block)

    def _block_of_ones_own(self, municipality: str, block_id: UUID, sender: Sender) -> CountBlock:
        """Nobody changes what another organisation answers for."""
        return self._block_for(municipality, block_id, sender, seeing_all=Role.OPERATOR)

    def _block_for(
        self, municipality: str, block_id: UUID, sender: Sender, *, seeing_all: Role = Role.COORDINATOR
    ) -> CountBlock:
        self._set_ups.set_up_for(municipality, sender)
        block = self.work.find(CountBlock, CountBlock.create_id(municipality, block_id))
        if block is None:
            raise NotFound(str(block_id))
        if not self._is_own(block, sender) and sender.roles.isdisjoint({seeing_all, Role.OPERATOR}):
            raise NotFound(str(block_id))
        return block

    def _is_own(self, block: CountBlock, sender: Sender) -> bool:
        own = self._set_ups.set_up_for(block.municipality, sender).reporters.get(sender.function or "")
        return own is not None and own.organisation == block.reporter.organisation

    def _keep(self, block: CountBlock, words: dict[CountedRow, str]) -> None:
        self.work.save(block)
        self._new_block_words[block.id] = words
        for row, text in words.items():
            self.work.write(
                KEEP,
                (block.municipality, block.block_id, block.revision, row.checklist_entry, row.area or "",
                 row.in_public, text),
            )  # fmt: skip
        # The words of what it said before are forgotten; those of this revision have just been written.
        self.work.write(FORGET_EARLIER, (block.municipality, block.block_id, block.revision))

    def _forget(self, block: CountBlock) -> None:
        self._new_block_words[block.id] = {}
        self.work.write(ERASE, (block.municipality, block.block_id))

    def _words_of_block(self, block: CountBlock) -> dict[CountedRow, str]:
        if block.id in self._new_block_words:
            return self._new_block_words[block.id]
        values = (block.municipality, block.block_id, block.revision)
        rows = self.work.cursor.execute(READ, values).fetchall()
        return {
            CountedRow(row["checklist_entry"], row["area"] or None, row["in_public"]): row["text"]
            for row in rows
        }


def _words_in(submission: BlockSubmission) -> dict[CountedRow, str]:
    words = {
        CountedRow(each.checklist_entry, each.area, each.in_public): each.text
        for each in submission.counts
        if each.text
    }
    return words | {WHOLE_BLOCK: submission.text} if submission.text else words


def _period(submission: BlockSubmission, set_up: SetUpInUse) -> ReportingPeriod:
    period = set_up.period_named(submission.period)
    assert period is not None
    return period


def _receipt(block: CountBlock, *, repeated: bool) -> BlockReceipt:
    return BlockReceipt(
        block_id=block.block_id,
        municipality=block.municipality,
        organisation=block.reporter.organisation,
        period=block.period,
        revision=block.revision,
        recorded_at=block.modified_on,
        repeated=repeated,
    )


#: The words of blocks lie beside the log, so that they can be erased (docs/privacy).
COUNT_WORDS = """
    CREATE TABLE IF NOT EXISTS count_words (
        municipality text NOT NULL,
        block_id uuid NOT NULL,
        revision int NOT NULL,
        checklist_entry text NOT NULL,
        area text NOT NULL,
        in_public boolean NOT NULL,
        text text NOT NULL,
        PRIMARY KEY (municipality, block_id, revision, checklist_entry, area, in_public)
    )
"""
KEEP = """
    INSERT INTO count_words (municipality, block_id, revision, checklist_entry, area, in_public, text)
    VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
FORGET_EARLIER = "DELETE FROM count_words WHERE municipality = %s AND block_id = %s AND revision < %s"
ERASE = "DELETE FROM count_words WHERE municipality = %s AND block_id = %s"
READ = """
    SELECT checklist_entry, area, in_public, text FROM count_words
     WHERE municipality = %s AND block_id = %s AND revision = %s
"""
