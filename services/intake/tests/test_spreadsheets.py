"""Tables as they come out of people's programs, and what their cells mean."""

import re
import tracemalloc
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from est_contracts.example_collaboration import CENTRUM, HAMNEN, example_collaboration
from est_contracts.vocabulary import STOCKHOLM, Coordinates, NamedPlace
from est_intake.application.importing import guessed_columns
from est_intake.application.spreadsheets import FileIsUnreadable, read_table, table_of
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.matching import (
    Names,
    NotMatched,
    end_of,
    moment,
    number,
    point_at,
    severity,
    yes_or_no,
)

PLACES = (
    NamedPlace(place_id="stortorget", name="Stortorget", area_id=CENTRUM),
    NamedPlace(place_id="kiosk_centrum", name="Kiosken", area_id=CENTRUM),
    NamedPlace(place_id="kiosk_hamnen", name="Kiosken", area_id=HAMNEN),
)
NAMES = Names(SetUpInUse(example_collaboration().model_copy(update={"places": PLACES}), version=1))
BEGAN = datetime(2026, 11, 20, 21, 40, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Punkt;Datum",
        b"Punkt;Datum\n\n \n" * 0,
        b"PK\x03\x04not a workbook at all",
        b"Punkt;Datum\n\0;1\n",
        b"Punkt;Datum\n" + b"1;2026-11-20\n" * 5_001,
        (";".join(str(n) for n in range(70)) + "\n" + ";" * 69).encode(),
        b"x" * (2 * 1024 * 1024 + 1),
    ],
    ids=["empty", "headings", "nothing", "no-workbook", "nul", "rows", "columns", "size"],
)
def test_what_is_no_table_or_too_large_a_one_is_refused(content: bytes) -> None:
    with pytest.raises(FileIsUnreadable) as refused:
        read_table(content)

    assert [error.field for error in refused.value.errors] == ["file"]


def test_a_workbook_that_says_a_long_text_in_every_cell_is_refused() -> None:
    workbook = Workbook()
    for _ in range(60):
        workbook.active.append(["Krossade rutor " * 250] * 30)
    written = BytesIO()
    workbook.save(written)

    with pytest.raises(FileIsUnreadable) as refused:
        read_table(written.getvalue())

    assert len(written.getvalue()) < 50_000
    assert refused.value.words.en == "The file holds too much text. Split it up."


@pytest.mark.parametrize(
    "content",
    [
        "Punkt;Område\nVåld;Hamnen, södra\n".encode(),
        "\N{ZERO WIDTH NO-BREAK SPACE}Punkt;Område\r\nVåld;Hamnen, södra\r\n".encode(),
        "Punkt;Område\nVåld;Hamnen, södra\n".encode("cp1252"),
        "Punkt\tOmråde\nVåld\tHamnen, södra\n".encode(),
        'Punkt,Område\nVåld,"Hamnen, södra"\n'.encode(),
    ],
    ids=["utf-8", "utf-8-sig", "cp1252", "tabs", "commas"],
)
def test_a_table_is_read_however_a_program_has_written_it(content: bytes) -> None:
    table = read_table(content)

    assert table.headings == ("Punkt", "Område")
    assert list(table.numbered()) == [(2, ("Våld", "Hamnen, södra"))]


def test_a_workbook_is_read_as_the_eye_sees_it() -> None:
    workbook, written = Workbook(), BytesIO()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Punkt", "Datum", "Allvar", None])
    sheet.append(["Våld", datetime(2026, 11, 20, 21, 40), 3.0, None])  # noqa: DTZ001 - as a sheet holds it
    workbook.save(written)

    table = read_table(written.getvalue())

    assert table.headings == ("Punkt", "Datum", "Allvar")
    assert table.rows == (("Våld", "2026-11-20 21:40", "3"),)


def test_rows_are_called_as_the_program_calls_them_and_empty_ones_passed_over() -> None:
    table = read_table(b";\nPunkt;Datum\n1;2\n;\n3;4\n")

    assert [number for number, _ in table.numbered()] == [3, 5]


def test_two_columns_with_one_heading_are_told_apart() -> None:
    assert read_table(b"Punkt;Punkt;\n1;2;3\n").headings == ("Punkt", "Punkt (2)")


