"""Who comes in: keys, seats, anybody; and pages elsewhere that would act in somebody's name."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from est_sample.service import ADDRESS, COORDINATOR, SECRET, THURSDAY, SampleService
from fastapi import FastAPI

from est_chassis.web.access import SEAT_COOKIE, digest_of, guarded_routes, new_api_key, session_cookie
from est_chassis.web.app import create_app
from est_chassis.web.seats import seated_caller
from est_contracts.vocabulary import Role

PAGE = "/v1/municipalities/9901/sample"
REPORT = {"report_id": "r1", "severity": 3}


def key(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def test_a_key_opens_what_its_roles_open(client: httpx.AsyncClient, keys: dict[str, str]) -> None:
    response = await client.get(PAGE, headers=key(keys["coordinator"]))

    assert response.json() == {"function": "coordinator", "kind": "key"}


@pytest.mark.parametrize(
    "authorization",
    ["Bearer est_coordinator_guess", "Bearer est_nobody_guess", "Bearer", "Basic YTpi", "", "Bearer \u00e5"],
)
async def test_a_wrong_key_is_refused_without_a_reason(client: httpx.AsyncClient, authorization: str) -> None:
    response = await client.get(PAGE, headers={b"authorization": authorization.encode()})

    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert "detail" not in response.json()


async def test_a_right_key_in_another_scheme_is_a_wrong_one(
    client: httpx.AsyncClient, keys: dict[str, str]
) -> None:
    for scheme in ("Basic", "Token", ""):
        headers = {"authorization": f"{scheme} {keys['coordinator']}"}
        assert (await client.get(PAGE, headers=headers)).status_code == 401


@pytest.mark.parametrize("name", ["a", "ab", "abc", "å"])
async def test_a_seat_travels_without_quotation_marks(name: str) -> None:
    caller = replace(COORDINATOR, name=name)
    cookie = session_cookie(caller, secret=SECRET, expires_at=THURSDAY + timedelta(hours=1))

    assert re.fullmatch(r"[\w.-]+", cookie, re.ASCII)
    assert seated_caller(cookie, secret=SECRET, now=THURSDAY) == caller


async def test_a_wrong_key_is_refused_even_where_anyone_may_come_in(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/live", headers=key("est_app_guess"))).status_code == 401


async def test_a_key_without_the_role_is_refused_without_a_reason(
    client: httpx.AsyncClient, keys: dict[str, str]
) -> None:
    response = await client.get(PAGE, headers=key(keys["app"]))

    assert response.status_code == 403
    assert "detail" not in response.json()


async def test_another_municipality_does_not_exist(client: httpx.AsyncClient, keys: dict[str, str]) -> None:
    elsewhere = await client.get(PAGE, headers=key(keys["neighbour"]))
    nowhere = await client.get("/v1/nothing", headers=key(keys["neighbour"]))

    assert elsewhere.status_code == nowhere.status_code == 404
    assert elsewhere.json() == nowhere.json()


async def test_a_new_key_works_and_a_removed_one_does_not_without_a_restart(
    client: httpx.AsyncClient, keys: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "keys.json"
    token, digest = new_api_key("fresh")
    entry = json.loads(file.read_text(encoding="utf-8"))[1] | {"key_id": "fresh", "sha256": digest}
    assert (await client.get(PAGE, headers=key(token))).status_code == 401

    file.write_text(json.dumps([entry]), encoding="utf-8")

    assert (await client.get(PAGE, headers=key(token))).status_code == 200
    assert (await client.get(PAGE, headers=key(keys["coordinator"]))).status_code == 401


async def test_a_half_written_keys_file_locks_nobody_out(
    client: httpx.AsyncClient, keys: dict[str, str], tmp_path: Path
) -> None:
    await client.get(PAGE, headers=key(keys["coordinator"]))

    (tmp_path / "keys.json").write_text('[{"key_id"', encoding="utf-8")

    assert (await client.get(PAGE, headers=key(keys["coordinator"]))).status_code == 200


async def test_a_key_for_every_municipality_is_an_operators_only(
    client: httpx.AsyncClient, keys: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "keys.json"
    entries = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps([entries[1] | {"municipality": None}]), encoding="utf-8")

    assert (await client.get(PAGE, headers=key(keys["coordinator"]))).status_code == 401


def test_only_the_hash_of_a_key_is_kept() -> None:
    token, digest = new_api_key("app")

    assert token.startswith("est_app_")
    assert len(token) > 40
    assert digest == digest_of(token)
    assert token not in digest


async def test_a_seat_opens_what_its_roles_open(seated: httpx.AsyncClient) -> None:
    assert (await seated.get(PAGE)).json() == {"function": "samordnare", "kind": "seat"}


@pytest.mark.parametrize(
    "spoil", [lambda cookie: cookie[:-1] + "0", lambda cookie: "A" + cookie, lambda _: "x", lambda _: "."]
)
async def test_a_seat_that_was_tampered_with_is_nobodys(client: httpx.AsyncClient, spoil: Any) -> None:
    cookie = session_cookie(COORDINATOR, secret=SECRET, expires_at=THURSDAY + timedelta(hours=1))
    client.cookies.set(SEAT_COOKIE, spoil(cookie))

    assert (await client.get(PAGE)).status_code == 401
    assert (await client.get("/report")).status_code == 200


async def test_a_seat_that_somebody_chose_in_the_demo_is_nobodys_once_the_demo_is_over(
    seated: httpx.AsyncClient, service: SampleService
) -> None:
    service.settings = service.settings.model_copy(update={"demo": False})
    transport = httpx.ASGITransport(create_app(service))
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, cookies=seated.cookies) as later:
        assert (await later.get(PAGE)).status_code == 401

    assert (await seated.get(PAGE)).status_code == 200


async def test_a_seat_ends(seated: httpx.AsyncClient, service: SampleService) -> None:
    service.clock.advance(timedelta(hours=1))

    assert (await seated.get(PAGE)).status_code == 401


async def test_a_person_without_a_seat_is_shown_the_way_to_one(client: httpx.AsyncClient) -> None:
    response = await client.get("/pictures?week=2026-W47", headers={"accept": "text/html"})

    assert response.status_code == 303
    assert response.headers["location"] == "/sign-in?next=/pictures%3Fweek%3D2026-W47"


OURS = [{"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": ADDRESS},
        {"origin": "https://est.valboas.example"}]  # fmt: skip
THEIRS = [{}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site", "origin": ADDRESS},
          {"origin": "null"}, {"origin": "https://testserver"}, {"origin": "http://testserver.evil.example"},
          {"origin": "http://testserver:81"}, {"origin": "https://["}]  # fmt: skip


@pytest.mark.parametrize("headers", OURS)
async def test_a_form_of_ours_is_taken(seated: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert (await seated.post("/report", data={"text": "a"}, headers=headers)).status_code == 200


@pytest.mark.parametrize("headers", THEIRS)
async def test_a_form_elsewhere_cannot_use_a_seat(seated: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert (await seated.post("/report", data={"text": "a"}, headers=headers)).status_code == 403
    assert (await seated.post("/v1/sample", json=REPORT, headers=headers)).status_code == 403


async def test_a_program_with_a_key_needs_no_origin(client: httpx.AsyncClient, keys: dict[str, str]) -> None:
    assert (await client.post("/v1/sample", json=REPORT, headers=key(keys["app"]))).status_code == 201


async def test_a_key_goes_before_a_seat(seated: httpx.AsyncClient, keys: dict[str, str]) -> None:
    assert (await seated.get(PAGE, headers=key(keys["app"]))).status_code == 403


def test_every_route_says_once_who_may_come_in(app: FastAPI) -> None:
    routes = guarded_routes(app)

    assert {"/operator/status", "/pictures", "/sign-in", "/metrics"} <= {route.path for route in routes}
    assert [route.path for route in routes if len(route.allowed) != 1] == []


async def test_openapi_says_which_roles_may(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()

    submit = document["paths"]["/v1/sample"]["post"]
    assert submit["x-roles"] == [Role.REPORTER]
    assert submit["security"] == [{"api_key": []}]
    assert "severity" in json.dumps(submit["requestBody"])
    refusals = {"400", "401", "403", "409", "413", "415", "422", "429", "503", "4XX", "5XX"}
    assert set(submit["responses"]) == {"201"} | refusals


async def test_sitting_down_and_getting_up(client: httpx.AsyncClient) -> None:
    client.headers.update({"origin": ADDRESS, "accept": "text/html"})

    sat = await client.post("/sign-in", data={"seat": "coordinator", "next": "/pictures"})
    assert sat.status_code == 303
    assert sat.headers["location"] == "/pictures"
    cookie = sat.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    # The front door of this installation speaks https.
    assert "Secure" in cookie

    client.cookies.set(SEAT_COOKIE, sat.cookies[SEAT_COOKIE])
    assert (await client.get("/pictures")).status_code == 200

    left = await client.post("/sign-out")
    assert left.headers["location"] == "/"
    assert "Max-Age=0" in left.headers["set-cookie"]


async def test_a_seat_that_there_is_not_cannot_be_taken(client: httpx.AsyncClient) -> None:
    response = await client.post("/sign-in", data={"seat": "mayor"}, headers={"origin": ADDRESS})

    assert response.status_code == 404


async def test_nobody_is_seated_by_a_page_elsewhere(client: httpx.AsyncClient) -> None:
    response = await client.post(
        "/sign-in", data={"seat": "coordinator"}, headers={"origin": "https://evil.example"}
    )

    assert response.status_code == 403
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    "wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1", "/\r\nx", ""]
)
async def test_signing_in_leads_nowhere_else(client: httpx.AsyncClient, wanted: str) -> None:
    response = await client.post(
        "/sign-in", data={"seat": "coordinator", "next": wanted}, headers={"origin": ADDRESS}
    )

    assert response.headers["location"] == "/"


async def test_outside_the_demo_nobody_sits_down_by_choosing(
    client: httpx.AsyncClient, service: SampleService
) -> None:
    service.settings = service.settings.model_copy(update={"demo": False})

    page = await client.get("/sign-in")
    taken = await client.post("/sign-in", data={"seat": "coordinator"}, headers={"origin": ADDRESS})

    assert "seat-button" not in page.text
    assert taken.status_code == 404
