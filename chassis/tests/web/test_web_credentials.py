"""Further ways of being known: a service's own keys and devices; and keys that reach less than their role."""

from dataclasses import replace

import httpx
import pytest
from est_sample.service import ADDRESS, SampleService
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.failures import Unavailable
from est_chassis.web.access import SEAT_COOKIE, Access, Caller, CallerKind, allow
from est_chassis.web.app import create_app
from est_contracts.vocabulary import Role

DEVICE_COOKIE = "est_device"
PAGE = "/v1/municipalities/9901/sample"


class Devices:
    """Knows the devices and keys that it has been told of, and counts how often it was asked."""

    def __init__(self, callers: dict[str, Caller]) -> None:
        self.callers = callers
        self.asked = 0
        self.is_away = False

    async def caller(self, request: Request) -> Caller | None:
        self.asked += 1
        if self.is_away:
            raise Unavailable("database")
        authorization = request.headers.get("authorization", "")
        shown = authorization.removeprefix("Bearer ") or request.cookies.get(DEVICE_COOKIE, "")
        return self.callers.get(shown)


def reporter(kind: CallerKind, scopes: frozenset[str] | None = None) -> Caller:
    roles = frozenset({Role.REPORTER, Role.COORDINATOR})
    return Caller(kind, municipality="9901", function="bovard", roles=roles, scopes=scopes, key_id="k1")


def narrow_router() -> APIRouter:
    router = APIRouter(include_in_schema=True)

    @router.get("/v1/narrow")
    async def narrow(
        _request: Request, _caller: Caller = Depends(allow(Role.REPORTER, scope="reports:write"))
    ) -> Response:
        return JSONResponse("in")

    return router


@pytest.fixture
def devices(service: SampleService) -> Devices:
    known = Devices(
        {
            "phone": reporter(CallerKind.DEVICE),
            "made_here": reporter(CallerKind.KEY),
            "writes": reporter(CallerKind.KEY, frozenset({"reports:write"})),
            "reads": reporter(CallerKind.KEY, frozenset({"reports:read"})),
        }
    )
    service.credentials = (Devices({}), known)
    service.routers = (*service.routers, narrow_router())
    return known


@pytest.fixture
async def visitor(service: SampleService, devices: Devices) -> httpx.AsyncClient:
    assert devices in service.credentials
    transport = httpx.ASGITransport(create_app(service), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=ADDRESS)


