"""Tables out of files: CSV as it comes out of any program, and XLSX."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO, StringIO
from itertools import islice
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - as exceptions are called

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from est_contracts.vocabulary import FieldError, Rejected, Words

LARGEST_FILE = 2 * 1024 * 1024
#: A small file can hold a large one: what it says it becomes must be bearable too.
LARGEST_UNPACKED = 32 * 1024 * 1024
#: What is read of a workbook takes room by its tags: so many are 5,000 rows of 60 cells with a value each.
MOST_TAGS = 1_250_000
#: So much the cells may take as JSON: between its pages an import carries them along, with its choices.
LARGEST_WRITTEN = 6 * 1024 * 1024
PIECE = 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 4_000
ZIP_BEGINS_WITH = b"PK\x03\x04"
SIGNS_BETWEEN = ";\t,"
#: What no text can hold: nothing at all, and half a character.
BROKEN = re.compile("[\0\ud800-\udfff]")
#: All that a workbook raises when it is torn, locked, or none: at each layer something else.
DAMAGED = (
    BadZipFile, InvalidFileException, ZlibError, ParseError, EOFError, OSError, ValueError, TypeError,
    AttributeError, LookupError, ArithmeticError, RuntimeError,
)  # fmt: skip


class FileIsUnreadable(Rejected):
    """The file is no table, or too large a one."""

    code = "file_is_unreadable"
    http_status = 422
    words = Words(
        sv="Filen går inte att läsa som en tabell. Spara den som CSV (UTF-8) eller XLSX och försök igen.",
        en="The file cannot be read as a table. Save it as CSV (UTF-8) or XLSX and try again.",
    )

    def __init__(self, words: Words | None = None) -> None:
        super().__init__(words, errors=(FieldError("file", words or self.words),))


@dataclass(frozen=True)
class Table:
    """Headings, and rows of as many cells; `first_row` is the number that a program shows for the first."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 2

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows that hold anything, each with the number that the program shows."""
        for number, row in enumerate(self.rows, start=self.first_row):
            if any(cell for cell in row):
                yield number, row


def read_table(content: bytes) -> Table:
    """The first sheet of a workbook, or a CSV file, with its first row as headings."""
    if len(content) > LARGEST_FILE:
        raise FileIsUnreadable(
            Words(sv="Filen är större än 2 MiB. Dela upp den.", en="The file exceeds 2 MiB. Split it up.")
        )
    rows = _of_workbook(content) if content.startswith(ZIP_BEGINS_WITH) else _of_text(content)
    return table_of(islice(rows, MOST_ROWS + 2))


def table_of(rows: Iterable[Sequence[str]]) -> Table:
    """The first row that holds anything is the headings; each row gets as many cells."""
    told = [tuple(cell.strip()[:LONGEST_CELL] for cell in row) for row in rows]
    if any(BROKEN.search(cell) for row in told for cell in row):
        raise FileIsUnreadable
    begins = next((place for place, row in enumerate(told) if any(row)), None)
    if begins is None or len(told) - begins < 2:
        raise FileIsUnreadable(
            Words(sv="Filen har inga rader under rubrikerna.", en="The file has no rows below its headings.")
        )
    if len(told) - begins - 1 > MOST_ROWS:
        raise FileIsUnreadable(
            Words(
                sv="Filen har fler än 5 000 rader. Dela upp den.",
                en="The file exceeds 5,000 rows. Split it up.",
            )
        )
    headings = _headings(told[begins])
    if len(headings) > MOST_COLUMNS:
        raise FileIsUnreadable(
            Words(sv="Filen har fler än 60 kolumner.", en="The file has more than 60 columns.")
        )
    width = len(headings)
    rows_below = tuple((*row, *[""] * width)[:width] for row in told[begins + 1 :])
    _refuse_long(rows_below)
    return Table(headings, rows_below, first_row=begins + 2)


def _refuse_long(rows: Iterable[Sequence[str]]) -> None:
    """A workbook may name a long text once and mean it in a thousand cells."""
    written = 0
    for row in rows:
        written += len(json.dumps(row, ensure_ascii=False).encode())
        if written > LARGEST_WRITTEN:
            raise FileIsUnreadable(
                Words(
                    sv="Filen har för mycket text. Dela upp den.",
                    en="The file holds too much text. Split it up.",
                )
            )


def _headings(row: Sequence[str]) -> tuple[str, ...]:
    """Each its own; a column without a heading is called by its place."""
    last = max((place for place, cell in enumerate(row) if cell), default=0)
    names: list[str] = []
    for place, cell in enumerate(row[: last + 1], start=1):
        name = cell[:120] or f"({place})"
        names.append(name if name not in names else f"{name} ({place})")
    return tuple(names)


def _of_text(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # As older programs on Windows write it; what it cannot hold becomes a sign that shows.
        text = content.decode("cp1252", errors="replace")
    begin = text[: text.find("\n")] if "\n" in text else text
    between = max(SIGNS_BETWEEN, key=begin.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=between)
    except csv.Error:
        raise FileIsUnreadable from None


def _of_workbook(content: bytes) -> Iterator[list[str]]:
    try:
        _refuse_bomb(content)
        workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
        try:
            for row in workbook.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS + 1):
                yield [_written(cell) for cell in row]
        finally:
            workbook.close()
    except DAMAGED:
        raise FileIsUnreadable from None


def _refuse_bomb(content: bytes) -> None:
    """Unpacked piece by piece and counted, before anything is made of it."""
    size = tags = 0
    with ZipFile(BytesIO(content)) as packed:
        for part in packed.infolist():
            with packed.open(part) as stream:
                while piece := stream.read(PIECE):
                    size, tags = size + len(piece), tags + piece.count(b"<")
                    if size > LARGEST_UNPACKED or tags > MOST_TAGS:
                        raise FileIsUnreadable


def _written(cell: object) -> str:
    """As the eye sees it in the sheet."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
