"""Of where a picture is: the whole municipality, or some of its areas."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from est_contracts.vocabulary.collaboration import CollaborationDocument

#: The areas that are watched more closely, whichever they are in the period.
PRIORITY = "priority"
_NAME = re.compile(r"[A-Za-z0-9_]{1,60}")
MOST_NAMES = 50


class InvalidScope(ValueError):
    """What was given names no part of the municipality."""

    def __init__(self, given: str) -> None:
        super().__init__(f"no such scope: {given!r}")


@dataclass(frozen=True, order=True, slots=True)
class PictureScope:
    """Of where a picture is (bildens område): areas, local groups or `priority`; none is all of it.

    A district (stadsdel) means all the areas in it, a local group all of its areas.
    """

    names: tuple[str, ...] = ()

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read a scope as it is written: nothing, 9901R001, 9901R001,9901R002, norra_gruppen or priority."""
        names = written.split(",") if written else []
        if len(names) > MOST_NAMES or not all(_NAME.fullmatch(name) for name in names):
            raise InvalidScope(written[:80])
        return cls.of(names)

    @classmethod
    def of(cls, names: Iterable[str]) -> Self:
        return cls(tuple(sorted(set(names))))

    def __str__(self) -> str:
        return ",".join(self.names)

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole municipality."""
        return not self.names

    def area_ids(self, document: "CollaborationDocument", *, quarter: str) -> frozenset[str] | None:
        """The areas that are meant; None is all of them, also what has no area.

        `quarter` says which areas have priority: those decided for it, or else those marked in the set-up.
        """
        if self.is_whole:
            return None
        return frozenset(area for name in self.names for area in _areas_named(name, document, quarter))


def _areas_named(name: str, document: "CollaborationDocument", quarter: str) -> Iterable[str]:
    if name == PRIORITY:
        return priority_area_ids(document, quarter)
    for group in document.local_groups:
        if group.group_id == name:
            return [area for named in group.area_ids for area in _with_parts(named, document)]
    if any(area.area_id == name for area in document.areas):
        return _with_parts(name, document)
    raise InvalidScope(name)


def priority_area_ids(document: "CollaborationDocument", quarter: str) -> tuple[str, ...]:
    """The priority areas (prioriterade områden) of a quarter."""
    for each in document.priority_areas:
        if each.quarter == quarter:
            return each.area_ids
    return tuple(area.area_id for area in document.areas if area.priority)


def _with_parts(area_id: str, document: "CollaborationDocument") -> list[str]:
    """An area and the areas in it."""
    return [area.area_id for area in document.areas if area_id in (area.area_id, area.within)]
