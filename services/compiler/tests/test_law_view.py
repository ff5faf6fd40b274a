"""The document that the Act (2023:196) asks for, in every format that a picture has."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from boras_fortnight import BORAS, THE_FIGURE, Desk, fortnight

from est_chassis.web.languages import Language
from est_compiler.domain.compiling.work import RowWords, WorkInWords
from est_compiler.domain.picture import Known
from est_compiler.domain.publishing.refusals import PictureIsNoAnnualAnalysis
from est_compiler.domain.viewing.brief import Brief, SignedBy
from est_compiler.domain.viewing.law import law_view
from est_compiler.domain.viewing.view import Heading, Lines, Paragraph, Standing, Stated, Table
from est_compiler.formats.as_json import json_document
from est_compiler.formats.as_text import as_text
from est_contracts.vocabulary import LAW_PARTS, IndicatorValue, Party, Words, picture_template

WEDNESDAY = datetime(2018, 11, 21, 8, tzinfo=UTC)


def brief(template: str = "annual", *, work: WorkInWords | None = None) -> Brief:
    return Brief(
        picture=fortnight(*THE_FIGURE),
        known=Known(12, 3),
        fingerprint="a" * 64,
        stated=Stated(Standing.DRAFT, WEDNESDAY),
        headline=Words(sv="44 rapporter", en="44 reports"),
        template=picture_template(template),
        work=work,
        document=BORAS,
    )


def desk() -> Desk:
    written = Desk().write("konsekvenser", "Handlare stänger tidigare.").write("analys", "Låg upptäcktsrisk.")
    written.write("stallningstagande", "Fler vuxna ute på kvällarna.")
    written.write("annan_information", "Många flyttar.")
    return written.add_row("problembilder", RowWords(what="Fönsterkross", measures="Väktare"))


def test_the_parts_of_the_law_are_the_headings_in_its_order() -> None:
    view = law_view(brief())

    headings = [each.words for each in view.blocks if isinstance(each, Heading) and each.level == 2]
    assert headings == [part.words for part in LAW_PARTS]
    assert "2023:196" in view.title.sv


def test_what_is_missing_is_named_first_and_where_it_should_have_stood() -> None:
    first, *others = law_view(brief()).blocks

    assert isinstance(first, Paragraph)
    assert isinstance(first.words, Words)
    assert first.words.sv.startswith("Ännu inte besvarat: Kartläggning: brottslighetens konsekvenser, ")
    missing = [each for each in others if isinstance(each, Paragraph) and each.kind == "empty"]
    assert len(missing) == 5


def test_what_is_answered_stands_with_its_words_numbers_and_rows() -> None:
    view = law_view(brief(work=desk().work))

    first = view.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.words == Words(
        sv="Alla delar som lagen frågar efter är besvarade.",
        en="All parts that the Act asks for are answered.",
    )
    written = [each.words for each in view.blocks if isinstance(each, Paragraph) and each.kind == "written"]
    assert "Handlare stänger tidigare." in written
    tables = {each.name for each in view.blocks if isinstance(each, Table)}
    assert {"section_brottslighet:number", "section_problembilder_rows"} <= tables
    [functions] = [
        each for each in view.blocks if isinstance(each, Lines) and each.name.endswith("functions")
    ]
    assert [line.words for line in functions.lines] == [
        Words(sv="Samordnare, Borås Stad", en="Samordnare, Borås Stad")
    ]


def test_a_section_without_words_or_values_is_left_out_and_no_heading_stands_twice() -> None:
    view = law_view(brief(work=desk().work))

    headings = [each for each in view.blocks if isinstance(each, Heading)]
    assert "trygghet" not in {each.name for each in headings}
    tables = {each.name for each in view.blocks if isinstance(each, Table)}
    assert "section_social_conditions" not in tables
    said = [each.words.sv for each in headings]
    assert len(said) == len(set(said))


def test_a_value_shows_the_whole_group_of_indicators() -> None:
    value = IndicatorValue("felt_unsafety", 2018, Decimal(36), "Trygghetsmätning")

    view = law_view(replace(brief(), indicators=(value,)))

    tables = {each.name for each in view.blocks if isinstance(each, Table)}
    assert "section_unsafety_and_crime" in tables


def test_the_document_is_written_in_formats_that_pictures_have() -> None:
    view = law_view(brief(work=desk().work))

    text = as_text(view, Language("sv"))
    assert "ÅTGÄRDSPLAN" in text
    assert "Handlare stänger tidigare." in text
    assert json_document(view)["title"]["sv"] == view.title.sv


def test_every_name_in_the_document_is_its_own() -> None:
    view = law_view(brief(work=desk().work))

    names = [each.name for each in view.blocks if not isinstance(each, Paragraph)]
    assert len(names) == len(set(names))


def test_whoever_has_signed_stands_last_with_when() -> None:
    at_noon = datetime(2018, 11, 22, 11, tzinfo=UTC)
    signed = (
        SignedBy(Party.MUNICIPALITY, "Samordnare", WEDNESDAY, in_meeting=False),
        SignedBy(Party.POLICE, "Kommunpolis", at_noon, in_meeting=True),
    )

    heading, table = law_view(replace(brief(work=desk().work), signed=signed)).blocks[-2:]

    assert isinstance(heading, Heading) and isinstance(table, Table)
    assert heading.words.sv == "Underskrifter"
    told = [[each.sv for each in (row.words, *row.cells) if isinstance(each, Words)] for row in table.rows]
    assert [row[:2] for row in told] == [["Kommun", "Samordnare"], ["Polis", "Kommunpolis"]]
    assert "21" in told[0][2] and "09.00" in told[0][2]
    assert told[1][2].endswith("12.00, vid mötet")


def test_what_nobody_has_signed_says_who_is_to() -> None:
    view = law_view(replace(brief(), unsigned=(Party.MUNICIPALITY,)))

    last = view.blocks[-1]
    assert isinstance(last, Paragraph) and isinstance(last.words, Words)
    assert last.words.sv.startswith("Inte underskriven.")


@pytest.mark.parametrize(
    "made_by", [brief("boras_weekly"), brief("developed_weekly"), replace(brief(), template=None)]
)
def test_only_an_annual_analysis_answers_the_law(made_by: Brief) -> None:
    with pytest.raises(PictureIsNoAnnualAnalysis):
        law_view(made_by)
