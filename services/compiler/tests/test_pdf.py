"""A picture on paper: read aloud in order, kept for years, and looking the same everywhere."""

from functools import cache
from hashlib import sha256
from itertools import pairwise

import pytest
import typst
from edition_briefs import brief_of, reported
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_structure import Printed
from printed_views import FINGERPRINT, NASTY, PUBLISHED, far_too_much, view_of_week_47

from est_chassis.failures import Unavailable
from est_chassis.testing import HostedService
from est_chassis.web.languages import Language
from est_compiler.domain.knowledge import Slot
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.view import (
    ChartBlock,
    ChartKind,
    Column,
    Figure,
    Heading,
    Paragraph,
    ParagraphKind,
    Row,
    Table,
    Unit,
    named,
)
from est_compiler.formats.cells import written_cell
from est_compiler.formats.pdf import PRESS, Press, pdf_of
from est_compiler.formats.pdf.letters import FONTS, legible, letters
from est_compiler.formats.pdf.sheet import sheet_of
from est_compiler.formats.pdf.typesetting import OTHERWISE, typeset
from est_contracts.example_collaboration import CENTRUM
from est_contracts.vocabulary import LEVEL_WORDS, TEMPLATES, Edition, Level, picture_template

EDITIONS = [Edition.INTERNAL, Edition.GENERAL, Edition.DUTY_OFFICER]
SWEDISH, ENGLISH = Language.SWEDISH, Language.ENGLISH


@cache
def printed(edition: Edition = Edition.INTERNAL, language: Language = SWEDISH) -> Printed:
    return Printed(pdf_of(view_of_week_47(edition), language, front_url="https://est.example"))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", list(Language))
def test_every_edition_says_what_it_is_and_keeps_both_standards(edition: Edition, language: Language) -> None:
    document = printed(edition, language)

    assert "<pdfuaid:part>1</pdfuaid:part>" in document.promises
    assert "<pdfaid:part>2</pdfaid:part>" in document.promises
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in document.promises
    assert document.language == ("sv-SE" if language is SWEDISH else "en-GB")
    assert document.title.startswith(language.say("Lägesbild · Vecka 47 · Valboås", "Situation picture"))
    assert document.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.root["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", list(Language))
def test_every_template_becomes_a_pdf_that_can_be_read_aloud(
    template: str, edition: Edition, language: Language
) -> None:
    a_week = brief_of(
        *(reported(f"boras.{entry}", reports=entry, area=CENTRUM) for entry in (1, 2, 5, 12)),
        *(reported(reports=entry, slot=Slot.PREVIOUS) for entry in (3, 4)),
        template=picture_template(template),
    )

    document = Printed(pdf_of(view_of(a_week, edition), language))

    assert "<pdfuaid:part>1</pdfuaid:part>" in document.promises
    headings = document.structure.all("H1", "H2", "H3", "H4")
    assert headings[0].name == "H1"
    assert all(table.all("TH") for table in document.structure.all("Table"))
    assert all(figure.alternative for figure in document.structure.all("Figure"))
    assert edition is not Edition.DUTY_OFFICER or len(document.reader.pages) == 1


