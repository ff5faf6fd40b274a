"""The eight ready-made set-ups hold together and say where each fact comes from."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from est_contracts.vocabulary import (
    CollaborationDocument,
    MeetingForm,
    Party,
    PeriodKind,
    Polarity,
    Role,
    Scope,
    Tense,
    Term,
    code_of,
)
from est_single_machine.ready_made import TEMPLATES, NoSuchTemplate, template, template_file

NAMES = {
    "boras": "Borås",
    "borlange": "Borlänge",
    "botkyrka": "Botkyrka",
    "malmo": "Malmö",
    "norrkoping": "Norrköping",
    "orebro": "Örebro",
    "sollentuna": "Sollentuna",
    "vaxjo": "Växjö",
}
#: Model, checklist, days of a period, weekday of the meeting, and its form: as the report tells it.
AS_TOLD = {
    "orebro": ("A", "orebro", 7, None, MeetingForm.TELEPHONE),
    "botkyrka": ("A", "botkyrka", 7, 4, None),
    "boras": ("A", "boras", 14, 3, MeetingForm.IN_PERSON),
    "sollentuna": ("A", "orebro", 7, None, MeetingForm.TELEPHONE),
    "norrkoping": ("B", "orebro", 7, 3, MeetingForm.TELEPHONE),
    "malmo": ("C", "malmo", 7, 4, MeetingForm.TELEPHONE),
    "borlange": ("A", "orebro", 14, 4, None),
    "vaxjo": ("C", "orebro", 7, 2, MeetingForm.IN_PERSON),
}


def test_there_is_one_for_each_municipality_of_the_report() -> None:
    assert set(TEMPLATES) == set(NAMES) == set(AS_TOLD)


@pytest.mark.parametrize("name", NAMES)
def test_each_carries_the_code_and_name_of_its_municipality(name: str) -> None:
    document = template(name)

    assert (document.name, document.municipality) == (NAMES[name], code_of(NAMES[name]))


@pytest.mark.parametrize("name", NAMES)
def test_each_is_set_up_as_the_report_tells(name: str) -> None:
    model, checklist, days, weekday, form = AS_TOLD[name]
    document = template(name)

    assert document.meeting is not None
    told = (document.organisation_model, document.checklists[0], document.period_days)
    assert told == (model, checklist, days)
    assert weekday in {None, document.meeting.weekday}
    assert form in {None, document.meeting.form}


@pytest.mark.parametrize("name", NAMES)
def test_in_each_what_is_expected_elsewhere_and_positive_can_be_told(name: str) -> None:
    listed = [each for own in template(name).checklists_in_use() for each in own.entries]

    assert any(each.tense is Tense.EXPECTED for each in listed)
    assert any(each.scope is Scope.ELSEWHERE for each in listed)
    assert any(each.polarity is Polarity.POSITIVE for each in listed)


@pytest.mark.parametrize("name", NAMES)
def test_in_each_all_three_parties_coordinate_and_report(name: str) -> None:
    document = template(name)

    for role in (Role.COORDINATOR, Role.REPORTER):
        assert {party_of(document, each.function_id) for each in document.functions_with(role)} == set(Party)


@pytest.mark.parametrize("name", NAMES)
def test_each_has_a_duty_officer_who_gets_an_edition(name: str) -> None:
    document = template(name)
    on_duty = {each.function_id for each in document.functions_with(Role.DUTY_OFFICER)}

    listed = {each for told in document.distribution_lists for each in told.recipients}
    assert on_duty
    assert on_duty <= listed


@pytest.mark.parametrize("name", NAMES)
def test_no_mailbox_and_no_telephone_of_a_real_municipality_is_made_up(name: str) -> None:
    assert [each.email or each.telephone for each in template(name).functions] == [None] * len(
        template(name).functions
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_names_its_lines_in_the_report_or_is_marked_as_invented(name: str) -> None:
    """On its own line, or in the comments of its part."""
    without = [line for line in parts_of(template_file(name)) if not SOURCED.search(line)]

    assert without == []


SOURCED = re.compile(r"#.*(\[[0-9]+|[Ii]nvented)")


def parts_of(file: Path) -> list[str]:
    """The lines that begin a part, each with the comments inside it."""
    lines = file.read_text("utf-8").splitlines()
    begins = [number for number, line in enumerate(lines) if re.match(r"[a-z_]+:", line)] + [len(lines)]
    parts = ["\n".join(lines[begin:end]) for begin, end in pairwise(begins)]
    known_otherwise = ("municipality:", "name:")
    return [part for part in parts if not part.startswith((*known_otherwise, "distribution_lists:"))]


def test_norrkoping_has_a_local_group_for_each_of_its_three_areas() -> None:
    document = template("norrkoping")

    assert [each.name for each in document.local_groups] == [
        "EST Ytterstaden",
        "EST Innerstaden",
        "EST Söderstaden",
    ]
    assert {area for group in document.local_groups for area in group.area_ids} == {
        area.area_id for area in document.areas
    }


def test_malmo_assesses_five_areas_inside_its_city_area() -> None:
    document = template("malmo")
    inside = [area.name for area in document.areas if area.within == "1280VASTER"]

    assert inside == ["Holma", "Kroksbäck", "Bellevuegården", "Lorensborg", "Övriga Väster"]


def test_boras_reports_in_the_fourteen_days_of_the_printed_picture() -> None:
    period = template("boras").rhythm.parse("2018-W45-W46")

    assert (str(period.first_day), str(period.last_day)) == ("2018-11-07", "2018-11-20")


def test_botkyrka_looks_back_over_four_months_and_vaxjo_gives_a_risk_value() -> None:
    assert template("botkyrka").term is Term.TERTIAL
    assert template("vaxjo").risk_scale is not None
    assert [each for each in NAMES if template(each).risk_scale] == ["vaxjo"]


#: The layouts that the report prints or tells of, where it tells whose they are.
LAID_OUT = {
    ("boras", PeriodKind.FORTNIGHT): "boras_weekly",
    ("malmo", PeriodKind.WEEK): "malmo_weekly",
    ("vaxjo", PeriodKind.WEEK): "vaxjo_weekly",
    ("botkyrka", PeriodKind.TERTIAL): "botkyrka_tertial",
    ("orebro", PeriodKind.WEEK): "developed_weekly",
}


@pytest.mark.parametrize(("name", "kind"), LAID_OUT)
def test_pictures_are_laid_out_as_the_report_prints_them(name: str, kind: PeriodKind) -> None:
    assert template(name).template(kind).template_id == LAID_OUT[name, kind]


@pytest.mark.parametrize("name", NAMES)
def test_each_names_a_template_for_its_own_rhythm_for_its_term_and_for_the_year(name: str) -> None:
    document = template(name)

    own = PeriodKind.WEEK if document.period_days == 7 else PeriodKind.FORTNIGHT
    named = [chosen.kind for chosen in document.templates]
    assert named[0] is own
    assert named[-1] is PeriodKind.YEAR
    assert document.template(PeriodKind.YEAR).template_id == "annual"


@pytest.mark.parametrize("name", NAMES)
def test_a_layout_that_follows_a_list_is_of_the_list_that_is_reported_by(name: str) -> None:
    document = template(name)
    reported = {entry.entry_id for own in document.checklists_in_use() for entry in own.entries}

    for chosen in document.templates:
        listed = {
            each for section in document.template(chosen.kind).all_sections() for each in section.entries
        }
        assert listed <= reported


def test_only_the_picture_of_boras_is_official_to_whoever_wants_it() -> None:
    assert {name for name in NAMES if template(name).public_pictures} == {"boras"}
    assert all(set(template(name).signatories) == set(Party) for name in NAMES)


def test_an_unknown_name_is_told_what_there_is() -> None:
    with pytest.raises(NoSuchTemplate, match="vaxjo"):
        template_file("vasteras")


def party_of(document: CollaborationDocument, function_id: str) -> Party:
    organisation = document.function(function_id).organisation_id
    return document.organisation(organisation).party
