"""What intake tells the others: how a municipality works together, what was reported, what was withdrawn."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import singledispatch
from typing import Any

from est_chassis.publications import Publications
from est_chassis.subscriptions import CancelTimer, Timer
from est_contracts.messages import (
    Answer,
    AreaAssessment,
    AreaCount,
    CollaborationSetUp,
    CountBlockContributed,
    CountBlockWithdrawn,
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportTextErased,
    IncidentReportWithdrawn,
    Message,
    PeriodReturned,
    Recorded,
    ReturnReminded,
)
from est_contracts.vocabulary import STOCKHOLM, CollaborationDocument, ReminderCause, WithdrawalReason
from est_intake.domain.collaboration import Collaboration, Reporter
from est_intake.domain.count_block import CountBlock
from est_intake.domain.incident_report import Incident, IncidentReport
from est_intake.domain.period_return import PeriodReturn
from est_intake.domain.period_watch import PeriodWatch
from est_intake.domain.public_report import PublicReport


@singledispatch
def message_about(_event: object, _recorded: Recorded) -> Message | None:
    """The message that tells of an event, or None when it is nobody else's business."""
    return None


@message_about.register(Collaboration.SetUp)
@message_about.register(Collaboration.Amended)
def _(event: Collaboration.SetUp | Collaboration.Amended, recorded: Recorded) -> CollaborationSetUp:
    return CollaborationSetUp(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        version=event.originator_version,
        document=CollaborationDocument.model_validate(event.document),
    )


@message_about.register
def _(event: IncidentReport.Submitted, recorded: Recorded) -> IncidentReported:
    told = _told(Incident.recorded(event.incident, source=event.source), Reporter.recorded(event.reporter))
    return IncidentReported(
        recorded=recorded,
        municipality=event.municipality,
        report_id=event.report_id,
        has_text=event.has_text,
        source=event.source,
        **told,
    )


@message_about.register
def _(event: IncidentReport.Corrected, recorded: Recorded) -> IncidentReportCorrected:
    told = _told(Incident.recorded(event.incident, source=event.source), Reporter.recorded(event.reporter))
    return IncidentReportCorrected(
        recorded=recorded,
        municipality=event.municipality,
        report_id=event.report_id,
        has_text=event.has_text,
        source=event.source,
        revision=event.revision,
        **told,
    )


@message_about.register
def _(event: IncidentReport.Withdrawn, recorded: Recorded) -> IncidentReportWithdrawn:
    return IncidentReportWithdrawn(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        report_id=event.report_id,
        reason=WithdrawalReason(event.reason),
    )


@message_about.register
def _(event: IncidentReport.MarkedDuplicate, recorded: Recorded) -> IncidentReportMarkedDuplicate:
    return IncidentReportMarkedDuplicate(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        report_id=event.report_id,
        duplicate_of=event.duplicate_of,
    )


@message_about.register
def _(event: IncidentReport.Reinstated, recorded: Recorded) -> IncidentReportReinstated:
    return IncidentReportReinstated(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        report_id=event.report_id,
    )


@message_about.register
def _(event: IncidentReport.TextErased, recorded: Recorded) -> IncidentReportTextErased:
    return IncidentReportTextErased(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        report_id=event.report_id,
    )


@message_about.register(PeriodReturn.Returned)
@message_about.register(PeriodReturn.Revised)
def _(event: PeriodReturn.Returned | PeriodReturn.Revised, recorded: Recorded) -> PeriodReturned:
    content, reporter = event.content, Reporter.recorded(event.reporter)
    return PeriodReturned(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        return_id=event.originator_id,
        revision=event.revision,
        period=event.about["period"],
        starts_at=event.about["starts_at"],
        ends_at=event.about["ends_at"],
        organisation=reporter.organisation,
        party=reporter.party,
        function=reporter.function,
        checklist=event.about["checklist"],
        nothing_to_report=content["nothing_to_report"],
        answers=tuple(Answer(**each) for each in content["answers"]),
        area_assessments=tuple(AreaAssessment(**each) for each in content["area_assessments"]),
        risk_value=content["risk_value"],
    )


