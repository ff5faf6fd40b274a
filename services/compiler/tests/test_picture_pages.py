"""What people see of a week, and the buttons that publish it."""

from datetime import timedelta

import pytest
from operators_key import OPERATOR
from picture_visits import (
    COORDINATOR,
    READER,
    WEEK_47,
    HiddenFields,
    page_of,
    press,
    reports_in_valboas,
)

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_chassis.web.languages import Language
from est_compiler.pages.reading.shown import days_of
from est_contracts.examples import example_incident, example_of
from est_contracts.messages import ProblemConfirmed, ProblemFlagged
from est_contracts.vocabulary import PictureCalendar


async def test_the_page_begins_with_the_headline_and_its_sentences(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler)

    assert "<h1>12 rapporter under vecka 47, men bara 1 av 5 väntade svar har kommit in</h1>" in page
    assert "Skadegörelse 12; flest i Norrängen (12)." in page
    assert "16–22 nov" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert page.index("Skadegörelse 12") < page.index("<svg xmlns")


async def test_the_page_shows_each_chart_with_its_table(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler)

    for chart in ("themes_chart", "severities_chart", "map", "hours_chart", "weeks_chart"):
        assert f'id="{chart}"' in page
    assert page.count("Visa siffrorna") == 5


async def test_what_nobody_has_judged_is_not_called_harmless(compiler: HostedService) -> None:
    await compiler.hears(example_incident(1, municipality="1280", area=None, severity=None))

    page = await page_of(compiler, "/pictures/1280/2026-W47", headers=OPERATOR)

    assert "ingen rapport är bedömd" in page
    assert 'id="severities_chart"' not in page
    assert 'id="table-areas_by_theme"' not in page


