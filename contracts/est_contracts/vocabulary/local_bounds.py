"""Organisation model B: the areas that a coordinator's seat is bound to; a strategic one is bound to none."""

from collections.abc import Iterator
from datetime import date

from est_contracts.vocabulary.collaboration import CollaborationDocument
from est_contracts.vocabulary.roles import Role


def has_local_groups(document: CollaborationDocument) -> bool:
    return document.organisation_model == "B" and bool(document.local_groups)


def bound_to(document: CollaborationDocument, function: str, *, today: date) -> frozenset[str] | None:
    """The areas of the seats that somebody fills today; None as soon as one of them is bound to none."""
    bound: set[str] = set()
    for seat in _seats_filled(document, function, today=today):
        areas = _areas_of(document, seat)
        if not areas or _is_the_partys_only_choice(document, seat):
            return None
        bound |= areas
    return frozenset(bound) | {each.area_id for each in document.areas if each.within in bound}


def _seats_filled(document: CollaborationDocument, function: str, *, today: date) -> Iterator[str]:
    """One's own, and those of the periods of duty that go on."""
    yield function
    for duty in document.duty_periods:
        if duty.filled_by == function and duty.first_day <= today <= duty.last_day:
            yield duty.function_id


def _areas_of(document: CollaborationDocument, seat: str) -> set[str]:
    """A seat that is bound to areas is bound to those of its local groups as well."""
    own = {area for each in document.functions if each.function_id == seat for area in each.area_ids}
    groups = (each.area_ids for each in document.local_groups if seat in each.members)
    return own | {area for areas in groups for area in areas} if own else set()


def _is_the_partys_only_choice(document: CollaborationDocument, seat: str) -> bool:
    """Where all of a party's coordinators are bound, one of them has to sign the strategic picture."""
    parties = {each.organisation_id: each.party for each in document.organisations}
    own = {parties[each.organisation_id] for each in document.functions if each.function_id == seat}
    coordinators = document.functions_with(Role.COORDINATOR)
    return all(each.area_ids for each in coordinators if parties[each.organisation_id] in own)
