"""Where in a picture something may be written, by its template and its areas."""

from est_compiler.domain.compiling.around import Around
from est_compiler.domain.compiling.refusals import (
    AreaIsNotInThePicture,
    PartIsAnotherPartys,
    PlaceTakesNoWords,
    ResponsibleIsUnknown,
    RiskIsNotValued,
    TemplateHasNoScale,
    TextIsTooLong,
    ValueIsOffTheScale,
)
from est_compiler.domain.compiling.work import TO_THE_PUBLIC, SectionPlace
from est_contracts.vocabulary import (
    PictureTemplate,
    SectionKind,
    TemplateSection,
    UnknownTemplate,
    picture_template,
)

#: Under these headings nothing is written: they only hold other headings.
WORDLESS = frozenset({SectionKind.HEADING})
#: What is written of the level stands by itself, under no heading of the template.
BESIDE_THE_LEVEL = SectionPlace("level")
LOWEST_VALUE, HIGHEST_VALUE = 1, 5
#: A few sentences: what is said to the public stands first, and everybody reads it.
LONGEST_TO_THE_PUBLIC = 1_200


def template_named(template_id: str, *, version: int) -> PictureTemplate:
    """The template that a compilation was opened with, as it was then."""
    try:
        return picture_template(template_id, version=version)
    except UnknownTemplate:
        raise PlaceTakesNoWords from None


def refuse_wordless(place: SectionPlace, *, template: PictureTemplate, around: Around) -> None:
    """Only where the template has room for words, and only about areas of the picture."""
    if place == TO_THE_PUBLIC:
        return
    section = _section(place.section, template)
    if section.kind in WORDLESS or (place.area is not None and not section.by_area):
        raise PlaceTakesNoWords
    if place.area is not None:
        refuse_strange_area(place.area, around=around)


def refuse_too_long(place: SectionPlace, words: str | None) -> None:
    """What is said to the public is a few sentences."""
    if place == TO_THE_PUBLIC and len(words or "") > LONGEST_TO_THE_PUBLIC:
        raise TextIsTooLong("words", most=LONGEST_TO_THE_PUBLIC)


def refuse_strange_place(place: SectionPlace, *, template: PictureTemplate, around: Around) -> None:
    """Somebody writes at a place of the picture, in the part that all share or in their own party's."""
    if place != BESIDE_THE_LEVEL:
        refuse_wordless(place, template=template, around=around)
    if place.party not in (None, around.by.party):
        raise PartIsAnotherPartys


def refuse_rowless(section_id: str, *, template: PictureTemplate) -> None:
    """Rows stand in tables of problems."""
    if _section(section_id, template).kind is not SectionKind.PROBLEMS:
        raise PlaceTakesNoWords


def refuse_strange_area(area: str, *, around: Around) -> None:
    """Only the picture's own areas are assessed and written about."""
    if area not in around.area_ids:
        raise AreaIsNotInThePicture


def refuse_off_the_scale(value: int | None, *, template: PictureTemplate | None = None) -> None:
    """A value is a step of the scale: 1 to 5, or the template's own."""
    lowest, highest = LOWEST_VALUE, HIGHEST_VALUE
    if template is not None:
        if template.scale is None:
            raise TemplateHasNoScale
        lowest, highest = template.scale.lowest, template.scale.highest
    if value is not None and not lowest <= value <= highest:
        raise ValueIsOffTheScale(lowest=lowest, highest=highest)


def values_risk(template: PictureTemplate, around: Around) -> bool:
    """Whether the meeting gives the period a risk value: the template shows them, the set-up has a scale."""
    shown = any(each.kind is SectionKind.RISK_SERIES for each in template.all_sections())
    return shown and around.document.risk_scale is not None


def refuse_risk_value(value: int | None, *, template: PictureTemplate, around: Around) -> None:
    """A risk value is a step of the municipality's own scale."""
    scale = around.document.risk_scale
    if scale is None or not values_risk(template, around):
        raise RiskIsNotValued
    if value is not None and not scale.lowest <= value <= scale.highest:
        raise ValueIsOffTheScale(lowest=scale.lowest, highest=scale.highest)


def refuse_unknown_responsible(function_id: str | None, *, around: Around) -> None:
    """Who is responsible is a function of the collaboration, or nobody yet."""
    known = {each.function_id for each in around.in_force.functions}
    if function_id is not None and function_id not in known:
        raise ResponsibleIsUnknown


def _section(section_id: str, template: PictureTemplate) -> TemplateSection:
    for section in template.all_sections():
        if section.section_id == section_id:
            return section
    raise PlaceTakesNoWords