@message_about.register(CountBlock.Contributed)
@message_about.register(CountBlock.Revised)
def _(event: CountBlock.Contributed | CountBlock.Revised, recorded: Recorded) -> CountBlockContributed:
    reporter = Reporter.recorded(event.reporter)
    return CountBlockContributed(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        block_id=event.block_id,
        revision=event.revision,
        period=event.period["period"],
        starts_at=event.period["starts_at"],
        ends_at=event.period["ends_at"],
        organisation=reporter.organisation,
        party=reporter.party,
        function=reporter.function,
        counts=tuple(AreaCount(**each) for each in event.content["counts"]),
    )


@message_about.register
def _(event: CountBlock.Withdrawn, recorded: Recorded) -> CountBlockWithdrawn:
    return CountBlockWithdrawn(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        block_id=event.block_id,
    )


@message_about.register
def _(event: PeriodWatch.FunctionReminded, recorded: Recorded) -> ReturnReminded:
    return ReturnReminded(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=event.reminded_at,
        function=event.function,
        addressed_to=event.addressed_to,
        period=event.period,
        due_at=event.due_at,
        cause=ReminderCause(event.cause),
    )


RETURN_REMINDER, RETURN_DEADLINE = "return_reminder", "return_deadline"
PUBLIC_REPORTS_OVERDUE = "public_reports_overdue"
#: At night, well after midnight: it is the next day by everybody's clock.
OVERDUE_AT = time(3, 0, tzinfo=STOCKHOLM)


@singledispatch
def timers_about(_event: object) -> Sequence[Timer | CancelTimer]:
    """Which timers an event sets or cancels."""
    return ()


@timers_about.register(PeriodWatch.Begun)
@timers_about.register(PeriodWatch.Moved)
def _(event: PeriodWatch.Begun | PeriodWatch.Moved) -> Sequence[Timer | CancelTimer]:
    if isinstance(event, PeriodWatch.Begun) and event.is_over:
        return ()
    where, key = event.municipality, event.period
    reminder = (
        CancelTimer(RETURN_REMINDER, where, key=key)
        if event.remind_at is None
        else Timer(RETURN_REMINDER, where, key=key, due_at=event.remind_at)
    )
    return (reminder, Timer(RETURN_DEADLINE, where, key=key, due_at=event.due_at))


@timers_about.register
def _(event: PeriodWatch.Closed) -> Sequence[Timer | CancelTimer]:
    names = (RETURN_REMINDER, RETURN_DEADLINE)
    return tuple(CancelTimer(name, event.municipality, key=event.period) for name in names)


@timers_about.register
def _(event: PublicReport.Received) -> Sequence[Timer | CancelTimer]:
    """One for all that a municipality was told on the same day: who is decided on by then is passed over."""
    if event.kept_through is None:
        return ()
    last_day = date.fromisoformat(event.kept_through)
    due_at = datetime.combine(last_day + timedelta(days=1), OVERDUE_AT)
    return (Timer(PUBLIC_REPORTS_OVERDUE, event.municipality, key=event.kept_through, due_at=due_at),)


def _told(incident: Incident, reporter: Reporter) -> dict[str, Any]:
    return {
        "happened_at": incident.happened_at,
        "checklist_entry": incident.checklist_entry,
        "theme": incident.theme,
        "polarity": incident.polarity,
        "scope": incident.scope,
        "tense": incident.tense,
        "area": incident.area,
        "severity": incident.severity,
        "organisation": reporter.organisation,
        "party": reporter.party,
        "function": reporter.function,
        "place": incident.place,
        "point": incident.point,
        "happened_until": incident.happened_until,
        "has_measures": incident.has_measures,
        "origin": incident.origin,
        "sent_together": incident.sent_together,
    }


publications = Publications(
    message_about,
    timers_about,
    tells=(
        CollaborationSetUp,
        IncidentReported,
        IncidentReportCorrected,
        IncidentReportWithdrawn,
        IncidentReportMarkedDuplicate,
        IncidentReportReinstated,
        IncidentReportTextErased,
        PeriodReturned,
        CountBlockContributed,
        CountBlockWithdrawn,
        ReturnReminded,
    ),
)
