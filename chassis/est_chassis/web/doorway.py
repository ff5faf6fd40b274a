"""What every answer passes on its way out: protective headers, a count, and the net under what went wrong."""

import time
import traceback
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from est_chassis import logs
from est_chassis.web.answers import answer, problem_about
from est_chassis.web.problems import OUR_FAULT, unreadable
from est_chassis.web.swift import SwiftRoute

log = logs.get_logger(__name__)

NOTHING: Final[Mapping[tuple[str, str], SwiftRoute]] = MappingProxyType({})

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS: Final = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    # What is about a municipality is for those who asked, now.
    (b"cache-control", b"no-store"),
)


class Counts:
    """What an app counts; one set for each, so that several can live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Counter(
            "est_http_answers", "Answers given", ["method", "route", "status_code"], registry=self.registry
        )
        self._seconds = Histogram(
            "est_http_seconds",
            "From request to answer begun",
            ["route"],
            registry=self.registry,
            buckets=SECONDS,
        )

        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def answered(self, scope: Scope, status_code: int, seconds: float) -> None:
        method, route = scope["method"], _route(scope)
        known = self._known.get((method, route, status_code))
        if known is None:
            known = self._answers.labels(method, route, status_code), self._seconds.labels(route)
            self._known[method, route, status_code] = known
        known[0].inc()
        known[1].observe(seconds)


class Doorway:
    """Outermost layer of the app; plain ASGI, because it is passed at every request."""

    def __init__(
        self, app: ASGIApp, counts: Counts, swift: Mapping[tuple[str, str], SwiftRoute] = NOTHING
    ) -> None:
        self._app = app
        self._counts = counts
        self._swift = swift

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started_at = time.perf_counter()
        status_code = 0

        async def send_protected(message: Message) -> None:
            nonlocal status_code
            if message["type"] == "http.response.start":
                status_code = message["status"]
                _protect(message)
                self._counts.answered(scope, status_code, time.perf_counter() - started_at)
            await send(message)

        try:
            _refuse_broken_address(scope)
            await self._way_in(scope)(scope, receive, send_protected)
        except Exception as raised:
            problem = problem_about(raised)
            # A rule that says no, told past the framework by a swift route, is no fault of ours.
            if status_code or problem.code == OUR_FAULT:
                _log(scope, raised)
            if status_code:
                # Half an answer is under way: only breaking the connection tells that it is not whole.
                raise
            response = await answer(Request(scope, receive), problem)
            await response(scope, receive, send_protected)

    def _way_in(self, scope: Scope) -> ASGIApp:
        """The framework's layers, or past them for a route that needs none of them."""
        route = self._swift.get((scope["method"], scope["path"]))
        if route is None:
            return self._app
        scope["route"] = route
        return route.app


def _refuse_broken_address(scope: Scope) -> None:
    """No table can hold this character; better said here once than in every route."""
    if "\0" in scope["path"] or b"%00" in scope["query_string"]:
        raise unreadable(
            "address",
            sv="Adressen innehåller ett tecken som inte går att använda.",
            en="The address holds a character that cannot be used.",
        )


def _protect(message: Message) -> None:
    """What an answer says itself about one of these stands."""
    headers = message["headers"]
    said = {name for name, _ in headers}
    message["headers"] = [*headers, *(header for header in _HEADERS if header[0] not in said)]


def _route(scope: Scope) -> str:
    return getattr(scope.get("route"), "path", "unknown")


def _log(scope: Scope, raised: Exception) -> None:
    # The message of an exception may quote a report; its kind and its place cannot.
    place = traceback.extract_tb(raised.__traceback__)[-1]
    log.error(
        "request_failed",
        method=scope["method"],
        route=_route(scope),
        error=type(raised).__name__,
        step=f"{place.name}:{place.lineno}",
    )
