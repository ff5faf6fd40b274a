"""What was reported under a heading: each number with its organisation, and the values of a checklist."""

from collections import defaultdict
from dataclasses import dataclass

from est_compiler.domain.picture import Cell, EntryValue
from est_compiler.domain.sections.parts import (
    Basis,
    CountLine,
    Line,
    Material,
    SectionTable,
    TableRow,
    same,
)
from est_compiler.domain.wording.phrases import in_en, in_sv
from est_contracts.vocabulary import (
    THEME_WORDS,
    Party,
    SectionKind,
    TemplateSection,
    Theme,
    UnknownChecklistEntry,
    Words,
    entry,
)

#: In the figure of the source the police stand first, then the housing company.
AS_PRINTED = (Party.POLICE, Party.HOUSING, Party.MUNICIPALITY)
COUNTED = (SectionKind.COUNTS, SectionKind.CHECKLIST_VALUES)

#: Where reports stand that the template has no heading for.
OTHER_REPORTS = "ovriga_rapporter"

ENTRY = Words(sv="Punkt", en="Entry")
VALUE = Words(sv="Bedömning 1–5", en="Assessment 1–5")
ANSWERS = Words(sv="Svar", en="Answers")
REPORTS = Words(sv="Rapporter", en="Reports")
THEME = Words(sv="Tema", en="Theme")
TOTAL = Words(sv="Totalt", en="Total")
WHOLE = Words(sv="Hela kommunen", en="The whole municipality")


@dataclass(frozen=True, slots=True)
class _Key:
    entry: str
    theme: Theme
    organisation: str
    area: str | None


