"""What the page of the work shows: each section with its numbers, the joint words, and the parties' own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from est_chassis.web.languages import said
from est_chassis.web.written import number, short_date
from est_compiler.application import CompilationInWords
from est_compiler.domain.compiling.around import quarter_of
from est_compiler.domain.compiling.missing import Missing, MissingKind
from est_compiler.domain.compiling.placing import BESIDE_THE_LEVEL, values_risk
from est_compiler.domain.compiling.work import PUBLIC_PLACE, ProblemRow, RowWords, SectionPlace, TextReference
from est_compiler.domain.sections.fill import fill_sections
from est_compiler.domain.sections.parts import (
    Basis,
    CountLine,
    FilledSection,
    Line,
    Material,
    SectionTable,
    Value,
)
from est_compiler.domain.wording.sentences import Sentence
from est_compiler.pages.compiling.desk import Desk, OnTheDesk, template_of
from est_compiler.pages.reading.behind import address_behind, inbox_address
from est_contracts.vocabulary import (
    IndicatorValue,
    Party,
    PictureTemplate,
    SectionKind,
    TemplateSection,
    Words,
    priority_area_ids,
)

JOINT = Words(sv="Gemensam text", en="Joint text")
WHOSE_PART: dict[Party, Words] = {
    Party.MUNICIPALITY: Words(sv="Kommunens del", en="The municipality's part"),
    Party.POLICE: Words(sv="Polisens del", en="The police's part"),
    Party.HOUSING: Words(sv="Fastighetsföretagens del", en="The housing companies' part"),
}

#: Where on the page one sees to what is under no heading of the template, or in the set-up.
SEEN_TO: dict[MissingKind, str] = {
    MissingKind.LEVEL: "#level",
    MissingKind.PART: "#part",
    MissingKind.AREA_VALUE: "#areas",
    MissingKind.SENTENCE: "#sentences",
    MissingKind.INDICATORS: "#sections-heading",
    MissingKind.RISK_VALUE: "#risk",
    MissingKind.LOCAL_PICTURE: "#groups",
    MissingKind.SIGNATURE: "#sign",
    MissingKind.PUBLIC_TEXT: "#public",
    MissingKind.WORDS: "#sections-heading",
    MissingKind.PROBLEMS: "#sections-heading",
    MissingKind.PRIORITY: "#priorities",
    MissingKind.PRIORITY_AREAS: "/set-up/parts/priority_areas",
}


@dataclass(frozen=True)
class TextBox:
    """A place where words stand or may be written."""

    place: SectionPlace
    label: Words
    words: str
    revision: int
    written_by: str
    is_erased: bool
    may_write: bool
    #: Seen by one's own party only, so far.
    is_draft: bool
    text_id: UUID | None

    @property
    def name(self) -> str:
        return self.place.anchor


@dataclass(frozen=True)
class ShownLine:
    """A line that the numbers give, and the way to the reports behind it."""

    words: Words
    href: str


@dataclass(frozen=True)
class ShownPart:
    """What a section holds of one area, or of all of them."""

    name: str | None
    lines: tuple[ShownLine, ...]
    joint: TextBox
    own: tuple[TextBox, ...]

    @property
    def has_something(self) -> bool:
        return bool(self.lines) or any(box.words or box.is_erased for box in (self.joint, *self.own))


@dataclass(frozen=True)
class ShownRow:
    """A row of the table of problems, with what its form needs."""

    row: ProblemRow
    words: RowWords
    revision: int
    responsible: str
    is_erased: bool


@dataclass(frozen=True)
class ShownSection:
    """A heading of the template and everything under it."""

    section: TemplateSection
    depth: int
    parts: tuple[ShownPart, ...]
    tables: tuple[SectionTable, ...]
    rows: tuple[ShownRow, ...]
    empty: Words | None

    def has_row(self, row_id: str) -> bool:
        return any(str(shown.row.row_id) == row_id for shown in self.rows)

    @property
    def has_rows(self) -> bool:
        return self.section.kind is SectionKind.PROBLEMS

    @property
    def has_risk_value(self) -> bool:
        return self.section.kind is SectionKind.RISK_SERIES

    @property
    def has_indicators(self) -> bool:
        return self.section.kind is SectionKind.INDICATORS

    @property
    def takes_words(self) -> bool:
        return self.section.kind is not SectionKind.HEADING


class Showing:
    """Shows what lies on a desk, in one reading."""

    def __init__(self, desk: Desk, laid: OnTheDesk, work: CompilationInWords) -> None:
        self._desk = desk
        self._laid = laid
        self._work = work
        self.template: PictureTemplate = template_of(work)
        self._titles = desk.titles

    def title(self, function: str) -> str:
        return self._titles.get(function, function)

    def sections(self) -> tuple[ShownSection, ...]:
        material = Material(
            self._laid.drawn.picture,
            self.template,
            self._work.shown,
            self._desk.around.document,
            indicators=tuple(
                IndicatorValue(each.indicator, each.year, each.value, self._work.shown.of(each.source) or "")
                for each in self._work.compilation.indicators
            ),
            risk_values=self._laid.risk_values,
            analysed_before=self._laid.analysed_before,
            is_running=self._desk.service.clock.now() < self._desk.key.period.ends_at,
        )
        known = {each.section_id for each in self.template.all_sections()}
        return tuple(
            self._section(filled)
            for filled in fill_sections(material)
            if filled.section.section_id in known or filled.parts
        )

    def text_box(self, place: SectionPlace) -> TextBox:
        """What stands at a place, as the one who sits at the desk may see it."""
        compilation, party = self._work.compilation, self._desk.around.by.party
        is_readable = place.party in (None, party) or place.party in compilation.contributed
        written = compilation.texts.get(place) if is_readable else None
        text = written.text if written else None
        return TextBox(
            place=place,
            label=WHOSE_PART[place.party] if place.party else JOINT,
            words=self._work.shown.of(text) or "",
            revision=compilation.revision_of(place),
            written_by=self.title(written.by) if written and text else "",
            is_erased=self._work.shown.is_erased(text),
            may_write=place.party in (None, party),
            is_draft=place.party is not None and place.party not in compilation.contributed,
            text_id=text.text_id if text else None,
        )

    def level_box(self) -> TextBox:
        written = self._work.compilation.level_text
        text: TextReference | None = written.text
        return TextBox(
            place=BESIDE_THE_LEVEL,
            label=Words(sv="Varför?", en="Why?"),
            words=self._work.shown.of(text) or "",
            revision=written.revision,
            written_by=self.title(written.by) if text else "",
            is_erased=self._work.shown.is_erased(text),
            may_write=True,
            is_draft=False,
            text_id=text.text_id if text else None,
        )

    def priorities(self) -> tuple[tuple[str, str, int | None], ...]:
        """The priority areas with their values, where the template gives them any."""
        document, key = self._desk.around.document, self._desk.key
        if self.template.scale is None:
            return ()
        names = {each.area_id: each.name for each in document.areas}
        values = self._work.compilation.priorities
        named = priority_area_ids(document, quarter_of(key.period))
        shown = [each for each in named if each in self._desk.around.area_ids]
        return tuple((each, names[each], values.get(each)) for each in shown)

    def risk_steps(self) -> tuple[int, ...]:
        """The steps of the scale, where the meeting gives the period a risk value."""
        scale = self._desk.around.document.risk_scale
        if scale is None or not values_risk(self.template, self._desk.around):
            return ()
        return tuple(range(scale.lowest, scale.highest + 1))

    def way_to(self, missing: Missing) -> str:
        """Where what is missing is seen to."""
        if missing.section is not None:
            return f"#section-{missing.section}"
        if missing.kind is MissingKind.INDICATOR_VALUES:
            return self._desk.indicators_address
        return SEEN_TO[missing.kind]

    def row_words(self, written: str | None) -> RowWords:
        """What a row says, from the text that is kept of it."""
        return RowWords.from_written(written) if written else RowWords()

    def both_rows(self, stands: RowWords, sent: Mapping[str, str]) -> dict[str, str]:
        """Each field with both wordings, where they differ: what stands first."""
        return {
            name: "\n".join(dict.fromkeys(words for words in (standing, sent[name]) if words))
            for name, standing in stands.fields
        }

    def new_row_id(self) -> UUID:
        return uuid4()

    def cell(self, value: Value) -> str:
        """A cell of a section's table, as it is read."""
        language = self._desk.language
        if isinstance(value, Words):
            return said(value, language)
        if isinstance(value, date):
            return short_date(value, language=language)
        if isinstance(value, str):
            return value
        return number(None if value is None else float(value), language=language)

    def place_words(self, place: str) -> Words | None:
        """The heading that a place stands under, to be told beside what is wrong there."""
        section = place.partition("/")[0]
        if section == PUBLIC_PLACE:
            return Words(sv="Till allmänheten:", en="To the public:")
        for each in self.template.all_sections():
            if each.section_id == section:
                return Words(sv=f"{each.words.sv}:", en=f"{each.words.en}:")
        return None

    def behind(self, sentence: Sentence) -> str:
        """Where one finds what a sentence rests on; what lies ahead stands on the picture's own page."""
        address = address_behind(sentence.behind, period=self._desk.key.period)
        return f"{self._desk.picture_address}{address}" if address.startswith("#") else address

    def _section(self, filled: FilledSection) -> ShownSection:
        section = filled.section
        return ShownSection(
            section=section,
            depth=filled.depth,
            parts=tuple(self._parts(filled)),
            tables=filled.tables,
            rows=tuple(self._rows(section)),
            empty=filled.empty,
        )

    def _parts(self, filled: FilledSection) -> Iterator[ShownPart]:
        section = filled.section
        told = {part.area: part.lines for part in filled.parts}
        yield self._part(section, None, None, told.get(None, ()))
        if not section.by_area:
            return
        for area in self._desk.around.document.areas:
            if area.area_id in self._desk.around.area_ids:
                yield self._part(section, area.area_id, area.name, told.get(area.area_id, ()))

    def _part(
        self,
        section: TemplateSection,
        area: str | None,
        name: str | None,
        lines: tuple[Line | CountLine, ...],
    ) -> ShownPart:
        own_party = self._desk.around.by.party
        boxes = [self.text_box(SectionPlace(section.section_id, area, party)) for party in Party]
        return ShownPart(
            name=name,
            lines=tuple(ShownLine(line.words, self.reports_behind(line.basis)) for line in lines),
            joint=self.text_box(SectionPlace(section.section_id, area)),
            own=tuple(
                sorted(
                    (box for box in boxes if box.place.party is own_party or box.words or box.is_erased),
                    key=lambda box: box.place.party is not own_party,
                )
            ),
        )

    def _rows(self, section: TemplateSection) -> Iterator[ShownRow]:
        for state in self._work.compilation.rows.values():
            if state.row.section == section.section_id:
                yield ShownRow(
                    row=state.row,
                    words=self._work.shown.row_words(state.row),
                    revision=state.revision,
                    responsible=self.title(state.row.responsible) if state.row.responsible else "",
                    is_erased=self._work.shown.is_erased(state.row.text),
                )

    def reports_behind(self, basis: Basis | None) -> str:
        """The inbox with the reports that a line rests on, of the picture's own days and areas."""
        if basis is None:
            return ""
        areas = () if self._desk.key.scope.is_whole else tuple(sorted(self._desk.around.area_ids))
        return inbox_address(
            self._desk.key.period,
            entry=only(basis.entries),
            theme=only(tuple(str(theme) for theme in basis.themes)),
            area=",".join(basis.areas or areas),
            organisation=basis.organisation or "",
        )


def only(names: tuple[str, ...]) -> str:
    """The one name there is: the inbox is filtered by one of each."""
    return names[0] if len(names) == 1 else ""
