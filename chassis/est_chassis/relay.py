"""From the log to the stream: the event store is the outbox, the stream itself is the cursor."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from est_chassis.broker import Broker, ensure_stream, last_message
from est_chassis.database import leadership, session_name
from est_chassis.event_store import EventStore, RecordedEvent
from est_chassis.failures import Unavailable
from est_chassis.logs import get_logger, reason_of
from est_chassis.publications import CanNotBeTold, Publication, Publications
from est_chassis.publishing import PublishingFailed, publish
from est_chassis.subscriptions import CancelTimer, Timer
from est_chassis.timers import TimerFailed, TimerStream
from est_chassis.waiting import wait_at_most
from est_contracts.messages import stream_of
from est_contracts.messages.message import POSITION_HEADER

LARGEST_BATCH = 500
POLL_SECONDS = 1.0
#: The first is told at once, those right behind it together.
PACE_SECONDS = 0.002
FIRST_DELAY_SECONDS, LONGEST_DELAY_SECONDS = 0.1, 5.0
#: How often it is tried to tell what stands in its own way: it takes a person to mend that.
STUCK_DELAY_SECONDS = 60.0
#: After so many failures with one and the same event it is that event that an operator wants to hear of.
FAILURES_THAT_PASS = 5
TROUBLES = (NatsError, NotFoundError, OSError, TimeoutError, Unavailable, PublishingFailed, psycopg.Error)

log = get_logger(__name__)


@dataclass(slots=True)
class Cursor:
    """How far the stream has come: its last sequence, and the position that its last message tells of."""

    sequence: int
    told: int
    read: int


@dataclass(frozen=True, slots=True)
class Stuck:
    """The event that the relay can not get past. Nothing is left out: what follows waits behind it."""

    position: int
    event: str
    reason: str

    def __str__(self) -> str:
        return f"cannot tell {self.event} at position {self.position}: {self.reason}"


class Relay:
    """Publishes what is recorded, in order. One relay per service is active at a time."""

    def __init__(
        self,
        store: EventStore,
        broker: Broker,
        publications: Publications,
        *,
        timers: TimerStream,
        replicas: int,
    ) -> None:
        self._store = store
        self._broker = broker
        self._publications = publications
        self._timers = timers
        self._replicas = replicas
        self._woken = asyncio.Event()
        self.lag = 0
        self.is_active = False
        self.read = 0
        self.stuck: Stuck | None = None
        self._underway: RecordedEvent | None = None
        self._failed = (0, 0)
        self._limit = LARGEST_BATCH

    def has_read(self, position: int) -> bool:
        """Whether what is recorded up to `position` has been told, as far as it is anybody's business."""
        return self.read >= position

    def wake(self) -> None:
        """There is something new in the log; called in the event loop after each commit."""
        self._woken.set()

    async def run(self) -> None:
        """Never ends by itself; whatever goes wrong is tried again after a growing delay."""
        delay = FIRST_DELAY_SECONDS
        while True:
            longest = LONGEST_DELAY_SECONDS
            try:
                await self._broker.connected.wait()
                await self._lead()
                delay = FIRST_DELAY_SECONDS
            except CanNotBeTold as obstacle:
                longest = STUCK_DELAY_SECONDS
                self._say_stuck(obstacle.recorded, obstacle.reason)
            except TROUBLES as failure:
                log.warning("relay_waits", error=type(failure).__name__, delay_seconds=delay)
                self._count_failure(failure)
            await asyncio.sleep(delay)
            delay = min(delay * 2, longest)

    def _count_failure(self, failure: Exception) -> None:
        """NATS may be away for as long as it likes; what it refuses again and again is named."""
        at = self._underway
        if at is None or not self._broker.is_connected:
            return
        # One by one from here on, so that it is known which one it is; more and more as they pass.
        self._limit = 1
        position, times = self._failed
        self._failed = (at.position, times + 1 if position == at.position else 1)
        if self._failed[1] >= FAILURES_THAT_PASS:
            self._say_stuck(at, reason_of(failure))

    def _say_stuck(self, at: RecordedEvent, reason: str) -> None:
        self.stuck = Stuck(at.position, at.name, reason)
        log.error("relay_is_stuck", position=at.position, kind=at.name, error=reason)

    async def _lead(self) -> None:
        """Publish for as long as this process holds the lock."""
        service = self._store.service
        name = session_name(service, self._store.version)
        lock = leadership(self._store.database_url, f"{service}.relay", application_name=name)
        connection = await asyncio.to_thread(lock.__enter__)
        try:
            if connection is None:
                # What is not yet told is for the one who leads to say.
                self.lag, self.stuck = 0, None
                await asyncio.sleep(POLL_SECONDS)
                return
            cursor = await self._where_the_stream_is()
            self.is_active = True
            while True:
                await self._publish_all(cursor)
                if await wait_at_most(self._woken, POLL_SECONDS):
                    # Should another lead by now, the stream says so: it is not where we believe it to be.
                    continue
                await self._look_after_the_streams(cursor)
                await asyncio.to_thread(connection.execute, "SELECT 1")
        finally:
            self.is_active = False
            await asyncio.to_thread(lock.__exit__, None, None, None)

    async def _where_the_stream_is(self) -> Cursor:
        service = self._store.service
        await ensure_stream(self._broker.jetstream, service, replicas=self._replicas)
        await self._timers.declare()
        sequence, headers = await last_message(self._client, stream_of(service))
        told = int(headers.get(POSITION_HEADER, 0))
        self.read = told
        if not await self._timers.are_complete():
            await self._set_timers_again(told)
            await self._timers.say_complete()
        return Cursor(sequence=sequence, told=told, read=told)

    async def _set_timers_again(self, told: int) -> None:
        """Those of all that has been told: what follows is set as it is told."""
        position = 0
        while position < told:
            recorded = await asyncio.to_thread(self._store.events_after, position, limit=LARGEST_BATCH)
            if not recorded:
                return
            for one in recorded:
                if one.position <= told:
                    await self._set_timers(self._publications.timers(one))
            position = recorded[-1].position

    async def _look_after_the_streams(self, cursor: Cursor) -> None:
        """A stream that is lost while nothing happens is filled again now, not at the next event."""
        if not self._client.is_connected:
            return
        stream = await self._broker.jetstream.stream_info(stream_of(self._store.service))
        if stream.state.last_seq != cursor.sequence:
            raise PublishingFailed("the stream is not where it was left")
        if not await self._timers.are_complete():
            raise TimerFailed("not all of them are set")

    async def _publish_all(self, cursor: Cursor) -> None:
        while True:
            self._woken.clear()
            recorded = await asyncio.to_thread(self._store.events_after, cursor.read, limit=self._limit)
            self.lag = len(recorded)
            is_all = len(recorded) < self._limit
            if recorded:
                await self._publish(recorded, cursor)
                self._limit = min(self._limit * 2, LARGEST_BATCH)
                await asyncio.sleep(PACE_SECONDS)
            if is_all and not self._woken.is_set():
                self.lag, self.stuck = 0, None
                return

    async def _publish(self, recorded: Sequence[RecordedEvent], cursor: Cursor) -> None:
        """As far as it goes: what stands in its own way is met when all before it has been told."""
        publications: list[Publication] = []
        obstacle: CanNotBeTold | None = None
        for one in recorded:
            try:
                publications.append(self._publications.publication(one))
            except CanNotBeTold as found:
                obstacle = found
                break
        if publications:
            self._underway = publications[0].recorded
            await self._tell(publications, cursor)
            self._underway = None
        if obstacle is not None:
            raise obstacle

    async def _tell(self, publications: Sequence[Publication], cursor: Cursor) -> None:
        # Timers first: after a crash between the two they are set once more, which changes nothing.
        for publication in publications:
            await self._set_timers(publication.timers)
        told = [publication.told for publication in publications if publication.told is not None]
        if told:
            cursor.sequence = await publish(
                self._client, told, previous=cursor.told, last_sequence=cursor.sequence
            )
            cursor.told = told[-1].position
        cursor.read = self.read = publications[-1].recorded.position

    async def _set_timers(self, timers: Sequence[Timer | CancelTimer]) -> None:
        for timer in timers:
            await self._timers.apply(timer)

    @property
    def _client(self) -> Client:
        return self._broker.client
