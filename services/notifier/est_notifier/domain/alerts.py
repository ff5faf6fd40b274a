"""Alerts: somebody is called, and called again higher up until somebody answers."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.vocabulary import Theme
from est_notifier.domain.occasions import OLD_AFTER, Cause, Occasion
from est_notifier.domain.refusals import AlertIsAcknowledged, AlertIsStoodDown


class AlertState(StrEnum):
    """Where an alert stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    EXHAUSTED = "exhausted"
    STOOD_DOWN = "stood_down"


class Alert(Aggregate):
    """An alert (larm) to the duty officer (TIB), about a grave report or a flagged problem."""

    TOPIC = "notifier.alert"

    class Event(Aggregate.Event):
        """Something that has happened to an alert."""

    class Raised(Event, Aggregate.Created):
        """The alert is raised; `chain` names who is to answer, one after the other."""

        TOPIC = "notifier.alert.raised"
        municipality: str
        cause: Cause
        concerns: UUID
        theme: Theme
        area: str | None
        severity: int | None
        week: str | None
        happened_at: datetime
        raised_at: datetime
        chain: tuple[str, ...]
        patience_seconds: int

    # The library wants this name as soon as TOPIC is set.
    Created = Raised

    class Notified(Event):
        """A function has been called, and has until `answer_by` to answer."""

        TOPIC = "notifier.alert.notified"
        municipality: str
        function: str
        step: int
        answer_by: datetime

    class Acknowledged(Event):
        """A function has taken the alert (kvitterat)."""

        TOPIC = "notifier.alert.acknowledged"
        municipality: str
        function: str
        step: int
        acknowledged_at: datetime

    class Escalated(Event):
        """A function did not answer in time: the alert goes on to the next one."""

        TOPIC = "notifier.alert.escalated"
        municipality: str
        from_function: str
        to_function: str
        step: int

    class Exhausted(Event):
        """There is nobody left to call."""

        TOPIC = "notifier.alert.exhausted"
        municipality: str
        step: int

    class StoodDown(Event):
        """There is no longer anything to answer (avblåst): the report asks for nobody, or people decided."""

        TOPIC = "notifier.alert.stood_down"
        municipality: str
        step: int

    class RaisedAgain(Event):
        """What it was stood down for holds no longer (larmat på nytt): it begins again from the first."""

        TOPIC = "notifier.alert.raised_again"
        municipality: str
        cause: Cause
        concerns: UUID
        theme: Theme
        area: str | None
        severity: int | None
        happened_at: datetime
        raised_at: datetime
        chain: tuple[str, ...]
        patience_seconds: int

    class Restated(Event):
        """The report says something else now, and asks for an answer all the same (larm ändrat)."""

        TOPIC = "notifier.alert.restated"
        municipality: str
        theme: Theme
        area: str | None
        severity: int | None
        happened_at: datetime

    @classmethod
    def raised(
        cls, occasion: Occasion, *, chain: tuple[str, ...], now: datetime, patience: timedelta
    ) -> Self:
        alert = cls(
            municipality=occasion.municipality,
            cause=occasion.cause,
            concerns=occasion.concerns,
            theme=occasion.theme,
            area=occasion.area,
            severity=occasion.severity,
            week=str(occasion.week) if occasion.week else None,
            happened_at=occasion.happened_at,
            raised_at=now,
            chain=chain,
            patience_seconds=int(patience.total_seconds()),
        )
        alert._call_or_give_up(step=1, now=now)
        return alert

    @staticmethod
    def create_id(municipality: str, cause: str, concerns: UUID, week: str | None) -> UUID:
        """A problem that is flagged again in a later week is a new occasion; a report is one for ever."""
        return uuid5(NAMESPACE_URL, f"/est/{municipality}/notifier/alerts/{cause}/{concerns}/{week or ''}")

    @event(Raised)
    def __init__(  # noqa: PLR0913 - the library makes the creation event of these
        self,
        *,
        municipality: str,
        cause: Cause,
        concerns: UUID,
        theme: Theme,
        area: str | None,
        severity: int | None,
        week: str | None,
        happened_at: datetime,
        raised_at: datetime,
        chain: tuple[str, ...],
        patience_seconds: int,
    ) -> None:
        self.municipality = municipality
        self.cause = Cause(cause)  # It is stored as plain text.
        self.concerns = concerns
        self.theme = Theme(theme)
        self.area = area
        self.severity = severity
        self.week = week
        self.happened_at = happened_at
        self.raised_at = raised_at
        self.chain = tuple(chain)  # It is stored as a list.
        self.patience = timedelta(seconds=patience_seconds)
        self.state = AlertState.OPEN
        self.step = self.steps_before = 0
        self.answer_by: datetime | None = None
        self.acknowledged_by: str | None = None
        self.acknowledged_at: datetime | None = None

    @property
    def called(self) -> tuple[str, ...]:
        """Who has been called since it was raised the last time, one after the other."""
        return self.chain[: self.step - self.steps_before]

    @property
    def function(self) -> str | None:
        """Who has been called last."""
        return self.called[-1] if self.called else None

    def awaits_an_answer(self, *, step: int, now: datetime) -> bool:
        """Whether it is of use that whoever was called at a step hears of it."""
        is_calling = self.state in (AlertState.OPEN, AlertState.EXHAUSTED)
        return is_calling and step > self.steps_before and now - self.raised_at <= OLD_AFTER

    def acknowledge(self, *, function: str, now: datetime) -> None:
        """One function takes the alert. The same function may say so again; nobody else may."""
        if self.acknowledged_by == function:
            return
        if self.acknowledged_by is not None:
            raise AlertIsAcknowledged(self.acknowledged_by)
        if self.state == AlertState.STOOD_DOWN:
            raise AlertIsStoodDown
        self._acknowledged(
            municipality=self.municipality, function=function, step=self.step, acknowledged_at=now
        )

    def leave_unanswered(self, *, step: int, now: datetime) -> None:
        """The time to answer is out. A reminder that comes late or twice changes nothing."""
        if self.state != AlertState.OPEN or step != self.step:
            return
        if now - self.raised_at > OLD_AFTER:
            self._exhausted(municipality=self.municipality, step=step)
            return
        self._call_or_give_up(step=step + 1, now=now)

    def stand_down(self) -> None:
        if self.state in (AlertState.OPEN, AlertState.EXHAUSTED):
            self._stood_down(municipality=self.municipality, step=self.step)

    def raise_again(
        self, occasion: Occasion, *, chain: tuple[str, ...], now: datetime, patience: timedelta
    ) -> None:
        """What was stood down is to be answered after all. Whoever has answered once is not asked again."""
        if self.state != AlertState.STOOD_DOWN:
            return
        self._raised_again(
            municipality=self.municipality,
            cause=self.cause,
            concerns=self.concerns,
            theme=occasion.theme,
            area=occasion.area,
            severity=occasion.severity,
            happened_at=occasion.happened_at,
            raised_at=now,
            chain=chain,
            patience_seconds=int(patience.total_seconds()),
        )
        self._call_or_give_up(step=self.step + 1, now=now)

    def restate(self, occasion: Occasion) -> None:
        """Whoever is called, or has answered, must not go where the report no longer points."""
        says = (occasion.theme, occasion.area, occasion.severity, occasion.happened_at)
        said = (self.theme, self.area, self.severity, self.happened_at)
        if self.state != AlertState.STOOD_DOWN and says != said:
            self._restated(
                municipality=self.municipality,
                theme=occasion.theme,
                area=occasion.area,
                severity=occasion.severity,
                happened_at=occasion.happened_at,
            )

    def _call_or_give_up(self, *, step: int, now: datetime) -> None:
        # Steps go on counting when it is raised again, so that no timer of an earlier time rings for this.
        place = step - self.steps_before
        if place > len(self.chain):
            self._exhausted(municipality=self.municipality, step=self.step)
            return
        next_function = self.chain[place - 1]
        if self.function is not None:
            self._escalated(
                municipality=self.municipality,
                from_function=self.function,
                to_function=next_function,
                step=step,
            )
        self._notified(
            municipality=self.municipality, function=next_function, step=step, answer_by=now + self.patience
        )

    @event(Notified)
    def _notified(self, municipality: str, function: str, step: int, answer_by: datetime) -> None:
        self.step = step
        self.answer_by = answer_by

    @event(Acknowledged)
    def _acknowledged(self, municipality: str, function: str, step: int, acknowledged_at: datetime) -> None:
        self.state = AlertState.ACKNOWLEDGED
        self.acknowledged_by = function
        self.acknowledged_at = acknowledged_at

    @event(Escalated)
    def _escalated(self, municipality: str, from_function: str, to_function: str, step: int) -> None:
        """Nothing to remember: whom it went to is told by Notified."""

    @event(Exhausted)
    def _exhausted(self, municipality: str, step: int) -> None:
        self.state = AlertState.EXHAUSTED

    @event(StoodDown)
    def _stood_down(self, municipality: str, step: int) -> None:
        self.state = AlertState.STOOD_DOWN

    @event(RaisedAgain)
    def _raised_again(  # noqa: PLR0913 - the library makes the event of these
        self,
        *,
        municipality: str,
        cause: Cause,
        concerns: UUID,
        theme: Theme,
        area: str | None,
        severity: int | None,
        happened_at: datetime,
        raised_at: datetime,
        chain: tuple[str, ...],
        patience_seconds: int,
    ) -> None:
        self.theme, self.area, self.severity = Theme(theme), area, severity
        self.happened_at, self.raised_at = happened_at, raised_at
        self.chain, self.patience = tuple(chain), timedelta(seconds=patience_seconds)
        self.state, self.steps_before, self.answer_by = AlertState.OPEN, self.step, None

    @event(Restated)
    def _restated(
        self, municipality: str, theme: Theme, area: str | None, severity: int | None, happened_at: datetime
    ) -> None:
        self.theme, self.area, self.severity = Theme(theme), area, severity
        self.happened_at = happened_at
