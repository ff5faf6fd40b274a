"""Timers: kept by NATS, fired once due, gone when cancelled."""

from datetime import UTC, datetime, timedelta
from typing import Any

from est_chassis.subscriptions import CancelTimer, Timer
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
