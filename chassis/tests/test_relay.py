"""The relay: everything recorded is told, in order, once; NATS may come and go."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import nats
import pytest

from est_chassis.embedded import TemporaryNats
from est_chassis.failures import TooLargeToTell
from est_chassis.publishing import LARGEST_BODY, PublishingFailed, Told, publish
from est_chassis.testing import FreshDatabase, host
from est_chassis.web.answers import problem_about
from est_contracts.messages import Message, Recorded

THURSDAY = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)


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
        are_active = [one.service.relay.is_active for one in (bells, other)]
        stream = await bells.service.broker.jetstream.stream_info("ANALYSIS")

    assert stream.state.messages == 20
    assert sorted(are_active) == [False, True]


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
            asyncio.create_task(bells.service.ask(lambda _cursor: may_answer.wait(60))) for _ in range(40)
        ]
        await bells.service.do(lambda app: app.hang("a"))
        try:
            await told.next_msg(timeout=20)
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


async def test_what_was_recorded_just_before_the_end_is_told_before_it(bells: Any, nats_url: str) -> None:
    async with host(bells.service) as hosted:
        await hosted.until(lambda: bells.service.relay.is_active)
        await asyncio.gather(*(bells.service.do(lambda app, n=n: app.hang(str(n))) for n in range(200)))
    client = await nats.connect(nats_url)
    stream = await client.jetstream().stream_info("ANALYSIS")
    await client.close()

    assert stream.state.messages == 200


class Sounded(Message):
    """As long as one likes."""

    SERVICE: ClassVar[str] = "analysis"
    FACT: ClassVar[str] = "sounded"

    sound: str


def sounding(size: int, recorded: Recorded) -> Message:
    return Sounded(recorded=recorded, municipality="9901", happened_at=THURSDAY, sound="x" * size)


async def test_what_no_stream_would_take_is_refused_before_it_is_recorded(bells: Any) -> None:
    bells.message_of = lambda hung, recorded: sounding(len(hung.name), recorded)
    envelope = len(
        sounding(0, Recorded(message_id="0" * 34, position=2**63 - 1, recorded_at=THURSDAY)).body()
    )
    largest = LARGEST_BODY - envelope - 100
    async with host(bells.service) as hosted:
        outcomes = await asyncio.gather(
            *(bells.service.do(lambda app, n=n: app.hang("n" * n)) for n in (1, largest + 200, largest, 2)),
            return_exceptions=True,
        )
        last = bells.service.store.last_position()
        await hosted.until(lambda: bells.service.relay.has_read(last))
        stream = await bells.service.broker.jetstream.stream_info("ANALYSIS")

    refusal = outcomes.pop(1)
    assert outcomes == ["hung"] * 3
    assert isinstance(refusal, TooLargeToTell)
    assert problem_about(refusal).status == 413
    assert last == stream.state.messages == 3


async def test_an_event_that_cannot_be_told_is_named_and_nothing_behind_it_is_told_before_it(
    bells: Any, reports_told: Any
) -> None:
    example = bells.message_of

    def fail_for_cursed(hung: Any, recorded: Recorded) -> Message:
        if hung.name == "cursed":
            raise ArithmeticError("the name of a person, perhaps")
        told: Message = example(hung, recorded)
        return told

    bells.message_of = fail_for_cursed
    relay = bells.service.relay
    async with host(bells.service) as hosted:
        for name in ("a", "cursed", "b"):
            await bells.service.do(lambda app, name=name: app.hang(name))
        await hosted.until(lambda: relay.stuck is not None)
        told_until_then = relay.read
        feels, status = bells.service.ready()["relay"], await bells.service.status()
        counted = bells.service.metrics.registry.get_sample_value("est_relay_stuck")
        bells.message_of = example
        told = await hosted.tells()
        await hosted.until(lambda: relay.stuck is None)
        feels_again = bells.service.ready()["relay"]

    assert told_until_then == 1
    assert feels.startswith("cannot tell chassis_tests.bell.hung at position 2: ArithmeticError at ")
    assert "person" not in feels
    assert status["relay"]["stuck"]["position"] == counted == 2
    assert status["relay"]["stuck"]["event"] == "chassis_tests.bell.hung"
    assert positions(told) == [1, 2, 3]
    assert feels_again is True


async def test_a_message_that_has_become_too_large_since_it_was_recorded_is_named(bells: Any) -> None:
    example = bells.message_of
    bells.message_of = lambda hung, recorded: (
        sounding(LARGEST_BODY, recorded) if hung.name == "large" else example(hung, recorded)
    )
    relay = bells.service.relay
    async with host(bells.service) as hosted:
        for name in ("a", "large"):
            await bells.service.do(lambda app, name=name: app.hang(name))
        await hosted.until(lambda: relay.stuck is not None)

    assert (relay.read, relay.stuck.position) == (1, 2)
    assert "bytes" in relay.stuck.reason


async def test_what_is_refused_again_and_again_is_named_by_its_own_position(bells: Any) -> None:
    bells.timer_delay = timedelta(hours=1)
    relay = bells.service.relay
    async with host(bells.service) as hosted:
        await asyncio.gather(
            *(bells.service.do(lambda app, name=name: app.hang(name)) for name in ("a", "no good", "c"))
        )
        await hosted.until(lambda: relay.stuck is not None)

    assert relay.stuck.position == 2
