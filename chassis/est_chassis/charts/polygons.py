"""Where in a shape there is room for its name."""

from collections.abc import Sequence

from est_chassis.charts.drawing import Point

Ring = Sequence[Point]
SCAN_LINES = 15


def label_place(rings: Sequence[Ring]) -> tuple[Point, float]:
    """The middle of the widest stretch across the shape, and how wide that is; always inside the shape."""
    ys = [y for _, y in rings[0]]
    top, bottom = min(ys), max(ys)
    best: tuple[float, Point, float] = (-1.0, rings[0][0], 0.0)
    for step in range(1, SCAN_LINES):
        y = top + (bottom - top) * step / SCAN_LINES
        # Near the upper or lower edge a name would stick out, however wide the shape is there.
        room_above_and_below = min(y - top, bottom - y)
        for left, right in _stretches(rings, y):
            worth = (right - left) * min(room_above_and_below, 30.0)
            best = max(best, (worth, ((left + right) / 2, y), right - left))
    return best[1], best[2]


def _stretches(rings: Sequence[Ring], y: float) -> list[tuple[float, float]]:
    """Where a horizontal line runs inside the shape."""
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in rings
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (y1 <= y) != (y2 <= y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))
