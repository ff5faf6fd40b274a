"""Of where a picture is: the whole municipality, or some of its areas."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from est_contracts.vocabulary.wording import Words

if TYPE_CHECKING:
    from est_contracts.vocabulary.collaboration import CollaborationDocument

#: The areas that are watched more closely, whichever they are in the period.
PRIORITY = "priority"
_NAME = re.compile(r"[A-Za-z0-9_]{1,60}")
MOST_NAMES = 50
MOST_NAMES_SAID = 5
_PRIORITY_WORDS = Words(sv="prioriterade områden", en="priority areas")


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

    def words(self, document: "CollaborationDocument | None") -> Words | None:
        """What people call it; None for the whole municipality. A name nobody knows stands as it is."""
        if self.is_whole:
            return None
        named = dict(_named_parts(document)) if document else {}
        known = {PRIORITY: _PRIORITY_WORDS, **named}
        parts = [known.get(name, _as_it_is(name)) for name in self.names]
        if len(parts) > MOST_NAMES_SAID:
            left = len(parts) - MOST_NAMES_SAID + 1
            parts[-left:] = [Words(sv=f"{left} områden till", en=f"{left} more areas")]
        return Words(sv=", ".join(each.sv for each in parts), en=", ".join(each.en for each in parts))

    def area_ids(self, document: "CollaborationDocument", *, quarter: str) -> frozenset[str] | None:
        """The areas that are meant; None is all of them, also what has no area.

        `quarter` says which areas have priority: those decided for it, or else those marked in the set-up.
        """
        if self.is_whole:
            return None
        return frozenset(area for name in self.names for area in _areas_named(name, document, quarter))


def picture_path(municipality: str, *, period: str, scope: str = "", **asked: str) -> str:
    """Where the picture of a period and a scope is shown; what is asked for besides stands last."""
    return f"/pictures/{municipality}/{period}" + _asked(scope=scope, **asked)


def open_picture_path(municipality: str, *, period: str, version: int, scope: str = "") -> str:
    """Where anyone may read the general edition of a version of a public picture."""
    return f"/open/{municipality}/{period}/v{version}" + _asked(scope=scope)


def _asked(**asked: str) -> str:
    query = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(query, safe=',')}" if query else ""


def _named_parts(document: "CollaborationDocument") -> Iterable[tuple[str, Words]]:
    for area in document.areas:
        yield area.area_id, _as_it_is(area.name)
    for group in document.local_groups:
        yield group.group_id, _as_it_is(group.name)


def _as_it_is(name: str) -> Words:
    return Words(sv=name, en=name)


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
