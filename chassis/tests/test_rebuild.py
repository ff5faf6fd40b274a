"""Read models: dropped and replayed they are what they were, and they answer meanwhile."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Sequence
from time import sleep
from typing import Any

import pytest
from psycopg.pq import TransactionStatus

from est_chassis.event_store import Cursor
from est_chassis.failures import Unavailable, UnknownReadModel
from est_chassis.testing import host
from est_contracts.messages import Message


async def all_rows(bells: Any) -> list[Any]:
    rows: list[Any] = await bells.service.ask(
        lambda cursor: cursor.execute("SELECT * FROM heard_v1 ORDER BY kind, position").fetchall()
    )
    return rows


async def test_a_replayed_read_model_is_what_it_was(bells: Any, reports_told: Any) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(200))
        before = await all_rows(bells)
        steps = [step async for step in bells.service.rebuild()]
        after = await all_rows(bells)

    assert len(before) == 400
    assert after == before
    assert steps[-1].finished
    assert {step.upstream for step in steps[:-1]} == {"intake", "analysis"}


async def test_the_database_knows_how_much_a_replayed_read_model_holds(bells: Any, reports_told: Any) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(200))
        _ = [step async for step in bells.service.rebuild()]
        believed = await bells.service.ask(
            lambda cursor: cursor.execute(
                "SELECT reltuples FROM pg_class WHERE oid = %s::regclass", (bells.heard.name,)
            ).fetchone()
        )

    assert believed["reltuples"] == 400


async def test_a_read_model_that_there_is_not_is_refused_and_those_that_there_are_are_named(
    bells: Any,
) -> None:
    async with host(bells.service):
        with pytest.raises(UnknownReadModel) as refused:
            await to_the_end(bells.service.rebuild(["heard_v1", "weather_v1"]))

    assert "heard_v1" in refused.value.words.en


async def test_replaying_handles_nothing_twice(bells: Any, reports_told: Any) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(5))
        recorded = bells.service.store.last_position()
        _ = [step async for step in bells.service.rebuild()]
        await hosted.settled()

        assert bells.service.store.last_position() == recorded


async def test_a_new_version_of_a_read_model_is_filled_before_the_service_hears_on(
    bells: Any, new_bells: Any, reports_told: Any, heard_anew: Any, nats_url: str
) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(20))
    again = new_bells(bells.service.store.database_url, nats_url, heard=heard_anew)
    async with host(again.service) as hosted:
        await hosted.hears(*reports_told(1, first=21))
        facts = await again.facts()

    assert facts == list(range(1, 22))


async def test_a_read_model_of_an_earlier_version_that_comes_back_is_replayed(
    bells: Any, new_bells: Any, reports_told: Any, heard_anew: Any, nats_url: str
) -> None:
    url = bells.service.store.database_url
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(2))
    later, earlier = new_bells(url, nats_url, heard=heard_anew), new_bells(url, nats_url)
    async with host(later.service) as hosted:
        await hosted.hears(*reports_told(2, first=3))
    async with host(earlier.service) as hosted:
        await hosted.hears(*reports_told(1, first=5))
        facts = await earlier.facts()

    assert facts == [1, 2, 3, 4, 5]


async def test_a_dead_letter_stays_out_of_a_replay_until_it_is_settled(bells: Any, reports_told: Any) -> None:
    bells.heard.poison = {2}
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(3))
        _ = [step async for step in bells.service.rebuild()]
        without = await bells.facts()
        bells.heard.poison = set()
        (letter,) = await bells.service.dead_letters()
        await bells.service.replay_dead_letter(letter.letter)
        _ = [step async for step in bells.service.rebuild()]
        facts = await bells.facts()

    assert without == [1, 3]
    assert facts == [1, 2, 3]


async def test_a_replay_that_nobody_waits_for_any_more_leaves_no_trace(bells: Any, reports_told: Any) -> None:
    begun, may_go_on = threading.Event(), threading.Event()

    def feed_slowly(cursor: Cursor, _facts: Sequence[Any]) -> None:
        begun.set()
        while (
            not may_go_on.is_set() and cursor.connection.info.transaction_status is TransactionStatus.INTRANS
        ):
            sleep(0.001)
        cursor.execute("INSERT INTO heard_v1 VALUES ('stray', 0)")

    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(3))
        before = await all_rows(bells)
        bells.heard.feed = feed_slowly
        replay = asyncio.create_task(to_the_end(bells.service.rebuild()))
        await asyncio.to_thread(begun.wait)
        replay.cancel()
        await asyncio.wait({replay}, timeout=0.5)
        may_go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await replay
        del bells.heard.feed
        await hosted.hears(*reports_told(1, first=4))
        after = await all_rows(bells)

    assert [row for row in after if row["position"] < 4] == before


async def test_a_dead_letter_settled_during_a_replay_is_not_lost_with_the_old_tables(
    bells: Any, reports_told: Any
) -> None:
    bells.heard.poison = {2}
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(3))
        (letter,) = await bells.service.dead_letters()
        replay = bells.service.rebuild()
        await anext(replay)
        bells.heard.poison = set()
        settling = asyncio.create_task(bells.service.replay_dead_letter(letter.letter))
        await asyncio.wait({settling}, timeout=0.5)
        await to_the_end(replay)
        await settling
        facts = await bells.facts()

    assert facts == [1, 2, 3]


async def test_a_stream_with_a_hole_is_not_replayed(bells: Any, reports_told: Any) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(3))
        before = await all_rows(bells)
        await bells.service.broker.jetstream.purge_stream("INTAKE", seq=3)
        with pytest.raises(Unavailable):
            await to_the_end(bells.service.rebuild())
        after = await all_rows(bells)

    assert after == before


async def test_what_a_stream_says_twice_is_replayed_once(bells: Any, reports_told: Any) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(3))
        for message in reports_told(3):
            await say_again(bells, message)
        await hosted.hears(*reports_told(1, first=4))
        await to_the_end(bells.service.rebuild())
        facts = await bells.facts()

    assert facts == [1, 2, 3, 4]


async def to_the_end(steps: AsyncIterator[Any]) -> None:
    async with contextlib.aclosing(steps):  # type: ignore[type-var]
        async for _step in steps:
            continue


async def say_again(bells: Any, message: Message) -> None:
    """As a relay would that has lost its place."""
    previous = {"Est-Previous": str(message.recorded.position - 1)}
    headers = message.headers() | previous
    await bells.service.broker.client.request(message.subject(), message.body(), headers=headers)


async def test_what_one_has_just_done_shows_on_the_page_that_follows(bells: Any) -> None:
    async with host(bells.service):
        for number in range(5):
            await bells.service.do(lambda app, number=number: app.hang(str(number)))
            await bells.service.shown()

            assert await bells.facts("RecordedEvent") == list(range(1, number + 2))
