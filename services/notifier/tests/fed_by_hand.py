"""A notifier that is fed by hand: one decides oneself what comes in one batch, and when timers ring."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from duty_room import Places, Tell, set_up, settings

from est_chassis.dead_letters import unsettled
from est_chassis.facts import Fact, from_own_log
from est_chassis.subscriptions import CancelTimer, Fired, Timer
from est_chassis.testing import FreshDatabase
from est_contracts.messages import Message
from est_notifier.application import Notifier
from est_notifier.domain.alerts import Alert, AlertState
from est_notifier.publications import timers_about
from est_notifier.service import build
from est_notifier.subscriptions import on_alert_unanswered

NO_NATS = "nats://127.0.0.1:1"


class FedByHand(Places):
    """A notifier with a database and nobody around it."""

    def __init__(self, database: FreshDatabase) -> None:
        super().__init__()
        self.service = build(settings(database, NO_NATS))
        self.service.store.open()
        asyncio.run(_all(self.service.rebuild()))
        self.hears(set_up())

    def hears(self, *told: Tell) -> None:
        """Take in messages of one upstream as one batch."""
        messages = [tell(self) for tell in told]
        self.service.fact_intake.take_in(messages[0].SERVICE, [_fact_of(message) for message in messages])

    def buries(self, *told: Tell) -> None:
        """These could not be handled, and lie among the dead letters."""
        for tell in told:
            message = tell(self)
            self.service.fact_intake.bury(message.SERVICE, _fact_of(message), "it was broken")

    def handles_the_dead_letters(self) -> None:
        for letter in unsettled(self.service.store):
            self.service.fact_intake.try_again(letter)

    def reads_its_own_log(self) -> None:
        place = self.service.fact_intake.place(self.service.name)
        events = self.service.store.events_after(place.position, limit=10_000)
        self.service.fact_intake.take_in(self.service.name, [from_own_log(event) for event in events])

    def acknowledge(self, alert_id: UUID, *, function: str = "tib") -> None:
        with self.service.store.unit_of_work() as work:
            app = self._app(work)
            app.acknowledge_alert(municipality="9901", alert_id=alert_id, function=function)

    def alert(self, alert_id: UUID) -> Alert | None:
        with self.service.store.unit_of_work() as work:
            return work.find(Alert, alert_id)

    def is_calling(self, alert_id: UUID) -> bool:
        alert = self.alert(alert_id)
        return alert is not None and alert.state in (AlertState.OPEN, AlertState.EXHAUSTED)

    def story_of(self, alert_id: UUID) -> list[tuple[str, Any, Any]]:
        """What has happened to an alert: the kind of event, the step, and who it is about."""
        return [
            (type(event).__name__, told.get("step"), told.get("function", told.get("to_function")))
            for event in self._events_of(alert_id)
            for told in [vars(event)]
        ]

    def timers_of(self, alert_id: UUID) -> list[Timer]:
        """Those that are set and not cancelled."""
        timers: dict[str, Timer] = {}
        for event in self._events_of(alert_id):
            for timer in timers_about(event):
                if isinstance(timer, CancelTimer):
                    timers.pop(timer.key, None)
                else:
                    timers[timer.key] = timer
        return list(timers.values())

    def rings(self, *timers: Timer) -> None:
        for timer in timers:
            with self.service.store.unit_of_work() as work:
                on_alert_unanswered(Fired(timer.name, timer.municipality, timer.key), self._app(work))

    def ring_until_nobody_is_left(self, alert_id: UUID) -> None:
        rung: list[Timer] = []
        while due := [timer for timer in self.timers_of(alert_id) if timer not in rung]:
            self.rings(*due)
            rung += due

    def _app(self, work: Any) -> Notifier:
        return Notifier(work, self.service.clock, patience=lambda minutes: timedelta(minutes=minutes))

    def _events_of(self, alert_id: UUID) -> list[Any]:
        with self.service.store.unit_of_work() as work:
            return [recorded.event for recorded in work.events_of(alert_id)]


@contextmanager
def fed_by_hand(database: FreshDatabase) -> Iterator[FedByHand]:
    notifier = FedByHand(database)
    try:
        yield notifier
    finally:
        notifier.service.store.close()


def _fact_of(message: Message) -> Fact:
    position = message.recorded.position
    return Fact(position, position, None, message.subject(), message.body())


async def _all(progress: AsyncIterator[Any]) -> Sequence[Any]:
    return [each async for each in progress]
