"""What a picture says of how it was before: in number and in severity, and what stayed low."""

from dataclasses import replace
from datetime import date

import pytest
from boras_fortnight import HASSLEHOLMEN, HULTA, fortnight, material, said_in, sections_of, tally

from est_compiler.domain.knowledge import Slot, Tally
from est_compiler.domain.picture import Count, Cover, Picture
from est_compiler.domain.sections.comparisons import is_low
from est_compiler.domain.sections.fill import fill_sections
from est_compiler.domain.sections.parts import SectionTable
from est_contracts.vocabulary import Theme

#: Figure 10.3: no more than the two weeks before, a few more than the same week last year.
VANDALISM = (
    tally("boras_stad", "boras.2", HULTA, 9, severity=3),
    tally("boras_stad", "boras.2", HULTA, 6, severity=3, slot=Slot.PREVIOUS),
    tally("boras_stad", "boras.2", HULTA, 9, severity=4, slot=Slot.BEFORE_PREVIOUS),
    tally("boras_stad", "boras.2", HULTA, 7, severity=3, slot=Slot.LAST_YEAR),
)


def trend(*tallies: Tally, first_day: date | None = None) -> list[str]:
    sections = sections_of(fortnight(*tallies, first_day=first_day), "developed_weekly")
    return [words for _, words in said_in(sections["trend"])]


def low(*tallies: Tally) -> list[str]:
    sections = sections_of(fortnight(*tallies), "developed_weekly")
    return [words for _, words in said_in(sections["ovriga_kategorier"])]


def table_of(*tallies: Tally, named: str) -> SectionTable:
    tables = sections_of(fortnight(*tallies), "developed_weekly")["trend"].tables
    [found] = [each for each in tables if each.key == f"trend:{named}"]
    return found


def row(table: SectionTable, key: str) -> tuple[object, ...]:
    [found] = [each for each in table.rows if each.key == key]
    return found.values


def test_a_theme_is_held_against_all_three_earlier_periods() -> None:
    assert "Skadegörelse 9: +3 mot v. 43–44, ±0 mot v. 41–42, +2 mot v. 45–46 2017. " in trend(*VANDALISM)[-1]
    assert "För få för att säga om det har ökat." in trend(*VANDALISM)[-1]


def test_while_it_goes_on_a_theme_is_told_so_far_and_against_whole_periods() -> None:
    going_on = replace(material(fortnight(*VANDALISM), "developed_weekly"), is_running=True)
    [trend_now] = [each for each in fill_sections(going_on) if each.section.section_id == "trend"]

    words = trend_now.parts[0].lines[-1].words
    assert words.sv.startswith("Skadegörelse 9 hittills: +3 mot hela v. 43–44, ±0 mot hela v. 41–42, ")
    assert words.en.startswith("Vandalism 9 so far: +3 on all of week 43–44, ±0 on all of week 41–42, ")


def test_a_year_is_held_against_each_earlier_year_once() -> None:
    year = fortnight(*VANDALISM, period="2018")

    filled = sections_of(year, "annual")
    [number, _] = next(each.tables for each in filled.values() if len(each.tables) == 2)

    assert [column.sv for column in number.columns] == ["Tema", "Nu", "2017", "2016"]
    assert row(number, "all") == (9, 6, 9)


def test_the_same_comparison_stands_as_numbers_in_two_tables() -> None:
    number, severity = table_of(*VANDALISM, named="number"), table_of(*VANDALISM, named="severity")

    assert [column.sv for column in number.columns] == ["Tema", "Nu", "v. 43–44", "v. 41–42", "v. 45–46 2017"]
    assert row(number, "vandalism") == row(number, "all") == (9, 6, 9, 7)
    assert row(severity, "vandalism") == (0, 0, 9, 0)


def test_a_theme_that_is_nothing_in_all_four_periods_has_no_row_and_the_total_always_has_one() -> None:
    calm = (tally("boras_stad", "boras.5", HULTA, 4, severity=2, slot=Slot.LAST_YEAR),)

    assert [each.key for each in table_of(*calm, named="number").rows] == ["drugs", "all"]
    assert [each.key for each in table_of(*calm, named="severity").rows] == ["all"]


@pytest.mark.parametrize(
    ("now", "severity", "before", "severity_before", "said"),
    [
        (20, 3, 4, 3, "Tydlig ökning i antal, men inte i allvarlighetsgrad."),
        (20, 5, 4, 3, "Tydlig ökning i antal och i allvarlighetsgrad."),
        (10, 5, 10, 3, "Tydlig ökning i allvarlighetsgrad, men inte i antal."),
        (4, 3, 3, 3, "För få för att säga om det har ökat."),
        (10, 3, 9, 3, "Ingen tydlig ökning i antal eller allvarlighetsgrad."),
        (4, 3, 20, 3, "Ingen tydlig ökning i antal eller allvarlighetsgrad."),
    ],
)
def test_a_rise_is_told_only_when_it_is_more_than_chance(
    now: int, severity: int, before: int, severity_before: int, said: str
) -> None:
    periods = (
        tally("boras_stad", "boras.2", HULTA, now, severity=severity),
        *(
            tally("boras_stad", "boras.2", HULTA, before, severity=severity_before, slot=slot)
            for slot in (Slot.PREVIOUS, Slot.BEFORE_PREVIOUS)
        ),
    )

    assert trend(*periods)[-1].endswith(said)


