"""What stands around the numbers stands in every format: who signed, how areas are judged, what came late."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from edition_briefs import brief_of, reported
from pdf_structure import Printed

from est_chassis.web.languages import Language
from est_compiler.domain.compiling.work import AreaValue, CompiledWork, WorkInWords
from est_compiler.domain.drawn_picture import LateReports
from est_compiler.domain.knowledge import Slot
from est_compiler.domain.picture import AreaValue as ReturnedValue
from est_compiler.domain.picture import Returned, RiskValue
from est_compiler.domain.viewing.brief import Brief, SignedBy
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.view import (
    TOO_FEW,
    UNKNOWN,
    Figure,
    Heading,
    Row,
    Standing,
    Stated,
    Table,
    View,
    named,
)
from est_compiler.formats.as_csv import as_csv
from est_compiler.formats.as_json import as_json
from est_compiler.formats.as_text import as_text
from est_compiler.formats.pdf.typesetting import pdf_of
from est_compiler.pages.reading.blocks import sections_of
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.vocabulary import TEMPLATES, Edition, Party, SectionKind, picture_template

SWEDISH = Language.SWEDISH
SIGNED_AT = datetime(2026, 11, 26, 9, 5, tzinfo=UTC)
TITLES = {
    Party.MUNICIPALITY: "Brottsförebyggande samordnare",
    Party.POLICE: "Kommunpolis",
    Party.HOUSING: "Bosocial utvecklare",
}
INSIDE = (Edition.INTERNAL, Edition.PLAIN_TEXT)
OUTSIDE = (Edition.GENERAL, Edition.DUTY_OFFICER)


def signed_by(*parties: Party, in_meeting: bool = False) -> Brief:
    signed = tuple(SignedBy(party, TITLES[party], SIGNED_AT, in_meeting=in_meeting) for party in parties)
    return replace(brief_of(reported(reports=12, area=NORRANGEN)), signed=signed)


def draft_of(*parties: Party) -> Brief:
    brief = brief_of(reported(reports=12), stated=Stated(Standing.DRAFT))
    return replace(brief, unsigned=parties)


def assessed(brief: Brief, *values: AreaValue) -> Brief:
    work = CompiledWork("boras_weekly", 1, area_values=values)
    return replace(brief, work=WorkInWords(work))


def returned(brief: Brief, area: str, *, highest: int) -> Brief:
    values = tuple(int(step == highest) for step in range(1, 6))
    told = ReturnedValue(area, "Centrum", Party.HOUSING, values)  # type: ignore[arg-type]
    risk = RiskValue("2026-W46", brief.picture.first_day, 3)
    return replace(brief, picture=replace(brief.picture, returned=Returned((), (told,), (risk,))))


def in_every_format(view: View) -> dict[str, str]:
    """What a reader of each finds, as running text."""
    return {
        "page": str(sections_of(view.blocks, SWEDISH)),
        "text": " ".join(as_text(view, SWEDISH).split()),
        "pdf": Printed(pdf_of(view, SWEDISH)).text,
        "json": as_json(view),
    }


def table_named(view: View, name: str) -> Table | None:
    return next((each for each in view.tables if each.name == name), None)


def headings(view: View) -> list[str]:
    return [block.name for block in view.blocks if isinstance(block, Heading)]


@pytest.mark.parametrize("edition", INSIDE)
def test_who_signed_stands_in_every_format_for_those_who_take_part(edition: Edition) -> None:
    view = view_of(signed_by(*Party), edition)

    for form, written in in_every_format(view).items():
        for title in TITLES.values():
            assert title in written, (form, title)
        assert "26 nov 2026 kl. 10.05" in written, form
        assert "Polis" in written, form
    rows = [line.split(";") for line in as_csv(view, SWEDISH).splitlines() if "signatures_table" in line]
    assert [(row[6], row[8], row[10]) for row in rows][2:4] == [
        ("police", "function", "Kommunpolis"), ("police", "signed_at", "26 nov 2026 kl. 10.05"),
    ]  # fmt: skip


@pytest.mark.parametrize("edition", OUTSIDE)
def test_others_are_told_which_parties_signed_and_not_who(edition: Edition) -> None:
    view = view_of(signed_by(*Party), edition)

    for form, written in in_every_format(view).items():
        told = "Underskriven av de tre parterna: kommunen, polisen och fastighetsföretagen."
        assert told in written, form
        assert "10.05" not in written, form
    assert table_named(view, "signatures_table") is None


def test_a_table_that_says_its_heading_has_its_caption_read_aloud_only() -> None:
    heading = Heading("signatures", 2, named("Underskrifter"))
    table = Table("one", named("Underskrifter"), named("Part"), (), ())
    other = replace(table, name="other", caption=named("Vilka som har skrivit under"))

    [section] = sections_of((heading, table, other), SWEDISH)

    assert [getattr(each, "says_its_heading", None) for each in section.blocks] == [True, False]


def test_fewer_than_three_are_not_called_the_three_parties() -> None:
    view = view_of(signed_by(Party.MUNICIPALITY, Party.POLICE), Edition.GENERAL)

    assert "Underskriven av kommunen och polisen." in as_text(view, SWEDISH)


def test_what_was_signed_in_the_meeting_says_so() -> None:
    view = view_of(signed_by(Party.POLICE, in_meeting=True), Edition.INTERNAL)

    assert "26 nov 2026 kl. 10.05, vid mötet" in as_json(view)


@pytest.mark.parametrize("edition", Edition)
def test_a_draft_says_whose_signatures_are_missing(edition: Edition) -> None:
    view = view_of(draft_of(Party.MUNICIPALITY, Party.HOUSING), edition)

    for form, written in in_every_format(view).items():
        assert "Inte underskriven." in written, form
        assert "ska den skrivas under av kommunen och fastighetsföretagen." in written, form


def test_where_nobody_has_to_sign_nothing_is_said_of_it() -> None:
    view = view_of(draft_of(), Edition.INTERNAL)

    assert "signatures" not in headings(view)


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_assessed_areas_stand_in_the_picture_whatever_its_template(template: str) -> None:
    brief = brief_of(reported(area=NORRANGEN), template=picture_template(template))
    brief = assessed(brief, AreaValue(NORRANGEN, Party.POLICE, 4))

    for edition in INSIDE:
        view = view_of(brief, edition)
        has_section = any(
            section.kind is SectionKind.AREA_VALUES for section in picture_template(template).all_sections()
        )
        tables = [each for each in view.tables if "Norrängen" in {row.words.sv for row in each.rows}]
        given = [
            cell for each in tables for column, cell in zip(each.columns, row_of(each).cells, strict=True)
            if column.words.sv == "Polis"
        ]  # fmt: skip
        assert [getattr(each, "value", None) for each in given] == [4]
        assert (table_named(view, "area_values") is None) is has_section


def row_of(table: Table) -> Row:
    return next(row for row in table.rows if row.words.sv == "Norrängen")


def test_assessments_stand_in_every_format_and_what_a_party_put_down_goes_before_its_returns() -> None:
    brief = returned(brief_of(reported(area=NORRANGEN)), CENTRUM, highest=2)
    brief = assessed(brief, AreaValue(NORRANGEN, Party.POLICE, 4), AreaValue(CENTRUM, Party.HOUSING, 5))

    view = view_of(brief, Edition.INTERNAL)

    table = table_named(view, "area_values")
    assert table is not None
    assert [column.words.sv for column in table.columns] == ["Polis", "Fastighetsföretag"]
    assert [(row.key, *(getattr(cell, "value", None) for cell in row.cells)) for row in table.rows] == [
        (CENTRUM, None, 5), (NORRANGEN, 4, None),
    ]  # fmt: skip
    for form, written in in_every_format(view).items():
        assert "Samlad bedömning per område (1–5)" in written, form


def test_the_general_edition_tells_no_partys_assessment_of_an_area() -> None:
    brief = assessed(
        returned(brief_of(reported(area=NORRANGEN)), CENTRUM, highest=5),
        AreaValue(NORRANGEN, Party.POLICE, 4),
    )

    view = view_of(brief, Edition.GENERAL)

    assert table_named(view, "area_values") is None
    assert not any(column.words.sv == "Polis" for table in view.tables for column in table.columns)
    assert table_named(view, "risk_values") is not None


def test_what_came_in_late_stands_in_every_format_with_its_number() -> None:
    late = (LateReports("2026-W45", 2), LateReports("2026-W46", 3))
    brief = replace(brief_of(reported(reports=12)), late=late)

    for edition in (*INSIDE, Edition.DUTY_OFFICER):
        view = view_of(brief, edition)
        for form, written in in_every_format(view).items():
            assert "5 rapporter kom in efter att lägesbilden för sin period" in written, form
            assert "(v. 45, v. 46)" in written, form
        [row] = [line for line in as_csv(view, SWEDISH).splitlines() if ";late_lines;" in line]
        assert row.split(";")[10] == "5"
    assert "late" not in headings(view_of(brief, Edition.GENERAL))


def test_small_numbers_are_too_few_for_a_percentage_in_every_format() -> None:
    view = view_of(
        brief_of(
            reported(reports=9, area=NORRANGEN),
            reported(reports=3, area=NORRANGEN, slot=Slot.PREVIOUS),
            reported("boras.12", reports=20, area=CENTRUM),
            reported("boras.12", reports=10, area=CENTRUM, slot=Slot.PREVIOUS),
        ),
        Edition.INTERNAL,
    )
    areas = table_named(view, "areas")

    assert areas is not None and areas.note is not None
    percents = {row.key: row.cells[2] for row in areas.rows}
    assert percents == {CENTRUM: Figure(100), NORRANGEN: TOO_FEW, HAMNEN: UNKNOWN}
    for form, written in in_every_format(view).items():
        assert "För få: färre än tio rapporter" in written, form
    assert any(line.endswith(";;percent_change;too_few") for line in as_csv(view, SWEDISH).splitlines())
    assert "+100\N{NO-BREAK SPACE}%" in as_text(view, SWEDISH)


def test_programs_read_who_signed_by_party() -> None:
    told = json.loads(as_json(view_of(signed_by(*Party), Edition.INTERNAL)))

    table = next(block for block in told["blocks"] if block.get("name") == "signatures_table")
    assert [row["key"] for row in table["rows"]] == ["municipality", "police", "housing"]
    assert [column["key"] for column in table["columns"]] == ["function", "signed_at"]
