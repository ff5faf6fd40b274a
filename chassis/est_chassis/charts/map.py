"""Where it happens: the areas of a municipality, shaded by number or coloured by level."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, product
from math import cos, radians
from string import ascii_lowercase
from typing import Final

from est_chassis.charts.chart import PAPERS, Caption, Chart, Paper, chart
from est_chassis.charts.drawing import INK, PAPER, QUIET, Attribute, Drawing, Point, lines_of, width_of
from est_chassis.charts.heat_matrix import SHADES, TEXT_ON_SHADES, shade_of
from est_chassis.charts.polygons import Ring, label_places, room_at
from est_chassis.charts.table import Table
from est_contracts.vocabulary import Words

HIGHEST: Final = 520
MARGIN: Final = 6
NUMBER_SIZE: Final = 13
LETTER_SIZE: Final = 11
LEVEL_COLOURS: Final = {"green": "#cfe6d3", "yellow": "#ffe79a", "orange": "#ffc58f", "red": "#f4aaa3"}
LEVEL_NAMES: Final = {
    "green": Words(sv="grön", en="green"),
    "yellow": Words(sv="gul", en="yellow"),
    "orange": Words(sv="orange", en="orange"),
    "red": Words(sv="röd", en="red"),
}


@dataclass(frozen=True, slots=True)
class AreaShape:
    """An area with its rings of (longitude, latitude), and what is known about it."""

    area_id: str
    label: str
    rings: Sequence[Sequence[tuple[float, float]]]
    value: float | None = None
    level: str | None = None
    is_priority: bool = False
    #: A word of one's own, where there is no number to show; and the same where there is little room.
    note: str = ""
    short_note: str = ""

    def shown(self, caption: Caption, *, shortly: bool = False) -> str:
        """What stands in the area."""
        known = [caption.number(self.value)] if self.value is not None else []
        if self.level is not None:
            known.append(_level_name(self.level, caption))
        note = (shortly and self.short_note) or self.note
        return " ".join([*known, note] if note else known)

    def counted(self, caption: Caption) -> str:
        """The number, or the word in its place."""
        return self.note if self.value is None and self.note else caption.number(self.value)


@dataclass(frozen=True, slots=True)
class MapPin:
    """A point of (longitude, latitude), and what is there; the list beside the map says it too."""

    at: tuple[float, float]
    label: str


def area_map(
    caption: Caption, *, areas: Sequence[AreaShape], value_label: str, pins: Sequence[MapPin] = ()
) -> Chart:
    """Without a background map: the shapes, their names and numbers are enough for those who live there.

    Without a `value_label` there are no numbers to compare, and no shades.
    An area that is too small for its name has a letter, and its name stands in the key.
    """
    has_levels = any(area.level for area in areas)
    table = Table(
        caption=caption.title,
        columns=(
            caption.say("Område", "Area"),
            value_label,
            *([caption.say("Läge", "Level")] if has_levels else []),
            caption.say("Prioriterat", "Priority"),
        ),
        rows=[
            (
                area.label,
                area.counted(caption),
                *([_level_name(area.level, caption)] if has_levels else []),
                caption.say("ja", "yes") if area.is_priority else caption.say("nej", "no"),
            )
            for area in areas
        ],
    )

    sheets = {paper: _MapSheet(areas, value_label, caption, paper) for paper in PAPERS}
    nameless = [each for each in areas if any(sheet.has_no_room(each) for sheet in sheets.values())]
    letters = {each.area_id: letter for each, letter in zip(nameless, _letters(), strict=False)}
    return chart(
        caption,
        table,
        draw=lambda paper: sheets[paper].drawn(pins, letters),
        key=[(letters[each.area_id], _in_the_key(each, caption)) for each in nameless],
    )


def _letters() -> Iterator[str]:
    """a to z, and then aa, ab, ac."""
    for length in count(1):
        yield from map("".join, product(ascii_lowercase, repeat=length))


def _in_the_key(area: AreaShape, caption: Caption) -> str:
    """Its name, and what is known of it."""
    known = area.shown(caption)
    return f"{area.label}: {known}" if known else area.label


def _level_name(level: str | None, caption: Caption) -> str:
    words = LEVEL_NAMES.get(level or "")
    return caption.say(words.sv, words.en) if words else "–"


class _MapSheet:
    def __init__(self, areas: Sequence[AreaShape], value_label: str, caption: Caption, paper: Paper) -> None:
        self.areas = [area for area in areas if area.rings]
        self.value_label = value_label
        self.caption = caption
        self.paper = paper
        self.largest = max((area.value or 0 for area in self.areas), default=0)
        self.view = _View([place for area in self.areas for ring in area.rings for place in ring], paper)

    def has_no_room(self, area: AreaShape) -> bool:
        """Whether it is drawn without its name."""
        return bool(area.rings) and not self._placed(area)[1]

    def drawn(self, pins: Sequence[MapPin], letters: Mapping[str, str]) -> Drawing:
        drawing = Drawing(self.paper.width, self.view.height + 30)
        for area in self.areas:
            self._draw_shape(drawing, area)
        # Priority is an outline on top, so that no neighbour hides half of it.
        for area in self.areas:
            if area.is_priority:
                self._draw_priority(drawing, self._rings(area))
        for area in self.areas:
            self._draw_label(drawing, area, letter=letters.get(area.area_id, ""))
        for pin in pins:
            self._draw_pin(drawing, pin)
        self._draw_legend(drawing, self.view.height + 12)
        return drawing

    def _rings(self, area: AreaShape) -> tuple[Ring, ...]:
        return tuple(tuple(self.view.place(place) for place in ring) for ring in area.rings)

    def _shade(self, area: AreaShape) -> int:
        return shade_of(area.value or 0, self.largest)

    def _draw_shape(self, drawing: Drawing, area: AreaShape) -> None:
        drawing.polygon(
            self._rings(area),
            f"{area.label}: {area.shown(self.caption) or self.caption.say('inget känt', 'nothing known')}",
            class_=f"area level-{area.level}" if area.level else f"area heat-{self._shade(area)}",
            fill=LEVEL_COLOURS[area.level] if area.level else SHADES[self._shade(area)],
            stroke=QUIET,
        )

    def _draw_priority(self, drawing: Drawing, rings: Sequence[Ring]) -> None:
        # A light line under the dark one: seen on dark areas and on light ones.
        drawing.polygon(rings, "", class_="halo", fill="none", stroke=PAPER, stroke_width=5.5)
        drawing.polygon(rings, "", class_="priority", fill="none", stroke=INK, stroke_width=2.5)

    @property
    def _name_size(self) -> float:
        return 10.5 if self.paper.is_narrow else 12

    def _placed(self, area: AreaShape) -> tuple[Point, list[str]]:
        shown = area.shown(self.caption, shortly=True)
        return _place_for(area.label, self._rings(area), self._name_size, shown)

    def _draw_label(self, drawing: Drawing, area: AreaShape, *, letter: str) -> None:
        size, shown = self._name_size, area.shown(self.caption, shortly=True)
        (x, y), name = self._placed(area)
        chosen = self._on(area)
        beside = letter if self._has_room_beside(area, shown, letter=letter) else ""
        if letter and not beside and not name:
            # The key has the number too.
            shown = letter
        y += 5 - len(name) * size / 2
        x_shown = self._on_the_sheet(x, shown, NUMBER_SIZE)
        drawing.text((x_shown, y), shown, text_anchor="middle", font_weight=650, **chosen)
        if beside:
            at = (x_shown + width_of(shown, NUMBER_SIZE) / 2 + 1.5, y - 4)
            drawing.text(at, beside, font_size=LETTER_SIZE, **chosen)
        for index, line in enumerate(name, start=1):
            at = (self._on_the_sheet(x, line, size), y + index * (size + 1.5))
            drawing.text(at, line, text_anchor="middle", font_size=size, **chosen)

    def _has_room_beside(self, area: AreaShape, shown: str, *, letter: str) -> bool:
        """For the letter on the right of what stands in the middle."""
        needed = width_of(shown, NUMBER_SIZE) + 2 * (width_of(letter, LETTER_SIZE) + 1.5)
        return bool(letter and shown) and needed <= room_at(self._rings(area), self._placed(area)[0])

    def _on_the_sheet(self, x: float, text: str, size: float) -> float:
        """As near as one can write it without going over the edge."""
        half = width_of(text, size) / 2
        return min(max(x, half), max(self.paper.width - half, half))

    def _draw_pin(self, drawing: Drawing, pin: MapPin) -> None:
        """What lies outside of everything drawn has no place on the sheet."""
        x, y = self.view.place(pin.at)
        if 0 <= x <= drawing.width and 0 <= y <= self.view.height:
            drawing.shape_that_says(
                "circle", pin.label, class_="pin", cx=x, cy=y, r=4.5, fill=INK, stroke=PAPER, stroke_width=1.5
            )

    def _on(self, area: AreaShape) -> dict[str, Attribute]:
        if area.level:
            return {"class_": "on-level", "fill": INK}
        shade = self._shade(area)
        return {"class_": f"on-heat-{shade}", "fill": TEXT_ON_SHADES[shade]}

    def _draw_legend(self, drawing: Drawing, y: float) -> None:
        drawing.box((2, y), (16, 12), class_="priority-key", fill=PAPER, stroke=INK, stroke_width=2.5)
        drawing.quiet_text((25, y + 10.5), self.caption.say("prioriterat", "priority"))
        levels = [level for level in LEVEL_NAMES if any(area.level == level for area in self.areas)]
        if not levels and self.value_label:
            what = self.value_label[0].lower() + self.value_label[1:]
            words = f"{self.caption.say('mörkare: fler', 'darker: more')} ({what})"
            drawing.quiet_text((drawing.width, y + 10.5), words, text_anchor="end")
        for index, level in enumerate(levels):
            x = drawing.width - 60 * (len(levels) - index)
            drawing.box(
                (x, y), (14, 12), class_=f"area level-{level}", fill=LEVEL_COLOURS[level], stroke=QUIET
            )
            drawing.quiet_text((x + 19, y + 10.5), _level_name(level, self.caption), font_size=11)


# A municipality's shapes seldom change, and looking for the place is most of the work.
@lru_cache(maxsize=4096)
def _place_for(label: str, rings: tuple[Ring, ...], size: float, shown: str) -> tuple[Point, list[str]]:
    """Where the number and the name fit; without the name where they do not: the table has it."""
    places = label_places(rings)
    for place in places:
        name = lines_of(label, room_at(rings, place), size)
        if len(name) <= 2 and _fits(shown, name, rings, at=place, size=size):
            return place, name
    alone = (place for place in places if _fits(shown, [], rings, at=place, size=size))
    return next(alone, max(places, key=lambda place: room_at(rings, place))), []


def _fits(shown: str, lines: Sequence[str], rings: Sequence[Ring], *, at: Point, size: float) -> bool:
    """The number's line and the lines below it, each at its upper and lower edge."""
    top = at[1] - (len(lines) + 1) * size / 2
    widths = [max(2 * size, width_of(shown, NUMBER_SIZE)), *(width_of(line, size) for line in lines)]
    return all(
        width <= room_at(rings, (at[0], top + size * depth))
        for index, width in enumerate(widths)
        for depth in (index, index + 1)
    )


class _View:
    """From longitude and latitude to the sheet."""

    def __init__(self, corners: Sequence[tuple[float, float]], paper: Paper) -> None:
        longitudes = [x for x, _ in corners] or [0.0]
        latitudes = [y for _, y in corners] or [0.0]
        self.west, self.north = min(longitudes), max(latitudes)
        # A degree of longitude is shorter the further north one is.
        self.squeeze = cos(radians((self.north + min(latitudes)) / 2))
        wide = max((max(longitudes) - self.west) * self.squeeze, 1e-9)
        high = max(self.north - min(latitudes), 1e-9)
        self.scale = min((paper.width - 2 * MARGIN) / wide, (HIGHEST - 2 * MARGIN) / high)
        self.shift = (paper.width - wide * self.scale) / 2
        self.height = high * self.scale + 2 * MARGIN

    def place(self, place: tuple[float, float]) -> Point:
        x = self.shift + (place[0] - self.west) * self.squeeze * self.scale
        return x, MARGIN + (self.north - place[1]) * self.scale
