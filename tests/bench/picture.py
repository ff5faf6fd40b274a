"""(d) The week's picture with 10,000 and with 1,000,000 reports stored."""

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

from est_chassis.embedded import TemporaryPostgres
from est_chassis.event_store import EventStore
from est_chassis.testing import FreshDatabase
from est_compiler.read_models.collaborations import Collaborations
from est_compiler.read_models.facts import Facts
from est_compiler.read_models.pictures import picture_at
from est_compiler.read_models.problems import Problems
from est_compiler.read_models.published_pictures import PublishedPictures
from est_compiler.read_models.returns import Returns
from est_contracts.examples import example_incident
from est_contracts.messages import Recorded
from est_contracts.vocabulary import PeriodKind, PictureCalendar
from tests.bench import results

SIZES = (10_000, 1_000_000)
MUNICIPALITIES_PER_10_000 = 1
WEEKS = 104
QUESTIONS = 200
BATCH = 5_000
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


def feed(store: EventStore, model: Facts, *, begin: int, end: int) -> None:
    """A hundred reports a week and municipality, for two years; then the next municipality."""
    example = example_incident(1)
    facts = []
    for number in range(begin, end):
        municipality = f"{9901 - number // 10_000:04}"
        at = NOW - timedelta(weeks=number % WEEKS, hours=number % 120)
        told = Recorded(message_id=f"bench:{number}", position=number + 1, recorded_at=at)
        facts.append(
            example.model_copy(
                update={
                    "recorded": told,
                    "municipality": municipality,
                    "happened_at": at,
                    "area": f"9901R{number % 16 + 1:03}",
                    "report_id": UUID(int=number),
                }
            )
        )
    with store.unit_of_work() as work:
        model.feed(work.cursor, facts)


def seconds_per_picture(store: EventStore) -> float:
    """The median of many, the first ones not counted."""
    took = []
    for number in range(QUESTIONS + 20):
        week = PictureCalendar().period_of(PeriodKind.WEEK, NOW - timedelta(weeks=number % 50))
        began = time.perf_counter()
        with store.cursor() as cursor:
            picture_at(cursor, municipality="9901", period=week, position=None)
        took.append(time.perf_counter() - began)
    return sorted(took[20:])[QUESTIONS // 2]


def run() -> None:
    rows = []
    with TemporaryPostgres() as postgres:
        store = EventStore(FreshDatabase(postgres.dsn).prepare("compiler"), service="compiler")
        model, stored = Facts(), 0
        with store.unit_of_work() as work:
            for each in (Facts, Returns, Collaborations, Problems, PublishedPictures):
                work.cursor.execute(each.tables)
        for size in SIZES:
            for begin in range(stored, size, BATCH):
                feed(store, model, begin=begin, end=min(begin + BATCH, size))
            stored = size
            with store.cursor() as cursor:
                cursor.execute("ANALYZE")
            rows.append({"reports_stored": size, "picture_ms": seconds_per_picture(store) * 1000})
        store.close()
    first = rows[0]["picture_ms"]
    results.write(
        "d_picture",
        title="(d) Drawing a week's picture",
        rows=[row | {"ratio": row["picture_ms"] / first} for row in rows],
    )
