"""How a service hears: every upstream and its own log, strictly in order, from where it left off."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from nats.errors import Error as NatsError

from est_chassis.broker import Broker, headers_at, last_message
from est_chassis.event_store import EventStore
from est_chassis.fact_intake import FactIntake, Gap, Place, Taken
from est_chassis.facts import Fact, from_own_log, from_stream
from est_chassis.failures import Unavailable
from est_chassis.logs import get_logger, reason_of
from est_chassis.stream_reader import ReaderLost, StreamReader
from est_chassis.subscriptions import Subscriptions
from est_chassis.waiting import wait_at_most
from est_contracts.messages import stream_of
from est_contracts.messages.message import POSITION_HEADER

TRIES = 3
LONGEST_DELAY = 5.0
POLL_SECONDS = 1.0
OWN_BATCH = 500
#: So many messages at once are a stream that is caught up with: no pause between these.
MANY = 100
#: The first is taken in at once, those right behind it together: nobody waits for these.
OWN_PACE_SECONDS = 0.02
UPSTREAM_PACE_SECONDS = 0.05
PASSING = (Unavailable, Gap, ReaderLost, NatsError, OSError, TimeoutError)

Listener = Callable[[str, Sequence[Any]], None]
log = get_logger(__name__)


class Inbox:
    """Feeds a service from its upstreams. One batch at a time, so that handlers never race each other."""

    def __init__(
        self, store: EventStore, broker: Broker, intake: FactIntake, subscriptions: Subscriptions
    ) -> None:
        self._store = store
        self._broker = broker
        self._intake = intake
        self._subscriptions = subscriptions
        self._one_at_a_time = asyncio.Lock()
        self._own_news = asyncio.Event()
        self._listeners: list[Listener] = []
        self._after_recording: Callable[[], None] = self.wake
        self.upstreams = (*subscriptions.upstreams, subscriptions.service)
        self.behind: dict[str, bool] = dict.fromkeys(self.upstreams, True)

    def after_commit(self, listener: Listener) -> None:
        """`listener(upstream, payloads)` is called in the event loop when a batch has been committed."""
        self._listeners.append(listener)

    def after_recording(self, listener: Callable[[], None]) -> None:
        """`listener()` is called in the event loop when handlers have recorded events of their own."""
        self._after_recording = listener

    def wake(self) -> None:
        """There is something new in the service's own log."""
        self._own_news.set()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            for upstream in self.upstreams:
                group.create_task(self._follow(upstream), name=f"inbox:{upstream}")

    async def _follow(self, upstream: str) -> None:
        """Follow one upstream for ever; trouble is waited out with a growing delay."""
        delay = 0.1
        while True:
            try:
                place = await asyncio.to_thread(self._intake.place, upstream)
                async for facts in self._facts(upstream, place):
                    if facts:
                        await self._handle(upstream, facts)
                        delay = 0.1
                    self.behind[upstream] = False
            except PASSING as trouble:
                log.warning(
                    "inbox_waits", upstream=upstream, error=type(trouble).__name__, delay_seconds=delay
                )
            self.behind[upstream] = True
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST_DELAY)

    async def _facts(self, upstream: str, place: Place) -> AsyncIterator[list[Fact]]:
        if upstream == self._subscriptions.service:
            async for facts in self._own_facts(place):
                yield facts
            return
        await self._broker.connected.wait()
        after = await sequence_of(self._broker, upstream, place)
        reader = StreamReader(
            self._broker.client, stream=stream_of(upstream), consumer=self._subscriptions.consumer(upstream)
        )
        async for batch in reader.batches(after=after):
            yield [from_stream(received) for received in batch]
            if 0 < len(batch) < MANY and not self._subscriptions.somebody_waits:
                await asyncio.sleep(UPSTREAM_PACE_SECONDS)

    async def _own_facts(self, place: Place) -> AsyncIterator[list[Fact]]:
        position = place.position
        while True:
            self._own_news.clear()
            events = await asyncio.to_thread(self._store.events_after, position, limit=OWN_BATCH)
            yield [from_own_log(event) for event in events]
            if events:
                position = events[-1].position
                await asyncio.sleep(OWN_PACE_SECONDS)
                if len(events) == OWN_BATCH:
                    continue
            await wait_at_most(self._own_news, POLL_SECONDS)

    async def _handle(self, upstream: str, facts: list[Fact]) -> None:
        async with self._one_at_a_time:
            try:
                taken = await asyncio.to_thread(self._intake.take_in, upstream, facts)
            except PASSING:
                raise
            except Exception as failure:
                log.warning(
                    "batch_taken_apart", upstream=upstream, error=type(failure).__name__, count=len(facts)
                )
                for fact in facts:
                    await self._handle_alone(upstream, fact)
                return
        self._tell(upstream, taken)

    async def _handle_alone(self, upstream: str, fact: Fact) -> None:
        """A few tries, then the dead letters: what follows must not wait for ever."""
        reason = ""
        for attempt in range(TRIES):
            try:
                self._tell(upstream, await asyncio.to_thread(self._intake.take_in, upstream, [fact]))
                return
            except PASSING:
                raise
            except Exception as failure:
                reason = reason_of(failure)
            await asyncio.sleep(0.05 * 2**attempt)
        log.error("message_dead", upstream=upstream, position=fact.position, subject=fact.subject)
        await asyncio.to_thread(self._intake.bury, upstream, fact, reason)

    def _tell(self, upstream: str, taken: Taken) -> None:
        if taken.has_recorded:
            self._after_recording()
        if taken.payloads:
            for listener in self._listeners:
                listener(upstream, taken.payloads)


async def sequence_of(broker: Broker, upstream: str, place: Place) -> int:
    """From which sequence to read on. A stream that was lost and filled again is read from its beginning."""
    if not place.sequence:
        return 0
    stream = stream_of(upstream)
    last, _ = await last_message(broker.client, stream)
    if last < place.sequence:
        return 0
    headers = await headers_at(broker.jetstream, stream, place.sequence)
    return place.sequence if int(headers.get(POSITION_HEADER, 0)) == place.position else 0
