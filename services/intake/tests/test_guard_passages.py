"""Where the guard found something: in the text as it was written, so that a screen can mark it."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from hypothesis import given, strategies
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from est_chassis.web.frame import HERE, StaticAddresses, folder_of
from est_chassis.web.languages import Language, say
from est_chassis.web.written import filters_for
from est_contracts.example_collaboration import example_collaboration
from est_contracts.guard import Finding, Passage, findings, passages, plainly_written, refuses, warns
from est_contracts.guard.known_names import known_names

TODAY = date(2026, 11, 22)


def marked(text: str) -> list[str]:
    return [text[each.begin : each.end] for each in passages(text, today=TODAY)]


def kinds(text: str) -> list[Finding]:
    return [each.finding for each in passages(text, today=TODAY)]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Pnr 850709-9801.", "850709-9801"),
        ("Pnr ８５０７０９－９８０１.", "８５０７０９－９８０１"),
        ("Pnr 850709\N{ZERO WIDTH SPACE}-9801.", "850709\N{ZERO WIDTH SPACE}-9801"),
        ("Cafe\N{COMBINING ACUTE ACCENT}et ﬁck besök, 850709-9801.", "850709-9801"),
        (
            "½ liter hos 070\N{NO-BREAK SPACE}174\N{NO-BREAK SPACE}06 05",
            "070\N{NO-BREAK SPACE}174\N{NO-BREAK SPACE}06 05",
        ),
        ("\N{SOFT HYPHEN}Bor på Storgatan 12.", "12"),
    ],
)
def test_a_passage_is_where_the_writer_wrote_it(text: str, passage: str) -> None:
    assert marked(text) == [passage]


def test_of_an_address_the_street_may_stay() -> None:
    assert marked("Bor på Nygatan 3 B, 2 tr, 702 10 Örebro.") == ["3 B, 2 tr, 702 10"]


def test_what_is_parted_by_a_comma_only_is_one_passage() -> None:
    assert marked("Bor på Nygatan 3, lgh 1102 i huset") == ["3, lgh 1102"]


def test_passages_come_in_the_order_of_the_text() -> None:
    assert kinds("DUM 123 på Storgatan 12, ring Johan Andersson 070-174 06 05") == [
        Finding.REGISTRATION_PLATE,
        Finding.HOUSE_NUMBER,
        Finding.PERSON_NAME,
        Finding.PHONE_NUMBER,
    ]


def test_a_passage_never_carries_what_was_found() -> None:
    assert set(Passage.__dataclass_fields__) == {"finding", "begin", "end"}


@given(text=strategies.text(max_size=200))
def test_every_passage_lies_in_the_text_and_holds_something(text: str) -> None:
    assert all(0 <= each.begin < each.end <= len(text) for each in passages(text, today=TODAY))


@given(text=strategies.text(alphabet="0123456789 -+.@abcåsgatn/,\N{NO-BREAK SPACE}０１", max_size=60))
def test_passages_and_findings_agree(text: str) -> None:
    found = findings(text, today=TODAY)

    assert {each.finding for each in passages(text, today=TODAY)} == set(found)
    assert set(refuses(text, today=TODAY)) | set(warns(text, today=TODAY)) == set(found)


@given(text=strategies.text(max_size=50))
def test_what_is_plain_already_stays_as_it_is(text: str) -> None:
    plain = plainly_written(text)

    assert plainly_written(plain) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Karl Johans torg är lugnt.",
        "Utanför Erikssons Bil och Kalles kiosk.",
        "Hjalmar Bergman-teatern fick dörren sparkad.",
        "Björn har setts vid ån.",
        "Sten kastades.",
        "Bråk i Nora, Bergs kommun.",
        "Olycka på Riksväg 32.",
        "Platsen kallas Gropen.",
        "Café Anna hade inbrott.",
    ],
)
def test_the_names_of_places_and_firms_and_everyday_words_are_no_question(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Det var Björn Lindqvist som sprang.", "Björn Lindqvist"),
        ("Killen Sten sprang.", "Sten"),
        ("Han kallas nog Nettan.", "Nettan"),
        ("familjen Rask bråkar", "Rask"),
        ("andersson, johan sprang", "andersson, johan"),
        ("Hörde av Per-Erik att det brann", "Per-Erik"),
    ],
)
def test_a_likely_name_is_marked_as_a_whole(text: str, name: str) -> None:
    assert marked(text) == [name]
    assert refuses(text, today=TODAY) == ()


def test_the_municipalitys_own_names_are_nobodys_but_its_house_numbers_still_are() -> None:
    known = {"Anna Larsson", "Storgatan 12"}

    told = passages("Vid Anna Larsson på Storgatan 12", today=TODAY, known_names=known)

    assert [each.finding for each in told] == [Finding.HOUSE_NUMBER]


def test_the_names_of_areas_places_and_organisations_are_known() -> None:
    document = example_collaboration()

    assert {area.name for area in document.areas} <= known_names(document)
    assert {organisation.name for organisation in document.organisations} <= known_names(document)


@pytest.mark.parametrize("language", list(Language))
def test_a_page_gets_a_guarded_field_and_what_it_needs_from_two_macros(language: Language) -> None:
    folders = [folder_of("intake", "templates"), HERE / "templates"]
    pages = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined)
    pages.filters |= filters_for(language)
    pages.globals |= {
        "say": partial(say, language),
        "static_url": StaticAddresses("intake", folder_of("intake", "static")),
    }

    page = pages.from_string(
        '{% import "guard.html" as guard %}{{ guard.files() }}'
        '{{ guard.guarded_text("text", "?", "<b>", error="!", maxlength=100) }}'
    ).render()

    assert "/static/intake/guard.js?v=" in page
    assert "/static/intake/guard.css?v=" in page
    assert 'data-guard=""' in page
    assert 'maxlength="100"' in page
    assert "&lt;b&gt;</textarea>" in page
    assert 'id="text-error"' in page
