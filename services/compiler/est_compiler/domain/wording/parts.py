"""A suggested sentence: what it is about, what it says, and what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from est_compiler.domain.picture import Picture
from est_contracts.vocabulary import Theme, Words


class SentenceKey(StrEnum):
    """What a sentence is about; a person keeps or drops it by this name."""

    TOTAL = "total"
    COVERAGE = "coverage"
    THEME = "theme"
    SEVERE = "severe"
    TIME = "time"
    POSITIVE = "positive"
    PROBLEMS = "problems"
    OTHERS_LOW = "others_low"
    AHEAD = "ahead"
    CHANGES = "changes"
    SECOND_THEME = "second_theme"
    PLACE = "place"


class BehindKind(StrEnum):
    """Where one finds what a sentence rests on."""

    REPORTS = "reports"
    COVERAGE = "coverage"
    PROBLEMS = "problems"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Behind:
    """What a sentence rests on (meningens underlag), so that one can look; what is left out does not limit.

    The names are those of intake's inbox. No areas means the whole municipality.
    """

    kind: BehindKind
    first_day: date
    last_day: date
    areas: tuple[str, ...] = ()
    theme: Theme | None = None
    place: str | None = None
    severity_at_least: int | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One suggested sentence."""

    key: SentenceKey
    words: Words
    behind: Behind


def reports_behind(
    picture: Picture,
    *,
    areas: tuple[str, ...] | None = None,
    theme: Theme | None = None,
    place: str | None = None,
    severity_at_least: int | None = None,
) -> Behind:
    """The reports of the picture's days and areas, narrowed down."""
    return Behind(
        BehindKind.REPORTS,
        first_day=picture.first_day,
        last_day=picture.last_day,
        areas=picture.scope_areas if areas is None else areas,
        theme=theme,
        place=place,
        severity_at_least=severity_at_least,
    )


def behind(picture: Picture, kind: BehindKind, *, problems: Iterable[str] = ()) -> Behind:
    """What else of the picture's days and areas a sentence rests on."""
    return Behind(
        kind,
        first_day=picture.first_day,
        last_day=picture.last_day,
        areas=picture.scope_areas,
        problems=tuple(problems),
    )


def joined(*parts: Words | None, by: str = "; ") -> Words:
    """One sentence of several parts, with its full stop; what there is nothing to say of is left out."""
    said = [each for each in parts if each is not None]
    return Words(sv=by.join(each.sv for each in said) + ".", en=by.join(each.en for each in said) + ".")
