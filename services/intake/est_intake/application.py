"""What one can do in intake: set up a collaboration, submit reports, withdraw one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple
from uuid import UUID

from est_chassis.application import Application
from est_chassis.clock import Clock
from est_chassis.event_store import UnitOfWork
from est_chassis.failures import NotFound
from est_contracts.vocabulary import (
    CollaborationDocument,
    FieldError,
    Rejected,
    Week,
    WithdrawalReason,
    Words,
)
from est_intake.domain.collaboration import Collaboration, SetUpInUse
from est_intake.domain.incident_report import IncidentReport, ReportSaysSomethingElse
from est_intake.domain.submission import Circumstances, Sender, Submission, check


class MunicipalityIsNotYours(Rejected):
    """The credential is not for this municipality, or the municipality has set up no collaboration.

    It says the same in both cases: nobody learns who takes part elsewhere.
    """

    code = "municipality_is_not_yours"
    http_status = 422
    words = Words(
        sv="Kommunen har ingen samverkan här, eller så gäller din behörighet en annan kommun.",
        en="The municipality has no collaboration here, or your credential is for another municipality.",
    )

    def __init__(self) -> None:
        super().__init__(errors=(FieldError("municipality", self.words),))


@dataclass(frozen=True)
class Receipt:
    """What the sender gets: the same for a repeat, but for `repeated`."""

    report_id: UUID
    municipality: str
    recorded_at: datetime
    period: str
    repeated: bool


Outcome = Receipt | Rejected


class ReportWithText(NamedTuple):
    """A report, and its text when the reader may have it and it is not erased."""

    report: IncidentReport
    text: str | None


class Intake(Application):
    """The use cases of intake."""

    # Kept from transaction to transaction, with the moment when it was last found to be the latest.
    _latest_met: ClassVar[dict[str, tuple[SetUpInUse, datetime]]] = {}

    def __init__(self, work: UnitOfWork, clock: Clock) -> None:
        super().__init__(work, clock)
        self._in_use: dict[str, SetUpInUse | None] = {}
        self._new: dict[UUID, tuple[IncidentReport, str | None]] = {}
        self._texts: dict[tuple[str, UUID], str | None] = {}

    def set_up_collaboration(
        self, document: CollaborationDocument, *, from_version: int | None = None
    ) -> int:
        """Set up the municipality's collaboration, or its next version; the version in use is returned."""
        collaboration = self.work.find(Collaboration, Collaboration.create_id(document.municipality))
        if collaboration is None:
            collaboration = Collaboration.begun_with(document)
        else:
            collaboration.amend(document, from_version=from_version)
        self.work.save(collaboration)
        version = int(collaboration.version)
        self._in_use[document.municipality] = SetUpInUse(document, version=version)
        # The next transaction asks again, whether this one is committed or not.
        self._latest_met.pop(document.municipality, None)
        return version

    def submit_report(self, submission: Submission, sender: Sender) -> Receipt:
        """Record a report once; the same again gets the first receipt."""
        key = IncidentReport.create_id(submission.municipality, submission.report_id)
        return self._submit(submission, sender, key=key, may_be_recorded=True)

    def submit_reports(self, submissions: Sequence[Submission], sender: Sender) -> list[Outcome]:
        """Record what can be recorded; each report has its own outcome, and none stands in another's way."""
        keys = [IncidentReport.create_id(each.municipality, each.report_id) for each in submissions]
        recorded = self._recorded_among(keys)
        self._read_texts([each for key, each in zip(keys, submissions, strict=True) if key in recorded])
        outcomes: list[Outcome] = []
        for key, submission in zip(keys, submissions, strict=True):
            try:
                outcomes.append(self._submit(submission, sender, key=key, may_be_recorded=key in recorded))
            except Rejected as refusal:
                outcomes.append(refusal)
        return outcomes

    def withdraw_report(
        self, municipality: str, report_id: UUID, *, reason: WithdrawalReason, by: Sender
    ) -> IncidentReport:
        """Let a report count no longer. Its own function may, and those who see all of the municipality."""
        report = self._report(municipality, report_id)
        if not by.speaks_for(municipality) or not by.may_withdraw(report):
            raise NotFound(str(report_id))
        report.withdraw(reason, by_function=by.function)
        self.work.save(report)
        return report

    @classmethod
    def forget_set_ups(cls) -> None:
        """Begin with an empty memory, as a new process does."""
        cls._latest_met.clear()

    def report(self, municipality: str, report_id: UUID, *, reader: Sender) -> ReportWithText:
        """A report as it stands in the log; its text only for those who may read it."""
        report = self._report(municipality, report_id)
        if not reader.speaks_for(municipality) or not reader.may_see(report):
            raise NotFound(str(report_id))
        text = self._text_of(report) if reader.may_read_the_text_of(report) else None
        return ReportWithText(report, text)

    def _report(self, municipality: str, report_id: UUID) -> IncidentReport:
        key = IncidentReport.create_id(municipality, report_id)
        # Asked for first, for a reader of what does not exist must not disturb those who write.
        if not self._recorded_among([key]):
            raise NotFound(str(report_id))
        return self.work.get(IncidentReport, key)

    def _submit(self, submission: Submission, sender: Sender, *, key: UUID, may_be_recorded: bool) -> Receipt:
        set_up = self._set_up_for(submission.municipality, sender)
        if key in self._new:
            return self._repeated(*self._new[key], submission=submission, sender=sender)
        recorded = self.work.find_hopefully(IncidentReport, key) if may_be_recorded else None
        if recorded is not None:
            return self._repeated(recorded, self._text_of(recorded), submission=submission, sender=sender)
        check(submission, Circumstances(set_up, sender, self.now))
        return self._record(submission, sender, set_up=set_up)

    def _record(self, submission: Submission, sender: Sender, *, set_up: SetUpInUse) -> Receipt:
        report = IncidentReport.told(
            submission.incident(set_up),
            by=submission.reporter(set_up, sender),
            municipality=submission.municipality,
            report_id=submission.report_id,
            has_text=bool(submission.text),
            source=submission.source,
        )
        self.work.save(report)
        self._new[report.id] = (report, submission.text)
        if submission.text:
            self.work.write(KEEP_TEXT, (submission.municipality, submission.report_id, submission.text))
        return _receipt(report, repeated=False)

    def _repeated(
        self, report: IncidentReport, text: str | None, *, submission: Submission, sender: Sender
    ) -> Receipt:
        """The first receipt, if it is the same sender's same report."""
        is_the_senders = sender.is_operator or sender.function == report.reporter.function
        if not is_the_senders or not _says_the_same(report, text, submission=submission, sender=sender):
            raise ReportSaysSomethingElse
        return _receipt(report, repeated=True)

    def _set_up_for(self, municipality: str, sender: Sender) -> SetUpInUse:
        if municipality not in self._in_use:
            self._in_use[municipality] = self._latest_set_up(municipality)
        set_up = self._in_use[municipality]
        if set_up is None or not sender.speaks_for(municipality):
            raise MunicipalityIsNotYours
        return set_up

    def _latest_set_up(self, municipality: str) -> SetUpInUse | None:
        """Looked up at most once a second: what another replica sets up is in force here a moment later."""
        met, asked_at = self._latest_met.get(municipality, (None, None))
        if met is not None and asked_at is not None and self.now - asked_at < ASK_AGAIN_AFTER:
            return met
        key = Collaboration.create_id(municipality)
        row = self.work.cursor.execute(LATEST_VERSION, (key,)).fetchone()
        version = row["version"] if row else None
        if version is None:
            return None
        if met is None or met.version != version:
            collaboration = self.work.get(Collaboration, key)
            met = SetUpInUse(collaboration.document, version=int(collaboration.version))
        self._latest_met[municipality] = (met, self.now)
        return met

    def _recorded_among(self, keys: Sequence[UUID]) -> frozenset[UUID]:
        rows = self.work.cursor.execute(RECORDED_AMONG, (list(keys),)).fetchall()
        return frozenset(row["originator_id"] for row in rows)

    def _read_texts(self, submissions: Sequence[Submission]) -> None:
        """Those of many reports with one question; an erased one is none."""
        asked = [(each.municipality, each.report_id) for each in submissions]
        if asked:
            columns = tuple(map(list, zip(*asked, strict=True)))
            rows = self.work.cursor.execute(READ_TEXTS, columns).fetchall()
            texts = {(row["municipality"], row["report_id"]): row["text"] for row in rows}
            self._texts |= {each: texts.get(each) for each in asked}

    def _text_of(self, report: IncidentReport) -> str | None:
        if (report.municipality, report.report_id) in self._texts:
            return self._texts[report.municipality, report.report_id]
        row = self.work.cursor.execute(READ_TEXT, (report.municipality, report.report_id)).fetchone()
        return row["text"] if row else None


