"""What a picture of a longer period needs by its template: each point answered, each area and value given."""

from collections.abc import Callable, Iterator, Mapping

from est_compiler.domain.compiling.around import Around, quarter_of
from est_compiler.domain.compiling.missing_things import Missing, MissingKind
from est_compiler.domain.compiling.state import CompilationState
from est_contracts.vocabulary import (
    INDICATOR_GROUPS,
    PeriodKind,
    PictureTemplate,
    SectionKind,
    TemplateSection,
    Words,
    priority_area_ids,
)

#: A week's picture may leave headings empty: nothing happened. A quarter's or a year's is to answer each.
MAY_BE_EMPTY = frozenset({PeriodKind.WEEK, PeriodKind.FORTNIGHT})

Need = Callable[[CompilationState, Around, TemplateSection], Iterator[Missing]]


def needs_of_template(
    compilation: CompilationState, *, around: Around, template: PictureTemplate
) -> Iterator[Missing]:
    """Each heading that is still to be answered, in the order of the template."""
    if around.key.period.kind in MAY_BE_EMPTY:
        return
    for section in template.all_sections():
        if section.kind in NEEDS:
            yield from NEEDS[section.kind](compilation, around, section)
    yield from _indicators(compilation, around, template)


def _words(compilation: CompilationState, _around: Around, section: TemplateSection) -> Iterator[Missing]:
    if section.section_id in _written_sections(compilation):
        return
    name = section.words
    if name.sv.endswith("?"):
        words = Words(sv=f"Frågan ”{name.sv}” är inte besvarad.", en=f"Not answered: “{name.en}”")
    else:
        words = Words(sv=f"Inget är skrivet under ”{name.sv}”.", en=f"Nothing is written under “{name.en}”.")
    yield Missing(MissingKind.WORDS, words, section=section.section_id)


def _comparison(compilation: CompilationState, around: Around, section: TemplateSection) -> Iterator[Missing]:
    """Area by area: each priority area is described, and why it is one."""
    areas = _priority_areas(around) if section.by_area else ()
    if not areas:
        yield from _words(compilation, around, section)
        return
    described = {
        each.place.area for each in compilation.work.texts if each.place.section == section.section_id
    }
    left = tuple(area for area in areas if area not in described)
    if left:
        name, listed = section.words, _area_names(around, left)
        yield Missing(
            MissingKind.WORDS,
            Words(
                sv=f"Under ”{name.sv}” är inget skrivet om {listed}.",
                en=f"Under “{name.en}” nothing is written of {listed}.",
            ),
            areas=left,
            section=section.section_id,
        )


def _problems(compilation: CompilationState, around: Around, section: TemplateSection) -> Iterator[Missing]:
    if any(state.row.section == section.section_id for state in compilation.rows.values()):
        return
    if section.section_id in _written_sections(compilation):
        return
    name = section.words
    yield Missing(
        MissingKind.PROBLEMS,
        Words(
            sv=f"Ingen problembild är beskriven under ”{name.sv}”.",
            en=f"No problem is described under “{name.en}”.",
        ),
        section=section.section_id,
    )


def _priorities(
    compilation: CompilationState, around: Around, _section: TemplateSection
) -> Iterator[Missing]:
    areas = _priority_areas(around)
    if not areas:
        yield Missing(
            MissingKind.PRIORITY_AREAS,
            Words(
                sv=f"Inga prioriterade områden är utpekade för {quarter_of(around.key.period)}.",
                en=f"No priority areas are named for {quarter_of(around.key.period)}.",
            ),
        )
    left = tuple(area for area in areas if area not in compilation.priorities)
    if left:
        listed = _area_names(around, left)
        yield Missing(
            MissingKind.PRIORITY,
            Words(
                sv=f"Prioriterade områden utan värde på skalan: {listed}.",
                en=f"Priority areas without a value on the scale: {listed}.",
            ),
            areas=left,
        )


def _indicators(
    compilation: CompilationState, around: Around, template: PictureTemplate
) -> Iterator[Missing]:
    """How many of the indicators that the template shows have no value for the year in the picture."""
    shown = [each for each in template.all_sections() if each.kind is SectionKind.INDICATORS]
    asked = [
        each.indicator_id
        for group in INDICATOR_GROUPS
        if any(not section.indicators or group.group_id in section.indicators for section in shown)
        for each in group.indicators
    ]
    year = around.key.period.year
    known = {each.indicator for each in compilation.indicators if each.year == year}
    left = [each for each in asked if each not in known]
    if left:
        yield Missing(
            MissingKind.INDICATOR_VALUES,
            Words(
                sv=f"{len(left)} av {len(asked)} strukturella indikatorer saknar värde för {year}.",
                en=f"{len(left)} of {len(asked)} structural indicators have no value for {year}.",
            ),
        )


NEEDS: Mapping[SectionKind, Need] = {
    SectionKind.WORDS: _words,
    SectionKind.GOALS: _words,
    SectionKind.MEASURES: _words,
    SectionKind.INDICATORS: _words,
    SectionKind.COMPARISON: _comparison,
    SectionKind.PRIORITIES: _priorities,
    SectionKind.PROBLEMS: _problems,
}


def _written_sections(compilation: CompilationState) -> set[str]:
    """Where something stands that is signed and published: parts that nobody has contributed are not."""
    return {each.place.section for each in compilation.work.texts}


def _priority_areas(around: Around) -> tuple[str, ...]:
    named = priority_area_ids(around.document, quarter_of(around.key.period))
    return tuple(each for each in named if each in around.area_ids)


def _area_names(around: Around, areas: tuple[str, ...]) -> str:
    names = {area.area_id: area.name for area in around.document.areas}
    return ", ".join(names[each] for each in areas)
