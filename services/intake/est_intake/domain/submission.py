"""What must be true of a report before it is recorded: a list of named clauses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

from est_contracts.guard import FINDING_WORDS, refuses
from est_contracts.vocabulary import (
    STOCKHOLM,
    ChecklistEntry,
    Coordinates,
    FieldError,
    Origin,
    Rejected,
    ReportingPeriod,
    Role,
    Scope,
    Tense,
    Words,
)
from est_intake.domain.collaboration import Reporter, SetUpInUse
from est_intake.domain.incident_report import Incident, IncidentReport
from est_intake.domain.standing_in import stands_in

#: Clocks in phones are not quite right.
CLOCKS_DIFFER_BY = timedelta(minutes=15)
#: What is expected may lie ahead: a school break, an arrangement.
FORESEEABLE = timedelta(days=366)
OLDEST = timedelta(days=731)
LONGEST = timedelta(days=31)
#: Through these doors coordinators write down what others have told.
WRITTEN_DOWN = frozenset({Origin.MEETING, Origin.IMPORT, Origin.PUBLIC})


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

    def may_sign_for(self, function: str | None, *, through: Origin) -> bool:
        """One's own function; any of them for operators, and for coordinators who write down for others."""
        writes_down = Role.COORDINATOR in self.roles and through in WRITTEN_DOWN
        return self.is_operator or writes_down or function == self.function

    def may_see(self, report: IncidentReport) -> bool:
        return self.sees_all or self._reported(report)

    #: The words are one's own to take back, and the coordinators' to take away.
    may_withdraw = may_erase = may_see

    def may_correct(self, report: IncidentReport) -> bool:
        """What was seen is for those who saw it to say; coordinators may move it to another area."""
        return self.is_operator or self._reported(report)

    def may_judge(self, report: IncidentReport) -> bool:
        """Whether it is a duplicate, counts again, lies in another area or has been looked at."""
        return self.sees_all and self.speaks_for(report.municipality)

    def may_reinstate(self, report: IncidentReport) -> bool:
        """Those who judge, and a function that regrets its own withdrawal."""
        regrets = self._reported(report) and report.duplicate_of is None
        return self.may_judge(report) or (regrets and report.withdrawn_by == self.function)

    def may_read_the_text_of(self, report: IncidentReport) -> bool:
        """Free text is for coordinators, and for the function that wrote it."""
        reporter = report.reporter
        return self.may_read_the_text_from(reporter.function, entered_by=reporter.entered_by)

    def may_read_the_text_from(self, function: str, *, entered_by: str | None) -> bool:
        return Role.COORDINATOR in self.roles or self.function in (function, entered_by or function)

    def _reported(self, report: IncidentReport) -> bool:
        return self.function is not None and self.function in (
            report.reporter.function,
            report.reporter.entered_by,
        )

    @property
    def sees_all(self) -> bool:
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

    def period_in(self, set_up: SetUpInUse) -> ReportingPeriod | None:
        """The reporting period that it is about."""
        return set_up.document.rhythm.period_of(self.happened_at)

    def incident(self, set_up: SetUpInUse, *, before: Incident | None = None) -> Incident:
        """What is recorded; an entry that stays the same keeps the meaning it had."""
        same = before is not None and before.checklist_entry == self.checklist_entry
        meaning = before if before is not None and same else set_up.entries[self.checklist_entry]
        return Incident(
            checklist_entry=self.checklist_entry,
            theme=meaning.theme,
            polarity=meaning.polarity,
            scope=meaning.scope,
            tense=meaning.tense,
            area=self.area,
            severity=self.severity,
            happened_at=self.happened_at.astimezone(UTC),
            happened_until=self.happened_until.astimezone(UTC) if self.happened_until else None,
            place=self.place,
            point=self.point,
            has_measures=bool(self.measures),
            origin=self.origin if before is None else before.origin,
            sent_together=self.sent_together if before is None else before.sent_together,
        )

    def reporter(self, set_up: SetUpInUse, sender: Sender) -> Reporter:
        reporter = set_up.reporters[self.signed_by(sender) or ""]
        if sender.function in (None, reporter.function):
            return reporter
        return replace(reporter, entered_by=sender.function)


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
    #: What a correction corrects: what it leaves as it was, is not judged again.
    before: Incident | None = None

    def keeps(self, field: str, value: object) -> bool:
        return self.before is not None and getattr(self.before, field) == value

    def is_about(self, submission: Submission) -> ChecklistEntry | None:
        return self.set_up.entries.get(submission.checklist_entry)


def check(submission: Submission, circumstances: Circumstances) -> None:
    """Raise a refusal that names every field in the way, or nothing."""
    clauses = CLAUSES if circumstances.before is None else CLAUSES_OF_A_CORRECTION
    errors = [error for clause in clauses for error in clause(submission, circumstances)]
    if errors:
        raise ReportIsRefused(errors=errors)


Errors = tuple[FieldError, ...]
Clause = Callable[[Submission, Circumstances], Errors]


class Signed(Protocol):
    """Whatever a function puts its name to: a report, a return, a block of counts."""

    @property
    def origin(self) -> Origin: ...

    def signed_by(self, sender: Sender) -> str | None: ...

    def period_in(self, set_up: SetUpInUse) -> ReportingPeriod | None: ...