@pytest.mark.parametrize("edition", EDITIONS)
def test_headings_come_in_order_and_no_step_is_skipped(edition: Edition) -> None:
    headings = printed(edition).structure.all("H1", "H2", "H3", "H4")

    levels = [int(heading.name[1]) for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert [heading.title for heading in headings][:4] == [
        "Lägesbild", "Otrygga miljöer", "Extremism", "Underlag",
    ]  # fmt: skip


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_table_has_header_cells_and_whole_rows(edition: Edition) -> None:
    tables = printed(edition).structure.all("Table")

    assert len(tables) >= 6
    for table in tables:
        first, *rows = table.all("TR")
        headers = first.all("TH")
        assert len(headers) >= 2
        assert {header.scope for header in headers} == {"/Column"}
        assert rows
        assert {len(row.all("TD")) for row in rows} == {len(headers)}


@pytest.mark.parametrize("language", list(Language))
def test_every_drawing_says_what_it_shows_and_has_its_numbers_in_a_table(language: Language) -> None:
    document = printed(Edition.INTERNAL, language)
    figures = document.structure.all("Figure")

    assert len(figures) == 4
    expected = language.say("Diagram över bars Vad det visar.", "Chart of bars What it shows.")
    assert str(figures[0].alternative).startswith(expected)
    assert all(figure.alternative for figure in figures)
    assert language.say("Talen bakom diagrammen", "The numbers behind the charts") in document.text
    assert len(document.structure.all("Link")) == len(figures)


def test_a_drawing_without_words_is_refused() -> None:
    sheet = sheet_of(view_of_week_47(), SWEDISH)
    for part in sheet["blocks"]:
        part["alt"] = None

    with pytest.raises(typst.TypstError, match="alt"):
        typeset(sheet, template=OTHERWISE, moment=PUBLISHED)


def test_every_number_of_every_table_is_on_the_paper() -> None:
    view, text = view_of_week_47(), printed().text

    for table in view.tables:
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=True):
                assert written_cell(cell, column.unit, SWEDISH).replace("\u00a0", " ") in text


def test_what_is_hidden_is_words_and_what_is_kept_back_too() -> None:
    text = printed(Edition.GENERAL).text

    assert "Positivt färre än 3 visas inte 4" in text


def test_what_people_have_written_stays_text() -> None:
    assert NASTY in printed().text


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_has_its_number_the_version_and_the_fingerprint(edition: Edition) -> None:
    pages = printed(edition).pages

    for number, text in enumerate(pages, start=1):
        assert f"Sida {number} av {len(pages)}" in text
        assert "Version 2, publicerad torsdag 26 november 2026 kl. 10.00" in text
        assert (FINGERPRINT in text) is (edition is not Edition.GENERAL)


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("edition", [Edition.INTERNAL, Edition.DUTY_OFFICER])
def test_the_level_is_told_in_words(edition: Edition, level: Level) -> None:
    text = Printed(pdf_of(view_of_week_47(edition, level=level), SWEDISH)).text
    colour, _, meaning = LEVEL_WORDS[level].sv.partition(": ")

    assert f"Läge: {colour.lower()}, {meaning} " in text


@pytest.mark.parametrize("blocks", [None, (), far_too_much()], ids=["a week", "nothing", "far too much"])
@pytest.mark.parametrize("language", list(Language))
def test_the_duty_officers_edition_is_exactly_one_page(blocks: tuple[()] | None, language: Language) -> None:
    document = Printed(pdf_of(view_of_week_47(Edition.DUTY_OFFICER, blocks=blocks), language))

    assert len(document.pages) == 1
    assert FINGERPRINT in document.text


def test_what_one_page_has_no_room_for_is_counted() -> None:
    text = Printed(pdf_of(view_of_week_47(Edition.DUTY_OFFICER, blocks=far_too_much()), SWEDISH)).text

    assert "till står i lägesbilden" in text


def test_a_table_too_long_for_paper_says_where_the_rest_is() -> None:
    text = Printed(pdf_of(view_of_week_47(blocks=far_too_much()), SWEDISH)).text

    assert "500 rader till står i lägesbilden och i dess CSV." in text


def test_a_wide_table_stays_on_the_paper() -> None:
    columns = tuple(Column(f"c{each}", named(f"Stadsdelsområde {each}")) for each in range(18))
    row = Row("r", named("Narkotikaförsäljning"), tuple(Figure(1234) for _ in columns))
    table = Table("wide", named("Bred"), named("Tema"), columns, (row,))

    (tag,) = Printed(pdf_of(view_of_week_47(blocks=(table,)), SWEDISH)).structure.all("Table")

    assert tag.box is not None
    assert tag.box[0] >= 50
    assert tag.box[2] <= 545


