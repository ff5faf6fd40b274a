"""A hosted analysis service, and histories named after situations."""

from collections.abc import AsyncIterator

import pytest_asyncio
from situations import SECRET, SUNDAY_OF_WEEK_47

from est_analysis.application import BESIDE_TABLES
from est_analysis.service import build
from est_analysis.settings import AnalysisSettings
from est_chassis.clock import SetClock
from est_chassis.testing import FreshDatabase, HostedService, host


@pytest_asyncio.fixture
async def analysis(database: FreshDatabase, nats_url: str) -> AsyncIterator[HostedService]:
    settings = AnalysisSettings(
        database_url=database.prepare("analysis", beside_tables=BESIDE_TABLES),
        nats_url=nats_url,
        session_secret=SECRET,
        demo=True,
        http_port=0,
    )
    async with host(build(settings, clock=SetClock(SUNDAY_OF_WEEK_47))) as hosted:
        yield hosted
