"""A collaboration's document holds together, or says where it does not."""

import re
from typing import Any

import pytest
from pydantic import ValidationError

from est_contracts.example_collaboration import HAMNEN, example_collaboration
from est_contracts.vocabulary import (
    BrokenReferences,
    CollaborationDocument,
    NotInTheCollaboration,
    Party,
    PeriodKind,
    PictureScope,
    Role,
    dialled,
)

Written = dict[str, Any]


def as_written() -> Written:
    """The example as it comes out of a file: lists and plain text."""
    return example_collaboration().model_dump(mode="json")


def refusal(written: Written) -> str:
    with pytest.raises(ValidationError) as refused:
        CollaborationDocument.model_validate(written)
    return str(refused.value)


def test_a_document_reads_back_as_it_is_written() -> None:
    document = example_collaboration()

    assert CollaborationDocument.model_validate(as_written()) == document
    assert CollaborationDocument.model_validate_json(document.model_dump_json()) == document
    assert CollaborationDocument.model_validate_json(document.model_dump_json(), strict=True) == document


def test_an_unknown_checklist_is_named_with_its_path() -> None:
    written = as_written() | {"checklists": ["orebro", "vaxjo"]}

    assert "checklists.1: There is no such checklist" in refusal(written)


def test_an_unknown_organisation_is_named_with_its_path() -> None:
    written = as_written()
    written["functions"][1]["organisation_id"] = "raddningstjansten"

    assert "functions.1.organisation_id: The document describes no such organisation" in refusal(written)


def test_an_unknown_area_is_named_with_its_path() -> None:
    written = as_written()
    written["functions"][4]["area_ids"].append("9901R077")

    assert "functions.4.area_ids.1: The document describes no such area" in refusal(written)


def test_an_unknown_substitute_is_named_with_its_path() -> None:
    written = as_written()
    written["functions"][0]["substitute"] = "ingen"

    assert "functions.0.substitute: The document describes no such function" in refusal(written)


def test_nobody_substitutes_for_themselves() -> None:
    written = as_written()
    written["functions"][0]["substitute"] = "samordnaren"

    assert "functions.0.substitute: A function cannot substitute for itself" in refusal(written)


def test_an_unknown_recipient_is_named_with_its_path() -> None:
    written = as_written()
    written["distribution_lists"][1]["recipients"] = ["kommunalradet"]

    assert "distribution_lists.1.recipients.0: The document describes no such function" in refusal(written)


def test_an_area_of_another_municipality_is_named_with_its_path() -> None:
    written = as_written()
    written["areas"][0]["area_id"] = "1880R001"

    assert "areas.0.area_id: The area's code must begin with the municipality's" in refusal(written)


@pytest.mark.parametrize("part", ["organisations", "areas", "functions", "distribution_lists", "checklists"])
def test_nothing_is_described_twice(part: str) -> None:
    written = as_written()
    written[part].append(written[part][0])

    last = len(written[part]) - 1
    assert re.search(rf"{part}\.{last}[a-z._]*: Stands further up in the document already", refusal(written))


def test_everything_that_is_broken_is_said_at_once() -> None:
    written = as_written()
    written["functions"][0]["substitute"] = "ingen"
    written["functions"][1]["organisation_id"] = "raddningstjansten"

    said = refusal(written)
    assert "functions.0.substitute" in said
    assert "functions.1.organisation_id" in said


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("municipality", "99011"),
        ("municipality", "٩٩٠١"),
        ("name", ""),
        ("name", "Valboås\x00"),
        ("organisation_model", "D"),
        ("period_days", 10),
        ("deadline", {"weekday": 0, "time": "10:00"}),
        ("deadline", {"weekday": 3, "time": "24:00"}),
        ("alert_minutes", 0),
        ("functions", []),
        ("colour", "blue"),
    ],
)
def test_a_field_that_makes_no_sense_is_named(field: str, given: object) -> None:
    assert field in refusal(as_written() | {field: given})


def test_a_fault_is_told_in_both_languages_and_never_repeats_what_was_written() -> None:
    written = as_written()
    written["functions"][0]["substitute"] = "anna_andersson"

    with pytest.raises(ValidationError) as refused:
        CollaborationDocument.model_validate(written)

    fault = refused.value.errors()[0]["ctx"]["error"]
    assert isinstance(fault, BrokenReferences)
    assert [error.field for error in fault.errors] == ["functions.0.substitute"]
    assert fault.errors[0].words.sv == "Funktionen beskrivs inte i dokumentet."
    assert "anna" not in str(fault)


@pytest.mark.parametrize(
    "telephone", ["08-465 004 12", "0846500412", "070-174 06 05", "+46 8 465 004 12", "114 14", "112"]
)
def test_a_function_has_a_telephone_as_people_write_it(telephone: str) -> None:
    written = as_written()
    written["functions"][0]["telephone"] = telephone

    assert CollaborationDocument.model_validate(written).functions[0].telephone == telephone


@pytest.mark.parametrize(
    "telephone",
    ["", "växeln", "08-465 004 12, Anna", "465 004 12", "08--465 004 12", "+46", "0", "08-465 004 12\n"],
)
def test_what_nobody_can_call_is_no_telephone(telephone: str) -> None:
    written = as_written()
    written["functions"][0]["telephone"] = telephone

    with pytest.raises(ValidationError) as refused:
        CollaborationDocument.model_validate(written)

    (fault,) = refused.value.errors(include_input=False)
    assert fault["loc"] == ("functions", 0, "telephone")
    assert "Write a telephone number as 08-465 004 12" in fault["msg"]


def test_a_number_is_dialled_without_its_blanks_and_hyphens() -> None:
    assert dialled("+46 8 465 004 12") == "+46846500412"
    assert dialled("08-465 004 12") == "0846500412"


def test_a_municipality_may_have_no_areas() -> None:
    written = as_written() | {"areas": []}
    for function in written["functions"]:
        function["area_ids"] = []

    assert CollaborationDocument.model_validate(written).areas == ()


def test_what_is_described_can_be_looked_up() -> None:
    document = example_collaboration()

    assert document.organisation("polisen_valboas").party is Party.POLICE
    assert document.function("tib").substitute == "tib_ersattare"
    assert document.area(HAMNEN).name == "Hamnen"


def test_what_is_not_described_is_said_to_be_missing() -> None:
    document = example_collaboration()

    for look_up in (document.organisation, document.function, document.area):
        with pytest.raises(NotInTheCollaboration, match="nowhere"):
            look_up("nowhere")


def test_the_functions_of_a_role_come_in_the_documents_order() -> None:
    document = example_collaboration()

    found = [function.function_id for function in document.functions_with(Role.DUTY_OFFICER)]
    assert found == ["tib", "tib_ersattare"]


def test_an_alert_waits_a_quarter_of_an_hour_unless_the_document_says_otherwise() -> None:
    written = as_written()
    del written["alert_minutes"]

    assert CollaborationDocument.model_validate(written).alert_minutes == 15


@pytest.mark.parametrize(("period_days", "opened"), [(7, PeriodKind.WEEK), (14, PeriodKind.FORTNIGHT)])
def test_only_reporting_periods_of_the_whole_municipality_are_opened(
    period_days: int, opened: PeriodKind
) -> None:
    changes = {"public_pictures": True, "period_days": period_days}
    document = example_collaboration().model_copy(update=changes)

    assert [kind for kind in PeriodKind if document.opens(kind, PictureScope())] == [opened]
    assert not document.opens(opened, PictureScope.of([HAMNEN]))
    assert not example_collaboration().opens(PeriodKind.WEEK, PictureScope())
