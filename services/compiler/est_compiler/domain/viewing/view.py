"""What one edition of one picture says: numbers and words in both languages, in no format.

Page, PDF, JSON, CSV, GeoJSON and plain text are all written from a view and from nothing else,
so that every number is the same in all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from est_compiler.domain.picture import Known, YearMark
from est_contracts.vocabulary import (
    Edition,
    Level,
    PeriodKind,
    PicturePeriod,
    Words,
    dialled,
    number_in_words,
)


class Unit(StrEnum):
    """What a number counts or measures."""

    REPORTS = "reports"
    #: A difference between two counts, written with its sign.
    CHANGE = "change"
    #: How many reports had severity 4 or 5.
    SEVERE = "severe"
    #: Returns that were due, that came in, or that said there was nothing.
    RETURNS = "returns"
    #: A value on a scale, as 1 to 5.
    SCALE = "scale"
    #: How many returns or parties said so.
    ANSWERS = "answers"
    #: A difference in per cent, written with its sign.
    PERCENT_CHANGE = "percent_change"
    #: A structural indicator's own unit, said in the row's name.
    INDICATOR = "indicator"
    #: A number of a template's section; the column's words say which.
    SECTION = "section"
    #: No number: the cells are words.
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number; None is not known. A hidden one is known, but does not stand in this edition.

    Of a hidden one that is small it is told that it is one or two; of the others nothing.
    Of a share of numbers that are too few there is none to tell.
    """

    value: int | Decimal | None
    hidden: bool = False
    small: bool = False
    too_few: bool = False

    @property
    def instead(self) -> Words | None:
        """What stands in place of the number; None where it is shown."""
        if self.too_few:
            return TOO_FEW_WORDS
        if not self.hidden:
            return None
        return HIDDEN_WORDS if self.small else KEPT_BACK_WORDS


UNKNOWN = Figure(None)
#: What stands in place of a count that could point to somebody.
HIDDEN = Figure(None, hidden=True, small=True)
#: What stands in place of a count that would give a hidden one away.
KEPT_BACK = Figure(None, hidden=True)
#: What stands in place of a percentage of numbers under ten.
TOO_FEW = Figure(None, too_few=True)

HIDDEN_WORDS = Words(sv="färre än 3", en="fewer than 3")
KEPT_BACK_WORDS = Words(sv="visas inte", en="not shown")
#: The note of the table says for what they are too few.
TOO_FEW_WORDS = Words(sv="för få", en="too few")

#: Words of ours in both languages, or what people have written, in the language they wrote it.
Said = Words | str
#: A cell of a table; None is an empty one.
Cell = Figure | Said | None


class ParagraphKind(StrEnum):
    """Where the words of a paragraph come from."""

    #: What people have written in the work with the picture.
    WRITTEN = "written"
    #: What the numbers say.
    TOLD = "told"
    #: What an empty section prints.
    EMPTY = "empty"
    #: How something is to be read.
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading (rubrik): level 2 under the title, then 3 and 4. The name is unique in the view."""

    name: str
    level: int
    words: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words under a heading; `author` says which function or party wrote them, where that is told."""

    words: Said
    kind: ParagraphKind = ParagraphKind.TOLD
    author: Words | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section, as the source prints them: "Polisen rapporterar om 13 fall".

    The words say all of it, the number too; the figure is the same number for programs.
    """

    key: str
    words: Said
    figure: Figure | None = None
    unit: Unit = Unit.REPORTS
    organisation: str | None = None
    area: str | None = None
    #: The entries whose reports it rests on.
    entries: tuple[str, ...] = ()
    #: Where one reads more of what it says.
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines under a heading."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; its words stand in the header cell."""

    key: str
    words: Words
    unit: Unit = Unit.REPORTS


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; its words stand in the header cell. There is one cell for each column."""

    key: str
    words: Words
    cells: tuple[Cell, ...]
    #: Set apart from the others: a total, or what belongs to a priority area.
    is_total: bool = False
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption, a header cell over each column and one before each row.

    `corner` stands over the rows' header cells; the name is unique in the view.
    """

    name: str
    caption: Words
    corner: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Words | None = None


class ChartKind(StrEnum):
    """How a chart is drawn from its table."""

    #: One bar for each row: the first column is now, the others are earlier periods.
    BARS = "bars"
    #: Weekdays down; hours, or parts of the day, across.
    HEAT = "heat"
    #: One point for each week; columns reports, due and heard.
    WEEKS = "weeks"


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart: what it shows in words, and the numbers that it is drawn from, which stand beside it."""

    name: str
    kind: ChartKind
    title: Words
    description: Words
    table: Table
    #: Days to mark along the weeks, and the day on which the first of those begins.
    marks: tuple[YearMark, ...] = ()
    begins: date | None = None


Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area on the map: the outer ring first, then holes; WGS 84, longitude first."""

    area: str
    name: str
    within: str | None
    priority: bool
    polygon: tuple[Ring, ...]
    reports: Figure
    previous: Figure
    severe: Figure


