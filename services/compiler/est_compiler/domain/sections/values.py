"""What people and returns have valued: areas, priority areas, risk, and the structural indicators."""

from est_compiler.domain.compiling.work import WorkInWords
from est_compiler.domain.picture import AreaCount, Picture, RiskValue
from est_compiler.domain.sections.parts import (
    Basis,
    Material,
    SectionTable,
    TableRow,
    Value,
    same,
)
from est_compiler.domain.wording.phrases import written_period_name
from est_contracts.vocabulary import (
    INDICATOR_GROUPS,
    INDICATOR_UNIT_WORDS,
    PARTY_WORDS,
    IndicatorGroup,
    IndicatorValue,
    Party,
    TemplateSection,
    Words,
)

#: So many years of indicators stand side by side.
YEARS = 5

AREA = Words(sv="Område", en="Area")
PERIOD = Words(sv="Period", en="Period")
REPORTS = Words(sv="Rapporter", en="Reports")
SEVERE = Words(sv="Allvarliga (4–5)", en="Severe (4–5)")
ASSESSMENT = Words(sv="Bedömning", en="Assessment")
RISK_VALUE = Words(sv="Riskvärde", en="Risk value")
INDICATOR = Words(sv="Indikator", en="Indicator")
UNIT = Words(sv="Enhet", en="Unit")
SOURCE = Words(sv="Källa", en="Source")


def area_value_table(material: Material, section: TemplateSection) -> tuple[SectionTable, ...]:
    """Areas down, parties across: what each party has put down, or else what its returns say at most."""
    areas = _areas_to_assess(material)
    rows = tuple(
        TableRow(
            each.area or "",
            same(each.name),
            tuple(assessment(material.picture, material.work, each.area, party=party) for party in Party),
            Basis(areas=(each.area,) if each.area else ()),
        )
        for each in areas
    )
    columns = (AREA, *(PARTY_WORDS[party] for party in Party))
    return (SectionTable(section.section_id, section.words, columns, rows),) if rows else ()


def priority_table(material: Material, section: TemplateSection) -> tuple[SectionTable, ...]:
    """The priority areas with their value on the template's scale, beside what was reported there."""
    valued = {each.area: each.value for each in material.work.work.priorities} if material.work else {}
    areas = [each for each in material.picture.areas if each.area and (each.priority or each.area in valued)]
    rows = tuple(
        TableRow(
            each.area or "",
            same(each.name),
            (valued.get(each.area or ""), each.now.reports, each.now.severe),
            Basis(areas=(each.area,) if each.area else ()),
        )
        for each in areas
    )
    columns = (AREA, _on_the_scale(material), REPORTS, SEVERE)
    return (SectionTable(section.section_id, section.words, columns, rows),) if rows else ()


def risk_table(material: Material, section: TemplateSection) -> tuple[SectionTable, ...]:
    """The risk value of each period in a row, the oldest first; a period without one has none."""
    given = risk_series(material.picture, material.work, set_in_pictures=material.risk_values)
    if not any(each.value is not None for each in given):
        return ()
    seen_from = material.picture.picture_period
    rows = tuple(
        TableRow(each.period, written_period_name(each.period, seen_from=seen_from), (each.value,))
        for each in given
    )
    return (SectionTable(section.section_id, section.words, (PERIOD, RISK_VALUE), rows),)


def risk_series(
    picture: Picture, work: WorkInWords | None, *, set_in_pictures: tuple[RiskValue, ...]
) -> tuple[RiskValue, ...]:
    """Of each period what the meeting set in its picture, or else what a return says."""
    series = {each.first_day: each for each in picture.returned.risk_values}
    series |= {each.first_day: each for each in set_in_pictures}
    own = work.work.risk_value if work else None
    if own is not None:
        series[picture.first_day] = RiskValue(picture.period, picture.first_day, own)
    return tuple(series[day] for day in sorted(series))


def indicator_tables(material: Material, section: TemplateSection) -> tuple[SectionTable, ...]:
    """The groups of the heading, or all seven: every indicator, with its latest years and their source."""
    groups = [
        each for each in INDICATOR_GROUPS if not section.indicators or each.group_id in section.indicators
    ]
    return tuple(_indicator_table(material, group) for group in groups)


def _indicator_table(material: Material, group: IndicatorGroup) -> SectionTable:
    last = material.picture.last_day.year
    years = tuple(range(last - YEARS + 1, last + 1))
    values = {(each.indicator, each.year): each for each in material.indicators}
    rows = []
    for each in group.indicators:
        found = [values.get((each.indicator_id, year)) for year in years]
        told: tuple[Value, ...] = tuple(value.value if value else None for value in found)
        cells = (INDICATOR_UNIT_WORDS[each.unit], *told, _latest_source(found))
        rows.append(TableRow(each.indicator_id, each.words, cells))
    columns = (INDICATOR, UNIT, *(same(str(year)) for year in years), SOURCE)
    return SectionTable(group.group_id, group.words, columns, tuple(rows))


def _latest_source(found: list[IndicatorValue | None]) -> str | None:
    sources = [each.source for each in found if each is not None]
    return sources[-1] if sources else None


def _areas_to_assess(material: Material) -> tuple[AreaCount, ...]:
    """Districts are assessed where there is nothing smaller in them; and whatever has been assessed."""
    picture, work = material.picture, material.work
    holding = {each.within for each in picture.areas}
    assessed = {each.area for each in picture.returned.areas}
    assessed |= {each.area for each in work.work.area_values} if work else set()
    return tuple(
        each
        for each in picture.areas
        if each.area is not None and (each.area not in holding or each.area in assessed)
    )


def assessment(picture: Picture, work: WorkInWords | None, area: str | None, *, party: Party) -> int | None:
    """What a party has put down of an area, or else what its returns say at most."""
    for own in work.work.area_values if work else ():
        if (own.area, own.party) == (area, party):
            return own.value
    for told in picture.returned.areas:
        if (told.area, told.party) == (area, party):
            return max((step for step, times in enumerate(told.values, start=1) if times), default=None)
    return None


def _on_the_scale(material: Material) -> Words:
    scale = material.template.scale
    if scale is None:
        return ASSESSMENT
    steps = f"{scale.lowest}–{scale.highest}"
    return Words(sv=f"{ASSESSMENT.sv} {steps}", en=f"{ASSESSMENT.en} {steps}")
