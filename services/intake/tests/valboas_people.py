"""People of Valboås with their browsers: a seat that was chosen, or a phone that an invitation has bound."""

import re
from datetime import timedelta

import httpx

from est_chassis.clock import Clock, SystemClock
from est_chassis.testing import HostedService
from est_chassis.web.access import SEAT_COOKIE, Caller, CallerKind, session_cookie
from est_chassis.web.app import create_app
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import CollaborationDocument

SECRET = "only-for-tests-only-for-tests-32"
PAGE = {"Accept": "text/html", "Origin": "http://testserver"}


def browser(hosted: HostedService) -> httpx.AsyncClient:
    """A browser of its own, with cookies of its own."""
    transport = httpx.ASGITransport(create_app(hosted.service))
    return httpx.AsyncClient(transport=transport, base_url="http://testserver", headers=PAGE)


def seated(
    hosted: HostedService,
    function_id: str,
    *,
    clock: Clock | None = None,
    document: CollaborationDocument | None = None,
) -> httpx.AsyncClient:
    """The browser of somebody who sits in a seat of Valboås."""
    document = document or example_collaboration()
    function = document.function(function_id)
    organisation = document.organisation(function.organisation_id)
    caller = Caller(
        CallerKind.SEAT,
        name=function.title,
        municipality=document.municipality,
        function=function_id,
        organisation=organisation.organisation_id,
        party=organisation.party,
        roles=frozenset(function.roles),
    )
    expires_at = (clock or SystemClock()).now() + timedelta(days=30)
    client = browser(hosted)
    client.cookies.set(SEAT_COOKIE, session_cookie(caller, secret=SECRET, expires_at=expires_at))
    return client


async def link_to(coordinator: httpx.AsyncClient, function_id: str, kind: str = "personal") -> str:
    """What a coordinator is shown once: the path of a new link."""
    page = await coordinator.post(f"/seats/{function_id}/invitations", data={"kind": kind})
    assert page.status_code == 200, page.text
    found = re.search(r'value="http://testserver(/invitation/[A-Za-z0-9_-]{43})"', page.text)
    assert found is not None
    return found[1]


async def bound(hosted: HostedService, link: str) -> tuple[httpx.AsyncClient, httpx.Response]:
    """A new phone that has opened the link and tapped once; its browser, and what it was answered."""
    phone = browser(hosted)
    return phone, await phone.post(link, data={"device": await device_token(phone, link)})


async def device_token(phone: httpx.AsyncClient, link: str) -> str:
    page = await phone.get(link)
    found = re.search(r'name="device" value="([A-Za-z0-9_-]{43})"', page.text)
    assert found is not None, page.text
    return found[1]