def count_lines(material: Material, section: TemplateSection) -> tuple[Line | CountLine, ...]:
    """A line for each entry and organisation with something to tell; and for each area, by area."""
    numbers: defaultdict[_Key, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for cell in material.picture.cells:
        if cell.now.reports and belongs_in(cell, section):
            key = _Key(cell.entry, cell.theme, cell.organisation, cell.area if section.by_area else None)
            number, hidden = numbers[key]
            numbers[key] = number + cell.now.reports, hidden + cell.not_in_public
    lines = [_line(material, section, key, number, hidden) for key, (number, hidden) in numbers.items()]
    lines.sort(key=lambda line: _order(material, section, line))
    return (*lines, *_valued(material, section))


def _valued(material: Material, section: TemplateSection) -> list[Line]:
    """The values that returns give the entries of the heading: no count, and no organisation's own."""
    found = [each for each in material.picture.returned.entries if each.entry in section.entries]
    return [_value_line(material, section, each) for each in found]


def belongs_in(cell: Cell, section: TemplateSection) -> bool:
    """Whether reports belong under a heading: by their entry, or by their theme."""
    return cell.entry in section.entries or cell.theme in section.themes


def entries_without_a_section(material: Material) -> tuple[str, ...]:
    """Entries reported that a template of entries has no heading for: no report is left out of a picture."""
    sections = [each for each in material.template.all_sections() if each.kind in COUNTED]
    if not any(each.entries for each in sections):
        return ()
    cells = [each for each in material.picture.cells if each.now.reports]
    return tuple(sorted({each.entry for each in cells if not any(belongs_in(each, own) for own in sections)}))


def value_table(material: Material, section: TemplateSection) -> tuple[SectionTable, ...]:
    """Every entry of the heading, with the value that it was given; those without one too."""
    rows = [
        row
        for place, listed in enumerate(section.entries)
        for row in _value_rows(material, listed, place=place)
    ]
    return (SectionTable(section.section_id, section.words, (ENTRY, VALUE, ANSWERS, REPORTS), tuple(rows)),)


def district_table(material: Material, section: TemplateSection) -> tuple[SectionTable, ...]:
    """Themes down, districts across; the last column is their total, with what has no area."""
    picture = material.picture
    named = {each.area: each.name for each in picture.areas if each.area is not None}
    within = {each.area: each.within or each.area for each in picture.areas}
    districts = [each for each in named if within[each] == each]
    rows = []
    for key, words, themes in _theme_groups(material, section):
        counts: defaultdict[str | None, int] = defaultdict(int)
        for cell in picture.cells:
            if cell.theme in themes:
                counts[within.get(cell.area, cell.area)] += cell.now.reports
        values = (*(counts[each] for each in districts), counts[None], sum(counts.values()))
        rows.append(TableRow(key, words, values, Basis(themes=themes)))
    columns = (THEME, *(same(named[each]) for each in districts), WHOLE, TOTAL)
    return (SectionTable(section.section_id, section.words, columns, tuple(rows)),)


def _line(material: Material, section: TemplateSection, key: _Key, number: int, hidden: int) -> CountLine:
    names = {each.organisation: each.name for each in material.picture.organisations}
    return CountLine(
        key=":".join((section.section_id, key.entry, key.organisation, key.area or "")),
        organisation=key.organisation,
        organisation_name=names.get(key.organisation, key.organisation),
        entry=key.entry,
        # Pictures frozen before entries were drawn know the theme only.
        entry_name=_entry_name(material, key.entry) if key.entry else THEME_WORDS[key.theme],
        theme=key.theme,
        area=key.area,
        number=number,
        not_in_public=hidden,
        names_entry=len(section.entries) != 1 or section.section_id == OTHER_REPORTS,
    )


def _value_line(material: Material, section: TemplateSection, value: EntryValue) -> Line:
    names = {each.area: each.name for each in material.picture.areas}
    area = f" ({names.get(value.area, value.area)})" if value.area else ""
    answers = sum(value.values)
    basis = Basis((value.entry,), areas=(value.area,) if value.area else ())
    returns = Words(
        sv="1 periodrapport" if answers == 1 else f"{in_sv(answers)} periodrapporter",
        en="1 return" if answers == 1 else f"{in_en(answers)} returns",
    )
    words = Words(
        sv=f"{value.name.sv}{area}: högst {value.highest} av 5 i {returns.sv}.",
        en=f"{value.name.en}{area}: {value.highest} of 5 at most in {returns.en}.",
    )
    return Line(f"{section.section_id}:{value.entry}:value:{value.area or ''}", words, basis=basis)


def _order(material: Material, section: TemplateSection, line: CountLine) -> tuple[object, ...]:
    parties = {each.organisation: each.party for each in material.picture.organisations}
    listed = section.entries.index(line.entry) if line.entry in section.entries else len(section.entries)
    party = AS_PRINTED.index(parties.get(line.organisation, Party.MUNICIPALITY))
    return listed, list(Theme).index(line.theme), line.entry, party, -line.number, line.key


def _entry_name(material: Material, entry_id: str) -> Words:
    """What an entry says: as the picture names it, or as its checklist does."""
    for each in material.picture.entries:
        if each.entry == entry_id:
            return each.name
    for own in material.document.own_checklists if material.document else ():
        for listed in own.entries:
            if listed.entry_id == entry_id:
                return listed.words
    try:
        return entry(entry_id).words
    except UnknownChecklistEntry:
        return same(entry_id)


def _value_rows(material: Material, entry_id: str, *, place: int) -> list[TableRow]:
    """The entry as a whole, and then the areas that it was valued for one by one."""
    picture = material.picture
    values = [each for each in picture.returned.entries if each.entry == entry_id]
    reports = sum(each.now.reports for each in picture.cells if each.entry == entry_id)
    highest = max((each.highest for each in values), default=None)
    answers = sum(sum(each.values) for each in values)
    name = _entry_name(material, entry_id)
    whole = TableRow(entry_id, name, (highest, answers, reports), Basis(entries=(entry_id,)))
    areas = {each.area: each.name for each in picture.areas if each.area is not None}
    own = [_area_row(material, each, areas.get(each.area, each.area)) for each in values if each.area]
    return [whole, *own]


def _area_row(material: Material, value: EntryValue, name: str) -> TableRow:
    area = value.area or ""
    there = [
        each.now.reports for each in material.picture.cells if (each.entry, each.area) == (value.entry, area)
    ]
    heading = Words(sv=f"{value.name.sv} – {name}", en=f"{value.name.en} – {name}")
    basis = Basis(entries=(value.entry,), areas=(area,))
    return TableRow(f"{value.entry}:{area}", heading, (value.highest, sum(value.values), sum(there)), basis)


def _theme_groups(material: Material, section: TemplateSection) -> list[tuple[str, Words, tuple[Theme, ...]]]:
    """The themes as the template groups them under headings of their own, or else one by one."""
    groups = [
        (each.section_id, each.words, each.themes)
        for each in material.template.all_sections()
        if each.kind is SectionKind.COUNTS and each.themes and set(each.themes) <= set(section.themes)
    ]
    return groups or [(str(theme), THEME_WORDS[theme], (theme,)) for theme in section.themes or tuple(Theme)]
