"""A device's seat: lent for an hour, believed only where nobody can ask for the device itself."""

from datetime import timedelta

import httpx
import pytest
from est_sample.service import ADDRESS, COORDINATOR, SECRET, THURSDAY, SampleService
from starlette.requests import Request

from est_chassis.web.access import SEAT_COOKIE, Caller, CallerKind
from est_chassis.web.app import create_app
from est_chassis.web.credentials import DeviceSource
from est_chassis.web.seats import seated_caller, session_cookie
from est_contracts.vocabulary import SEAT_ROLES, Role

PAGE = "/v1/municipalities/9901/sample"
PHONE = Caller(
    CallerKind.DEVICE,
    municipality="9901",
    function="bovard",
    roles=frozenset({Role.REPORTER, Role.COORDINATOR}),
    key_id="phone",
)


class BoundDevices(DeviceSource):
    """One phone, until it is let go."""

    def __init__(self) -> None:
        self.bound: dict[str, Caller] = {"phone": PHONE}

    async def caller(self, request: Request) -> Caller | None:
        return self.bound.get(request.cookies.get("est_device", ""))


@pytest.fixture
def devices(service: SampleService) -> BoundDevices:
    known = BoundDevices()
    service.credentials = (known,)
    return known


def browser(service: SampleService) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(create_app(service), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=ADDRESS)


@pytest.fixture
def visitor(service: SampleService, devices: BoundDevices) -> httpx.AsyncClient:
    assert service.credentials == (devices,)
    return browser(service)


async def lent(visitor: httpx.AsyncClient) -> str:
    visitor.cookies.set("est_device", "phone")
    page = await visitor.get("/report", headers={"accept": "text/html"})
    assert page.status_code == 200
    return page.cookies[SEAT_COOKIE]


async def test_each_page_lends_a_device_its_seat_for_an_hour(visitor: httpx.AsyncClient) -> None:
    cookie = await lent(visitor)

    in_time = seated_caller(cookie, secret=SECRET, now=THURSDAY + timedelta(minutes=59))
    assert in_time == PHONE
    assert seated_caller(cookie, secret=SECRET, now=THURSDAY + timedelta(minutes=61)) is None


@pytest.mark.parametrize("municipality", ["9901", None])
async def test_a_lent_seat_is_never_more_than_a_seat_can_be(
    service: SampleService, municipality: str | None
) -> None:
    signed = session_cookie(
        Caller(CallerKind.KEY, municipality=municipality, roles=frozenset(Role), key_id="phone"),
        secret=SECRET,
        expires_at=THURSDAY + timedelta(minutes=1),
    )
    elsewhere = browser(service)
    elsewhere.cookies.set(SEAT_COOKIE, signed)

    assert (await elsewhere.get("/operator/status")).status_code in {401, 403}
    known = seated_caller(signed, secret=SECRET, now=THURSDAY)
    assert (known.roles if known else None) == (SEAT_ROLES if municipality else None)


async def test_another_service_believes_a_lent_seat_and_lends_it_no_further(
    visitor: httpx.AsyncClient, service: SampleService
) -> None:
    cookie = await lent(visitor)
    service.credentials = ()
    elsewhere = browser(service)
    elsewhere.cookies.set(SEAT_COOKIE, cookie)

    assert (await elsewhere.get(PAGE)).json() == {"function": "bovard", "kind": "device"}
    page = await elsewhere.get("/report", headers={"accept": "text/html"})
    assert "set-cookie" not in page.headers


async def test_a_device_let_go_is_out_at_once_where_it_was_bound_whatever_was_lent_to_it(
    visitor: httpx.AsyncClient, devices: BoundDevices
) -> None:
    visitor.cookies.set(SEAT_COOKIE, await lent(visitor))
    devices.bound.clear()

    assert (await visitor.get(PAGE)).status_code == 401


async def test_a_seat_that_somebody_chose_is_lent_to_nobody(
    visitor: httpx.AsyncClient, seated: httpx.AsyncClient
) -> None:
    visitor.cookies.set(SEAT_COOKIE, seated.cookies[SEAT_COOKIE])

    page = await visitor.get("/report", headers={"accept": "text/html"})

    assert COORDINATOR.function == (await visitor.get(PAGE)).json()["function"]
    assert "set-cookie" not in page.headers
