"""How much one caller may ask for, and what is said when it is used up."""

from typing import Any

import httpx
import pytest
from est_sample.service import ADDRESS, SampleService
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.run import server_config
from est_chassis.web.access import Caller, allow
from est_chassis.web.app import create_app
from est_chassis.web.quotas import client_address, quota
from est_contracts.vocabulary import Role


def narrow_door() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/v1/twice")
    async def twice(request: Request, _caller: Caller = Depends(allow(Role.PUBLIC))) -> Response:
        quota(request, name="reports", who=client_address(request), limit="2/hour")
        return JSONResponse(client_address(request))

    @router.get("/v1/elsewhere")
    async def elsewhere(request: Request, _caller: Caller = Depends(allow(Role.PUBLIC))) -> Response:
        quota(request, name="questions", who=client_address(request), limit="1 per 5 minute")
        return JSONResponse("in")

    return router


class Visitors:
    """Callers at one app, each from an address of their own."""

    def __init__(self, service: SampleService) -> None:
        service.routers = (*service.routers, narrow_door())
        self._app = create_app(service)

    async def get(self, path: str, *, address: str, accept: str = "*/*") -> httpx.Response:
        transport = httpx.ASGITransport(self._app, client=(address, 40000))
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
            return await client.get(path, headers={"accept": accept})


@pytest.fixture
def visitors(service: SampleService) -> Visitors:
    return Visitors(service)


async def test_over_the_limit_it_is_said_what_the_limit_is_and_when_to_come_back(visitors: Visitors) -> None:
    answers = [await visitors.get("/v1/twice", address="192.0.2.1") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    refused = answers[-1]
    wait_seconds = int(refused.headers["retry-after"])
    assert 3590 <= wait_seconds <= 3600
    assert refused.headers["ratelimit-policy"] == '"reports";q=2;w=3600'
    assert refused.headers["ratelimit"] == f'"reports";r=0;t={wait_seconds}'
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json() == {
        "type": "urn:est:problem:quota_used_up",
        "title": "För många försök på kort tid.",
        "title_en": "Too many attempts in a short time.",
        "status": 429,
        "detail": f"Gränsen är 2 per timme. Försök igen om {wait_seconds} s.",
        "detail_en": f"The limit is 2 per hour. Try again in {wait_seconds} s.",
    }


async def test_a_limit_over_several_minutes_says_so(visitors: Visitors) -> None:
    for _ in range(2):
        refused = await visitors.get("/v1/elsewhere", address="192.0.2.1")

    assert refused.status_code == 429
    assert refused.json()["detail_en"].startswith("The limit is 1 per 5 minutes.")
    assert refused.json()["detail"].startswith("Gränsen är 1 per 5 minuter.")


async def test_what_one_uses_is_not_taken_from_another_nor_from_another_thing(visitors: Visitors) -> None:
    for _ in range(3):
        await visitors.get("/v1/twice", address="192.0.2.1")

    assert (await visitors.get("/v1/twice", address="192.0.2.2")).status_code == 200
    assert (await visitors.get("/v1/elsewhere", address="192.0.2.1")).status_code == 200


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("unknown", "unknown"),
    ],
)
async def test_a_household_is_counted_as_one(visitors: Visitors, address: str, counted: str) -> None:
    assert (await visitors.get("/v1/twice", address=address)).json() == counted


@pytest.mark.parametrize(
    ("believed", "asks_from", "counted"),
    [
        ("127.0.0.1", "127.0.0.1", "192.0.2.9"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("*", "172.18.0.5", "192.0.2.9"),
    ],
)
async def test_only_the_front_door_is_believed_about_an_address(
    service: SampleService, believed: str, asks_from: str, counted: str
) -> None:
    service.routers = (narrow_door(),)
    service.settings = service.settings.model_copy(update={"front_door_addresses": believed})
    running: Any = service
    configuration = server_config(running)
    configuration.load()
    transport = httpx.ASGITransport(configuration.loaded_app, client=(asks_from, 40000))
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        answer = await client.get("/v1/twice", headers={"x-forwarded-for": "192.0.2.9"})

    assert answer.json() == counted
