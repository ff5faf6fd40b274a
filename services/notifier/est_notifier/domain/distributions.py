"""Distributions: which function got which edition of a published picture, and what became of each letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.vocabulary import Edition, Words
from est_notifier.domain.pictures import Depicted
from est_notifier.domain.refusals import LetterIsOnItsWay, NotARecipient
from est_notifier.domain.retries import next_try


class LetterState(StrEnum):
    """Where a letter stands."""

    DUE = "due"
    SENT = "sent"
    FAILED = "failed"
    HELD = "held"


class Obstacle(StrEnum):
    """What stood in a letter's way; never the mail server's own words, for they quote addresses."""

    NO_MAIL_SERVER = "no_mail_server"
    NO_ADDRESS = "no_address"
    UNUSABLE_ADDRESS = "unusable_address"
    UNWRITABLE = "unwritable"
    REFUSED = "refused"
    NOT_NOW = "not_now"
    UNREACHABLE = "unreachable"
    GAVE_UP = "gave_up"


HOLDS: frozenset[Obstacle] = frozenset({Obstacle.NO_MAIL_SERVER, Obstacle.NO_ADDRESS})
PASSES: frozenset[Obstacle] = frozenset({Obstacle.NOT_NOW, Obstacle.UNREACHABLE})


@dataclass(frozen=True)
class Attempt:
    """How one try to deliver a letter went: delivered, or what stood in its way."""

    obstacle: Obstacle | None = None
    smtp_code: int | None = None


@dataclass(frozen=True)
class Delivery:
    """How far one recipient's letter has come."""

    state: LetterState
    attempts: int
    first_due_at: datetime
    due_at: datetime | None

    def is_due(self, now: datetime) -> bool:
        return self.state == LetterState.DUE and self.due_at is not None and self.due_at <= now


