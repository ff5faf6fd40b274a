"""The operator lets the first coordinators in, and nobody else: those are theirs to invite."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from valboas_people import bound, browser, link_to
from valboas_reports import key, set_up, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import Role

ADDRESS = "/v1/municipalities/9901/invitations"


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        await hosted.settled()
        yield hosted


async def invite(intake: HostedService, *, by: str = "operator", **body: str) -> httpx.Response:
    return await intake.http.post(ADDRESS, json=body, headers=key(by))


def path_of(invited: httpx.Response) -> str:
    assert invited.status_code == 201, invited.text
    return httpx.URL(invited.json()["link"]).path


@pytest.mark.parametrize("by", ["coordinator", "reporter", "elsewhere"])
async def test_coordinators_and_others_invite_on_their_pages_and_not_here(
    intake: HostedService, by: str
) -> None:
    assert (await invite(intake, by=by, function="samordnaren")).status_code == 403


async def test_to_a_seat_that_only_reports_the_operator_does_not_invite(intake: HostedService) -> None:
    refused = await invite(intake, function="faltgruppen")

    assert refused.status_code == 403
    assert refused.json()["type"] == "urn:est:problem:seat_is_for_the_coordinators"


@pytest.mark.parametrize(
    ("body", "status"),
    [({"function": "nobody"}, 404), ({"function": "samordnaren", "kind": "x"}, 422), ({}, 422)],
)
async def test_what_is_no_seat_or_no_kind_of_link_is_refused(
    intake: HostedService, body: dict[str, str], status: int
) -> None:
    assert (await invite(intake, **body)).status_code == status


async def test_a_municipality_that_is_not_set_up_has_no_seats(intake: HostedService) -> None:
    answer = await intake.http.post(
        "/v1/municipalities/1281/invitations", json={"function": "samordnaren"}, headers=key("operator")
    )

    assert answer.status_code == 404


async def test_the_first_coordinator_comes_in_by_a_link_and_invites_the_others(intake: HostedService) -> None:
    link = path_of(await invite(intake, function="samordnaren"))

    landing = await browser(intake).get(link)
    screen, taken = await bound(intake, link)
    start = await screen.get("/")
    phone, begun = await bound(intake, await link_to(screen, "faltgruppen"))

    assert "Brottsförebyggande samordnare" in landing.text
    assert "Ta platsen" in landing.text and "Börja rapportera" not in landing.text
    assert (taken.status_code, taken.headers["Location"]) == (303, "/")
    assert "Platser och inbjudningar" in start.text
    assert (begun.status_code, begun.headers["Location"]) == (303, "/report")
    assert (await phone.get("/report")).status_code == 200


async def test_whoever_receives_pictures_is_led_to_the_start_page(intake: HostedService) -> None:
    await set_up(intake, functions=with_roles("faltgruppen", Role.RECIPIENT))
    await intake.settled()
    screen, _taken = await bound(intake, path_of(await invite(intake, function="samordnaren")))

    phone, begun = await bound(intake, await link_to(screen, "faltgruppen"))

    assert begun.headers["Location"] == "/"
    assert (await phone.get("/")).status_code == 200


async def test_a_seat_that_no_coordinator_may_decide_about_is_the_operators_to_offer(
    intake: HostedService,
) -> None:
    """One coordinator signs for all in model C; a duty officer with the police is nobody else's."""
    functions = tuple(
        each.model_copy(update={"roles": (Role.DUTY_OFFICER,)}) if each.function_id == "kommunpolisen"
        else each.model_copy(update={"roles": (Role.REPORTER,)}) if each.function_id == "bosocial"
        else each
        for each in example_collaboration().functions
    )  # fmt: skip
    answer = await set_up(intake, functions=functions, organisation_model="C")
    assert answer.status_code == 200, answer.text

    invited = await invite(intake, function="kommunpolisen")
    others = await invite(intake, function="tib")

    assert invited.status_code == 201
    assert others.status_code == 403


async def test_a_link_that_went_astray_is_revoked(intake: HostedService) -> None:
    invited = await invite(intake, function="samordnaren")
    address = f"{ADDRESS}/{invited.json()['invitation_id']}/revocation"

    answers = [
        await intake.http.put(address, headers=key(by)) for by in ("coordinator", "operator", "operator")
    ]
    elsewhere = await intake.http.put(address.replace("9901", "1281"), headers=key("operator"))

    assert [each.status_code for each in (*answers, elsewhere)] == [403, 204, 204, 404]
    assert "återkallad" in (await browser(intake).get(path_of(invited))).text


def with_roles(function_id: str, *roles: Role) -> tuple[Any, ...]:
    return tuple(
        each.model_copy(update={"roles": roles}) if each.function_id == function_id else each
        for each in example_collaboration().functions
    )
