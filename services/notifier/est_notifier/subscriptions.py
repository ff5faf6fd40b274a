"""What the notifier hears, and when it is reminded."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from est_chassis.subscriptions import Fired, Subscriptions
from est_contracts.messages import (
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportWithdrawn,
    PicturePublished,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
    ReturnReminded,
)
from est_contracts.vocabulary import CollaborationDocument, PicturePeriod, PictureScope, Week
from est_notifier.application import Notifier
from est_notifier.domain.occasions import Cause, Occasion, is_a_report_of_the_gravest_kind
from est_notifier.domain.pictures import Depicted, PublishedPicture
from est_notifier.domain.reminders import WantedReminder
from est_notifier.read_models.alerts import alerts_about
from est_notifier.read_models.collaborations import collaboration_of

subscriptions = Subscriptions("notifier", upstreams=("intake", "compiler", "analysis"))


@subscriptions.hears(IncidentReported)
def on_incident_reported(message: IncidentReported, app: Notifier) -> None:
    app.consider_alert(_occasion_of(message), collaboration=_collaboration(message.municipality, app))


@subscriptions.hears(IncidentReportCorrected)
def on_incident_report_corrected(message: IncidentReportCorrected, app: Notifier) -> None:
    occasion = _occasion_of(message)
    if is_a_report_of_the_gravest_kind(occasion):
        app.consider_alert(occasion, collaboration=_collaboration(message.municipality, app))
    else:
        app.stand_down_alert_about_report(municipality=message.municipality, report_id=message.report_id)


def _occasion_of(message: IncidentReported | IncidentReportCorrected) -> Occasion:
    return Occasion(
        municipality=message.municipality,
        cause=Cause.SEVERITY,
        concerns=message.report_id,
        theme=message.theme,
        area=message.area,
        happened_at=message.happened_at,
        recorded_at=message.recorded.recorded_at,
        severity=message.severity,
        polarity=message.polarity,
    )


@subscriptions.hears(IncidentReportWithdrawn)
def on_incident_report_withdrawn(message: IncidentReportWithdrawn, app: Notifier) -> None:
    app.stand_down_alert_about_report(municipality=message.municipality, report_id=message.report_id)


@subscriptions.hears(IncidentReportMarkedDuplicate)
def on_incident_report_marked_duplicate(message: IncidentReportMarkedDuplicate, app: Notifier) -> None:
    # The report that it repeats has raised an alert of its own, if it is grave.
    app.stand_down_alert_about_report(municipality=message.municipality, report_id=message.report_id)


@subscriptions.hears(ProblemFlagged)
def on_problem_flagged(message: ProblemFlagged, app: Notifier) -> None:
    occasion = Occasion(
        municipality=message.municipality,
        cause=Cause.PROBLEM,
        concerns=message.problem_id,
        theme=message.theme,
        area=message.area,
        happened_at=message.happened_at,
        recorded_at=message.recorded.recorded_at,
        week=Week.parse(message.period),
    )
    app.consider_alert(occasion, collaboration=_collaboration(message.municipality, app))


@subscriptions.hears(ProblemConfirmed)
def on_problem_confirmed(message: ProblemConfirmed, app: Notifier) -> None:
    _stand_down_all_about(message.problem_id, municipality=message.municipality, app=app)


@subscriptions.hears(ProblemDismissed)
def on_problem_dismissed(message: ProblemDismissed, app: Notifier) -> None:
    _stand_down_all_about(message.problem_id, municipality=message.municipality, app=app)


@subscriptions.hears(PicturePublished)
def on_picture_published(message: PicturePublished, app: Notifier) -> None:
    picture = PublishedPicture(
        municipality=message.municipality,
        depicted=Depicted(
            period=PicturePeriod(message.first_day, message.last_day, message.kind),
            scope=PictureScope.parse(message.scope),
            level=message.level,
            is_public=message.is_public,
        ),
        version=message.version,
        reports=message.reports,
        sentences=message.sentences,
        correction=message.reason,
    )
    app.prepare_distributions(picture, collaboration=_collaboration(message.municipality, app))


@subscriptions.hears(ReturnReminded)
def on_return_reminded(message: ReturnReminded, app: Notifier) -> None:
    wanted = WantedReminder(
        function=message.function,
        recipient=message.addressed_to,
        period=message.period,
        deadline_at=message.due_at,
        cause=message.cause,
    )
    app.prepare_reminder(wanted, municipality=message.municipality, message_id=message.recorded.message_id)


@subscriptions.at("alert_unanswered")
def on_alert_unanswered(fired: Fired, app: Notifier) -> None:
    alert_id, step = fired.key.split(".")
    app.leave_alert_unanswered(municipality=fired.municipality, alert_id=UUID(alert_id), step=int(step))


def _stand_down_all_about(concerns: UUID, *, municipality: str, app: Notifier) -> None:
    for alert_id in alerts_about(app.work.cursor, municipality, concerns):
        app.stand_down_alert(municipality=municipality, alert_id=alert_id)


def _collaboration(municipality: str, app: Notifier) -> Callable[[], CollaborationDocument | None]:
    # Read only when somebody is to be told: most reports are read in the picture.
    return partial(collaboration_of, app.work.cursor, municipality)
