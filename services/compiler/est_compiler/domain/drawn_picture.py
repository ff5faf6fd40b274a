"""A picture that has been drawn: its exact bytes, their fingerprint, and what it was made from."""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

from est_compiler.domain.picture import Known, Picture
from est_contracts.vocabulary import Words


@dataclass(frozen=True, slots=True)
class LateReports:
    """Reports of an earlier period that came in after its picture was published."""

    period: str
    reports: int


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture, the position it was made from, and what came late for the pictures before it."""

    picture: Picture
    known: Known
    late: tuple[LateReports, ...]
    #: The template of the set-up that it was drawn by; None where nothing was set up.
    template: str | None = None

    @property
    def made_from(self) -> int:
        """How far intake's log was known."""
        return self.known.intake

    @property
    def content(self) -> str:
        return canonical(self.picture)

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.content)


def canonical(picture: Picture) -> str:
    """The one way to write a picture: the same numbers are always the same bytes."""
    return json.dumps(picture, default=as_fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint_of(content: str) -> str:
    """SHA-256 of a picture's exact bytes."""
    return sha256(content.encode()).hexdigest()


def as_fields(thing: object) -> Any:
    """The fields of one of the classes above, by name; a day as it is written."""
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, Words):
        return {"sv": thing.sv, "en": thing.en}
    if not is_dataclass(thing):
        raise TypeError(f"{type(thing).__name__} has no place in a picture")
    return {name: getattr(thing, name) for name in _field_names(thing.__class__)}


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
