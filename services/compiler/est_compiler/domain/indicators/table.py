"""Structural indicators as a table in a file: what it says row by row, and how values are written out."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from est_contracts.vocabulary import (
    INDICATORS,
    IndicatorValue,
    InvalidIndicatorValue,
    Words,
    indicator_number,
    indicator_year,
)

COLUMNS = ("indicator", "year", "value", "source")
#: Headings as people write them.
HEADINGS: dict[str, tuple[str, ...]] = {
    "indicator": ("indicator", "indikator"),
    "year": ("year", "år", "ar"),
    "value": ("value", "värde", "varde"),
    "source": ("source", "källa", "kalla"),
}
SIGNS_BETWEEN = (";", ",", "\t")
#: 37 indicators for more than fifty years.
MOST_ROWS = 2000
LONGEST_SOURCE = 200
#: What a spreadsheet would take for a formula.
FORMULA_SIGNS = "=+-@\t\r"
#: By this sign programs know that a file is UTF-8.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"

UNREADABLE = Words(
    sv="Filen har inte kolumnerna indikator, år, värde och källa.",
    en="The file does not have the columns indicator, year, value and source.",
)
TOO_LONG = Words(
    sv="Filen har fler än 2 000 rader. Dela upp den.", en="The file has more than 2,000 rows. Split it up."
)
NO_SUCH_INDICATOR = Words(sv="Det finns ingen sådan indikator.", en="There is no such indicator.")
NOT_A_YEAR = Words(sv="Skriv ett år mellan 1990 och 2099.", en="Write a year between 1990 and 2099.")
NOT_A_NUMBER = Words(
    sv="Skriv ett tal, som 12 eller 12,5, utan enhet.", en="Write a number, as 12 or 12.5, without a unit."
)
NO_SOURCE = Words(sv="Skriv var värdet kommer ifrån.", en="Write where the value comes from.")
LONG_SOURCE = Words(sv="Källan får ha högst 200 tecken.", en="The source may have at most 200 characters.")
SAID_BEFORE = Words(
    sv="Indikatorn har redan ett värde för det året längre upp i filen.",
    en="The indicator has a value for that year further up in the file already.",
)


class TableIsUnreadable(ValueError):
    """The file as a whole cannot be understood."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of the file: the value that it gives, or what stands in the way; never what it says."""

    number: int
    value: IndicatorValue | None
    fault: Words | None
    column: str | None = None


class _Fault(Exception):
    def __init__(self, column: str, words: Words) -> None:
        super().__init__(words.en)
        self.column, self.words = column, words


def read_indicators(written: str) -> tuple[IndicatorRow, ...]:
    """What a file says, row by row; a row with a fault does not hinder the others."""
    rows = [(number, row) for number, row in _rows(written) if any(cell.strip() for cell in row)]
    if not rows:
        raise TableIsUnreadable(UNREADABLE)
    (_, headings), *below = rows
    if len(below) > MOST_ROWS:
        raise TableIsUnreadable(TOO_LONG)
    columns = _columns(headings)
    seen: set[tuple[str, int]] = set()
    return tuple(_read_row(number, row, columns, seen=seen) for number, row in below)


def write_indicators(values: Iterable[IndicatorValue]) -> str:
    """The same table as it is read; with a byte order mark, as Swedish spreadsheets expect."""
    written = StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(COLUMNS)
    order = list(INDICATORS)
    for each in sorted(values, key=lambda each: (order.index(each.indicator), each.year)):
        number = format(each.value, "f").replace(".", ",")
        table.writerow((each.indicator, each.year, number, _inert(each.source)))
    return BYTE_ORDER_MARK + written.getvalue()


def _rows(written: str) -> Iterator[tuple[int, list[str]]]:
    text = written.removeprefix(BYTE_ORDER_MARK)
    first = text.split("\n", 1)[0]
    between = max(SIGNS_BETWEEN, key=first.count)
    try:
        yield from enumerate(csv.reader(StringIO(text, newline=""), delimiter=between), start=1)
    except csv.Error:
        raise TableIsUnreadable(UNREADABLE) from None


def _columns(headings: Sequence[str]) -> dict[str, int]:
    told = [heading.strip().lower() for heading in headings]
    found = {
        name: next((place for place, each in enumerate(told) if each in known), -1)
        for name, known in HEADINGS.items()
    }
    if -1 in found.values():
        raise TableIsUnreadable(UNREADABLE)
    return found


def _read_row(
    number: int, row: Sequence[str], columns: Mapping[str, int], *, seen: set[tuple[str, int]]
) -> IndicatorRow:
    cells = {name: row[place].strip() if place < len(row) else "" for name, place in columns.items()}
    try:
        value = _value(cells)
        if (value.indicator, value.year) in seen:
            raise _Fault("year", SAID_BEFORE)
    except _Fault as fault:
        return IndicatorRow(number, None, fault.words, fault.column)
    seen.add((value.indicator, value.year))
    return IndicatorRow(number, value, None)


def _value(cells: Mapping[str, str]) -> IndicatorValue:
    named = _INDICATOR_IDS.get(cells["indicator"].lower())
    if named is None:
        raise _Fault("indicator", NO_SUCH_INDICATOR)
    try:
        year = indicator_year(cells["year"])
    except InvalidIndicatorValue:
        raise _Fault("year", NOT_A_YEAR) from None
    try:
        value = indicator_number(cells["value"])
    except InvalidIndicatorValue:
        raise _Fault("value", NOT_A_NUMBER) from None
    source = _as_written(cells["source"])
    if not source:
        raise _Fault("source", NO_SOURCE)
    if len(source) > LONGEST_SOURCE:
        raise _Fault("source", LONG_SOURCE)
    return IndicatorValue(named, year, value, source)


def _inert(cell: str) -> str:
    return f"'{cell}" if cell[:1] in FORMULA_SIGNS else cell


def _as_written(cell: str) -> str:
    """What was written out so as to be no formula is read as what it was."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in FORMULA_SIGNS else cell


#: By ID, and by what it is called in either language.
_INDICATOR_IDS: dict[str, str] = {
    name.lower(): each.indicator_id
    for each in INDICATORS.values()
    for name in (each.indicator_id, each.words.sv, each.words.en)
}
