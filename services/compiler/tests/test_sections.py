"""What stands under the headings of a picture that counts: each number with its organisation."""

from dataclasses import replace

import pytest
from boras_fortnight import (
    HASSLEHOLMEN,
    HULTA,
    THE_FIGURE,
    Desk,
    fortnight,
    material,
    said_in,
    sections_of,
    tally,
)

from est_compiler.domain.knowledge import Slot
from est_compiler.domain.picture import EntryValue, Returned
from est_compiler.domain.sections.fill import fill_sections
from est_compiler.domain.sections.headers import days_of, lines_under_the_title, title_of
from est_compiler.domain.sections.parts import CountLine, FilledSection
from est_contracts.vocabulary import (
    TEMPLATES,
    Party,
    SectionKind,
    Theme,
    entry,
    picture_template,
)

NOTHING = "Inget inrapporterat under perioden."


def numbers_in(section: FilledSection) -> list[tuple[str, str, str | None, int]]:
    return [
        (line.organisation_name, line.entry, line.area, line.number)
        for part in section.parts
        for line in part.lines
        if isinstance(line, CountLine)
    ]


def test_every_heading_of_the_template_stands_in_its_order_also_the_empty_ones() -> None:
    filled = fill_sections(material(fortnight()))

    template = picture_template("boras_weekly")
    assert [each.section for each in filled] == list(template.all_sections())
    assert [each.depth for each in filled] == [0, 0, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0]
    empty = [each.empty.sv if each.empty else None for each in filled]
    assert empty == [
        None if each.kind is SectionKind.HEADING else NOTHING for each in template.all_sections()
    ]


def test_the_figure_says_every_number_with_its_organisation() -> None:
    sections = sections_of(fortnight(*THE_FIGURE))

    assert said_in(sections["inbrott"]) == [
        (None, "Polisen rapporterar om 13 fall."),
        (None, "AB Bostäder rapporterar om 1 fall."),
    ]
    assert said_in(sections["skadegorelse"]) == [
        (None, "Polisen rapporterar om 3 fall: Klotter, skadegörelse."),
        (None, "Borås Stad rapporterar om 6 fall: Klotter, skadegörelse."),
    ]
    assert said_in(sections["angrepp"]) == [
        (None, "Polisen rapporterar om 3 fall (ej i offentlig miljö)."),
    ]
    assert said_in(sections["ovriga_brott"]) == [
        (None, "Polisen rapporterar om 2 fall: Annan relevant information kring brottsutveckling."),
    ]
    assert sections["extremism"].empty is not None
    assert sections["internet"].empty is not None


def test_what_has_no_area_stands_first_and_then_area_by_area() -> None:
    sections = sections_of(fortnight(*THE_FIGURE))

    assert said_in(sections["droger"]) == [
        (None, "Polisen rapporterar om 7 fall."),
        ("Hulta", "Borås Stad rapporterar om 2 fall."),
        ("Hässleholmen", "Borås Stad rapporterar om 2 fall."),
    ]
    assert [part.area for part in sections["otrygga_miljoer"].parts] == [HULTA, HASSLEHOLMEN]


def test_no_report_is_left_out_and_none_stands_twice() -> None:
    picture = fortnight(*THE_FIGURE)

    filled = fill_sections(material(picture))

    told = [number for each in filled for *_, number in numbers_in(each)]
    assert sum(told) == picture.reports == 44


def test_a_line_leads_to_the_reports_it_rests_on() -> None:
    [first, *_others] = sections_of(fortnight(*THE_FIGURE))["droger"].parts[1].lines

    assert first.basis is not None
    assert first.basis.entries == ("boras.5",)
    assert first.basis.areas == (HULTA,)
    assert first.basis.organisation == "boras_stad"


def test_reports_that_the_template_has_no_heading_for_stand_last_under_one_of_their_own() -> None:
    stray = tally("boras_stad", "orebro.4", HULTA, 5)

    filled = fill_sections(material(fortnight(*THE_FIGURE, stray)))

    assert filled[-1].words.sv == "Övriga rapporter"
    assert said_in(filled[-1]) == [(None, "Borås Stad rapporterar om 5 fall: Arrangemang.")]
    assert filled[-1].empty is None


def test_a_picture_frozen_before_entries_were_drawn_names_the_theme_instead() -> None:
    picture = fortnight(tally("boras_stad", "boras.2", HULTA, 5))
    [cell] = picture.cells
    frozen = replace(picture, entries=(), cells=(replace(cell, entry=""),))

    filled = fill_sections(material(frozen))

    assert said_in(filled[-1]) == [(None, "Borås Stad rapporterar om 5 fall: Skadegörelse.")]


