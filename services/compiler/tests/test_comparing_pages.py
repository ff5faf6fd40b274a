"""The page where two pictures stand side by side."""

from datetime import UTC, datetime

import pytest
from picture_visits import READER, WEEK_47, HiddenFields, page_of, press, reports_in_valboas

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_compiler.api.comparisons import EXAMPLE, ComparisonAnswer
from est_contracts.example_collaboration import HAMNEN, NORRANGEN
from est_contracts.examples import example_incident

API = "/v1/municipalities/9901/pictures/2026-W47"


def plain(page: str) -> str:
    return page.replace("\N{NO-BREAK SPACE}", " ")


def rows_of(page: str, table: str) -> str:
    return page.split(f'id="{table}"')[1].split("</table>", maxsplit=1)[0].replace("\N{NO-BREAK SPACE}", " ")


async def test_without_anything_named_a_picture_is_held_against_the_period_before(
    compiler: HostedService,
) -> None:
    await reports_in_valboas(compiler)
    await compiler.hears(example_incident(20, happened_at="2026-11-10T12:00:00Z"))

    page = await page_of(compiler, f"{WEEK_47}/compare")

    assert 'href="/pictures/9901/2026-W46"' in page
    assert '<td class="number">12</td><td class="number">1</td><td class="number">+11</td>' in rows_of(
        page, "teman"
    )


async def test_a_week_that_goes_on_is_told_so_far_beside_a_whole_one(
    compiler: HostedService, clock: SetClock
) -> None:
    await reports_in_valboas(compiler)
    await compiler.hears(example_incident(20, happened_at="2026-11-10T12:00:00Z"))

    clock.set(datetime(2026, 11, 21, 12, tzinfo=UTC))
    swedish = plain(await page_of(compiler, f"{WEEK_47}/compare"))

    assert "Vecka 47 hittills</a></h2>" in swedish
    assert "Vecka 47 hittills: 12 rapporter" in swedish
    assert "Vecka 47 pågår: mer kan komma in." in swedish
    whole = plain(await page_of(compiler, "/pictures/9901/2026-W46/compare"))
    assert "hittills" not in whole and "pågår" not in whole
    english = plain(await page_of(compiler, f"{WEEK_47}/compare?language=en"))
    assert "Week 47 so far</a></h2>" in english and "Week 47 goes on: more may come in." in english


async def test_two_areas_of_the_same_period_stand_side_by_side(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    await compiler.hears(example_incident(20, area=HAMNEN, severity=5))

    page = await page_of(compiler, f"{WEEK_47}/compare?scope={NORRANGEN}&with_scope={HAMNEN}")

    assert f'href="{WEEK_47}?scope={HAMNEN}"' in page
    assert '<td class="number">12</td><td class="number">1</td>' in rows_of(page, "teman")
    assert "Hamnen" in page


async def test_two_versions_say_what_came_in_between(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    await press(compiler, f"{WEEK_47}/publication", HiddenFields(await page_of(compiler)).fields)
    await compiler.hears(example_incident(14))
    fields = HiddenFields(await page_of(compiler, f"{WEEK_47}?version=now")).fields
    await press(compiler, f"{WEEK_47}/versions", fields | {"reason": "late_reports"})

    page = await page_of(compiler, f"{WEEK_47}/compare?versions=1,2")

    assert f'href="{WEEK_47}?version=2"' in page
    assert '<td class="number">13</td><td class="number">12</td>' in rows_of(page, "teman")
    assert f'href="{WEEK_47}/compare?versions=1%2C2"' in await page_of(compiler, f"{WEEK_47}/compare")


async def test_what_is_published_is_held_as_it_was_frozen(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    await compiler.hears(example_incident(20, happened_at="2026-11-10T12:00:00Z"))
    await press(compiler, f"{WEEK_47}/publication", HiddenFields(await page_of(compiler)).fields)
    await compiler.hears(example_incident(21, happened_at="2026-11-10T13:00:00Z"), example_incident(22))

    page = await page_of(compiler, f"{WEEK_47}/compare")
    now = await page_of(compiler, f"{WEEK_47}/compare?with_version=now")

    assert '<td class="number">12</td><td class="number">2</td>' in rows_of(page, "teman")
    assert "Publicerad, version 1" in page
    assert '<td class="number">12</td><td class="number">13</td>' in rows_of(now, "teman")
    assert "version 1" in now and "det som är känt nu" in plain(now).lower()


async def test_programs_are_told_the_same_comparison(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    await press(compiler, f"{WEEK_47}/publication", HiddenFields(await page_of(compiler)).fields)
    await compiler.hears(example_incident(14))

    asked = {"with_version": "now"}
    answer = await compiler.http.get(f"{API}/comparisons", params=asked, headers=READER)
    refused = await compiler.http.get(f"{API}/comparisons", params={"with": "2026-W54"}, headers=READER)

    told = answer.json()
    assert ComparisonAnswer.model_validate(EXAMPLE).model_dump().keys() == told.keys()
    assert (told["total"]["one"]["reports"], told["total"]["other"]["reports"]) == (12, 13)
    assert (told["one"]["standing"], told["one"]["version"]) == ("published", 1)
    assert (told["other"]["standing"], told["other"]["version"]) == ("draft", None)
    assert {each["key"]: each["mark"] for each in told["first"]}["headline"] == "changed"
    assert refused.status_code == 422


async def test_what_was_known_then_is_held_against_what_is_known_now(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler, f"{WEEK_47}/compare?known_at=2026-11-20T22:05:16")

    assert '<td class="number">12</td><td class="number">3</td>' in rows_of(page, "teman")
    assert "det som är känt nu" in page.lower()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("with=2026-W54", 422),
        ("with_scope=9901R999", 422),
        ("versions=1,7", 404),
        ("versions=1", 404),
        ("versions=x,y", 404),
        ("as_of=2026", 422),
    ],
)
async def test_what_is_not_there_cannot_be_compared(compiler: HostedService, asked: str, status: int) -> None:
    await reports_in_valboas(compiler)

    answer = await compiler.http.get(f"{WEEK_47}/compare?{asked}", headers=READER)

    assert answer.status_code == status


async def test_the_comparison_is_read_in_english(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler, f"{WEEK_47}/compare?with=2025-W47", {**READER, "Accept-Language": "en"})

    for words in ("Comparison", "Themes", "In all", "Difference", "Compare areas"):
        assert words in page
    for words in ("Jämför", "Skillnad", "Omdöme", "Teman"):
        assert words not in page
