"""Whatever a client writes in a request's first line or headers: the service hears one request, the same."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, asynccontextmanager
from threading import Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opened_door import Heard, asking_for, door_to, raw_answer, serving, well

from est_single_machine.front_door.door import FrontDoor
from est_single_machine.front_door.request import Request, RequestIsUnfit
from est_single_machine.front_door.routes import Routes
from est_single_machine.front_door.upstream import Upstream

ASKED = Request("GET", b"/next", [], has_body=False)
SMUGGLING = (
    b"/operator/intake/x%20HTTP/1.1%0d%0aHost:%20here%0d%0aContent-Length:%200%0d%0a%0d%0a"
    b"GET%20/reports/smuggled"
)
BEGINNINGS = st.sampled_from((b"/", b"/reports/", b"/operator/intake/", b"/operator/", b"/openapi/", b"//"))
TELLING = st.sampled_from(
    (b"%0d%0a", b"%20", b"%00", b"%2F", b"%25", b"..", b"?", b"/", b"%c3%a5", b" HTTP/1.1")
)
# A client that writes a line break has begun its next request itself.
ANYTHING = st.binary(max_size=3).filter(lambda written: not set(written) & set(b"\r\n"))
ENCODED = st.binary(max_size=12).map(lambda written: b"".join(b"%%%02X" % byte for byte in written))


class OpenDoor:
    """A door that stays open while hypothesis knocks."""

    def __init__(self, loop: asyncio.AbstractEventLoop, front: int, heard: Heard) -> None:
        self._loop = loop
        self._front = front
        self._heard = heard

    def heard_of(self, target: bytes) -> tuple[int, list[bytes]]:
        """The status of the answer, and what the service had heard when the next client was answered."""
        self._heard.targets.clear()
        status, _ = self._answer(asking_for(target))
        assert self._answer(asking_for(b"/reports/next")) == (200, b"/reports/next")
        assert self._heard.targets.pop() == b"/reports/next"
        return status, list(self._heard.targets)

    def _answer(self, request: bytes) -> tuple[int, bytes]:
        asked = asyncio.run_coroutine_threadsafe(raw_answer(self._front, request), self._loop)
        return asked.result(timeout=20)


@pytest.fixture(scope="module")
def door() -> Iterator[OpenDoor]:
    opened, ended = Future[tuple[asyncio.AbstractEventLoop, int, Heard, asyncio.Event]](), ExitStack()

    async def stand_open() -> None:
        heard, enough = Heard(), asyncio.Event()
        async with door_to(heard) as front:
            opened.set_result((asyncio.get_running_loop(), front, heard, enough))
            await enough.wait()

    standing = Thread(target=asyncio.run, args=(stand_open(),))
    standing.start()
    loop, front, heard, enough = opened.result(timeout=20)
    with ended:
        ended.callback(standing.join, 10)
        ended.callback(loop.call_soon_threadsafe, enough.set)
        yield OpenDoor(loop, front, heard)


def test_a_line_break_written_in_a_path_begins_no_second_request(door: OpenDoor) -> None:
    status, heard = door.heard_of(SMUGGLING)

    assert (status, heard) == (200, [SMUGGLING.replace(b"/operator/intake/", b"/operator/")])


@settings(deadline=None)
@given(beginning=st.sampled_from((b"/reports/", b"/operator/intake/")), rest=ENCODED, query=ENCODED)
def test_what_is_written_in_a_path_is_heard_as_it_was_written(
    door: OpenDoor, beginning: bytes, rest: bytes, query: bytes
) -> None:
    after = rest + (b"?" + query if query else b"")

    heard = door.heard_of(beginning + after)

    assert heard == (200, [beginning.replace(b"/operator/intake/", b"/operator/") + after])


@settings(deadline=None)
@given(beginning=BEGINNINGS, pieces=st.lists(TELLING | ANYTHING | ENCODED, max_size=5))
def test_no_path_is_heard_as_two(door: OpenDoor, beginning: bytes, pieces: list[bytes]) -> None:
    target = b"".join([beginning, *pieces])

    status, heard = door.heard_of(target)

    path, _, query = target.partition(b"#")[0].partition(b"?")
    own = path.replace(b"/operator/intake/", b"/operator/", 1) + (b"?" + query if query else b"")
    assert heard in ([], [own], [b"/openapi.json"])
    assert bool(heard) == (status == 200)


@pytest.mark.parametrize(
    "unfit",
    [
        Request("GET", b"/reports HTTP/1.1\r\nHost: here\r\n\r\nGET /reports", [], has_body=False),
        Request("GET", b"/reports HTTP/1.1", [], has_body=False),
        Request("GET", b"/reports\t", [], has_body=False),
        Request("GET", b"/reports\0", [], has_body=False),
        Request("GET", b"/reports", [(b"x-own", b"one\r\nx-forwarded-for: 1.2.3.4")], has_body=False),
        Request("GET", b"/reports", [(b"x-own", b"one\nx-other: two")], has_body=False),
        Request("GET", b"/reports", [(b"x-own: one\r\nx-other", b"two")], has_body=False),
        Request("GET", b"/reports", [(b"x-own", b"one\0")], has_body=False),
    ],
)
async def test_what_would_be_more_than_one_head_is_never_written(unfit: Request) -> None:
    heard = Heard()
    async with serving(heard) as port:
        upstream = Upstream(lambda: port)
        with pytest.raises(RequestIsUnfit):
            await answered(upstream, unfit)
        assert await answered(upstream, ASKED) == b"/next"
        upstream.close()

    assert heard.targets == [b"/next"]


@pytest.mark.parametrize("way", [b"/", b"/operator/intake/"])
async def test_what_is_unfit_is_a_400_even_if_the_server_in_front_lets_it_in(way: bytes) -> None:
    heard, statuses = Heard(), list[int]()

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect" if statuses else "http.request"}

    async def send(message: dict[str, Any]) -> None:
        statuses.append(message.get("status", 0))

    async with serving(heard) as port:
        door = FrontDoor(Routes({"intake": ["/"]}), {"intake": Upstream(lambda: port)}, health=well)
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
        await door(scope | {"raw_path": way + b" HTTP/1.1\r\n\r\nGET /"}, receive, send)

    assert (statuses[0], heard.targets) == (400, [])


@pytest.mark.parametrize("sent", [b"12345GET /smuggled HTTP/1.1\r\n\r\n", b"x"])
async def test_a_body_that_is_not_as_long_as_it_says_ends_its_connection(sent: bytes) -> None:
    """What it has too much would be a request of its own, and what it lacks would be taken from the next."""
    heard = Heard()
    too_long_or_short = Request("POST", b"/first", [(b"content-length", b"5")], has_body=True)
    async with serving(heard) as port:
        upstream = Upstream(lambda: port)
        with pytest.raises(RequestIsUnfit):
            await answered(upstream, too_long_or_short, sent)
        assert await answered(upstream, ASKED) == b"/next"
        upstream.close()

    assert b"/smuggled" not in heard.targets


ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n"


@pytest.mark.parametrize("surplus", [b"HTTP/1.1 500 No\r\ncontent-length: 3\r\n\r\nbad", b"bad"])
@pytest.mark.parametrize("comes_later", [False, True])
async def test_what_a_service_says_unasked_is_nobodys_answer(surplus: bytes, comes_later: bool) -> None:
    async with talking(b"" if comes_later else surplus) as service:
        first = await answered(service.upstream, ASKED)
        if comes_later:
            await service.say(surplus)
        second = await answered(service.upstream, ASKED)

    assert (first, second, len(service.writers)) == (b"one", b"two", 2)


async def test_one_connection_serves_one_request_after_the_other() -> None:
    async with talking() as service:
        answers = [await answered(service.upstream, ASKED) for _ in range(2)]

    assert (answers, len(service.writers)) == ([b"one", b"two"], 1)


class Talker:
    """A service that answers "one" and "two", and may say something that nobody asked for after the first."""

    def __init__(self, surplus: bytes) -> None:
        self.surplus = surplus
        self.writers: list[asyncio.StreamWriter] = []
        self.answers = iter((b"one", b"two"))
        self.port = 0
        self.upstream = Upstream(lambda: self.port)

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        while await _next_head(reader):
            writer.write(ANSWER + next(self.answers) + self.surplus)
            self.surplus = b""

    async def say(self, surplus: bytes) -> None:
        self.writers[0].write(surplus)
        # By the time that somebody else's connection is open and closed, everybody has heard it.
        async with serving(Heard()) as elsewhere:
            await raw_answer(elsewhere, asking_for(b"/"))


@asynccontextmanager
async def talking(surplus: bytes = b"") -> AsyncIterator[Talker]:
    talker = Talker(surplus)
    async with await asyncio.start_server(talker.converse, "127.0.0.1", 0) as server:
        talker.port = server.sockets[0].getsockname()[1]
        yield talker
        talker.upstream.close()
        for writer in talker.writers:
            writer.close()


async def _next_head(reader: asyncio.StreamReader) -> bool:
    try:
        return bool(await reader.readuntil(b"\r\n\r\n"))
    except (asyncio.IncompleteReadError, ConnectionError):
        return False


async def answered(upstream: Upstream, request: Request, *sent: bytes) -> bytes:
    async def body() -> AsyncIterator[bytes]:
        for chunk in sent:
            yield chunk

    async with upstream.exchange(request, body()) as response:
        assert response.status == 200
        return b"".join([chunk async for chunk in response.chunks()])
