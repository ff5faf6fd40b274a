"""Where it happens: the areas of a municipality, shaded by number or coloured by level."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

from est_chassis.charts.chart import Chart, Paper, chart
from est_chassis.charts.drawing import INK, PAPER, QUIET, Drawing, Point, lines_of, width_of
from est_chassis.charts.heat_matrix import SHADES, TEXT_ON_SHADES, shade_of
from est_chassis.charts.polygons import Ring, label_place
from est_chassis.charts.table import Table
from est_chassis.web.swedish import number

HIGHEST: Final = 520
MARGIN: Final = 6
LEVEL_COLOURS: Final = {"green": "#cfe6d3", "yellow": "#ffe79a", "orange": "#ffc58f", "red": "#f4aaa3"}
LEVEL_NAMES: Final = {"green": "grön", "yellow": "gul", "orange": "orange", "red": "röd"}


@dataclass(frozen=True, slots=True)
class AreaShape:
    """An area with its rings of (longitude, latitude), and what is known about it."""

    area_id: str
    label: str
    rings: Sequence[Sequence[tuple[float, float]]]
    value: float | None = None
    level: str | None = None
    is_priority: bool = False

    @property
    def shown(self) -> str:
        """What stands in the area."""
        known = [number(self.value)] if self.value is not None else []
        if self.level is not None:
            known.append(LEVEL_NAMES[self.level])
        return " ".join(known)


def area_map(
    *, name: str, title: str, description: str, areas: Sequence[AreaShape], value_label: str
) -> Chart:
    """Without a background map: the shapes, their names and numbers are enough for those who live there."""
    has_levels = any(area.level for area in areas)
    table = Table(
        caption=title,
        columns=("Område", value_label, *(["Läge"] if has_levels else []), "Prioriterat"),
        rows=[
            (
                area.label,
                number(area.value),
                *([LEVEL_NAMES.get(area.level or "", "–")] if has_levels else []),
                "ja" if area.is_priority else "nej",
            )
            for area in areas
        ],
    )
    return chart(
        name, title, description, table, draw=lambda paper: _MapSheet(areas, value_label, paper).drawn()
    )


class _MapSheet:
    def __init__(self, areas: Sequence[AreaShape], value_label: str, paper: Paper) -> None:
        self.areas = [area for area in areas if area.rings]
        self.value_label = value_label
        self.paper = paper
        self.largest = max((area.value or 0 for area in self.areas), default=0)
        corners = [place for area in self.areas for ring in area.rings for place in ring]
        self.west = min((x for x, _ in corners), default=0.0)
        self.north = max((y for _, y in corners), default=1.0)
        east, south = max((x for x, _ in corners), default=1.0), min((y for _, y in corners), default=0.0)
        # A degree of longitude is shorter the further north one is.
        self.squeeze = cos(radians((self.north + south) / 2))
        wide, high = max((east - self.west) * self.squeeze, 1e-9), max(self.north - south, 1e-9)
        self.scale = min((paper.width - 2 * MARGIN) / wide, (HIGHEST - 2 * MARGIN) / high)
        self.shift = (paper.width - wide * self.scale) / 2
        self.height = high * self.scale + 2 * MARGIN

    def drawn(self) -> Drawing:
        drawing = Drawing(self.paper.width, self.height + 30)
        for area in self.areas:
            self._draw_shape(drawing, area)
        # Priority is a second outline on top, so that no neighbour hides half of it.
        for area in self.areas:
            if area.is_priority:
                drawing.polygon(
                    self._rings(area), f"{area.label}, prioriterat", class_="priority",
                    fill="none", stroke=INK, stroke_width=2.5,
                )  # fmt: skip
        for area in self.areas:
            self._draw_label(drawing, area)
        self._draw_legend(drawing, self.height + 12)
        return drawing

    def _place(self, place: tuple[float, float]) -> Point:
        x = self.shift + (place[0] - self.west) * self.squeeze * self.scale
        return x, MARGIN + (self.north - place[1]) * self.scale

    def _rings(self, area: AreaShape) -> list[Ring]:
        return [[self._place(place) for place in ring] for ring in area.rings]

    def _draw_shape(self, drawing: Drawing, area: AreaShape) -> None:
        shade = shade_of(area.value or 0, self.largest)
        drawing.polygon(
            self._rings(area),
            f"{area.label}: {area.shown or 'inget rapporterat'}",
            class_=f"area level-{area.level}" if area.level else f"area heat-{shade}",
            fill=LEVEL_COLOURS[area.level] if area.level else SHADES[shade],
            stroke=QUIET,
        )

    def _draw_label(self, drawing: Drawing, area: AreaShape) -> None:
        middle, room = label_place(self._rings(area))
        shade = shade_of(area.value or 0, self.largest)
        on = {"class_": "on-level", "fill": INK} if area.level else {
            "class_": f"on-heat-{shade}", "fill": TEXT_ON_SHADES[shade] if shade else INK,
        }  # fmt: skip
        size = 10.5 if self.paper.is_narrow else 12
        name = [line for line in lines_of(area.label, room, size) if width_of(line, size) <= room + size]
        if len(name) != len(lines_of(area.label, room, size)) or len(name) > 2:
            # The name does not fit; the table below and the shape's own title have it.
            name = []
        y = middle[1] + 5 - len(name) * size / 2
        drawing.text((middle[0], y), area.shown, text_anchor="middle", font_weight=650, **on)
        for index, line in enumerate(name):
            at = (middle[0], y + (index + 1) * (size + 1.5))
            drawing.text(at, line, text_anchor="middle", font_size=size, **on)

    def _draw_legend(self, drawing: Drawing, y: float) -> None:
        drawing.box((2, y), (16, 12), class_="priority", fill=PAPER, stroke=INK, stroke_width=2.5)
        drawing.quiet_text((25, y + 10.5), "prioriterat område")
        drawing.quiet_text(
            (drawing.width, y + 10.5), f"mörkare: fler ({self.value_label})", text_anchor="end"
        )
