"""Submitting reports, reading them, and withdrawing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from est_chassis.clock import Clock
from est_chassis.event_store import UnitOfWork
from est_chassis.failures import NotFound
from est_contracts.vocabulary import (
    Rejected,
    Week,
    WithdrawalReason,
)
from est_intake.application.set_up import SettingUp
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.incident_report import IncidentReport, ReportSaysSomethingElse
from est_intake.domain.submission import Circumstances, Sender, Submission, check


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


class Reporting(SettingUp):
    """The use cases around incident reports."""

    def __init__(self, work: UnitOfWork, clock: Clock) -> None:
        super().__init__(work, clock)
        self._new: dict[UUID, tuple[IncidentReport, str | None]] = {}
        self._texts: dict[tuple[str, UUID], str | None] = {}

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
        set_up = self.set_up_for(submission.municipality, sender)
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


#: The free text lies beside the log, so that it can be erased (docs/privacy).
REPORT_TEXTS = """
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
RECORDED_AMONG = "SELECT originator_id FROM events WHERE originator_id = ANY(%s) AND originator_version = 1"
