"""The front door forwards everything, changes nothing but what it must, and never holds back a stream."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from opened_door import serving

from est_chassis.embedded import free_port
from est_chassis.web.bodies import LARGEST_BODY
from est_single_machine.front_door.door import FrontDoor
from est_single_machine.front_door.routes import Routes
from est_single_machine.front_door.upstream import Upstream

pytestmark = pytest.mark.asyncio
PREFIXES = {
    "intake": ["/", "/reports", "/v1/reports"],
    "notifier": ["/stream", "/v1/municipalities/{code}/live"],
}

A_BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class Echo:
    """A service that tells what it heard, and that can be told to misbehave."""

    def __init__(self) -> None:
        self.next_chunk: asyncio.Queue[bytes] = asyncio.Queue()
        self.was_left = asyncio.Event()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        match scope["path"]:
            case "/stream":
                await self._stream(receive, send)
            case "/v1/reports/broken":
                await send(
                    {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9")]}
                )
                await send({"type": "http.response.body", "body": b"half", "more_body": True})
                raise RuntimeError("broken on purpose")
            case "/v1/reports/refused":
                await send(
                    {"type": "http.response.start", "status": 413, "headers": [(b"content-length", b"0")]}
                )
                await send({"type": "http.response.body"})
            case _:
                await self._echo(scope, receive, send)

    async def _stream(self, receive: Any, send: Any) -> None:
        await receive()
        headers = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})

        async def watch() -> None:
            await receive()
            self.was_left.set()

        watching = asyncio.ensure_future(watch())
        while chunk := await self.next_chunk.get():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        watching.cancel()
        await send({"type": "http.response.body"})

    async def _echo(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        heard = {
            "method": scope["method"],
            "path": scope["raw_path"].decode(),
            "query": scope["query_string"].decode(),
            "headers": {name.decode(): value.decode() for name, value in scope["headers"]},
            "size": len(body),
        }
        content = json.dumps(heard).encode()
        length = (b"content-length", str(len(content)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [length, (b"x-own", b"kept")]})
        await send({"type": "http.response.body", "body": content})


class Outside:
    """A browser outside, the door, and the one service behind it."""

    def __init__(self, client: httpx.AsyncClient, service: Echo) -> None:
        self.client = client
        self.service = service


@pytest_asyncio.fixture
async def outside() -> AsyncIterator[Outside]:
    async def health() -> tuple[bool, dict[str, Any]]:
        return False, {"intake": {"ready": True}, "notifier": {"ready": False}}

    service = Echo()
    async with serving(service) as port:
        upstreams = {"intake": Upstream(lambda: port), "notifier": Upstream(lambda: port)}
        upstreams["away"] = Upstream(free_port)
        door = FrontDoor(Routes({**PREFIXES, "away": ["/away"]}), upstreams, health=health)
        async with (
            serving(door) as front,
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{front}", timeout=20) as client,
        ):
            yield Outside(client, service)
        for upstream in upstreams.values():
            upstream.close()


async def test_path_query_and_body_pass_unchanged(outside: Outside) -> None:
    answer = await outside.client.post("/v1/reports:batch?a=%C3%A5&b=1", content=b"x" * 100_000)

    heard = answer.json()
    assert (heard["method"], heard["path"], heard["query"]) == ("POST", "/v1/reports:batch", "a=%C3%A5&b=1")
    assert heard["size"] == 100_000
    assert answer.headers["x-own"] == "kept"


async def test_a_body_without_a_length_passes(outside: Outside) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"piece"

    assert (await outside.client.post("/v1/reports", content=pieces())).json()["size"] == 50


async def test_the_service_learns_who_asked_and_a_client_cannot_pretend(outside: Outside) -> None:
    heard = (
        await outside.client.get("/reports", headers={"X-Forwarded-For": "1.2.3.4", "Forwarded": "for=x"})
    ).json()

    assert heard["headers"]["x-forwarded-for"] == "127.0.0.1"
    assert heard["headers"]["x-forwarded-proto"] == "http"
    assert heard["headers"]["x-forwarded-host"] == heard["headers"]["host"]
    assert "forwarded" not in heard["headers"]


async def test_headers_of_one_connection_stay_on_it(outside: Outside) -> None:
    heard = (
        await outside.client.get("/reports", headers={"Connection": "close, X-Private", "X-Private": "1"})
    ).json()

    assert "x-private" not in heard["headers"]
    assert heard["headers"].get("connection") is None


async def test_an_event_passes_the_moment_it_is_told(outside: Outside) -> None:
    async with outside.client.stream("GET", "/stream") as answer:
        received = answer.aiter_bytes()
        outside.service.next_chunk.put_nowait(b"data: 1\n\n")
        assert await asyncio.wait_for(anext(received), 20) == b"data: 1\n\n"
        outside.service.next_chunk.put_nowait(b"data: 2\n\n")
        assert await asyncio.wait_for(anext(received), 20) == b"data: 2\n\n"
        outside.service.next_chunk.put_nowait(b"")


async def test_a_service_hears_when_its_listener_leaves(outside: Outside) -> None:
    async with outside.client.stream("GET", "/stream") as answer:
        outside.service.next_chunk.put_nowait(b"data: 1\n\n")
        await anext(answer.aiter_bytes())

    await asyncio.wait_for(outside.service.was_left.wait(), 20)
    outside.service.next_chunk.put_nowait(b"")


async def test_a_service_that_is_away_is_a_503_that_says_when_to_come_back(outside: Outside) -> None:
    answer = await outside.client.get("/away")

    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == "1"
    assert answer.json()["title_en"] == "The service is away at the moment"


async def test_a_person_meets_a_page_and_it_asks_again_by_itself(outside: Outside) -> None:
    answer = await outside.client.get("/away", headers=A_BROWSER)

    assert answer.status_code == 503
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["retry-after"] == "1"
    assert '<meta http-equiv="refresh" content="5">' in answer.text
    assert "Sidan försöker igen av sig själv." in answer.text


async def test_the_page_of_the_door_itself_speaks_the_readers_language(outside: Outside) -> None:
    in_english = A_BROWSER | {"accept-language": "en", "cookie": ""}
    away = await outside.client.get("/away", headers=in_english)
    chosen = await outside.client.post("/away", headers=in_english | {"cookie": "est_language=sv"})

    assert '<html lang="en">' in away.text
    assert "The page tries again by itself." in away.text
    assert "tjänst" not in away.text.lower()
    assert '<html lang="sv">' in chosen.text


async def test_what_a_person_sent_is_not_sent_again_by_the_page(outside: Outside) -> None:
    answer = await outside.client.post("/away", headers=A_BROWSER, content=b"x")

    assert answer.status_code == 503
    assert "refresh" not in answer.text
    assert "Det du skickade har inte tagits emot." in answer.text


async def test_a_person_who_is_lost_meets_the_start_pages_service(outside: Outside) -> None:
    answer = await outside.client.get("/nowhere", headers=A_BROWSER)

    assert answer.json()["path"] == "/nowhere"
    assert (await outside.client.get("/nowhere")).status_code == 404


async def test_an_answer_that_breaks_off_is_never_taken_for_a_whole_one(outside: Outside) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        await outside.client.get("/v1/reports/broken")


async def test_a_refusal_before_the_body_was_heard_comes_through(outside: Outside) -> None:
    assert (await outside.client.post("/v1/reports/refused", content=b"x" * 1_000_000)).status_code == 413


async def test_more_than_any_service_takes_is_refused(outside: Outside) -> None:
    answer = await outside.client.post("/v1/reports", content=b"x" * (LARGEST_BODY + 1))

    assert answer.status_code == 413


async def test_a_path_that_nobody_owns_is_not_found() -> None:
    assert Routes({"intake": ["/reports"]}).service_for("/elsewhere") is None


async def test_the_most_exact_prefix_wins() -> None:
    routes = Routes(PREFIXES)

    assert routes.service_for("/") == "intake"
    assert routes.service_for("/v1/reports:batch") == "intake"
    assert routes.service_for("/v1/municipalities/9901/live") == "notifier"


async def test_the_documents_of_each_service_have_an_address_of_their_own(outside: Outside) -> None:
    assert (await outside.client.get("/openapi/notifier.json")).json()["path"] == "/openapi.json"
    assert (await outside.client.get("/operator/intake/status")).json()["path"] == "/operator/status"


async def test_health_sums_up_the_services(outside: Outside) -> None:
    answer = await outside.client.get("/health")

    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "parts": {"intake": {"ready": True}, "notifier": {"ready": False}},
    }


async def test_many_at_once_each_get_their_own_answer(outside: Outside) -> None:
    sizes = range(0, 3_000, 50)
    answers = await asyncio.gather(
        *(outside.client.post("/v1/reports", content=b"x" * size) for size in sizes)
    )

    assert [answer.json()["size"] for answer in answers] == list(sizes)


async def test_a_head_request_is_answered_without_a_body(outside: Outside) -> None:
    answer = await outside.client.head("/reports")

    assert (answer.status_code, answer.content) == (200, b"")
    assert (await outside.client.get("/reports")).status_code == 200
