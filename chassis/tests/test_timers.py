"""Timers: kept by NATS, fired once due, gone when cancelled."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from est_chassis.failures import ChangedMeanwhile, Rejected
from est_chassis.subscriptions import CancelTimer, Fired, Timer
from est_chassis.testing import host


async def test_a_timer_goes_off_when_it_is_due(bells: Any) -> None:
    bells.timer_delay = timedelta(milliseconds=200)
    async with host(bells.service) as hosted:
        await bells.service.do(lambda app: app.hang("a"))
        await hosted.until(lambda: bool(bells.fired))

    (fired,) = bells.fired
    assert (fired.timer, fired.municipality, fired.key) == ("remind", "9901", "a")


async def test_a_cancelled_timer_does_not_go_off(bells: Any) -> None:
    async with host(bells.service) as hosted:
        soon = datetime.now(UTC) + timedelta(milliseconds=300)
        await bells.service.timers.apply(Timer("remind", "9901", "cancelled", soon))
        await bells.service.timers.apply(Timer("remind", "9901", "kept", soon))
        await bells.service.timers.apply(CancelTimer("remind", "9901", "cancelled"))
        await hosted.until(lambda: bool(bells.fired))

    assert [fired.key for fired in bells.fired] == ["kept"]


async def test_setting_a_timer_again_moves_it(bells: Any) -> None:
    async with host(bells.service) as hosted:
        now = datetime.now(UTC)
        await bells.service.timers.apply(Timer("remind", "9901", "moved", now + timedelta(milliseconds=100)))
        await bells.service.timers.apply(Timer("remind", "9901", "moved", now + timedelta(hours=1)))
        await bells.service.timers.apply(Timer("remind", "9901", "other", now + timedelta(milliseconds=400)))
        await hosted.until(lambda: bool(bells.fired))

    assert [fired.key for fired in bells.fired] == ["other"]


async def test_timers_are_set_and_heard_again_after_their_stream_was_lost(bells: Any) -> None:
    bells.timer_delay = timedelta(milliseconds=200)
    async with host(bells.service) as hosted:
        await bells.service.do(lambda app: app.hang("a"))
        await hosted.until(lambda: len(bells.fired) == 1)
        await bells.service.broker.jetstream.delete_stream("ANALYSIS_TIMERS")
        await bells.service.do(lambda app: app.hang("b"))
        told = await hosted.tells()
        await hosted.until(lambda: len(bells.fired) == 3)

    assert len(told) == 2
    assert sorted(fired.key for fired in bells.fired) == ["a", "a", "b"]


async def test_timers_that_were_lost_are_all_set_again_though_the_first_attempt_was_cut_off(
    bells: Any, new_bells: Any, nats_url: str
) -> None:
    bells.timer_delay = timedelta(hours=1)
    url = bells.service.store.database_url
    async with host(bells.service) as hosted:
        for number in range(100):
            await bells.service.do(lambda app, number=number: app.hang(str(number)))
        await hosted.tells()
        await bells.service.broker.jetstream.delete_stream("ANALYSIS_TIMERS")
    cut_off, again = new_bells(url, nats_url), new_bells(url, nats_url)
    cut_off.timer_delay = again.timer_delay = timedelta(hours=1)
    cut_off.service.timers.apply = after(3, cut_off.service.timers.apply)
    async with host(cut_off.service) as hosted:
        while await timers_set(cut_off) < 3:
            assert not again.fired
    async with host(again.service) as hosted:
        await hosted.until(lambda: again.service.relay.is_active)
        count = await timers_set(again)

    assert count == 100


async def test_timers_whose_stream_was_made_anew_and_empty_by_another_process_are_set_again(
    bells: Any,
) -> None:
    bells.timer_delay = timedelta(hours=1)
    async with host(bells.service) as hosted:
        await bells.service.do(lambda app: app.hang("a"))
        await hosted.tells()
        await bells.service.broker.jetstream.delete_stream("ANALYSIS_TIMERS")
        await bells.service.timers.declare()
        await hosted.until(lambda: not bells.service.relay.is_active)
        await hosted.until(lambda: bells.service.relay.is_active)
        count = await timers_set(bells)

    assert count == 1


def after(times: int, apply: Any) -> Any:
    """A connection that is cut off when so many timers have been set."""
    left = iter(range(times))

    async def apply_until_cut_off(timer: Timer | CancelTimer) -> None:
        if next(left, None) is None:
            raise TimeoutError
        await apply(timer)

    return apply_until_cut_off


async def timers_set(bells: Any) -> int:
    stream = await bells.service.broker.jetstream.stream_info(
        "ANALYSIS_TIMERS", subjects_filter="timer.9901.>"
    )
    return len(stream.state.subjects or {})


@pytest.mark.parametrize(("refusal", "times"), [(Rejected, 1), (ChangedMeanwhile, 2)])
async def test_a_timer_that_a_rule_refuses_is_answered_and_one_that_came_too_early_comes_again(
    bells: Any, refusal: type[Rejected], times: int
) -> None:
    bells.timer_delay = timedelta(milliseconds=100)
    came: list[str] = []

    def refuse(fired: Fired, _app: Any) -> None:
        came.append(fired.key)
        if len(came) == 1:
            raise refusal

    bells.subscriptions.at("remind")(refuse)
    async with host(bells.service) as hosted:
        await bells.service.do(lambda app: app.hang("a"))
        await hosted.until(lambda: len(came) == times)
        jetstream = bells.service.broker.jetstream
        while (await jetstream.consumer_info("ANALYSIS_TIMERS", "analysis_on_fired")).num_ack_pending:
            assert len(came) == times

    assert came == ["a"] * times
