"""A line over weeks, with last year's beside it; weeks that few reported for are hatched."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from est_chassis.charts.chart import Caption, Chart, Paper, chart
from est_chassis.charts.drawing import ACCENT, PAPER, QUIET, RULE, Attribute, Drawing, Point, ticks, width_of
from est_chassis.charts.table import Table

LITTLE_COVERAGE: Final = 0.5
BOTTOM: Final = 42
LEGEND_HEIGHT: Final = 30


@dataclass(frozen=True, slots=True)
class WeekPoint:
    """A week ("2026-W47"), its value, the value of the same week a year before, and how many reported."""

    label: str
    value: float | None
    before: float | None = None
    coverage: float | None = None

    @property
    def is_thin(self) -> bool:
        return self.coverage is not None and self.coverage < LITTLE_COVERAGE


def week_line(
    caption: Caption, *, points: Sequence[WeekPoint], value_label: str, before_label: str = ""
) -> Chart:
    """One point for each week, oldest first. A missing value is a gap: silence is not calm."""
    labels = (value_label, before_label)
    table = _table(caption, points, labels)
    return chart(caption, table, draw=lambda paper: _LineSheet(points, labels, caption, paper).drawn())


def _table(caption: Caption, points: Sequence[WeekPoint], labels: tuple[str, str]) -> Table:
    value_label, before_label = labels
    columns = [(caption.say("Vecka", "Week"), [point.label for point in points])]
    columns.append((value_label, [caption.number(point.value) for point in points]))
    if before_label:
        columns.append((before_label, [caption.number(point.before) for point in points]))
    if any(point.coverage is not None for point in points):
        share = caption.say("Andel som rapporterat", "Share that reported")
        columns.append((share, [caption.percent(point.coverage) for point in points]))
    names, contents = zip(*columns, strict=True)
    return Table(caption=caption.title, columns=names, rows=list(zip(*contents, strict=True)))


class _LineSheet:
    def __init__(
        self, points: Sequence[WeekPoint], labels: tuple[str, str], caption: Caption, paper: Paper
    ) -> None:
        self.points = points
        self.labels = labels
        self.paper = paper
        self.caption = caption
        self.hatch = f"{caption.name}-{paper.width}-hatch"
        known = [value for point in points for value in (point.value, point.before) if value is not None]
        self.steps = ticks(max(known, default=0), count=4)
        self.left = width_of(caption.number(self.steps[-1]), 11) + 10
        self.top, self.height = LEGEND_HEIGHT + 8, 280 if not paper.is_narrow else 250
        # Room at the right end for the latest value.
        self.step = (paper.width - self.left - 34) / max(len(points) - 1, 1)

    def drawn(self) -> Drawing:
        drawing = Drawing(self.paper.width, self.height)
        self._draw_axis(drawing)
        self._draw_thin_weeks(drawing)
        self._draw_weeks(drawing)
        if self.labels[1]:
            before = [point.before for point in self.points]
            self._draw_line(
                drawing, before, class_="before", stroke=QUIET, stroke_width=1.5, stroke_dasharray="4 3"
            )
        self._draw_line(
            drawing, [point.value for point in self.points], class_="line", stroke=ACCENT, stroke_width=2.5
        )
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

    def _draw_thin_weeks(self, drawing: Drawing) -> None:
        if not any(point.is_thin for point in self.points):
            return
        drawing.add(
            "pattern",
            f'<path d="M0 6L6 0" class="hatch" stroke="{QUIET}" stroke-width="1"/>',
            id=self.hatch,
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
        )
        have_reported = self.caption.say("har rapporterat", "have reported")
        for index, point in enumerate(self.points):
            if point.is_thin:
                x, bottom = self._place(index, 0)
                drawing.box(
                    (x - self.step / 2, self.top),
                    (self.step, bottom - self.top),
                    f"{point.label}: {self.caption.percent(point.coverage)} {have_reported}",
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

    def _draw_legend(self, drawing: Drawing) -> None:
        y = 9.0
        drawing.line((0, y), (22, y), class_="line", stroke=ACCENT, stroke_width=2.5)
        drawing.quiet_text((29, y + 4), self.labels[0])
        x = 29 + width_of(self.labels[0], 12) + 18
        if self.labels[1]:
            drawing.line((x, y), (x + 22, y), class_="before", stroke=QUIET, stroke_dasharray="4 3")
            drawing.quiet_text((x + 29, y + 4), self.labels[1])
            x += 29 + width_of(self.labels[1], 12) + 18
        if any(point.is_thin for point in self.points) and x + 130 < self.paper.width:
            drawing.box((x, y - 6), (18, 12), fill=f"url(#{self.hatch})", opacity=0.7)
            drawing.quiet_text((x + 25, y + 4), self.caption.say("få har rapporterat", "few have reported"))
