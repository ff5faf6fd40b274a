"""The editions of a picture on its page, and the ways from it to what is behind."""

import pytest
from picture_visits import (
    COORDINATOR,
    READER,
    WEEK_47,
    HiddenFields,
    page_of,
    press,
    reports_in_valboas,
)

from est_chassis.testing import HostedService
from est_contracts.example_collaboration import HAMNEN
from est_contracts.examples import example_incident, example_of
from est_contracts.messages import ProblemFlagged
from est_contracts.vocabulary import EDITION_WORDS, Edition


@pytest.mark.parametrize("edition", sorted(set(Edition) - {Edition.INTERNAL}))
async def test_each_edition_is_read_on_the_page_and_published_from_none_of_them(
    compiler: HostedService, edition: Edition
) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler, f"{WEEK_47}?edition={edition}")

    assert f'<span class="badge badge-neutral">{EDITION_WORDS[edition].sv}</span>' in page
    assert "12 rapporter" in page
    assert 'id="publicera"' not in page


async def test_the_general_edition_does_not_show_what_could_point_to_somebody(
    compiler: HostedService,
) -> None:
    await reports_in_valboas(compiler)
    await compiler.hears(example_incident(20, area=HAMNEN))

    page = await page_of(compiler, f"{WEEK_47}?edition=general")

    assert "färre än 3" in page
    assert "Det kan vara lugnt där, eller tyst." not in page
    assert "/inbox?" not in page


async def test_the_duty_officer_can_tap_the_telephone_of_whoever_stands_by(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler, f"{WEEK_47}?edition=duty_officer")
    general = await page_of(compiler, f"{WEEK_47}?edition=general")

    assert '<a class="call" href="tel:0846500401">08-465 004 01</a>' in page
    assert "tel:" not in general


async def test_the_plain_text_stands_ready_to_be_copied(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler, f"{WEEK_47}?edition=plain_text")

    assert 'data-copy="ren-text"' in page
    assert "Valboås, vecka 47 (2026-11-16 – 2026-11-22)" in page.split('<pre class="plain-text"')[1]


async def test_a_file_is_of_the_version_that_is_read(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    await press(compiler, f"{WEEK_47}/publication", HiddenFields(await page_of(compiler)).fields)

    page = await page_of(compiler)
    now = await page_of(compiler, f"{WEEK_47}?version=now")
    then = await page_of(compiler, f"{WEEK_47}?as_of=5")

    address = "/v1/municipalities/9901/pictures/2026-W47/editions/general.csv?"
    assert f'href="{address}version=1"' in page
    assert f'href="{address}version=now"' in now
    assert f'href="{address}as_of=5"' in then


async def test_a_sentence_leads_to_the_reports_behind_it(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    coordinators = await page_of(compiler, headers=COORDINATOR)
    readers = await page_of(compiler, headers=READER)

    assert 'href="/inbox?period=2026-11-16/2026-11-22&amp;theme=vandalism' in coordinators
    assert "/inbox?" not in readers


async def test_a_problem_leads_to_its_own_page(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    flagged = example_of(ProblemFlagged, position=60)
    await compiler.hears(flagged)

    assert f'href="/problems/{flagged.problem_id}"' in await page_of(compiler)
    assert f'href="/problems/{flagged.problem_id}"' not in await page_of(compiler, headers=READER)


async def test_the_numbers_come_before_sections_that_nobody_has_written_in(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler)

    assert page.index('id="numbers"') < page.index("Operativa mål")


async def test_a_marked_text_stays_text(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    answer = await compiler.http.get(f"{WEEK_47}?known_at=<script>", headers=READER)

    assert answer.status_code == 422
    assert "<script>" not in answer.text.split("<main")[1]


async def test_an_edition_that_does_not_exist_is_refused(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    assert (await compiler.http.get(f"{WEEK_47}?edition=secret", headers=READER)).status_code in {404, 422}