def test_columns_are_guessed_by_their_headings_in_both_languages() -> None:
    swedish = guessed_columns(("Nr", "Händelsetyp", "Datum", "Kl.", "Stadsdel", "Kommentar"))
    english = guessed_columns(("Category", "When", "Where", "Severity"))

    assert swedish == {
        "checklist_entry": "Händelsetyp",
        "happened_at": "Datum",
        "clock_time": "Kl.",
        "area": "Stadsdel",
        "text": "Kommentar",
        "row_key": "Nr",
    }
    assert english == {
        "checklist_entry": "Category",
        "happened_at": "When",
        "area": "Where",
        "severity": "Severity",
    }


def test_an_entry_is_known_by_its_id_its_words_their_beginning_and_its_number() -> None:
    words = example_collaboration().checklists_in_use()[0].entries[0].words

    found = [NAMES.entry(each) for each in ("orebro.1", words.sv.upper(), words.en, words.sv[:10], "1")]

    assert found == ["orebro.1"] * 5


@pytest.mark.parametrize("written", ["", "Cykelstöld på månen", "orebro.99"])
def test_what_is_no_entry_is_not_guessed(written: str) -> None:
    with pytest.raises(NotMatched):
        NAMES.entry(written)


def test_an_area_is_known_by_its_id_and_its_name_and_none_is_everywhere() -> None:
    assert [NAMES.area(each) for each in (CENTRUM, "valboås CENTRUM", "", "Hela kommunen")] == [
        CENTRUM, CENTRUM, None, None
    ]  # fmt: skip
    with pytest.raises(NotMatched):
        NAMES.area("Månen")


def test_a_place_is_known_by_its_id_and_its_name_and_of_two_alike_by_its_area() -> None:
    written = ("stortorget", "STORTORGET", "Kiosken (Hamnen)", "")

    assert [NAMES.place(each) for each in written] == ["stortorget", "stortorget", "kiosk_hamnen", None]
    for unknown in ("Kiosken", "Storgatan 12"):
        with pytest.raises(NotMatched):
            NAMES.place(unknown)


def test_a_point_is_read_in_degrees_with_a_comma_too_and_none_is_none() -> None:
    there = Coordinates(longitude=13.3104, latitude=58.9312)

    assert point_at(longitude="13.3104", latitude="58.9312") == there
    assert point_at(longitude=" 13,3104 ", latitude="58,9312°") == there
    assert point_at(longitude="", latitude=" ") is None


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [("", "58.9312"), ("13.3104", ""), ("413482", "6533217"), ("öster", "norr"), ("13.3104", "nan")],
)
def test_half_a_point_or_one_in_another_system_is_not_guessed(longitude: str, latitude: str) -> None:
    with pytest.raises(NotMatched):
        point_at(longitude=longitude, latitude=latitude)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", None),
        ("23:10", datetime(2026, 11, 20, 23, 10, tzinfo=STOCKHOLM)),
        ("kl 01.30", datetime(2026, 11, 21, 1, 30, tzinfo=STOCKHOLM)),
        ("2026-11-22 04:00", datetime(2026, 11, 22, 4, tzinfo=STOCKHOLM)),
        ("2026-11-21", datetime(2026, 11, 21, 23, 59, tzinfo=STOCKHOLM)),
    ],
)
def test_an_end_is_a_time_after_the_beginning_or_a_day_with_or_without_one(
    written: str, meant: datetime | None
) -> None:
    assert end_of(written, began=BEGAN) == meant


@pytest.mark.parametrize("written", ["sent", "25:00", "2026-13-01"])
def test_an_end_that_cannot_be_is_not_guessed(written: str) -> None:
    with pytest.raises(NotMatched):
        end_of(written, began=BEGAN)


def test_places_points_and_ends_are_guessed_by_their_headings_and_plats_alone_is_not_one() -> None:
    headings = ("Punkt", "Datum", "Till", "Område", "Plats", "Platsnamn", "Lat", "Long")

    found = guessed_columns(headings)

    wanted = ("happened_until", "area", "place", "latitude", "longitude")
    assert [found[each] for each in wanted] == ["Till", "Område", "Platsnamn", "Lat", "Long"]
    assert "place" not in guessed_columns(("Punkt", "Datum", "Område", "Plats"))


