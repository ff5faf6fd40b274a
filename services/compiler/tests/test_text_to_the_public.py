"""What the group says to the public: checked, signed and frozen with the rest, first where anyone reads."""

import httpx
from valboas_coordinators import COMPILATION, WEEK_47, AtTheDoor, all_sign, codes, three_compile

from est_chassis.testing import HostedService

PLACE = f"{COMPILATION}/public-text"
OPEN = "/open/9901/2026-W47/v1"
WORDS = "Belysningen vid torget är lagad. Tack för alla tips."
GENERAL = f"{WEEK_47}/editions/general"


async def written(three: tuple[AtTheDoor, ...]) -> None:
    await three[0].does(PLACE, {"words": WORDS, "revision": 0})


async def published(compiler: HostedService) -> tuple[AtTheDoor, ...]:
    """An open picture with a text to the public, signed by all three."""
    three = await three_compile(compiler, public_pictures=True)
    await written(three)
    await all_sign(three)
    await three[0].does(f"{WEEK_47}/publication", {})
    return three


async def got(compiler: HostedService, address: str) -> httpx.Response:
    answer = await compiler.http.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer


async def test_it_stands_first_in_every_format_that_anyone_may_read(compiler: HostedService) -> None:
    three = await published(compiler)

    page, feed = (await got(compiler, OPEN)).text, (await got(compiler, "/open/9901/feed.xml")).text
    text, table = (await got(compiler, f"{OPEN}.txt")).text, (await got(compiler, f"{OPEN}.csv")).text
    told, shapes = (
        (await got(compiler, f"{OPEN}.json")).json(),
        (await got(compiler, f"{OPEN}.geojson")).json(),
    )
    inside = await three[1].reads(f"{WEEK_47}/versions/1")

    for sheet, after in ((page, "<table"), (feed, "rapporter under"), (text, "rapporter under")):
        assert sheet.index("Belysningen vid torget är lagad.") < sheet.index(after)
    assert "Till allmänheten:" in text
    assert f";to_the_public;words;Till allmänheten;words;Till allmänheten;{WORDS};words;" in table
    assert told["public_words"] == shapes["public_words"] == WORDS
    assert inside["work"]["public_text"]["words"] == WORDS
    assert inside["work"]["texts"] == []
    assert (await got(compiler, f"{OPEN}.pdf")).content.startswith(b"%PDF")


async def test_it_is_signed_and_checked_as_all_else_and_short(compiler: HostedService) -> None:
    three = await three_compile(compiler)
    await all_sign(three)

    person = await three[0].puts(PLACE, {"words": "Ring 070-123 45 67.", "revision": 0})
    long = await three[0].puts(PLACE, {"words": "Tack. " * 300, "revision": 0})
    both = [await each.puts(PLACE, {"words": f"Från {each.party}.", "revision": 0}) for each in three[:2]]

    assert codes(person) == (422, "text_is_refused")
    assert codes(long) == (422, "text_is_too_long")
    assert [each.status_code for each in both] == [200, 409]
    # Who had signed has signed other words.
    assert both[0].json()["signed_by"] == []
    assert both[1].json()["stands"] == "Från municipality."
    found = await three[1].reads(COMPILATION)
    assert (found["public_text"]["words"], found["texts"]) == ("Från municipality.", [])


async def test_once_erased_it_is_gone_also_where_anyone_reads(compiler: HostedService) -> None:
    three = await published(compiler)
    assert WORDS in (await got(compiler, OPEN)).text
    text_id = (await three[0].reads(f"{WEEK_47}/versions/1"))["work"]["public_text"]["text_id"]

    await three[0].takes_away(f"{WEEK_47}/texts/{text_id}")

    for address in (OPEN, f"{OPEN}.txt", "/open/9901/feed.xml"):
        answer = (await got(compiler, address)).text
        assert WORDS not in answer and "Texten är gallrad." in answer


async def test_where_nobody_has_written_to_the_public_nothing_is_shown(compiler: HostedService) -> None:
    three = await three_compile(compiler, public_pictures=True)
    await all_sign(three)
    await three[0].does(f"{WEEK_47}/publication", {})

    assert "Till allmänheten" not in (await got(compiler, OPEN)).text
    assert "Till allmänheten" not in (await got(compiler, f"{OPEN}.txt")).text
    assert (await got(compiler, f"{OPEN}.json")).json()["public_words"] is None
