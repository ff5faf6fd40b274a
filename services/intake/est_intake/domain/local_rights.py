"""Organisation model B: what a local group's coordinator may change of the set-up, and what is for all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from est_contracts.vocabulary import (
    CalendarEntry,
    CollaborationDocument,
    DutyPeriod,
    FieldError,
    Function,
    NamedPlace,
    Rejected,
    Words,
)
from est_contracts.vocabulary.local_bounds import bound_to, has_local_groups
from est_intake.domain.seat_rights import is_open

T = TypeVar("T", bound=Hashable)

FOR_ALL = Words(
    sv="Det här gäller mer än dina egna områden. En samordnare utan egna områden ändrar det, eller den som"
    " driver huset.",
    en="This is about more than your own areas. A coordinator without areas of its own changes it, or"
    " whoever runs the house.",
)
#: What everyone may know of a seat, without it being able to do more than before.
OF_A_SEAT = frozenset({"title", "substitute", "email", "telephone"})
#: Parts whose things lie in areas; everything else is how all of the municipality works together.
WITHIN_AREAS = frozenset({"functions", "duty_periods", "places", "calendar"})


class SetUpIsForAll(Rejected):
    """A local coordinator's change would reach beyond its own areas."""

    code = "set_up_is_for_all"
    http_status = 422
    words = Words(
        sv="Som samordnare för en lokal grupp ändrar du det som ligger i dina egna områden: platser,"
        " inrapportörer, tjänstgöring och kalender. Det andra ändrar den strategiska gruppens samordnare.",
        en="As a local group's coordinator you change what lies in your own areas: places, reporters,"
        " periods of duty and the calendar. The rest is changed by the strategic group's coordinators.",
    )


def refuse_what_is_for_all(
    before: CollaborationDocument, after: CollaborationDocument, *, coordinator: str | None, today: date
) -> None:
    """Raise a refusal that names each place in which a local coordinator reaches beyond its own areas."""
    areas = areas_of_ones_own(before, coordinator=coordinator, today=today)
    errors = () if areas is None else tuple(_Reach(before, after, areas).beyond())
    if errors:
        raise SetUpIsForAll(errors=errors)


def areas_of_ones_own(
    document: CollaborationDocument, *, coordinator: str | None, today: date
) -> frozenset[str] | None:
    """The areas that a local coordinator is bound to; None for whoever may change everything."""
    if coordinator is None or not has_local_groups(document):
        return None
    return bound_to(document, coordinator, today=today)


@dataclass(frozen=True)
class _Reach:
    """A change of the set-up, held against the areas that somebody is bound to."""

    before: CollaborationDocument
    after: CollaborationDocument
    areas: frozenset[str]

    def beyond(self) -> Iterator[FieldError]:
        for part in CollaborationDocument.model_fields:
            if part not in WITHIN_AREAS and getattr(self.before, part) != getattr(self.after, part):
                yield FieldError(part, FOR_ALL)
        yield from self._seats()
        yield from self._things("duty_periods", self._duty_is_ours)
        yield from self._things("places", self._place_is_ours)
        yield from self._things("calendar", self._days_are_ours)

    def _seats(self) -> Iterator[FieldError]:
        stood = {each.function_id: each for each in self.before.functions}
        for place, seat in enumerate(self.after.functions):
            was = stood.pop(seat.function_id, None)
            if seat != was and not self._seat_may_change(was, seat):
                yield FieldError(f"functions.{place}.{_first_difference(was, seat)}", FOR_ALL)
        if not all(is_open(gone) and self._is_ours(gone.area_ids) for gone in stood.values()):
            yield FieldError("functions", FOR_ALL)

    def _seat_may_change(self, was: Function | None, seat: Function) -> bool:
        versions = [seat, *([was] if was else [])]
        if not all(self._is_ours(each.area_ids) for each in versions):
            return False
        return all(map(is_open, versions)) or (was is not None and _differences(was, seat) <= OF_A_SEAT)

    def _things(self, part: str, is_ours: Callable[[T, CollaborationDocument], bool]) -> Iterator[FieldError]:
        stood: Sequence[T] = getattr(self.before, part)
        stands: Sequence[T] = getattr(self.after, part)
        for place, thing in enumerate(stands):
            if thing not in stood and not is_ours(thing, self.after):
                yield FieldError(f"{part}.{place}", FOR_ALL)
        if not all(is_ours(gone, self.before) for gone in stood if gone not in stands):
            yield FieldError(part, FOR_ALL)

    def _duty_is_ours(self, duty: DutyPeriod, document: CollaborationDocument) -> bool:
        return self._is_ours(document.function(duty.function_id).area_ids)

    def _place_is_ours(self, place: NamedPlace, _document: CollaborationDocument) -> bool:
        return place.area_id in self.areas

    def _days_are_ours(self, entry: CalendarEntry, _document: CollaborationDocument) -> bool:
        return self._is_ours(entry.area_ids)

    def _is_ours(self, area_ids: Sequence[str]) -> bool:
        """Of no area is of all of them."""
        return bool(area_ids) and self.areas.issuperset(area_ids)


def _differences(was: Function, seat: Function) -> set[str]:
    return {name for name in Function.model_fields if getattr(was, name) != getattr(seat, name)}


def _first_difference(was: Function | None, seat: Function) -> str:
    different = _differences(was, seat) if was else {"area_ids" if is_open(seat) else "roles"}
    return next(name for name in ("area_ids", *Function.model_fields) if name in different)
