"""Where events are recorded, and the transaction in which everything happens together."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar, cast
from uuid import UUID

import psycopg
from eventsourcing.domain import Aggregate, MutableOrImmutableAggregate
from eventsourcing.persistence import (
    DatetimeAsISO,
    DecimalAsStr,
    InterfaceError,
    JSONTranscoder,
    Mapper,
    OperationalError,
    StoredEvent,
    UUIDAsHex,
)
from eventsourcing.postgres import PostgresDatastore
from psycopg import sql
from psycopg_pool import PoolTimeout

from est_chassis.database import EVENTS_TABLE, Datastore, Recorder, refuse_unsafe
from est_chassis.failures import NotFound, OutcomeUnknown, Unavailable

A = TypeVar("A", bound=Aggregate)
Connection = psycopg.Connection[dict[str, Any]]
Cursor = psycopg.Cursor[dict[str, Any]]
# The class of SQL states "program limit exceeded", which the driver counts as operational.
BEYOND_LIMITS = "54"
# In bytes. What is told of an event is made of the event, and never four times as long.
LARGE_STATE = 240_000
# The relay and the service's own read models read the newest events one right after the other.
REMEMBERED_EVENTS = 256


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event of the service's own log, with its place in it."""

    position: int
    event: Any

    @property
    def name(self) -> str:
        """The name it is stored under."""
        return str(getattr(type(self.event), "TOPIC", type(self.event).__qualname__))

    @property
    def recorded_at(self) -> datetime:
        return cast(datetime, self.event.timestamp)

    @property
    def message_id(self) -> str:
        """The same for every repeat of the same event: aggregate and version."""
        return f"{self.event.originator_id}:{self.event.originator_version}"


class UnitOfWork:
    """One transaction: what it reads, records and writes lives or dies together.

    In a first, hopeful attempt (`careful` is False) `find_hopefully` asks nothing of the database:
    a conflict at commit brings a second, careful attempt.
    What only records asks the database twice: to begin and record, and to commit.
    """

    def __init__(self, store: "EventStore", connection: Connection, *, careful: bool = True) -> None:
        self.careful = careful
        self._store = store
        self._connection = connection
        self._cursor = connection.cursor()
        self._has_begun = False
        self._known: dict[UUID, Aggregate] = {}
        self._events: list[Any] = []
        self._writes: dict[str, list[Sequence[Any]]] = {}
        self.positions: list[int] = []
        self.last: Any | None = None
        self.touched = 0

    @property
    def cursor(self) -> Cursor:
        """For reading and writing in the transaction, which begins when this is first asked for."""
        self._begin()
        return self._cursor

    def get(self, aggregate_class: type[A], aggregate_id: UUID) -> A:
        found = self.find(aggregate_class, aggregate_id)
        if found is None:
            raise NotFound(str(aggregate_id))
        return found

    def find(self, aggregate_class: type[A], aggregate_id: UUID) -> A | None:
        self.touched += 1
        if aggregate_id not in self._known:
            aggregate = self._store.read_aggregate(self.cursor, aggregate_id)
            if aggregate is None:
                return None
            self._known[aggregate_id] = aggregate
        found = self._known[aggregate_id]
        return found if isinstance(found, aggregate_class) else None

    def find_hopefully(self, aggregate_class: type[A], aggregate_id: UUID) -> A | None:
        """Like `find`, but a first attempt takes it for granted that what we do not hold is new."""
        if self.careful or aggregate_id in self._known:
            return self.find(aggregate_class, aggregate_id)
        return None

    def save(self, *aggregates: Aggregate) -> None:
        for aggregate in aggregates:
            self.touched += 1
            self._known[aggregate.id] = aggregate
            self._events.extend(aggregate.collect_events())

    def forget_unsaved(self) -> None:
        """Let go of what was changed and then refused, so that nobody saves it with a change of their own."""
        unsaved = [held.id for held in self._known.values() if held.pending_events]
        if unsaved:
            # They are read again: with what was saved before the refusal.
            self.flush()
        for aggregate_id in unsaved:
            del self._known[aggregate_id]

    def events_of(self, aggregate_id: UUID) -> list[RecordedEvent]:
        """All that has happened to one aggregate, in order."""
        return self._store.events_of(self.cursor, aggregate_id)

    def write(self, statement: str, values: Sequence[Any]) -> None:
        """Write beside the log when the events are recorded: in the same transaction, many at once."""
        self.touched += 1
        self._writes.setdefault(statement, []).append(values)

    def flush(self) -> None:
        """Record what was saved. The lock that orders commits is taken here, as late as possible."""
        if self._writes or self._events:
            with self._connection.pipeline() as pipeline:
                self._record(pipeline)

    def commit(self) -> None:
        """Record what was saved, and end: nothing that follows belongs to this transaction."""
        if not (self._has_begun or self._writes or self._events):
            return
        # All of it travels at once: each round trip costs a turn at the interpreter's lock as well.
        with self._connection.pipeline() as pipeline:
            self._record(pipeline)
            self._cursor.execute("COMMIT", prepare=False)

    def _begin(self) -> None:
        if not self._has_begun:
            self._cursor.execute("BEGIN", prepare=False)
            self._has_begun = True

    def _record(self, pipeline: psycopg.Pipeline) -> None:
        for statement, rows in self._writes.items():
            self._begin()
            with self._connection.cursor() as beside:
                beside.executemany(statement, rows)
        if self._events:
            self._begin()
            self.positions += self._store.insert(self._cursor, self._events, pipeline)
            self.last = self._events[-1]
        self._writes, self._events = {}, []


