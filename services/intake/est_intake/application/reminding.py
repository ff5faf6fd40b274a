"""Watching the periods: reminding whoever is silent before the deadline, and telling substitutes after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound, Unavailable
from est_contracts.vocabulary import (
    STOCKHOLM,
    Function,
    ReminderCause,
    ReportingPeriod,
    Role,
)
from est_intake.application.set_up import SettingUp
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.period_watch import (
    FunctionDoesNotReport,
    FunctionHasBeenHeard,
    FunctionHasNoMailbox,
    FunctionWasJustReminded,
    PeriodWatch,
    Times,
)
from est_intake.domain.submission import CLOCKS_DIFFER_BY, Sender


class Silence(Protocol):
    """Which of the functions have said nothing of a period; answered by a read model."""

    def __call__(
        self,
        cursor: Cursor,
        municipality: str,
        period: ReportingPeriod,
        *,
        due_at: datetime,
        functions: Sequence[str],
        now: datetime,
    ) -> frozenset[str]: ...


class TooEarly(Unavailable):
    """The timer's clock goes before ours: it is heard again in a moment."""


class Reminding:
    """The use cases around deadlines and reminders."""

    def __init__(self, set_ups: SettingUp) -> None:
        self._set_ups = set_ups
        self.work = set_ups.work

    def watch_next_period(self, municipality: str) -> None:
        """Watch the period that is due next; to do so again changes nothing."""
        set_up = self._set_ups.set_up_of(municipality)
        if set_up is None:
            return
        period = set_up.period_awaited(self._set_ups.now)
        watch = self._watch(municipality, period, set_up=set_up)
        watch.move(_times(set_up, period))
        self.work.save(watch)

    def remind_silent(self, municipality: str, period_name: str, *, silence: Silence) -> None:
        """The reminder is due: those who have said nothing are reminded, and nobody else."""
        set_up = self._set_ups.set_up_of(municipality)
        watch = self.work.find(PeriodWatch, PeriodWatch.create_id(municipality, period_name))
        if set_up is None or watch is None or watch.is_closed or watch.times.remind_at is None:
            return
        period = set_up.period_named(period_name)
        if (
            period is None
            or self._set_ups.now >= watch.times.due_at
            or self._is_too_early(watch.times.remind_at)
        ):
            return
        today = self._set_ups.now.astimezone(STOCKHOLM).date()
        for seat in self._silent(municipality, period, set_up=set_up, silence=silence):
            watch.remind(
                seat.function_id,
                addressed_to=set_up.document.filled_by(seat.function_id, today),
                cause=ReminderCause.SCHEDULE,
                now=self._set_ups.now,
            )
        self.work.save(watch)

    def hand_over(self, municipality: str, period_name: str, *, silence: Silence) -> None:
        """The deadline has passed: substitutes of silent seats are told, and the next period is watched."""
        set_up = self._set_ups.set_up_of(municipality)
        watch = self.work.find(PeriodWatch, PeriodWatch.create_id(municipality, period_name))
        if set_up is None or watch is None or watch.is_closed or self._is_too_early(watch.times.due_at):
            return
        period = set_up.period_named(period_name)
        # Nobody is to stand in for what was due before a long silence of our own.
        if period is not None and self._set_ups.now < watch.times.due_at + timedelta(days=period.days):
            for seat in self._silent(municipality, period, set_up=set_up, silence=silence):
                if seat.substitute is not None:
                    cause = ReminderCause.STANDING_IN
                    watch.remind(
                        seat.function_id, addressed_to=seat.substitute, cause=cause, now=self._set_ups.now
                    )
        watch.close()
        self.work.save(watch)
        self.watch_next_period(municipality)

    def remind_return(
        self, municipality: str, *, function: str, period_name: str, by: Sender, silence: Silence
    ) -> None:
        """A coordinator reminds one function; whoever fills the seat today gets it."""
        set_up, period = self._reminded_of(municipality, period_name, by=by)
        if function not in set_up.reporters:
            raise NotFound(function)
        if Role.REPORTER not in set_up.document.function(function).roles:
            raise FunctionDoesNotReport
        silent = self._silent(municipality, period, set_up=set_up, silence=silence)
        if function not in {each.function_id for each in silent}:
            raise FunctionHasBeenHeard
        addressed_to = set_up.document.filled_by(function, self._set_ups.now.astimezone(STOCKHOLM).date())
        if set_up.document.function(addressed_to).email is None:
            raise FunctionHasNoMailbox
        watch = self._watch(municipality, period, set_up=set_up)
        watch.remind(
            function, addressed_to=addressed_to, cause=ReminderCause.COORDINATOR, now=self._set_ups.now
        )
        self.work.save(watch)

    def remind_all(self, municipality: str, *, period_name: str, by: Sender, silence: Silence) -> int:
        """A coordinator reminds everyone who is silent, and learns how many letters that makes.

        Who was reminded a short while ago, or has no mailbox, is left out.
        """
        set_up, period = self._reminded_of(municipality, period_name, by=by)
        watch = self._watch(municipality, period, set_up=set_up)
        today, reminded = self._set_ups.now.astimezone(STOCKHOLM).date(), 0
        for seat in self._silent(municipality, period, set_up=set_up, silence=silence):
            addressed_to = set_up.document.filled_by(seat.function_id, today)
            if set_up.document.function(addressed_to).email is None:
                continue
            with suppress(FunctionWasJustReminded):
                cause, now = ReminderCause.COORDINATOR, self._set_ups.now
                watch.remind(seat.function_id, addressed_to=addressed_to, cause=cause, now=now)
                reminded += 1
        self.work.save(watch)
        return reminded

    def _reminded_of(
        self, municipality: str, period_name: str, *, by: Sender
    ) -> tuple[SetUpInUse, ReportingPeriod]:
        """Coordinators remind of periods that have begun."""
        if not by.speaks_for(municipality) or Role.COORDINATOR not in by.roles:
            raise NotFound(period_name)
        set_up = self._set_ups.set_up_for(municipality, by)
        period = set_up.period_named(period_name)
        if period is None or period.starts_at > self._set_ups.now:
            raise NotFound(period_name)
        return set_up, period

    def _watch(self, municipality: str, period: ReportingPeriod, *, set_up: SetUpInUse) -> PeriodWatch:
        found = self.work.find(PeriodWatch, PeriodWatch.create_id(municipality, str(period)))
        return found or PeriodWatch.over(
            str(period), municipality=municipality, times=_times(set_up, period), now=self._set_ups.now
        )

    def _silent(
        self, municipality: str, period: ReportingPeriod, *, set_up: SetUpInUse, silence: Silence
    ) -> Iterator[Function]:
        reporters = set_up.document.functions_with(Role.REPORTER)
        silent = silence(
            self.work.cursor,
            municipality,
            period,
            due_at=set_up.due_at(period),
            functions=[each.function_id for each in reporters],
            now=self._set_ups.now,
        )
        return (each for each in reporters if each.function_id in silent)

    def _is_too_early(self, moment: datetime) -> bool:
        """Long before, it was moved; just before, clocks differ and it is to come again."""
        if self._set_ups.now < moment - CLOCKS_DIFFER_BY:
            return True
        if self._set_ups.now < moment:
            raise TooEarly
        return False


def _times(set_up: SetUpInUse, period: ReportingPeriod) -> Times:
    due_at = set_up.due_at(period)
    hours = set_up.document.deadline.reminder_hours
    return Times(due_at - timedelta(hours=hours) if hours else None, due_at)
