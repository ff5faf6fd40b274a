"""What notifier tells: who was alerted, who answered, and what was delivered."""

from typing import ClassVar
from uuid import UUID

from est_contracts.messages.message import Message
from est_contracts.vocabulary import AlertCause, DeliveryOutcome, FunctionId


class AlertRaised(Message):
    """A duty officer (TIB) is alerted (larmad) about a report or a problem."""

    SERVICE: ClassVar[str] = "notifier"
    FACT: ClassVar[str] = "alert_raised"

    alert_id: UUID
    cause: AlertCause
    concerns: UUID
    function: FunctionId


class AlertAcknowledged(Message):
    """Somebody has taken an alert (kvitterat)."""

    SERVICE: ClassVar[str] = "notifier"
    FACT: ClassVar[str] = "alert_acknowledged"

    alert_id: UUID
    function: FunctionId


class AlertEscalated(Message):
    """Nobody answered in time, so the alert went on (eskalerat) to the next function."""

    SERVICE: ClassVar[str] = "notifier"
    FACT: ClassVar[str] = "alert_escalated"

    alert_id: UUID
    from_function: FunctionId
    to_function: FunctionId


class DeliveryRecorded(Message):
    """One delivery of a distribution (utskick) has come to an end."""

    SERVICE: ClassVar[str] = "notifier"
    FACT: ClassVar[str] = "delivery_recorded"

    distribution_id: UUID
    recipient: FunctionId
    outcome: DeliveryOutcome
