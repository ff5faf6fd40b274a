"""A hosted analysis service, and histories named after situations."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest_asyncio

from est_analysis.application import BESIDE_TABLES
from est_analysis.service import build
from est_analysis.settings import AnalysisSettings
from est_chassis.clock import SetClock
from est_chassis.testing import FreshDatabase, HostedService, host

SUNDAY_OF_WEEK_47 = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
SECRET = "a secret for the seats of the tests"


@pytest_asyncio.fixture
async def analysis(database: FreshDatabase, nats_url: str) -> AsyncIterator[HostedService]:
    settings = AnalysisSettings(
        database_url=database.prepare("analysis", beside_tables=BESIDE_TABLES),
        nats_url=nats_url,
        session_secret=SECRET,
        http_port=0,
    )
    async with host(build(settings, clock=SetClock(SUNDAY_OF_WEEK_47))) as hosted:
        yield hosted