class EventStore:
    """A service's own log of events in PostgreSQL."""

    def __init__(
        self, database_url: str, *, service: str, wait_seconds: float = 1.5, version: str = "",
        refuse_large: Callable[[Any], None] = lambda _event: None,
    ) -> None:  # fmt: skip
        self.database_url = database_url
        self.service = service
        self.version = version
        self._refuse_large = refuse_large
        self._wait_seconds = wait_seconds
        self._datastore: PostgresDatastore | None = None
        self._recorder: Recorder | None = None
        self._mapper: Mapper[UUID] = Mapper(_transcoder())
        self._remembered = lru_cache(REMEMBERED_EVENTS)(self._mapper.to_domain_event)

    def open(self) -> None:
        """Connect; raises Unavailable while the database is away, DatabaseIsUnsafe if it must not be used."""
        if self._recorder is not None:
            return
        datastore = Datastore(
            self.database_url, service=self.service, wait_seconds=self._wait_seconds, version=self.version
        )
        try:
            with failures_as_unavailable():
                recorder = Recorder(datastore)
                with datastore.get_connection() as connection:
                    refuse_unsafe(connection)
        except BaseException:
            datastore.close()
            raise
        self._datastore, self._recorder = datastore, recorder

    def close(self) -> None:
        if self._datastore is not None:
            self._datastore.close()
        self._datastore = self._recorder = None

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        """A cursor outside every transaction, for reading."""
        with failures_as_unavailable(), self._opened().get_connection() as connection:
            yield connection.cursor()

    @contextmanager
    def unit_of_work(self, *, careful: bool = True) -> Iterator[UnitOfWork]:
        work: UnitOfWork | None = None
        try:
            # The pool rolls back what an exception has left open.
            with failures_as_unavailable(), self._opened().get_connection() as connection:
                work = UnitOfWork(self, connection, careful=careful)
                yield work
                work.commit()
        except Unavailable:
            # What was done must not be done again only because the answer to COMMIT was lost.
            if work is None or not self._has_recorded(work):
                raise

    def _has_recorded(self, work: UnitOfWork) -> bool:
        """Whether a transaction is in the log after all; raises OutcomeUnknown while nobody can say."""
        if not work.last:
            return False
        assert self._recorder is not None
        statement = sql.SQL(
            "SELECT 1 FROM {} WHERE originator_id = %s AND originator_version = %s"
            " AND notification_id = ANY(%s)"
        ).format(self._events_table())
        event = work.last
        try:
            with failures_as_unavailable(), self._opened().transaction() as cursor:
                # A transaction that is still on its way out holds this lock until it has ended.
                self._recorder._lock_table(cursor)
                values = (event.originator_id, event.originator_version, work.positions)
                return cursor.execute(statement, values).fetchone() is not None
        except Unavailable as failure:
            raise OutcomeUnknown("nobody knows whether it was recorded") from failure

    def insert(self, cursor: Cursor, events: Sequence[Any], pipeline: psycopg.Pipeline) -> Sequence[int]:
        assert self._recorder is not None
        stored = [self._mapper.to_stored_event(event) for event in events]
        for one in stored:
            if len(one.state) > LARGE_STATE:
                self._refuse_large(self._mapper.to_domain_event(one))
        self._recorder._insert_stored_events(cursor, stored)
        # A conflict shows itself here, as what it is, and not later as a broken commit.
        pipeline.sync()
        return self._recorder._fetch_ids_after_insert_events(cursor, stored) or ()

    def read_aggregate(self, cursor: Cursor, aggregate_id: UUID) -> Aggregate | None:
        aggregate: MutableOrImmutableAggregate[UUID] | None = None
        for recorded in self.events_of(cursor, aggregate_id):
            aggregate = recorded.event.mutate(aggregate)
        return cast(Aggregate | None, aggregate)

    def events_of(self, cursor: Cursor, aggregate_id: UUID) -> list[RecordedEvent]:
        statement = sql.SQL("SELECT * FROM {} WHERE originator_id = %s ORDER BY originator_version").format(
            self._events_table()
        )
        rows = cursor.execute(statement, (aggregate_id,)).fetchall()
        return [RecordedEvent(row["notification_id"], self._event_of(row)) for row in rows]

    def events_after(self, position: int, *, limit: int) -> list[RecordedEvent]:
        """What was recorded after `position`, in order. Nothing is ever inserted before what was shown."""
        statement = sql.SQL(
            "SELECT * FROM {} WHERE notification_id > %s ORDER BY notification_id LIMIT %s"
        ).format(self._events_table())
        with self.cursor() as cursor:
            rows = cursor.execute(statement, (position, limit), prepare=True).fetchall()
        return [RecordedEvent(row["notification_id"], self._event_of(row)) for row in rows]

    def events_at(self, cursor: Cursor, positions: Sequence[int]) -> list[RecordedEvent]:
        """What was recorded at these positions, in order."""
        statement = sql.SQL(
            "SELECT * FROM {} WHERE notification_id = ANY(%s) ORDER BY notification_id"
        ).format(self._events_table())
        rows = cursor.execute(statement, (list(positions),)).fetchall()
        return [RecordedEvent(row["notification_id"], self._event_of(row)) for row in rows]

    def beginnings_of(self, cursor: Cursor, aggregate_ids: Sequence[UUID]) -> list[RecordedEvent]:
        """The first event of each of these aggregates."""
        statement = sql.SQL(
            "SELECT * FROM {} WHERE originator_id = ANY(%s) AND originator_version = 1"
        ).format(self._events_table())
        rows = cursor.execute(statement, (list(aggregate_ids),)).fetchall()
        return [RecordedEvent(row["notification_id"], self._event_of(row)) for row in rows]

    def last_position(self) -> int:
        statement = sql.SQL("SELECT coalesce(max(notification_id), 0) AS last FROM {}").format(
            self._events_table()
        )
        with self.cursor() as cursor:
            row = cursor.execute(statement).fetchone()
        return int(row["last"]) if row else 0

    def _event_of(self, row: dict[str, Any]) -> Any:
        stored = StoredEvent(
            row["originator_id"], row["originator_version"], row["topic"], bytes(row["state"])
        )
        return self._remembered(stored)

    def _events_table(self) -> sql.Identifier:
        return sql.Identifier(self.service, EVENTS_TABLE)

    def _opened(self) -> PostgresDatastore:
        if self._datastore is None:
            self.open()
        assert self._datastore is not None
        return self._datastore


@contextmanager
def failures_as_unavailable() -> Iterator[None]:
    """The database being away is a passing trouble, whatever the driver calls it."""
    try:
        yield
    except (
        OperationalError,
        InterfaceError,
        psycopg.OperationalError,
        psycopg.InterfaceError,
        PoolTimeout,
    ) as failure:
        if is_for_good(failure):
            raise
        raise Unavailable("the database does not answer") from failure


def is_for_good(failure: Exception) -> bool:
    """Whether the database would say the same again: a value too large for an index, a query too complex."""
    cause = failure if isinstance(failure, psycopg.Error) else failure.__cause__
    return isinstance(cause, psycopg.Error) and (cause.sqlstate or "").startswith(BEYOND_LIMITS)


def _transcoder() -> JSONTranscoder:
    transcoder = JSONTranscoder()
    for transcoding in (UUIDAsHex(), DecimalAsStr(), DatetimeAsISO()):
        transcoder.register(transcoding)
    return transcoder