def test_what_was_reported_before_and_not_now_has_no_line() -> None:
    before = tally("polisen", "boras.1", None, 4, slot=Slot.PREVIOUS)

    assert sections_of(fortnight(before))["inbrott"].empty is not None


def test_a_template_of_themes_says_all_it_wants_to_say() -> None:
    filled = fill_sections(material(fortnight(*THE_FIGURE), "developed_weekly"))

    assert [each.section for each in filled] == list(picture_template("developed_weekly").all_sections())


def test_some_of_the_cases_can_be_outside_public_space() -> None:
    some = (tally("polisen", "boras.7", None, 3), tally("polisen", "boras.7", None, 2, in_public=False))

    [(_, said)] = said_in(sections_of(fortnight(*some))["angrepp"])

    assert said == "Polisen rapporterar om 5 fall (varav 2 ej i offentlig miljö)."


@pytest.mark.parametrize(
    ("entry_id", "reports", "sv", "en"),
    [
        ("boras.14", 1, "1 iakttagelse", "1 observation"),
        ("boras.14", 4, "4 iakttagelser", "4 observations"),
        ("boras.12", 1, "1 uppgift", "1 matter"),
        ("boras.11", 2, "2 uppgifter", "2 matters"),
        ("boras.1", 1, "1 fall", "1 case"),
        ("boras.1", 2, "2 fall", "2 cases"),
    ],
)
def test_good_news_and_what_happens_elsewhere_are_no_cases(
    entry_id: str, reports: int, sv: str, en: str
) -> None:
    sections = sections_of(fortnight(tally("boras_stad", entry_id, None, reports)))

    [line] = [line for each in sections.values() for part in each.parts for line in part.lines]
    assert f" {sv}" in line.words.sv
    assert f" {en}" in line.words.en


def test_a_text_stands_where_it_was_written_the_joint_one_first() -> None:
    desk = Desk().write("otrygga_miljoer", "Polisens del", area=HULTA, party=Party.POLICE)
    desk.write("otrygga_miljoer", "Stökigt vid torget", area=HULTA).write("internet", "Lugnt")

    sections = sections_of(fortnight(*THE_FIGURE), work=desk.work)

    [hulta, _] = sections["otrygga_miljoer"].parts
    assert [(text.party, text.text) for text in hulta.texts] == [
        (None, "Stökigt vid torget"),
        (Party.POLICE, "Polisens del"),
    ]
    assert [text.text for text in sections["internet"].parts[0].texts] == ["Lugnt"]
    assert sections["internet"].empty is None


def test_an_erased_text_still_has_its_place_without_its_words() -> None:
    desk = Desk().write("internet", "Ska bort").erase_everything()

    [part] = sections_of(fortnight(), work=desk.work)["internet"].parts

    assert [text.text for text in part.texts] == [None]


def test_a_checklist_shows_every_entry_with_its_value_also_those_without_one() -> None:
    drugs = entry("malmo.7")
    answered = EntryValue("malmo.7", drugs.words, None, highest=4, values=(0, 1, 0, 2, 0))
    in_hulta = EntryValue("malmo.7", drugs.words, HULTA, highest=5, values=(0, 0, 0, 0, 1))
    picture = replace(
        fortnight(tally("polisen", "malmo.7", HULTA, 2), tally("polisen", "malmo.7", None, 1)),
        returned=Returned((answered, in_hulta), (), ()),
    )

    groups = [sections_of(picture, "malmo_weekly")[each.section_id] for each in MALMOS_GROUPS]

    rows = {row.key: row for group in groups for table in group.tables for row in table.rows}
    assert len(rows) == 32 + 1
    assert rows["malmo.7"].values == (5, 4, 3)
    assert (rows["malmo.7:1490HULTA"].heading.sv, rows["malmo.7:1490HULTA"].values) == (
        "Öppen drogförsäljning i närområdet (anslutning till bostad) – Hulta",
        (5, 1, 2),
    )
    assert rows["malmo.32"].values == (None, 0, 0)


MALMOS_GROUPS = picture_template("malmo_weekly").sections[:4]


def test_what_returns_say_of_an_entry_stands_after_its_counts() -> None:
    networks = entry("boras.6").words
    values = (
        EntryValue("boras.6", networks, None, highest=4, values=(0, 0, 0, 1, 0)),
        EntryValue("boras.9", entry("boras.9").words, HULTA, highest=3, values=(1, 0, 1, 0, 0)),
    )
    picture = replace(fortnight(*THE_FIGURE), returned=Returned(values, (), ()))

    sections = sections_of(picture)

    assert said_in(sections["ovriga_brott"])[1:] == [
        (None, "Kriminella nätverk påverkar boendemiljön: högst 4 av 5 i 1 periodrapport.")
    ]
    assert said_in(sections["otrygga_miljoer"])[1] == (
        "Hulta",
        "Oro, konflikter eller stök (Hulta): högst 3 av 5 i 2 periodrapporter.",
    )


