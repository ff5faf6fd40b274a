"""What the notifier tells, and which timers it sets."""

from functools import singledispatch

from est_chassis.publications import Publications
from est_chassis.subscriptions import CancelTimer, Timer
from est_contracts.messages import (
    AlertAcknowledged,
    AlertEscalated,
    AlertRaised,
    DeliveryOutcome,
    DeliveryRecorded,
    Message,
    Recorded,
)
from est_notifier.domain.alerts import Alert
from est_notifier.domain.distributions import Distribution
from est_notifier.domain.occasions import Cause

ALERT_UNANSWERED = "alert_unanswered"


@singledispatch
def message_about(_event: object, _recorded: Recorded) -> Message | None:
    """The message that tells of an event, or None when it is nobody else's business."""
    return None


@message_about.register(Alert.Raised)
@message_about.register(Alert.RaisedAgain)
def _(event: Alert.Raised | Alert.RaisedAgain, recorded: Recorded) -> AlertRaised | None:
    if not event.chain:
        return None
    return AlertRaised(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=event.raised_at,
        alert_id=event.originator_id,
        cause=Cause(event.cause).value,
        concerns=event.concerns,
        function=event.chain[0],
    )


@message_about.register
def _(event: Alert.Acknowledged, recorded: Recorded) -> AlertAcknowledged:
    return AlertAcknowledged(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=event.acknowledged_at,
        alert_id=event.originator_id,
        function=event.function,
    )


@message_about.register
def _(event: Alert.Escalated, recorded: Recorded) -> AlertEscalated:
    return AlertEscalated(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        alert_id=event.originator_id,
        from_function=event.from_function,
        to_function=event.to_function,
    )


@message_about.register
def _(event: Distribution.Sent, recorded: Recorded) -> DeliveryRecorded:
    return _delivery(event, recorded, outcome="sent")


@message_about.register
def _(event: Distribution.Failed, recorded: Recorded) -> DeliveryRecorded:
    return _delivery(event, recorded, outcome="failed")


@message_about.register
def _(event: Distribution.Held, recorded: Recorded) -> DeliveryRecorded:
    return _delivery(event, recorded, outcome="held")


def timers_about(event: object) -> list[Timer | CancelTimer]:
    """Who is called has until `answer_by`; who answers needs no reminder."""
    match event:
        case Alert.Notified(
            originator_id=alert_id, municipality=municipality, step=step, answer_by=answer_by
        ):
            return [Timer(ALERT_UNANSWERED, municipality, key=f"{alert_id}.{step}", due_at=answer_by)]
        case (
            Alert.Acknowledged(originator_id=alert_id, municipality=municipality, step=step)
            | Alert.StoodDown(originator_id=alert_id, municipality=municipality, step=step)
        ):
            return [CancelTimer(ALERT_UNANSWERED, municipality, key=f"{alert_id}.{step}")]
        case _:
            return []


def _delivery(
    event: Distribution.Sent | Distribution.Failed | Distribution.Held,
    recorded: Recorded,
    *,
    outcome: DeliveryOutcome,
) -> DeliveryRecorded:
    return DeliveryRecorded(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        distribution_id=event.originator_id,
        recipient=event.recipient,
        outcome=outcome,
    )


publications = Publications(
    message_about=message_about,
    timers_about=timers_about,
    tells=(AlertRaised, AlertAcknowledged, AlertEscalated, DeliveryRecorded),
)
