"""Boxes around what lies on the map: west, south, east, north in degrees (WGS 84)."""

from collections.abc import Iterable, Sequence

Box = tuple[float, float, float, float]
Shape = Sequence[Sequence[tuple[float, float]]]


def box_of(shapes: Iterable[Shape]) -> Box | None:
    """Around all of them; None where there is none."""
    points = [point for shape in shapes for ring in shape for point in ring]
    if not points:
        return None
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def meet(own: Box | None, asked: Box) -> bool:
    """Whether two boxes have a point in common; what has no shape meets none."""
    if own is None:
        return False
    west, south, east, north = asked
    meets_across = own[0] <= east and own[2] >= west
    if west > east:
        # The box goes over the line where the days change.
        meets_across = own[2] >= west or own[0] <= east
    return meets_across and own[1] <= north and own[3] >= south