@dataclass(frozen=True, slots=True)
class MapBlock:
    """Areas shaded by number; those without a polygon stand in the list only."""

    name: str
    title: Words
    description: Words
    areas: tuple[MapArea, ...]

    @property
    def drawn(self) -> tuple[MapArea, ...]:
        return tuple(each for each in self.areas if each.polygon)


@dataclass(frozen=True, slots=True)
class Contact:
    """A function to call (never a person), what for, and its telephone and mailbox where it has them."""

    function: str
    title: str
    organisation: str
    purpose: Words
    telephone: str | None
    email: str | None

    @property
    def number_to_dial(self) -> str | None:
        return dialled(self.telephone) if self.telephone else None


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom to call."""

    name: str
    contacts: tuple[Contact, ...]


Block = Heading | Paragraph | Lines | Table | ChartBlock | MapBlock | Contacts


class Standing(StrEnum):
    """What a picture is at the moment it is shown."""

    #: The period is still going on.
    RUNNING = "running"
    DRAFT = "draft"
    PUBLISHED = "published"
    AS_KNOWN = "as_known"


STANDING_WORDS: dict[Standing, Words] = {
    Standing.RUNNING: Words(sv="Perioden pågår", en="The period goes on"),
    Standing.DRAFT: Words(sv="Utkast, inte publicerat", en="Draft, not published"),
    Standing.PUBLISHED: Words(sv="Publicerad", en="Published"),
    Standing.AS_KNOWN: Words(sv="Så som det var känt", en="As it was known"),
}


#: Over what the group says to anyone who reads the picture.
TO_THE_PUBLIC = Words(sv="Till allmänheten", en="To the public")


@dataclass(frozen=True, slots=True)
class Stated:
    """What the picture is: a draft, a published version, or what was known at a moment."""

    standing: Standing
    #: When it was published, asked for, or counted until.
    moment: datetime | None = None
    version: int | None = None
    published_by: str | None = None
    reason: Words | None = None
    note: Said | None = None
    #: Of what is shown as it was known: the version that was published by then; None where none was.
    published_then: int | None = None

    @property
    def then_words(self) -> Words | None:
        """Which version was published at the moment that is asked for."""
        if self.standing is not Standing.AS_KNOWN:
            return None
        if self.published_then is None:
            return Words(sv="Ingen version var publicerad då.", en="No version was published then.")
        number = self.published_then
        return Words(sv=f"Version {number} var publicerad då.", en=f"Version {number} was published then.")


@dataclass(frozen=True, slots=True)
class View:
    """One edition of one picture, ready to be written in any language and any format."""

    edition: Edition
    municipality: str
    municipality_name: str
    period: str
    kind: PeriodKind
    first_day: date
    last_day: date
    period_name: Words
    scope: str
    #: None for the whole municipality.
    scope_name: Words | None
    template: str | None
    title: Words
    stated: Stated
    level: Level | None
    level_words: Said | None
    #: What the group says to the public; it stands first in the general edition.
    public_words: Said | None
    headline: Words
    sentences: tuple[Words, ...]
    blocks: tuple[Block, ...]
    known: Known
    #: Of the frozen bytes, which hold the numbers that the general edition hides: there it is None.
    fingerprint: str | None
    #: Where the picture is shown, from the front door.
    path: str

    @property
    def picture_period(self) -> PicturePeriod:
        return PicturePeriod(self.first_day, self.last_day, self.kind)

    @property
    def tables(self) -> Iterator[Table]:
        """Every table, those of the charts among them, in order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, ChartBlock):
                yield block.table

    @property
    def maps(self) -> Iterator[MapBlock]:
        return (block for block in self.blocks if isinstance(block, MapBlock))


def with_figure(words: Words, figure: Figure) -> Words:
    """Words and their number: "Utan klockslag: 3"."""
    hidden = figure.instead
    if hidden is not None:
        return Words(sv=f"{words.sv}: {hidden.sv}", en=f"{words.en}: {hidden.en}")
    number = named("–") if figure.value is None else number_in_words(float(figure.value))
    return Words(sv=f"{words.sv}: {number.sv}", en=f"{words.en}: {number.en}")


def figures_in(block: Block) -> Iterator[Figure]:
    """Every number that a block shows or hides."""
    if isinstance(block, Lines):
        yield from (line.figure for line in block.lines if line.figure)
    elif isinstance(block, Table):
        yield from (cell for row in block.rows for cell in row.cells if isinstance(cell, Figure))
    elif isinstance(block, ChartBlock):
        yield from figures_in(block.table)
    elif isinstance(block, MapBlock):
        yield from (figure for area in block.areas for figure in (area.reports, area.previous, area.severe))


def named(name: str) -> Words:
    """A name that is the same in every language."""
    return Words(sv=name, en=name)
