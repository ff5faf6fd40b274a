"""The front door: an ASGI application that forwards to the four services."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request as WebRequest

from est_chassis.web.bodies import LARGEST_BODY
from est_chassis.web.languages import Language, language_of
from est_single_machine.front_door.forwarding import Scope, answered, forwarded, target_of
from est_single_machine.front_door.problem import (
    AWAY,
    BROKE_OFF,
    NOT_HERE,
    TOO_LARGE,
    UNFIT,
    Problem,
    asks_for_a_page,
    body_of,
    headers_of,
    page_of,
)
from est_single_machine.front_door.request import Headers, Request, RequestIsUnfit
from est_single_machine.front_door.routes import Routes
from est_single_machine.front_door.upstream import ServiceBrokeOff, ServiceIsAway, Upstream
from est_single_machine.front_door.who_asked import NOBODY, TrustedProxies

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Health = Callable[[], Awaitable[tuple[bool, dict[str, Any]]]]


class ClientIsGone(Exception):
    """The one who asked has hung up."""


class BodyTooLarge(Exception):
    """More was sent than any service takes."""


PROBLEMS: Final[Mapping[type[Exception], Problem]] = {
    ServiceIsAway: AWAY,
    ServiceBrokeOff: BROKE_OFF,
    BodyTooLarge: TOO_LARGE,
    RequestIsUnfit: UNFIT,
}


class FrontDoor:
    """Sends each request to the service that owns its path; answers for itself only at ``/health``."""

    def __init__(self, routes: Routes, upstreams: Mapping[str, Upstream], *, health: Health,
                 scheme: str = "http", proxies: TrustedProxies = NOBODY) -> None:  # fmt: skip
        self.routes = routes
        self.upstreams = upstreams
        self.health = health
        self.scheme = scheme
        self.proxies = proxies
        self._documents = {f"{service}.json".encode(): service for service in upstreams}
        self._operated = {service.encode(): service for service in upstreams}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] == "/health":
            await self._tell_health(send)
            return
        service, path = self._destination(scope)
        if service is None and asks_for_a_page(scope["headers"]):
            # Whoever shows the start page says it best that there is nothing here.
            service = self.routes.service_for("/")
        if service is None:
            await tell(NOT_HERE, send)
            return
        target = target_of(scope, path=path)
        request = forwarded(scope, target=target, scheme=self.scheme, proxies=self.proxies)
        exchange = Exchange(self.upstreams[service], request, scope)
        await self._forward_until_gone(exchange, RequestBody(receive), send)

    def _destination(self, scope: Scope) -> tuple[str | None, bytes | None]:
        """The service, and its own path when that differs from the one outside."""
        match scope["raw_path"].split(b"/", 3)[1:]:
            case [b"openapi", document] if document in self._documents:
                return self._documents[document], b"/openapi.json"
            case [b"operator", operated, rest] if operated in self._operated:
                return self._operated[operated], b"/operator/" + rest
        return self.routes.service_for(scope["path"]), None

    async def _forward_until_gone(self, exchange: "Exchange", body: "RequestBody", send: Send) -> None:
        """Forward; stop at once when the client hangs up, which an event stream learns in no other way."""
        forwarding = asyncio.ensure_future(_forward(exchange, body, send))
        leaving = asyncio.ensure_future(body.until_gone())
        await asyncio.wait({forwarding, leaving}, return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        forwarding.cancel()
        await asyncio.wait({forwarding, leaving})
        if not forwarding.cancelled():
            forwarding.result()

    async def _tell_health(self, send: Send) -> None:
        is_ready, parts = await self.health()
        content = json.dumps({"ready": is_ready, "parts": parts}).encode()
        headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
        await _answer(send, 200 if is_ready else 503, headers, content)


class RequestBody:
    """What the client sends, chunk by chunk, and then the moment when it hangs up."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._is_read = asyncio.Event()

    async def chunks(self) -> AsyncIterator[bytes]:
        size = 0
        while not self._is_read.is_set():
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientIsGone
            chunk: bytes = message.get("body", b"")
            size += len(chunk)
            if size > LARGEST_BODY:
                raise BodyTooLarge
            if not message.get("more_body", False):
                self._is_read.set()
            if chunk:
                yield chunk

    async def until_gone(self) -> None:
        await self._is_read.wait()
        while (await self._receive())["type"] != "http.disconnect":
            continue


@dataclass(frozen=True)
class Exchange:
    """Who is asked for what, and what came in: it tells in which language to say that there is no answer."""

    upstream: Upstream
    request: Request
    came_in: Scope

    @property
    def language(self) -> Language:
        return language_of(WebRequest(dict(self.came_in)))


async def _forward(exchange: Exchange, body: RequestBody, send: Send) -> None:
    """Forward, or say why not; an answer that has begun can only be cut short."""
    request, has_begun = exchange.request, False
    try:
        if not request.has_body:
            # The server in front tells of an empty body; taking it lets us hear when the client leaves.
            await anext(body.chunks(), None)
        async with exchange.upstream.exchange(request, body.chunks()) as response:
            headers = answered(response.headers)
            await send({"type": "http.response.start", "status": response.status, "headers": headers})
            has_begun = True
            async for chunk in response.chunks():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    except ClientIsGone:
        return
    except (ServiceIsAway, ServiceBrokeOff, BodyTooLarge, RequestIsUnfit) as failure:
        if has_begun:
            raise
        if asks_for_a_page(request.headers):
            was_sent = request.method != "GET"
            await show(PROBLEMS[type(failure)], send, was_sent=was_sent, language=exchange.language)
        else:
            await tell(PROBLEMS[type(failure)], send)


async def tell(problem: Problem, send: Send) -> None:
    await _answer(send, problem.status, headers_of(problem), body_of(problem))


async def show(problem: Problem, send: Send, *, was_sent: bool, language: Language) -> None:
    headers = headers_of(problem, content_type=b"text/html; charset=utf-8")
    await _answer(send, problem.status, headers, page_of(problem, was_sent=was_sent, language=language))


async def _answer(send: Send, status: int, headers: Headers, content: bytes) -> None:
    length = (b"content-length", str(len(content)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": content})
