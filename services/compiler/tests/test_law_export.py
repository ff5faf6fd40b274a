"""The annual analysis as an answer to the Act (2023:196): its parts, and those that are missing."""

from dataclasses import replace
from decimal import Decimal

from boras_fortnight import BORAS, HULTA, THE_FIGURE, Desk, fortnight, material

from est_compiler.domain.compiling.work import RowWords, WorkInWords
from est_compiler.domain.picture import Picture
from est_compiler.domain.sections.fill import fill_sections
from est_compiler.domain.viewing.law_export import LawDocument, law_export
from est_contracts.vocabulary import LAW_PARTS, IndicatorValue, Role, picture_template

A_VALUE = IndicatorValue("employment", 2018, Decimal("61.2"), "SCB")


def exported(
    picture: Picture, work: WorkInWords | None = None, *, indicators: tuple[IndicatorValue, ...] = ()
) -> LawDocument:
    filled = replace(material(picture, "annual", work=work), indicators=indicators)
    return law_export(filled, fill_sections(filled))


def missing(document: LawDocument) -> list[str]:
    return [each.part.part_id for each in document.parts if each.is_missing]


def test_the_document_has_the_parts_that_the_law_asks_for_in_its_order() -> None:
    document = exported(fortnight(*THE_FIGURE))

    assert [each.part.part_id for each in document.parts] == [
        "omfattning",
        "konsekvenser",
        "annan_information",
        "analys",
        "stallningstagande",
        "atgardsplan",
        "samordningsfunktion",
    ]
    assert "2023:196" in document.title.sv
    assert (document.municipality_name, document.period) == ("Borås", "2018-W45-W46")


def test_every_section_that_answers_the_law_is_in_the_annual_template() -> None:
    in_template = {each.section_id for each in picture_template("annual").all_sections()}

    named = [name for part in LAW_PARTS for name in part.sections]
    assert set(named) <= in_template
    assert len(named) == len(set(named))
    assert all(part.sections for part in LAW_PARTS)


def test_numbers_alone_answer_the_extent_of_crime_and_the_set_up_who_coordinates() -> None:
    document = exported(fortnight(*THE_FIGURE))

    assert missing(document) == [
        "konsekvenser",
        "annan_information",
        "analys",
        "stallningstagande",
        "atgardsplan",
    ]
    assert document.missing[0].sv == "Kartläggning: brottslighetens konsekvenser"
    [coordinating] = document.parts[-1].functions
    assert (coordinating.title, coordinating.organisation) == ("Samordnare", "Borås Stad")


def test_words_values_and_rows_answer_the_rest() -> None:
    desk = Desk().write("konsekvenser", "Handlare stänger tidigare").write("analys", "Låg upptäcktsrisk")
    desk.write("strategiska_mal", "Hälften så många fönster")
    desk.add_row("problembilder", RowWords(what="Fönsterkross", measures="Väktare"))

    document = exported(fortnight(*THE_FIGURE), desk.work, indicators=(A_VALUE,))

    assert missing(document) == []
    assert document.missing == ()


def test_erased_words_answer_nothing() -> None:
    desk = Desk().write("konsekvenser", "Handlare stänger").add_row("problembilder", RowWords(what="Fönster"))

    document = exported(fortnight(*THE_FIGURE), desk.erase_everything().work)

    assert "konsekvenser" in missing(document)
    assert "atgardsplan" in missing(document)


def test_a_value_of_an_earlier_time_than_is_shown_answers_nothing() -> None:
    document = exported(fortnight(*THE_FIGURE), indicators=(replace(A_VALUE, year=2001),))

    assert "annan_information" in missing(document)


def test_without_a_set_up_nobody_is_known_to_coordinate_until_it_is_written() -> None:
    unknown = replace(material(fortnight(*THE_FIGURE), "annual"), document=None)
    written = Desk().write("samordning", "Säkerhetschefens stab").work

    def is_missing(work: WorkInWords | None) -> bool:
        known = replace(unknown, work=work)
        return "samordningsfunktion" in missing(law_export(known, fill_sections(known)))

    assert is_missing(None)
    assert not is_missing(written)


def test_the_police_coordinate_their_own_part_and_not_the_municipalitys() -> None:
    coordinators = BORAS.functions_with(Role.COORDINATOR)
    document = exported(fortnight())

    assert len(coordinators) == 2
    assert [each.function for each in document.parts[-1].functions] == ["samordnare"]
    assert all(each.functions == () for each in document.parts[:-1])


def test_a_picture_of_another_template_answers_what_it_can() -> None:
    desk = Desk().write("otrygga_miljoer", "Stökigt", area=HULTA)
    here = material(fortnight(*THE_FIGURE), "boras_weekly", work=desk.work)

    document = law_export(here, fill_sections(here))

    assert "omfattning" in missing(document)
    assert [each.sections for each in document.parts] == [()] * len(LAW_PARTS)
