"""A municipality sets up how it works together, and everyone may read the checklists."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest_asyncio
from valboas_reports import key, report, set_up, submit, told_fields, valboas_at_work, without_areas

from est_chassis.clock import SetClock, SystemClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.messages import (
    CollaborationSetUp,
)
from est_intake.domain.collaboration import Collaboration


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        yield hosted


async def test_a_collaboration_is_set_up_read_and_amended(intake: HostedService) -> None:
    amended = await set_up(intake, alert_minutes=5)
    unchanged = await set_up(intake, alert_minutes=5)
    await intake.settled()
    read = await intake.http.get("/v1/municipalities/9901/collaboration", headers=key("reporter"))

    assert [amended.headers["ETag"], unchanged.headers["ETag"], read.headers["ETag"]] == ['"2"'] * 3
    assert read.json()["alert_minutes"] == 5
    versions = [told.version for told in await intake.tells() if isinstance(told, CollaborationSetUp)]
    assert versions == [1, 2]


async def test_a_collaboration_changed_meanwhile_is_not_overwritten(intake: HostedService) -> None:
    await set_up(intake, alert_minutes=5)

    answer = await intake.http.put(
        "/v1/municipalities/9901/collaboration",
        content=example_collaboration().model_copy(update={"alert_minutes": 7}).model_dump_json(),
        headers=key("operator") | {"Content-Type": "application/json", "If-Match": '"1"'},
    )

    assert answer.status_code == 412


async def test_a_report_is_judged_by_the_set_up_of_the_moment(intake: HostedService) -> None:
    await submit(intake, report())
    fewer = tuple(area for area in example_collaboration().areas if area.area_id != NORRANGEN)

    await set_up(intake, areas=fewer, functions=without_areas())
    answer = await submit(intake, report())

    assert told_fields(answer) == ["area"]


async def test_only_operators_set_up_and_only_members_read(intake: HostedService) -> None:
    address = "/v1/municipalities/9901/collaboration"
    document = example_collaboration().model_dump(mode="json")

    put = await intake.http.put(address, json=document, headers=key("coordinator"))
    elsewhere = await intake.http.get(address, headers=key("elsewhere"))
    absent = await intake.http.get("/v1/municipalities/1281/collaboration", headers=key("operator"))
    wrong = await intake.http.put(
        "/v1/municipalities/1281/collaboration", json=document, headers=key("operator")
    )

    assert [each.status_code for each in (put, elsewhere, absent, wrong)] == [403, 404, 404, 422]


async def test_checklists_are_open_to_everyone(intake: HostedService) -> None:
    known = await intake.http.get("/v1/checklists/orebro")
    unknown = await intake.http.get("/v1/checklists/nowhere")

    assert (known.status_code, unknown.status_code) == (200, 404)
    assert known.json()["entries"][0]["entry_id"] == "orebro.1"


async def test_what_another_replica_set_up_is_in_force_a_second_later(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    clock = SetClock(SystemClock().now())
    async with valboas_at_work(database, nats_url, tmp_path, clock=clock) as hosted:
        await submit(hosted, report())
        amended_elsewhere(hosted, areas=(), functions=without_areas())

        at_once = await submit(hosted, report())
        clock.advance(timedelta(seconds=1))
        later = await submit(hosted, report())

    assert (at_once.status_code, later.status_code) == (201, 422)


def amended_elsewhere(hosted: HostedService, **changes: object) -> None:
    """As a second intake on the same database would do it."""
    with hosted.service.store.unit_of_work() as work:
        collaboration = work.get(Collaboration, Collaboration.create_id("9901"))
        collaboration.amend(collaboration.document.model_copy(update=changes))
        work.save(collaboration)
