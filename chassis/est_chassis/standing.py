"""How read models come to stand: what asks an absent one is told to come again, and nothing else waits.

Reports are recorded, told and taken in from the first moment. A read model that is absent is made from the
service's own log, and from the streams it hears as soon as they hold again what has been taken in before.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from eventsourcing.persistence import PersistenceError

from est_chassis.database import session_name
from est_chassis.event_store import Cursor, EventStore
from est_chassis.failures import Unavailable
from est_chassis.logs import get_logger
from est_chassis.read_models import AnotherVersionStands, ReadModel, Register

FIRST_DELAY_SECONDS, LONGEST_DELAY_SECONDS = 0.1, 5.0
SWEEP_AGAIN_SECONDS = 60.0

Replay = Callable[[Sequence[ReadModel]], AsyncIterator[Any]]
log = get_logger(__name__)


class ReadModelIsAbsent(Unavailable):
    """It is being made; who asks may come again."""


class Standing:
    """Which of a service's read models stand, as far as this process knows."""

    def __init__(self, store: EventStore, read_models: Sequence[ReadModel]) -> None:
        self.read_models = tuple(read_models)
        self.register = Register(store.service, self.read_models)
        self.absent: tuple[ReadModel, ...] = self.read_models
        self.has_tried = asyncio.Event()
        self._store = store

    def claim(self) -> None:
        """See what stands, and drop what is left of those that do not: nobody is to be answered from it."""
        with self._store.unit_of_work() as work:
            self.register.lock(work.cursor)
            self.register.claim(work.cursor)
            absent = self._absent_in(work.cursor)
            stale = [
                table
                for table in self.register.tables(work.cursor)
                if any(model.owns(table) for model in absent)
            ]
            self.register.drop(work.cursor, stale)
        self.absent = absent

    def look(self) -> None:
        """See what stands by now; another process may have made it."""
        with self._store.cursor() as cursor:
            self.absent = self._absent_in(cursor)

    def fed_from(self, cursor: Cursor, upstream: str) -> list[ReadModel]:
        """Those that take in what comes from `upstream`; to be asked where its place is held.

        One that is absent is made later from all that has been taken in by then.
        """
        standing = self.register.standing(cursor)
        believed = {model.name for model in self.read_models} - {model.name for model in self.absent}
        if believed - standing:
            raise AnotherVersionStands
        return [
            model
            for model in self.read_models
            if model.name in standing and (upstream == self._store.service or upstream in model.upstreams)
        ]

    @contextmanager
    def asked(self) -> Iterator[None]:
        """A table that is not there is no fault of ours as long as a read model is absent."""
        is_absent = bool(self.absent)
        try:
            yield
        except (psycopg.Error, PersistenceError) as failure:
            if is_absent and lacks_table(failure):
                raise ReadModelIsAbsent("a read model is being made") from failure
            raise

    async def make(self, replay: Replay) -> None:
        """Try until all of them stand; then let go of those of earlier versions."""
        delay = FIRST_DELAY_SECONDS
        while True:
            await self._try(replay)
            self.has_tried.set()
            if not self.absent:
                break
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST_DELAY_SECONDS)
        while True:
            if await asyncio.to_thread(self.sweep):
                return
            await asyncio.sleep(SWEEP_AGAIN_SECONDS)

    def sweep(self) -> bool:
        """Drop the tables that nobody stands on; False while another version of the service is connected."""
        with self._store.unit_of_work() as work:
            self.register.lock(work.cursor)
            if self._others_are_connected(work.cursor) or self._absent_in(work.cursor):
                return False
            left = [
                table
                for table in self.register.tables(work.cursor)
                if not any(model.owns(table) for model in self.read_models)
            ]
            self.register.drop(work.cursor, left)
        if left:
            log.info("earlier_read_models_dropped", count=len(left))
        return True

    async def _try(self, replay: Replay) -> None:
        """Those that hear the same stand together: one that waits for a stream keeps no other waiting."""
        try:
            await asyncio.to_thread(self.look)
            for models in together(self.absent):
                await self._replay(models, replay)
            await asyncio.to_thread(self.look)
        except (Unavailable, PersistenceError) as failure:
            log.warning("read_models_wait", error=type(failure).__name__, count=len(self.absent))

    async def _replay(self, models: Sequence[ReadModel], replay: Replay) -> None:
        try:
            async for _progress in replay(models):
                continue
        except (Unavailable, PersistenceError) as failure:
            log.warning("read_models_wait", error=type(failure).__name__, read_model=models[0].name)
        else:
            for model in models:
                log.info("read_model_replayed", read_model=model.name)

    def _others_are_connected(self, cursor: Cursor) -> bool:
        """Whether somebody is here with our role who does not stand on what we stand on."""
        row = cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE usename = current_user"
            " AND datname = current_database() AND application_name <> %s) AS are_here",
            (session_name(self._store.service, self._store.version),),
        ).fetchone()
        return bool(row and row["are_here"])

    def _absent_in(self, cursor: Cursor) -> tuple[ReadModel, ...]:
        standing = self.register.standing(cursor)
        return tuple(model for model in self.read_models if model.name not in standing)


def together(read_models: Sequence[ReadModel]) -> list[list[ReadModel]]:
    """The same streams, the same replay; those that need none come first."""
    hearing: dict[frozenset[str], list[ReadModel]] = {}
    for model in read_models:
        hearing.setdefault(frozenset(model.upstreams), []).append(model)
    return sorted(hearing.values(), key=lambda models: len(models[0].upstreams))


def lacks_table(failure: Exception) -> bool:
    """Whether the database was asked for a table that is not there, whatever the driver calls it."""
    cause = failure if isinstance(failure, psycopg.Error) else failure.__cause__
    return isinstance(cause, psycopg.errors.UndefinedTable)
