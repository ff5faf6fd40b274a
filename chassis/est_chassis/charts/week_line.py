"""A line over weeks, with last year's beside it; weeks that few reported for are hatched."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from est_chassis.charts.chart import Caption, Chart, Paper, chart
from est_chassis.charts.drawing import ACCENT, PAPER, QUIET, RULE, Attribute, Drawing, Point, ticks, width_of
from est_chassis.charts.line_marks import (
    BAND,
    LETTERS,
    ROW_HEIGHT,
    LineMark,
    draw_band,
    draw_hatch,
    draw_tick,
    draw_triangle,
    rows_of_names,
)
from est_chassis.charts.table import Table

LITTLE_COVERAGE: Final = 0.5
BOTTOM: Final = 42
LEGEND_HEIGHT: Final = 30
LEGEND_ROW: Final = 22


@dataclass(frozen=True, slots=True)
class WeekPoint:
    """A week ("2026-W47"), its value, the value of the same week a year before, and how many reported.

    The name is what people call it, where there is room for that.
    """

    label: str
    value: float | None
    before: float | None = None
    coverage: float | None = None
    name: str = ""

    @property
    def called(self) -> str:
        return self.name or self.label

    @property
    def is_thin(self) -> bool:
        return self.coverage is not None and self.coverage < LITTLE_COVERAGE


def week_line(
    caption: Caption,
    *,
    points: Sequence[WeekPoint],
    value_label: str,
    before_label: str = "",
    marks: Sequence[LineMark] = (),
) -> Chart:
    """One point for each week, oldest first. A missing value is a gap: silence is not calm."""
    lines = _Lines(points, marks, value_label, before_label)
    return chart(
        caption, _table(caption, lines), draw=lambda paper: _LineSheet(lines, caption, paper).drawn()
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    """What is drawn."""

    points: Sequence[WeekPoint]
    marks: Sequence[LineMark]
    value_label: str
    before_label: str

    @property
    def stretches(self) -> list[LineMark]:
        return [mark for mark in self.marks if mark.is_stretch]

    @property
    def moments(self) -> list[LineMark]:
        return [mark for mark in self.marks if not mark.is_stretch]

    @property
    def has_thin_weeks(self) -> bool:
        return any(point.is_thin for point in self.points)


def _table(caption: Caption, lines: _Lines) -> Table:
    points = lines.points
    columns = [(caption.say("Vecka", "Week"), [point.called for point in points])]
    columns.append((lines.value_label, [caption.number(point.value) for point in points]))
    if lines.before_label:
        columns.append((lines.before_label, [caption.number(point.before) for point in points]))
    if any(point.coverage is not None for point in points):
        share = caption.say("Andel som rapporterat", "Share that reported")
        columns.append((share, [caption.percent(point.coverage) for point in points]))
    if lines.marks:
        columns.append((caption.say("Märkt", "Marked"), [_names(lines, week) for week in range(len(points))]))
    names, contents = zip(*columns, strict=True)
    return Table(caption=caption.title, columns=names, rows=list(zip(*contents, strict=True)))


def _names(lines: _Lines, week: int) -> str:
    return ", ".join(dict.fromkeys(mark.name for mark in lines.marks if mark.is_in_week(week)))


class _LineSheet:
    def __init__(self, lines: _Lines, caption: Caption, paper: Paper) -> None:
        self.lines = lines
        self.points = lines.points
        self.paper = paper
        self.caption = caption
        self.hatch = f"{caption.name}-{paper.width}-hatch"
        known = [value for point in self.points for value in (point.value, point.before) if value is not None]
        self.steps = ticks(max(known, default=0), count=4)
        self.left = width_of(caption.number(self.steps[-1]), 11) + 10
        self.legend = self._legend_places()
        # Room at the right end for the latest value.
        self.step = (paper.width - self.left - 34) / max(len(self.points) - 1, 1)
        self.names = rows_of_names(
            [_from_here(mark) for mark in lines.stretches], step=self.step, room=paper.width - self.left
        )
        self.legend_height = self.legend[-1][1] + LEGEND_HEIGHT
        self.top = self.legend_height + 8 + ROW_HEIGHT * max((row + 1 for _, row, _ in self.names), default=0)
        self.height = self.top + (242 if not paper.is_narrow else 212)

    def drawn(self) -> Drawing:
        drawing = Drawing(self.paper.width, self.height)
        self._draw_stretches(drawing)
        self._draw_axis(drawing)
        self._draw_thin_weeks(drawing)
        self._draw_weeks(drawing)
        if self.lines.before_label:
            before = [point.before for point in self.points]
            self._draw_line(
                drawing, before, class_="before", stroke=QUIET, stroke_width=1.5, stroke_dasharray="4 3"
            )
        self._draw_line(
            drawing, [point.value for point in self.points], class_="line", stroke=ACCENT, stroke_width=2.5
        )
        self._draw_moments(drawing)
        self._draw_latest(drawing)
        self._draw_legend(drawing)
        return drawing

    def _place(self, index: int, value: float) -> Point:
        room = self.height - BOTTOM - self.top
        return self.left + index * self.step, self.top + room * (1 - value / self.steps[-1])

    def _draw_axis(self, drawing: Drawing) -> None:
        for step in self.steps:
            _, y = self._place(0, step)
            drawing.line((self.left, y), (drawing.width, y), stroke=RULE)
            drawing.quiet_text(
                (self.left - 8, y + 4), self.caption.number(step), text_anchor="end", font_size=11
            )

    def _draw_stretches(self, drawing: Drawing) -> None:
        bottom, right = self._place(0, 0)[1], self._place(len(self.points) - 1, 0)[0] + self.step / 2
        for mark in map(_from_here, self.lines.stretches):
            x = max(self.left + mark.first * self.step, self.left)
            end = min(self.left + (mark.last or 0) * self.step, right)
            if end > x:
                draw_band(drawing, mark, x=x, width=end - x, top=self.top, bottom=bottom)
        for mark, row, middle in self.names:
            at = (self.left + middle, self.top - 6 - row * ROW_HEIGHT)
            drawing.quiet_text(at, mark.name, text_anchor="middle", font_size=LETTERS)

    def _draw_moments(self, drawing: Drawing) -> None:
        bottom = self._place(0, 0)[1]
        for mark in map(_from_here, self.lines.moments):
            draw_tick(drawing, mark, x=self.left + max(mark.first, 0) * self.step, y=bottom)

    def _draw_thin_weeks(self, drawing: Drawing) -> None:
        if not self.lines.has_thin_weeks:
            return
        draw_hatch(drawing, self.hatch)
        have_reported = self.caption.say("har rapporterat", "have reported")
        for index, point in enumerate(self.points):
            if point.is_thin:
                x, bottom = self._place(index, 0)
                drawing.box(
                    (x - self.step / 2, self.top),
                    (self.step, bottom - self.top),
                    f"{point.called}: {self.caption.percent(point.coverage)} {have_reported}",
                    fill=f"url(#{self.hatch})",
                    opacity=0.55,
                )

    def _draw_weeks(self, drawing: Drawing) -> None:
        _, bottom = self._place(0, 0)
        every = max(1, round(len(self.points) / (6 if self.paper.is_narrow else 10)))
        year, short = "", self.caption.say("v.", "w.")
        # Counted from the end, so that the latest week always has its name.
        for index in range((len(self.points) - 1) % every, len(self.points), every):
            point_year, _, week = self.points[index].label.partition("-W")
            x, _ = self._place(index, 0)
            drawing.line((x, bottom), (x, bottom + 4))
            drawing.quiet_text((x, bottom + 18), f"{short}{int(week)}", text_anchor="middle", font_size=11)
            if point_year != year:
                drawing.quiet_text((x, bottom + 33), point_year, text_anchor="middle", font_size=11)
                year = point_year

    def _draw_line(self, drawing: Drawing, values: Sequence[float | None], **attributes: Attribute) -> None:
        numbered = enumerate(values)
        for is_known, stretch in groupby(numbered, key=lambda pair: pair[1] is not None):
            places = [self._place(index, value or 0) for index, value in stretch]
            if not is_known:
                continue
            if len(places) == 1:
                # A lone week between two gaps would otherwise not be seen.
                places.append((places[0][0] + 1, places[0][1]))
            drawing.polyline(places, stroke_linejoin="round", stroke_linecap="round", **attributes)

    def _draw_latest(self, drawing: Drawing) -> None:
        if not self.points or self.points[-1].value is None:
            return
        x, y = self._place(len(self.points) - 1, self.points[-1].value)
        drawing.add("circle", cx=x, cy=y, r=4.5, class_="latest", fill=ACCENT, stroke=PAPER, stroke_width=2)
        drawing.text((x + 8, y + 5), self.caption.number(self.points[-1].value), font_weight=650)

    def _legend_words(self) -> list[tuple[str, str]]:
        """What is explained, in the order it is read."""
        lines, say = self.lines, self.caption.say
        told = [("line", lines.value_label), ("before", lines.before_label)]
        told.append(("band", say("lov och kända dagar", "breaks and known days") if lines.stretches else ""))
        told.append(("moment", say("insats", "measure") if lines.moments else ""))
        told.append(("thin", say("få har rapporterat", "few have reported") if lines.has_thin_weeks else ""))
        return [(key, words) for key, words in told if words] or [("line", "")]

    def _legend_places(self) -> list[Point]:
        x, y = 0.0, 0.0
        places: list[Point] = []
        for _, words in self._legend_words():
            width = 29 + width_of(words, 12) + 18
            if x and x + width > self.paper.width:
                x, y = 0.0, y + LEGEND_ROW
            places.append((x, y))
            x += width
        return places

    def _draw_legend(self, drawing: Drawing) -> None:
        for (key, words), (x, top) in zip(self._legend_words(), self.legend, strict=True):
            y = top + 9
            if key in ("line", "before"):
                chosen = {"stroke": ACCENT, "stroke_width": 2.5} if key == "line" else {"stroke": QUIET}
                dashes = "4 3" if key == "before" else None
                drawing.line((x, y), (x + 22, y), class_=key, stroke_dasharray=dashes, **chosen)
            elif key == "moment":
                draw_triangle(drawing, "", x=x + 11, y=y + 5)
            else:
                fill = BAND if key == "band" else f"url(#{self.hatch})"
                drawing.box((x + 2, y - 6), (18, 12), class_="band" if key == "band" else None, fill=fill)
            drawing.quiet_text((x + 29, y + 4), words)


def _from_here(mark: LineMark) -> LineMark:
    """Points stand in the middle of their weeks: places count from there when they are drawn."""
    last = None if mark.last is None else mark.last - 0.5
    return LineMark(mark.name, mark.first - 0.5, last)
