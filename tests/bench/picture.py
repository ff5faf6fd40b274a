"""(d) Pictures with 10,000 and with 1,000,000 reports stored, against the same counts by hand in SQL."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import psycopg
import uvloop
from pydantic import SecretStr

from est_chassis.clock import SetClock
from est_chassis.embedded import TemporaryNats, TemporaryPostgres
from est_chassis.event_store import EventStore
from est_chassis.testing import FreshDatabase, HostedService, host
from est_chassis.web.access import SEAT_COOKIE, Caller, CallerKind, session_cookie
from est_compiler.application import BESIDE_TABLES
from est_compiler.service import build
from est_compiler.settings import CompilerSettings
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN, example_collaboration
from est_contracts.examples import example_incident, example_of
from est_contracts.messages import CollaborationSetUp, IncidentReportWithdrawn, Message, Recorded
from est_contracts.vocabulary import MUNICIPALITIES, PeriodKind, PictureCalendar, PicturePeriod, Role, entry
from tests.bench import results
from tests.bench.counted_by_hand import by_hand

SIZES = (10_000, 1_000_000)
REPORTS_IN_A_MUNICIPALITY = 3_448
ENTRIES = tuple(entry(f"orebro.{number}") for number in range(1, 8))
WITHDRAWN = 50
BATCH = 5_000
WARMING_UP = 20
BEGINS, NOW = datetime(2024, 11, 18, tzinfo=UTC), datetime(2026, 11, 26, 8, tzinfo=UTC)
SECRET = "only-for-the-bench"
CALENDAR = PictureCalendar()


class Asked(NamedTuple):
    """What is asked again and again, each time of another period."""

    name: str
    path: Callable[[PicturePeriod], str]
    kind: PeriodKind
    times: int = 100


API, PAGE = "/v1/municipalities/9901/pictures", "/pictures/9901"
THEN = (NOW - timedelta(days=30)).isoformat().replace("+", "%2B")
ASKED = (
    Asked("week", lambda period: f"{API}/{period}", PeriodKind.WEEK),
    Asked("week_as_of", lambda period: f"{API}/{period}?as_of={THEN}", PeriodKind.WEEK),
    Asked("week_of_an_area", lambda period: f"{API}/{period}?scope={NORRANGEN}", PeriodKind.WEEK),
    Asked("week_page", lambda period: f"{PAGE}/{period}", PeriodKind.WEEK),
    Asked(
        "week_pdf", lambda period: f"{API}/{period}/editions/internal.pdf?version=now", PeriodKind.WEEK, 20
    ),
    Asked("year", lambda period: f"{API}/{period}", PeriodKind.YEAR),
    Asked("year_as_of", lambda period: f"{API}/{period}?as_of={THEN}", PeriodKind.YEAR),
)


def told(size: int) -> Iterator[Message]:
    """Reports of two years from all municipalities as they come in, one of fifty withdrawn; Valboås first."""
    codes = ["9901", *(code for code in MUNICIPALITIES if code != "9901")]
    codes = codes[: max(1, size // REPORTS_IN_A_MUNICIPALITY)]
    example, gone = example_incident(1), example_of(IncidentReportWithdrawn)
    document = example_collaboration()
    yield example_of(CollaborationSetUp, position=1, document=document)
    position, step = 1, (NOW - BEGINS) / size
    for number in range(size):
        position += 1
        recorded_at = BEGINS + number * step
        recorded = Recorded(message_id=f"bench:{position}", position=position, recorded_at=recorded_at)
        told = {
            "recorded": recorded,
            "municipality": codes[number % len(codes)],
            "report_id": UUID(int=number),
        }
        yield example.model_copy(update=told | _said(number // len(codes), recorded_at))
        if number % WITHDRAWN == 0:
            position += 1
            told["recorded"] = Recorded(
                message_id=f"bench:{position}", position=position, recorded_at=recorded_at
            )
            yield gone.model_copy(update=told)


def _said(number: int, recorded_at: datetime) -> dict[str, Any]:
    """What the nth report of a municipality says: all kinds of things, in no order."""
    said = ENTRIES[number * 7 % len(ENTRIES)]
    function, organisation = (
        ("faltgruppen", "valboas_kommun"),
        ("kommunpolisen", "polisen_valboas"),
        ("bosocial_utvecklare", "valboasbostader"),
    )[number % 3]
    return {
        "happened_at": recorded_at - timedelta(hours=number * 37 % 150),
        "checklist_entry": said.entry_id,
        "theme": said.theme,
        "area": (CENTRUM, NORRANGEN, HAMNEN, None)[number * 5 % 11 % 4],
        "severity": (1, 2, 3, 4, 5, None)[number * 11 % 6],
        "function": function,
        "organisation": organisation,
    }


def fill(store: EventStore, models: tuple[Any, ...], size: int) -> None:
    batch: list[Message] = []
    for message in told(size):
        batch.append(message)
        if len(batch) == BATCH:
            _feed(store, models, batch)
            batch = []
    _feed(store, models, batch)


def _feed(store: EventStore, models: tuple[Any, ...], batch: list[Message]) -> None:
    with store.unit_of_work() as work:
        for model in models:
            model.feed(work.cursor, batch)


@asynccontextmanager
async def compiler_with(size: int) -> AsyncIterator[HostedService]:
    with TemporaryPostgres() as postgres, TemporaryNats() as nats:
        database = FreshDatabase(postgres.dsn)
        settings = CompilerSettings(
            database_url=database.prepare("compiler", beside_tables=BESIDE_TABLES),
            nats_url=nats.url,
            session_secret=SecretStr(SECRET),
            demo=True,
            http_port=0,
        )
        async with host(build(settings, clock=SetClock(NOW))) as hosted:
            service = hosted.service
            await asyncio.to_thread(fill, service.store, service.read_models, size)
            # As the server does by itself within a minute.
            with psycopg.connect(database.owner_url, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")
            yield hosted


async def milliseconds(ask: Callable[[int], Coroutine[Any, Any, object]], times: int) -> float:
    """The median of many, the first ones not counted."""
    took = []
    for number in range(WARMING_UP + times):
        began = time.perf_counter()
        await ask(number)
        took.append(time.perf_counter() - began)
    return median(took[WARMING_UP:]) * 1000


def period_of(asked: Asked, number: int) -> PicturePeriod:
    """One of the last fifty weeks, or the year that has most of the reports."""
    if asked.kind is PeriodKind.YEAR:
        return CALENDAR.parse("2025")
    return CALENDAR.period_of(PeriodKind.WEEK, NOW - timedelta(weeks=1 + number % 50))


async def measured(hosted: HostedService, size: int) -> list[dict[str, Any]]:
    caller = Caller(
        CallerKind.SEAT, "Bench", "9901", "samordnaren", None, None, frozenset({Role.COORDINATOR})
    )
    cookie = session_cookie(caller, secret=SECRET, expires_at=NOW + timedelta(days=30))
    headers = {"Cookie": f"{SEAT_COOKIE}={cookie}"}

    async def ask(asked: Asked, number: int) -> httpx.Response:
        answer = await hosted.http.get(asked.path(period_of(asked, number)), headers=headers)
        assert answer.status_code == 200, answer.text
        return answer

    async def by_sql_of(asked: Asked, number: int) -> object:
        period = period_of(asked, number)
        return await hosted.service.ask(lambda cursor: by_hand(cursor, municipality="9901", period=period))

    rows = []
    for asked in ASKED:
        shown = await milliseconds(partial(ask, asked), asked.times)
        by_sql = await milliseconds(partial(by_sql_of, asked), asked.times)
        rows.append(
            {
                "reports_stored": size,
                "asked": asked.name,
                "ms": shown,
                "by_hand_ms": by_sql,
                "ratio": shown / by_sql,
            }
        )
    return rows


async def measure() -> list[dict[str, Any]]:
    rows = []
    for size in SIZES:
        async with compiler_with(size) as hosted:
            rows += await measured(hosted, size)
    return rows


def run() -> None:
    results.write("d_picture", title="(d) Pictures, and the same counts by hand", rows=uvloop.run(measure()))
