"""What intake tells the others: how a municipality works together, what was reported, what was withdrawn."""

from functools import singledispatch

from est_chassis.publications import Publications
from est_contracts.messages import (
    CollaborationSetUp,
    IncidentReported,
    IncidentReportWithdrawn,
    Message,
    Recorded,
)
from est_contracts.vocabulary import CollaborationDocument, WithdrawalReason
from est_intake.domain.collaboration import Collaboration, Reporter
from est_intake.domain.incident_report import Incident, IncidentReport


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
    incident = Incident.recorded(event.incident)
    reporter = Reporter.recorded(event.reporter)
    return IncidentReported(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=incident.happened_at,
        report_id=event.report_id,
        checklist_entry=incident.checklist_entry,
        theme=incident.theme,
        polarity=incident.polarity,
        scope=incident.scope,
        tense=incident.tense,
        area=incident.area,
        severity=incident.severity,
        organisation=reporter.organisation,
        party=reporter.party,
        function=reporter.function,
        place=incident.place,
        point=incident.point,
        happened_until=incident.happened_until,
        has_text=event.has_text,
        has_measures=incident.has_measures,
        source=event.source,
        origin=incident.origin,
        sent_together=incident.sent_together,
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


publications = Publications(
    message_about, tells=(CollaborationSetUp, IncidentReported, IncidentReportWithdrawn)
)
