"""What differs between two versions of a document is told part by part."""

from datetime import date

from est_contracts.example_collaboration import HAMNEN, NORRANGEN, example_collaboration
from est_contracts.vocabulary import (
    CalendarEntry,
    CalendarKind,
    ChosenTemplate,
    CollaborationDocument,
    Deadline,
    Party,
    PeriodKind,
    PriorityAreas,
    RiskScale,
    Role,
)
from est_intake.domain.set_up_changes import KEYS, Change, ChangeKind, changes_between
from est_intake.domain.set_up_words import FIELD_WORDS, PART_WORDS, Spoken


def changed(**changes: object) -> tuple[Change, ...]:
    document = example_collaboration()
    return changes_between(document, document.model_copy(update=changes))


def test_the_same_document_has_no_changes() -> None:
    assert changed() == ()


def test_before_the_first_version_everything_is_added() -> None:
    changes = changes_between(None, example_collaboration())

    assert {each.kind for each in changes} == {ChangeKind.ADDED}
    assert {each.part for each in changes} == {
        "basics",
        "organisations",
        "areas",
        "functions",
        "distribution_lists",
    }


def test_before_the_first_version_nothing_is_told_of_what_is_not_chosen() -> None:
    basics = changes_between(None, example_collaboration())[0]

    assert all(field.after for field in basics.fields)
    assert "signed_by" not in {field.field for field in basics.fields}


def test_a_scale_is_told_from_its_lowest_to_its_highest() -> None:
    (change,) = changed(risk_scale=RiskScale(lowest=1, highest=5))

    assert [field.after for field in change.fields] == [Spoken("1–5", "1–5")]


def test_a_changed_deadline_is_told_as_it_was_and_as_it_becomes() -> None:
    (change,) = changed(deadline=Deadline(weekday=4, time="09:30"))

    (field,) = change.fields
    assert (change.part, field.field) == ("basics", "deadline")
    assert (field.before, field.after) == (
        Spoken("onsdag 10:00", "Wednesday 10:00"),
        Spoken("torsdag 09:30 (påminnelse 20 timmar före)", "Thursday 09:30 (reminder 20 hours before)"),
    )


def test_an_area_that_is_renamed_is_the_same_area() -> None:
    areas = tuple(
        area.model_copy(update={"name": "Norra ängen"}) if area.area_id == NORRANGEN else area
        for area in example_collaboration().areas
    )

    (change,) = changed(areas=areas)

    assert (change.kind, change.key, change.name.sv) == (ChangeKind.CHANGED, NORRANGEN, "Norra ängen")
    assert [field.field for field in change.fields] == ["name"]


def test_a_border_that_is_drawn_anew_is_told_without_its_corners() -> None:
    moved = (((13.0, 58.0), (13.1, 58.0), (13.1, 58.1), (13.0, 58.0)),)
    areas = tuple(
        area.model_copy(update={"polygon": moved}) if area.area_id == HAMNEN else area
        for area in example_collaboration().areas
    )

    (change,) = changed(areas=areas)

    (field,) = change.fields
    assert (field.field, field.before, field.after) == ("polygon", None, None)


def test_roles_and_kinds_are_told_in_words() -> None:
    functions = tuple(
        each.model_copy(update={"roles": (Role.REPORTER, Role.RECIPIENT)})
        if each.function_id == "faltgruppen"
        else each
        for each in example_collaboration().functions
    )

    (change,) = changed(functions=functions)

    assert change.fields[0].after == Spoken("Rapportör, Mottagare", "Reporter, Recipient")


def test_additions_and_removals_are_told_with_their_names() -> None:
    break_ = CalendarEntry(
        kind=CalendarKind.SCHOOL_BREAK,
        name="Sportlov",
        first_day=date(2027, 2, 15),
        last_day=date(2027, 2, 21),
    )
    priorities = PriorityAreas(quarter="2026-Q4", area_ids=(NORRANGEN,))
    fewer = example_collaboration().distribution_lists[1:]

    changes = changed(calendar=(break_,), priority_areas=(priorities,), distribution_lists=fewer)

    assert [(each.kind, each.part, each.name.sv) for each in changes] == [
        (ChangeKind.ADDED, "priority_areas", "2026-Q4"),
        (ChangeKind.REMOVED, "distribution_lists", "Intern utgåva"),
        (ChangeKind.ADDED, "calendar", "Sportlov"),
    ]


def test_every_field_of_the_document_has_words_for_people() -> None:
    definitions = CollaborationDocument.model_json_schema()["$defs"]
    named = {
        "Area", "CalendarEntry", "Checklist", "ChecklistEntry", "DistributionList", "DutyPeriod",
        "Function", "LocalGroup", "NamedPlace", "Organisation", "PriorityAreas",
    }  # fmt: skip
    fields = {name for part in named for name in definitions[part]["properties"]} - {
        key for keys, _ in KEYS.values() for key in keys
    }
    basics = set(CollaborationDocument.model_fields) - set(KEYS)

    assert fields | basics <= {*FIELD_WORDS, "entries"}
    assert set(KEYS) < set(PART_WORDS)


def test_how_pictures_are_made_is_told_in_words() -> None:
    templates = (ChosenTemplate(kind=PeriodKind.QUARTER, template="quarterly"),)

    basics, template = changed(
        templates=templates, signed_by=(Party.MUNICIPALITY, Party.POLICE), public_pictures=True
    )

    said = {field.field: (field.words.sv, field.after) for field in basics.fields}
    assert said == {
        "signed_by": ("Undertecknar lägesbilder", Spoken("Kommun, Polis", "Municipality, Police")),
        "public_pictures": ("Allmän utgåva är öppen för alla", Spoken("ja", "yes")),
    }
    assert (template.kind, template.part_words.sv) == (ChangeKind.ADDED, "Mallar för lägesbilder")
    assert template.name == Spoken("Kvartal", "Quarter")