def test_themes_stand_by_district_with_a_total_that_holds_what_has_no_area() -> None:
    drugs = [tally("boras_stad", "boras.5", HULTA, 2), tally("polisen", "boras.5", None, 7)]
    others = [tally("boras_stad", "boras.3", HASSLEHOLMEN, 3), tally("boras_stad", "boras.14", HULTA, 9)]

    [table] = sections_of(fortnight(*drugs, *others), "botkyrka_tertial")["avvikelser"].tables

    assert [column.sv for column in table.columns] == [
        "Tema", "Hulta", "Hässleholmen", "Hela kommunen", "Totalt",
    ]  # fmt: skip
    assert [(row.heading.sv, row.values) for row in table.rows] == [
        ("Narkotika", (2, 0, 7, 9)),
        ("Våld", (0, 0, 0, 0)),
        ("Skadegörelse", (0, 0, 0, 0)),
        ("Otillåten påverkan", (0, 0, 0, 0)),
        ("Andra avvikelser", (0, 3, 0, 3)),
        ("Samlingsplatser", (0, 0, 0, 0)),
    ]


def test_a_sub_area_counts_in_its_district() -> None:
    picture = fortnight(
        tally("boras_stad", "boras.5", HULTA, 2), tally("boras_stad", "boras.5", HASSLEHOLMEN, 1)
    )
    hulta, hassleholmen = picture.areas
    within = replace(picture, areas=(replace(hulta, within=HASSLEHOLMEN), hassleholmen))

    [table] = sections_of(within, "botkyrka_tertial")["avvikelser"].tables

    assert [column.sv for column in table.columns] == ["Tema", "Hässleholmen", "Hela kommunen", "Totalt"]
    assert table.rows[0].values == (3, 0, 3)


def test_the_organisations_and_the_areas_stand_under_the_title() -> None:
    here = material(fortnight(*THE_FIGURE))

    assert title_of(here).sv == "Sammanställning av gemensam lägesbild"
    assert days_of(here).sv == "Avser perioden 2018-11-07 – 2018-11-20"
    assert [line.sv for line in lines_under_the_title(here)] == [
        "Borås Stad, Polisen och AB Bostäder",
        "Områdena Hulta och Hässleholmen",
    ]


def test_where_there_is_one_district_its_areas_are_named() -> None:
    hulta, hassleholmen = fortnight().areas
    city = replace(hulta, area="1490CITY", name="Staden")
    nested = (city, replace(hulta, within="1490CITY"), replace(hassleholmen, within="1490CITY"))

    [_, areas] = lines_under_the_title(material(replace(fortnight(), areas=nested)))
    [_, alone] = lines_under_the_title(material(replace(fortnight(), areas=(hulta,))))

    assert areas.sv == "Områdena Hulta och Hässleholmen"
    assert alone.sv == "Området Hulta"


def test_a_picture_of_a_priority_area_has_its_number_and_name_in_the_title() -> None:
    picture = replace(fortnight(), scope=HASSLEHOLMEN, scope_name="Hässleholmen")

    assert title_of(material(picture, "developed_weekly")).sv == (
        "Veckolägesbild prioriterat område 2: Hässleholmen"
    )
    assert title_of(material(fortnight(), "developed_weekly")).sv == "Veckolägesbild"
    assert title_of(material(picture, "boras_weekly")).sv == "Sammanställning av gemensam lägesbild"


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_every_section_of_every_template_says_something_or_says_that_it_is_empty(name: str) -> None:
    for picture in (fortnight(), fortnight(*THE_FIGURE)):
        for each in fill_sections(material(picture, name)):
            has_content = bool(each.parts or each.tables or each.rows)
            is_heading = each.section.kind is SectionKind.HEADING
            assert is_heading or has_content is (each.empty is None), each.section.section_id


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_the_keys_of_lines_and_tables_are_their_own(name: str) -> None:
    other = tally("boras_stad", "orebro.1", HULTA, 4, theme=Theme.VANDALISM)
    filled = fill_sections(material(fortnight(*THE_FIGURE, other), name))

    keys = [line.key for each in filled for part in each.parts for line in part.lines]
    tables = [table.key for each in filled for table in each.tables]
    assert len(keys) == len(set(keys))
    assert len(tables) == len(set(tables))
