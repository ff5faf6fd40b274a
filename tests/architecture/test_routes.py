"""Every route says who may call it."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from est_chassis.web.access import roles_allowed
from est_chassis.web.app import create_app
from est_contracts.vocabulary import Role
from house import SERVICES, built


def routes_of(service: str) -> list[RouteContext]:
    """The house's own routes, the operator's, and those of the service."""
    return list(iter_route_contexts(create_app(built(service)).routes))


def api_routes(service: str) -> dict[str, APIRoute]:
    """Every route that answers, as a person reads it: GET /v1/reports."""
    return {
        f"{method} {found.path}": found.original_route
        for found in routes_of(service)
        if isinstance(found.original_route, APIRoute)
        for method in sorted(found.original_route.methods or ())
    }


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_says_once_who_may_call_it(service: str) -> None:
    said = {place: len(roles_allowed(route)) for place, route in api_routes(service).items()}

    assert len(said) > 5
    assert {place: times for place, times in said.items() if times != 1} == {}


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_is_let_in_by_an_empty_list_of_roles(service: str) -> None:
    assert [place for place, route in api_routes(service).items() if not all(roles_allowed(route))] == []


@pytest.mark.parametrize("service", SERVICES)
def test_only_operators_come_in_by_the_operators_entrance(service: str) -> None:
    entrance = {place: route for place, route in api_routes(service).items() if " /operator" in place}

    assert len(entrance) > 3
    assert [place for place, route in entrance.items() if roles_allowed(route) != [{Role.OPERATOR}]] == []


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_no_route_of_ours_is_a_folder_of_static_files(service: str) -> None:
    others = [
        found.original_route for found in routes_of(service) if not isinstance(found.original_route, APIRoute)
    ]

    assert [
        route for route in others if not (isinstance(route, Mount) and isinstance(route.app, StaticFiles))
    ] == []


def is_a_folder(route: BaseRoute) -> bool:
    return isinstance(route, Mount) and isinstance(route.app, StaticFiles)


@pytest.mark.parametrize("service", SERVICES)
def test_every_path_is_answered_by_one_route_only(service: str) -> None:
    found = [
        (route.path, method)
        for route in routes_of(service)
        if isinstance(route.original_route, APIRoute)
        for method in route.original_route.methods or ()
    ]

    assert sorted({place for place in found if found.count(place) > 1}) == []


@pytest.mark.parametrize("service", SERVICES)
def test_the_openapi_document_says_who_may_call_what(service: str) -> None:
    app = create_app(built(service))
    document = TestClient(app).get("/openapi.json").json()

    silent = [
        f"{method.upper()} {path}"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if not operation.get("x-roles")
    ]

    assert silent == []
