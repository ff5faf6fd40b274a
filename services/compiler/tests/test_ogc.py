"""OGC API - Features, walked as a map program walks it: from the landing page by links alone."""

from typing import Any

import pytest
from opened_pictures import opened, reports, set_up
from test_pictures_api import PICTURES, put, seat

from est_chassis.testing import HostedService
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.vocabulary import Role

ITEMS = "/ogc/collections/areas-9901/items"


async def got(compiler: HostedService, address: str, **asked: Any) -> dict[str, Any]:
    answer = await compiler.http.get(address, params=asked or None)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def link(document: dict[str, Any], rel: str) -> str:
    return next(str(each["href"]) for each in document["links"] if each["rel"] == rel)


async def test_a_map_program_finds_its_way_from_the_landing_page(compiler: HostedService) -> None:
    await opened(compiler)

    landing = await got(compiler, "/ogc")
    conformance = await got(compiler, link(landing, "conformance"))
    collections = await got(compiler, link(landing, "data"))
    (collection,) = collections["collections"]
    items = await got(compiler, link(collection, "items"))
    feature = await got(compiler, f"{link(collection, 'items')}/{items['features'][0]['id']}")

    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in conformance["conformsTo"]
    assert collection["id"] == "areas-9901"
    assert collection["extent"]["spatial"]["bbox"] == [[13.3, 58.92, 13.42, 58.95]]
    assert collection["extent"]["temporal"]["interval"] == [["2026-11-09T00:00:00Z", "2026-11-22T23:59:59Z"]]
    assert (items["type"], items["numberMatched"], items["numberReturned"]) == ("FeatureCollection", 6, 6)
    assert feature["geometry"]["type"] == "Polygon"
    assert link(feature, "collection").endswith("/ogc/collections/areas-9901")


async def test_every_path_that_the_definition_names_is_there(compiler: HostedService) -> None:
    await opened(compiler)

    definition = await got(compiler, "/ogc/api")

    (server,) = definition["servers"]
    for path, acts in definition["paths"].items():
        examples = {each["name"]: each["example"] for each in acts["get"]["parameters"]}
        await got(compiler, f"{server['url']}{path.format(**examples)}")


async def test_the_definition_says_how_parameters_are_written(compiler: HostedService) -> None:
    definition = await got(compiler, "/ogc/api")

    asked = definition["paths"]["/collections/{collectionId}/items"]["get"]
    found = {each["name"]: each for each in asked["parameters"]}
    assert found["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}
    assert found["bbox"]["schema"] == {
        "type": "array", "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        "items": {"type": "number"},
    }  # fmt: skip
    assert [(found[name]["style"], found[name]["explode"]) for name in ("limit", "bbox", "datetime")] == [
        ("form", False)
    ] * 3
    assert set(asked["responses"]) == {"200", "400", "404"}


async def test_features_are_told_page_by_page(compiler: HostedService) -> None:
    await opened(compiler)

    seen, address = list[str](), f"{ITEMS}?limit=4"
    while address:
        page = await got(compiler, address)
        seen += [each["id"] for each in page["features"]]
        address = next((each["href"] for each in page["links"] if each["rel"] == "next"), "")

    assert len(seen) == len(set(seen)) == 6
    assert "2026-W47.9901R001" in seen
    last = await got(compiler, ITEMS, limit=4, offset=4)
    assert last["numberReturned"] == 2
    assert link(last, "prev").endswith("limit=4&offset=0")


async def test_the_counts_are_those_of_the_latest_published_version(compiler: HostedService) -> None:
    await opened(compiler)

    found = {each["id"]: each["properties"] for each in (await got(compiler, ITEMS))["features"]}

    assert found[f"2026-W47.{NORRANGEN}"]["reports"] == 4
    assert found[f"2026-W47.{NORRANGEN}"]["version"] == 2
    assert found[f"2026-W46.{CENTRUM}"]["reports"] == 3
    assert found[f"2026-W47.{NORRANGEN}"]["picture"] == "http://testserver/open/9901/2026-W47/v2"
    assert found[f"2026-W47.{HAMNEN}"]["reports"] == 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({"bbox": "13.39,58.91,13.43,58.94"}, {HAMNEN}, id="a box around the harbour"),
        pytest.param({"bbox": "13.39,58.91,0,13.43,58.94,9"}, {HAMNEN}, id="a box with heights"),
        pytest.param({"bbox": "0,0,1,1"}, set(), id="a box in the sea"),
        pytest.param({"bbox": "170,-90,-170,90"}, set(), id="a box over the line of dates"),
        pytest.param(
            {"bbox": "13,58,-170,59"}, {CENTRUM, NORRANGEN, HAMNEN}, id="a box half round the world"
        ),
    ],
)
async def test_a_box_takes_the_areas_that_meet_it(
    compiler: HostedService, asked: dict[str, str], found: set[str]
) -> None:
    await opened(compiler)

    page = await got(compiler, ITEMS, **asked)

    assert {each["properties"]["area"] for each in page["features"]} == found


