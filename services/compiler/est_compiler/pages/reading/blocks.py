"""A view's blocks as they stand on a page: words in the reader's language, numbers written, charts drawn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from est_chassis.charts import Chart
from est_chassis.web.languages import Language, said
from est_compiler.domain.viewing.view import (
    Block,
    Cell,
    ChartBlock,
    Contact,
    Contacts,
    Figure,
    Heading,
    Line,
    Lines,
    MapBlock,
    Paragraph,
    Row,
    Table,
    Unit,
)
from est_compiler.formats.cells import written_cell, written_figure, written_words
from est_compiler.formats.charts import chart_of, map_of

SHADES = 5
#: Shaded by its numbers: areas down, themes across.
MATRIX = "areas_by_theme"
#: Long tables that most readers pass by; they are folded, and open when the page is printed.
LONG = 8
NEVER_FOLDED = frozenset({MATRIX, "totals"})
ALWAYS_FOLDED = frozenset({"severity"})
#: Its rows are problems, each with a page of its own.
PROBLEMS = "problems_table"
#: The totals stand as figures at the top of the page.
SHOWN_AS_FIGURES = frozenset({"totals"})


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell's text, and how dark it stands in a matrix."""

    text: str
    is_number: bool
    shade: int | None = None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a table."""

    name: str
    cells: tuple[ShownCell, ...]
    is_total: bool
    is_marked: bool
    href: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table; a matrix is one with shades."""

    form: ClassVar[str] = "table"
    name: str
    caption: str
    corner: str
    columns: tuple[ShownCell, ...]
    rows: tuple[ShownRow, ...]
    note: str
    is_folded: bool
    is_matrix: bool
    #: The heading just above says the same: the caption is read aloud only.
    says_its_heading: bool = False


@dataclass(frozen=True, slots=True)
class ShownHeading:
    """A heading under one that begins a section."""

    form: ClassVar[str] = "heading"
    name: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """Words: what people have written, or what the numbers say."""

    form: ClassVar[str] = "paragraph"
    kind: str
    lines: tuple[str, ...]
    author: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a section, and where the reports behind it stand."""

    text: str
    figure: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownLines:
    """Lines under a heading."""

    form: ClassVar[str] = "lines"
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A chart or a map, drawn, with its table."""

    form: ClassVar[str] = "chart"
    chart: Chart


@dataclass(frozen=True, slots=True)
class ShownContacts:
    """Whom to call."""

    form: ClassVar[str] = "contacts"
    contacts: tuple[tuple[str, Contact], ...]


Shown = ShownTable | ShownHeading | ShownParagraph | ShownLines | ShownChart | ShownContacts


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a heading of the second level; the first may have none."""

    name: str
    title: str
    blocks: tuple[Shown, ...]


def sections_of(blocks: Iterable[Block], language: Language, *, links: bool = False) -> tuple[Section, ...]:
    """The page's sections, in order; with `links` its rows lead on to what they are about."""
    return tuple(_sections(blocks, language, links=links))


def _sections(blocks: Iterable[Block], language: Language, *, links: bool) -> Iterator[Section]:
    name, title, shown = "", "", list[Shown]()
    above = ""
    for block in blocks:
        if isinstance(block, Heading):
            above = said(block.words, language)
        if isinstance(block, Heading) and block.level <= 2:
            if title or shown:
                yield Section(name, title, tuple(shown))
            name, title, shown = block.name, above, []
        elif (one := shown_block(block, language, links=links)) is not None:
            if isinstance(one, ShownTable):
                one = replace(one, says_its_heading=one.caption == above)
            shown.append(one)
    if title or shown:
        yield Section(name, title, tuple(shown))


def shown_block(block: Block, language: Language, *, links: bool = False) -> Shown | None:
    """One block; None for what the page says elsewhere."""
    if isinstance(block, Table):
        return None if block.name in SHOWN_AS_FIGURES else shown_table(block, language, links=links)
    if isinstance(block, ChartBlock | MapBlock):
        return _chart(block, language)
    return _in_words(block, language)


def _chart(block: ChartBlock | MapBlock, language: Language) -> ShownChart | None:
    if isinstance(block, ChartBlock):
        return ShownChart(chart_of(block, language))
    return ShownChart(map_of(block, language)) if block.drawn else None


def _in_words(block: Heading | Paragraph | Lines | Contacts, language: Language) -> Shown:
    if isinstance(block, Heading):
        return ShownHeading(block.name, block.level, said(block.words, language))
    if isinstance(block, Paragraph):
        return _paragraph(block, language)
    if isinstance(block, Lines):
        return ShownLines(tuple(_line(line, language) for line in block.lines))
    return ShownContacts(tuple((said(each.purpose, language), each) for each in block.contacts))


def shown_table(table: Table, language: Language, *, links: bool = False) -> ShownTable:
    """With words and numbers written."""
    is_matrix = table.name == MATRIX
    largest = _largest(table) if is_matrix else 0
    return ShownTable(
        name=table.name,
        caption=said(table.caption, language),
        corner=said(table.corner, language),
        columns=tuple(
            ShownCell(said(each.words, language), each.unit is not Unit.WORDS) for each in table.columns
        ),
        rows=tuple(_row(row, table, largest, language=language, links=links) for row in table.rows),
        note=said(table.note, language) if table.note else "",
        is_folded=table.name in ALWAYS_FOLDED or (table.name not in NEVER_FOLDED and len(table.rows) > LONG),
        is_matrix=is_matrix,
    )


def _row(row: Row, table: Table, largest: int, *, language: Language, links: bool) -> ShownRow:
    cells = [
        ShownCell(
            text=written_cell(cell, column.unit, language),
            is_number=column.unit is not Unit.WORDS,
            shade=_shade(cell, largest) if largest and not row.is_total and column.key != "total" else None,
        )
        for cell, column in zip(row.cells, table.columns, strict=True)
    ]
    href = f"/problems/{row.key}" if links and table.name == PROBLEMS else ""
    return ShownRow(said(row.words, language), tuple(cells), row.is_total, row.is_marked, href)


def _largest(table: Table) -> int:
    inner = [column.key != "total" for column in table.columns]
    numbers = [
        int(cell.value)
        for row in table.rows
        if not row.is_total
        for cell, is_inner in zip(row.cells, inner, strict=True)
        if is_inner and isinstance(cell, Figure) and cell.value is not None
    ]
    return max(numbers, default=0)


def _shade(cell: Cell, largest: int) -> int:
    if not isinstance(cell, Figure) or not cell.value:
        return 0
    return -(-int(cell.value) * SHADES // largest)


def _paragraph(block: Paragraph, language: Language) -> ShownParagraph:
    return ShownParagraph(
        kind=str(block.kind),
        lines=tuple(written_words(block.words, language).splitlines()),
        author=said(block.author, language) if block.author else "",
    )


def _line(line: Line, language: Language) -> ShownLine:
    figure = "" if line.figure is None else written_figure(line.figure, line.unit, language)
    return ShownLine(written_words(line.words, language), figure, line.path or "")
