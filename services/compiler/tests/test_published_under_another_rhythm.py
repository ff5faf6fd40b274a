"""What has been published stays readable under its name, with its days, whatever the set-up is today."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from picture_visits import COORDINATOR, page_of
from valboas_coordinators import SAMORDNAREN, AtTheDoor

from est_chassis.testing import HostedService
from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.examples import example_id, example_incident, example_of
from est_contracts.messages import CollaborationSetUp, Recorded
from est_contracts.vocabulary import Area, ChosenTemplate, Party, PeriodKind

FORTNIGHT, WEEK = "2026-W46-W47", "2026-W47"
PICTURES = "/v1/municipalities/9901/pictures"
A_MONDAY = date(2018, 1, 1)
#: Week 47 is due on Wednesday the 25th.
BEGUN, CHANGED = datetime(2026, 11, 2, 8, tzinfo=UTC), datetime(2026, 11, 26, 7, tzinfo=UTC)


def set_up(*, version: int, **changes: Any) -> CollaborationSetUp:
    of_one = {"signed_by": (Party.MUNICIPALITY,), "public_pictures": True}
    document = example_collaboration().model_copy(update=of_one | changes)
    return example_of(CollaborationSetUp, position=100 * version, version=version, document=document)


async def publish(compiler: HostedService, period: str, *, compilation: str = "compilation") -> AtTheDoor:
    """Compiled, signed and published, with twelve reports from Wednesday in week 47."""
    samordnaren = AtTheDoor(compiler, SAMORDNAREN)
    at = f"{PICTURES}/{period}/{compilation}"
    await samordnaren.does(at)
    assert (await samordnaren.signs(at=at)).status_code == 200
    await samordnaren.does(f"{PICTURES}/{period}/publication", {})
    return samordnaren


async def every_other_week(compiler: HostedService) -> AtTheDoor:
    """A fortnight is published; then the fortnights begin a week later than they did."""
    await compiler.hears(
        set_up(version=1, period_days=14), *(example_incident(number) for number in range(102, 114))
    )
    samordnaren = await publish(compiler, FORTNIGHT)
    later = A_MONDAY + timedelta(days=7)
    await compiler.hears(set_up(version=2, period_days=14, periods_begin_on=later))
    return samordnaren


async def weeks_from_wednesday(compiler: HostedService) -> AtTheDoor:
    """A week from Monday is published; then the weeks begin on Wednesdays."""
    await compiler.hears(set_up(version=1), *(example_incident(number) for number in range(102, 114)))
    samordnaren = await publish(compiler, WEEK)
    await compiler.hears(set_up(version=2, periods_begin_on=A_MONDAY + timedelta(days=2)))
    return samordnaren


@pytest.mark.parametrize(
    "address",
    [
        "/pictures/9901/{period}",
        "/pictures/9901/{period}?version=1",
        "/pictures/9901/{period}?version=now",
        "/pictures/9901/{period}?as_of=110",
        "/pictures/9901/{period}/compare",
        "/pictures/9901/{period}/compile",
        "/v1/municipalities/9901/pictures/{period}",
        "/v1/municipalities/9901/pictures/{period}/versions",
        "/v1/municipalities/9901/pictures/{period}/versions/1",
        "/v1/municipalities/9901/pictures/{period}/compilation",
        "/v1/municipalities/9901/pictures/{period}/editions/internal.json",
        "/v1/municipalities/9901/pictures/{period}/editions/general.csv?version=now",
        "/open/9901/{period}/v1",
        "/open/9901/{period}/v1.json",
    ],
)
async def test_every_way_to_a_published_picture_stays_open(compiler: HostedService, address: str) -> None:
    await every_other_week(compiler)

    answer = await compiler.http.get(address.format(period=FORTNIGHT), headers=COORDINATOR)

    assert answer.status_code == 200, answer.text


async def test_a_name_that_means_other_days_today_shows_the_days_it_was_published_with(
    compiler: HostedService,
) -> None:
    samordnaren = await weeks_from_wednesday(compiler)

    drawn = (await samordnaren.reads(f"{PICTURES}/{WEEK}"))["picture"]
    unpublished = (await samordnaren.reads(f"{PICTURES}/2026-W46"))["picture"]

    assert (drawn["first_day"], drawn["last_day"]) == ("2026-11-16", "2026-11-22")
    assert (unpublished["first_day"], unpublished["last_day"]) == ("2026-11-11", "2026-11-17")
    assert "16–22\N{NO-BREAK SPACE}nov" in await page_of(compiler)


async def test_it_is_corrected_with_the_days_it_was_published_with(compiler: HostedService) -> None:
    samordnaren = await weeks_from_wednesday(compiler)
    await compiler.hears(example_incident(210, happened_at="2026-11-16T12:00:00Z"))
    at = f"{PICTURES}/{WEEK}/compilation"
    await samordnaren.does(f"{at}/level", {"level": "green", "revision": 0})
    assert (await samordnaren.signs(at=at)).status_code == 200

    corrected = await samordnaren.does(f"{PICTURES}/{WEEK}/versions/2", {"reason": "late_reports"})

    assert (corrected["frame"]["first_day"], corrected["frame"]["last_day"]) == ("2026-11-16", "2026-11-22")
    assert corrected["reports"] == 13


async def test_the_list_has_what_was_published_between_the_periods_of_today(compiler: HostedService) -> None:
    await every_other_week(compiler)

    page = await page_of(compiler, "/pictures/9901?kind=fortnight")

    rows = page[page.index('<table class="weeks">') :]
    assert f"/pictures/9901/{FORTNIGHT}" in rows and "/pictures/9901/2026-W47-W48" in rows
    assert "Version 1" in rows


async def test_the_ways_on_lead_to_periods_that_there_are(compiler: HostedService) -> None:
    await every_other_week(compiler)

    page = await page_of(compiler, f"/pictures/9901/{FORTNIGHT}")

    assert 'href="/pictures/9901/2026-W45-W46"' in page and 'href="/pictures/9901/2026-W47-W48"' in page
    for period in ("2026-W45-W46", "2026-W47-W48"):
        assert (await compiler.http.get(f"/pictures/9901/{period}", headers=COORDINATOR)).status_code == 200


async def test_what_came_in_late_for_it_is_told_in_the_next_picture(compiler: HostedService) -> None:
    samordnaren = await every_other_week(compiler)
    await compiler.hears(example_incident(210, happened_at="2026-11-10T12:00:00Z"))

    late = (await samordnaren.reads(f"{PICTURES}/2026-W47-W48"))["late"]

    assert late == [{"period": FORTNIGHT, "reports": 1}]


async def test_a_fortnight_of_neither_rhythm_does_not_exist(compiler: HostedService) -> None:
    await every_other_week(compiler)

    answer = await compiler.http.get("/pictures/9901/2026-W44-W45", headers=COORDINATOR)

    assert answer.status_code == 422


async def laid_out_otherwise(compiler: HostedService) -> AtTheDoor:
    """Since week 47 was due its template is another, one party signs alone, and an area has gone."""
    before = set_up(version=1, signed_by=(Party.MUNICIPALITY, Party.POLICE))
    areas = tuple(each for each in before.document.areas if each.area_id != NORRANGEN)
    after = set_up(
        version=2,
        areas=(*areas, Area(area_id="9901R009", name="Strandängen")),
        templates=(ChosenTemplate(kind=PeriodKind.WEEK, template="boras_weekly"),),
        local_groups=(),
        functions=tuple(each.model_copy(update={"area_ids": ()}) for each in before.document.functions),
    )
    told = [
        each.model_copy(
            update={
                "recorded": Recorded(
                    message_id=f"{example_id('set-up')}:{each.version}",
                    position=each.recorded.position,
                    recorded_at=at,
                )
            }
        )
        for each, at in ((before, BEGUN), (after, CHANGED))
    ]
    await compiler.hears(*told, *(example_incident(number) for number in range(202, 214)))
    return AtTheDoor(compiler, SAMORDNAREN)


async def test_what_nobody_compiled_is_published_as_its_draft_is_laid_out(compiler: HostedService) -> None:
    samordnaren = await laid_out_otherwise(compiler)
    internal = f"{PICTURES}/{WEEK}/editions/internal.json"

    draft = await samordnaren.reads(internal)
    await samordnaren.does(f"{PICTURES}/{WEEK}/publication", {})
    published = await samordnaren.reads(internal)

    assert (draft["template"], published["template"]) == ("developed_weekly", "developed_weekly")
    assert published["stated"]["standing"] == "published"
    assert "municipality" in waiting_for(draft) and "police" not in waiting_for(draft)


async def test_what_nobody_compiled_is_published_with_the_areas_of_its_draft(compiler: HostedService) -> None:
    samordnaren = await laid_out_otherwise(compiler)
    on_the_map = f"{PICTURES}/{WEEK}/editions/general.geojson"

    draft = await samordnaren.reads(on_the_map)
    await samordnaren.does(f"{PICTURES}/{WEEK}/publication", {})
    published = await samordnaren.reads(on_the_map)

    assert NORRANGEN in {each["id"] for each in draft["features"] if each["geometry"]}
    assert published["features"] == draft["features"]


def waiting_for(edition: dict[str, Any]) -> str:
    """The line that says who is to sign."""
    [said] = [
        each["words"]["en"]
        for each in edition["blocks"]
        if each["block"] == "paragraph" and "to be signed by" in str(each["words"])
    ]
    return str(said)
