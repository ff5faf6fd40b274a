"""What stands over a picture's sections: its title, its days, who takes part and where it is."""

from est_compiler.domain.sections.parts import Material, same
from est_contracts.vocabulary import PRIORITY, Words, priority_area_ids

AND = Words(sv="och", en="and")


def title_of(material: Material) -> Words:
    """The template's title; of one priority area also its number and name, as in figure 10.3."""
    title, picture = material.template.title, material.picture
    numbers = _priority_numbers(material)
    names = picture.picture_scope.names
    if not material.template.titled_by_area or len(names) != 1 or names[0] not in numbers:
        return title
    number = numbers[names[0]]
    return Words(
        sv=f"{title.sv} prioriterat område {number}: {picture.scope_name}",
        en=f"{title.en} of priority area {number}: {picture.scope_name}",
    )


def days_of(material: Material) -> Words:
    """Avser perioden 2018-11-07 – 2018-11-20."""
    days = f"{material.picture.first_day} – {material.picture.last_day}"
    return Words(sv=f"Avser perioden {days}", en=f"Of the period {days}")


def lines_under_the_title(material: Material) -> tuple[Words, ...]:
    """The organisations, and the areas, where the template prints them."""
    lines = []
    if material.template.parties_line and (names := _organisations(material)):
        lines.append(_listed(names))
    if material.template.areas_line and (names := _areas(material)):
        one = len(names) == 1
        sv, en = ("Området", "The area of") if one else ("Områdena", "The areas of")
        listed = _listed(names)
        lines.append(Words(sv=f"{sv} {listed.sv}", en=f"{en} {listed.en}"))
    return tuple(lines)


def _priority_numbers(material: Material) -> dict[str, int]:
    """The priority areas of the quarter in which the period ends, numbered in their order."""
    if material.document is None:
        return {}
    last = material.picture.last_day
    quarter = f"{last.year}-Q{(last.month + 2) // 3}"
    ids = priority_area_ids(material.document, quarter)
    return {area: number for number, area in enumerate(ids, start=1) if area != PRIORITY}


def _organisations(material: Material) -> list[str]:
    if material.document is not None:
        return [each.name for each in material.document.organisations]
    return [each.name for each in material.picture.organisations]


def _areas(material: Material) -> list[str]:
    """Those that lie in no other; where there is one only, those that lie in it."""
    areas = [each for each in material.picture.areas if each.area is not None]
    outermost = [each for each in areas if each.within not in {other.area for other in areas}]
    within = [each for each in areas if outermost and each.within == outermost[0].area]
    return [each.name for each in (within if len(outermost) == 1 and within else outermost)]


def _listed(names: list[str]) -> Words:
    """Hulta och Hässleholmen."""
    if len(names) == 1:
        return same(names[0])
    *first, last = names
    listed = ", ".join(first)
    return Words(sv=f"{listed} {AND.sv} {last}", en=f"{listed} {AND.en} {last}")
