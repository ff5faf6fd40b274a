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
from est_chassis.logs import get_logger
from est_chassis.publications import Publications
from est_chassis.publishing import PublishingFailed, Told, publish
from est_chassis.timers import TimerStream
from est_chassis.waiting import wait_at_most
from est_contracts.messages import stream_of
from est_contracts.messages.message import POSITION_HEADER

LARGEST_BATCH = 500
POLL_SECONDS = 1.0
TROUBLES = (NatsError, NotFoundError, OSError, TimeoutError, Unavailable, PublishingFailed, psycopg.Error)

log = get_logger(__name__)


@dataclass(slots=True)
class Cursor:
    """How far the stream has come: its last sequence, and the position that its last message tells of."""

    sequence: int
    told: int
    read: int


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

    def has_read(self, position: int) -> bool:
        """Whether what is recorded up to `position` has been told, as far as it is anybody's business."""
        return self.read >= position

    def wake(self) -> None:
        """There is something new in the log; called in the event loop after each commit."""
        self._woken.set()

    async def run(self) -> None:
        """Never ends by itself; whatever goes wrong is tried again after a growing delay."""
        delay = 0.1
        while True:
            try:
                await self._broker.connected.wait()
                await self._lead()
                delay = 0.1
            except TROUBLES as failure:
                log.warning("relay_waits", error=type(failure).__name__, delay_seconds=delay)
            await asyncio.sleep(delay)
            delay = min(delay * 2, 5.0)

    async def _lead(self) -> None:
        """Publish for as long as this process holds the lock."""
        service = self._store.service
        name = session_name(service, self._store.version)
        lock = leadership(self._store.database_url, f"{service}.relay", application_name=name)
        connection = await asyncio.to_thread(lock.__enter__)
        try:
            if connection is None:
                # What is not yet told is for the one who leads to say.
                self.lag = 0
                await asyncio.sleep(POLL_SECONDS)
                return
            cursor = await self._where_the_stream_is()
            self.is_active = True
            while True:
                await self._publish_all(cursor)
                if not await wait_at_most(self._woken, POLL_SECONDS):
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
        if await self._timers.holds_nothing():
            await self._set_timers_again(told)
        return Cursor(sequence=sequence, told=told, read=told)

    async def _set_timers_again(self, told: int) -> None:
        """Those of all that has been told: what follows is set as it is told."""
        position = 0
        while position < told:
            recorded = await asyncio.to_thread(self._store.events_after, position, limit=LARGEST_BATCH)
            if not recorded:
                return
            await self._set_timers([one for one in recorded if one.position <= told])
            position = recorded[-1].position

    async def _look_after_the_streams(self, cursor: Cursor) -> None:
        """A stream that is lost while nothing happens is filled again now, not at the next event."""
        if not self._client.is_connected:
            return
        stream = await self._broker.jetstream.stream_info(stream_of(self._store.service))
        await self._timers.holds_nothing()
        if stream.state.last_seq != cursor.sequence:
            raise PublishingFailed("the stream is not where it was left")

    async def _publish_all(self, cursor: Cursor) -> None:
        while True:
            self._woken.clear()
            recorded = await asyncio.to_thread(self._store.events_after, cursor.read, limit=LARGEST_BATCH)
            if not recorded:
                self.lag = 0
                return
            self.lag = len(recorded)
            await self._publish(recorded, cursor)

    async def _publish(self, recorded: Sequence[RecordedEvent], cursor: Cursor) -> None:
        # Timers first: after a crash between the two they are set once more, which changes nothing.
        await self._set_timers(recorded)
        told = [
            Told(one.position, message) for one in recorded if (message := self._publications.message(one))
        ]
        if told:
            cursor.sequence = await publish(
                self._client, told, previous=cursor.told, last_sequence=cursor.sequence
            )
            cursor.told = told[-1].position
        cursor.read = self.read = recorded[-1].position

    async def _set_timers(self, recorded: Sequence[RecordedEvent]) -> None:
        for one in recorded:
            for timer in self._publications.timers_about(one.event):
                await self._timers.apply(timer)

    @property
    def _client(self) -> Client:
        return self._broker.client