def function_is_the_senders(submission: Signed, around: Circumstances) -> Errors:
    function = submission.signed_by(around.sender)
    if function is None:
        return _error(
            "function",
            sv="Ange vilken funktion som rapporterar: nyckeln är inte knuten till någon.",
            en="Say which function reports: the key is not bound to one.",
        )
    if not (
        around.sender.may_sign_for(function, through=submission.origin)
        or stands_in(
            function,
            by=around.sender.function,
            set_up=around.set_up,
            period=submission.period_in(around.set_up),
            now=around.now,
        )
    ):
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
    entry = submission.checklist_entry
    if entry in around.set_up.entries or around.keeps("checklist_entry", entry):
        return ()
    in_use = ", ".join(around.set_up.document.checklists)
    return _error(
        "checklist_entry",
        sv=f"Punkten finns inte i kommunens checklistor ({in_use}).",
        en=f"The entry is not in the municipality's checklists ({in_use}).",
    )


def area_is_known(submission: Submission, around: Circumstances) -> Errors:
    area = submission.area
    if area is None or area in around.set_up.area_ids or around.keeps("area", area):
        return ()
    return _error(
        "area",
        sv="Området finns inte i kommunens samverkan. Välj ett av dess områden eller utelämna fältet.",
        en="The area is not part of the municipality's collaboration. Choose one that is, or leave it out.",
    )


def place_is_known(submission: Submission, around: Circumstances) -> Errors:
    place = submission.place
    if place is None or place in around.set_up.area_of_place or around.keeps("place", place):
        return ()
    return _error(
        "place",
        sv="Platsen finns inte bland kommunens namngivna platser. Välj en av dem eller utelämna fältet.",
        en="The place is not among those the municipality has named. Choose one that is, or leave it out.",
    )


def point_is_near(submission: Submission, around: Circumstances) -> Errors:
    point, entry = submission.point, around.is_about(submission)
    if point is None or around.keeps("point", point) or (entry and entry.scope is Scope.ELSEWHERE):
        return ()
    if not around.set_up.is_far_off(point):
        return ()
    return _error(
        "point",
        sv="Punkten ligger långt utanför kommunen. Se efter att longitud och latitud står på rätt plats.",
        en="The point lies far outside the municipality. See that longitude and latitude are the right way.",
    )


def moment_has_come(submission: Submission, around: Circumstances) -> Errors:
    if submission.happened_at <= _latest(submission, around):
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
    if around.keeps("happened_at", submission.happened_at):
        return ()
    return _error(
        "happened_at",
        sv="Tidpunkten ligger mer än två år tillbaka. Äldre händelser läses in av driftansvarig.",
        en="The moment is more than two years ago. Older incidents are imported by the operator.",
    )


def end_comes_after_the_beginning(submission: Submission, around: Circumstances) -> Errors:
    until = submission.happened_until
    if until is None or submission.happened_at < until <= submission.happened_at + LONGEST:
        return ()
    return _error(
        "happened_until",
        sv="Sluttiden ska vara senare än starttiden, högst 31 dagar.",
        en="The end is to come after the beginning, by 31 days at most.",
    )


def end_has_come(submission: Submission, around: Circumstances) -> Errors:
    if submission.happened_until is None or submission.happened_until <= _latest(submission, around):
        return ()
    return _error(
        "happened_until",
        sv="Sluttiden ligger i framtiden. Utelämna den om det fortfarande pågår.",
        en="The end lies in the future. Leave it out if it still goes on.",
    )


def text_points_out_nobody(submission: Submission, around: Circumstances) -> Errors:
    return _individuals("text", submission.text, around)


def measures_point_out_nobody(submission: Submission, around: Circumstances) -> Errors:
    return _individuals("measures", submission.measures, around)


def source_points_out_nobody(submission: Submission, around: Circumstances) -> Errors:
    return _individuals("source", submission.source, around)


CLAUSES_OF_A_CORRECTION: tuple[Clause, ...] = (
    entry_is_in_use,
    area_is_known,
    place_is_known,
    point_is_near,
    moment_has_come,
    moment_is_recent,
    end_comes_after_the_beginning,
    end_has_come,
    text_points_out_nobody,
    measures_point_out_nobody,
)
CLAUSES: tuple[Clause, ...] = (function_is_the_senders, *CLAUSES_OF_A_CORRECTION, source_points_out_nobody)


def _latest(submission: Submission, around: Circumstances) -> datetime:
    """What has happened lies behind; what is expected, or is being done about it, may lie ahead."""
    entry = around.is_about(submission)
    tense = entry.tense if entry is not None else around.before.tense if around.before is not None else None
    return around.now + (FORESEEABLE if tense is Tense.EXPECTED else CLOCKS_DIFFER_BY)


def _individuals(field: str, text: str | None, around: Circumstances) -> Errors:
    if not text:
        return ()
    today = around.now.astimezone(STOCKHOLM).date()
    return tuple(FieldError(field, FINDING_WORDS[finding]) for finding in refuses(text, today=today))


def _error(field: str, *, sv: str, en: str) -> Errors:
    return (FieldError(field, Words(sv=sv, en=en)),)