def key(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def test_a_key_that_the_file_does_not_know_is_offered_to_the_services_own_sources(
    visitor: httpx.AsyncClient,
) -> None:
    answer = await visitor.get(PAGE, headers=key("made_here"))

    assert answer.json() == {"function": "bovard", "kind": "key"}


async def test_a_key_that_nobody_knows_is_refused(visitor: httpx.AsyncClient, devices: Devices) -> None:
    assert (await visitor.get(PAGE, headers=key("guess"))).status_code == 401
    assert (await visitor.get("/health/live", headers=key("guess"))).status_code == 401
    assert devices.asked == 2


async def test_a_key_of_the_file_troubles_nobody_else(
    visitor: httpx.AsyncClient, devices: Devices, keys: dict[str, str]
) -> None:
    assert (await visitor.get(PAGE, headers=key(keys["coordinator"]))).status_code == 200
    assert devices.asked == 0


async def test_a_wrong_key_is_not_saved_by_a_cookie(visitor: httpx.AsyncClient) -> None:
    visitor.cookies.set(DEVICE_COOKIE, "phone")

    assert (await visitor.get(PAGE, headers={"authorization": "Basic cGhvbmU="})).status_code == 401


async def test_a_device_is_known_by_its_cookie(visitor: httpx.AsyncClient) -> None:
    visitor.cookies.set(DEVICE_COOKIE, "phone")

    assert (await visitor.get(PAGE)).json() == {"function": "bovard", "kind": "device"}
    assert "Logga in" not in (await visitor.get("/report")).text


async def test_a_seat_chosen_today_goes_before_a_device(
    visitor: httpx.AsyncClient, seated: httpx.AsyncClient, devices: Devices
) -> None:
    visitor.cookies.set(SEAT_COOKIE, seated.cookies[SEAT_COOKIE])
    visitor.cookies.set(DEVICE_COOKIE, "phone")

    assert (await visitor.get(PAGE)).json()["kind"] == "seat"
    assert devices.asked == 0


async def test_a_page_elsewhere_cannot_use_a_device(visitor: httpx.AsyncClient) -> None:
    visitor.cookies.set(DEVICE_COOKIE, "phone")
    form = {"text": "a"}

    theirs = await visitor.post("/report", data=form, headers={"sec-fetch-site": "cross-site"})
    ours = await visitor.post("/report", data=form, headers={"sec-fetch-site": "same-origin"})

    assert (theirs.status_code, ours.status_code) == (403, 200)


async def test_when_those_who_know_are_away_it_is_said_so_and_not_taken_for_nobody(
    visitor: httpx.AsyncClient, devices: Devices
) -> None:
    visitor.cookies.set(DEVICE_COOKIE, "phone")
    devices.is_away = True

    assert (await visitor.get(PAGE)).status_code == 503
    page = await visitor.get("/pictures", headers={"accept": "text/html"})
    assert page.status_code == 503
    assert "Tjänsten är upptagen" in page.text


@pytest.mark.parametrize(("token", "status"), [("writes", 200), ("reads", 403), ("made_here", 200)])
async def test_a_narrowed_key_opens_what_its_scopes_name(
    visitor: httpx.AsyncClient, token: str, status: int
) -> None:
    assert (await visitor.get("/v1/narrow", headers=key(token))).status_code == status


async def test_a_narrowed_key_opens_nothing_that_names_no_scope_but_what_is_open_to_all(
    visitor: httpx.AsyncClient,
) -> None:
    assert (await visitor.get(PAGE, headers=key("writes"))).status_code == 403
    assert (await visitor.get("/v1/numbers/3", headers=key("writes"))).status_code == 200


async def test_openapi_says_which_scope_a_route_asks_for(visitor: httpx.AsyncClient) -> None:
    paths = (await visitor.get("/openapi.json")).json()["paths"]

    assert paths["/v1/narrow"]["get"]["x-scope"] == "reports:write"
    assert "x-scope" not in paths["/v1/sample"]["post"]


async def test_the_keys_file_may_narrow_a_key(service: SampleService) -> None:
    entry = {"municipality": "9901", "roles": ["reporter"], "key_id": "k1"}

    assert Caller.from_document(entry, CallerKind.KEY).scopes is None
    assert Caller.from_document(entry, CallerKind.KEY).key_id == "k1"
    narrowed = Caller.from_document(entry | {"scopes": ["reports:write"]}, CallerKind.KEY)
    assert narrowed.may("reports:write")
    assert not narrowed.may("reports:read")
    assert not narrowed.may(None)
    assert isinstance(create_app(service).state.access, Access)


async def test_a_key_with_a_quota_uses_one_each_time_it_comes_in(
    visitor: httpx.AsyncClient, devices: Devices
) -> None:
    devices.callers["limited"] = replace(reporter(CallerKind.KEY), quota_per_minute=2)

    answers = [await visitor.get(PAGE, headers=key("limited")) for _ in range(3)]
    other = await visitor.get(PAGE, headers=key("made_here"))

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["ratelimit-policy"] == '"key";q=2;w=60'
    assert other.status_code == 200


async def test_what_a_key_reaches_is_not_widened_by_being_lent_to_a_browser() -> None:
    lent = reporter(CallerKind.DEVICE, frozenset({"reports:write"}))

    assert Caller.from_document(lent.document(), CallerKind.DEVICE) == lent
