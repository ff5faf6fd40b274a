"""What anyone may read of a municipality that has opened its pictures, and of one that has not."""

import csv
from io import StringIO
from xml.etree import ElementTree

import pytest
from opened_pictures import opened, reports, set_up
from test_pictures_api import COORDINATOR, PICTURES, put

from est_chassis.testing import HostedService
from est_compiler.questions import open_pictures
from est_contracts.example_collaboration import CENTRUM
from est_contracts.examples import example_incident
from est_contracts.vocabulary import Theme

WEEK = "/open/9901/2026-W47"


async def read(compiler: HostedService, address: str) -> str:
    answer = await compiler.http.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_anyone_finds_the_pictures_without_an_account(compiler: HostedService) -> None:
    await opened(compiler)

    assert 'href="/open/9901"' in await read(compiler, "/open")
    listed = await read(compiler, "/open/9901")
    picture = await read(compiler, f"{WEEK}/v2")

    assert f'href="{WEEK}/v2"' in listed
    assert 'href="/open/9901/2026-W46/v1"' in listed
    assert f'href="{WEEK}/v1"' not in listed
    assert "7 rapporter under vecka 47" in picture
    assert "Så är siffrorna gjorda" in listed


async def test_a_search_engine_may_find_what_is_open_and_nothing_else(compiler: HostedService) -> None:
    await opened(compiler)

    assert "noindex" not in await read(compiler, "/open/9901")
    inside = await compiler.http.get("/pictures/9901/2026-W47", headers=COORDINATOR)
    assert "noindex" in inside.text


async def test_an_earlier_version_stays_where_it_was_and_points_at_the_later_one(
    compiler: HostedService,
) -> None:
    await opened(compiler)

    first, second = await read(compiler, f"{WEEK}/v1"), await read(compiler, f"{WEEK}/v2")

    assert f'href="{WEEK}/v2"' in first
    assert "Det finns en senare version" in first
    assert "Det finns en senare version" not in second
    assert "rättad: sena inrapporteringar" in second


@pytest.mark.parametrize(
    "address",
    ["/open/9901", f"{WEEK}/v1", f"{WEEK}/v1.csv", "/open/9901/feed.xml", "/open/9901/totals.csv"],
)
async def test_what_is_not_open_is_not_there_for_anyone(compiler: HostedService, address: str) -> None:
    await compiler.hears(set_up(is_open=False), *reports(2))
    await put(compiler, f"{PICTURES}/2026-W47/publication", {})

    assert (await compiler.http.get(address)).status_code == 404
    assert (await compiler.http.get(address, headers=COORDINATOR)).status_code == 404


async def test_a_picture_published_before_the_opening_stays_closed(compiler: HostedService) -> None:
    await compiler.hears(set_up(is_open=False), *reports(2))
    await put(compiler, f"{PICTURES}/2026-W47/publication", {})
    await compiler.hears(set_up(20))

    assert (await compiler.http.get(f"{WEEK}/v1")).status_code == 404
    assert (await compiler.http.get("/open/9901")).status_code == 200


async def test_a_municipality_that_closes_its_pictures_closes_all_of_them(compiler: HostedService) -> None:
    await opened(compiler)
    await compiler.hears(set_up(40, is_open=False))

    assert (await compiler.http.get(f"{WEEK}/v1")).status_code == 404
    assert (await compiler.http.get("/open/9901")).status_code == 404


@pytest.mark.parametrize("version", ["v9", "v0", "1", "v1.docx", "v1.", "latest"])
async def test_versions_that_do_not_exist_are_not_found(compiler: HostedService, version: str) -> None:
    await opened(compiler)

    assert (await compiler.http.get(f"{WEEK}/{version}")).status_code == 404


