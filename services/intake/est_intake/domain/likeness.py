"""Which reports may tell of the same incident: a suggestion with its reasons. A person decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, hypot, radians
from typing import Protocol
from uuid import UUID

from est_contracts.vocabulary import Coordinates, Words

#: Two people seldom agree on when it was; after half a day it is another incident.
WITHIN = timedelta(hours=12)
METRES_OF_A_DEGREE = 111_200
CLOSE_METRES = 250
MOST_SUGGESTED = 10
#: Below this so little speaks for it that it would only be in the way.
WORTH_SHOWING = 60


class Sighting(Protocol):
    """What likeness asks of a report."""

    @property
    def report_id(self) -> UUID: ...
    @property
    def checklist_entry(self) -> str: ...
    @property
    def theme(self) -> str: ...
    @property
    def area(self) -> str | None: ...
    @property
    def point(self) -> Coordinates | None: ...
    @property
    def happened_at(self) -> datetime: ...
    @property
    def function(self) -> str: ...
    @property
    def sent_together(self) -> UUID | None: ...


@dataclass(frozen=True)
class Likeness:
    """How much speaks for two reports telling of one incident (0 to 100), and what."""

    report_id: UUID
    score: int
    reasons: tuple[Words, ...]


Reason = tuple[int, Words]


def duplicates_among(
    others: Iterable[Sighting], *, of: Sighting, neighbours: frozenset[str] = frozenset()
) -> list[Likeness]:
    """Those of the same theme, near in time and place, for which enough speaks; the likeliest first."""
    found = [
        _likeness(other, tuple(_reasons(other, of, neighbours)))
        for other in others
        if _may_be_the_same(other, of, neighbours)
    ]
    worth_showing = [each for each in found if each.score >= WORTH_SHOWING]
    return sorted(worth_showing, key=lambda each: (-each.score, str(each.report_id)))[:MOST_SUGGESTED]


def _may_be_the_same(other: Sighting, one: Sighting, neighbours: frozenset[str]) -> bool:
    is_near = other.area is None or one.area is None or other.area in {one.area, *neighbours}
    is_soon = abs(other.happened_at - one.happened_at) <= WITHIN
    is_another = other.report_id != one.report_id and not _were_told_as_several(other, one)
    return is_another and other.theme == one.theme and is_near and is_soon


def _were_told_as_several(other: Sighting, one: Sighting) -> bool:
    """Whoever sends several incidents at once has said that they are several."""
    is_one_sending = one.sent_together is not None and other.sent_together == one.sent_together
    return is_one_sending and other.function == one.function


def _likeness(other: Sighting, reasons: tuple[Reason, ...]) -> Likeness:
    weight = sum(points for points, _ in reasons)
    return Likeness(other.report_id, min(100, weight), tuple(words for _, words in reasons))


def _reasons(other: Sighting, one: Sighting, neighbours: frozenset[str]) -> Iterator[Reason]:
    yield _about_time(abs(other.happened_at - one.happened_at))
    yield _about_place(other, one, neighbours)
    if other.checklist_entry == one.checklist_entry:
        yield 20, Words(sv="Samma punkt i checklistan.", en="The same entry of the checklist.")
    else:
        yield 5, Words(sv="Samma tema.", en="The same theme.")
    if other.function != one.function:
        yield 10, Words(sv="En annan funktion har rapporterat.", en="Another function has reported.")


def _about_time(apart: timedelta) -> Reason:
    if apart <= timedelta(minutes=30):
        return 35, Words(sv="Samma halvtimme.", en="Within the same half-hour.")
    hours = max(1, round(apart / timedelta(hours=1)))
    words = Words(
        sv=f"{hours} timmar isär." if hours > 1 else "En timme isär.",
        en=f"{hours} hours apart." if hours > 1 else "An hour apart.",
    )
    return (30 if hours == 1 else 20 if hours <= 4 else 10), words


def _about_place(other: Sighting, one: Sighting, neighbours: frozenset[str]) -> Reason:
    metres = _metres_between(other.point, one.point)
    if metres is not None and metres <= CLOSE_METRES:
        return 35, Words(
            sv=f"Punkterna ligger {metres} meter isär.", en=f"The points are {metres} metres apart."
        )
    if other.area is not None and other.area == one.area:
        return 25, Words(sv="Samma område.", en="The same area.")
    if other.area in neighbours:
        return 10, Words(sv="Grannområdet.", en="The area beside it.")
    return 5, Words(sv="Området är inte angivet i båda.", en="The area is not given in both.")


def _metres_between(one: Coordinates | None, other: Coordinates | None) -> int | None:
    """Near enough on so short a way, rounded to ten metres: points are no more exact."""
    if one is None or other is None:
        return None
    east = (one.longitude - other.longitude) * cos(radians(one.latitude))
    return 10 * round(hypot(east, one.latitude - other.latitude) * METRES_OF_A_DEGREE / 10)
