"""Shapes of areas: whether a polygon can be one, and how areas lie to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise
from math import isfinite
from typing import Any, Final

import shapely
from shapely.geometry import Polygon as Shape
from shapely.validation import explain_validity

from est_contracts.vocabulary import Area, AreaKind, Words

Ring = tuple[tuple[float, float], ...]
Polygon = tuple[Ring, ...]

#: About a metre: more is never needed, and files grow with it.
DECIMALS: Final = 5
#: Borders drawn by hand differ a little; as much of the smaller area is nobody's business.
MAY_OVERLAP: Final = 0.01


class ShapeTrouble(ValueError):
    """A shape that cannot be an area, or two that lie badly to each other."""

    def __init__(self, *, sv: str, en: str, area_id: str = "") -> None:
        super().__init__(en)
        self.words = Words(sv=sv, en=en)
        self.area_id = area_id


def polygon_of(geometry: Any) -> tuple[Polygon, int]:
    """The rings of a geometry, the outer first, and of how many separate parts it consisted.

    Only the largest part is kept: an area has one outer ring.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise ShapeTrouble(
            sv="Området är ingen yta. Bara Polygon och MultiPolygon kan vara områden.",
            en="The area is no surface. Only Polygon and MultiPolygon can be areas.",
        )
    coordinates = geometry.get("coordinates")
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list) or not parts:
        raise ShapeTrouble(sv="Området saknar gräns.", en="The area has no border.")
    polygons = [_checked(part) for part in parts]
    largest = max(polygons, key=lambda each: float(_shape(each).area))
    return largest, len(polygons)


def troubles_between(areas: Sequence[Area], *, staying: Sequence[Area] = ()) -> Iterator[ShapeTrouble]:
    """Areas of one kind that cover each other, and sub-areas outside their district; gaps are no trouble.

    Areas that stay as they are count too, but what is wrong between two of them is nobody's news.
    """
    shapes = {each.area_id: _shape(each.polygon) for each in (*areas, *staying) if each.polygon}
    # What stays may have been written by hand, and be no surface.
    shapes = {area_id: shape for area_id, shape in shapes.items() if shape.is_valid and shape.area > 0}
    drawn = [each for each in (*areas, *staying) if each.area_id in shapes]
    new = frozenset(each.area_id for each in areas)
    for kind in AreaKind:
        yield from _overlaps([each for each in drawn if each.kind is kind], shapes, new=new)
    for area in areas:
        district = shapes.get(area.within or "")
        if area.kind is AreaKind.SUB_AREA and area.area_id in shapes and district is not None:
            yield from _outside(area, shapes[area.area_id], district)


def _overlaps(areas: Sequence[Area], shapes: Mapping[str, Shape], *, new: Set[str]) -> Iterator[ShapeTrouble]:
    if not areas:
        return
    tree = shapely.STRtree([shapes[area.area_id] for area in areas])
    for place, area in enumerate(areas):
        if area.area_id not in new:
            continue
        shape = shapes[area.area_id]
        for other_place in sorted(int(each) for each in tree.query(shape) if each > place):
            other = areas[other_place]
            smaller = min(shape.area, shapes[other.area_id].area)
            share = shape.intersection(shapes[other.area_id]).area / smaller
            if share > MAY_OVERLAP:
                percent = round(100 * share)
                yield ShapeTrouble(
                    area_id=area.area_id,
                    sv=f"Överlappar {other.name}: {percent} procent av den mindre ytan.",
                    en=f"Overlaps {other.name}: {percent} per cent of the smaller surface.",
                )


def _outside(area: Area, shape: Shape, district: Shape) -> Iterator[ShapeTrouble]:
    share = shape.difference(district).area / shape.area
    if share > MAY_OVERLAP:
        percent = round(100 * share)
        yield ShapeTrouble(
            area_id=area.area_id,
            sv=f"Ligger till {percent} procent utanför sin stadsdel.",
            en=f"Lies to {percent} per cent outside its district.",
        )


