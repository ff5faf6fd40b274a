"""What must be true of a report before it is recorded: a list of named clauses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

from est_contracts.vocabulary import (
    STOCKHOLM,
    Coordinates,
    FieldError,
    Origin,
    Rejected,
    Role,
    Tense,
    Words,
)
from est_intake.domain.collaboration import Reporter, SetUpInUse
from est_intake.domain.guard import FINDING_WORDS, refuses
from est_intake.domain.incident_report import Incident, IncidentReport

#: Clocks in phones are not quite right.
CLOCKS_DIFFER_BY = timedelta(minutes=15)
#: What is expected may lie ahead: a school break, an arrangement.
FORESEEABLE = timedelta(days=366)
OLDEST = timedelta(days=731)


@dataclass(frozen=True)
class Sender:
    """Who stands behind a request: what the credential says, never what the report says."""

    municipality: str | None
    function: str | None
    roles: frozenset[Role] = frozenset()

    @property
    def is_operator(self) -> bool:
        return Role.OPERATOR in self.roles

    def speaks_for(self, municipality: str) -> bool:
        return self.municipality == municipality or (self.municipality is None and self.is_operator)

    def may_sign_for(self, function: str, *, through: Origin) -> bool:
        """One's own function always; a coordinator writes down what others say at a meeting or have sent."""
        writes_for_others = Role.COORDINATOR in self.roles and through in (Origin.MEETING, Origin.IMPORT)
        return self.is_operator or self.function == function or writes_for_others

    def may_withdraw(self, report: IncidentReport) -> bool:
        return self._sees_all() or self.function == report.reporter.function

    may_see = may_withdraw

    def may_read_the_text_of(self, report: IncidentReport) -> bool:
        """Free text is for coordinators, and for the function that wrote it."""
        return Role.COORDINATOR in self.roles or self.function == report.reporter.function

    def _sees_all(self) -> bool:
        return not self.roles.isdisjoint({Role.COORDINATOR, Role.OPERATOR})


@dataclass(frozen=True)
class Submission:
    """A report as it is handed in."""

    report_id: UUID
    municipality: str
    checklist_entry: str
    happened_at: datetime
    function: str | None = None
    area: str | None = None
    place: str | None = None
    point: Coordinates | None = None
    happened_until: datetime | None = None
    severity: int | None = None
    text: str | None = None
    measures: str | None = None
    source: str | None = None
    sent_together: UUID | None = None
    origin: Origin = Origin.PROGRAM

    def signed_by(self, sender: Sender) -> str | None:
        """The function that reports: the one named, else the credential's own."""
        return self.function if self.function is not None else sender.function

    def incident(self, set_up: SetUpInUse) -> Incident:
        entry = set_up.entries[self.checklist_entry]
        return Incident(
            checklist_entry=entry.entry_id,
            theme=entry.theme,
            polarity=entry.polarity,
            scope=entry.scope,
            tense=entry.tense,
            area=self.area,
            severity=self.severity,
            happened_at=self.happened_at.astimezone(UTC),
            happened_until=self.happened_until.astimezone(UTC) if self.happened_until else None,
            place=self.place,
            point=self.point,
            has_measures=bool(self.measures),
            origin=self.origin,
            sent_together=self.sent_together,
        )

    def reporter(self, set_up: SetUpInUse, sender: Sender) -> Reporter:
        return set_up.reporters[self.signed_by(sender) or ""]


class ReportIsRefused(Rejected):
    """The report cannot be recorded as it stands; each field that stands in the way is named."""

    code = "report_is_refused"
    http_status = 422
    words = Words(
        sv="Rapporten är inte registrerad. Rätta det som står nedan och skicka igen.",
        en="The report is not recorded. Correct what is said below and send it again.",
    )


@dataclass(frozen=True)
class Circumstances:
    """What a submission is held against."""

    set_up: SetUpInUse
    sender: Sender
    now: datetime


