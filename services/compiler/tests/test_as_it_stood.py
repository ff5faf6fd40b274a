"""A picture as it was known then has the words and choices that stood in it, as far as they are kept."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from compiled_pictures import SAMORDNAREN, TREND, opened, text
from test_local_groups import in_model_b
from valboas_coordinators import COMPILATION, GOALS, WEEK_47, AtTheDoor, all_sign, in_seat, three_compile

from est_chassis.testing import HostedService
from est_compiler.domain.compiling.compilation import Compilation
from est_compiler.domain.compiling.then import WorkThen, work_then
from est_compiler.domain.compiling.work import ERASED, REPLACED
from est_contracts.example_collaboration import HAMNEN
from est_contracts.vocabulary import Level, Role

EDITION = f"{WEEK_47}/editions/internal.json"
READER = in_seat("socialchefen", role=Role.RECIPIENT)
A_MOMENT = timedelta(microseconds=1)


def events_of(compilation: Compilation) -> list[Any]:
    return list(compilation.pending_events)


def then_after(compilation: Compilation, count: int) -> WorkThen | None:
    """As it stood when so many things had been done."""
    events = events_of(compilation)
    return work_then(events, events[count - 1].timestamp if count else events[0].timestamp - A_MOMENT)


def test_before_anybody_had_begun_nothing_stood_there() -> None:
    assert then_after(opened(), 0) is None


def test_what_stood_then_is_what_had_been_done_by_then() -> None:
    compilation = opened()
    compilation.set_level(Level.YELLOW, None, revision=0, by=SAMORDNAREN)
    compilation.set_level(Level.GREEN, None, revision=1, by=SAMORDNAREN)

    levels = [then.work.level for count in (1, 2, 3) if (then := then_after(compilation, count))]

    assert levels == [None, Level.YELLOW, Level.GREEN]


def test_words_that_are_gone_say_whether_they_were_erased_or_replaced() -> None:
    compilation = opened()
    compilation.write(TREND, text("first"), revision=0, by=SAMORDNAREN)
    compilation.write(TREND, text("second"), revision=1, by=SAMORDNAREN)
    compilation.erase_text(text("second").text_id, by=SAMORDNAREN)

    first, second = then_after(compilation, 2), then_after(compilation, 3)
    assert first and second
    nothing: dict[UUID, str] = {}

    assert first.in_words(nothing).instead_of(text("first")) == REPLACED
    assert second.in_words(nothing).instead_of(text("second")) == ERASED


async def moments(at: AtTheDoor) -> list[str]:
    """When each of the things was done."""
    return [step["at"] for step in (await at.reads(f"{COMPILATION}/history"))["steps"]]


def written(edition: dict[str, Any]) -> list[str]:
    """What people wrote, or why it is not there."""
    blocks = [
        each for each in edition["blocks"] if each["block"] == "paragraph" and each["kind"] == "written"
    ]
    return [each["words"] if isinstance(each["words"], str) else each["words"]["sv"] for each in blocks]


async def test_as_known_then_a_picture_has_its_words_and_the_version_of_then(compiler: HostedService) -> None:
    three = await three_compile(compiler)
    samordnaren = three[0]
    await samordnaren.writes("Lampor på plats.")
    await samordnaren.does(f"{COMPILATION}/level", {"level": "yellow", "words": "Mörkt.", "revision": 0})
    await samordnaren.writes("Lampor och vuxna på plats.", revision=1)
    await all_sign(three)
    await samordnaren.does(f"{WEEK_47}/publication", {})
    await samordnaren.writes("Allt är klart.", revision=2)
    first, published, rewritten = (await moments(samordnaren))[1], *(await moments(samordnaren))[-2:]

    early = await samordnaren.reads(EDITION, as_of=first)
    then = await samordnaren.reads(EDITION, as_of=published)
    late = await samordnaren.reads(EDITION, as_of=rewritten)
    reader = (await compiler.http.get(EDITION, params={"as_of": rewritten}, headers=READER)).json()
    nothing = (await compiler.http.get(EDITION, params={"as_of": first}, headers=READER)).json()

    assert (written(early), early["level"], early["stated"]["published_then"]) == ([REPLACED.sv], None, None)
    assert written(then) == ["Lampor och vuxna på plats."]
    assert (then["level"], then["level_words"], then["stated"]["published_then"]) == ("yellow", "Mörkt.", 1)
    assert written(late) == ["Allt är klart."]
    # Whoever does not compile reads what had been published.
    assert (written(reader), reader["level"]) == (["Lampor och vuxna på plats."], "yellow")
    assert (written(nothing), nothing["level"]) == ([], None)

    page = await compiler.http.get(
        "/pictures/9901/2026-W47",
        params={"as_of": published},
        headers=samordnaren.headers | {"Accept": "text/html"},
    )
    assert "Lampor och vuxna på plats." in page.text
    assert "Version 1 var publicerad då." in page.text


async def test_what_another_group_had_not_published_then_is_not_shown(compiler: HostedService) -> None:
    whole, *_others = await three_compile(compiler, **in_model_b())
    at = {"scope": HAMNEN}
    await whole.does(COMPILATION, None, **at)
    await whole.does(GOALS, {"words": "Bara hamngruppen.", "revision": 0}, **at)
    (*_rest, wrote) = (await whole.reads(f"{COMPILATION}/history", **at))["steps"]

    mine = await whole.reads(EDITION, as_of=wrote["at"], **at)
    theirs = await AtTheDoor(compiler, "omradespolisen").reads(EDITION, as_of=wrote["at"], **at)

    assert (written(mine), written(theirs)) == (["Bara hamngruppen."], [])


async def test_what_has_been_erased_since_says_so_as_it_was_known_then(compiler: HostedService) -> None:
    samordnaren, *_others = await three_compile(compiler)
    await samordnaren.writes("Lampor på plats.")
    (_opened, wrote) = await moments(samordnaren)
    (kept,) = (await samordnaren.reads(COMPILATION))["texts"]
    await samordnaren.takes_away(f"{WEEK_47}/texts/{kept['text_id']}")

    then = await samordnaren.reads(EDITION, as_of=wrote)
    told = await samordnaren.reads(WEEK_47, as_of=wrote)

    assert GOALS.endswith(kept["section"])
    assert written(then) == [ERASED.sv]
    assert told["published_then"] is None
