"""The duty officer's page and the page of distributions, as they are served."""

import re

import pytest
from duty_room import (
    COORDINATOR,
    NEIGHBOUR,
    REPORTER,
    SUBSTITUTE,
    TIB,
    DutyRoom,
    Tell,
    alert_id,
    correction,
    duty_room,
    flagged_problem,
    grave_incident,
    incident,
    published_picture,
    reinstatement,
    withdrawal,
)

from est_chassis.testing import FreshDatabase
from est_contracts.example_collaboration import CENTRUM, HAMNEN, example_collaboration
from est_contracts.examples import example_of
from est_contracts.messages import Message
from est_contracts.vocabulary import Level, Tense, Theme
from est_notifier.domain.alerts import AlertState
from est_notifier.domain.distributions import LetterState
from est_notifier.read_models.live_entries import SHOWN_MESSAGES

HTMX = {"HX-Request": "true"}
IN_ENGLISH = {"Accept-Language": "en"}


async def test_the_page_shows_alerts_first_and_everything_by_its_name(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(incident(1, theme=Theme.GATHERING, tense=Tense.EXPECTED), withdrawal(1))
        await room.hears(published_picture(), flagged_problem(weeks_ago=9))
        await room.hears(grave_incident(2, theme=Theme.FIRE, area=HAMNEN))
        await room.until_alert(2, is_in=AlertState.OPEN)
        shown = (await room.hosted.http.get("/live", headers=TIB)).text

    for words in (
        "Väntas: Samlingsplats i Norrängen",
        "En rapport är återtagen",
        "Lägesbilden för vecka\N{NO-BREAK SPACE}47, 2026 är publicerad",
        "kommer tillbaka",
        "Brand i Hamnen",
        "Tjänsteman i beredskap",
    ):
        assert words in shown
    assert shown.index("Kvittera") < shown.index("Det senaste")


async def test_a_turn_in_whether_a_report_counts_says_which_report_it_is_about(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(incident(1, theme=Theme.GATHERING), incident(2, theme=Theme.FIRE))
        await room.hosted.settled()
        await room.hears(correction(1, theme=Theme.VANDALISM, area=HAMNEN))
        await room.hosted.settled()
        await room.hears(withdrawal(1), withdrawal(2), reinstatement(2))
        await room.hosted.settled()
        told_as_it_came = await turns_told(room)
        # Now all of it comes at once.
        async for _progress in room.service.rebuild(["live_entries_v4"]):
            continue
        told_at_once = await turns_told(room)

    assert told_as_it_came == told_at_once
    assert told_at_once == {
        "Skadegörelse i Hamnen, hände": 1,
        "Brand i Norrängen, hände": 2,
        "Vandalism in Hamnen, happened on": 1,
        "Fire in Norrängen, happened on": 2,
    }


async def turns_told(room: DutyRoom) -> dict[str, int]:
    """How often the page says what a turn was about, in either language."""
    swedish = (await room.hosted.http.get("/live", headers=TIB)).text
    english = (await room.hosted.http.get("/live", headers=TIB | IN_ENGLISH)).text
    told = re.findall(r"<p>([^<]* in? [^<]*, (?:hände|happened on)) ", swedish + english)
    return {words: told.count(words) for words in told}


async def test_a_published_picture_is_shown_with_its_place_its_level_and_a_way_to_it(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(published_picture(scope=HAMNEN, areas=(HAMNEN,), level=Level.ORANGE))
        await room.hosted.settled()
        shown = (await room.hosted.http.get("/live", headers=TIB)).text
        sent = (await room.hosted.http.get("/distributions", headers=COORDINATOR)).text

    assert f'href="/pictures/9901/2026-W47?scope={HAMNEN}"' in shown
    for page in (shown, sent):
        assert "vecka\N{NO-BREAK SPACE}47, 2026, Hamnen" in page
        assert "Orange: ansträngt läge" in page


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_everything_that_is_shown_has_a_line_of_its_own(
    database: FreshDatabase, nats_url: str, language: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(*(told_now(kind) for kind in SHOWN_MESSAGES))
        await room.hosted.settled()
        page = await room.hosted.http.get("/live", headers=TIB | {"Accept-Language": language})

    lines = re.findall(r'<li id="line-(?!notifier)[^"]*".*?</li>', page.text, re.DOTALL)
    assert page.status_code == 200
    assert len(lines) == len(SHOWN_MESSAGES)
    assert all("timeline-title" in line for line in lines)


def told_now(kind: type[Message]) -> Tell:
    return lambda places: example_of(kind, recorded=places.recorded(kind.SERVICE))


async def test_the_page_is_read_in_english_down_to_the_live_lines(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(incident(1, theme=Theme.GATHERING, tense=Tense.EXPECTED), withdrawal(1))
        await room.hears(published_picture(), flagged_problem(weeks_ago=9))
        await room.hears(grave_incident(2, theme=Theme.FIRE, area=HAMNEN))
        await room.until_alert(2, is_in=AlertState.OPEN)
        shown = (await room.hosted.http.get("/live", headers=TIB | IN_ENGLISH)).text

    for words in (
        '<html lang="en">',
        "Expected: Gathering place in Norrängen",
        "A report is withdrawn",
        "The picture of week\N{NO-BREAK SPACE}47, 2026 is published",
        "comes back",
        "Fire in Hamnen",
        "Last contact {ago} ago",
    ):
        assert words in shown
    # What is left of Swedish are the names that the municipality has given.
    _, _, main = shown.partition("<main")
    written = example_collaboration().model_dump_json()
    swedish = re.findall(r"\w*[åäöÅÄÖ]\w*", main.partition("</main>")[0])
    assert [word for word in swedish if word not in written] == []


async def test_the_page_shows_an_alert_that_is_raised_again_as_it_is_told_now(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(grave_incident(1, theme=Theme.FIRE, area=HAMNEN), withdrawal(1))
        await room.until_alert(1, is_in=AlertState.STOOD_DOWN)
        await room.hears(reinstatement(1))
        await room.until_alert(1, is_in=AlertState.OPEN)
        pages = {
            language: (await room.hosted.http.get("/live", headers=TIB | {"Accept-Language": language})).text
            for language in ("sv", "en")
        }

    assert "På nytt: Brand i Hamnen" in pages["sv"]
    assert "Again: Fire in Hamnen" in pages["en"]
    assert all(page.count('<article class="alert-card') == 1 for page in pages.values())


async def test_a_corrected_place_stands_on_the_alert_whoever_has_answered_it(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(*(grave_incident(number, theme=Theme.FIRE, area=CENTRUM) for number in (1, 2)))
        await room.hosted.http.put(
            f"/v1/municipalities/9901/alerts/{alert_id(2)}/acknowledgement", headers=TIB
        )
        await room.hears(
            *(correction(number, theme=Theme.FIRE, area=HAMNEN, severity=5) for number in (1, 2))
        )
        await room.hosted.settled()
        shown = (await room.hosted.http.get("/live/alerts", headers=TIB)).text
        lines = (await room.hosted.http.get("/live", headers=TIB | IN_ENGLISH)).text

    assert shown.count("Brand i Hamnen") == 2
    assert "Valboås centrum" not in shown
    assert lines.count("Changed: Fire in Hamnen") == 2


async def test_the_page_says_when_nobody_is_being_called(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url) as room:
        shown = (await room.hosted.http.get("/live", headers=TIB)).text

    assert "Inga larm väntar på svar." in shown
    assert "Inget har kommit in ännu" in shown


async def test_one_tap_acknowledges_and_shows_who_has_it(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(grave_incident(1))
        url = f"/live/alerts/{alert_id(1)}/acknowledgement"
        taken = await room.hosted.http.post(url, headers=TIB | HTMX)
        too_late = await room.hosted.http.post(url, headers=SUBSTITUTE | HTMX)

    assert "Inga larm väntar på svar." in taken.text
    assert "kvitterat av Tjänsteman i beredskap" in taken.text
    assert "Du hann inte före" in too_late.text


async def test_one_tap_works_without_javascript(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(grave_incident(1))
        url = f"/live/alerts/{alert_id(1)}/acknowledgement"
        taken = await room.hosted.http.post(url, headers=TIB)
        too_late = await room.hosted.http.post(url, headers=SUBSTITUTE)

    assert (taken.status_code, taken.headers["location"]) == (303, "/live")
    assert (too_late.status_code, "Du hann inte före" in too_late.text) == (409, True)


async def test_another_site_cannot_acknowledge_in_my_name(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(grave_incident(1))
        url = f"/live/alerts/{alert_id(1)}/acknowledgement"
        answer = await room.hosted.http.post(url, headers=TIB | {"Origin": "https://elsewhere.example"})
        await room.until_alert(1, is_in=AlertState.OPEN)

    assert answer.status_code == 403


async def test_the_distributions_are_shown_with_what_stands_in_the_way(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(published_picture())
        await room.hosted.until(lambda: _is_held(room))
        shown = (await room.hosted.http.get("/distributions", headers=COORDINATOR)).text

    assert "rättad (version 2)" in shown
    assert "5 hålls inne" in shown
    assert "Ingen e-postserver är inställd." in shown
    assert "Skicka om till Kommundirektör" in shown


async def test_the_distributions_are_read_in_english(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(published_picture())
        await room.hosted.until(lambda: _is_held(room))
        shown = (await room.hosted.http.get("/distributions", headers=COORDINATOR | IN_ENGLISH)).text

    assert "corrected (version 2)" in shown
    assert "5 held back" in shown
    assert "No mail server is set." in shown
    assert "Send again to Kommundirektör" in shown


async def test_a_letter_can_be_read_as_its_recipients_read_it(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(published_picture())
        answer = await room.hosted.http.get("/v1/municipalities/9901/distributions", headers=COORDINATOR)
        distribution = answer.json()["distributions"][0]["distribution_id"]
        page = f"/distributions/{distribution}/letter"
        as_text = await room.hosted.http.get(page, headers=COORDINATOR)
        as_html = await room.hosted.http.get(f"{page}/html", headers=COORDINATOR)
        of_others = await room.hosted.http.get(page, headers=COORDINATOR | {"Cookie": NEIGHBOUR["Cookie"]})

    assert "Läs hela lägesbilden" in as_text.text
    assert "<h1" in as_html.text
    assert "sandbox" in as_html.headers["content-security-policy"]
    assert of_others.status_code == 403


@pytest.mark.parametrize("path", ["/live", "/live/alerts", "/distributions"])
async def test_pages_are_for_those_they_are_meant_for(
    database: FreshDatabase, nats_url: str, path: str
) -> None:
    async with duty_room(database, nats_url) as room:
        stranger = await room.hosted.http.get(path, headers={"Accept": "text/html"})
        reporter = await room.hosted.http.get(path, headers=REPORTER | {"Accept": "text/html"})

    assert (stranger.status_code, stranger.headers["location"].split("?")[0]) == (303, "/sign-in")
    assert reporter.status_code == 403


def _is_held(room: DutyRoom) -> bool:
    with room.service.store.cursor() as cursor:
        row = cursor.execute(
            "SELECT count(*) AS held FROM outgoing_mail_v2 WHERE state = %s", (LetterState.HELD,)
        ).fetchone()
    return bool(row and row["held"] == 5)
