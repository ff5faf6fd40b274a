"""A compiler that runs on real PostgreSQL and NATS, and read models alone in a database."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from operators_key import keys_file
from pydantic import SecretStr
from read_models_alone import empty_read_models

from est_chassis.clock import SetClock
from est_chassis.event_store import Cursor
from est_chassis.testing import FreshDatabase, HostedService, host
from est_compiler.application import BESIDE_TABLES
from est_compiler.service import build
from est_compiler.settings import CompilerSettings

SECRET = "only-for-the-tests-of-the-compiler"
THURSDAY_OF_WEEK_48 = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    """It is the Thursday after week 47."""
    return SetClock(THURSDAY_OF_WEEK_48)


@pytest_asyncio.fixture
async def compiler(
    database: FreshDatabase, nats_url: str, clock: SetClock, tmp_path: Path
) -> AsyncIterator[HostedService]:
    settings = CompilerSettings(
        database_url=database.prepare("compiler", beside_tables=BESIDE_TABLES),
        nats_url=nats_url,
        session_secret=SecretStr(SECRET),
        demo=True,
        api_keys_file=keys_file(tmp_path),
        http_port=0,
    )
    async with host(build(settings, clock=clock)) as hosted:
        yield hosted


@pytest.fixture
def cursor(database: FreshDatabase) -> Iterator[Cursor]:
    """The read models alone, empty."""
    with empty_read_models(database) as opened:
        yield opened