def _checked(part: Any) -> Polygon:
    if not isinstance(part, list) or not part:
        raise ShapeTrouble(sv="Området saknar gräns.", en="The area has no border.")
    rings = tuple(_ring(ring) for ring in part)
    shape = _shape(rings)
    if not shape.is_valid:
        raise _invalid(shape)
    rounded = tuple(_rounded(ring) for ring in rings)
    whole = tuple(ring for ring in rounded if len(ring) >= 4)
    if not whole or len(rounded[0]) < 4:
        raise ShapeTrouble(
            sv="Området är mindre än en meter tvärs över.", en="The area is less than a metre across."
        )
    return whole if _shape(whole).is_valid else _mended(whole)


def _ring(written: Any) -> Ring:
    """A ring as it was written; the first corner must come again at the end."""
    corners = written if isinstance(written, list) else []
    ring = tuple((float(x), float(y)) for x, y in (_corner(each) for each in corners))
    if len(ring) < 4:
        raise ShapeTrouble(
            sv="En gräns har för få hörn. Minst tre behövs, och det första igen sist.",
            en="A border has too few corners. It needs three at least, and the first again at the end.",
        )
    if ring[0] != ring[-1]:
        raise ShapeTrouble(
            sv="En gräns är inte sluten: sista hörnet ska vara detsamma som det första.",
            en="A border is not closed: its last corner must be the same as its first.",
        )
    return ring


def _corner(written: Any) -> tuple[float, float]:
    numbers = written[:2] if isinstance(written, list) else []
    if len(numbers) != 2 or not all(
        isinstance(each, int | float) and not isinstance(each, bool) and isfinite(each) for each in numbers
    ):
        raise ShapeTrouble(
            sv="Ett hörn är inte longitud och latitud.", en="A corner is not longitude and latitude."
        )
    longitude, latitude = numbers
    if abs(latitude) > 90:
        raise ShapeTrouble(
            sv="En latitud är större än 90. Skriv longituden först, sedan latituden.",
            en="A latitude is larger than 90. Write the longitude first, then the latitude.",
        )
    return longitude, latitude


def _rounded(ring: Ring) -> Ring:
    corners = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring]
    kept = [corners[0], *(after for before, after in pairwise(corners) if before != after)]
    return tuple(kept)


def _mended(rings: Polygon) -> Polygon:
    """Rounding can fold a narrow corner over itself: the grid keeps what is left whole."""
    snapped = shapely.set_precision(_shape(rings).buffer(0), 10**-DECIMALS)
    parts = [each for each in getattr(snapped, "geoms", [snapped]) if isinstance(each, Shape)]
    largest = max(parts, key=lambda each: float(each.area))
    return tuple(
        tuple((round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring.coords)
        for ring in (largest.exterior, *largest.interiors)
    )


def _invalid(shape: Shape) -> ShapeTrouble:
    reason, _, where = explain_validity(shape).partition("[")
    at = ", ".join(f"{float(each):.5f}" for each in where.rstrip("]").split()) if where else ""
    words = REASONS.get(reason.strip(), UNSOUND)
    return ShapeTrouble(sv=f"{words.sv} Det är vid {at}." if at else words.sv,
                        en=f"{words.en} It is at {at}." if at else words.en)  # fmt: skip


def _shape(rings: Polygon) -> Shape:
    return Shape(rings[0], rings[1:])


#: What shapely calls what is wrong with a surface.
REASONS: Final[Mapping[str, Words]] = {
    "Self-intersection": Words(sv="Gränsen korsar sig själv.", en="The border crosses itself."),
    "Ring Self-intersection": Words(
        sv="Gränsen möter sig själv i ett hörn.", en="The border meets itself in a corner."
    ),
    "Hole lies outside shell": Words(
        sv="Ett hål ligger utanför området.", en="A hole lies outside the area."
    ),
    "Holes are nested": Words(sv="Ett hål ligger i ett annat hål.", en="A hole lies in another hole."),
    "Interior is disconnected": Words(sv="Ett hål delar området i två.", en="A hole parts the area in two."),
}
UNSOUND: Final = Words(sv="Gränsen är ingen hel yta.", en="The border is no whole surface.")
