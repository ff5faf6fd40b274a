"""From one picture to another: other periods, other areas, and the list of all of them."""

import pytest
from one_signs import one_signs
from picture_visits import (
    READER,
    WEEK_47,
    HiddenFields,
    page_of,
    press,
    reports_in_valboas,
)

from est_chassis.testing import HostedService
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.examples import example_incident
from est_contracts.vocabulary import LocalGroup


async def test_a_week_leads_to_the_longer_periods_that_hold_its_last_day(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler)

    for period in ("2026-W46-W47", "2026-11", "2026-Q4", "2026-T3", "2026-H2", "2026"):
        assert f'href="/pictures/9901/{period}"' in page


async def test_pictures_lead_to_the_fortnight_where_every_other_week_is_reported(
    compiler: HostedService,
) -> None:
    await compiler.hears(one_signs(period_days=14), *(example_incident(number) for number in range(2, 5)))

    answer = await compiler.http.get("/pictures", headers=READER)
    listed = await page_of(compiler, "/pictures/9901")

    assert answer.headers["Location"] == "/pictures/9901/2026-W46-W47"
    assert 'href="/pictures/9901?kind=fortnight#lista" aria-current="page"' in listed


async def test_a_period_that_goes_on_leads_to_the_week_of_today(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    assert 'href="/pictures/9901/2026-W48"' in await page_of(compiler, "/pictures/9901/2026-Q4")


@pytest.mark.parametrize(("period", "counted"), [("2026-11", 12), ("2026-10", 0), ("2026-Q4", 12)])
async def test_every_kind_of_period_counts_its_own_days(
    compiler: HostedService, period: str, counted: int
) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler, f"/pictures/9901/{period}")

    assert (f"{counted} rapporter" in page) is (counted > 0)


async def test_a_picture_of_some_areas_counts_only_what_happened_there(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    await compiler.hears(example_incident(14, area=HAMNEN), example_incident(15, area=CENTRUM))

    both = await page_of(compiler, f"{WEEK_47}?scope={HAMNEN},{CENTRUM}")
    ticked = await page_of(compiler, f"{WEEK_47}?scope={CENTRUM}&scope={HAMNEN}")

    assert "2 rapporter under vecka 47" in both
    assert "2 rapporter under vecka 47" in ticked
    assert "Hamnen, Valboås centrum" in both or "Valboås centrum, Hamnen" in both


async def test_the_areas_that_are_shown_stay_ticked_and_in_every_way_on(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler, f"{WEEK_47}?scope={NORRANGEN}")

    assert f'value="{NORRANGEN}" checked' in page
    assert f'value="{HAMNEN}" checked' not in page
    for period in ("2026-W46", "2026-W48", "2026-11"):
        assert f'href="/pictures/9901/{period}?scope={NORRANGEN}"' in page


@pytest.mark.parametrize("scope", ["9901R999", "no such name", "a" * 70])
async def test_a_part_that_does_not_exist_has_no_picture(compiler: HostedService, scope: str) -> None:
    await reports_in_valboas(compiler)

    answer = await compiler.http.get(f"{WEEK_47}?scope={scope}", headers=READER)

    assert answer.status_code == 422
    assert '<html lang="sv">' in answer.text


async def test_a_picture_of_one_area_is_published_by_itself(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    here = f"?scope={NORRANGEN}"
    fields = HiddenFields(await page_of(compiler, WEEK_47 + here)).fields

    status = await press(compiler, f"{WEEK_47}/publication{here}", fields)

    assert status == 303
    assert "Publicerad, version 1" in await page_of(compiler, WEEK_47 + here)
    assert "Publicerad, version 1" not in await page_of(compiler)


async def test_the_list_says_what_goes_on_of_every_kind(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler, "/pictures/9901")

    for period in ("2026-W48", "2026-W48-W49", "2026-11", "2026-Q4", "2026-T3", "2026-H2", "2026"):
        assert f'href="/pictures/9901/{period}"' in page


async def test_the_list_goes_back_by_the_kind_that_is_chosen(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    october = example_incident(20, happened_at="2026-10-05T12:00:00Z")
    await compiler.hears(october)

    page = await page_of(compiler, "/pictures/9901?kind=month")

    rows = page[page.index('<table class="weeks">') :]
    assert rows.index("/2026-11") < rows.index("/2026-10")
    assert "+11" in rows
    assert "2026-W47" not in rows


async def test_the_list_of_some_areas_counts_only_what_happened_there(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler, f"/pictures/9901?scope={HAMNEN}")

    rows = page[page.index('<table class="weeks">') :]
    assert f"/pictures/9901/2026-W47?scope={HAMNEN}" in rows
    assert ">12<" not in rows


async def test_the_list_says_what_local_groups_have_published(compiler: HostedService) -> None:
    group = LocalGroup(group_id="norra_gruppen", name="Norra gruppen", area_ids=(NORRANGEN,))
    await compiler.hears(
        one_signs(local_groups=(group,)),
        *(example_incident(number) for number in range(2, 14)),
    )
    here = f"{WEEK_47}?scope=norra_gruppen"
    before = await page_of(compiler, "/pictures/9901")

    fields = HiddenFields(await page_of(compiler, here)).fields
    await press(compiler, f"{WEEK_47}/publication?scope=norra_gruppen", fields)

    after = await page_of(compiler, "/pictures/9901")
    assert "Norra gruppen</a> <span" in before.replace("\n", "")
    assert "Inte publicerad" in before
    assert "Inte publicerad" not in after
    assert f'href="{here}"' in after


async def test_a_year_is_held_against_the_year_before_once(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    await compiler.hears(example_incident(20, happened_at="2024-12-30T12:00:00Z"))

    page = await page_of(compiler, "/pictures/9901/2026")

    themes = page.split('id="themes_chart"')[1].split("<thead>")[1].split("</thead>")[0]
    assert themes.count(">2025<") == 1
