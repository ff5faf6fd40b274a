"""Where a point lies: in which of a municipality's areas, and which areas are next to each other."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from weakref import WeakKeyDictionary

import shapely

from est_contracts.vocabulary import Area, Coordinates
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.submission import Submission

#: About a hundred metres in our latitudes: areas drawn with a street between them are still neighbours.
BESIDE_DEGREES = 0.0015


class Geography:
    """The polygons of one version of a set-up, prepared once for many questions."""

    def __init__(self, set_up: SetUpInUse) -> None:
        self._areas = [area for area in set_up.document.areas if area.polygon]
        self._shapes = [_shape(area) for area in self._areas]
        self._within = {area.area_id: area.within for area in set_up.document.areas}

    def area_at(self, point: Coordinates) -> str | None:
        """The smallest area that holds the point: a sub-area before its district."""
        if not self._areas:
            return None
        found = self._tree.query(shapely.Point(point.longitude, point.latitude), predicate="intersects")
        return min(((self._shapes[at].area, self._areas[at].area_id) for at in found), default=(0.0, None))[1]

    def neighbours(self, area_id: str | None) -> frozenset[str]:
        """The areas beside one, and those of the same district; not the area itself."""
        beside = {
            self._areas[at].area_id
            for shape, area in zip(self._shapes, self._areas, strict=True)
            if area.area_id == area_id
            for at in self._tree.query(shape, predicate="dwithin", distance=BESIDE_DEGREES)
        }
        district = self._within.get(area_id or "")
        together = {each for each, within in self._within.items() if district and within == district}
        return frozenset(beside | together) - {area_id or ""}

    @cached_property
    def _tree(self) -> shapely.STRtree:
        for shape in self._shapes:
            shapely.prepare(shape)
        return shapely.STRtree(self._shapes)


def geography_of(set_up: SetUpInUse) -> Geography:
    """Kept for as long as the version of the set-up is."""
    known = _KNOWN.get(set_up)
    if known is None:
        known = _KNOWN[set_up] = Geography(set_up)
    return known


def located(submission: Submission, set_up: SetUpInUse) -> Submission:
    """With its area: the one that was named, else the named place's, else the one around the point.

    A point in none of the areas leaves it open: the incident is told for the whole municipality.
    """
    if submission.area is not None or (submission.place is None and submission.point is None):
        return submission
    area = set_up.area_of_place.get(submission.place or "")
    if area is None and submission.point is not None:
        area = geography_of(set_up).area_at(submission.point)
    return replace(submission, area=area)


def _shape(area: Area) -> shapely.Polygon:
    outer, *holes = area.polygon
    return shapely.make_valid(shapely.Polygon(outer, holes))


_KNOWN: WeakKeyDictionary[SetUpInUse, Geography] = WeakKeyDictionary()
