"""Reminder letters: one letter to whoever is to report, and what became of it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.vocabulary import ReminderCause
from est_notifier.domain.distributions import HOLDS, PASSES, Attempt, Delivery, LetterState, Obstacle
from est_notifier.domain.retries import next_try

#: A reminder of what is overdue is still of use the same day.
USEFUL_FOR = timedelta(hours=24)


class WantedReminder(NamedTuple):
    """Who is to be reminded of which seat's return, and why."""

    function: str
    recipient: str
    period: str
    deadline_at: datetime
    cause: str


class ReminderOutcome(StrEnum):
    """What became of a reminder letter."""

    SENT = "sent"
    FAILED = "failed"
    HELD = "held"


class ReminderLetter(Aggregate):
    """A reminder letter (påminnelsebrev): a return is missing, or one stands in."""

    TOPIC = "notifier.reminder_letter"

    class Event(Aggregate.Event):
        """Something that has happened to a reminder letter."""

        municipality: str

    class Prepared(Event, Aggregate.Created):
        """Somebody is to be reminded."""

        TOPIC = "notifier.reminder_letter.prepared"
        message_id: str
        function: str
        recipient: str
        period: str
        deadline_at: datetime
        cause: str
        prepared_at: datetime

    # The library wants this name as soon as TOPIC is set.
    Created = Prepared

    class Postponed(Event):
        """A passing obstacle: the letter is tried again."""

        TOPIC = "notifier.reminder_letter.postponed"
        attempt: int
        obstacle: Obstacle
        smtp_code: int | None
        due_at: datetime

    class Settled(Event):
        """The letter is sent, cannot be delivered, or waits for somebody to set things right."""

        TOPIC = "notifier.reminder_letter.settled"
        outcome: ReminderOutcome
        attempt: int
        obstacle: Obstacle | None
        smtp_code: int | None
        settled_at: datetime

    @staticmethod
    def create_id(municipality: str, message_id: str) -> UUID:
        """From the message that asks for it, so that a repeat sends no second letter."""
        return uuid5(NAMESPACE_URL, f"/est/{municipality}/notifier/reminder_letters/{message_id}")

    @event(Prepared)
    def __init__(  # noqa: PLR0913 - the library makes the creation event of these
        self,
        *,
        municipality: str,
        message_id: str,
        function: str,
        recipient: str,
        period: str,
        deadline_at: datetime,
        cause: str,
        prepared_at: datetime,
    ) -> None:
        self.municipality = municipality
        self.function = function
        self.recipient = recipient
        self.period = period
        self.deadline_at = deadline_at
        self.cause = ReminderCause(cause)
        self.prepared_at = prepared_at
        self.delivery = Delivery(LetterState.DUE, attempts=0, first_due_at=prepared_at, due_at=prepared_at)

    def is_due(self, now: datetime) -> bool:
        """Whether the letter is to be tried now."""
        return self.delivery.is_due(now)

    def record_attempt(self, attempt: Attempt, *, now: datetime) -> None:
        """A try has been made; decide what it means. What has come to an end stays as it is."""
        if self.delivery.state != LetterState.DUE:
            return
        if attempt.obstacle is None:
            self._settle(ReminderOutcome.SENT, attempt=attempt, now=now)
        elif attempt.obstacle in HOLDS:
            self._settle(ReminderOutcome.HELD, attempt=attempt, now=now)
        else:
            self._postpone_or_fail(attempt, now=now)

    def give_up_when_useless(self, now: datetime) -> None:
        """After a long time away nobody is reminded of what was due then."""
        if self.delivery.state == LetterState.DUE and now > self._useful_until:
            self._settle(ReminderOutcome.FAILED, attempt=Attempt(Obstacle.GAVE_UP), now=now)

    @property
    def _useful_until(self) -> datetime:
        return max(self.deadline_at, self.prepared_at + USEFUL_FOR)

    def _postpone_or_fail(self, attempt: Attempt, *, now: datetime) -> None:
        assert attempt.obstacle is not None
        tried = self.delivery.attempts + 1
        due_at = next_try(attempt=tried, now=now, first_due_at=self.delivery.first_due_at)
        if attempt.obstacle in PASSES and due_at is not None and due_at <= self._useful_until:
            self._postponed(
                municipality=self.municipality,
                attempt=tried,
                obstacle=attempt.obstacle,
                smtp_code=attempt.smtp_code,
                due_at=due_at,
            )
            return
        gave_up = Attempt(Obstacle.GAVE_UP, attempt.smtp_code) if attempt.obstacle in PASSES else attempt
        self._settle(ReminderOutcome.FAILED, attempt=gave_up, now=now)

    def _settle(self, outcome: ReminderOutcome, *, attempt: Attempt, now: datetime) -> None:
        self._settled(
            municipality=self.municipality,
            outcome=outcome,
            attempt=self.delivery.attempts + 1,
            obstacle=attempt.obstacle,
            smtp_code=attempt.smtp_code,
            settled_at=now,
        )

    @event(Postponed)
    def _postponed(
        self, municipality: str, attempt: int, obstacle: Obstacle, smtp_code: int | None, due_at: datetime
    ) -> None:
        self.delivery = Delivery(
            LetterState.DUE, attempts=attempt, first_due_at=self.delivery.first_due_at, due_at=due_at
        )

    @event(Settled)
    def _settled(
        self,
        *,
        municipality: str,
        outcome: ReminderOutcome,
        attempt: int,
        obstacle: Obstacle | None,
        smtp_code: int | None,
        settled_at: datetime,
    ) -> None:
        self.delivery = Delivery(
            LetterState(outcome), attempts=attempt, first_due_at=self.delivery.first_due_at, due_at=None
        )
