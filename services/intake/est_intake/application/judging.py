"""What may be done with a report once it is recorded: correct, withdraw, judge, and erase its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from est_chassis.failures import NotFound
from est_contracts.vocabulary import FieldError, WithdrawalReason, Words
from est_intake.application.geography import located
from est_intake.application.report_words import NOTHING, Writing
from est_intake.application.reporting import Reporting
from est_intake.application.set_up import SettingUp
from est_intake.domain.incident_report import IncidentReport
from est_intake.domain.submission import Circumstances, ReportIsRefused, Sender, Submission, check

Permission = Callable[[Sender, IncidentReport], bool]

NO_SUCH_REPORT = Words(
    sv="Det finns ingen sådan rapport i kommunen.", en="There is no such report in the municipality."
)


class Judging:
    """The use cases around reports that are recorded already."""

    def __init__(self, set_ups: SettingUp, reporting: Reporting) -> None:
        self._set_ups = set_ups
        self._reporting = reporting
        self.work = set_ups.work

    def correct_report(
        self, submission: Submission, *, by: Sender, from_revision: int | None = None
    ) -> IncidentReport:
        """Let a report say this instead. Words that are replaced are gone at once; the facts stay in the log.

        Whoever may not read the words does not take them away by leaving them out.
        """
        report = self._report_for(by, Sender.may_correct, submission.municipality, submission.report_id)
        set_up = self._set_ups.set_up_for(submission.municipality, by)
        submission = located(submission, set_up)
        check(submission, Circumstances(set_up, by, self._set_ups.now, before=report.incident))
        before = self._reporting.report_words.of(report)
        writing = Writing.of(submission)
        if not by.may_read_the_text_of(report):
            writing = Writing(writing.text or before.text, writing.measures or before.measures)
        # Of erased words it is still true that there were some.
        is_about_facts = report.text_is_erased and not any(writing)
        incident = submission.incident(set_up, before=report.incident)
        if is_about_facts:
            incident = replace(incident, has_measures=report.incident.has_measures)
        report.correct(
            incident,
            has_text=report.has_text if is_about_facts else bool(writing.text),
            words_change=before.change_to(writing),
            by_function=by.function,
            from_revision=from_revision,
        )
        self.work.save(report)
        if writing != before:
            self._reporting.report_words.change(report, writing)
        return report

    def move_report(
        self, municipality: str, report_id: UUID, *, area: str | None, by: Sender
    ) -> IncidentReport:
        """Correct the area, and nothing else: a coordinator may know better where a place lies."""
        report = self._report_for(by, Sender.may_judge, municipality, report_id)
        set_up = self._set_ups.set_up_for(municipality, by)
        moved = replace(as_submitted(report), area=area)
        check(moved, Circumstances(set_up, by, self._set_ups.now, before=report.incident))
        report.correct(
            replace(report.incident, area=area),
            has_text=report.has_text,
            words_change=None,
            by_function=by.function,
        )
        return self._saved(report)

    def withdraw_report(
        self, municipality: str, report_id: UUID, *, reason: WithdrawalReason, by: Sender
    ) -> IncidentReport:
        """Let a report count no longer. Its own function may, and those who see all of the municipality."""
        report = self._report_for(by, Sender.may_withdraw, municipality, report_id)
        report.withdraw(reason, by_function=by.function)
        return self._saved(report)

    def mark_duplicate(
        self, municipality: str, report_id: UUID, *, duplicate_of: UUID, by: Sender
    ) -> IncidentReport:
        """Let another report stand for the incident."""
        report = self._report_for(by, Sender.may_judge, municipality, report_id)
        try:
            original = self._reporting.report_to(by, municipality, duplicate_of)
        except NotFound:
            raise ReportIsRefused(errors=(FieldError("duplicate_of", NO_SUCH_REPORT),)) from None
        report.mark_duplicate(original, by_function=by.function)
        return self._saved(report)

    def reinstate_report(self, municipality: str, report_id: UUID, *, by: Sender) -> IncidentReport:
        """Let a report count again, whatever it was that kept it from counting."""
        report = self._report_for(by, Sender.may_reinstate, municipality, report_id)
        report.reinstate(by_function=by.function)
        return self._saved(report)

    def look_at_report(self, municipality: str, report_id: UUID, *, by: Sender) -> IncidentReport:
        """A coordinator has gone through the report."""
        report = self._report_for(by, Sender.may_judge, municipality, report_id)
        report.look_at(by_function=by.function)
        return self._saved(report)

    def put_report_back(self, municipality: str, report_id: UUID, *, by: Sender) -> IncidentReport:
        """Let a report wait to be looked at again."""
        report = self._report_for(by, Sender.may_judge, municipality, report_id)
        report.put_back(by_function=by.function)
        return self._saved(report)

    def erase_text(self, municipality: str, report_id: UUID, *, by: Sender) -> IncidentReport:
        """Let the words of a report be gone for good; the incident still counts."""
        report = self._report_for(by, Sender.may_erase, municipality, report_id)
        report.erase_text(by_function=by.function)
        self.work.save(report)
        # Asked for again as well: what is promised to be gone is looked for and taken away.
        self._reporting.report_words.change(report, NOTHING)
        return report

    def _report_for(
        self, sender: Sender, may: Permission, municipality: str, report_id: UUID
    ) -> IncidentReport:
        report = self._reporting.report_to(sender, municipality, report_id)
        if not may(sender, report):
            raise NotFound(str(report_id))
        return report

    def _saved(self, report: IncidentReport) -> IncidentReport:
        self.work.save(report)
        return report


def as_submitted(report: IncidentReport) -> Submission:
    """What a report says now, as it would be handed in; without its words."""
    incident = report.incident
    return Submission(
        report_id=report.report_id,
        municipality=report.municipality,
        function=report.reporter.function,
        source=report.source,
        checklist_entry=incident.checklist_entry,
        happened_at=incident.happened_at,
        happened_until=incident.happened_until,
        area=incident.area,
        place=incident.place,
        point=incident.point,
        severity=incident.severity,
        sent_together=incident.sent_together,
        origin=incident.origin,
    )
