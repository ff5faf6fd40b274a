"""The write path: many share a commit, none spoils it for another, and an answer always comes."""

import asyncio
import contextlib
import threading
from pathlib import Path
from typing import Any, Self

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from est_chassis.embedded import TemporaryNats, TemporaryPostgres
from est_chassis.failures import NotFound, Rejected, Unavailable
from est_chassis.testing import host
from est_chassis.testing.databases import FreshDatabase


class DeafWire:
    """Between a service and its database: passes everything on, until it is told to lose an answer."""

    def __init__(self, database_url: str) -> None:
        self._address = conninfo_to_dict(database_url)
        self._marker: bytes | None = None
        self.has_lost = False
        self.database_url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.database_url = make_conninfo(**(self._address | {"host": "127.0.0.1", "port": port}))
        return self

    async def __aexit__(self, *_failure: object) -> None:
        self._server.close()

    def loses_the_answer_to_the_commit_of(self, marker: str) -> None:
        self._marker = marker.encode()

    async def _pass_on(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        server, to_server = await self._connect()
        answers = asyncio.create_task(self._answer(server, to_client))
        is_marked = False
        while asked := await client.read(65536):
            is_marked = is_marked or (self._marker is not None and self._marker in asked)
            if is_marked and b"COMMIT" in asked:
                answers.cancel()
                await asyncio.wait({answers})
                to_server.write(asked)
                self.has_lost = bool(await server.read(1))
                self._marker = None
                break
            to_server.write(asked)
        for writer in (to_client, to_server):
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = str(self._address["host"]), str(self._address["port"])
        if host.startswith("/"):
            return await asyncio.open_unix_connection(Path(host) / f".s.PGSQL.{port}")
        return await asyncio.open_connection(host, int(port))

    async def _answer(self, server: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        while answer := await server.read(65536):
            to_client.write(answer)
        to_client.close()


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


async def test_what_is_recorded_is_not_done_again_when_the_answer_to_the_commit_is_lost(
    bells: Any, new_bells: Any, nats_url: str
) -> None:
    async with DeafWire(bells.service.store.database_url) as wire:
        through_wire = new_bells(wire.database_url, nats_url)
        async with host(through_wire.service):
            await through_wire.service.do(lambda app: app.hang("a"))
            wire.loses_the_answer_to_the_commit_of("chassis_tests.bell.rung")
            answer = await through_wire.service.do(lambda app: app.ring("a"))
            recorded = await asyncio.to_thread(through_wire.service.store.last_position)

    assert wire.has_lost
    assert answer == 1
    assert recorded == 2


async def test_a_use_case_that_runs_out_of_what_it_looks_for_spoils_no_others_answer(bells: Any) -> None:
    def look_in_vain(_app: Any) -> Any:
        return next(iter(()))

    async with host(bells.service):
        answers = await asyncio.gather(
            bells.service.do(look_in_vain),
            *(bells.service.do(lambda app, n=n: app.hang(str(n))) for n in range(20)),
            return_exceptions=True,
        )

    assert isinstance(answers[0], RuntimeError)
    assert answers[1:] == ["hung"] * 20


async def test_a_question_that_the_database_refuses_spoils_no_other_of_the_same_commit(bells: Any) -> None:
    all_have_asked = threading.Event()

    def hold_the_writer(_app: Any) -> None:
        assert all_have_asked.wait(10)

    def divide_by_nothing(app: Any) -> Any:
        return app.work.cursor.execute("SELECT 1 / 0")

    def ask_and_hang(app: Any) -> str:
        app.work.cursor.execute("SELECT FROM hung_v1")
        answer: str = app.hang("a")
        return answer

    async with host(bells.service):
        asked = [
            bells.service.writer.submit(use_case, within_seconds=10)
            for use_case in (hold_the_writer, divide_by_nothing, ask_and_hang)
        ]
        all_have_asked.set()
        answers = await asyncio.gather(*asked, return_exceptions=True)

    assert str(answers[1]) == "division by zero"
    assert answers[2] == "hung"


@pytest.mark.usefixtures("patience_of_production")
async def test_while_the_database_is_away_the_answer_comes_quickly_and_says_so(
    new_bells: Any, nats_server: TemporaryNats, nats_url: str
) -> None:
    with TemporaryPostgres() as server:
        url = FreshDatabase(server.dsn).prepare("analysis")
        bells = new_bells(url, nats_url)
        async with host(bells.service):
            await bells.service.do(lambda app: app.hang("before"))
            server.kill()
            # The pool would wait for half a minute if nobody had told it not to.
            async with asyncio.timeout(20):
                with pytest.raises(Unavailable):
                    await bells.service.do(lambda app: app.hang("while"))
            server.start()
            after = await hung_again(bells)

    # A first try may have been recorded after nobody waited for it any more.
    assert after in ("hung", "there already")


async def hung_again(bells: Any) -> str:
    """Once the database is back; a busy machine may need more than one try."""
    for _try in range(10):
        with contextlib.suppress(Unavailable):
            return str(await bells.service.do(lambda app: app.hang("after")))
    raise AssertionError("the database never came back")
