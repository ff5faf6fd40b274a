"""The template's sections in a view: every heading in order, what stands under it, and what people wrote."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from est_compiler.domain.sections.fill import fill_sections
from est_compiler.domain.sections.parts import (
    CountLine,
    FilledRow,
    FilledSection,
    PartText,
    SectionPart,
    SectionTable,
    TableRow,
    Value,
)
from est_compiler.domain.sections.parts import (
    Line as FilledLine,
)
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.view import (
    UNKNOWN,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Line,
    Lines,
    Paragraph,
    ParagraphKind,
    Row,
    Table,
    Unit,
    named,
)
from est_contracts.vocabulary import PARTY_WORDS, Words

FIRST_LEVEL = 2
PROBLEM_COLUMNS = (
    ("what", Words(sv="Vad", en="What")),
    ("where", Words(sv="Var", en="Where")),
    ("how", Words(sv="Hur", en="How")),
    ("when", Words(sv="När", en="When")),
    ("causes", Words(sv="Troliga orsaker", en="Likely causes")),
    ("measures", Words(sv="Insatser", en="Measures")),
    ("purpose", Words(sv="Syfte", en="Purpose")),
)
RESPONSIBLE = Words(sv="Ansvarig", en="Responsible")
CONTINUES = Words(sv="Fortsatt", en="Continued")
BEGINS = Words(sv="Ny", en="New")


def section_blocks(brief: Brief) -> Iterator[Block]:
    """Every section of the template; an empty one says that it is."""
    material = brief.material
    if material is None:
        return
    for filled in fill_sections(material):
        yield Heading(filled.section.section_id, FIRST_LEVEL + filled.depth, filled.words)
        yield from blocks_under(filled)


def blocks_under(filled: FilledSection) -> Iterator[Block]:
    """Everything under one heading."""
    for part in filled.parts:
        if part.name is not None:
            name = f"{filled.section.section_id}_{part.area}"
            yield Heading(name, FIRST_LEVEL + filled.depth + 1, named(part.name))
        yield from _part(filled, part)
    for table in filled.tables:
        yield _table(table)
    if filled.rows:
        yield _problem_table(filled)
    if filled.empty is not None:
        yield Paragraph(filled.empty, ParagraphKind.EMPTY)


def _part(filled: FilledSection, part: SectionPart) -> Iterator[Block]:
    """The numbers first, as the source prints them, and then what people say of them."""
    if part.lines:
        name = "_".join(each for each in (filled.section.section_id, part.area, "lines") if each)
        yield Lines(name, tuple(_line(line) for line in part.lines))
    for text in part.texts:
        yield _written(text)


def _written(text: PartText) -> Paragraph:
    author = PARTY_WORDS[text.party] if text.party else None
    return Paragraph(text.instead if text.text is None else text.text, ParagraphKind.WRITTEN, author)


def _line(line: FilledLine | CountLine) -> Line:
    basis = line.basis
    return Line(
        key=line.key,
        words=line.words,
        figure=None if line.number is None else Figure(line.number),
        organisation=basis.organisation if basis else None,
        area=basis.areas[0] if basis and len(basis.areas) == 1 else None,
        entries=basis.entries if basis else (),
    )


def _table(table: SectionTable) -> Table:
    corner, *columns = table.columns
    return Table(
        name=f"section_{table.key}",
        caption=table.caption,
        corner=corner,
        columns=tuple(
            Column(str(place), words, _unit([row.values[place] for row in table.rows]))
            for place, words in enumerate(columns)
        ),
        rows=tuple(_row(row) for row in table.rows),
    )


def _unit(values: list[Value]) -> Unit:
    """What a column holds: words as soon as one of its values is no number."""
    said = [each for each in values if each is not None]
    numbers = all(isinstance(each, int | Decimal) for each in said)
    if not numbers:
        return Unit.WORDS
    return Unit.INDICATOR if any(isinstance(each, Decimal) for each in said) else Unit.SECTION


def _row(row: TableRow) -> Row:
    return Row(row.key, row.heading, tuple(_cell(each) for each in row.values))


def _cell(value: Value) -> Cell:
    if value is None:
        return UNKNOWN
    if isinstance(value, int | Decimal):
        return Figure(value)
    return value.isoformat() if isinstance(value, date) else value


def _problem_table(filled: FilledSection) -> Table:
    """Problembild – Troliga orsaker – Insatser, as in figure 10.3."""
    columns = tuple(Column(key, words, Unit.WORDS) for key, words in PROBLEM_COLUMNS)
    return Table(
        name=f"section_{filled.section.section_id}_rows",
        caption=filled.words,
        corner=Words(sv="Problem", en="Problem"),
        columns=(*columns, Column("responsible", RESPONSIBLE, Unit.WORDS)),
        rows=tuple(_problem_row(each) for each in filled.rows),
    )


def _problem_row(filled: FilledRow) -> Row:
    written = dict(filled.words.fields)
    cells: list[Cell] = [written[key] or None for key, _words in PROBLEM_COLUMNS]
    if filled.is_erased:
        cells = [filled.instead, *(None for _ in PROBLEM_COLUMNS[1:])]
    return Row(
        str(filled.row.row_id),
        CONTINUES if filled.row.continues else BEGINS,
        (*cells, filled.responsible_title),
    )
