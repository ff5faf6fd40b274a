"""Every route says who may call it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from est_chassis.web.access import roles_allowed
from est_chassis.web.app import create_app
from house import SERVICES, built


def routes_of(service: str) -> list[BaseRoute]:
    """The house's own routes, the operator's, and those of the service."""
    return list(create_app(built(service)).routes)


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_says_once_who_may_call_it(service: str) -> None:
    said = {shown(route): len(roles_allowed(route)) for route in api_routes(routes_of(service))}

    assert len(said) > 5
    assert {route: times for route, times in said.items() if times != 1} == {}


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_is_let_in_by_an_empty_list_of_roles(service: str) -> None:
    silent = [shown(route) for route in api_routes(routes_of(service)) if not all(roles_allowed(route))]

    assert silent == []


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_no_route_of_ours_is_a_folder_of_static_files(service: str) -> None:
    others = [route for route in routes_of(service) if not isinstance(route, APIRoute)]

    assert [route for route in others if not is_static(route)] == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_path_is_answered_by_one_route_only(service: str) -> None:
    places = [
        (route.path, method) for route in api_routes(routes_of(service)) for method in methods_of(route)
    ]

    assert sorted({place for place in places if places.count(place) > 1}) == []


def api_routes(routes: Iterable[BaseRoute]) -> list[APIRoute]:
    return [route for route in routes if isinstance(route, APIRoute)]


def is_static(route: BaseRoute) -> bool:
    return isinstance(route, Mount) and isinstance(route.app, StaticFiles)


def shown(route: APIRoute) -> str:
    return f"{'/'.join(methods_of(route))} {route.path}"


def methods_of(route: APIRoute) -> list[str]:
    return sorted(route.methods or ())