def test_the_table_of_problems_is_three_columns_of_parts() -> None:
    keys = ("what", "where", "how", "when", "causes", "measures", "purpose", "responsible")
    columns = tuple(Column(key, named(key.title()), Unit.WORDS) for key in keys)
    words = ("Klotter", "Skolan", "Sprayfärg", "Kvällar", "Mörkt", "Lampor", "Sikt", "")
    table = Table("rows", named("Insatser"), named("Problem"), columns, (Row("r", named("Ny"), words),))

    document = Printed(pdf_of(view_of_week_47(blocks=(table,)), SWEDISH))

    assert len(document.structure.all("TH")) == 4
    assert "Ny What: Klotter Where: Skolan How: Sprayfärg When: Kvällar Mörkt" in document.text
    assert "Measures: Lampor Purpose: Sikt" in document.text
    assert "Responsible:" not in document.text


def test_the_same_view_gives_the_same_bytes() -> None:
    assert pdf_of(view_of_week_47(), ENGLISH) == pdf_of(view_of_week_47(), ENGLISH)


def test_a_letter_without_a_shape_is_replaced() -> None:
    assert set("åäöÅÄÖé–−×≥’”\u00a0") <= letters()
    assert legible("Å □ ● 😀 ① \u200b中\tx\u0007") == "Å – • ? 1 ? x"


def test_words_with_letters_from_anywhere_can_be_printed() -> None:
    view = view_of_week_47(blocks=(Table("t", named("😀"), named("中"), (Column("n", named("ع")),), ()),))

    assert "?" in Printed(pdf_of(view, SWEDISH)).text


@settings(max_examples=25, deadline=None)
@given(
    st.text(max_size=60), st.text(st.characters(categories=["So", "Sm", "Lo", "Mn", "Cf", "Co"]), max_size=30)
)
def test_no_words_keep_a_picture_from_being_printed(written: str, strange: str) -> None:
    name = named(strange or "–")
    row = Row("r", name, (Figure(3), written, strange))
    columns = (Column("n", name), Column("a", name, Unit.WORDS), Column("b", name, Unit.WORDS))
    blocks = (
        Heading("h", 2, name),
        Paragraph(written, ParagraphKind.WRITTEN, name),
        Paragraph(strange),
        Table("t", name, name, columns, (row,)),
        ChartBlock(
            "c",
            ChartKind.BARS,
            name,
            name,
            Table("ct", name, name, columns[:1], (Row("r", name, (Figure(1),)),)),
        ),
    )

    assert pdf_of(view_of_week_47(blocks=blocks), SWEDISH).startswith(b"%PDF")


def test_the_vendored_fonts_are_the_ones_that_are_noted() -> None:
    noted = (FONTS / "VENDORED.md").read_text(encoding="utf-8")

    fonts = sorted(FONTS.glob("*.otf"))
    assert len(fonts) == 2
    for font in fonts:
        assert f"| `{font.name}` |" in noted
        assert sha256(font.read_bytes()).hexdigest() in noted
    assert (FONTS / "LICENSE.txt").exists()


async def test_the_press_prints_once_it_is_warm() -> None:
    press = Press()
    await press.warm_up()

    assert press.is_warm
    assert not Press().is_warm
    assert (await press.print(view_of_week_47(), SWEDISH)).startswith(b"%PDF-1.7")


async def test_nobody_waits_for_a_press_that_does_not_answer() -> None:
    with pytest.raises(Unavailable, match="in time"):
        await Press(within_seconds=0).print(view_of_week_47(), SWEDISH)


async def test_a_compiler_that_has_started_has_a_warm_press(compiler: HostedService) -> None:
    await compiler.until(lambda: PRESS.is_warm)


async def test_a_busy_press_says_so_at_once() -> None:
    with pytest.raises(Unavailable, match="busy"):
        await Press(most_waiting=0).print(view_of_week_47(), SWEDISH)
