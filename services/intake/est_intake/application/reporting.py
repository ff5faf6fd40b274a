"""Submitting reports, and reading them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from est_chassis.failures import NotFound
from est_contracts.vocabulary import Rejected
from est_intake.application.geography import located
from est_intake.application.report_history import HistoryLine, history_of
from est_intake.application.report_words import ReportWords, Writing
from est_intake.application.set_up import SettingUp
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.incident_report import Incident, IncidentReport
from est_intake.domain.report_refusals import ReportSaysSomethingElse
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
    """A report, and its words when the reader may have them and they are not erased."""

    report: IncidentReport
    text: str | None
    measures: str | None = None


class Reporting:
    """The use cases around incident reports."""

    def __init__(self, set_ups: SettingUp) -> None:
        self._set_ups = set_ups
        self.work = set_ups.work
        self._new: dict[UUID, tuple[IncidentReport, Writing]] = {}
        self.report_words = ReportWords(self.work)

    def submit_report(self, submission: Submission, sender: Sender) -> Receipt:
        """Record a report once; the same again gets the first receipt."""
        key = IncidentReport.create_id(submission.municipality, submission.report_id)
        return self._submit(submission, sender, key=key, may_be_recorded=True)

    def submit_reports(self, submissions: Sequence[Submission], sender: Sender) -> list[Outcome]:
        """Record what can be recorded; each report has its own outcome, and none stands in another's way."""
        keys = [IncidentReport.create_id(each.municipality, each.report_id) for each in submissions]
        recorded = self._recorded_among(keys)
        self.report_words.read([each for key, each in zip(keys, submissions, strict=True) if key in recorded])
        outcomes: list[Outcome] = []
        for key, submission in zip(keys, submissions, strict=True):
            try:
                outcomes.append(self._submit(submission, sender, key=key, may_be_recorded=key in recorded))
            except Rejected as refusal:
                outcomes.append(refusal)
        return outcomes

    def report(self, municipality: str, report_id: UUID, *, reader: Sender) -> ReportWithText:
        """A report as it stands in the log; its words only for those who may read them."""
        report = self.report_to(reader, municipality, report_id)
        if not reader.may_read_the_text_of(report):
            return ReportWithText(report, None)
        return ReportWithText(report, *self.report_words.of(report))

    def history(self, municipality: str, report_id: UUID, *, reader: Sender) -> list[HistoryLine]:
        """All that has happened to a report, in order; the words themselves are not part of it."""
        report = self.report_to(reader, municipality, report_id)
        return list(history_of(self.work.events_of(report.id)))

    def report_to(self, reader: Sender, municipality: str, report_id: UUID) -> IncidentReport:
        """The report, for those who may see it; for everybody else there is none."""
        key = IncidentReport.create_id(municipality, report_id)
        # Asked for first, for a reader of what does not exist must not disturb those who write.
        if not reader.speaks_for(municipality) or not self._recorded_among([key]):
            raise NotFound(str(report_id))
        report = self.work.get(IncidentReport, key)
        if not reader.may_see(report):
            raise NotFound(str(report_id))
        return report

    def _submit(self, submission: Submission, sender: Sender, *, key: UUID, may_be_recorded: bool) -> Receipt:
        set_up = self._set_ups.set_up_for(submission.municipality, sender)
        submission = located(submission, set_up)
        if key in self._new:
            return self._repeated(*self._new[key], submission=submission, sender=sender, set_up=set_up)
        recorded = self.work.find_hopefully(IncidentReport, key) if may_be_recorded else None
        if recorded is not None:
            writing = self.report_words.of(recorded)
            return self._repeated(recorded, writing, submission=submission, sender=sender, set_up=set_up)
        check(submission, Circumstances(set_up, sender, self._set_ups.now))
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
        writing = Writing.of(submission)
        self._new[report.id] = (report, writing)
        self.report_words.keep(report, writing)
        return _receipt(report, set_up, repeated=False)

    def _repeated(
        self,
        report: IncidentReport,
        writing: Writing,
        *,
        submission: Submission,
        sender: Sender,
        set_up: SetUpInUse,
    ) -> Receipt:
        """The first receipt, if it is the same sender's same report."""
        reporter = report.reporter
        entered_it = reporter.entered_by is not None and reporter.entered_by == sender.function
        is_the_senders = entered_it or sender.may_sign_for(reporter.function, through=submission.origin)
        if not is_the_senders or not _says_the_same(report, writing, submission=submission, sender=sender):
            raise ReportSaysSomethingElse
        return _receipt(report, set_up, repeated=True)

    def _recorded_among(self, keys: Sequence[UUID]) -> frozenset[UUID]:
        rows = self.work.cursor.execute(RECORDED_AMONG, (list(keys),)).fetchall()
        return frozenset(row["originator_id"] for row in rows)


def _says_the_same(
    report: IncidentReport, writing: Writing, *, submission: Submission, sender: Sender
) -> bool:
    """Compared field by field with what was told first, whatever it has been corrected to since."""
    incident = report.first_told
    return (
        report.reporter.function == submission.signed_by(sender)
        and incident.checklist_entry == submission.checklist_entry
        and _lies_in_the_same_area(incident, submission)
        and (incident.place, incident.point) == (submission.place, submission.point)
        and incident.severity == submission.severity
        and incident.happened_at == submission.happened_at
        and incident.happened_until == submission.happened_until
        and report.source == submission.source
        and (report.first_had_text, incident.has_measures)
        == (bool(submission.text), bool(submission.measures))
        and (_is_not_what_was_written_first(report, writing) or writing == Writing.of(submission))
    )


def _lies_in_the_same_area(incident: Incident, submission: Submission) -> bool:
    """Where the area was found and not named, the map may have been drawn anew since."""
    found = submission.place is not None or submission.point is not None
    return found or incident.area == submission.area


def _is_not_what_was_written_first(report: IncidentReport, writing: Writing) -> bool:
    """Nothing is kept to compare with: a stored hash of the text would outlive the erasure of the text."""
    was_written = report.first_had_text or report.first_told.has_measures
    return report.revision > 1 or (was_written and not any(writing))


def _receipt(report: IncidentReport, set_up: SetUpInUse, *, repeated: bool) -> Receipt:
    return Receipt(
        report_id=report.report_id,
        municipality=report.municipality,
        recorded_at=report.created_on,
        period=str(set_up.document.rhythm.period_of(report.incident.happened_at)),
        repeated=repeated,
    )


RECORDED_AMONG = "SELECT originator_id FROM events WHERE originator_id = ANY(%s) AND originator_version = 1"
