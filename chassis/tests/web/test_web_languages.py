"""Every page in the language that its reader wants, without a script and without a sign-in."""

import re

import httpx
import pytest
from est_sample.service import ADDRESS
from markupsafe import Markup

from est_chassis.web.languages import LANGUAGE_COOKIE, Language, said, say
from est_contracts.vocabulary import Words

SWEDISH, ENGLISH = "Hoppa till innehållet", "Skip to the content"
A_BROWSER = {"accept": "text/html"}


def language_in(html: str) -> str:
    """What `<html lang>` says, after a look at whether the words are of that language."""
    found = re.search(r'<html lang="(\w\w)">', html)
    assert found
    assert (SWEDISH in html, ENGLISH in html) == (found[1] == "sv", found[1] == "en")
    return found[1]


def switch_in(html: str) -> str:
    found = re.search(r'class="language" href="([^"]+)"', html)
    assert found
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "sv"),
        ("*", "sv"),
        ("de-DE,de;q=0.9", "sv"),
        ("en-GB,en;q=0.9", "en"),
        ("de,en;q=0.5,sv;q=0.4", "en"),
        ("en;q=0.5,sv;q=0.8", "sv"),
        ("EN", "en"),
        ("sv,en", "sv"),
        ("en;q=0", "sv"),
        ("en;q=much", "sv"),
        (";;,,q=,en-", "en"),
    ],
)
async def test_a_new_reader_is_met_in_the_language_of_the_browser(
    client: httpx.AsyncClient, accepted: str, language: str
) -> None:
    page = await client.get("/report", headers={"accept-language": accepted})

    assert language_in(page.text) == language
    assert page.headers["content-language"] == language
    assert "set-cookie" not in page.headers


async def test_what_a_reader_has_chosen_is_kept_for_a_year(client: httpx.AsyncClient) -> None:
    chosen = await client.get("/report?language=en")
    assert language_in(chosen.text) == "en"
    cookie = chosen.headers["set-cookie"]
    assert {"Max-Age=31536000", "HttpOnly", "SameSite=lax", "Secure"} <= set(cookie.split("; "))

    client.cookies.set(LANGUAGE_COOKIE, chosen.cookies[LANGUAGE_COOKIE])
    assert language_in((await client.get("/report", headers={"accept-language": "sv"})).text) == "en"
    assert language_in((await client.get("/report?language=sv")).text) == "sv"


@pytest.mark.parametrize("wanted", ["fi", "EN", "", "sv,en", "en\u00e5"])
async def test_a_language_that_there_is_not_changes_nothing(client: httpx.AsyncClient, wanted: str) -> None:
    client.cookies.set(LANGUAGE_COOKIE, "fi")
    page = await client.get("/report", params={"language": wanted})

    assert language_in(page.text) == "sv"
    assert "set-cookie" not in page.headers


async def test_caches_are_told_on_what_the_language_hangs(client: httpx.AsyncClient) -> None:
    varies = {name.strip() for name in (await client.get("/report")).headers["vary"].split(",")}

    assert {"Cookie", "Accept-Language"} <= varies


async def test_the_switch_keeps_the_address(client: httpx.AsyncClient) -> None:
    switch = switch_in((await client.get("/sign-in?next=/pictures?week%3D47&language=sv")).text)

    assert switch == "/sign-in?next=%2Fpictures%3Fweek%3D47&language=en"
    there = await client.get(switch)
    assert language_in(there.text) == "en"
    assert switch_in(there.text) == "/sign-in?next=%2Fpictures%3Fweek%3D47&language=sv"


@pytest.mark.parametrize(
    "address", ["//evil.example/x", "/%0d%0aset-cookie:a", "/\\evil.example", "/%2F%2Fevil.example"]
)
async def test_the_switch_leads_nowhere_else(client: httpx.AsyncClient, address: str) -> None:
    page = await client.get(f"{ADDRESS}{address}", headers=A_BROWSER)

    assert re.match(r"/(?!/)[^\\\r\n]*\?language=en$", switch_in(page.text))


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        (f"{ADDRESS}/report?area=1", "/report?area=1&language=en"),
        ("https://evil.example/report", "/?language=en"),
        ("http://[", "/?language=en"),
        ("", "/?language=en"),
    ],
)
async def test_after_a_form_the_switch_leads_to_the_page_that_held_it(
    seated: httpx.AsyncClient, came_from: str, leads_to: str
) -> None:
    refused = await seated.post("/report", content=b"x", headers={"origin": ADDRESS, "referer": came_from})

    assert refused.status_code == 415
    assert switch_in(refused.text) == leads_to


async def test_a_problem_is_told_in_the_readers_language(client: httpx.AsyncClient) -> None:
    there = await client.get("/nowhere?language=en", headers=A_BROWSER)

    assert language_in(there.text) == "en"
    assert "There is nothing here" in there.text
    assert "finns inte i" not in there.text


async def test_whoever_must_sign_in_first_keeps_the_language_on_the_way(client: httpx.AsyncClient) -> None:
    sent = await client.get("/pictures?language=en", headers=A_BROWSER)

    assert sent.status_code == 303
    assert sent.cookies[LANGUAGE_COOKIE] == "en"


async def test_parts_numbers_and_weeks_speak_the_language_of_the_page(seated: httpx.AsyncClient) -> None:
    swedish, english = [(await seated.get(f"/pictures?language={each}")).text for each in Language]

    assert "Visa siffrorna" in swedish
    assert "Show the figures" in english
    assert "Visa siffrorna" not in english


def test_words_are_said_in_one_language() -> None:
    words = Words(sv="Läge", en="Level")

    assert [said(words, language) for language in Language] == ["Läge", "Level"]


def test_what_is_said_holds_values_that_cannot_become_markup() -> None:
    def english(sv: str, en: str, **values: object) -> str:
        return say(Language.ENGLISH, sv, en, **values)

    assert english("{n} rapporter", "{n} reports", n=3) == "3 reports"
    assert english("Från {who}", "From {who}", who="<b>") == "From &lt;b&gt;"
    assert english("Ring {number}", "Call {number}", number=Markup("<b>112</b>")) == "Call <b>112</b>"
    assert english("Klart & slut {x}", "Over & out {x}") == "Over &amp; out {x}"
