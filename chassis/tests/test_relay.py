"""The relay: everything recorded is told, in order, once; NATS may come and go."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import nats
import pytest

from est_chassis.embedded import TemporaryNats
from est_chassis.publishing import PublishingFailed, Told, publish
from est_chassis.testing import FreshDatabase, host


def positions(messages: list[Any]) -> list[int]:
    return [message.recorded.position for message in messages]


async def test_what_is_recorded_is_told_once_and_in_order(bells: Any) -> None:
    async with host(bells.service) as hosted:
        await asyncio.gather(*(bells.service.do(lambda app, n=n: app.hang(str(n))) for n in range(700)))
        told = await hosted.tells()

    assert positions(told) == list(range(1, 701))


async def test_events_that_are_nobody_elses_business_are_not_told(bells: Any) -> None:
    async with host(bells.service) as hosted:
        await bells.service.do(lambda app: app.hang("a"))
        await bells.service.do(lambda app: app.ring("a"))
        await bells.service.do(lambda app: app.hang("b"))
        told = await hosted.tells()

    assert positions(told) == [1, 3]


async def test_a_relay_that_starts_again_goes_on_where_the_stream_is(
    bells: Any, new_bells: Any, nats_url: str
) -> None:
    async with host(bells.service) as hosted:
        await bells.service.do(lambda app: app.hang("a"))
        await hosted.tells()
    again = new_bells(bells.service.store.database_url, nats_url)
    async with host(again.service) as hosted:
        await again.service.do(lambda app: app.hang("b"))
        told = await hosted.tells()

    assert positions(told) == [1, 2]


async def test_two_processes_tell_everything_once(bells: Any, new_bells: Any, nats_url: str) -> None:
    other = new_bells(bells.service.store.database_url, nats_url)
    async with host(bells.service) as hosted, host(other.service):
        for n in range(20):
            process = bells if n % 2 else other
            await process.service.do(lambda app, n=n: app.hang(str(n)))
        # The idle relay may not see what the other process recorded until it polls.
        await hosted.until(lambda: max(bells.service.relay.read, other.service.relay.read) >= 20)
        active = hosted if bells.service.relay.is_active else None
        stream = await bells.service.broker.jetstream.stream_info("ANALYSIS")

    assert stream.state.messages == 20
    assert active is not None or other.service.relay is not None


async def test_a_second_relay_by_accident_can_not_interleave(
    bells: Any, reports_told: Any, nats_url: str
) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(3))
        client = await nats.connect(nats_url)
        told = [Told(message.recorded.position, message) for message in reports_told(2, first=3)]
        with pytest.raises(PublishingFailed):
            await publish(client, told, previous=2, last_sequence=2)
        stream = await client.jetstream().stream_info("INTAKE")
        await client.close()

    assert stream.state.messages == 3


async def test_a_stream_that_was_lost_is_filled_again_from_the_log(
    bells: Any, new_bells: Any, nats_url: str
) -> None:
    async with host(bells.service) as hosted:
        await asyncio.gather(*(bells.service.do(lambda app, n=n: app.hang(str(n))) for n in range(50)))
        before = await hosted.tells()
        await bells.service.broker.jetstream.delete_stream("ANALYSIS")
    again = new_bells(bells.service.store.database_url, nats_url)
    async with host(again.service) as hosted:
        after = await hosted.tells()

    assert after == before


async def test_a_stream_that_is_lost_while_nothing_happens_is_filled_again_at_once(bells: Any) -> None:
    async with host(bells.service) as hosted:
        await bells.service.do(lambda app: app.hang("a"))
        await hosted.tells()
        await bells.service.broker.jetstream.delete_stream("ANALYSIS")
        await hosted.until(lambda: not bells.service.relay.is_active)
        await hosted.until(lambda: bells.service.relay.is_active)
        told = await hosted.tells()

    assert positions(told) == [1]


async def test_what_somebody_else_put_in_the_stream_does_not_make_the_relay_begin_again(bells: Any) -> None:
    async with host(bells.service) as hosted:
        await bells.service.do(lambda app: app.hang("a"))
        await hosted.tells()
        await bells.service.broker.client.request("est.9901.analysis.not_ours.v1", b"{}")
        await bells.service.do(lambda app: app.hang("b"))
        last = bells.service.store.last_position()
        await hosted.until(lambda: bells.service.relay.has_read(last))
        stream = await bells.service.broker.jetstream.stream_info("ANALYSIS")

    assert stream.state.messages == 3


async def test_slow_questions_keep_nobody_from_recording_and_telling(bells: Any, nats_url: str) -> None:
    may_answer = threading.Event()
    client = await nats.connect(nats_url)
    told = await client.subscribe("est.*.analysis.>")
    async with host(bells.service):
        questions = [
            asyncio.create_task(bells.service.ask(lambda _cursor: may_answer.wait(20))) for _ in range(40)
        ]
        await bells.service.do(lambda app: app.hang("a"))
        try:
            await told.next_msg(timeout=5)
        finally:
            may_answer.set()
            await asyncio.gather(*questions, return_exceptions=True)
            await client.close()


async def test_nats_may_be_away_while_reports_are_taken(new_bells: Any, database: FreshDatabase) -> None:
    with TemporaryNats() as server:
        bells = new_bells(database.prepare("analysis"), server.url)
        async with host(bells.service) as hosted:
            await bells.service.do(lambda app: app.hang("before"))
            await hosted.tells()
            server.kill()
            for n in range(20):
                assert await bells.service.do(lambda app, n=n: app.hang(str(n))) == "hung"
            server.start()
            told = await hosted.tells()

    assert positions(told) == list(range(1, 22))


def test_no_handler_is_left_to_the_default_acknowledgement_of_the_library() -> None:
    source = "".join(path.read_text() for path in Path(__file__).parents[1].glob("est_chassis/*.py"))

    assert "ack_policy=AckPolicy.MANUAL" in source
    assert "REJECT_ON_ERROR" not in source