@pytest.mark.parametrize(
    ("asked", "periods"),
    [
        pytest.param({"datetime": "2026-11-18T12:00:00Z"}, {"2026-W47"}, id="a moment"),
        pytest.param({"datetime": "2026-11-15/2026-11-16"}, {"2026-W46", "2026-W47"}, id="an interval"),
        pytest.param({"datetime": "../2026-11-15T12:00:00Z"}, {"2026-W46"}, id="until"),
        pytest.param({"datetime": "2026-11-16T12:00:00Z/"}, {"2026-W47"}, id="from"),
        pytest.param({"datetime": "2025-01-01"}, set(), id="long ago"),
        pytest.param({"period": "2026-W46"}, {"2026-W46"}, id="a period"),
        pytest.param({"kind": "month"}, set(), id="a kind that nothing has been published of"),
    ],
)
async def test_a_time_takes_the_periods_that_meet_it(
    compiler: HostedService, asked: dict[str, str], periods: set[str]
) -> None:
    await opened(compiler)

    page = await got(compiler, ITEMS, **asked)

    assert {each["properties"]["period"] for each in page["features"]} == periods
    assert page["numberMatched"] == 3 * len(periods)


@pytest.mark.parametrize(
    "asked",
    [
        "limit=0", "limit=many", "offset=-1", "bbox=1,2,3", "bbox=1,9,2,3", "bbox=nan,0,1,1",
        "datetime=yesterday", "datetime=2026-11-20/2026-11-10", "datetime=0001-01-01T00:00:00%2B14:00",
        "datetime=../9999-12-31T23:59:59-12:00", "kind=decade", "colour=red", "f=shapefile",
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_a_bad_request(compiler: HostedService, asked: str) -> None:
    await opened(compiler)

    assert (await compiler.http.get(f"{ITEMS}?{asked}")).status_code == 400


async def test_a_limit_that_is_too_large_is_taken_for_the_largest(compiler: HostedService) -> None:
    await opened(compiler)

    assert link(await got(compiler, ITEMS, limit=5000), "self").endswith("limit=1000&offset=0")


async def test_what_is_not_open_is_not_there(compiler: HostedService) -> None:
    await compiler.hears(set_up(is_open=False), *reports(2))
    await put(compiler, f"{PICTURES}/2026-W47/publication", {})

    assert (await got(compiler, "/ogc/collections"))["collections"] == []
    for address in ("areas-9901", "areas-9901/items", "areas-9901/items/2026-W47.9901R001", "areas", "x"):
        for headers in ({}, seat(Role.COORDINATOR)):
            answer = await compiler.http.get(f"/ogc/collections/{address}", headers=headers)
            assert answer.status_code == 404


async def test_the_features_are_open_to_anyone_and_of_their_own_kind(compiler: HostedService) -> None:
    await opened(compiler)

    answer = await compiler.http.get(ITEMS)
    described = await compiler.http.get("/ogc/api")

    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert described.headers["content-type"].startswith("application/vnd.oai.openapi+json;version=3.0")
    assert described.json()["openapi"] == "3.0.3"
    assert "/collections/{collectionId}/items" in described.json()["paths"]