async def test_a_version_stays_where_it_is_however_many_come_after_it(
    compiler: HostedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(compiler)
    monkeypatch.setattr(open_pictures, "MOST_LISTED", 1)

    assert "vecka 46" in await read(compiler, "/open/9901/2026-W46/v1")
    assert "Det finns en senare version" in await read(compiler, f"{WEEK}/v1")


async def test_an_unpublished_week_is_nobodys_to_read(compiler: HostedService) -> None:
    await opened(compiler)

    assert (await compiler.http.get("/open/9901/2026-W45/v1")).status_code == 404


async def test_small_numbers_are_in_none_of_the_open_files(compiler: HostedService) -> None:
    fire = example_incident(30, area=CENTRUM, theme=Theme.FIRE, severity=5)
    await compiler.hears(set_up(), *reports(2), fire)
    await put(compiler, f"{PICTURES}/2026-W47/publication", {})

    table = (await compiler.http.get(f"{WEEK}/v1.csv")).text
    rows = list(csv.DictReader(StringIO(table.removeprefix("\ufeff")), delimiter=";"))

    told = {row["row"]: (row["value"], row["hidden"]) for row in rows
            if (row["block"], row["column"]) == ("themes", "now")}  # fmt: skip
    assert told["fire"] == ("", "fewer_than_3")
    assert told["vandalism"] == ("", "kept_back")
    assert "Två" not in table
    for form in ("json", "txt", "geojson"):
        assert (await compiler.http.get(f"{WEEK}/v1.{form}")).status_code == 200


async def test_the_feed_tells_every_version_under_its_own_address(compiler: HostedService) -> None:
    await opened(compiler)

    answer = await compiler.http.get("/open/9901/feed.xml")

    assert answer.headers["content-type"] == "application/rss+xml; charset=utf-8"
    channel = ElementTree.fromstring(answer.content).find("channel")
    assert channel is not None
    assert channel.findtext("title") == "Lägesbilder Valboås"
    entries = {each.findtext("guid"): each.findtext("title") for each in channel.findall("item")}
    assert entries == {
        "/open/9901/2026-W47/v2": "Valboås, vecka 47 (version 2)",
        "/open/9901/2026-W47/v1": "Valboås, vecka 47",
        "/open/9901/2026-W46/v1": "Valboås, vecka 46",
    }
    assert all(each.findtext("pubDate") for each in channel.findall("item"))
    told = {each.findtext("guid"): each.findtext("description") or "" for each in channel.findall("item")}
    assert "under vecka 46. " in told["/open/9901/2026-W46/v1"]


async def test_the_totals_of_all_pictures_are_one_table(compiler: HostedService) -> None:
    await opened(compiler)

    table = (await compiler.http.get("/open/9901/totals.csv")).text
    rows = list(csv.DictReader(StringIO(table.removeprefix("\ufeff")), delimiter=";"))

    assert [(row["period"], row["version"], row["reports"], row["link"]) for row in rows] == [
        ("2026-W47", "2", "7", "/open/9901/2026-W47/v2"),
        ("2026-W46", "1", "7", "/open/9901/2026-W46/v1"),
    ]


async def test_what_nobodys_name_stands_on_may_be_kept_on_the_way(compiler: HostedService) -> None:
    await opened(compiler)

    page = await compiler.http.get("/open/9901")
    with_a_name = await compiler.http.get("/open/9901", headers=COORDINATOR)
    table = await compiler.http.get(f"{WEEK}/v1.csv")

    assert page.headers["cache-control"] == "public, max-age=300"
    assert with_a_name.headers["cache-control"] == "no-store"
    assert table.headers["cache-control"] == "public, max-age=300"
    assert table.headers["access-control-allow-origin"] == "*"


async def test_the_door_is_not_opened_any_number_of_times(compiler: HostedService) -> None:
    await opened(compiler)

    answers = [(await compiler.http.get("/open/9901/totals.csv")).status_code for _ in range(302)]

    assert answers[:300] == [200] * 300
    assert answers[-1] == 429
    assert (await compiler.http.get("/ogc")).status_code == 429


@pytest.mark.parametrize("written", ["2026-11", "2026-W47?scope=9901R001"])
async def test_what_could_be_subtracted_from_an_open_picture_is_never_opened(
    compiler: HostedService, written: str
) -> None:
    await opened(compiler)
    period, _, scope = written.partition("?")
    made = await put(compiler, f"{PICTURES}/{period}/publication{'?' + scope if scope else ''}", {})
    assert made.status_code == 201, made.text

    answer = await compiler.http.get(f"/open/9901/{period}/v1{'?' + scope if scope else ''}")

    assert answer.status_code == 404
