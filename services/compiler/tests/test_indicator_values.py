"""Structural indicators: written down year by year with their source, and taken into the annual picture."""

from typing import Any

import pytest
from valboas_coordinators import (
    KOMMUNPOLISEN,
    SAMORDNAREN,
    AtTheDoor,
    all_sign,
    codes,
    reports_in_valboas,
    three_compile,
    words_kept,
)

from est_chassis.testing import HostedService
from est_contracts.vocabulary import Role

INDICATORS = "/v1/municipalities/9901/indicators"
EMPLOYMENT = f"{INDICATORS}/employment/2026"
YEAR = "/v1/municipalities/9901/pictures/2026"
SAID = {"value": "61.2", "source": "SCB, RAMS"}


async def values(door: AtTheDoor) -> list[tuple[str, int, str, str]]:
    found = (await door.reads(INDICATORS))["values"]
    return [(each["indicator"], each["year"], each["value"], each["source"]) for each in found]


async def test_a_value_is_written_down_with_its_source(compiler: HostedService) -> None:
    samordnaren = AtTheDoor(compiler, SAMORDNAREN)

    for _time in range(2):
        await samordnaren.does(EMPLOYMENT, SAID)

    assert await values(samordnaren) == [("employment", 2026, "61.2", "SCB, RAMS")]
    assert await words_kept(compiler) == ["SCB, RAMS"]


async def test_a_value_is_written_anew_and_taken_away(compiler: HostedService) -> None:
    samordnaren = AtTheDoor(compiler, SAMORDNAREN)
    await samordnaren.does(EMPLOYMENT, SAID)
    await samordnaren.does(EMPLOYMENT, {"value": "62,50", "source": "SCB, BAS"})

    assert await values(samordnaren) == [("employment", 2026, "62.50", "SCB, BAS")]
    assert await words_kept(compiler) == ["SCB, BAS"]

    for _time in range(2):
        await samordnaren.does(EMPLOYMENT, {"value": None})

    assert await values(samordnaren) == []
    assert await words_kept(compiler) == []


async def test_who_says_what_they_have_read_overwrites_nothing_unseen(compiler: HostedService) -> None:
    samordnaren = AtTheDoor(compiler, SAMORDNAREN)
    nothing = {"value": None, "source": None}
    await samordnaren.does(EMPLOYMENT, SAID | {"was": nothing})

    late = await samordnaren.puts(EMPLOYMENT, {"value": "70", "source": "SCB", "was": nothing})
    seen = await samordnaren.puts(EMPLOYMENT, {"value": "70", "source": "SCB", "was": SAID})

    assert codes(late) == (409, "indicator_has_changed")
    assert (late.json()["stands"], late.json()["sent"]) == (SAID, {"value": "70", "source": "SCB"})
    assert seen.status_code == 204
    assert await values(samordnaren) == [("employment", 2026, "70", "SCB")]


@pytest.mark.parametrize(
    ("path", "said", "code"),
    [
        (f"{INDICATORS}/no_such_indicator/2026", SAID, "indicator_does_not_exist"),
        (f"{INDICATORS}/employment/1850", SAID, "invalid"),
        (EMPLOYMENT, {"value": "many", "source": "SCB"}, "invalid"),
        (EMPLOYMENT, {"value": "61.2"}, "source_is_missing"),
        (EMPLOYMENT, {"value": "61.2", "source": "  "}, "source_is_missing"),
        (EMPLOYMENT, {"value": "61.2", "source": "Ring 070-174 06 05"}, "text_is_refused"),
        (EMPLOYMENT, {"value": "61.2", "source": "Anna Andersson"}, "text_is_questioned"),
    ],
)
async def test_what_is_no_value_of_an_indicator_is_refused(
    compiler: HostedService, path: str, said: dict[str, Any], code: str
) -> None:
    answer = await AtTheDoor(compiler, SAMORDNAREN).puts(path, said)

    assert codes(answer) == (422, code)
    assert await words_kept(compiler) == []


async def test_who_reads_does_not_write_down(compiler: HostedService) -> None:
    reader = AtTheDoor(compiler, "kommundirektoren", role=Role.RECIPIENT)
    strategist = AtTheDoor(compiler, "strategen", role=Role.STRATEGIST)

    for each in (reader, strategist):
        assert (await each.puts(EMPLOYMENT, SAID)).status_code == 403
        assert (await each.puts(INDICATORS, {"table": ""})).status_code == 403
    assert await values(strategist) == []


