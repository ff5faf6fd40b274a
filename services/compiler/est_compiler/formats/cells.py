"""How the numbers and words of a view are written in one language."""

from decimal import Decimal

from est_chassis.web.languages import Language, said
from est_chassis.web.written import number, signed
from est_compiler.domain.viewing.view import (
    Cell,
    Column,
    Figure,
    MapBlock,
    Row,
    Said,
    Table,
    Unit,
    named,
)
from est_contracts.vocabulary import Words

#: Never on a line of its own.
PERCENT = "\N{NO-BREAK SPACE}%"
#: Where there is no room for what the view says of a number that is not shown.
_SHORTLY = {True: Words(sv="<3", en="<3"), False: Words(sv="dold", en="hidden")}


def written_words(words: Said, language: Language) -> str:
    """Our own words in the reader's language, people's own as they stand."""
    return words if isinstance(words, str) else said(words, language)


def written_cell(cell: Cell, unit: Unit, language: Language, *, shortly: bool = False) -> str:
    """A cell as it is read; `shortly` where there are many columns."""
    if cell is None:
        return ""
    if isinstance(cell, Figure):
        return written_figure(cell, unit, language, shortly=shortly)
    return written_words(cell, language)


def written_figure(figure: Figure, unit: Unit, language: Language, *, shortly: bool = False) -> str:
    """A change has its sign, and one in per cent its mark; what is not known is a dash."""
    if figure.instead:
        return said(_SHORTLY[figure.small] if shortly and figure.hidden else figure.instead, language)
    if figure.value is None:
        return number(None, language=language)
    if unit is Unit.CHANGE:
        return signed(float(figure.value), language=language)
    if unit is Unit.PERCENT_CHANGE:
        return f"{signed(float(figure.value), language=language)}{language.say(PERCENT, '%')}"
    return number(float(figure.value), _decimals(figure.value), language=language)


def table_of_map(block: MapBlock) -> Table:
    """What a map shows, for those who do not see it, and for areas without a polygon."""
    return Table(
        name=f"{block.name}_areas",
        caption=block.title,
        corner=Words(sv="Område", en="Area"),
        columns=(
            Column("reports", Words(sv="Rapporter", en="Reports")),
            Column("previous", Words(sv="Perioden före", en="The period before")),
            Column("severe", Words(sv="Allvar 4–5", en="Severity 4–5"), Unit.SEVERE),
        ),
        rows=tuple(
            Row(each.area, _area_name(each.name, is_priority=each.priority),
                (each.reports, each.previous, each.severe))
            for each in block.areas
        ),
    )  # fmt: skip


def _area_name(name: str, *, is_priority: bool) -> Words:
    if not is_priority:
        return named(name)
    return Words(sv=f"{name} (prioriterat)", en=f"{name} (priority)")


def _decimals(value: int | Decimal) -> int:
    """As many as the source gave."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0
