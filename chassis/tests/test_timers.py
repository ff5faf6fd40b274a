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
