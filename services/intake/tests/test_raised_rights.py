"""Nobody makes their own seat more than it may be: not the operator's, and not another party's."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from valboas_people import bound, link_to, seated
from valboas_reports import key, told_fields, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import example_collaboration
from est_intake.domain.collaboration import Collaboration

ADDRESS = "/v1/municipalities/9901/collaboration"
SAMORDNAREN, FALTGRUPPEN, KOMMUNPOLISEN, BOVARD = 0, 1, 2, 4


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        await hosted.settled()
        yield hosted


def written() -> dict[str, Any]:
    return example_collaboration().model_dump(mode="json")


def with_seat(place: int, **changes: Any) -> dict[str, Any]:
    document = written()
    document["functions"][place] |= changes
    return document


async def put(
    intake: HostedService, document: dict[str, Any], *, by: str = "coordinator", act: str = ""
) -> httpx.Response:
    send = intake.http.post if act else intake.http.put
    return await send(ADDRESS + act, json=document, headers=key(by))


def recorded_before_it_was_refused(intake: HostedService, document: dict[str, Any]) -> None:
    """A document that an earlier version of ours let through."""
    with intake.service.store.unit_of_work() as work:
        collaboration = work.get(Collaboration, Collaboration.create_id("9901"))
        collaboration._amended(municipality="9901", document=document)
        work.save(collaboration)


@pytest.mark.parametrize("role", ["operator", "public"])
@pytest.mark.parametrize("by", ["coordinator", "operator"])
async def test_no_seat_is_given_the_role_of_whoever_runs_the_house_or_of_the_public(
    intake: HostedService, by: str, role: str
) -> None:
    raised = with_seat(FALTGRUPPEN, roles=["reporter", role])

    refused, checked = await put(intake, raised, by=by), await put(intake, raised, by=by, act=":check")

    assert (refused.status_code, checked.status_code) == (422, 422)
    assert told_fields(refused) == told_fields(checked) == ["functions.1.roles.1"]


async def test_a_municipality_does_not_begin_with_such_a_seat(intake: HostedService) -> None:
    document = {
        **with_seat(FALTGRUPPEN, roles=["operator"], area_ids=[]),
        "municipality": "1280",
        "areas": [],
    }
    document["functions"][BOVARD]["area_ids"] = []

    refused = await intake.http.put(
        "/v1/municipalities/1280/collaboration", json=document, headers=key("operator")
    )

    assert told_fields(refused) == ["functions.1.roles.0"]


async def test_a_seat_that_was_once_recorded_as_the_operators_opens_nothing_of_the_operators(
    intake: HostedService,
) -> None:
    recorded_before_it_was_refused(intake, with_seat(FALTGRUPPEN, roles=["reporter", "operator"]))
    await intake.settled()
    phone, _answer = await bound(intake, await link_to(seated(intake, "samordnaren"), "faltgruppen"))

    answers = [
        (await phone.get("/operator/status")).status_code,
        (await phone.get("/operator/dead-letters")).status_code,
        (await phone.post("/operator/rebuilds", json={})).status_code,
    ]

    assert answers == [403, 403, 403]
    assert (await phone.get("/report")).status_code == 200
    assert (await intake.http.get(ADDRESS, headers=key("reporter"))).status_code == 200
