"""(c) Replay of a long log into the compiler's read model, against COPY of the same rows."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import nats
import psycopg
import uvloop

from est_chassis.broker import ensure_stream
from est_chassis.embedded import TemporaryNats, TemporaryPostgres
from est_chassis.publishing import Told, publish
from est_chassis.run import leave_alone_what_stays
from est_chassis.testing import FreshDatabase
from est_compiler.service import build
from est_compiler.settings import CompilerSettings
from est_contracts.examples import example_incident
from est_contracts.messages import Recorded
from tests.bench import results

EVENTS = 200_000
BATCH = 500
BEGINS = datetime(2024, 11, 18, tzinfo=UTC)


def reports(count: int) -> Iterator[Told]:
    """Two years of reports, as intake tells them."""
    step = timedelta(days=730) / count
    example = example_incident(1)
    for number in range(1, count + 1):
        at = BEGINS + number * step
        told = Recorded(message_id=f"bench:{number}", position=number, recorded_at=at)
        area = f"9901R{number % 16 + 1:03}"
        message = example.model_copy(
            update={"recorded": told, "happened_at": at, "area": area, "report_id": _report_id(number)}
        )
        yield Told(number, message)


def _report_id(number: int) -> UUID:
    return UUID(int=number)


async def fill(url: str, count: int) -> None:
    client = await nats.connect(url)
    await ensure_stream(client.jetstream(), "intake")
    batch: list[Told] = []
    sequence = 0
    for told in reports(count):
        batch.append(told)
        if len(batch) == BATCH or told.position == count:
            sequence = await publish(client, batch, previous=batch[0].position - 1, last_sequence=sequence)
            batch = []
    await client.close()


async def replayed(settings: CompilerSettings, count: int) -> tuple[float, float]:
    """Seconds of the first taking in, and of the replay."""
    service = build(settings)
    leave_alone_what_stays()
    began = time.perf_counter()
    await service.start()
    while service.fact_intake.place("intake").position < count:
        await asyncio.sleep(0.05)
    taken_in = time.perf_counter() - began
    began = time.perf_counter()
    async for _progress in service.rebuild():
        continue
    took = time.perf_counter() - began
    await service.stop()
    return taken_in, took


def copied(database_url: str) -> float:
    """Seconds for COPY of the very rows, out of one table and into its twin, through the client."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE bench_copy (LIKE compiler_read.facts_v4 INCLUDING ALL)")
        rows = connection.execute("SELECT * FROM compiler_read.facts_v4").fetchall()
        began = time.perf_counter()
        with connection.cursor() as cursor, cursor.copy("COPY bench_copy FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return time.perf_counter() - began


@contextmanager
def filled(count: int) -> Iterator[tuple[FreshDatabase, CompilerSettings]]:
    with TemporaryPostgres() as postgres, TemporaryNats() as server:
        database = FreshDatabase(postgres.dsn)
        url = database.prepare("compiler")
        uvloop.run(fill(server.url, count))
        yield (
            database,
            CompilerSettings(database_url=url, nats_url=server.url, session_secret="s" * 32),
        )


def run() -> None:
    with filled(EVENTS) as (database, settings):
        taken_in, took = uvloop.run(replayed(settings, EVENTS))
        copy = copied(database.owner_url)
    row = {
        "events": EVENTS,
        "taken_in_per_s": EVENTS / taken_in,
        "replayed_per_s": EVENTS / took,
        "copied_per_s": EVENTS / copy,
        "replay_/_copy": copy / took,
    }
    results.write("c_replay", title="(c) Replay into the compiler's read models", rows=[row])
