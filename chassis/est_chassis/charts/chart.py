"""What every chart is: two drawings of the same, one wide and one for the phone, and a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from markupsafe import Markup

from est_chassis.charts.drawing import Drawing
from est_chassis.charts.table import Table
from est_chassis.web.languages import Language
from est_chassis.web.written import number, percent, signed

WIDE: Final = 720
NARROW: Final = 340


@dataclass(frozen=True, slots=True)
class Caption:
    """What a chart is called, and the language that it and its numbers are written in.

    `name` is unique on the page: identifiers are made from it.
    """

    name: str
    title: str
    description: str
    language: Language = Language.SWEDISH

    def say(self, sv: str, en: str) -> str:
        return self.language.say(sv, en)

    def number(self, quantity: float | None) -> str:
        return number(quantity, language=self.language)

    def signed(self, change: float | None) -> str:
        return signed(change, language=self.language)

    def percent(self, share: float | None) -> str:
        return percent(share, language=self.language)


@dataclass(frozen=True, slots=True)
class Paper:
    """How much room there is. A drawing is shown in about its own size, so that letters stay legible."""

    width: int
    is_narrow: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Ready for a page (both drawings and the table), a letter or a PDF (`svg` stands on its own)."""

    name: str
    title: str
    description: str
    svg: Markup
    narrow_svg: Markup
    table: Table
    #: What has no room for its name in a drawing: the letter that stands there, and the name beside it.
    key: tuple[tuple[str, str], ...] = ()


#: The two papers that every chart is drawn on.
PAPERS: Final = (Paper(WIDE, is_narrow=False), Paper(NARROW, is_narrow=True))


def chart(
    caption: Caption, table: Table, *, draw: Callable[[Paper], Drawing], key: Sequence[tuple[str, str]] = ()
) -> Chart:
    """Draws on both papers."""
    wide, narrow = PAPERS
    return Chart(
        name=caption.name,
        title=caption.title,
        description=caption.description,
        svg=_document(draw(wide), caption.name, caption),
        narrow_svg=_document(draw(narrow), f"{caption.name}-narrow", caption),
        table=table,
        key=tuple(key),
    )


def _document(drawing: Drawing, name: str, caption: Caption) -> Markup:
    title_id, description_id = f"{escape(name)}-title", f"{escape(name)}-description"
    # Everything inside was escaped where it was drawn.
    return Markup(  # noqa: S704
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" role="img"'
        f' aria-labelledby="{title_id} {description_id}"'
        f' viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
        f' font-family="system-ui, sans-serif" font-size="13">'
        f'<title id="{title_id}">{escape(caption.title)}</title>'
        f'<desc id="{description_id}">{escape(caption.description)}</desc>'
        f"{drawing.body()}</svg>"
    )
