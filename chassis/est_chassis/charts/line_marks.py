"""Marks along a line of weeks: days that one knew would differ, and the days when something was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from est_chassis.charts.drawing import INK, PAPER, QUIET, Drawing, width_of

BAND: Final = "#ece8dc"
ROW_HEIGHT: Final = 14
ROWS: Final = 2
LETTERS: Final = 10.5


@dataclass(frozen=True, slots=True)
class LineMark:
    """A mark by its place along the line: 0 is where the first week begins, 1.5 halfway into the second.

    With a `last` it is a stretch of days (a school break), without one the day when something was done.
    """

    name: str
    first: float
    last: float | None = None

    @property
    def is_stretch(self) -> bool:
        return self.last is not None

    def is_in_week(self, index: int) -> bool:
        if self.last is None:
            return index <= self.first < index + 1
        return self.first < index + 1 and self.last > index


def rows_of_names(
    marks: Sequence[LineMark], *, step: float, room: float
) -> list[tuple[LineMark, int, float]]:
    """The stretches whose names fit above each other without touching: each with its row and its middle."""
    taken = [0.0] * ROWS
    placed = []
    for mark in sorted((mark for mark in marks if mark.is_stretch), key=lambda mark: mark.first):
        half = width_of(mark.name, LETTERS) / 2
        middle = min(max((mark.first + (mark.last or 0)) / 2 * step, half), room - half)
        row = next((row for row in range(ROWS) if taken[row] <= middle - half), None)
        if row is not None:
            taken[row] = middle + half + 6
            placed.append((mark, row, middle))
    return placed


def draw_band(drawing: Drawing, mark: LineMark, *, x: float, width: float, top: float, bottom: float) -> None:
    """A stretch of days behind the line."""
    drawing.box((x, top), (max(width, 3), bottom - top), mark.name, class_="band", fill=BAND)


def draw_tick(drawing: Drawing, mark: LineMark, *, x: float, y: float) -> None:
    """A triangle that stands on the line's floor: seen without colour."""
    drawing.line((x, y), (x, y - 24), class_="mark", stroke=INK, stroke_width=1)
    draw_triangle(drawing, mark.name, x=x, y=y)


def draw_triangle(drawing: Drawing, says: str, *, x: float, y: float) -> None:
    points = f"{x - 5:.1f},{y:.1f} {x + 5:.1f},{y:.1f} {x:.1f},{y - 9:.1f}"
    drawing.shape_that_says(
        "polygon", says, points=points, class_="open-mark", fill=PAPER, stroke=INK, stroke_width=1.5
    )


def draw_hatch(drawing: Drawing, name: str) -> None:
    """What few reported for: lines that a grey printer keeps."""
    drawing.add(
        "pattern", f'<path d="M0 6L6 0" class="hatch" stroke="{QUIET}" stroke-width="1"/>',
        id=name, width=6, height=6, patternUnits="userSpaceOnUse",
    )  # fmt: skip
