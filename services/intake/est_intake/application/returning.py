"""Handing in returns for a period, reading them, and erasing their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from est_chassis.failures import NotFound
from est_contracts.vocabulary import ReportingPeriod, Role
from est_intake.application.set_up import SettingUp
from est_intake.application.written_history import WrittenLine, written_history_of
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.period_return import (
    HandedIn,
    PeriodReturn,
    ReturnedPeriod,
    ReturnIsTheSeatsOwn,
    SomethingHasBeenReturned,
)
from est_intake.domain.returning import ReturnSubmission, check_return
from est_intake.domain.standing_in import fills, stands_in
from est_intake.domain.submission import Circumstances, Sender


class WrittenWords(NamedTuple):
    """Which, what and where of an answer or an assessment, and what has been done."""

    text: str | None
    measures: str | None = None


#: By entry and area; an area's own assessment has no entry.
ReturnWords = Mapping[tuple[str | None, str | None], WrittenWords]
NO_WORDS = WrittenWords(None)


class ReturnWithWords(NamedTuple):
    """A return, and its words when the reader may have them and they are not erased."""

    returned: PeriodReturn
    words: ReturnWords


@dataclass(frozen=True)
class ReturnReceipt:
    """What the one who hands in gets: the same for a repeat, but for `repeated`."""

    return_id: UUID
    municipality: str
    function: str
    period: str
    checklist: str | None
    revision: int
    nothing_to_report: bool
    is_late: bool
    recorded_at: datetime
    repeated: bool


class Returning:
    """The use cases around returns."""

    def __init__(self, set_ups: SettingUp) -> None:
        self._set_ups = set_ups
        self.work = set_ups.work
        # Of this transaction: what is to be written is not yet there to be read.
        self._new_words: dict[UUID, dict[tuple[str | None, str | None], WrittenWords]] = {}

    def hand_in_return(
        self, submission: ReturnSubmission, sender: Sender, *, from_revision: int | None = None
    ) -> ReturnReceipt:
        """Record a return, or its next revision. The same again changes nothing; a late one is marked."""
        set_up = self._set_ups.set_up_for(submission.municipality, sender)
        check_return(submission, Circumstances(set_up, sender, self._set_ups.now))
        if submission.nothing_to_report and self._has_said_something(submission, sender, set_up=set_up):
            raise SomethingHasBeenReturned
        found = self.work.find(PeriodReturn, _id_of(submission, sender, submission.checklist))
        if found is not None and self._says_the_same(found, submission, set_up=set_up):
            return _receipt(found, repeated=True)
        if found is not None and not self._may_revise(found, submission, sender=sender):
            raise ReturnIsTheSeatsOwn
        return self._hand_in(submission, sender, found=found, from_revision=from_revision)

    def returns_of(
        self, municipality: str, period: str, *, function: str, reader: Sender
    ) -> list[ReturnWithWords]:
        """What a function has handed in for a period, list by list: for itself and those who see all.

        Whoever stands in for it sees what they have handed in in its place.
        """
        set_up = self._set_ups.set_up_for(municipality, reader)
        found = self._returns(municipality, period, function=function, lists=(None, *set_up.checklists))
        fills_it = fills(function, by=reader.function, set_up=set_up, now=self._set_ups.now)
        if not fills_it and not _sees_all(reader):
            if not self._stands_in(function, period, by=reader, set_up=set_up):
                raise NotFound(period)
            found = [each for each in found if each.handed_in.by_function == reader.function]
        may_read = Role.COORDINATOR in reader.roles or not _sees_all(reader)
        return [ReturnWithWords(each, self._words_of(each) if may_read else {}) for each in found]

    def _stands_in(self, function: str, period: str, *, by: Sender, set_up: SetUpInUse) -> bool:
        named = set_up.period_named(period)
        return stands_in(function, by=by.function, set_up=set_up, period=named, now=self._set_ups.now)

    def return_history(
        self, municipality: str, return_id: UUID, *, reader: Sender
    ) -> tuple[PeriodReturn, list[WrittenLine]]:
        """A return, and all that has happened to it, in order; the words are not part of it."""
        found = self._return_for(reader, municipality, return_id)
        return found, list(written_history_of(self.work.events_of(found.id)))

    def erase_return_text(self, municipality: str, return_id: UUID, *, by: Sender) -> None:
        """Let the words of a return be forgotten: by the function that wrote them, or who sees all."""
        found = self._return_for(by, municipality, return_id)
        found.erase_text(by_function=by.function)
        self.work.save(found)
        self._new_words[return_id] = {}
        self.work.write(ERASE, (return_id,))

    def _return_for(self, sender: Sender, municipality: str, return_id: UUID) -> PeriodReturn:
        """For the function whose it is, and those who see all; for everybody else there is none."""
        found = self.work.find(PeriodReturn, return_id) if sender.speaks_for(municipality) else None
        if found is None or found.municipality != municipality:
            raise NotFound(str(return_id))
        if sender.function != found.reporter.function and not _sees_all(sender):
            raise NotFound(str(return_id))
        return found

    def _hand_in(
        self,
        submission: ReturnSubmission,
        sender: Sender,
        *,
        found: PeriodReturn | None,
        from_revision: int | None,
    ) -> ReturnReceipt:
        set_up = self._set_ups.set_up_for(submission.municipality, sender)
        period, reporter = _period(submission, set_up), submission.reporter(set_up, sender)
        handed_in = HandedIn(
            submission.origin, by_function=sender.function, is_late=self._set_ups.now > set_up.due_at(period)
        )
        content = submission.content(set_up)
        if found is None:
            found = PeriodReturn.handed(
                content,
                about=ReturnedPeriod.of(period, submission.checklist),
                by=reporter,
                municipality=submission.municipality,
                handed_in=handed_in,
            )
        else:
            found.revise(content, by=reporter, handed_in=handed_in, from_revision=from_revision)
        self.work.save(found)
        self._new_words[found.id] = {(entry, area): words for entry, area, words in _words_in(submission)}
        for entry, area, words in _words_in(submission):
            self.work.write(
                KEEP, (found.id, found.revision, entry or "", area or "", words.text, words.measures)
            )
        # The words of what it said before are forgotten; those of this revision have just been written.
        self.work.write(FORGET_EARLIER, (found.id, found.revision))
        return _receipt(found, repeated=False)

    def _may_revise(self, found: PeriodReturn, submission: ReturnSubmission, *, sender: Sender) -> bool:
        """A substitute revises what a substitute has said; it could not even read the words it replaced."""
        set_up, seat = self._set_ups.set_up_for(submission.municipality, sender), found.reporter.function
        is_a_substitutes = found.handed_in.by_function == sender.function
        is_the_seats = sender.may_sign_for(seat, through=submission.origin) or fills(
            seat, by=sender.function, set_up=set_up, now=self._set_ups.now
        )
        return is_the_seats or is_a_substitutes

    def _has_said_something(
        self, submission: ReturnSubmission, sender: Sender, *, set_up: SetUpInUse
    ) -> bool:
        function = submission.signed_by(sender) or ""
        return bool(
            self._returns(
                submission.municipality, submission.period, function=function, lists=tuple(set_up.checklists)
            )
        )

    def _returns(
        self, municipality: str, period: str, *, function: str, lists: Sequence[str | None]
    ) -> list[PeriodReturn]:
        ids = [PeriodReturn.id_of(municipality, period, function=function, checklist=each) for each in lists]
        return [found for each in ids if (found := self.work.find(PeriodReturn, each)) is not None]

    def _says_the_same(
        self, found: PeriodReturn, submission: ReturnSubmission, *, set_up: SetUpInUse
    ) -> bool:
        if found.content != submission.content(set_up) or found.text_is_erased:
            return False
        said = {(entry, area): words for entry, area, words in _words_in(submission)}
        return said == self._words_of(found)

    def _words_of(self, found: PeriodReturn) -> dict[tuple[str | None, str | None], WrittenWords]:
        if found.id in self._new_words:
            return self._new_words[found.id]
        rows = self.work.cursor.execute(READ, (found.id, found.revision)).fetchall()
        return {
            (row["checklist_entry"] or None, row["area"] or None): WrittenWords(row["text"], row["measures"])
            for row in rows
        }


def _words_in(submission: ReturnSubmission) -> Iterator[tuple[str | None, str | None, WrittenWords]]:
    for answer in submission.answers:
        if answer.text or answer.measures:
            yield (
                answer.checklist_entry,
                answer.area,
                WrittenWords(answer.text or None, answer.measures or None),
            )
    for assessment in submission.area_assessments:
        if assessment.text:
            yield None, assessment.area, WrittenWords(assessment.text)


def _id_of(submission: ReturnSubmission, sender: Sender, checklist: str | None) -> UUID:
    function = submission.signed_by(sender) or ""
    return PeriodReturn.id_of(
        submission.municipality, submission.period, function=function, checklist=checklist
    )


def _period(submission: ReturnSubmission, set_up: SetUpInUse) -> ReportingPeriod:
    period = set_up.period_named(submission.period)
    assert period is not None
    return period


def _sees_all(reader: Sender) -> bool:
    return not reader.roles.isdisjoint({Role.COORDINATOR, Role.OPERATOR})


def _receipt(returned: PeriodReturn, *, repeated: bool) -> ReturnReceipt:
    return ReturnReceipt(
        return_id=returned.id,
        municipality=returned.municipality,
        function=returned.reporter.function,
        period=returned.about.period,
        checklist=returned.about.checklist,
        revision=returned.revision,
        nothing_to_report=returned.content.nothing_to_report,
        is_late=returned.handed_in.is_late,
        recorded_at=returned.modified_on,
        repeated=repeated,
    )


#: The words of returns lie beside the log, so that they can be erased (docs/privacy).
RETURN_WORDS = """
    CREATE TABLE IF NOT EXISTS return_words (
        return_id uuid NOT NULL,
        revision int NOT NULL,
        checklist_entry text NOT NULL,
        area text NOT NULL,
        text text,
        measures text,
        PRIMARY KEY (return_id, revision, checklist_entry, area)
    )
"""
KEEP = """
    INSERT INTO return_words (return_id, revision, checklist_entry, area, text, measures)
    VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
FORGET_EARLIER = "DELETE FROM return_words WHERE return_id = %s AND revision < %s"
ERASE = "DELETE FROM return_words WHERE return_id = %s"
READ = """
    SELECT checklist_entry, area, text, measures FROM return_words WHERE return_id = %s AND revision = %s
"""