async def test_organisations_that_are_silent_are_named_on_the_page(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    assert "Polisen i Valboås och Valboåsbostäder" in " ".join((await page_of(compiler)).split())


async def test_a_coordinator_publishes_what_was_on_the_page(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    fields = HiddenFields(await page_of(compiler)).fields
    await compiler.hears(example_incident(14))

    status = await press(compiler, f"{WEEK_47}/publication", fields | {"sentences": "total"})

    page = await page_of(compiler, headers=READER)
    assert status == 303
    assert "Publicerad, version 1" in page
    assert "Brottsförebyggande samordnare" in page
    assert "12 rapporter." in page
    assert "1 rapport har kommit in om perioden sedan dess." in page
    assert "Publicera lägesbilden" not in page


async def test_a_problem_told_of_after_the_last_report_is_published_with_the_page(
    compiler: HostedService,
) -> None:
    await reports_in_valboas(compiler)
    await compiler.hears(example_of(ProblemFlagged, position=60))
    fields = HiddenFields(await page_of(compiler)).fields
    await compiler.hears(example_of(ProblemConfirmed, position=61))

    status = await press(compiler, f"{WEEK_47}/publication", fields)

    assert (status, fields["made_from_analysis"]) == (303, "60")


async def test_a_correction_is_made_on_the_page_and_the_old_version_stays(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    await press(compiler, f"{WEEK_47}/publication", HiddenFields(await page_of(compiler)).fields)
    await compiler.hears(example_incident(14))
    fields = HiddenFields(await page_of(compiler, f"{WEEK_47}?version=now")).fields

    status = await press(compiler, f"{WEEK_47}/versions", fields | {"reason": "late_reports"})

    assert status == 303
    assert "rättad: sena inrapporteringar" in await page_of(compiler)
    assert "Det finns en senare version" in await page_of(compiler, f"{WEEK_47}?version=1")


async def test_pressing_the_button_twice_publishes_once(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    fields = HiddenFields(await page_of(compiler)).fields

    statuses = [await press(compiler, f"{WEEK_47}/publication", fields) for _ in range(2)]

    assert statuses == [303, 409]


@pytest.mark.parametrize("changed", [{"made_from": "x"}, {"made_from": "9" * 40}, {"made_from": ""}])
async def test_a_form_that_was_tampered_with_publishes_nothing(
    compiler: HostedService, changed: dict[str, str]
) -> None:
    await reports_in_valboas(compiler)
    fields = HiddenFields(await page_of(compiler)).fields

    assert await press(compiler, f"{WEEK_47}/publication", fields | changed) == 404
    assert await compiler.tells() == []


async def test_readers_see_no_buttons_to_publish(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    assert '<form method="post" action="/pictures' not in await page_of(compiler, headers=READER)


async def test_a_page_shows_what_was_known_then(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    # The reports are recorded at 21.05 and some seconds in UTC: five past ten in the evening in Sweden.
    page = await page_of(compiler, f"{WEEK_47}?known_at=2026-11-20T22:05:16")

    assert "Så som det var känt" in page
    assert "<h1>Vecka 47 hittills: 3 rapporter</h1>" in page


async def test_a_week_before_everything_says_so(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    page = await page_of(compiler, "/pictures/9901/2023-W10")

    assert "<h1>Inga uppgifter om vecka 10</h1>" in page
    assert "Publicera" not in page


async def test_the_list_of_periods_says_what_has_been_published(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    await press(compiler, f"{WEEK_47}/publication", HiddenFields(await page_of(compiler)).fields)

    page = await page_of(compiler, "/pictures/9901")

    assert 'href="/pictures/9901/2026-W47"' in page
    assert "Version 1" in page


async def test_pictures_lead_to_the_newest_week_with_reports(
    compiler: HostedService, clock: SetClock
) -> None:
    await reports_in_valboas(compiler)
    clock.advance(timedelta(weeks=2))

    answer = await compiler.http.get("/pictures", headers=READER)

    assert (answer.status_code, answer.headers["Location"]) == (303, WEEK_47)


async def test_an_operator_chooses_a_municipality_first(compiler: HostedService) -> None:
    await compiler.hears(example_incident(1, municipality="1280", area=None))

    page = await page_of(compiler, "/pictures", headers=OPERATOR)

    assert '<a href="/pictures/1280">Malmö</a>' in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/pictures/1280/2026-W47", 404),
        ("/pictures/9901/2026-W54", 422),
        ("/pictures/9901?until=vecka", 422),
        (f"{WEEK_47}?version=7", 404),
        (f"{WEEK_47}?as_of=2026", 422),
        (f"{WEEK_47}?known_at=igår", 422),
    ],
)
async def test_what_is_not_there_is_a_swedish_page(compiler: HostedService, path: str, status: int) -> None:
    await reports_in_valboas(compiler)
    await press(compiler, f"{WEEK_47}/publication", HiddenFields(await page_of(compiler)).fields)

    answer = await compiler.http.get(path, headers=READER)

    assert answer.status_code == status
    assert '<html lang="sv">' in answer.text


async def test_the_same_picture_is_read_in_english_with_the_same_fingerprint(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    swedish = await page_of(compiler)
    english = await page_of(compiler, headers={**COORDINATOR, "Accept-Language": "en"})

    assert '<html lang="en">' in english
    for words in ("What has been reported?", "When has it happened?", "Publish", "Saturday", "Show"):
        assert words in english
    for words in ("Vad har rapporterats?", "lördag", "Publicera", "rapporter", "Visa", "Inget"):
        assert words in swedish
        assert words not in english
    assert HiddenFields(swedish).fields == HiddenFields(english).fields
    frozen = HiddenFields(english).fields
    assert await press(compiler, f"{WEEK_47}/publication", frozen) == 303
    again = await page_of(compiler, headers={**READER, "Accept-Language": "en"})
    assert "Published, version 1" in again
    assert frozen["fingerprint"] in again


async def test_the_list_of_periods_is_read_in_english(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    english = await page_of(compiler, "/pictures/9901", {**READER, "Accept-Language": "en"})

    assert "All pictures" in english
    assert "Reports by week" in english
    assert "16–22\N{NO-BREAK SPACE}Nov 2026" in english


def test_days_are_written_as_short_as_they_are_clear() -> None:
    def written(number: int, language: Language) -> str:
        return days_of(PictureCalendar().parse(f"2026-W{number}"), language=language).replace(
            "\N{NO-BREAK SPACE}", " "
        )

    swedish, english = ([written(number, language) for number in (47, 44, 53)] for language in Language)
    assert swedish == ["16–22 nov 2026", "26 okt–1 nov 2026", "28 dec 2026–3 jan 2027"]
    assert english == ["16–22 Nov 2026", "26 Oct–1 Nov 2026", "28 Dec 2026–3 Jan 2027"]


async def test_the_page_says_what_has_changed_since_the_picture_before_was_published(
    compiler: HostedService,
) -> None:
    await reports_in_valboas(compiler)
    await press(compiler, f"{WEEK_47}/publication", HiddenFields(await page_of(compiler)).fields)
    next_week = "/pictures/9901/2026-W48"
    before = await page_of(compiler, next_week)

    await compiler.hears(example_of(ProblemFlagged, position=60))

    after = await page_of(compiler, next_week)
    assert "Sedan förra lägesbilden" not in before
    assert "Föreslaget som problem" in after.split("Sedan förra lägesbilden")[1].split("</section>")[0]
