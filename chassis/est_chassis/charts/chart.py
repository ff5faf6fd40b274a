"""What every chart is: two drawings of the same, one wide and one for the phone, and a table."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from markupsafe import Markup

from est_chassis.charts.drawing import Drawing
from est_chassis.charts.table import Table


@dataclass(frozen=True, slots=True)
class Paper:
    """How much room there is. A drawing is shown in about its own size, so that letters stay legible."""

    width: int
    is_narrow: bool


WIDE: Final = Paper(width=720, is_narrow=False)
NARROW: Final = Paper(width=340, is_narrow=True)


@dataclass(frozen=True, slots=True)
class Chart:
    """Ready for a page (both drawings and the table), a letter or a PDF (`svg` stands on its own)."""

    name: str
    title: str
    description: str
    svg: Markup
    narrow_svg: Markup
    table: Table


def chart(
    name: str, title: str, description: str, table: Table, *, draw: Callable[[Paper], Drawing]
) -> Chart:
    """Draws on both papers. `name` is unique on the page: identifiers are made from it."""
    return Chart(
        name=name,
        title=title,
        description=description,
        svg=_document(draw(WIDE), name, title, description),
        narrow_svg=_document(draw(NARROW), f"{name}-narrow", title, description),
        table=table,
    )


def _document(drawing: Drawing, name: str, title: str, description: str) -> Markup:
    title_id, description_id = f"{escape(name)}-title", f"{escape(name)}-description"
    # Everything inside was escaped where it was drawn.
    return Markup(  # noqa: S704
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" role="img"'
        f' aria-labelledby="{title_id} {description_id}"'
        f' viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
        f' font-family="system-ui, sans-serif" font-size="13">'
        f'<title id="{title_id}">{escape(title)}</title>'
        f'<desc id="{description_id}">{escape(description)}</desc>'
        f"{drawing.body()}</svg>"
    )
