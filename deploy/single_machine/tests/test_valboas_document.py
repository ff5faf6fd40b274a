"""The demo municipality's document, and how faults in a document are told."""

import re
from collections import Counter
from pathlib import Path

import pytest
import shapely

from est_contracts.vocabulary import AreaKind, Party, Role
from est_single_machine.demo.document import VALBOAS, valboas_document
from est_single_machine.documents import DocumentIsWrong, read_collaboration


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A copy of Valboås' document that a test may spoil."""
    for name in ("valboas.yaml", "valboas_areas.geojson"):
        (tmp_path / name).write_text(VALBOAS.with_name(name).read_text("utf-8"), "utf-8")
    return tmp_path / "valboas.yaml"


def spoil(written: Path, right: str, wrong: str) -> None:
    text = written.read_text("utf-8")
    assert right in text
    written.write_text(text.replace(right, wrong, 1), "utf-8")


def line_of(written: Path, text: str) -> int:
    lines = written.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_valboas_has_sixteen_areas_in_four_districts_and_some_forty_functions() -> None:
    document = valboas_document()

    assert Counter(area.within is not None for area in document.areas) == {True: 16, False: 4}
    assert {area.within for area in document.areas if area.within} == {
        area.area_id for area in document.areas if area.kind is AreaKind.DISTRICT
    }
    assert 35 <= len(document.functions) <= 45
    assert "Norrängen" in {area.name for area in document.areas}


def test_every_party_has_coordinators_reporters_and_duty_officers() -> None:
    document = valboas_document()

    for role in (Role.COORDINATOR, Role.REPORTER, Role.DUTY_OFFICER):
        organisations = {function.organisation_id for function in document.functions_with(role)}
        parties = {document.organisation(organisation).party for organisation in organisations}
        assert len(parties) == 3, role


def test_a_duty_officer_always_has_a_substitute() -> None:
    document = valboas_document()

    assert all(function.substitute for function in document.functions_with(Role.DUTY_OFFICER))


def test_an_unknown_reference_is_told_with_its_line(written: Path) -> None:
    spoil(written, "substitute: tib_ersattare", "substitute: tib_ersattaren")

    with pytest.raises(DocumentIsWrong) as told:
        read_collaboration(written)

    assert told.value.faults[0].line == line_of(written, "substitute: tib_ersattaren")
    assert "valboas.yaml, line" in str(told.value)


def test_a_wrong_value_is_told_with_its_line(written: Path) -> None:
    spoil(written, "party: police", "party: polis")

    with pytest.raises(DocumentIsWrong) as told:
        read_collaboration(written)

    assert [fault.line for fault in told.value.faults] == [line_of(written, "party: polis,")]


def test_a_time_without_quotes_is_told_with_its_line(written: Path) -> None:
    spoil(written, '"10:00"', "10:00")

    with pytest.raises(DocumentIsWrong) as told:
        read_collaboration(written)

    assert told.value.faults[0].line == line_of(written, "deadline:")


def test_a_name_that_is_said_twice_is_told_with_its_line(written: Path) -> None:
    spoil(written, "period_days: 7", "period_days: 7\nname: Nyköping")

    with pytest.raises(DocumentIsWrong) as told:
        read_collaboration(written)

    assert told.value.faults[0].line == line_of(written, "name: Nyköping")


def test_what_is_not_yaml_is_told_with_its_line(written: Path) -> None:
    spoil(written, "checklists: [orebro, gemensam]", "checklists: [orebro, gemensam")

    with pytest.raises(DocumentIsWrong) as told:
        read_collaboration(written)

    assert told.value.faults[0].line >= line_of(written, "checklists:")


def test_a_missing_file_of_areas_is_told_with_its_line(written: Path) -> None:
    spoil(written, "valboas_areas.geojson", "valboas.geojson")

    with pytest.raises(DocumentIsWrong) as told:
        read_collaboration(written)

    assert told.value.faults[0].line == line_of(written, "areas_in:")


def test_a_document_that_is_a_list_is_refused(written: Path) -> None:
    written.write_text("- Valboås\n", "utf-8")

    with pytest.raises(DocumentIsWrong):
        read_collaboration(written)


def test_a_day_that_no_calendar_has_is_told_with_its_line(written: Path) -> None:
    spoil(written, "period_days: 7", "period_days: 7\nperiods_begin_on: 2027-02-30")

    with pytest.raises(DocumentIsWrong) as told:
        read_collaboration(written)

    assert told.value.faults[0].line == line_of(written, "periods_begin_on:")


def test_what_is_not_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "picture.yaml"
    file.write_bytes(b"\x89PNG\r\n\xff\x00")

    with pytest.raises(DocumentIsWrong):
        read_collaboration(file)


def test_an_area_that_the_document_tells_is_checked_with_the_rest(written: Path) -> None:
    spoil(written, "name: Norra Valboås, kind: district", "name: Norra Valboås, kind: province")

    with pytest.raises(DocumentIsWrong) as told:
        read_collaboration(written)

    assert told.value.faults[0].line == line_of(written, "kind: province")


def test_the_telephones_of_valboas_are_from_the_series_kept_for_fiction() -> None:
    told = [each.telephone for each in valboas_document().functions if each.telephone]

    assert len(told) >= 8
    assert [each for each in told if not re.fullmatch(r"08-465 004 [0-9]{2}", each)] == []


def test_every_named_place_of_valboas_lies_in_its_area() -> None:
    document = valboas_document()

    assert len(document.places) >= 8
    for place in document.places:
        area, point = document.area(place.area_id), place.point
        assert point is not None
        assert shapely.Polygon(area.polygon[0]).contains(shapely.Point(point.longitude, point.latitude)), (
            place
        )


def test_the_three_parties_take_turns_at_compiling_valboas() -> None:
    document = valboas_document()
    organisations = [document.function(each).organisation_id for each in document.compilers]

    assert [document.organisation(each).party for each in organisations] == list(Party)
