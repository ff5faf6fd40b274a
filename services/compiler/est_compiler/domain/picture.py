"""A situation picture as numbers: what stands in it, its exact bytes and their fingerprint."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from est_contracts.vocabulary import CollaborationDocument, Party, Theme, Week

#: How pictures are drawn today. A new way gets a new number: an old picture can still be drawn as it was.
DRAWN_AS = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """So many reports that are alike in everything a picture counts."""

    period: str
    area: str | None
    theme: Theme
    organisation: str
    party: Party
    severity: int | None
    weekday: int
    hour: int
    reports: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many reports, and how severe: the sum of the given severities, and how many were 4 or 5."""

    reports: int = 0
    severity_total: int = 0
    severe: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.reports + other.reports,
            self.severity_total + other.severity_total,
            self.severe + other.severe,
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """A count against three earlier weeks; None means that nothing is known of that week."""

    now: Count
    previous: Count | None
    before_previous: Count | None
    last_year: Count | None


@dataclass(frozen=True, slots=True)
class ThemeCount(Compared):
    """A theme (tema) in the whole municipality."""

    theme: Theme


@dataclass(frozen=True, slots=True)
class AreaCount(Compared):
    """A sub-area (delområde); `area` is None for what concerns the whole municipality."""

    area: str | None
    name: str
    priority: bool


@dataclass(frozen=True, slots=True)
class OrganisationCount(Compared):
    """An organisation that reports, or that could have: zero is told, not left out."""

    organisation: str
    name: str
    party: Party


@dataclass(frozen=True, slots=True)
class Cell(Compared):
    """One area, one theme, one organisation; only cells with something in them are kept."""

    area: str | None
    theme: Theme
    organisation: str


@dataclass(frozen=True, slots=True)
class WeekCount:
    """One of the last 53 weeks; `count` is None when nothing is known of it."""

    period: str
    count: Count | None


@dataclass(frozen=True, slots=True)
class ComparedWith:
    """The weeks that the counts are held against; None where nothing is known."""

    previous: str | None
    before_previous: str | None
    last_year: str | None


@dataclass(frozen=True, slots=True)
class WeekdayHours:
    """Reports by weekday (Monday first) and hour in Stockholm."""

    now: tuple[tuple[int, ...], ...]
    previous: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A situation picture (lägesbild) of one municipality and one week: numbers and names, no opinions."""

    drawn_as: int
    municipality: str
    municipality_name: str
    period: str
    compared_with: ComparedWith
    total: Compared
    severities: tuple[int, ...]
    not_assessed: int
    themes: tuple[ThemeCount, ...]
    areas: tuple[AreaCount, ...]
    organisations: tuple[OrganisationCount, ...]
    cells: tuple[Cell, ...]
    weekday_hours: WeekdayHours
    recent_weeks: tuple[WeekCount, ...]

    @property
    def week(self) -> Week:
        return Week.parse(self.period)

    @property
    def reports(self) -> int:
        return self.total.now.reports

    @property
    def is_known(self) -> bool:
        """False for a week before the first report of all: nothing is known of it, not even silence."""
        return self.recent_weeks[-1].count is not None

    @property
    def assessed(self) -> int:
        """How many of the reports were given a severity at all."""
        return sum(self.severities)

    @property
    def silent_organisations(self) -> tuple[OrganisationCount, ...]:
        """Those that take part but have reported nothing: silence is not calm."""
        return tuple(each for each in self.organisations if each.now.reports == 0)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What was known of a municipality at a position of intake's log."""

    municipality: str
    tallies: tuple[Tally, ...]
    recent_weeks: Mapping[str, Count]
    first_period: str | None
    collaboration: CollaborationDocument | None


@dataclass(frozen=True, slots=True)
class LateReports:
    """Reports of an earlier week that came in after its picture was published."""

    period: str
    reports: int


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture, the position it was made from, and what came late for the pictures before it."""

    picture: Picture
    made_from: int
    late: tuple[LateReports, ...]

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


def as_fields(thing: object) -> dict[str, Any]:
    """The fields of one of the classes above, by name."""
    if not is_dataclass(thing):
        raise TypeError(f"{type(thing).__name__} has no place in a picture")
    return {name: getattr(thing, name) for name in _field_names(thing.__class__)}


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
