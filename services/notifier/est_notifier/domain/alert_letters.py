"""Alert letters: one e-mail to whoever an alert calls, for each step, and what became of it."""

from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_notifier.domain.distributions import HOLDS, PASSES, Attempt, Obstacle
from est_notifier.domain.retries import next_try


class AlertLetterState(StrEnum):
    """Where an alert letter stands."""

    DUE = "due"
    SENT = "sent"
    FAILED = "failed"
    HELD = "held"
    NOT_NEEDED = "not_needed"


DID_NOT_GET_THROUGH = frozenset({AlertLetterState.FAILED, AlertLetterState.HELD})


class AlertLetter(Aggregate):
    """An alert letter (larmbrev): whoever is called by an alert is told by e-mail as well."""

    TOPIC = "notifier.alert_letter"

    class Event(Aggregate.Event):
        """Something that has happened to an alert letter."""

        municipality: str
        alert_id: UUID
        recipient: str

    class Prepared(Event, Aggregate.Created):
        """An alert has called somebody."""

        TOPIC = "notifier.alert_letter.prepared"
        step: int
        prepared_at: datetime

    # The library wants this name as soon as TOPIC is set.
    Created = Prepared

    class Postponed(Event):
        """A passing obstacle: the letter is tried again."""

        TOPIC = "notifier.alert_letter.postponed"
        attempt: int
        obstacle: Obstacle
        smtp_code: int | None
        due_at: datetime

    class Settled(Event):
        """The letter is sent, did not get through, or nobody needs it any more."""

        TOPIC = "notifier.alert_letter.settled"
        outcome: AlertLetterState
        attempt: int
        obstacle: Obstacle | None
        smtp_code: int | None
        settled_at: datetime

    @staticmethod
    def create_id(alert_id: UUID, step: int) -> UUID:
        """One for each alert and step."""
        return uuid5(NAMESPACE_URL, f"/est/notifier/alert_letters/{alert_id}/{step}")

    @event(Prepared)
    def __init__(
        self, *, municipality: str, alert_id: UUID, recipient: str, step: int, prepared_at: datetime
    ) -> None:
        self.municipality = municipality
        self.alert_id = alert_id
        self.recipient = recipient
        self.step = step
        self.prepared_at = prepared_at
        self.state = AlertLetterState.DUE
        self.attempts = 0
        self.due_at: datetime | None = prepared_at

    def is_due(self, now: datetime) -> bool:
        """Whether the letter is to be tried now."""
        return self.due_at is not None and self.due_at <= now

    def record_attempt(self, attempt: Attempt, *, now: datetime) -> None:
        """A try has been made; decide what it means. What has come to an end stays as it is."""
        if self.state != AlertLetterState.DUE:
            return
        if attempt.obstacle is None:
            self._settle(AlertLetterState.SENT, attempt=attempt, now=now)
        elif attempt.obstacle in HOLDS:
            self._settle(AlertLetterState.HELD, attempt=attempt, now=now)
        else:
            self._postpone_or_fail(attempt, obstacle=attempt.obstacle, now=now)

    def let_be(self, now: datetime) -> None:
        """Somebody has answered, or there is nothing left to answer."""
        if self.state == AlertLetterState.DUE:
            self._settle(AlertLetterState.NOT_NEEDED, attempt=Attempt(), now=now)

    def _postpone_or_fail(self, attempt: Attempt, *, obstacle: Obstacle, now: datetime) -> None:
        tried = self.attempts + 1
        due_at = next_try(attempt=tried, now=now, first_due_at=self.prepared_at)
        if obstacle not in PASSES or due_at is None:
            gave_up = Attempt(Obstacle.GAVE_UP, attempt.smtp_code) if obstacle in PASSES else attempt
            self._settle(AlertLetterState.FAILED, attempt=gave_up, now=now)
            return
        self.trigger_event(
            self.Postponed,
            **self._whose(),
            attempt=tried,
            obstacle=obstacle,
            smtp_code=attempt.smtp_code,
            due_at=due_at,
        )

    def _settle(self, outcome: AlertLetterState, *, attempt: Attempt, now: datetime) -> None:
        tried = self.attempts + (outcome != AlertLetterState.NOT_NEEDED)
        self.trigger_event(
            self.Settled,
            **self._whose(),
            outcome=outcome,
            attempt=tried,
            obstacle=attempt.obstacle,
            smtp_code=attempt.smtp_code,
            settled_at=now,
        )

    def _whose(self) -> dict[str, object]:
        return {"municipality": self.municipality, "alert_id": self.alert_id, "recipient": self.recipient}

    @event(Postponed)
    def _postponed(self, attempt: int, due_at: datetime) -> None:
        self.attempts, self.due_at = attempt, due_at

    @event(Settled)
    def _settled(self, outcome: AlertLetterState, attempt: int) -> None:
        self.state, self.attempts, self.due_at = AlertLetterState(outcome), attempt, None
