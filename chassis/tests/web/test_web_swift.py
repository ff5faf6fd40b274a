"""Routes without detours are as well guarded as the others."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.web.access import Caller, allow
from est_chassis.web.swift import SwiftRoute
from est_contracts.vocabulary import Role


def test_a_swift_route_that_says_not_who_may_call_it_is_refused() -> None:
    router = APIRouter(route_class=SwiftRoute)

    async def anyone() -> None:
        return None

    async def open_to_all(request: Request, _nobody: Annotated[None, Depends(anyone)]) -> Response:
        return Response(request.method)

    async def unguarded(request: Request) -> Response:
        return Response(request.method)

    for endpoint in (open_to_all, unguarded):
        with pytest.raises(TypeError):
            router.add_api_route("/v1/open", endpoint)


def test_a_swift_route_takes_nothing_but_the_request_and_the_caller() -> None:
    router = APIRouter(route_class=SwiftRoute)

    async def with_more(
        request: Request, limit: int, _caller: Annotated[Caller, Depends(allow(Role.REPORTER))]
    ) -> Response:
        return Response(f"{request.method} {limit}")

    with pytest.raises(TypeError, match="nothing else"):
        router.add_api_route("/v1/more", with_more)
