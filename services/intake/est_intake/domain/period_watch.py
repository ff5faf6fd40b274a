"""A watch over one reporting period: who is reminded before its deadline, and who takes over after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.vocabulary import Rejected, ReminderCause, Words

#: A coordinator who taps twice reminds once; the next day they may remind again.
REMINDED_AT_MOST_EVERY = timedelta(hours=12)


class FunctionWasJustReminded(Rejected):
    """The function has been reminded a short while ago."""

    code = "function_was_just_reminded"
    words = Words(
        sv="Funktionen fick en påminnelse nyss. Vänta ett halvt dygn innan du påminner igen.",
        en="The function was reminded a short while ago. Wait half a day before you remind it again.",
    )


class FunctionHasBeenHeard(Rejected):
    """The function has reported or returned already: there is nothing to remind it of."""

    code = "function_has_been_heard"
    words = Words(
        sv="Funktionen har redan hörts av för perioden.",
        en="The function has been heard of for the period already.",
    )


class FunctionDoesNotReport(Rejected):
    """Nothing is awaited of the function."""

    code = "function_does_not_report"
    http_status = 422
    words = Words(
        sv="Funktionen är ingen rapportör, så inget väntas av den.",
        en="The function is no reporter, so nothing is awaited of it.",
    )


class FunctionHasNoMailbox(Rejected):
    """Nobody has written down where a letter to the function would go."""

    code = "function_has_no_mailbox"
    http_status = 422
    words = Words(
        sv="Funktionen har ingen e-postadress. Hör av dig på annat sätt, eller skriv in en under Samverkan.",
        en="The function has no e-mail address. Get in touch in another way, or enter one in the set-up.",
    )


@dataclass(frozen=True)
class Times:
    """When silent functions are reminded, if they are, and when their substitutes take over (stopptid)."""

    remind_at: datetime | None
    due_at: datetime


class PeriodWatch(Aggregate):
    """A watch (bevakning av stopptiden) over one reporting period of a municipality."""

    TOPIC = "intake.period_watch"

    class Event(Aggregate.Event):
        """Something that has happened in a watch."""

        municipality: str
        period: str

    class Begun(Event, Aggregate.Created):
        """The period is watched from now on; one that is over already is only remembered by."""

        TOPIC = "intake.period_watch.begun"
        remind_at: datetime | None
        due_at: datetime
        is_over: bool

    # The library wants this name as soon as TOPIC is set.
    Created = Begun

    class Moved(Event):
        """The municipality has changed when the period is due."""

        TOPIC = "intake.period_watch.moved"
        remind_at: datetime | None
        due_at: datetime

    class FunctionReminded(Event):
        """A function is reminded, or told that it stands in."""

        TOPIC = "intake.period_watch.function_reminded"
        function: str
        addressed_to: str
        cause: str
        due_at: datetime
        reminded_at: datetime

    class Closed(Event):
        """The deadline has passed, and whoever stands in has been told."""

        TOPIC = "intake.period_watch.closed"

    @classmethod
    def create_id(cls, municipality: str, period: str) -> UUID:
        return uuid5(NAMESPACE_URL, f"est:intake:period_watch:{municipality}:{period}")

    @classmethod
    def over(cls, period: str, *, municipality: str, times: Times, now: datetime) -> Self:
        return cls(
            municipality=municipality,
            period=period,
            remind_at=times.remind_at,
            due_at=times.due_at,
            is_over=times.due_at <= now,
        )

    @event(Begun)
    def __init__(
        self, *, municipality: str, period: str, remind_at: datetime | None, due_at: datetime, is_over: bool
    ) -> None:
        self.municipality = municipality
        self.period = period
        self.times = Times(remind_at, due_at)
        self.is_closed = is_over
        self.reminded: dict[tuple[str, str, ReminderCause], datetime] = {}

    def move(self, times: Times) -> None:
        """Remind at another time; the same times again change nothing."""
        if times != self.times and not self.is_closed:
            self._moved(
                municipality=self.municipality,
                period=self.period,
                remind_at=times.remind_at,
                due_at=times.due_at,
            )

    def remind(self, function: str, *, addressed_to: str, cause: ReminderCause, now: datetime) -> None:
        """By schedule or as a substitute once; by a coordinator now and then."""
        last = self.reminded.get((function, addressed_to, cause))
        if cause is ReminderCause.COORDINATOR:
            if last is not None and now - last < REMINDED_AT_MOST_EVERY:
                raise FunctionWasJustReminded
        elif last is not None:
            return
        self._function_reminded(
            municipality=self.municipality,
            period=self.period,
            function=function,
            addressed_to=addressed_to,
            cause=cause,
            due_at=self.times.due_at,
            reminded_at=now,
        )

    def close(self) -> None:
        """The deadline has passed; once."""
        if not self.is_closed:
            self._closed(municipality=self.municipality, period=self.period)

    @event(Moved)
    def _moved(self, municipality: str, period: str, remind_at: datetime | None, due_at: datetime) -> None:
        self.times = Times(remind_at, due_at)

    @event(FunctionReminded)
    def _function_reminded(  # noqa: PLR0913 - the library makes the event of these
        self,
        *,
        municipality: str,
        period: str,
        function: str,
        addressed_to: str,
        cause: str,
        due_at: datetime,
        reminded_at: datetime,
    ) -> None:
        self.reminded[function, addressed_to, ReminderCause(cause)] = reminded_at

    @event(Closed)
    def _closed(self, municipality: str, period: str) -> None:
        self.is_closed = True
