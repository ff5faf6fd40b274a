"""Programs bring in a municipality's areas as GeoJSON."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest_asyncio
from valboas_reports import key, told_fields, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import HAMNEN, NORRANGEN

ADDRESS = "/v1/municipalities/9901/areas"


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        await hosted.settled()
        yield hosted


def geojson(*names: str, west: float = 13.5) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"BETECKNING": name},
                "geometry": {"type": "Polygon", "coordinates": [square(west + place / 10)]},
            }
            for place, name in enumerate(names)
        ],
    }


def square(west: float) -> list[list[float]]:
    return [[west, 58.9], [west + 0.01, 58.9], [west + 0.01, 58.91], [west, 58.91], [west, 58.9]]


async def put(
    intake: HostedService, body: object, *, by: str = "coordinator", **headers: str
) -> httpx.Response:
    answer = await intake.http.put(
        ADDRESS, json=body, params={"name": "BETECKNING"}, headers=key(by) | headers
    )
    await intake.settled()
    return answer


async def test_only_coordinators_and_operators_bring_in_areas(intake: HostedService) -> None:
    answers = [await put(intake, geojson("Udden"), by=who) for who in ("reporter", "elsewhere")]

    assert [each.status_code for each in answers] == [403, 404]


async def test_a_file_that_cannot_be_used_changes_nothing(intake: HostedService) -> None:
    no_collection = await put(intake, {"type": "Point"})
    sweref = await put(intake, geojson("Udden", west=377_000))
    crossed = geojson("Udden")
    corners = crossed["features"][0]["geometry"]["coordinates"][0]
    corners[1], corners[2] = corners[2], corners[1]
    with_faults = await put(intake, crossed)
    as_text = await intake.http.put(ADDRESS, content=b"<kml/>", headers=key("coordinator"))

    assert [each.status_code for each in (no_collection, sweref, with_faults)] == [422, 422, 422]
    assert told_fields(with_faults) == ["features"]
    assert "EPSG:4326" in sweref.json()["errors"][0]["message_en"]
    assert as_text.status_code == 415


async def test_what_a_file_would_change_is_told_first(intake: HostedService) -> None:
    told = await intake.http.post(
        f"{ADDRESS}:check",
        json=geojson("Udden", "Norrängen"),
        params={"name": "BETECKNING"},
        headers=key("coordinator") | {"Content-Type": "application/geo+json"},
    )

    found = {(each["kind"], each["key"]) for each in told.json()["changes"]}
    assert found == {("added", "9901UDDEN"), ("changed", NORRANGEN)}
    assert told.json()["version"] == 1


async def test_areas_are_taken_over_as_the_next_version(intake: HostedService) -> None:
    answer = await put(intake, geojson("Udden"))

    read = await intake.http.get("/v1/municipalities/9901/collaboration", headers=key("reporter"))
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert [area["name"] for area in read.json()["areas"]][-1] == "Udden"
    assert HAMNEN in {area["area_id"] for area in read.json()["areas"]}


async def test_what_somebody_has_changed_meanwhile_is_not_overwritten(intake: HostedService) -> None:
    await put(intake, geojson("Udden"))

    answer = await put(intake, geojson("Viken"), **{"If-Match": '"1"'})

    assert answer.status_code == 412


async def test_areas_that_functions_report_from_cannot_be_left_out(intake: HostedService) -> None:
    answer = await intake.http.put(
        ADDRESS,
        json=geojson("Udden"),
        params={"name": "BETECKNING", "removes": "true"},
        headers=key("coordinator"),
    )

    assert answer.status_code == 422
    assert told_fields(answer) == ["functions.4.area_ids.0"]
