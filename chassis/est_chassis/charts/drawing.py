"""A sheet to draw on: shapes become SVG text, everything written on it is escaped."""

from collections.abc import Sequence
from html import escape
from math import ceil
from typing import Final

Point = tuple[float, float]
Attribute = float | str | None

# Colours stand in the drawing itself, so that it can leave the page; the stylesheet overrides them by class.
INK: Final = "#1d2529"
QUIET: Final = "#59646b"
RULE: Final = "#d9d6cd"
ACCENT: Final = "#0d5c63"
PAPER: Final = "#ffffff"
# About how wide a letter is, in parts of its size, in the usual system fonts.
LETTER_WIDTH: Final = 0.6


class Drawing:
    """Shapes in the order they were drawn."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._shapes: list[str] = []

    def body(self) -> str:
        return "".join(self._shapes)

    def add(self, tag: str, inside: str = "", /, **attributes: Attribute) -> None:
        """One element. `inside` is SVG already; `class_` and `stroke_width` become what SVG calls them."""
        written = "".join(
            f' {name.rstrip("_").replace("_", "-")}="{_value(value)}"'
            for name, value in attributes.items()
            if value is not None
        )
        self._shapes.append(f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>")

    def text(self, at: Point, text: str, /, **attributes: Attribute) -> None:
        chosen = {"class_": "ink", "fill": INK, **attributes}
        self.add("text", escape(text), x=at[0], y=at[1], **chosen)

    def quiet_text(self, at: Point, text: str, /, **attributes: Attribute) -> None:
        self.text(at, text, **{"class_": "quiet", "fill": QUIET, "font_size": 12, **attributes})

    def line(self, start: Point, end: Point, /, **attributes: Attribute) -> None:
        chosen = {"class_": "rule", "stroke": RULE, **attributes}
        self.add("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **chosen)

    def box(self, at: Point, size: Point, says: str = "", /, **attributes: Attribute) -> None:
        inside = f"<title>{escape(says)}</title>" if says else ""
        self.add("rect", inside, x=at[0], y=at[1], width=size[0], height=size[1], **attributes)

    def shape_that_says(self, tag: str, says: str, /, **attributes: Attribute) -> None:
        """A shape, with words of its own when there are any."""
        self.add(tag, f"<title>{escape(says)}</title>" if says else "", **attributes)

    def polyline(self, points: Sequence[Point], /, **attributes: Attribute) -> None:
        written = " ".join(f"{_value(x)},{_value(y)}" for x, y in points)
        self.add("polyline", points=written, fill="none", **attributes)

    def polygon(self, rings: Sequence[Sequence[Point]], says: str, /, **attributes: Attribute) -> None:
        path = "".join(
            "M" + "L".join(f"{_value(x)} {_value(y)}" for x, y in ring) + "Z" for ring in rings if ring
        )
        inside = f"<title>{escape(says)}</title>" if says else ""
        self.add("path", inside, d=path, fill_rule="evenodd", **attributes)


def width_of(text: str, size: float = 13) -> float:
    """About how wide a text becomes; there is no font here to ask."""
    return len(text) * size * LETTER_WIDTH


def lines_of(text: str, room: float, size: float = 13) -> list[str]:
    """The text broken between words so that each line fits, as far as words allow."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines or [""]


def ticks(largest: float, count: int = 5) -> list[int]:
    """Whole, round steps from zero to at least the largest value: 0, 5, 10, 15."""
    step = next(
        size * power
        for power in (10**exponent for exponent in range(12))
        for size in (1, 2, 5)
        if size * power * count >= largest
    )
    return list(range(0, step * max(1, ceil(largest / step)) + 1, step))


def _value(value: float | str) -> str:
    if isinstance(value, str):
        return escape(value)
    return f"{value:.1f}".removesuffix(".0")
