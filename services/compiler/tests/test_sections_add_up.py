"""Whatever is reported, each report stands under one heading of a template of entries, and under no other."""

from collections import Counter

import pytest
from boras_fortnight import HASSLEHOLMEN, HULTA, PARTIES, fortnight, material, tally
from hypothesis import given
from hypothesis import strategies as some

from est_compiler.domain.knowledge import Slot, Tally
from est_compiler.domain.picture import Picture
from est_compiler.domain.sections.fill import fill_sections
from est_compiler.domain.sections.parts import CountLine, FilledSection
from est_contracts.vocabulary import CHECKLISTS, Theme

ENTRIES = [each.entry_id for own in CHECKLISTS.values() for each in own.entries]
REPORTED = some.builds(
    tally,
    organisation=some.sampled_from(sorted(PARTIES)),
    entry_id=some.sampled_from(ENTRIES),
    area=some.sampled_from([None, HULTA, HASSLEHOLMEN]),
    reports=some.integers(1, 40),
    slot=some.sampled_from(list(Slot)),
    severity=some.sampled_from([None, 1, 3, 5]),
)


def counted_by_organisation(picture: Picture) -> Counter[str]:
    return Counter(
        {each.organisation: each.now.reports for each in picture.organisations if each.now.reports}
    )


def lines_of(filled: tuple[FilledSection, ...]) -> list[CountLine]:
    lines = [line for each in filled for part in each.parts for line in part.lines]
    return [line for line in lines if isinstance(line, CountLine)]


@given(some.lists(REPORTED, max_size=40))
def test_the_lines_of_each_organisation_add_up_to_what_it_has_reported(tallies: list[Tally]) -> None:
    picture = fortnight(*tallies)

    told: Counter[str] = Counter()
    for line in lines_of(fill_sections(material(picture, "boras_weekly"))):
        told[line.organisation] += line.number

    assert told == counted_by_organisation(picture)


@given(some.lists(REPORTED, max_size=40))
def test_a_table_of_a_whole_checklist_and_what_it_leaves_add_up_to_all_reports(tallies: list[Tally]) -> None:
    picture = fortnight(*tallies)

    filled = fill_sections(material(picture, "malmo_weekly"))

    in_tables = sum(
        row.values[-1] if isinstance(row.values[-1], int) else 0
        for each in filled
        if each.section.entries
        for table in each.tables
        for row in table.rows
    )
    assert in_tables + sum(line.number for line in lines_of(filled)) == picture.reports


@given(some.lists(REPORTED, max_size=40))
def test_the_table_by_district_adds_up_along_both_of_its_sides(tallies: list[Tally]) -> None:
    picture = fortnight(*tallies)

    [table] = [
        table
        for each in fill_sections(material(picture, "botkyrka_tertial"))
        for table in each.tables
        if each.section.section_id == "avvikelser"
    ]

    rows = [[value for value in row.values if isinstance(value, int)] for row in table.rows]
    assert all(sum(row[:-1]) == row[-1] for row in rows)
    good_news = sum(each.now.reports for each in picture.themes if each.theme is Theme.POSITIVE)
    assert sum(row[-1] for row in rows) == picture.reports - good_news


@pytest.mark.parametrize("template", ["developed_weekly", "vaxjo_weekly", "quarterly", "annual"])
@given(tallies=some.lists(REPORTED, max_size=20))
def test_every_template_can_be_filled_with_whatever_is_reported(template: str, tallies: list[Tally]) -> None:
    filled = fill_sections(material(fortnight(*tallies), template))

    keys = [line.key for each in filled for part in each.parts for line in part.lines]
    assert len(keys) == len(set(keys))
