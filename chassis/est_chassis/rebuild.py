"""Read models made anew from the facts: built aside, then put in place of the old ones in one commit.

While it goes on, the old tables answer questions and nothing new is taken in.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError
from psycopg import sql

from est_chassis import dead_letters
from est_chassis.broker import Broker, last_message
from est_chassis.event_store import Cursor, EventStore
from est_chassis.fact_intake import Gap, Place, fresh_after, lock_place, place_of
from est_chassis.facts import Fact, from_own_log, from_stream
from est_chassis.failures import Unavailable
from est_chassis.read_models import ReadModel, Register
from est_chassis.stream_reader import ReaderLost, StreamReader
from est_chassis.subscriptions import Subscriptions
from est_contracts.messages import stream_of
from est_contracts.messages.message import POSITION_HEADER

OWN_BATCH = 2000
# The swap waits for those who are reading; a long replay must not be cut off by the limits of a request.
REBUILD_LIMITS = "SET LOCAL statement_timeout = '10min'; SET LOCAL lock_timeout = '30s'"

T = TypeVar("T")


class StreamIsBehind(Unavailable):
    """The stream does not hold what has been taken in before: let the relay fill it first."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a replay has come, in facts."""

    upstream: str
    done: int
    total: int
    finished: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class Rebuild:
    """One replay of some or all read models of a service."""

    def __init__(
        self,
        store: EventStore,
        broker: Broker,
        subscriptions: Subscriptions,
        read_models: Sequence[ReadModel],
        *,
        register: Register,
    ) -> None:
        self._store = store
        self._broker = broker
        self._subscriptions = subscriptions
        self._read_models = read_models
        self._register = register
        heard = {upstream for model in read_models for upstream in model.upstreams}
        # Always in the same order: two replays at the same time wait for each other and not in a circle.
        self._upstreams = [upstream for upstream in subscriptions.upstreams if upstream in heard]
        self._dead: set[tuple[str, int]] = set()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rebuild")

    async def run(self) -> AsyncIterator[Progress]:
        # Before anything is held: as long as a stream is away or not yet filled again, nobody waits for us.
        await self._expect_full_streams()
        transaction = self._aside()
        try:
            cursor, places = await self._in_turn(transaction.__enter__)
            letters = await asyncio.to_thread(dead_letters.unsettled, self._store)
            self._dead = {(letter.upstream, letter.position) for letter in letters}
            for upstream, place in places.items():
                async for progress in self._replay(cursor, upstream, place):
                    yield progress
            await self._in_turn(self._put_in_place, cursor)
        except BaseException as failure:
            # Whoever asked may be gone already: it is undone all the same, after the step under way.
            undone = self._in_turn(transaction.__exit__, type(failure), failure, failure.__traceback__)
            await asyncio.shield(undone)
            raise
        else:
            await self._in_turn(transaction.__exit__, None, None, None)
        finally:
            self._thread.shutdown(wait=False)
        yield Progress(upstream="", done=0, total=0, finished=True)

    def _in_turn(self, act: Callable[..., T], *given: Any) -> "asyncio.Future[T]":
        """Carry it out in the one thread that owns the transaction, after what that thread is doing.

        A step that is not waited for any more must not go on when its transaction has ended: its connection
        would be somebody else's, and its tables those that answer questions.
        """
        return asyncio.wrap_future(self._thread.submit(act, *given))

    @contextmanager
    def _aside(self) -> Iterator[tuple[Cursor, dict[str, Place]]]:
        """A transaction that holds every upstream still and writes into the staging schema."""
        service = self._store.service
        with self._store.unit_of_work() as work:
            cursor = work.cursor
            cursor.execute(REBUILD_LIMITS)
            places = {upstream: lock_place(cursor, upstream) for upstream in (*self._upstreams, service)}
            cursor.execute(f"SET LOCAL search_path TO {service}_staging, {service}")
            for model in self._read_models:
                cursor.execute(model.tables)
            yield cursor, places

    async def _expect_full_streams(self) -> None:
        for upstream in self._upstreams:
            place = await asyncio.to_thread(place_of, self._store, upstream)
            if place.position and await self._last_told(upstream) < place.position:
                raise StreamIsBehind(upstream)

    async def _last_told(self, upstream: str) -> int:
        """How far the stream of another service has come, in positions of its log."""
        if not self._broker.is_connected:
            raise Unavailable("NATS is away")
        try:
            _, headers = await last_message(self._broker.client, stream_of(upstream))
        except NotFoundError as missing:
            raise StreamIsBehind(upstream) from missing
        except (NatsError, OSError, TimeoutError) as trouble:
            raise Unavailable(f"the stream of {upstream} does not answer") from trouble
        return int(headers.get(POSITION_HEADER, 0))

    async def _replay(self, cursor: Cursor, upstream: str, place: Place) -> AsyncIterator[Progress]:
        at = Place()
        try:
            async for facts in self._facts(upstream, place):
                fresh = fresh_after(at, facts)
                if fresh:
                    await self._in_turn(self._feed, cursor, upstream, fresh)
                    at = Place(fresh[-1].position)
                    yield Progress(upstream, at.position, place.position)
        except Gap as gap:
            raise StreamIsBehind(upstream) from gap
        except (NatsError, ReaderLost, OSError, TimeoutError) as trouble:
            raise Unavailable(f"the stream of {upstream} does not answer") from trouble

    def _feed(self, cursor: Cursor, upstream: str, facts: Sequence[Fact]) -> None:
        alive = [fact for fact in facts if (upstream, fact.position) not in self._dead]
        payloads = [payload for fact in alive if (payload := fact.payload()) is not None]
        for model in self._read_models:
            if upstream == self._store.service or upstream in model.upstreams:
                model.feed(cursor, payloads)

    async def _facts(self, upstream: str, place: Place) -> AsyncIterator[list[Fact]]:
        """Everything up to where the service has taken it in."""
        if not place.position:
            return
        if upstream == self._store.service:
            async for facts in self._own_facts(place):
                yield facts
            return
        consumer = f"{self._subscriptions.consumer(upstream)}_replay"
        reader = StreamReader(self._broker.client, stream=stream_of(upstream), consumer=consumer)
        async for batch in reader.batches(after=0):
            facts = [from_stream(received) for received in batch if received.position <= place.position]
            if facts:
                yield facts
            if not batch:
                raise StreamIsBehind(upstream)
            if max(received.position for received in batch) >= place.position:
                return

    async def _own_facts(self, place: Place) -> AsyncIterator[list[Fact]]:
        position = 0
        while position < place.position:
            events = await asyncio.to_thread(self._store.events_after, position, limit=OWN_BATCH)
            facts = [from_own_log(event) for event in events if event.position <= place.position]
            if not facts:
                return
            yield facts
            position = facts[-1].position

    def _put_in_place(self, cursor: Cursor) -> None:
        staging = f"{self._store.service}_staging"
        self._register.lock(cursor)
        # Raises when another version of the service has begun meanwhile.
        self._register.standing(cursor)
        for table in tables_in(cursor, staging):
            # Of a table that it has not looked through yet the database believes next to nothing.
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(staging, table)))
            self._register.put_in_place(cursor, table, staging=staging)
        self._register.add(cursor, [model.name for model in self._read_models])


def tables_in(cursor: Cursor, schema: str) -> list[str]:
    rows = cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", (schema,)
    ).fetchall()
    return [row["tablename"] for row in rows]
