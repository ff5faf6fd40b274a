"""Every route says who may call it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from est_chassis.web.access import GuardedRoute, guarded_routes
from est_chassis.web.app import create_app
from est_chassis.web.openapi import openapi_document
from est_contracts.vocabulary import HOUSE_PAGES, Role
from house import SERVICES, built, is_test, shown, texts

#: Where a route is made to ask which version was read, and where that refusal is shown.
AT_THE_VERSION = frozenset({"if_match.py", "problem_examples.py"})


def routes_of(service: str) -> dict[str, GuardedRoute]:
    """The house's own routes, the operator's and those of the service: GET /v1/reports."""
    return {
        f"{method} {route.path}": route
        for route in guarded_routes(create_app(built(service)))
        for method in sorted(route.methods)
    }


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_says_once_who_may_call_it(service: str) -> None:
    said = {place: len(route.allowed) for place, route in routes_of(service).items()}

    assert len(said) > 10
    assert {place: times for place, times in said.items() if times != 1} == {}


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_is_let_in_by_an_empty_list_of_roles(service: str) -> None:
    assert [place for place, route in routes_of(service).items() if not all(route.allowed)] == []


@pytest.mark.parametrize("service", SERVICES)
def test_only_operators_come_in_by_the_operators_entrance(service: str) -> None:
    entrance = {place: route for place, route in routes_of(service).items() if " /operator" in place}

    assert len(entrance) > 3
    assert [
        place for place, route in entrance.items() if set(route.allowed) != {frozenset({Role.OPERATOR})}
    ] == []


def test_every_page_of_the_menu_is_one_services_and_open_to_all_who_see_it_there() -> None:
    pages = [
        route for service in SERVICES for place, route in routes_of(service).items() if place[:4] == "GET "
    ]
    shut: dict[str, list[frozenset[Role]]] = {}
    for page in HOUSE_PAGES:
        found = [route.allowed[0] for route in pages if route.path == page.href]
        if len(found) != 1 or not (page.roles <= found[0] or Role.PUBLIC in found[0]):
            shut[page.href] = found

    assert len(HOUSE_PAGES) > 5
    assert shut == {}


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_no_route_of_ours_is_a_folder_of_static_files(service: str) -> None:
    routes = [found.original_route for found in iter_route_contexts(create_app(built(service)).routes)]

    assert [route for route in routes if not isinstance(route, APIRoute) and not is_a_folder(route)] == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_path_is_answered_by_one_route_only(service: str) -> None:
    places = [
        (route.path, method)
        for route in guarded_routes(create_app(built(service)))
        for method in route.methods
    ]

    assert sorted({place for place in places if places.count(place) > 1}) == []


@pytest.mark.parametrize("service", SERVICES)
async def test_the_openapi_document_says_who_may_call_what(service: str) -> None:
    transport = httpx.ASGITransport(app=create_app(built(service)))
    async with httpx.AsyncClient(transport=transport, base_url="http://est.test") as client:
        document = (await client.get("/openapi.json")).json()

    silent = [
        f"{method.upper()} {path}"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if not operation.get("x-roles")
    ]

    assert silent == []


@pytest.mark.parametrize("service", SERVICES)
def test_the_openapi_document_says_what_a_route_answers_about_the_version_that_was_read(
    service: str,
) -> None:
    app = create_app(built(service))
    operations = operations_in(openapi_document(app))
    needing = {
        f"{method} {route.path}"
        for route in guarded_routes(app)
        for method in route.methods
        if route.needs_version
    }
    heads = {
        place: [each for each in told["parameters"] if each["name"] == "if-match"]
        for place, told in operations.items()
        if "parameters" in told
    }
    required = {place for place, found in heads.items() if any(each["required"] for each in found)}

    assert needing == required == {place for place, told in operations.items() if "428" in told["responses"]}
    assert [
        place for place, found in heads.items() if found and "412" not in operations[place]["responses"]
    ] == []
    assert [
        place
        for place, told in operations.items()
        if not place.startswith("GET ") and "409" not in told["responses"]
    ] == []


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_route_says_of_a_refusal_itself_stands_in_the_openapi_document(service: str) -> None:
    app = create_app(built(service))
    described = operations_in(openapi_document(app))
    lost = [
        f"{method} {found.path_format} {status}"
        for found in iter_route_contexts(app.routes)
        if isinstance(found.original_route, APIRoute) and found.include_in_schema
        for method in found.methods or ()
        for status, said in found.responses.items()
        if int(status) >= 400
        and described[f"{method} {found.path_format}"]["responses"][str(status)].get("description")
        != said["description"]
    ]

    assert lost == []


def test_no_door_asks_for_a_version_by_itself() -> None:
    """Who does it in passing leaves it out of the OpenAPI document."""
    asking = {"version_seen", "version_is_missing", "Problem(428"}
    elsewhere = {
        shown(path): sorted(words)
        for path, text in texts()
        if path.suffix == ".py" and not is_test(path) and path.name not in AT_THE_VERSION
        if (words := {each for each in asking if each in text})
    }

    assert elsewhere == {}


def operations_in(document: dict[str, Any]) -> dict[str, Any]:
    """PUT /v1/reports/{report_id}, and what is said of it."""
    return {
        f"{method.upper()} {path}": operation
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }


def is_a_folder(route: BaseRoute) -> bool:
    return isinstance(route, Mount) and isinstance(route.app, StaticFiles)
