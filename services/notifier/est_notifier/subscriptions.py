"""What the notifier hears, and when it is reminded."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from est_chassis.fact_intake import known_until
from est_chassis.subscriptions import Fired, Subscriptions
from est_contracts.messages import (
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
    Message,
    PicturePublished,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
    ReturnReminded,
)
from est_contracts.vocabulary import CollaborationDocument, PicturePeriod, PictureScope, Week
from est_notifier.application import Notifier
from est_notifier.domain.occasions import GRAVEST, Cause, Occasion
from est_notifier.domain.pictures import Depicted, PublishedPicture
from est_notifier.domain.reminders import WantedReminder
from est_notifier.read_models.collaborations import collaboration_of
from est_notifier.read_models.problem_steps import is_decided, weeks_flagged
from est_notifier.read_models.report_steps import report_as_known

subscriptions = Subscriptions("notifier", upstreams=("intake", "compiler", "analysis"), somebody_waits=True)


@subscriptions.hears(IncidentReported)
def on_incident_reported(message: IncidentReported, app: Notifier) -> None:
    # Most reports are not of the gravest kind: nothing is asked about them.
    if message.severity == GRAVEST:
        _consider_report(message, app)


@subscriptions.hears(IncidentReportCorrected)
def on_incident_report_corrected(message: IncidentReportCorrected, app: Notifier) -> None:
    _consider_report(message, app)


@subscriptions.hears(IncidentReportWithdrawn)
def on_incident_report_withdrawn(message: IncidentReportWithdrawn, app: Notifier) -> None:
    _consider_report(message, app)


@subscriptions.hears(IncidentReportMarkedDuplicate)
def on_incident_report_marked_duplicate(message: IncidentReportMarkedDuplicate, app: Notifier) -> None:
    # The report that it repeats has raised an alert of its own, if it is grave.
    _consider_report(message, app)


@subscriptions.hears(IncidentReportReinstated)
def on_incident_report_reinstated(message: IncidentReportReinstated, app: Notifier) -> None:
    _consider_report(message, app)


def _consider_report(message: Message, app: Notifier) -> None:
    cursor = app.work.cursor
    known = report_as_known(cursor, message, until=known_until(cursor, message))
    if known is not None:
        collaboration = _collaboration(message.municipality, app)
        app.consider_alert(known.occasion, holds=known.counts, collaboration=collaboration)


@subscriptions.hears(ProblemFlagged)
def on_problem_flagged(message: ProblemFlagged, app: Notifier) -> None:
    cursor, at = app.work.cursor, message.recorded.position
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
    decided = is_decided(
        cursor, message.municipality, message.problem_id, after=at, until=known_until(cursor, message)
    )
    collaboration = _collaboration(message.municipality, app)
    app.consider_alert(occasion, holds=not decided, collaboration=collaboration)


@subscriptions.hears(ProblemConfirmed)
def on_problem_confirmed(message: ProblemConfirmed, app: Notifier) -> None:
    _stand_down(message, app)


@subscriptions.hears(ProblemDismissed)
def on_problem_dismissed(message: ProblemDismissed, app: Notifier) -> None:
    _stand_down(message, app)


def _stand_down(message: ProblemConfirmed | ProblemDismissed, app: Notifier) -> None:
    weeks = weeks_flagged(
        app.work.cursor, message.municipality, message.problem_id, until=message.recorded.position
    )
    app.stand_down_alerts(message.municipality, problem_id=message.problem_id, weeks=weeks)


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


def _collaboration(municipality: str, app: Notifier) -> Callable[[], CollaborationDocument | None]:
    # Read only when somebody is to be told: most reports are read in the picture.
    return partial(collaboration_of, app.work.cursor, municipality)