def check(submission: Submission, circumstances: Circumstances) -> None:
    """Raise a refusal that names every field in the way, or nothing."""
    errors = [error for clause in CLAUSES for error in clause(submission, circumstances)]
    if errors:
        raise ReportIsRefused(errors=errors)


Errors = tuple[FieldError, ...]
Clause = Callable[[Submission, Circumstances], Errors]


class Signed(Protocol):
    """Whatever a function puts its name to: a report, a return, a block of counts."""

    @property
    def origin(self) -> Origin: ...

    def signed_by(self, sender: Sender) -> str | None: ...


def function_is_the_senders(submission: Signed, around: Circumstances) -> Errors:
    function = submission.signed_by(around.sender)
    if function is None:
        return _error(
            "function",
            sv="Ange vilken funktion som rapporterar: nyckeln är inte knuten till någon.",
            en="Say which function reports: the key is not bound to one.",
        )
    if not around.sender.may_sign_for(function, through=submission.origin):
        return _error(
            "function",
            sv="Funktionen är inte din. Utelämna fältet så används den som nyckeln gäller.",
            en="The function is not yours. Leave the field out and the key's own is used.",
        )
    if function not in around.set_up.reporters:
        return _error(
            "function",
            sv="Funktionen finns inte i kommunens samverkan.",
            en="The function is not part of the municipality's collaboration.",
        )
    return ()


def entry_is_in_use(submission: Submission, around: Circumstances) -> Errors:
    if submission.checklist_entry in around.set_up.entries:
        return ()
    in_use = ", ".join(around.set_up.document.checklists)
    return _error(
        "checklist_entry",
        sv=f"Punkten finns inte i kommunens checklistor ({in_use}).",
        en=f"The entry is not in the municipality's checklists ({in_use}).",
    )


def area_is_known(submission: Submission, around: Circumstances) -> Errors:
    if submission.area is None or submission.area in around.set_up.area_ids:
        return ()
    return _error(
        "area",
        sv="Området finns inte i kommunens samverkan. Välj ett av dess områden eller utelämna fältet.",
        en="The area is not part of the municipality's collaboration. Choose one that is, or leave it out.",
    )


def moment_has_come(submission: Submission, around: Circumstances) -> Errors:
    entry = around.set_up.entries.get(submission.checklist_entry)
    ahead = FORESEEABLE if entry is not None and entry.tense is Tense.EXPECTED else CLOCKS_DIFFER_BY
    if submission.happened_at <= around.now + ahead:
        return ()
    return _error(
        "happened_at",
        sv="Tidpunkten ligger i framtiden. Ange när det hände.",
        en="The moment lies in the future. Say when it happened.",
    )


def moment_is_recent(submission: Submission, around: Circumstances) -> Errors:
    # Operators import history.
    if around.sender.is_operator or submission.happened_at >= around.now - OLDEST:
        return ()
    return _error(
        "happened_at",
        sv="Tidpunkten ligger mer än två år tillbaka. Äldre händelser läses in av driftansvarig.",
        en="The moment is more than two years ago. Older incidents are imported by the operator.",
    )


def text_points_out_nobody(submission: Submission, around: Circumstances) -> Errors:
    return _individuals("text", submission.text, around)


def source_points_out_nobody(submission: Submission, around: Circumstances) -> Errors:
    return _individuals("source", submission.source, around)


CLAUSES: tuple[Clause, ...] = (
    function_is_the_senders,
    entry_is_in_use,
    area_is_known,
    moment_has_come,
    moment_is_recent,
    text_points_out_nobody,
    source_points_out_nobody,
)


def _individuals(field: str, text: str | None, around: Circumstances) -> Errors:
    if not text:
        return ()
    today = around.now.astimezone(STOCKHOLM).date()
    return tuple(FieldError(field, FINDING_WORDS[finding]) for finding in refuses(text, today=today))


def _error(field: str, *, sv: str, en: str) -> Errors:
    return (FieldError(field, Words(sv=sv, en=en)),)
