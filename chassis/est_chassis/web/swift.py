"""For the few routes that programs call many times a second."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, cast

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from est_chassis.web.access import Caller, Gate, is_gate

Endpoint = Callable[[Request, Caller], Awaitable[Response]]


class SwiftRoute(APIRoute):
    """Takes exactly `request` and a caller let in by `allow(...)`, and returns a Response.

    `router = APIRouter(route_class=SwiftRoute)`. It is described in OpenAPI like any route, but FastAPI does
    not look through its parameters at every request, which costs more than reading a report.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **described: Any) -> None:
        super().__init__(path, endpoint, **described)
        dependencies = self.dependant.dependencies
        if self.dependant.request_param_name is None or len(dependencies) != 1 or _takes_more(self):
            raise TypeError(f"{endpoint.__name__} takes request and a caller, nothing else")
        if not is_gate(dependencies[0].call):
            raise TypeError(f"{endpoint.__name__} says not who may call it")
        self.app = _passage(cast(Gate, dependencies[0].call), cast(Endpoint, endpoint))


def swift_routes(routes: Iterable[BaseRoute]) -> Mapping[tuple[str, str], SwiftRoute]:
    """Each under its method and address, so that nothing needs to be looked through."""
    return {
        (method, route.path): route
        for route in routes
        if isinstance(route, SwiftRoute)
        for method in route.methods or ()
    }


def _passage(gate: Gate, endpoint: Endpoint) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    async def passage(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        response = await endpoint(request, await gate(request))
        await response(scope, receive, send)

    return passage


def _takes_more(route: APIRoute) -> bool:
    dependant = route.dependant
    return bool(
        dependant.path_params
        or dependant.query_params
        or dependant.header_params
        or dependant.cookie_params
        or dependant.body_params
    )
