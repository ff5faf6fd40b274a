"""What must be true of a block of counts before it is recorded: a list of named clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from est_contracts.vocabulary import Origin, Rejected, ReportingPeriod, Words
from est_intake.domain.collaboration import Reporter, SetUpInUse
from est_intake.domain.count_block import CountedEntry
from est_intake.domain.objections import individuals_in, objection, unfit_period, unknown_area
from est_intake.domain.submission import Circumstances, Errors, Sender, function_is_the_senders

MOST = 100_000


@dataclass(frozen=True)
class CountSubmitted:
    """One number, and the words that go with it."""

    checklist_entry: str
    number: int
    area: str | None = None
    in_public: bool = True
    text: str | None = None


@dataclass(frozen=True)
class BlockSubmission:
    """A block of counts as it is handed in."""

    municipality: str
    block_id: UUID
    period: str
    counts: tuple[CountSubmitted, ...]
    text: str | None = None
    function: str | None = None
    origin: Origin = Origin.PROGRAM

    def signed_by(self, sender: Sender) -> str | None:
        return self.function if self.function is not None else sender.function

    def period_in(self, set_up: SetUpInUse) -> ReportingPeriod | None:
        return set_up.period_named(self.period)

    def reporter(self, set_up: SetUpInUse, sender: Sender) -> Reporter:
        return set_up.reporters[self.signed_by(sender) or ""]

    def counted(self, set_up: SetUpInUse) -> tuple[CountedEntry, ...]:
        return tuple(
            CountedEntry(
                checklist_entry=each.checklist_entry,
                theme=set_up.entries[each.checklist_entry].theme,
                area=each.area,
                number=each.number,
                in_public=each.in_public,
                has_text=bool(each.text),
            )
            for each in self.counts
        )


class BlockIsRefused(Rejected):
    """The block cannot be recorded as it stands; each field that stands in the way is named."""

    code = "block_is_refused"
    http_status = 422
    words = Words(
        sv="Sifferblocket är inte registrerat. Rätta det som står nedan och skicka igen.",
        en="The block of counts is not recorded. Correct what is said below and send it again.",
    )


def check_block(submission: BlockSubmission, around: Circumstances) -> None:
    """Raise a refusal that names every field in the way, or nothing."""
    errors = [error for clause in CLAUSES for error in clause(submission, around)]
    if errors:
        raise BlockIsRefused(errors=errors)


Clause = Callable[[BlockSubmission, Circumstances], Errors]


def period_is_the_municipalitys(submission: BlockSubmission, around: Circumstances) -> Errors:
    return unfit_period(submission.period, around)


def says_something(submission: BlockSubmission, _around: Circumstances) -> Errors:
    if submission.counts:
        return ()
    return objection(
        "counts",
        sv="Sifferblocket är tomt. Ange minst ett antal; noll är också ett antal.",
        en="The block is empty. Give at least one number; nought is a number too.",
    )


def entries_are_in_use(submission: BlockSubmission, around: Circumstances) -> Errors:
    return tuple(
        error
        for place, count in enumerate(submission.counts)
        if count.checklist_entry not in around.set_up.entries
        for error in objection(
            f"counts.{place}.checklist_entry",
            sv="Punkten finns inte i kommunens checklistor.",
            en="The entry is not in the municipality's checklists.",
        )
    )


def areas_are_known(submission: BlockSubmission, around: Circumstances) -> Errors:
    return tuple(
        error
        for place, count in enumerate(submission.counts)
        for error in unknown_area(f"counts.{place}.area", count.area, around)
    )


def numbers_are_possible(submission: BlockSubmission, _around: Circumstances) -> Errors:
    return tuple(
        error
        for place, count in enumerate(submission.counts)
        if not 0 <= count.number <= MOST
        for error in objection(
            f"counts.{place}.number",
            sv="Ange ett heltal från 0 till 100 000.",
            en="Give a whole number from 0 to 100,000.",
        )
    )


def nothing_is_counted_twice(submission: BlockSubmission, _around: Circumstances) -> Errors:
    rows = [(each.checklist_entry, each.area, each.in_public) for each in submission.counts]
    times = Counter(rows)
    return tuple(
        error
        for place, row in enumerate(rows)
        if times[row] > 1
        for error in objection(
            f"counts.{place}.checklist_entry",
            sv="Samma punkt, område och miljö står på flera rader. Lägg ihop dem.",
            en="The same entry, area and surroundings stand in several rows. Add them up.",
        )
    )


def words_point_out_nobody(submission: BlockSubmission, around: Circumstances) -> Errors:
    rows = (
        error
        for place, count in enumerate(submission.counts)
        for error in individuals_in(f"counts.{place}.text", count.text, around)
    )
    return (*rows, *individuals_in("text", submission.text, around))


CLAUSES: tuple[Clause, ...] = (
    function_is_the_senders,
    period_is_the_municipalitys,
    says_something,
    entries_are_in_use,
    areas_are_known,
    numbers_are_possible,
    nothing_is_counted_twice,
    words_point_out_nobody,
)