class Distribution(Aggregate):
    """A distribution (utskick): one edition of a published picture, sent to functions on a list."""

    TOPIC = "notifier.distribution"

    class Event(Aggregate.Event):
        """Something that has happened to a distribution."""

    class Prepared(Event, Aggregate.Created):
        """The picture is published, and these functions are to have this edition."""

        TOPIC = "notifier.distribution.prepared"
        municipality: str
        edition: Edition
        period: str
        picture_version: int
        reports: int
        sentences: Sequence[Mapping[str, str]]
        correction: str | None
        prepared_at: datetime
        recipients: tuple[str, ...]
        picture: Mapping[str, Any] | None = None

    # The library wants this name as soon as TOPIC is set.
    Created = Prepared

    class Sent(Event):
        """The recipient's mail server has taken the letter."""

        TOPIC = "notifier.distribution.sent"
        municipality: str
        recipient: str
        attempt: int
        sent_at: datetime

    class Postponed(Event):
        """A passing obstacle: the letter is tried again."""

        TOPIC = "notifier.distribution.postponed"
        municipality: str
        recipient: str
        attempt: int
        obstacle: Obstacle
        smtp_code: int | None
        due_at: datetime

    class Failed(Event):
        """The letter cannot be delivered."""

        TOPIC = "notifier.distribution.failed"
        municipality: str
        recipient: str
        attempt: int
        obstacle: Obstacle
        smtp_code: int | None

    class Held(Event):
        """The letter waits for somebody to set things right."""

        TOPIC = "notifier.distribution.held"
        municipality: str
        recipient: str
        obstacle: Obstacle

    class Resent(Event):
        """Somebody has asked for another try."""

        TOPIC = "notifier.distribution.resent"
        municipality: str
        recipient: str
        asked_by: str
        due_at: datetime

    @staticmethod
    def create_id(
        municipality: str,
        *,
        period: str,
        picture_version: int,
        edition: str,
        picture: Mapping[str, Any] | None = None,
    ) -> UUID:
        # Pictures of the whole municipality keep the name they had before there were others.
        scope = picture["scope"] if picture else ""
        place = f"/{scope}" if scope else ""
        path = f"{period}/{picture_version}/{edition}{place}"
        return uuid5(NAMESPACE_URL, f"/est/{municipality}/notifier/distributions/{path}")

    @event(Prepared)
    def __init__(  # noqa: PLR0913 - the library makes the creation event of these
        self,
        *,
        municipality: str,
        edition: Edition,
        period: str,
        picture_version: int,
        reports: int,
        sentences: Sequence[Mapping[str, str]],
        correction: str | None,
        prepared_at: datetime,
        recipients: tuple[str, ...],
        picture: Mapping[str, Any] | None = None,
    ) -> None:
        self.municipality = municipality
        self.edition = Edition(edition)  # It is stored as plain text.
        self.period = period
        self.depicted = Depicted.read(picture, period=period)
        self.picture_version = picture_version  # `version` is the library's: how many events there are.
        self.reports = reports
        self.sentences = tuple(Words.model_validate(sentence) for sentence in sentences)
        self.correction = correction
        self.prepared_at = prepared_at
        self.recipients = tuple(recipients)  # It is stored as a list.
        self.letters = {
            recipient: Delivery(LetterState.DUE, attempts=0, first_due_at=prepared_at, due_at=prepared_at)
            for recipient in self.recipients
        }

    def record_attempt(self, *, recipient: str, attempt: Attempt, now: datetime) -> None:
        """A try has been made; decide what it means. What has come to an end stays as it is."""
        letter = self._letter_to(recipient)
        if letter.state != LetterState.DUE:
            return
        if attempt.obstacle is None:
            self._sent(
                municipality=self.municipality, recipient=recipient, attempt=letter.attempts + 1, sent_at=now
            )
        elif attempt.obstacle in HOLDS:
            self._held(municipality=self.municipality, recipient=recipient, obstacle=attempt.obstacle)
        else:
            self._postpone_or_fail(recipient, letter=letter, attempt=attempt, now=now)

    def resend(self, *, recipient: str, asked_by: str, now: datetime) -> None:
        if self._letter_to(recipient).state not in (LetterState.FAILED, LetterState.HELD):
            raise LetterIsOnItsWay
        self._resent(municipality=self.municipality, recipient=recipient, asked_by=asked_by, due_at=now)

    def _postpone_or_fail(self, recipient: str, *, letter: Delivery, attempt: Attempt, now: datetime) -> None:
        assert attempt.obstacle is not None
        tried = letter.attempts + 1
        due_at = next_try(attempt=tried, now=now, first_due_at=letter.first_due_at)
        if attempt.obstacle in PASSES and due_at is not None:
            self._postponed(
                municipality=self.municipality,
                recipient=recipient,
                attempt=tried,
                obstacle=attempt.obstacle,
                smtp_code=attempt.smtp_code,
                due_at=due_at,
            )
            return
        self._failed(
            municipality=self.municipality,
            recipient=recipient,
            attempt=tried,
            obstacle=Obstacle.GAVE_UP if attempt.obstacle in PASSES else attempt.obstacle,
            smtp_code=attempt.smtp_code,
        )

    def is_due(self, *, recipient: str, now: datetime) -> bool:
        """Whether the letter is to be tried now."""
        return self._letter_to(recipient).is_due(now)

    def _letter_to(self, recipient: str) -> Delivery:
        if recipient not in self.letters:
            raise NotARecipient
        return self.letters[recipient]

    @event(Sent)
    def _sent(self, municipality: str, recipient: str, attempt: int, sent_at: datetime) -> None:
        self._now_stands(recipient, LetterState.SENT, attempts=attempt)

    @event(Postponed)
    def _postponed(
        self,
        municipality: str,
        recipient: str,
        attempt: int,
        obstacle: Obstacle,
        smtp_code: int | None,
        due_at: datetime,
    ) -> None:
        self._now_stands(recipient, LetterState.DUE, attempts=attempt, due_at=due_at)

    @event(Failed)
    def _failed(
        self, municipality: str, recipient: str, attempt: int, obstacle: Obstacle, smtp_code: int | None
    ) -> None:
        self._now_stands(recipient, LetterState.FAILED, attempts=attempt)

    @event(Held)
    def _held(self, municipality: str, recipient: str, obstacle: Obstacle) -> None:
        self._now_stands(recipient, LetterState.HELD, attempts=self.letters[recipient].attempts)

    @event(Resent)
    def _resent(self, municipality: str, recipient: str, asked_by: str, due_at: datetime) -> None:
        self.letters[recipient] = Delivery(LetterState.DUE, attempts=0, first_due_at=due_at, due_at=due_at)

    def _now_stands(
        self, recipient: str, state: LetterState, *, attempts: int, due_at: datetime | None = None
    ) -> None:
        first_due_at = self.letters[recipient].first_due_at
        self.letters[recipient] = Delivery(state, attempts=attempts, first_due_at=first_due_at, due_at=due_at)
