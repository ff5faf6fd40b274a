"""A view as plain text, 72 columns wide: to be pasted into OneNote, WIS or a letter."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from est_chassis.web.languages import Language, said
from est_chassis.web.written import full_moment
from est_compiler.domain.viewing.view import (
    STANDING_WORDS,
    TO_THE_PUBLIC,
    Block,
    Cell,
    ChartBlock,
    ChartKind,
    Contacts,
    Figure,
    Heading,
    Lines,
    MapBlock,
    Paragraph,
    Said,
    Table,
    Unit,
    View,
)
from est_compiler.formats.cells import written_figure
from est_contracts.vocabulary import EDITION_WORDS, LEVEL_WORDS, Edition

WIDTH = 72
GAP = 2
#: A table whose first column gets less than this is told row by row instead.
LEAST_FIRST_COLUMN = 16
#: No head is folded narrower than this.
LEAST_HEAD = 5


def as_text(view: View, language: Language, *, front_url: str = "") -> str:
    """Everything in order; what is drawn in a chart stands as its table."""
    sheet = _Sheet(language, front_url)
    written = [*sheet.top(view)]
    for block in view.blocks:
        written += sheet.block(block)
    written += sheet.foot(view)
    return "\n".join(_without_double_blanks(written)).strip() + "\n"


class _Sheet:
    """Writes in one language."""

    def __init__(self, language: Language, front_url: str) -> None:
        self.language = language
        self.front_url = front_url.rstrip("/")

    @property
    def nothing(self) -> str:
        """Under a heading that would otherwise stand there alone."""
        return self.language.say("Inget att visa.", "Nothing to show.")

    def top(self, view: View) -> Iterator[str]:
        place = f"{view.municipality_name}{f', {self.say(view.scope_name)}' if view.scope_name else ''}"
        yield from self.wrapped(f"{self.say(view.title).upper()}")
        yield from self.wrapped(f"{place}, {self.say(view.period_name)} ({view.first_day} – {view.last_day})")
        yield from self.wrapped(f"{self.say(EDITION_WORDS[view.edition])}. {self.stated(view)}")
        yield ""
        if view.edition is Edition.GENERAL:
            yield from self.to_the_public(view)
        if view.level is not None:
            colour, _, meaning = self.say(LEVEL_WORDS[view.level]).partition(": ")
            yield from self.wrapped(f"{self.language.say('Läge', 'Level')}: {colour.lower()}, {meaning}")
        if view.level_words:
            yield from self.wrapped(self.say(view.level_words))
        yield from self.wrapped(self.say(view.headline))
        for sentence in view.sentences:
            yield from self.wrapped(self.say(sentence), first="- ", then="  ")

        if view.edition is not Edition.GENERAL:
            yield from self.to_the_public(view)

    def to_the_public(self, view: View) -> Iterator[str]:
        if view.public_words is None:
            return
        heading = self.say(TO_THE_PUBLIC)
        yield from ("", f"{heading}:")
        for paragraph in self.say(view.public_words).splitlines():
            yield from self.wrapped(paragraph)
        yield ""

    def stated(self, view: View) -> str:
        stated = view.stated
        told = self.say(STANDING_WORDS[stated.standing])
        if stated.version is not None:
            told += self.language.say(f", version {stated.version}", f", version {stated.version}")
        if stated.moment is not None:
            told += f", {full_moment(stated.moment, language=self.language)}"
        reason = f" {self.say(stated.reason)}." if stated.reason else ""
        note = f" {self.say(stated.note)}" if stated.note else ""
        then = f" {self.say(stated.then_words)}" if stated.then_words else ""
        return f"{told}.{then}{reason}{note}"

    def foot(self, view: View) -> Iterator[str]:
        yield ""
        where = f"{self.front_url}{view.path}"
        yield from self.wrapped(f"{self.language.say('Lägesbilden', 'The picture')}: {where}")
        if view.fingerprint:
            yield f"{self.language.say('Fingeravtryck', 'Fingerprint')}:"
            yield view.fingerprint

    def block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Heading):
            yield from ("", *self.heading(block))
        elif isinstance(block, Paragraph):
            author = f"{self.say(block.author)}: " if block.author else ""
            for paragraph in f"{author}{self.say(block.words)}".splitlines():
                yield from self.wrapped(paragraph)
        elif isinstance(block, Lines):
            for line in block.lines:
                yield from self.wrapped(self.say(line.words), first="- ", then="  ")
        elif isinstance(block, Table):
            yield from self.table(block)
        elif isinstance(block, ChartBlock):
            yield from self.chart(block)
        elif isinstance(block, Contacts):
            for contact in block.contacts:
                # A number is never broken in two.
                telephone = (contact.telephone or "").replace(" ", "\N{NO-BREAK SPACE}")
                parts = (contact.title, contact.organisation, telephone, contact.email)
                told = f"{self.say(contact.purpose)}: {', '.join(part for part in parts if part)}"
                yield from self.wrapped(told, first="- ", then="  ")
        else:
            yield from self.areas(block)

    def heading(self, heading: Heading) -> Iterator[str]:
        words = self.say(heading.words)
        yield from self.wrapped(words.upper() if heading.level == 2 else words)
        if heading.level == 2:
            yield "-" * min(len(words), WIDTH)

    def areas(self, block: MapBlock) -> Iterator[str]:
        """The areas stand in a table of their own; a map has nothing to add in words."""
        yield from ()

    def chart(self, chart: ChartBlock) -> Iterator[str]:
        if chart.kind is ChartKind.WEEKS or chart.kind is ChartKind.HEAT:
            rows = [*self.row_by_row(chart.table, with_zeros=False)] or [self.nothing]
            yield from ("", *self.wrapped(self.say(chart.title)), *rows)
        else:
            yield from self.table(chart.table)

    def table(self, table: Table) -> Iterator[str]:
        yield from ("", *self.wrapped(self.say(table.caption)))
        if not table.rows:
            yield self.nothing
            return
        cells = [[self.cell(cell, column.unit) for cell, column in zip(row.cells, table.columns, strict=True)]
                 for row in table.rows]  # fmt: skip
        heads = [[self.say(column.words)] for column in table.columns]
        widths, left = _widths(heads, cells)
        if left < LEAST_FIRST_COLUMN:
            heads = [_folded(head, [row[place] for row in cells]) for place, (head,) in enumerate(heads)]
            widths, left = _widths(heads, cells)
        if left < LEAST_FIRST_COLUMN or any(column.unit is Unit.WORDS for column in table.columns):
            yield from self.row_by_row(table, with_zeros=True)
        else:
            yield from _heads(self.say(table.corner), heads, widths, left)
            for row, written in zip(table.rows, cells, strict=True):
                yield from _aligned(self.say(row.words), written, widths, left)
        if table.note:
            yield from ("", *self.wrapped(self.say(table.note)))

    def row_by_row(self, table: Table, *, with_zeros: bool) -> Iterator[str]:
        """Each row with the names of its columns; what is said in words has lines of its own."""
        has_words = any(column.unit is Unit.WORDS for column in table.columns)
        for row in table.rows:
            name = self.say(row.words)
            told = [
                f"{self.say(column.words)}: {self.cell(cell, column.unit)}"
                for cell, column in zip(row.cells, table.columns, strict=True)
                if _says_something(cell, with_zeros=with_zeros)
            ]
            on_one_line = f"{name} – {'; '.join(told)}"
            if has_words and len(on_one_line) > WIDTH - GAP:
                yield from self.wrapped(name, first="- ", then="  ")
                for each in told:
                    yield from self.wrapped(each, first="  ", then="    ")
            elif told:
                yield from self.wrapped(on_one_line, first="- ", then="  ")

    def cell(self, cell: Cell, unit: Unit) -> str:
        if cell is None:
            return ""
        if not isinstance(cell, Figure):
            return self.say(cell)
        if cell.hidden:
            return self.say(cell.instead or "")
        return written_figure(cell, unit, self.language, shortly=True)

    def say(self, words: Said) -> str:
        return words if isinstance(words, str) else said(words, self.language)

    def wrapped(self, told: str, *, first: str = "", then: str = "") -> list[str]:
        return wrap(
            told, WIDTH, initial_indent=first, subsequent_indent=then, break_long_words=False,
            break_on_hyphens=False,
        )  # fmt: skip


def _widths(heads: Sequence[Sequence[str]], cells: Sequence[Sequence[str]]) -> tuple[list[int], int]:
    """How wide each column of numbers is, and what is left for the names."""
    columns = [[*head, *(row[place] for row in cells)] for place, head in enumerate(heads)]
    widths = [max(map(len, column)) for column in columns]
    return widths, WIDTH - sum(widths) - GAP * len(widths)


def _folded(head: str, cells: Sequence[str]) -> list[str]:
    """A head on several lines, no wider than its numbers need."""
    return wrap(head, max(LEAST_HEAD, *map(len, cells)), break_long_words=False)


def _heads(corner: str, heads: Sequence[Sequence[str]], widths: Sequence[int], left: int) -> Iterator[str]:
    """All of them end on the line of the corner."""
    lines = max(map(len, heads))
    padded = [[*[""] * (lines - len(head)), *head] for head in heads]
    for line, cells in enumerate(zip(*padded, strict=True), start=1):
        yield from _aligned(corner if line == lines else "", cells, widths, left)


def _aligned(name: str, cells: Sequence[str], widths: Sequence[int], left: int) -> Iterator[str]:
    """The name to the left, as many rows as it needs, and the numbers to the right of its last one."""
    *above, last = wrap(name, left) or [""]
    yield from above
    right = "".join(f"{' ' * GAP}{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    yield f"{last:<{left}}{right}".rstrip()


def _says_something(cell: Cell, *, with_zeros: bool) -> bool:
    """A zero in a long row of hours or weeks says less than the row would cost; elsewhere it is told."""
    if isinstance(cell, Figure):
        return with_zeros or cell.hidden or bool(cell.value)
    return bool(cell)


def _without_double_blanks(lines: Sequence[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
