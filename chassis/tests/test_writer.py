"""The write path: many share a commit, none spoils it for another, and an answer always comes."""

import asyncio
from typing import Any

import pytest

from est_chassis.embedded import TemporaryNats, TemporaryPostgres
from est_chassis.failures import NotFound, Rejected, Unavailable
from est_chassis.testing import host
from est_chassis.testing.databases import FreshDatabase


async def test_a_crowd_shares_commits_and_each_gets_its_own_answer(bells: Any) -> None:
    async with host(bells.service):
        answers = await asyncio.gather(
            *(bells.service.do(lambda app, n=n: app.hang(str(n))) for n in range(300))
        )
        recorded = bells.service.store.last_position()

    assert answers == ["hung"] * 300
    assert recorded == 300


async def test_twins_are_hung_once_whether_together_or_one_after_the_other(bells: Any) -> None:
    async with host(bells.service):
        together = await asyncio.gather(*(bells.service.do(lambda app: app.hang("twin")) for _ in range(20)))
        later = await bells.service.do(lambda app: app.hang("twin"))

    assert sorted(together) == ["hung"] + ["there already"] * 19
    assert later == "there already"


async def test_one_refusal_does_not_spoil_the_others_commit(bells: Any) -> None:
    async with host(bells.service):
        await bells.service.do(lambda app: app.hang("broken"))
        names = [*map(str, range(20)), "broken", "nowhere"]
        await asyncio.gather(*(bells.service.do(lambda app, n=n: app.hang(n)) for n in names[:20]))
        answers = await asyncio.gather(
            *(bells.service.do(lambda app, n=n: app.ring(n)) for n in names), return_exceptions=True
        )

    assert answers[:20] == [1] * 20
    assert isinstance(answers[20], Rejected)
    assert isinstance(answers[21], NotFound)


async def test_of_two_processes_that_ring_the_same_bell_none_loses_a_ring(
    bells: Any, new_bells: Any, nats_url: str
) -> None:
    other = new_bells(bells.service.store.database_url, nats_url)
    async with host(bells.service), host(other.service):
        await bells.service.do(lambda app: app.hang("shared"))
        rings = [
            process.service.do(lambda app: app.ring("shared"))
            for _ in range(10)
            for process in (bells, other)
        ]
        answers = await asyncio.gather(*rings, return_exceptions=True)
        final = await bells.service.do(lambda app: app.ring("shared"))

    succeeded = [answer for answer in answers if isinstance(answer, int)]
    assert final == len(succeeded) + 1
    assert len(succeeded) >= 10


async def test_while_the_database_is_away_the_answer_comes_quickly_and_says_so(
    new_bells: Any, nats_server: TemporaryNats, nats_url: str
) -> None:
    with TemporaryPostgres() as server:
        url = FreshDatabase(server.dsn).prepare("analysis")
        bells = new_bells(url, nats_url)
        async with host(bells.service) as hosted:
            await bells.service.do(lambda app: app.hang("before"))
            server.kill()
            began = asyncio.get_running_loop().time()
            with pytest.raises(Unavailable):
                await bells.service.do(lambda app: app.hang("while"))
            waited = asyncio.get_running_loop().time() - began
            server.start()
            await hosted.until(lambda: bells.service.store.last_position() >= 1)
            after = await bells.service.do(lambda app: app.hang("after"))

    assert waited < 3.5
    assert after == "hung"
