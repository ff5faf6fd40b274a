"""A picture's sections, filled: the headings of its template in order, and under each what is known."""

from collections.abc import Callable, Iterator

from est_compiler.domain.compiling.work import ERASED
from est_compiler.domain.picture import AreaCount
from est_compiler.domain.sections.comparisons import comparison_lines, comparison_tables, low_levels
from est_compiler.domain.sections.counts import (
    OTHER_REPORTS,
    count_lines,
    district_table,
    entries_without_a_section,
    value_table,
)
from est_compiler.domain.sections.parts import (
    CountLine,
    FilledRow,
    FilledSection,
    Line,
    Material,
    PartText,
    SectionPart,
    SectionTable,
)
from est_compiler.domain.sections.problems import ahead_lines, measure_lines, recurring_lines
from est_compiler.domain.sections.values import area_value_table, indicator_tables, priority_table, risk_table
from est_contracts.vocabulary import Party, SectionKind, TemplateSection, Words

Lines = tuple[Line | CountLine, ...]
Filler = Callable[[Material, TemplateSection], Lines]
Tables = Callable[[Material, TemplateSection], tuple[SectionTable, ...]]

LINES: dict[SectionKind, Filler] = {
    SectionKind.COUNTS: count_lines,
    SectionKind.COMPARISON: comparison_lines,
    SectionKind.LOW_LEVELS: low_levels,
    SectionKind.RECURRING: recurring_lines,
    SectionKind.MEASURES: measure_lines,
    SectionKind.AHEAD: ahead_lines,
}
TABLES: dict[SectionKind, Tables] = {
    SectionKind.COMPARISON: comparison_tables,
    SectionKind.CHECKLIST_VALUES: value_table,
    SectionKind.AREA_VALUES: area_value_table,
    SectionKind.PRIORITIES: priority_table,
    SectionKind.RISK_SERIES: risk_table,
    SectionKind.THEMES_BY_DISTRICT: district_table,
    SectionKind.INDICATORS: indicator_tables,
}
#: What is printed where nobody has reported anything, but something could have been put together.
NOTHING_THERE: dict[SectionKind, Words] = {
    SectionKind.PROBLEMS: Words(sv="Inga problembilder är beskrivna.", en="No problem profiles described."),
    SectionKind.GOALS: Words(sv="Inga mål är satta.", en="No goals set."),
    SectionKind.RECURRING: Words(sv="Inga återkommande problem.", en="No recurring problems."),
    SectionKind.RISK_SERIES: Words(sv="Inget riskvärde är satt.", en="No risk value given."),
    SectionKind.AREA_VALUES: Words(sv="Inga områden att bedöma.", en="No areas to assess."),
    SectionKind.PRIORITIES: Words(sv="Inga prioriterade områden.", en="No priority areas."),
    SectionKind.AHEAD: Words(sv="Inget särskilt väntas.", en="Nothing in particular is expected."),
}
#: Printed only when there are any.
THE_REST = TemplateSection(
    section_id=OTHER_REPORTS,
    words=Words(sv="Övriga rapporter", en="Other reports"),
    kind=SectionKind.COUNTS,
)


def fill_sections(material: Material) -> tuple[FilledSection, ...]:
    """Every section of the template in order; each says something, if only that there is nothing to say."""
    filled = tuple(_filled_below(material, material.template.sections, depth=0))
    left = entries_without_a_section(material)
    if not left:
        return filled
    return (*filled, _filled(material, THE_REST.model_copy(update={"entries": left}), depth=0))


def _filled_below(
    material: Material, sections: tuple[TemplateSection, ...], *, depth: int
) -> Iterator[FilledSection]:
    for section in sections:
        yield _filled(material, section, depth=depth)
        yield from _filled_below(material, section.sections, depth=depth + 1)


def _filled(material: Material, section: TemplateSection, *, depth: int) -> FilledSection:
    parts = _parts(material, section)
    tables = TABLES[section.kind](material, section) if section.kind in TABLES else ()
    rows = _rows(material, section)
    is_empty = not (parts or tables or rows) and section.kind is not SectionKind.HEADING
    empty = NOTHING_THERE.get(section.kind, material.template.empty) if is_empty else None
    return FilledSection(section, depth, parts, tables, rows, empty)


def _parts(material: Material, section: TemplateSection) -> tuple[SectionPart, ...]:
    """What concerns all of it first, then area by area; areas of which nothing is said are left out."""
    lines = _lines(material, section)
    if not section.by_area:
        parts = [SectionPart(None, None, lines, _texts(material, section, None))]
        return tuple(part for part in parts if not part.is_empty)
    areas = material.picture.areas
    found = (_part_of(material, section, area, lines) for area in _with_the_whole_first(areas))
    return tuple(part for part in found if not part.is_empty)


def _lines(material: Material, section: TemplateSection) -> Lines:
    lines = LINES[section.kind](material, section) if section.kind in LINES else ()
    if section.measures is not None and section.kind is not SectionKind.MEASURES:
        lines = (*lines, *measure_lines(material, section))
    return lines


def _part_of(
    material: Material, section: TemplateSection, area: AreaCount | None, lines: Lines
) -> SectionPart:
    area_id = area.area if area else None
    own = tuple(line for line in lines if _area_of(line) == area_id)
    return SectionPart(area_id, area.name if area else None, own, _texts(material, section, area_id))


def _with_the_whole_first(areas: tuple[AreaCount, ...]) -> list[AreaCount | None]:
    return [None, *(area for area in areas if area.area is not None)]


def _area_of(line: Line | CountLine) -> str | None:
    basis = line.basis
    return basis.areas[0] if basis and len(basis.areas) == 1 else None


def _texts(material: Material, section: TemplateSection, area: str | None) -> tuple[PartText, ...]:
    """What stands here, written jointly first and then by each party."""
    if material.work is None:
        return ()
    order: list[Party | None] = [None, *Party]
    here = [
        each
        for each in material.work.work.texts
        if (each.place.section, each.place.area) == (section.section_id, area)
    ]
    return tuple(
        PartText(each.place.party, material.work.of(each.text), material.work.instead_of(each.text))
        for each in sorted(here, key=lambda each: order.index(each.place.party))
    )


def _rows(material: Material, section: TemplateSection) -> tuple[FilledRow, ...]:
    work, document = material.work, material.document
    if work is None:
        return ()
    titles = {each.function_id: each.title for each in (document.functions if document else ())}
    return tuple(
        FilledRow(
            row,
            work.row_words(row),
            titles.get(row.responsible or ""),
            work.is_erased(row.text),
            work.instead_of(row.text) if row.text else ERASED,
        )
        for row in work.work.rows
        if row.section == section.section_id
    )