async def test_a_table_is_written_down_row_by_row(compiler: HostedService) -> None:
    samordnaren = AtTheDoor(compiler, SAMORDNAREN)
    table = "indikator;år;värde;källa\nemployment;2025;60,1;SCB\nemployment;2026;x;SCB\nemployment;2024;59;"
    named = "\nemployment;2023;58;Anna Andersson"

    told = await samordnaren.does(INDICATORS, {"table": table + named})
    written = await samordnaren.asks(f"{INDICATORS}.csv")
    again = await samordnaren.does(INDICATORS, {"table": written.text})
    unreadable = await samordnaren.puts(INDICATORS, {"table": "a;b\n1;2"})

    assert (told["written"], again["written"]) == (1, 1)
    assert [(each["row"], each["column"]) for each in told["rows"]] == [
        (3, "value"),
        (4, "source"),
        (5, "source"),
    ]
    assert await values(samordnaren) == [("employment", 2025, "60.1", "SCB")]
    assert codes(unreadable) == (422, "indicator_table_is_unreadable")


async def test_an_annual_picture_takes_in_the_values_and_freezes_them(compiler: HostedService) -> None:
    await AtTheDoor(compiler, SAMORDNAREN).does(EMPLOYMENT, SAID)
    await AtTheDoor(compiler, SAMORDNAREN).does(f"{INDICATORS}/employment/2020", SAID)
    three = await three_compile(compiler, compilation=f"{YEAR}/compilation")
    samordnaren = three[0]
    await samordnaren.does(EMPLOYMENT, {"value": "65", "source": "Rättad av SCB"})

    newer = (await samordnaren.reads(f"{YEAR}/compilation"))["missing"]
    await all_sign(three, at=f"{YEAR}/compilation")
    published = await samordnaren.does(f"{YEAR}/publication", {})
    taken = await samordnaren.does(f"{YEAR}/compilation/indicators")
    nothing_newer = (await samordnaren.reads(f"{YEAR}/compilation"))["missing"]

    assert "indicators" in {each["kind"] for each in newer}
    assert "indicators" not in {each["kind"] for each in nothing_newer}
    assert [(each["year"], each["value"], each["source"]) for each in published["work"]["indicators"]] == [
        (2026, "61.2", "SCB, RAMS")
    ]
    assert taken["signed_by"] == []
    first = await samordnaren.reads(f"{YEAR}/versions/1")
    assert first["work"]["indicators"] == published["work"]["indicators"]


async def test_taking_in_what_stands_already_changes_nothing(compiler: HostedService) -> None:
    await AtTheDoor(compiler, SAMORDNAREN).does(EMPLOYMENT, SAID)
    samordnaren, *_others = await three_compile(compiler, compilation=f"{YEAR}/compilation")

    await samordnaren.does(f"{YEAR}/compilation/indicators")

    steps = (await samordnaren.reads(f"{YEAR}/compilation/history"))["steps"]
    assert [each["act"] for each in steps] == ["opened", "indicators_taken"]
    (taken,) = (await samordnaren.reads(f"{YEAR}/compilation"))["indicators"]
    assert (taken["value"], taken["source"], taken["is_erased"]) == ("61.2", "SCB, RAMS", False)
    assert steps[-1]["words"]["sv"] == "Hämtade strukturella indikatorer (1 st)."
    assert await words_kept(compiler) == ["SCB, RAMS"] * 2


async def test_a_picture_without_such_a_heading_takes_in_none(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    kommunpolisen = AtTheDoor(compiler, KOMMUNPOLISEN)
    week = "/v1/municipalities/9901/pictures/2026-W47/compilation"
    await kommunpolisen.does(week)

    assert codes(await kommunpolisen.puts(f"{week}/indicators")) == (409, "picture_has_no_indicators")


async def test_editions_show_what_is_written_down_and_versions_what_was_taken_in(
    compiler: HostedService,
) -> None:
    three = await three_compile(compiler, compilation=f"{YEAR}/compilation")
    samordnaren = three[0]
    await samordnaren.does(EMPLOYMENT, SAID)
    await samordnaren.does(f"{YEAR}/compilation/indicators")

    drawn = await samordnaren.asks(f"{YEAR}/editions/internal.json")
    await all_sign(three, at=f"{YEAR}/compilation")
    await samordnaren.does(f"{YEAR}/publication", {})
    await samordnaren.does(EMPLOYMENT, {"value": "99.9", "source": "Senare"})
    published = await samordnaren.asks(f"{YEAR}/editions/internal.json")

    for answer in (drawn, published):
        assert answer.status_code == 200, answer.text
        assert "61.2" in answer.text
        assert "99.9" not in answer.text
