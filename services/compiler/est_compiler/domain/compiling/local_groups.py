"""Organisation model B: who works on which picture, and what the local groups have published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from est_compiler.domain.compiling.around import PictureKey
from est_compiler.domain.compiling.refusals import PictureIsAnotherGroups
from est_contracts.vocabulary import CollaborationDocument, Level, Words
from est_contracts.vocabulary.local_bounds import bound_to, has_local_groups


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
    areas = bound_to(document, function, today=today)
    return areas is None or (not key.scope.is_whole and key.areas_in(document) <= areas)