def _says_the_same(
    report: IncidentReport, text: str | None, *, submission: Submission, sender: Sender
) -> bool:
    """Compared field by field: a stored hash of the text would outlive the erasure of the text."""
    incident = report.incident
    text_is_erased = report.has_text and text is None
    return (
        report.reporter.function == submission.signed_by(sender)
        and incident.checklist_entry == submission.checklist_entry
        and incident.area == submission.area
        and incident.severity == submission.severity
        and incident.happened_at == submission.happened_at
        and report.source == submission.source
        and report.has_text == bool(submission.text)
        and (text_is_erased or (text or "") == (submission.text or ""))
    )


def _receipt(report: IncidentReport, *, repeated: bool) -> Receipt:
    return Receipt(
        report_id=report.report_id,
        municipality=report.municipality,
        recorded_at=report.created_on,
        period=str(Week.of(report.incident.happened_at)),
        repeated=repeated,
    )


ASK_AGAIN_AFTER = timedelta(seconds=1)

#: The free text lies beside the log, so that it can be erased (docs/privacy).
BESIDE_TABLES = """
    CREATE TABLE IF NOT EXISTS report_texts (
        municipality text NOT NULL,
        report_id uuid NOT NULL,
        text text NOT NULL,
        PRIMARY KEY (municipality, report_id)
    )
"""
# Whether the report is new is decided by its event: a conflict there undoes this too.
KEEP_TEXT = (
    "INSERT INTO report_texts (municipality, report_id, text) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
)
READ_TEXTS = """
    SELECT municipality, report_id, text FROM report_texts
      JOIN unnest(%s::text[], %s::uuid[]) AS asked (municipality, report_id) USING (municipality, report_id)
"""
READ_TEXT = "SELECT text FROM report_texts WHERE municipality = %s AND report_id = %s"
LATEST_VERSION = "SELECT max(originator_version) AS version FROM events WHERE originator_id = %s"
RECORDED_AMONG = "SELECT originator_id FROM events WHERE originator_id = ANY(%s) AND originator_version = 1"
