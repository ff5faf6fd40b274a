"""What is made again from the events stands by itself, and nobody who reports has to wait for it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import nats
import psycopg
import pytest

from est_chassis.broker import ensure_stream
from est_chassis.embedded import TemporaryNats
from est_chassis.facts import Fact
from est_chassis.failures import Unavailable
from est_chassis.inbox import TRIES
from est_chassis.publishing import Told, publish
from est_chassis.read_models import AnotherVersionStands
from est_chassis.service import Service
from est_chassis.testing import FreshDatabase, host
from est_contracts.examples import EXAMPLES
from est_contracts.messages import IncidentReported, PicturePublished


@asynccontextmanager
async def begun(*services: Service[Any]) -> AsyncIterator[None]:
    """Services that are started and not waited for: NATS may be away, or the read models."""
    async with AsyncExitStack() as stack:
        for service in services:
            stack.push_async_callback(service.stop)
            await service.start()
        yield


async def comes_to_hold(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.01)


def lose_read_models(database: FreshDatabase, *services: str) -> None:
    """As after a restore of what is backed up: the schemas of events and of erasable texts, and no other."""
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        for service in services:
            tables = owner.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = %s", (f"{service}_read",)
            ).fetchall()
            for (table,) in tables:
                owner.execute(f'DROP TABLE {service}_read."{table}"')


async def empty(nats_url: str) -> None:
    client = await nats.connect(nats_url)
    for stream in await client.jetstream().streams_info():
        await client.jetstream().delete_stream(str(stream.config.name))
    await client.close()


async def test_two_services_that_hear_each_other_come_up_by_themselves_after_a_restore(
    new_bells: Any, answering_bells: Any, database: FreshDatabase, nats_url: str
) -> None:
    urls = {service: database.prepare(service) for service in ("analysis", "intake")}
    bells, answering = new_bells(urls["analysis"], nats_url), answering_bells(urls["intake"], nats_url)
    async with host(answering.service) as reporters, host(bells.service) as hosted:
        for number in range(20):
            await answering.service.do(lambda app, number=number: app.hang(str(number)))
        await hosted.until(lambda: bells.service.fact_intake.place("intake").position == 20)
        await hosted.settled()
        await reporters.until(lambda: answering.service.fact_intake.place("analysis").position == 20)
        before = await bells.facts(), await answering.facts("ProblemConfirmed"), await answering.hanging()
    lose_read_models(database, "analysis", "intake")
    await empty(nats_url)

    again, answering_again = (
        new_bells(urls["analysis"], nats_url),
        answering_bells(urls["intake"], nats_url),
    )
    async with begun(again.service, answering_again.service):
        await comes_to_hold(
            lambda: all(
                part is True
                for service in (again.service, answering_again.service)
                for part in service.ready().values()
            )
        )
        after = (
            await again.facts(),
            await answering_again.facts("ProblemConfirmed"),
            await answering_again.hanging(),
        )

    assert before[0] == before[1] == list(range(1, 21))
    assert after == before


async def test_reports_are_taken_while_a_read_model_is_made_anew_and_nats_is_away(
    new_bells: Any, reports_told: Any, database: FreshDatabase
) -> None:
    with TemporaryNats() as server:
        bells = new_bells(database.prepare("analysis"), server.url)
        async with host(bells.service) as hosted:
            await hosted.hears(*reports_told(20))
        lose_read_models(database, "analysis")
        server.kill()
        again = new_bells(bells.service.store.database_url, server.url)
        async with begun(again.service):
            await comes_to_hold(lambda: again.service.ready()["database"] is True)
            outcomes = [await again.service.do(lambda app, n=n: app.hang(f"new {n}")) for n in range(20)]
            with pytest.raises(Unavailable):
                await again.facts()
            feels = again.service.ready()
            # What is made from its own events alone stands all the same, and follows them.
            await comes_to_hold(lambda: again.service.ready()["read_models"] == "absent: heard_v1")
            await again.service.shown()
            hanging = await again.hanging()
            server.start()
            await comes_to_hold(lambda: again.service.ready()["read_models"] is True)
            facts = await again.facts()

    assert outcomes == ["hung"] * 20
    assert feels["read_models"] is not True
    assert len(hanging) == 40
    assert facts == list(range(1, 21))


async def test_a_decision_that_asks_an_absent_read_model_waits_for_it_and_spoils_no_other(
    new_bells: Any, reports_told: Any, database: FreshDatabase
) -> None:
    with TemporaryNats() as server:
        bells = new_bells(database.prepare("analysis"), server.url)
        async with host(bells.service) as hosted:
            await hosted.hears(*reports_told(3))
        lose_read_models(database, "analysis")
        server.kill()
        again = new_bells(bells.service.store.database_url, server.url)
        async with begun(again.service):
            await comes_to_hold(lambda: again.service.ready()["database"] is True)
            outcomes = await asyncio.gather(
                again.service.do(lambda app: app.hang("before")),
                again.service.do(hang_if_nothing_was_heard),
                again.service.do(lambda app: app.hang("after")),
                again.service.rehearse(hang_if_nothing_was_heard),
                return_exceptions=True,
            )

    assert outcomes[0] == outcomes[2] == "hung"
    assert isinstance(outcomes[1], Unavailable)
    assert isinstance(outcomes[3], Unavailable)


async def test_a_handler_that_asks_an_absent_read_model_waits_for_it_and_gives_no_message_up(
    new_bells: Any, reports_told: Any, database: FreshDatabase, nats_url: str
) -> None:
    url, hears = database.prepare("analysis"), ("intake", "compiler")
    published = EXAMPLES[PicturePublished]
    bells = new_bells(url, nats_url, hears=hears)
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(3), published)
        await bells.service.broker.jetstream.delete_stream("COMPILER")
    lose_read_models(database, "analysis")

    tried: list[int] = []
    counted: list[int] = []

    def count(message: IncidentReported, app: Any) -> None:
        tried.append(message.recorded.position)
        counted.append(facts_heard(app))

    again = new_bells(url, nats_url, hears=hears)
    again.subscriptions.hears(IncidentReported)(count)
    client = await nats.connect(nats_url)
    async with begun(again.service):
        (report,) = reports_told(1, first=4)
        await publish(client, [Told(4, report)], previous=3, last_sequence=3)
        # Tried in vain more often than a message that cannot be handled.
        await comes_to_hold(lambda: len(tried) > TRIES + 1)
        letters = await again.service.dead_letters()
        await ensure_stream(client.jetstream(), "compiler")
        position = published.recorded.position
        await publish(client, [Told(position, published)], previous=0, last_sequence=0)
        # The handler has counted before what it was called in is committed.
        await comes_to_hold(
            lambda: again.service.fact_intake.place("intake").position == report.recorded.position
        )
        facts = await again.facts()
    await client.close()

    assert letters == []
    assert facts == [1, 2, 3, 4]
    assert set(tried) == {4}
    # The three before it, itself, the picture, and what analysis has recorded about the three.
    assert counted == [8]


async def test_a_table_that_is_missing_though_every_read_model_stands_is_our_fault(bells: Any) -> None:
    async with host(bells.service):
        with pytest.raises(Exception, match="nowhere") as raised:
            await bells.service.ask(lambda cursor: cursor.execute("SELECT FROM nowhere"))

    assert not isinstance(raised.value, Unavailable)


async def test_nobody_is_answered_from_what_an_earlier_version_has_left(
    new_bells: Any, reports_told: Any, heard_anew: Any, database: FreshDatabase
) -> None:
    url = database.prepare("analysis")
    with TemporaryNats() as server:
        earlier = new_bells(url, server.url)
        async with host(earlier.service) as hosted:
            await hosted.hears(*reports_told(2))
        later = new_bells(url, server.url, heard=heard_anew)
        keep_a_connection = psycopg.connect(url)
        async with host(later.service) as hosted:
            await hosted.hears(*reports_told(2, first=3))
        server.kill()
        back = new_bells(url, server.url)
        async with begun(back.service):
            await comes_to_hold(lambda: back.service.ready()["database"] is True)
            with pytest.raises(Unavailable):
                await back.facts()
        keep_a_connection.close()


async def test_a_version_that_another_one_has_followed_takes_nothing_in_any_more(
    bells: Any, new_bells: Any, reports_told: Any, heard_anew: Any, nats_url: str
) -> None:
    url = bells.service.store.database_url
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(2))
        later = new_bells(url, nats_url, heard=heard_anew)
        async with host(later.service) as hosted_later:
            for number in range(3, 30):
                await hosted_later.hears(*reports_told(1, first=number))
            facts = await later.facts()
            still = await bells.facts()

    assert facts == list(range(1, 30))
    assert still == [1, 2]


async def test_nothing_is_taken_in_past_a_read_model_that_another_version_has_given_up(
    bells: Any, new_bells: Any, reports_told: Any, heard_anew: Any, nats_url: str
) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(2))
        later = new_bells(bells.service.store.database_url, nats_url, heard=heard_anew).service
        # It has begun, and has not come so far as to make what it stands on itself.
        await asyncio.to_thread(later.store.open)
        await asyncio.to_thread(later.standing.claim)
        (third,) = reports_told(1, first=3)
        told = Fact(3, 3, 2, third.subject(), third.body())
        with pytest.raises(AnotherVersionStands):
            await asyncio.to_thread(bells.service.fact_intake.take_in, "intake", [told])
        place = await asyncio.to_thread(bells.service.fact_intake.place, "intake")
        await asyncio.to_thread(later.store.close)

    assert place.position == 2


async def test_tables_of_an_earlier_version_are_dropped_when_nobody_stands_on_them_any_more(
    bells: Any, new_bells: Any, reports_told: Any, heard_anew: Any, database: FreshDatabase, nats_url: str
) -> None:
    url = bells.service.store.database_url
    later = new_bells(url, nats_url, heard=heard_anew)
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE analysis_read.notes_of_an_operator ()")
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(2))
        async with host(later.service):
            was_swept = await asyncio.to_thread(later.service.standing.sweep)
            while_it_runs = tables(database, "analysis_read")
    again = new_bells(url, nats_url, heard=heard_anew)
    async with host(again.service) as hosted:
        await hosted.until(lambda: "heard_v1" not in tables(database, "analysis_read"))
        afterwards = tables(database, "analysis_read")

    assert not was_swept
    assert {"heard_v1", "heard_v2", "hung_v1"} <= while_it_runs
    assert afterwards == {"heard_v2", "hung_v1", "notes_of_an_operator", "read_models"}


def tables(database: FreshDatabase, schema: str) -> set[str]:
    with psycopg.connect(database.owner_url) as owner:
        rows = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,)).fetchall()
    return {name for (name,) in rows}


def facts_heard(app: Any) -> int:
    row = app.work.cursor.execute("SELECT count(*) AS facts FROM heard_v1").fetchone()
    return int(row["facts"])


def hang_if_nothing_was_heard(app: Any) -> str:
    row = app.work.cursor.execute("SELECT count(*) AS facts FROM heard_v1").fetchone()
    assert row["facts"] == 0
    outcome: str = app.hang("by itself")
    return outcome
