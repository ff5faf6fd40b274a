"""Fixtures for all: one PostgreSQL and one NATS a run, a fresh database and empty streams a test."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import closing

import nats
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from est_chassis.embedded import TemporaryNats, TemporaryPostgres
from est_chassis.testing.databases import FreshDatabase, Homes, fresh_database

# How long one example takes says nothing on a machine that has other things to do.
settings.register_profile("est", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("est")
# Nor does it say anything that a machine which stood still for a moment let somebody wait.
PATIENCE = "EST_ANSWER_WITHIN_SECONDS"
os.environ.setdefault(PATIENCE, "20")


@pytest.fixture
def patience_of_production(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that take something away: who asks is told as soon as an operator's users would be."""
    monkeypatch.delenv(PATIENCE)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[TemporaryPostgres]:
    with TemporaryPostgres(in_memory=True) as server:
        yield server


@pytest.fixture(scope="session")
def nats_server() -> Iterator[TemporaryNats]:
    with TemporaryNats(in_memory=True) as server:
        yield server


@pytest.fixture(scope="session")
def homes(postgres_server: TemporaryPostgres) -> Iterator[Homes]:
    with closing(Homes(postgres_server.dsn)) as homes:
        yield homes


@pytest.fixture
def database(homes: Homes) -> Iterator[FreshDatabase]:
    with fresh_database(homes) as database:
        yield database


@pytest_asyncio.fixture
async def nats_url(nats_server: TemporaryNats) -> AsyncIterator[str]:
    """The address of a NATS whose streams are empty when the test begins."""
    yield nats_server.url
    client = await nats.connect(nats_server.url)
    jetstream = client.jetstream()
    for stream in await jetstream.streams_info():
        await jetstream.delete_stream(str(stream.config.name))
    await client.close()
