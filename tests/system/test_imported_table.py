"""A table of a thousand rows, 37 of them faulty: 963 recorded, 37 named, and nothing the second time."""

import csv
from io import StringIO
from typing import Any

from tests.system.est_house import EstHouse

ROWS, FAULTY = 1_000, 37
#: One column after the other is wrong, and the fault is to name it.
FAULTS = (
    ("Punkt", {"Punkt": "Något som ingen lista har"}),
    ("Datum", {"Datum": "i förrgår"}),
    ("Stadsdel", {"Stadsdel": "Månens baksida"}),
    ("Allvar", {"Allvar": "7"}),
    ("Kommentar", {"Kommentar": "Ring 070-123 45 67"}),
    ("Datum", {"Datum": "2031-01-01"}),
)
ADDRESS = "/v1/imports?municipality=9901&column=function:Funktion"


def table() -> tuple[bytes, dict[int, str]]:
    """The file, and which column is wrong in which row."""
    written, wrong = StringIO(), dict[int, str]()
    columns = ("Punkt", "Datum", "Tid", "Stadsdel", "Allvar", "Kommentar", "Funktion")
    rows = csv.DictWriter(written, columns, delimiter=";")
    rows.writeheader()
    for number in range(2, ROWS + 2):
        row = {
            "Punkt": f"orebro.{1 + number % 8}",
            "Datum": f"2026-{1 + number % 10:02d}-{1 + number % 28:02d}",
            "Tid": f"{number % 24:02d}.{number % 60:02d}",
            "Stadsdel": "Norrängen" if number % 3 else "",
            "Allvar": str(1 + number % 5),
            "Kommentar": "Krossade rutor vid torget" if number % 2 else "",
            "Funktion": "Fältgruppen",
        }
        if number % 27 == 0 and len(wrong) < FAULTY:
            column, change = FAULTS[len(wrong) % len(FAULTS)]
            row |= change
            wrong[number] = column
        rows.writerow(row)
    return written.getvalue().encode("cp1252"), wrong


def test_a_thousand_rows_are_imported_once_and_every_fault_is_named(house: EstHouse) -> None:
    content, wrong = table()

    with house.http("est_operator_valboas-demo") as http:
        before = recorded(house)
        preview = told(http.post(f"{ADDRESS}&preview=true", content=content))
        after_preview = recorded(house)
        first = told(http.post(ADDRESS, content=content))
        after_first = recorded(house)
        second = told(http.post(ADDRESS, content=content))
        after_second = recorded(house)
        faults = http.post(f"{ADDRESS}&faults_as=csv", content=content).text

    assert len(wrong) == FAULTY
    assert (preview["rows"], preview["refused"], after_preview - before) == (ROWS, FAULTY, 0)
    assert (first["recorded"], first["refused"], after_first - before) == (
        ROWS - FAULTY,
        FAULTY,
        ROWS - FAULTY,
    )
    assert (second["recorded"], second["repeated"], after_second - after_first) == (0, ROWS - FAULTY, 0)
    assert named(first) == named(second) == named(preview) == wrong
    assert len(faults.strip().splitlines()) == FAULTY + 1
    assert "070-123" not in faults and "Månens" not in str(first)


def told(answer: Any) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()


def named(imported: Any) -> dict[int, str]:
    """Row and column of every fault."""
    return {fault["row"]: fault["column"] for outcome in imported["outcomes"] for fault in outcome["faults"]}


def recorded(house: EstHouse) -> int:
    with house.database() as database:
        row = database.execute("SELECT count(*) FROM intake.events").fetchone()
    return int(row[0]) if row else 0
