"""A view as one tidy table: every number and every cell of words on a row of its own.

With a byte order mark, semicolons and decimal commas: that is how a Swedish spreadsheet opens it unasked.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO

from est_chassis.web.languages import Language, said
from est_compiler.domain.viewing.view import (
    TO_THE_PUBLIC,
    Cell,
    ChartBlock,
    Figure,
    Lines,
    MapBlock,
    Said,
    Table,
    Unit,
    View,
)

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "municipality", "period", "scope", "edition", "version",
    "block", "row", "row_name", "column", "column_name", "value", "unit", "hidden",
)  # fmt: skip
#: What stands in the last column: one or two, larger but kept back, or a share of too little.
SMALL, KEPT_BACK, TOO_FEW = "fewer_than_3", "kept_back", "too_few"
#: A cell that begins so would be reckoned as a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_SHORT = tuple[str, str, str, str, str, str, str, str]


def as_csv(view: View, language: Language) -> str:
    """The numbers as they are, words in one language; what is hidden has no value."""
    written = StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    rows.writerow(COLUMNS)
    version = "" if view.stated.version is None else str(view.stated.version)
    around = (view.municipality, view.period, view.scope, str(view.edition), version)
    if view.public_words is not None:
        rows.writerow((*around, *_to_the_public(view.public_words, language)))
    rows.writerows((*around, *row) for row in _rows(view, language))
    return BYTE_ORDER_MARK + written.getvalue()


def hidden_as(figure: Figure) -> str:
    """Why a number is not there; empty where it is."""
    if figure.too_few:
        return TOO_FEW
    if not figure.hidden:
        return ""
    return SMALL if figure.small else KEPT_BACK


def value_of(figure: Figure) -> str:
    """With a decimal comma; empty where it is not known or not shown."""
    if figure.value is None:
        return ""
    return str(figure.value).replace(".", ",") if isinstance(figure.value, Decimal) else str(figure.value)


def _to_the_public(words: Said, language: Language) -> _SHORT:
    name = said(TO_THE_PUBLIC, language)
    return "to_the_public", "words", name, "words", name, _safe(words, language), str(Unit.WORDS), ""


def _rows(view: View, language: Language) -> Iterator[_SHORT]:
    for block in view.blocks:
        if isinstance(block, Lines):
            yield from _lines(block, language)
        elif isinstance(block, Table):
            yield from _table(block, language)
        elif isinstance(block, ChartBlock):
            yield from _table(block.table, language)
        elif isinstance(block, MapBlock):
            yield from _map(block)


def _lines(lines: Lines, language: Language) -> Iterator[_SHORT]:
    for line in lines.lines:
        if line.figure is not None:
            name = _safe(line.words, language)
            figure = line.figure
            yield lines.name, line.key, name, "", "", value_of(figure), str(line.unit), hidden_as(figure)


def _table(table: Table, language: Language) -> Iterator[_SHORT]:
    for row in table.rows:
        name = _safe(row.words, language)
        for column, cell in zip(table.columns, row.cells, strict=True):
            value, unit, hidden = _cell(cell, column.unit, language)
            column_name = _safe(column.words, language)
            yield table.name, row.key, name, column.key, column_name, value, unit, hidden


def _cell(cell: Cell, unit: Unit, language: Language) -> tuple[str, str, str]:
    if isinstance(cell, Figure):
        return value_of(cell), str(unit), hidden_as(cell)
    return _safe(cell, language), str(Unit.WORDS), ""


def _map(block: MapBlock) -> Iterator[_SHORT]:
    for area in block.areas:
        for column in ("reports", "previous", "severe"):
            figure: Figure = getattr(area, column)
            yield (
                block.name, area.area, _safe(area.name, Language.SWEDISH), column, column,
                value_of(figure), str(Unit.REPORTS), hidden_as(figure),
            )  # fmt: skip


def _safe(words: Said | None, language: Language) -> str:
    """Words that no spreadsheet takes for a formula."""
    written = "" if words is None else words if isinstance(words, str) else said(words, language)
    return f"'{written}" if written.startswith(_FORMULAS) else written