@pytest.mark.parametrize(
    ("day", "clock_time", "meant"),
    [
        ("2026-11-20", "", datetime(2026, 11, 20, 12, tzinfo=STOCKHOLM)),
        ("2026-11-20", "21.40", datetime(2026, 11, 20, 21, 40, tzinfo=STOCKHOLM)),
        ("2026-11-20 21:40", "", datetime(2026, 11, 20, 21, 40, tzinfo=STOCKHOLM)),
        ("20/11 2026", "kl 9", datetime(2026, 11, 20, 9, tzinfo=STOCKHOLM)),
        ("20261120", "", datetime(2026, 11, 20, 12, tzinfo=STOCKHOLM)),
        ("2026-11-20T21:40:00+01:00", "", datetime(2026, 11, 20, 20, 40, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_it_is_written_in_swedish_time(
    day: str, clock_time: str, meant: datetime
) -> None:
    assert moment(day, clock_time) == meant


@pytest.mark.parametrize("written", ["", "i går", "2026-13-01", "2026-11-20 25:00", "2026-11-20 ungefär"])
def test_a_moment_that_cannot_be_is_not_guessed(written: str) -> None:
    with pytest.raises(NotMatched):
        moment(written)


def test_numbers_steps_and_yes_or_no_are_read_in_words_too() -> None:
    assert [severity(each) for each in ("", "3", "Mycket stor", "very low")] == [None, 3, 5, 1]
    assert [number(each) for each in ("13", "1 200", "3,0")] == [13, 1200, 3]
    assert [yes_or_no(each, otherwise=True) for each in ("", "Ja", "nej")] == [True, True, False]
    with pytest.raises(NotMatched):
        severity("6")
    with pytest.raises(NotMatched):
        number("-1")
    with pytest.raises(NotMatched):
        yes_or_no("kanske", otherwise=True)


def workbook_of(part: str, content: bytes) -> bytes:
    """A workbook in which one part says something else."""
    workbook, written, changed = Workbook(), BytesIO(), BytesIO()
    assert workbook.active is not None
    workbook.active.append(["Punkt", "Datum"])
    workbook.active.append(["Våld", "2026-11-20"])
    workbook.save(written)
    with ZipFile(written) as whole, ZipFile(changed, "w") as other:
        for name in whole.namelist():
            other.writestr(name, content if name == part else whole.read(name))
    return changed.getvalue()


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<worksheet", b"<a/>"], ids=["empty", "torn", "other"])
def test_a_damaged_workbook_is_refused_whatever_is_wrong_with_it(part: str, content: bytes) -> None:
    try:
        table = read_table(workbook_of(part, content))
    except FileIsUnreadable:
        return
    # Not every part is needed for what the sheet says.
    assert table.headings == ("Punkt", "Datum")


def test_a_workbook_with_a_password_or_of_torn_bytes_is_refused() -> None:
    whole = workbook_of("", b"")
    locked = bytearray(whole)
    for entry in re.finditer(b"PK\x01\x02", whole):
        locked[entry.start() + 8] |= 1
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as torn:
        torn.writestr("[Content_Types].xml", "<Types>" + "x" * 999 + "</Types>")
    bytes_torn = bytearray(packed.getvalue())
    bytes_torn[49:60] = b"\xff" * 11

    for content in (bytes(locked), bytes(bytes_torn)):
        with pytest.raises(FileIsUnreadable):
            read_table(content)


@pytest.mark.parametrize("cell", ["\0", "\ud800"])
def test_a_cell_that_no_text_can_hold_is_refused(cell: str) -> None:
    with pytest.raises(FileIsUnreadable):
        table_of([["Punkt", "Datum"], [f"Våld{cell}", "2026-11-20"]])


@pytest.mark.parametrize("content", [b"<c/>" * 1_250_001, b" " * 33 * 1024 * 1024], ids=["cells", "size"])
def test_a_small_workbook_that_unpacks_to_a_huge_one_is_refused_before_it_is_read(content: bytes) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>" + content)
    assert len(packed.getvalue()) < 64 * 1024

    tracemalloc.start()
    with pytest.raises(FileIsUnreadable):
        read_table(packed.getvalue())
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 8 * 1024 * 1024


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-01T00:00+14:00", "1999-12-31", "9999-12-31 23:59"])
def test_a_day_that_no_calendar_of_ours_has_is_not_understood(day: str) -> None:
    with pytest.raises(NotMatched):
        moment(day)
