"""Where a report counts, whatever has become of it and in whatever order one hears of it."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from est_analysis.domain.history import Series
from est_contracts.vocabulary import Week


class Place(NamedTuple):
    """Where a report is counted: in which series and week, and for which organisation."""

    series: Series
    week: Week
    organisation: str


class Change(NamedTuple):
    """A report more in a place, or one fewer."""

    place: Place
    reports: int


@dataclass(frozen=True)
class Standing:
    """What a report says last, as far as it could count, and whether it counts.

    Both are kept, each with its position in intake's log: a duplicate that is corrected counts no more
    for that, and one that counts again says what it said last.
    """

    place: Place | None = None
    said_at: int = 0
    counts: bool = True
    turned_at: int = 0

    @property
    def counted_in(self) -> Place | None:
        return self.place if self.counts else None

    def saying(self, place: Place | None, *, position: int) -> "Standing":
        return replace(self, place=place, said_at=position) if position > self.said_at else self

    def turned(self, *, counts: bool, position: int) -> "Standing":
        return replace(self, counts=counts, turned_at=position) if position > self.turned_at else self


def changes_between(before: Standing, after: Standing) -> tuple[Change, ...]:
    """What a step changes in the counts: what is one fewer stands first."""
    if before.counted_in == after.counted_in:
        return ()
    places = ((before.counted_in, -1), (after.counted_in, 1))
    return tuple(Change(place, reports) for place, reports in places if place is not None)
