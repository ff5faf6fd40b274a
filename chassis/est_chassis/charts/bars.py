"""Bars for this period, with marks for the periods it is compared with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from est_chassis.charts.chart import Caption, Chart, Paper, chart
from est_chassis.charts.drawing import ACCENT, INK, PAPER, QUIET, Drawing, Point, lines_of, ticks, width_of
from est_chassis.charts.table import Table

BAR_HEIGHT: Final = 16
MARKS_HEIGHT: Final = 13
LINE_HEIGHT: Final = 16
ROW_GAP: Final = 12
LEGEND_HEIGHT: Final = 24
AXIS_HEIGHT: Final = 20
# Room behind the longest bar for "1 234  +56".
ROOM_FOR_NUMBERS: Final = 84


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. `before` holds the value of each earlier period, nearest first; None is not known.

    Without a value there is no bar, and the note says why.
    """

    label: str
    value: float | None
    before: Sequence[float | None] = ()
    note: str = ""

    @property
    def length(self) -> float:
        return self.value or 0

    def written(self, caption: Caption) -> str:
        return self.note if self.note and self.value is None else caption.number(self.value)


def bars(
    caption: Caption,
    *,
    rows: Sequence[Bar],
    value_label: str,
    before_labels: Sequence[str] = (),
    with_change: bool = True,
) -> Chart:
    """Horizontal bars: `before_labels` names at most three earlier periods, in the order of `Bar.before`.

    The change on the nearest one stands behind each bar where whole periods are held against each other.
    """
    table = Table(
        caption=caption.title,
        columns=("", value_label, *before_labels),
        rows=[(row.label, row.written(caption), *map(caption.number, row.before)) for row in rows],
    )
    labels = (value_label, *before_labels[: len(MARKS)])

    def draw(paper: Paper) -> Drawing:
        return _BarSheet(rows, labels, caption, paper, with_change=with_change).drawn()

    return chart(caption, table, draw=draw)


class _BarSheet:
    def __init__(
        self,
        rows: Sequence[Bar],
        labels: Sequence[str],
        caption: Caption,
        paper: Paper,
        *,
        with_change: bool,
    ) -> None:
        self.rows = rows
        self.with_change = with_change
        self.labels = labels
        self.before_labels = labels[1:]
        self.caption = caption
        self.paper = paper
        # On a narrow sheet the label stands above its bar instead of beside it.
        self.left = 0 if paper.is_narrow else _label_room(rows)
        self.steps = ticks(max((_largest(row) for row in rows), default=0))
        self.scale = self._scale()

    def _scale(self) -> float:
        """As long as the axis fits, and the longest bar with its numbers."""
        room = self.paper.width - self.left
        longest = max((row.length for row in self.rows), default=0)
        return min((room - 14) / self.steps[-1], (room - ROOM_FOR_NUMBERS) / max(longest, 1))

    def drawn(self) -> Drawing:
        places = self._legend_places()
        top = places[-1][1] + LEGEND_HEIGHT + AXIS_HEIGHT
        heights = [self._row_height(row) for row in self.rows]
        drawing = Drawing(self.paper.width, top + sum(heights) + 2)
        self._draw_legend(drawing, places)
        self._draw_axis(drawing, top)
        for row, height in zip(self.rows, heights, strict=True):
            self._draw_row(drawing, row, top)
            top += height
        return drawing

    def _legend_places(self) -> list[Point]:
        x, y = 0.0, 0.0
        places: list[Point] = []
        for label in self.labels:
            width = width_of(label, 12) + 38
            if x and x + width > self.paper.width:
                x, y = 0.0, y + LEGEND_HEIGHT
            places.append((x, y))
            x += width
        return places

    def _draw_legend(self, drawing: Drawing, places: Sequence[Point]) -> None:
        for index, (label, (x, y)) in enumerate(zip(self.labels, places, strict=True)):
            if index == 0:
                drawing.box((x, y + 4), (14, 10), class_="main", fill=ACCENT)
            else:
                MARKS[index - 1](drawing, (x + 7, y + 9))
            drawing.quiet_text((x + 20, y + 13), label)

    def _draw_axis(self, drawing: Drawing, top: float) -> None:
        for step in self.steps:
            x = self.left + step * self.scale
            drawing.line((x, top - 4), (x, drawing.height))
            anchor = "start" if step == 0 and self.paper.is_narrow else "middle"
            drawing.quiet_text((x, top - 8), self.caption.number(step), text_anchor=anchor, font_size=11)

    def _row_height(self, row: Bar) -> float:
        beside = BAR_HEIGHT + (MARKS_HEIGHT if self.before_labels else 0)
        label = len(self._label_lines(row)) * LINE_HEIGHT
        return (label + 4 + beside if self.paper.is_narrow else max(label, beside)) + ROW_GAP

    def _label_lines(self, row: Bar) -> list[str]:
        return lines_of(row.label, self.paper.width if self.paper.is_narrow else self.left - 12)

    def _draw_row(self, drawing: Drawing, row: Bar, top: float) -> None:
        lines = self._label_lines(row)
        for index, line in enumerate(lines):
            drawing.text((0, top + 12.5 + index * LINE_HEIGHT), line)
        if self.paper.is_narrow:
            top += len(lines) * LINE_HEIGHT + 4
        length = row.length * self.scale
        if row.value is not None:
            drawing.box((self.left, top), (max(length, 1), BAR_HEIGHT), rx=2, class_="main", fill=ACCENT)
        self._draw_numbers(drawing, row, (self.left + length + 8, top + 12.5))
        for mark, before in zip(MARKS, row.before[: len(self.before_labels)], strict=False):
            if before is not None:
                mark(drawing, (self.left + before * self.scale, top + BAR_HEIGHT + 7))

    def _draw_numbers(self, drawing: Drawing, row: Bar, at: Point) -> None:
        written = row.written(self.caption)
        if row.value is None:
            drawing.quiet_text(at, written)
            return
        drawing.text(at, written, font_weight=650)
        if self.with_change and row.before and row.before[0] is not None:
            change = self.caption.signed(row.value - row.before[0])
            drawing.quiet_text((at[0] + width_of(written) + 8, at[1]), change)


def _label_room(rows: Sequence[Bar]) -> float:
    longest = max((width_of(row.label) for row in rows), default=0)
    return min(longest, 190) + 14


def _largest(row: Bar) -> float:
    return max([row.length, *(value for value in row.before if value is not None)])


def _stroke(drawing: Drawing, at: Point) -> None:
    drawing.line((at[0], at[1] - 5), (at[0], at[1] + 5), class_="mark", stroke=INK, stroke_width=2.5)


def _ring(drawing: Drawing, at: Point) -> None:
    drawing.add(
        "circle", cx=at[0], cy=at[1], r=3.8, class_="open-mark", fill=PAPER, stroke=INK, stroke_width=1.5
    )


def _diamond(drawing: Drawing, at: Point) -> None:
    x, y = at
    points = f"{x:.1f},{y - 5.2:.1f} {x + 5.2:.1f},{y:.1f} {x:.1f},{y + 5.2:.1f} {x - 5.2:.1f},{y:.1f}"
    drawing.add("polygon", points=points, class_="quiet-mark", fill=PAPER, stroke=QUIET, stroke_width=1.5)


# Told apart by their shape, so that neither colour nor a colour printer is needed.
MARKS: Final[tuple[Callable[[Drawing, Point], None], ...]] = (_stroke, _ring, _diamond)
