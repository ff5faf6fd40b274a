"""The areas of a view as GeoJSON (RFC 7946): each with its polygon and its numbers.

What is in no area is a feature too, without a geometry: who adds the features up gets all reports, once.
"""

import itertools
import json
from collections.abc import Sequence
from typing import Any

from est_compiler.domain.viewing.boxes import box_of
from est_compiler.domain.viewing.undivided import UNDIVIDED, placed
from est_compiler.domain.viewing.view import Figure, MapArea, View
from est_compiler.formats.as_csv import hidden_as

Position = tuple[float, float]


def as_geojson(view: View) -> str:
    """All areas, and what is in none; those without a polygon have no geometry, but their numbers."""
    features = [feature(area, view) for area in placed(view)]
    document: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": features,
        "municipality": view.municipality,
        "period": view.period,
        "scope": view.scope,
        "edition": view.edition,
        "version": view.stated.version,
        "public_words": view.public_words
        if isinstance(view.public_words, str | None)
        else view.public_words.sv,
        "fingerprint": view.fingerprint,
    }
    bbox = box_of(area.polygon for block in view.maps for area in block.areas)
    if bbox is not None:
        document["bbox"] = bbox
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def feature(area: MapArea, view: View) -> dict[str, Any]:
    """An area with its numbers; of a hidden one it is told why it is not there."""
    return {
        "type": "Feature",
        "id": area.area,
        "geometry": geometry(area),
        "properties": {
            "level": "undivided" if area.area == UNDIVIDED else "area",
            "area": None if area.area == UNDIVIDED else area.area,
            "name": area.name,
            "within": area.within,
            "priority": area.priority,
            "municipality": view.municipality,
            "period": view.period,
            **_numbers(reports=area.reports, previous=area.previous, severe=area.severe),
        },
    }


def geometry(area: MapArea) -> dict[str, Any] | None:
    """The outer ring counterclockwise and the holes clockwise, as the standard asks."""
    if not area.polygon:
        return None
    outer, *holes = area.polygon
    rings = [
        _turned(outer, counterclockwise=True),
        *(_turned(each, counterclockwise=False) for each in holes),
    ]
    return {"type": "Polygon", "coordinates": rings}


def _numbers(**figures: Figure) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, figure in figures.items():
        told[name] = None if figure.value is None else int(figure.value)
        if figure.hidden:
            told[f"{name}_hidden"] = hidden_as(figure)
    return told


def _turned(ring: Sequence[Position], *, counterclockwise: bool) -> list[list[float]]:
    twice_the_area = sum(
        first[0] * second[1] - second[0] * first[1] for first, second in itertools.pairwise(ring)
    )
    in_order = ring if (twice_the_area > 0) is counterclockwise else tuple(reversed(ring))
    return [list(point) for point in in_order]
