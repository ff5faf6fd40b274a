"""Organisation model B: who works on which picture, and what the local groups have published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from est_compiler.domain.compiling.around import PictureKey
from est_compiler.domain.compiling.refusals import PictureIsAnotherGroups
from est_contracts.vocabulary import CollaborationDocument, Level, Role, Words


@dataclass(frozen=True, slots=True)
class LocalPicture:
    """A local group's published picture (lokal lägesbild); without a version there is none of the period."""

    group: str
    name: str
    version: int | None = None
    level: Level | None = None
    headline: Words | None = None
    sentences: tuple[Words, ...] = ()
    reports: int | None = None
    #: Of the version as it was frozen.
    fingerprint: str | None = None

    def as_stored(self) -> dict[str, Any]:
        return {
            "group": self.group,
            "name": self.name,
            "version": self.version,
            "level": self.level and str(self.level),
            "headline": self.headline and self.headline.model_dump(),
            "sentences": [each.model_dump() for each in self.sentences],
            "reports": self.reports,
            "fingerprint": self.fingerprint,
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            group=stored["group"],
            name=stored["name"],
            version=stored["version"],
            level=Level(stored["level"]) if stored["level"] else None,
            headline=Words(**stored["headline"]) if stored["headline"] else None,
            sentences=tuple(Words(**each) for each in stored["sentences"]),
            reports=stored["reports"],
            fingerprint=stored["fingerprint"],
        )


def gathers_local_pictures(document: CollaborationDocument, key: PictureKey) -> bool:
    """The strategic picture is of the whole municipality; the local groups' pictures flow into it."""
    return has_local_groups(document) and key.scope.is_whole


def has_local_groups(document: CollaborationDocument) -> bool:
    return document.organisation_model == "B" and bool(document.local_groups)


def refuse_another_groups_picture(
    document: CollaborationDocument, key: PictureKey, *, function: str, today: date
) -> None:
    """A local coordinator works on pictures of its own areas; who is bound to none works on all of them."""
    if not may_compile(document, key, function=function, today=today):
        raise PictureIsAnotherGroups


def may_compile(document: CollaborationDocument, key: PictureKey, *, function: str, today: date) -> bool:
    """Whether a coordinator compiles, signs and publishes a picture, and does not only read it."""
    if not has_local_groups(document):
        return True
    areas = _bound_to(document, function, today=today)
    return areas is None or (not key.scope.is_whole and key.areas_in(document) <= areas)


def _bound_to(document: CollaborationDocument, function: str, *, today: date) -> frozenset[str] | None:
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
