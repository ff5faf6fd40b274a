"""When it happens: weekday by hour or part of the day, darker is more, with the number in each square."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from est_chassis.charts.chart import Caption, Chart, Paper, chart
from est_chassis.charts.drawing import INK, QUIET, Drawing, Point, width_of
from est_chassis.charts.table import Table
from est_chassis.web.written import WEEKDAYS

DAYS: Final = range(7)
HOURS: Final = tuple(f"{hour:02}–{hour + 1:02}" for hour in range(24))
# From paper to accent: the order survives a grey printer.
SHADES: Final = ("#f1f2ef", "#d3e4e4", "#a5cacb", "#6fa9ab", "#2f7d82", "#0a4a50")
TEXT_ON_SHADES: Final = (QUIET, INK, INK, INK, "#ffffff", "#ffffff")
GAP: Final = 2
LEGEND_HEIGHT: Final = 40


def heat_matrix(
    caption: Caption,
    *,
    counts: Sequence[Sequence[int | None]],
    parts: Sequence[str] = HOURS,
    hidden_note: str = "",
) -> Chart:
    """`counts` is seven days, Monday first, of twenty-four hours or of the parts of the day that are named.

    A count that must not be shown is None: its square stays light, and `hidden_note` says why.
    """
    if len(counts) != len(DAYS) or any(len(day) != len(parts) for day in counts):
        raise ValueError(f"seven days of {len(parts)} parts")
    sheet = _HeatSheet(counts, parts, hidden_note)
    table = Table(
        caption=caption.title,
        columns=(caption.say("Timme", "Hour"), *WEEKDAYS[caption.language]),
        rows=[
            (part, *(sheet.written(day[index], caption) for day in counts))
            for index, part in enumerate(parts)
        ],
    )
    return chart(caption, table, draw=lambda paper: _HeatDrawing(sheet, caption, paper).drawn())


@dataclass(frozen=True, slots=True)
class _HeatSheet:
    """What is drawn."""

    counts: Sequence[Sequence[int | None]]
    parts: Sequence[str]
    hidden_note: str

    @property
    def largest(self) -> int:
        return max((count or 0 for day in self.counts for count in day), default=0)

    @property
    def hides(self) -> bool:
        return any(count is None for day in self.counts for count in day)

    @property
    def has_hours(self) -> bool:
        return len(self.parts) == len(HOURS)

    def written(self, count: int | None, caption: Caption) -> str:
        return self.hidden_note if count is None else caption.number(count)

    def total(self, day: int) -> int | None:
        """A day's sum would tell what one of its parts must not."""
        known = [count for count in self.counts[day] if count is not None]
        return sum(known) if len(known) == len(self.parts) else None


class _HeatDrawing:
    """Days are rows on a wide sheet, and columns on a narrow one."""

    def __init__(self, sheet: _HeatSheet, caption: Caption, paper: Paper) -> None:
        self.sheet = sheet
        self.caption = caption
        self.day_names = WEEKDAYS[caption.language]
        self.paper = paper
        self.largest = sheet.largest
        self.days_across = paper.is_narrow
        self.left, self.top = (44, 22) if paper.is_narrow else (40, 22)
        columns = len(DAYS) if self.days_across else len(sheet.parts)
        room = paper.width - self.left - (0 if self.days_across else 44)
        self.cell: Point = (room / columns, 22 if self.days_across else 28)

    def drawn(self) -> Drawing:
        rows = len(self.sheet.parts) if self.days_across else len(DAYS)
        drawing = Drawing(self.paper.width, self.top + rows * self.cell[1] + LEGEND_HEIGHT)
        self._draw_days(drawing)
        self._draw_hours(drawing)
        for day in DAYS:
            for part in range(len(self.sheet.parts)):
                self._draw_square(drawing, day, part)
        self._draw_legend(drawing, drawing.height - 18)
        return drawing

    def _corner(self, day: int, part: int) -> Point:
        column, row = (day, part) if self.days_across else (part, day)
        return self.left + column * self.cell[0], self.top + row * self.cell[1]

    def _draw_days(self, drawing: Drawing) -> None:
        for day, name in enumerate(self.day_names):
            x, y = self._corner(day, 0)
            total = self.caption.number(self.sheet.total(day))
            if self.days_across:
                drawing.quiet_text((x + self.cell[0] / 2, 14), name[:3], text_anchor="middle")
            else:
                drawing.quiet_text((0, y + 18), name[:3])
                drawing.text((drawing.width, y + 18), total, text_anchor="end", font_weight=650)
        if not self.days_across:
            drawing.quiet_text(
                (drawing.width, 14), self.caption.say("totalt", "total"), text_anchor="end", font_size=11
            )

    def _draw_hours(self, drawing: Drawing) -> None:
        for index, part in enumerate(self.sheet.parts):
            x, y = self._corner(0, index)
            if self.days_across:
                drawing.quiet_text((0, y + 15), part, font_size=11)
            elif not self.sheet.has_hours:
                drawing.quiet_text((x + self.cell[0] / 2, 14), part, text_anchor="middle", font_size=11)
            elif index % 3 == 0:
                drawing.quiet_text((x + 1, 14), part[:2], font_size=11)

    def _draw_square(self, drawing: Drawing, day: int, part: int) -> None:
        count = self.sheet.counts[day][part]
        shade = shade_of(count or 0, self.largest)
        x, y = self._corner(day, part)
        width, height = self.cell[0] - GAP, self.cell[1] - GAP
        # Zero stays empty: the eye is to find what there is.
        written = "" if count == 0 else self.sheet.written(count, self.caption)
        says = f"{self.day_names[day]} {self.sheet.parts[part]}: {written}" if written else ""
        drawing.box((x, y), (width, height), says, rx=2, class_=f"heat-{shade}", fill=SHADES[shade])
        if written:
            middle = (x + width / 2, y + height / 2 + 4)
            drawing.text(
                middle,
                self._shortened(written, width),
                class_=f"on-heat-{shade}",
                fill=TEXT_ON_SHADES[shade],
                font_size=11,
                text_anchor="middle",
            )

    def _shortened(self, written: str, width: float) -> str:
        return written if width_of(written, 11) <= width else "…"

    def _draw_legend(self, drawing: Drawing, y: float) -> None:
        x = float(self.left)
        for shade, label in _legend(self.largest, self.caption):
            drawing.box((x, y), (14, 14), rx=2, class_=f"heat-{shade}", fill=SHADES[shade])
            drawing.quiet_text((x + 19, y + 11.5), label, font_size=11)
            x += 27 + len(label) * 6.6


def shade_of(count: float, largest: float) -> int:
    """0 for nothing, then five equal steps up to the largest."""
    if count <= 0:
        return 0
    last = len(SHADES) - 1
    # A small matrix uses the dark end only as far as it has numbers to tell apart.
    steps = min(last, int(largest))
    return max(1, -(-int(count * steps) // int(max(largest, 1))) + (last - steps) // 2)


def _legend(largest: int, caption: Caption) -> list[tuple[int, str]]:
    """Each shade in use and the counts it stands for."""
    spans: dict[int, list[int]] = {}
    for count in range(largest + 1):
        spans.setdefault(shade_of(count, largest), []).append(count)
    return [
        (shade, "–".join(caption.number(count) for count in sorted({span[0], span[-1]})))
        for shade, span in spans.items()
    ]
