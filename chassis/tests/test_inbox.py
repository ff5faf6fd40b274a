"""The inbox: in order, once in effect, whatever is repeated, lost, poisoned or away."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import nats
import pytest

from est_chassis import inbox
from est_chassis.broker import ensure_stream
from est_chassis.embedded import TemporaryNats
from est_chassis.event_store import Cursor
from est_chassis.fact_intake import Gap
from est_chassis.facts import Fact
from est_chassis.failures import Rejected, StillFails
from est_chassis.stream_reader import StreamReader
from est_chassis.testing import FreshDatabase, host
from est_contracts.messages import IncidentReported


def fact(message: Any, *, previous: int) -> Fact:
    position = message.recorded.position
    return Fact(position, position, previous, message.subject(), message.body())


async def test_effects_new_events_and_position_move_together(bells: Any, reports_told: Any) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(30))
        told = await hosted.tells()
        facts = await bells.facts()

    assert facts == list(range(1, 31))
    assert len(told) == 30


async def test_a_message_that_comes_twice_has_its_effect_once(bells: Any, reports_told: Any) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(5))
        repeated = [fact(message, previous=message.recorded.position - 1) for message in reports_told(5)]
        taken = await asyncio.to_thread(bells.service.fact_intake.take_in, "intake", repeated)
        facts = await bells.facts()

    assert taken.payloads == []
    assert facts == [1, 2, 3, 4, 5]


async def test_where_somebody_waits_no_message_waits_for_the_next(
    bells: Any, reports_told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "UPSTREAM_PACE_SECONDS", 3600)
    bells.subscriptions.somebody_waits = True
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(1))
        await hosted.hears(*reports_told(1, first=2))
        facts = await bells.facts()

    assert facts == [1, 2]


async def test_a_message_that_comes_twice_in_one_batch_has_its_effect_once(
    bells: Any, reports_told: Any
) -> None:
    twice = [fact(message, previous=0) for message in reports_told(2) * 2]
    async with host(bells.service) as hosted:
        await asyncio.to_thread(bells.service.fact_intake.take_in, "intake", twice)
        await hosted.settled()
        facts = await bells.facts()

    assert facts == [1, 2]


async def test_what_a_rule_refused_is_not_recorded_with_the_next_message(
    bells: Any, bell: Any, reports_told: Any
) -> None:
    async with host(bells.service) as hosted:
        await bells.service.do(lambda app: app.hang("a"))
        await hosted.settled()

        def ring_but_the_first(message: IncidentReported, app: Any) -> None:
            found = app.work.get(bell, bell.create_id(name="a"))
            found.ring()
            if message.recorded.position == 1:
                raise Rejected
            app.work.save(found)

        bells.subscriptions.hears(IncidentReported)(ring_but_the_first)
        both = [fact(message, previous=0) for message in reports_told(2)]
        await asyncio.to_thread(bells.service.fact_intake.take_in, "intake", both)
        rung = await bells.service.do(lambda app: app.ring("a"))

    assert rung == 2


async def test_a_gap_is_seen_and_not_jumped_over(bells: Any, reports_told: Any) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(2))
        (late,) = reports_told(1, first=4)

        with pytest.raises(Gap):
            await asyncio.to_thread(bells.service.fact_intake.take_in, "intake", [fact(late, previous=3)])

        assert await bells.facts() == [1, 2]


async def test_a_service_goes_on_where_its_effects_are(
    bells: Any, new_bells: Any, reports_told: Any, nats_url: str
) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(10))
    again = new_bells(bells.service.store.database_url, nats_url)
    async with host(again.service) as hosted:
        await hosted.hears(*reports_told(10, first=11))
        facts = await again.facts()

    assert facts == list(range(1, 21))


async def test_poison_does_not_block_what_follows_and_is_replayed_when_mended(
    bells: Any, reports_told: Any
) -> None:
    bells.heard.poison = {3}
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(6))
        without = await bells.facts()
        (letter,) = await bells.service.dead_letters()
        with pytest.raises(StillFails):
            await bells.service.replay_dead_letter(letter.letter)
        bells.heard.poison = set()
        await bells.service.replay_dead_letter(letter.letter)
        await bells.service.replay_dead_letter(letter.letter)
        facts = await bells.facts()
        left = await bells.service.dead_letters()

    assert without == [1, 2, 4, 5, 6]
    assert letter.position == 3
    assert letter.reason.startswith("ArithmeticError")
    assert "a fault of our own" not in letter.reason
    assert facts == [1, 2, 3, 4, 5, 6]
    assert left == []


async def test_a_body_that_is_not_what_its_subject_promises_is_a_dead_letter(
    bells: Any, reports_told: Any
) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(1))
        headers = {"Est-Position": "2", "Est-Previous": "1"}
        subject = "est.9901.intake.incident_reported.v1"
        await bells.service.broker.client.request(subject, b'{"text": "hemligt"}', headers=headers)
        await hosted.hears(*reports_told(1, first=3))
        (letter,) = await bells.service.dead_letters()
        facts = await bells.facts()

    assert facts == [1, 3]
    assert letter.position == 2
    assert "hemligt" not in letter.reason


async def test_a_name_that_nobody_knows_in_a_message_blocks_nothing_and_is_not_told(
    bells: Any, reports_told: Any
) -> None:
    (second,) = reports_told(1, first=2)
    body = second.body()[:-1] + b', "hemligt\\u0000namn": 1}'
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(1))
        headers = {"Est-Position": "2", "Est-Previous": "1"}
        await bells.service.broker.client.request(second.subject(), body, headers=headers)
        await hosted.hears(*reports_told(1, first=3))
        (letter,) = await bells.service.dead_letters()

    assert letter.position == 2
    assert letter.reason == "Undecodable (?: extra_forbidden)"


async def test_a_value_too_large_for_an_index_is_a_dead_letter_and_blocks_nothing(
    bells: Any, reports_told: Any
) -> None:
    feed = bells.heard.feed
    too_large = "".join(f"{number:x}" for number in range(5000))

    def feed_too_much(cursor: Cursor, facts: Sequence[Any]) -> None:
        if any(isinstance(fact, IncidentReported) and fact.recorded.position == 2 for fact in facts):
            cursor.execute("INSERT INTO heard_v1 VALUES (%s, 0)", (too_large,))
        feed(cursor, facts)

    bells.heard.feed = feed_too_much
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(3))
        (letter,) = await bells.service.dead_letters()
        facts = await bells.facts()

    assert letter.position == 2
    assert facts == [1, 3]


async def test_a_dead_letter_about_an_event_of_ones_own_is_replayed_with_the_event(bells: Any) -> None:
    feed = bells.heard.feed
    bells.heard.feed = lambda _cursor, _facts: 1 / 0
    async with host(bells.service) as hosted:
        await bells.service.do(lambda app: app.hang("a"))
        await hosted.settled()
        bells.heard.feed = feed
        (letter,) = await bells.service.dead_letters()
        await bells.service.replay_dead_letter(letter.letter)
        facts = await bells.facts("RecordedEvent")

    assert facts == [1]


async def test_a_message_of_a_kind_that_nobody_knows_is_passed_over(bells: Any, reports_told: Any) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(1))
        headers = {"Est-Position": "2", "Est-Previous": "1"}
        await bells.service.broker.client.request(
            "est.9901.intake.not_yet_invented.v9", b"{}", headers=headers
        )
        await hosted.hears(*reports_told(1, first=3))
        facts, letters = await bells.facts(), await bells.service.dead_letters()

    assert facts == [1, 3]
    assert letters == []


async def test_a_stream_that_was_emptied_and_filled_again_is_read_from_its_beginning(
    bells: Any, new_bells: Any, reports_told: Any, nats_url: str
) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(3))
        await bells.service.broker.jetstream.purge_stream("INTAKE")
    again = new_bells(bells.service.store.database_url, nats_url)
    async with host(again.service) as hosted:
        client = again.service.broker.client
        for message in reports_told(5):
            await client.request(message.subject(), message.body(), headers=message.headers())
        await hosted.until(lambda: again.service.fact_intake.place("intake").position == 5)
        facts = await again.facts()

    assert facts == [1, 2, 3, 4, 5]


async def test_a_reader_that_ends_while_nats_is_away_leaves_no_subscription_behind() -> None:
    with TemporaryNats() as server:
        client = await nats.connect(server.url, max_reconnect_attempts=-1, reconnect_time_wait=0.01)
        await ensure_stream(client.jetstream(), "intake")
        before = set(client._subs)
        reader = StreamReader(client, stream="INTAKE", consumer="test").batches(after=0)
        await client.publish("est.9901.intake.anything.v1", b"{}")
        assert isinstance(reader, AsyncGenerator)
        await anext(reader)
        during = set(client._subs)
        server.kill()
        while client.is_connected:
            await asyncio.sleep(0)
        await reader.aclose()
        after = set(client._subs)
        await client.close()

    assert len(during - before) == 1
    assert not after & (during - before)


async def test_two_processes_take_in_everything_once(
    bells: Any, new_bells: Any, reports_told: Any, nats_url: str
) -> None:
    other = new_bells(bells.service.store.database_url, nats_url)
    async with host(bells.service) as hosted, host(other.service):
        await hosted.hears(*reports_told(100))
        facts = await bells.facts()

    assert facts == list(range(1, 101))


async def test_hearing_goes_on_after_nats_was_killed(
    new_bells: Any, reports_told: Any, database: FreshDatabase
) -> None:
    with TemporaryNats() as server:
        bells = new_bells(database.prepare("analysis"), server.url)
        async with host(bells.service) as hosted:
            await hosted.hears(*reports_told(10))
            server.kill()
            server.start()
            await hosted.nats_is_back()
            await hosted.hears(*reports_told(10, first=11))
            facts = await bells.facts()

    assert facts == list(range(1, 21))
