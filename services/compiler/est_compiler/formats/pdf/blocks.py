"""The blocks of a view, one after the other, in one language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from est_chassis.charts import Chart
from est_chassis.web.languages import Language
from est_compiler.domain.viewing.view import (
    Block,
    ChartBlock,
    ChartKind,
    Column,
    Contacts,
    Heading,
    Line,
    Lines,
    MapBlock,
    Paragraph,
    Row,
    Said,
    Table,
    Unit,
)
from est_compiler.formats.cells import table_of_map, written_cell, written_words
from est_compiler.formats.charts import chart_of, map_of
from est_compiler.formats.pdf.problem_table import folded, is_of_problems
from est_contracts.vocabulary import Words

Fields = dict[str, Any]
UnderHeading = Paragraph | Lines | Table | Contacts | ChartBlock | MapBlock

#: A table longer than this is for a program: all of it stands in the CSV.
MOST_ROWS: Final = 400
#: From here on there is no room for "fewer than 3" in a cell.
MANY_COLUMNS: Final = 6
SENTENCES_ON_ONE_PAGE: Final = 5
#: Cells with so many letters are not broken: in words, and in an address.
MOST_LETTERS_UNBROKEN, MOST_LETTERS_ALONE = 24, 44
#: How wide a drawing is, as part of the text's width.
MAP_WIDTH, CHART_WIDTH = 0.74, 1.0


class Blocks:
    """Writes one block at a time; the tables behind the drawings gather in the appendix."""

    most_rows = MOST_ROWS

    def __init__(self, language: Language) -> None:
        self.language = language
        self.appendix: list[Fields] = []
        self.level = 1
        #: The heading that nothing has followed yet.
        self.heading: str | None = None

    def sentences(self, sentences: Sequence[Words]) -> list[str]:
        return [self.said(each) for each in sentences]

    def parts(self, block: Block) -> Iterator[Fields]:
        """What a block becomes: one part, or none."""
        if isinstance(block, Heading):
            yield self._heading(block)
        else:
            yield from self._under_heading(block)
            self.heading = None

    def _under_heading(self, block: UnderHeading) -> Iterator[Fields]:
        if isinstance(block, Paragraph):
            author = self.said(block.author) if block.author else None
            words = self.said(block.words)
            yield {"kind": "paragraph", "style": block.kind.value, "text": words, "author": author}
        elif isinstance(block, Lines):
            if block.lines:
                yield {"kind": "lines", "lines": [self._line(line) for line in block.lines]}
        elif isinstance(block, Table):
            yield self.table(block)
        elif isinstance(block, Contacts):
            yield self._contacts(block)
        else:
            yield self.drawn(block)

    def drawn(self, block: ChartBlock | MapBlock) -> Fields:
        """A drawing that says what it shows; its numbers follow in the appendix."""
        if isinstance(block, MapBlock):
            table = table_of_map(block)
            if not block.drawn:
                return self.table(table)
            picture, width = map_of(block, self.language), MAP_WIDTH
        else:
            table, picture, width = _table_of(block), chart_of(block, self.language), CHART_WIDTH
        drawing = self._drawing(picture, table=table.name, width=width)
        self.heading = None
        self.appendix.append(self.table(table, is_compact=True))
        return drawing

    def table(self, table: Table, *, is_compact: bool = False) -> Fields:
        """A table whose first column names the rows."""
        if is_of_problems(table):
            table = folded(table, self.language)
        shortly = is_compact or len(table.columns) > MANY_COLUMNS
        return {
            "kind": "table",
            "name": table.name,
            "caption": self._unless_repeated(table.caption),
            "corner": self.said(table.corner),
            "has_short_names": all(len(self.said(row.words)) <= MOST_LETTERS_UNBROKEN for row in table.rows),
            "columns": [self._column(table, index) for index in range(len(table.columns))],
            "rows": [self._row(row, table.columns, shortly=shortly) for row in table.rows[: self.most_rows]],
            "note": self._note(table),
        }

    def said(self, words: Said) -> str:
        return written_words(words, self.language)

    def _heading(self, block: Heading) -> Fields:
        # No step is skipped on the way down, so that whoever listens knows where he is.
        self.level = max(2, min(block.level, self.level + 1))
        self.heading = self.said(block.words)
        return {"kind": "heading", "level": self.level, "text": self.heading}

    def _line(self, line: Line) -> str:
        return self.said(line.words)

    def _drawing(self, drawn: Chart, *, table: str, width: float) -> Fields:
        hint = self.language.say(
            "Samma tal står i en tabell sist i dokumentet.",
            "The same numbers are in a table at the end of the document.",
        )
        return {
            "kind": "drawing",
            "title": None if drawn.title == self.heading else drawn.title,
            "description": drawn.description,
            "alt": f"{drawn.title} {drawn.description} {hint}",
            "svg": str(drawn.svg),
            "key": [{"letter": letter, "text": words} for letter, words in drawn.key],
            "width": width,
            "table": table,
        }

    def _column(self, table: Table, index: int) -> Fields:
        """A narrow column is as wide as its words: they are few, or have no place to break."""
        column = table.columns[index]
        cells = [written_cell(row.cells[index], column.unit, self.language) for row in table.rows]
        has_breaks = any(" " in cell for cell in cells)
        longest = max(map(len, cells), default=0)
        return {
            "text": self.said(column.words),
            "numeric": column.unit is not Unit.WORDS,
            "narrow": longest <= (MOST_LETTERS_UNBROKEN if has_breaks else MOST_LETTERS_ALONE),
        }

    def _row(self, row: Row, columns: Sequence[Column], *, shortly: bool) -> Fields:
        return {
            "text": self.said(row.words),
            "total": row.is_total,
            "marked": row.is_marked,
            "cells": [
                written_cell(cell, column.unit, self.language, shortly=shortly)
                for cell, column in zip(row.cells, columns, strict=True)
            ],
        }

    def _unless_repeated(self, caption: Words) -> str | None:
        """None where the heading just above says the same."""
        said = self.said(caption)
        return None if said == self.heading else said

    def _note(self, table: Table) -> str | None:
        left_out = len(table.rows) - self.most_rows
        words = [self.said(table.note)] if table.note else []
        if left_out > 0:
            words.append(
                self.language.say(
                    f"{left_out} rader till står i lägesbilden och i dess CSV.",
                    f"{left_out} more rows are in the picture and in its CSV.",
                )
            )
        return " ".join(words) or None

    def _contacts(self, block: Contacts) -> Fields:
        caption = Words(sv="Vem man når", en="Whom to reach")
        # Under a heading of its own it needs no second one.
        self.heading = self.heading and self.said(caption)
        return self.table(
            Table(
                name=block.name,
                caption=caption,
                corner=Words(sv="Funktion", en="Function"),
                columns=(
                    Column("organisation", Words(sv="Organisation", en="Organisation"), Unit.WORDS),
                    Column("purpose", Words(sv="Om vad", en="About what"), Unit.WORDS),
                    Column("telephone", Words(sv="Telefon", en="Telephone"), Unit.WORDS),
                    Column("email", Words(sv="E-post", en="E-mail"), Unit.WORDS),
                ),
                rows=tuple(
                    Row(each.function, _same(each.title),
                        (_same(each.organisation), each.purpose,
                         _same(each.telephone or "–"), _same(each.email or "–")))
                    for each in block.contacts
                ),
            )
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Room:
    """How many rows of a table or a list there is room for, and how many letters of a text."""

    rows: int
    letters: int


#: What is tried on one page, the roomiest first.
ROOMS: Final = (Room(12, 400), Room(6, 200), Room(3, 100))


class OnOnePage(Blocks):
    """The duty officer's page: numbers instead of drawings, and no more than there is room for."""

    def __init__(self, language: Language, *, room: Room = ROOMS[0]) -> None:
        super().__init__(language)
        self.room = room
        self.most_rows = room.rows

    def sentences(self, sentences: Sequence[Words]) -> list[str]:
        return super().sentences(sentences)[:SENTENCES_ON_ONE_PAGE]

    def drawn(self, block: ChartBlock | MapBlock) -> Fields:
        return self.table(table_of_map(block) if isinstance(block, MapBlock) else _table_of(block))

    def parts(self, block: Block) -> Iterator[Fields]:
        if isinstance(block, Lines) and len(block.lines) > self.most_rows:
            yield from super().parts(replace(block, lines=block.lines[: self.most_rows]))
            left_out = len(block.lines) - self.most_rows
            words = self.language.say(
                f"{left_out} till står i lägesbilden.", f"{left_out} more are in the picture."
            )
            yield {"kind": "paragraph", "style": "note", "text": words, "author": None}
        else:
            yield from super().parts(block)

    def said(self, words: Said) -> str:
        whole = super().said(words)
        if len(whole) <= self.room.letters:
            return whole
        return f"{whole[: self.room.letters].rsplit(' ', 1)[0]} …"


def _table_of(block: ChartBlock) -> Table:
    """Twenty-four hours read better downwards than across."""
    table = block.table
    if block.kind is not ChartKind.HEAT:
        return table
    return replace(
        table,
        corner=Words(sv="Klockslag", en="Time of day"),
        columns=tuple(Column(row.key, row.words, table.columns[0].unit) for row in table.rows),
        rows=tuple(
            Row(column.key, column.words, tuple(row.cells[index] for row in table.rows))
            for index, column in enumerate(table.columns)
        ),
    )


def _same(name: str) -> Words:
    return Words(sv=name, en=name)
