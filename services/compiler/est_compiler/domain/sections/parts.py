"""What a section of a picture holds when it is filled: lines with numbers, tables, and what people wrote."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from est_compiler.domain.compiling.work import ERASED, ProblemRow, RowWords, WorkInWords
from est_compiler.domain.knowledge import EarlierAnalysis
from est_compiler.domain.picture import Picture, RiskValue
from est_compiler.domain.wording.phrases import in_en, in_sv
from est_contracts.vocabulary import (
    CollaborationDocument,
    IndicatorValue,
    Party,
    PictureTemplate,
    TemplateSection,
    Theme,
    Words,
)

#: What stands in a cell of a table; None is not known, or not given.
Value = int | Decimal | date | str | Words | None


@dataclass(frozen=True, slots=True)
class Material:
    """What sections are filled with: the numbers, the layout, what people have put together, the set-up."""

    picture: Picture
    template: PictureTemplate
    work: WorkInWords | None = None
    document: CollaborationDocument | None = None
    indicators: tuple[IndicatorValue, ...] = ()
    #: What meetings have set in published pictures of the same part.
    risk_values: tuple[RiskValue, ...] = ()
    #: What was found of the picture's problems before, the latest first.
    analysed_before: tuple[EarlierAnalysis, ...] = ()
    #: The period goes on: it is held against whole ones.
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """Which reports a line rests on, so that a reader can be led to them; empty means any."""

    entries: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    areas: tuple[str, ...] = ()
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One statement with its number, if it has one."""

    key: str
    words: Words
    number: int | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many cases an organisation reports of one entry: Polisen rapporterar om 13 fall."""

    key: str
    organisation: str
    organisation_name: str
    entry: str
    entry_name: Words
    theme: Theme
    area: str | None
    number: int
    not_in_public: int
    #: False where the heading already says what it is about.
    names_entry: bool

    @property
    def basis(self) -> Basis:
        areas = () if self.area is None else (self.area,)
        return Basis((self.entry,), (self.theme,), areas, self.organisation)

    @property
    def words(self) -> Words:
        """The sentence in which the figure of the source prints it."""
        cases, what, where = self._cases(), self._what(), self._where()
        return Words(
            sv=f"{self.organisation_name} rapporterar om {cases.sv}{where.sv if where else ''}"
            f"{what.sv if what else ''}.",
            en=f"{self.organisation_name} reports {cases.en}{where.en if where else ''}"
            f"{what.en if what else ''}.",
        )

    def _cases(self) -> Words:
        one = self.number == 1
        if self.theme is Theme.POSITIVE:
            sv, en = ("iakttagelse", "observation") if one else ("iakttagelser", "observations")
        elif self.theme is Theme.SURROUNDINGS:
            sv, en = ("uppgift", "matter") if one else ("uppgifter", "matters")
        else:
            sv, en = ("fall", "case") if one else ("fall", "cases")
        return Words(sv=f"{in_sv(self.number)} {sv}", en=f"{in_en(self.number)} {en}")

    def _what(self) -> Words | None:
        if not self.names_entry:
            return None
        return Words(sv=f": {self.entry_name.sv}", en=f": {self.entry_name.en}")

    def _where(self) -> Words | None:
        if self.not_in_public == 0:
            return None
        if self.not_in_public == self.number:
            return Words(sv=" (ej i offentlig miljö)", en=" (not in public space)")
        return Words(
            sv=f" (varav {in_sv(self.not_in_public)} ej i offentlig miljö)",
            en=f" ({in_en(self.not_in_public)} of them not in public space)",
        )


@dataclass(frozen=True, slots=True)
class PartText:
    """What people wrote: jointly (party is None) or one party's own part; None when the words are gone."""

    party: Party | None
    text: str | None
    #: What is said where they are gone.
    instead: Words = ERASED


@dataclass(frozen=True, slots=True)
class SectionPart:
    """What a section says of one area, or (area is None) of all of them."""

    area: str | None
    name: str | None
    lines: tuple[Line | CountLine, ...]
    texts: tuple[PartText, ...]

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.texts


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: what it is about, and its values."""

    key: str
    heading: Words
    values: tuple[Value, ...]
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class SectionTable:
    """A table under a heading; `columns` begins with what the rows are about."""

    key: str
    caption: Words
    columns: tuple[Words, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of the table of problems, in words; the title is that of who is responsible."""

    row: ProblemRow
    words: RowWords
    responsible_title: str | None
    is_erased: bool
    instead: Words = ERASED


@dataclass(frozen=True, slots=True)
class FilledSection:
    """A heading and everything under it; `empty` is what it prints when there is nothing."""

    section: TemplateSection
    depth: int
    parts: tuple[SectionPart, ...]
    tables: tuple[SectionTable, ...]
    rows: tuple[FilledRow, ...]
    empty: Words | None

    @property
    def words(self) -> Words:
        return self.section.words


def same(name: str) -> Words:
    """A name, the same in both languages."""
    return Words(sv=name, en=name)