def test_a_rise_since_the_period_before_the_last_is_told_too() -> None:
    slow = (
        tally("boras_stad", "boras.2", HULTA, 20),
        tally("boras_stad", "boras.2", HULTA, 19, slot=Slot.PREVIOUS),
        tally("boras_stad", "boras.2", HULTA, 3, slot=Slot.BEFORE_PREVIOUS),
    )

    assert trend(*slow)[-1].endswith("Tydlig ökning i antal, men inte i allvarlighetsgrad.")


def test_a_first_period_has_nothing_to_compare_with() -> None:
    told = trend(tally("boras_stad", "boras.2", HULTA, 9), first_day=date(2018, 11, 7))

    assert told[-1] == "Skadegörelse 9. Det finns inget att jämföra med."


def test_few_reports_are_a_low_level_and_stand_together_in_one_line() -> None:
    few = (tally("boras_stad", "boras.3", HULTA, 2), tally("boras_stad", "boras.5", HULTA, 1))

    [said] = low(*VANDALISM, *few)

    assert said.startswith("Fortsatt låga nivåer och ingen eskalering i övriga kategorier: ")
    assert "Brand 2" in said
    assert "Narkotika 1" in said
    assert "Våld 0" in said
    assert "Skadegörelse" not in said
    assert "Positivt" not in said


def test_a_level_that_has_fallen_is_low_but_not_still_low() -> None:
    fallen = (
        tally("boras_stad", "boras.3", HULTA, 1),
        tally("boras_stad", "boras.3", HULTA, 8, slot=Slot.PREVIOUS),
    )

    [said] = low(*fallen)

    assert said.startswith("Låga nivåer och ingen eskalering")


def test_every_theme_but_the_positive_one_is_either_compared_or_low() -> None:
    picture = fortnight(*VANDALISM, tally("boras_stad", "boras.14", HULTA, 9))
    filled = sections_of(picture, "developed_weekly")

    bases = [line.basis for part in filled["trend"].parts for line in part.lines]
    compared = {theme for basis in bases if basis for theme in basis.themes}
    [line] = filled["ovriga_kategorier"].parts[0].lines
    assert line.basis is not None
    assert compared | set(line.basis.themes) == set(Theme) - {Theme.POSITIVE}
    assert compared & set(line.basis.themes) == set()


def test_a_period_of_which_half_is_heard_says_so_before_it_compares() -> None:
    heard = fortnight(*VANDALISM)
    thin = replace(heard, coverage=replace(heard.coverage, now=Cover(due=10, heard=5, nothing=1)))
    full = replace(heard, coverage=replace(heard.coverage, now=Cover(due=10, heard=6, nothing=1)))

    def said(picture: Picture) -> list[str]:
        return [words for _, words in said_in(sections_of(picture, "developed_weekly")["trend"])]

    assert said(thin)[0].startswith("Hälften eller färre")
    assert not any(words.startswith("Hälften") for words in said(full))
    nobody = replace(heard, coverage=replace(heard.coverage, now=Cover(due=0, heard=0, nothing=0)))
    assert not any(words.startswith("Hälften") for words in said(nobody))


def test_areas_are_compared_one_by_one_and_calm_ones_only_in_the_table() -> None:
    picture = fortnight(*VANDALISM)

    section = sections_of(picture, "quarterly")["laget_per_omrade"]

    assert [part.area for part in section.parts] == [HULTA]
    assert said_in(section)[0][1].startswith("Hulta 9: +3 mot v. 43–44")
    assert [each.key for each in section.tables[0].rows] == [HULTA, HASSLEHOLMEN]


def test_what_nothing_is_known_of_is_neither_low_nor_compared() -> None:
    unknown = replace(fortnight(first_day=date(2019, 1, 1)), is_known=False)

    filled = sections_of(unknown, "developed_weekly")

    assert filled["ovriga_kategorier"].empty is not None
    assert filled["trend"].tables == ()


@pytest.mark.parametrize(
    ("now", "before", "expected"), [(2, 2, True), (2, 30, True), (3, 3, False), (0, 0, True)]
)
def test_a_low_level_is_at_most_two_reports(now: int, before: int, expected: bool) -> None:
    picture = fortnight()
    theme = replace(picture.themes[0], now=Count(now), previous=Count(before))

    assert is_low(theme) is expected
