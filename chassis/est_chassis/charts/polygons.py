"""Where in a shape there is room for its name."""

from collections.abc import Iterator, Sequence
from math import hypot

from est_chassis.charts.drawing import Point

Ring = tuple[Point, ...]
SCAN_LINES = 16


def label_places(rings: Sequence[Ring]) -> list[Point]:
    """Places inside the shape, those farthest from its edges first."""
    ys = [y for _, y in rings[0]]
    top, bottom = min(ys), max(ys)
    candidates = [
        (left + (right - left) * part, y)
        for step in range(1, SCAN_LINES)
        for y in [top + (bottom - top) * step / SCAN_LINES]
        for left, right in _stretches(rings, y)
        for part in (0.3, 0.4, 0.5, 0.6, 0.7)
    ]
    return sorted(candidates, key=lambda place: -_distance_to_edges(rings, place)) or [rings[0][0]]


def room_at(rings: Sequence[Ring], place: Point) -> float:
    """How wide something centred there may be without leaving the shape."""
    x, y = place
    for left, right in _stretches(rings, y):
        if left <= x <= right:
            return 2 * min(x - left, right - x)
    return 0.0


def _stretches(rings: Sequence[Ring], y: float) -> list[tuple[float, float]]:
    """Where a horizontal line runs inside the shape."""
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in _edges(rings)
        if (y1 <= y) != (y2 <= y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _distance_to_edges(rings: Sequence[Ring], place: Point) -> float:
    return min(_distance(place, start, end) for start, end in _edges(rings))


def _distance(place: Point, start: Point, end: Point) -> float:
    along = (end[0] - start[0], end[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    towards = (place[0] - start[0]) * along[0] + (place[1] - start[1]) * along[1]
    part = min(1.0, max(0.0, towards / length)) if length else 0.0
    return hypot(place[0] - start[0] - part * along[0], place[1] - start[1] - part * along[1])


def _edges(rings: Sequence[Ring]) -> Iterator[tuple[Point, Point]]:
    for ring in rings:
        yield from zip(ring, [*ring[1:], ring[0]], strict=True)
