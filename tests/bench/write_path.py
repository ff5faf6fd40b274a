"""(a) Acknowledged reports per second, against the ordinary kind of service, an echo and raw batches."""

import asyncio
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import httpx
import uvloop

from est_chassis.embedded import TemporaryNats, TemporaryPostgres, free_port
from est_chassis.testing import FreshDatabase
from est_intake.service import BESIDE_TABLES
from est_single_machine.demo import valboas_document
from est_single_machine.keys import DEMO_SECRET, keep_house_keys, valboas_reporter
from tests.bench import load, results
from tests.bench.baseline import Report, insert_in_batches
from tests.system.est_house import DEMO_TOKEN, OPERATOR_TOKEN, EstHouse

CLIENTS = (1, 8, 64)
SECONDS = 4.0
ROWS = 20_000
AREAS = [f"9901R{number:03}" for number in range(1, 17)]


def body() -> bytes:
    """A report as a field worker sends it, with a new ID."""
    number = next(_numbers)
    return json.dumps(
        {
            "report_id": str(uuid4()),
            "municipality": "9901",
            "checklist_entry": f"orebro.{number % 8 + 1}",
            "area": AREAS[number % len(AREAS)],
            "happened_at": (_now() - timedelta(minutes=number % 600)).isoformat(),
            "severity": number % 4 + 1,
            "text": "Krossad ruta vid entrén till skolan, glaset är bortsopat och vaktmästaren är kontaktad.",
        }
    ).encode()


def requests_for(
    seconds: float, *, path: str = "/v1/reports", token: str = ""
) -> Callable[[], Iterator[bytes]]:
    """New requests until the time is up."""

    def generate() -> Iterator[bytes]:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            yield load.post(path, body(), token=token)

    return generate


def measure(port: int, *, clients: int, token: str = "", seconds: float = SECONDS) -> load.Tally:
    uvloop.run(load.run(port, clients=clients, requests=requests_for(0.5, token=token)))
    tally = uvloop.run(load.run(port, clients=clients, requests=requests_for(seconds, token=token)))
    assert set(tally.statuses) == {201}, tally.statuses
    return tally


@contextmanager
def served(application: str) -> Iterator[int]:
    """A baseline in a process of its own, on the same server as intake: uvicorn, uvloop, httptools."""
    port = free_port()
    words = [
        sys.executable,
        "-m",
        "uvicorn",
        application,
        "--factory",
        "--port",
        str(port),
        "--loop",
        "uvloop",
    ]
    process = subprocess.Popen([*words, "--http", "httptools", "--no-access-log", "--log-level", "error"])
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def intake_alone() -> Iterator[int]:
    """Intake with its relay, its read models and NATS, while nobody listens: alone, like the ordinary one."""
    with TemporaryNats() as server, TemporaryPostgres() as postgres, TemporaryDirectory() as directory:
        keys_file, port = Path(directory) / "keys.json", free_port()
        keep_house_keys(keys_file, operator_secret=DEMO_SECRET, demo_reporter=valboas_reporter())
        own = {
            "EST_DATABASE_URL": FreshDatabase(postgres.dsn).prepare("intake", beside_tables=BESIDE_TABLES),
            "EST_NATS_URL": server.url,
            "EST_SESSION_SECRET": "s" * 32,
            "EST_API_KEYS_FILE": str(keys_file),
            "EST_HTTP_PORT": str(port),
            "EST_LOG_LEVEL": "warning",
        }
        process = subprocess.Popen([sys.executable, "-m", "est_intake"], env=os.environ | own)
        try:
            _wait_for(port)
            _set_up(port)
            yield port
        finally:
            process.terminate()
            process.wait(10)


def _set_up(port: int) -> None:
    headers = {"Authorization": f"Bearer {OPERATOR_TOKEN}", "Content-Type": "application/json"}
    url = f"http://127.0.0.1:{port}/v1/municipalities/9901/collaboration"
    content = valboas_document().model_dump_json()
    for _look in range(100):
        if httpx.put(url, content=content, headers=headers).status_code in (200, 201):
            return
        asyncio.run(asyncio.sleep(0.1))
    raise TimeoutError("intake is not ready")


def run(house: EstHouse) -> None:
    intake = int(house.url_of("intake").rsplit(":", 1)[1])
    rows: list[dict[str, Any]] = []
    with TemporaryPostgres() as postgres:
        batches = _batches_per_second(postgres.dsn)
        for clients in CLIENTS:
            in_house = measure(intake, clients=clients, token=DEMO_TOKEN)
            with intake_alone() as port:
                alone = measure(port, clients=clients, token=DEMO_TOKEN)
            with _environment(postgres.dsn), served("tests.bench.served:ordinary") as port:
                ordinary = measure(port, clients=clients)
            with served("tests.bench.served:echo") as port:
                echo = measure(port, clients=clients)
            rows.append(
                {
                    "clients": clients,
                    "intake_per_s": alone.per_second,
                    "in_the_house_per_s": in_house.per_second,
                    "ordinary_per_s": ordinary.per_second,
                    "echo_per_s": echo.per_second,
                    "batches_per_s": batches,
                    "intake_/_ordinary": alone.per_second / ordinary.per_second,
                    "intake_/_echo": alone.per_second / echo.per_second,
                    "p50_ms": alone.percentile(0.5) * 1000,
                    "p99_ms": alone.percentile(0.99) * 1000,
                }
            )
    results.write("a_write_path", title="(a) Acknowledged reports per second", rows=rows)


def _batches_per_second(database_url: str) -> float:
    rows = [Report.model_validate_json(body()).row() for _ in range(ROWS)]
    began = time.perf_counter()
    insert_in_batches(database_url, rows)
    return ROWS / (time.perf_counter() - began)


@contextmanager
def _environment(database_url: str) -> Iterator[None]:
    os.environ["BENCH_DATABASE_URL"] = database_url
    yield


def _wait_for(port: int) -> None:
    for _look in range(100):
        try:
            httpx.get(f"http://127.0.0.1:{port}/", timeout=1)
        except httpx.HTTPError:
            asyncio.run(asyncio.sleep(0.1))
        else:
            return
    raise TimeoutError(f"nothing answers on {port}")


def _now() -> datetime:
    return datetime.now(UTC)


_numbers = itertools.count()
