"""What a picture is drawn from: everything that was known of a municipality at two positions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from est_compiler.domain.picture import Count, Known
from est_contracts.vocabulary import (
    AreaId,
    CollaborationDocument,
    MeasureKind,
    Party,
    PicturePeriod,
    PictureScope,
    Theme,
    Words,
)


class Slot(StrEnum):
    """Which of the four periods that a picture holds against each other."""

    NOW = "now"
    PREVIOUS = "previous"
    BEFORE_PREVIOUS = "before_previous"
    LAST_YEAR = "last_year"


@dataclass(frozen=True, slots=True)
class Tally:
    """So many reports that are alike in everything a picture counts.

    What stands in a block of counts has neither weekday nor hour, place nor severity, and counts where the
    block's period ends; `in_public` is None for what was reported one by one.
    """

    slot: Slot
    area: str | None
    theme: Theme
    entry: str
    organisation: str
    party: Party
    reports: int
    severity: int | None = None
    weekday: int | None = None
    hour: int | None = None
    place: str | None = None
    in_public: bool | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A function has said something about a reporting period: reports, a return or a block."""

    function: str
    period: str
    last_day: date
    #: True when all it has said is that there is nothing to report.
    nothing: bool


@dataclass(frozen=True, slots=True)
class ReturnedValue:
    """One value of one return: of an entry, or (entry is None) of an area as a whole."""

    entry: str | None
    theme: Theme | None
    area: AreaId | None
    party: Party
    value: int


@dataclass(frozen=True, slots=True)
class GivenRisk:
    """The risk value that a reporting period was given."""

    period: str
    first_day: date
    value: int


@dataclass(frozen=True, slots=True)
class ToCome:
    """Reports of an expected entry, by the day for which it is expected."""

    entry: str
    area: str | None
    day: date
    reports: int


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday, or a day that is one in practice (midsommarafton)."""

    day: date
    name: Words


@dataclass(frozen=True, slots=True)
class ToldMeasure:
    """A measure as analysis has told of it."""

    measure: str
    kind: MeasureKind
    function: str
    decided_on: date
    due_on: date | None
    completed_on: date | None


@dataclass(frozen=True, slots=True)
class ToldProblem:
    """A problem as analysis has told of it; `state` is proposed, confirmed or dismissed."""

    problem: str
    area: str
    theme: Theme
    state: str
    flagged_on: date
    changed_on: date
    evidence: Words
    measures: tuple[ToldMeasure, ...]


@dataclass(frozen=True, slots=True)
class EarlierAnalysis:
    """What people found of a problem when it was flagged before (tidigare analys), and what they decided."""

    problem: str
    state: str
    flagged_on: date
    decided_on: date
    measures: int


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What was known of a municipality at positions of two logs, as far as one picture needs it.

    Counts and values are of the picture's areas only; days are by the calendar in Stockholm.
    """

    municipality: str
    period: PicturePeriod
    scope: PictureScope
    known: Known
    #: None is the whole municipality.
    areas: frozenset[str] | None
    tallies: tuple[Tally, ...]
    #: By the first day of each of the last 53 weeks (weeks of the municipality's calendar); none is zero.
    recent_weeks: Mapping[date, Count]
    #: The first day of which anything was known; None where nothing was.
    first_day: date | None
    #: The set-up that was in force when the period was due.
    collaboration: CollaborationDocument | None
    #: The day in Stockholm when the last fact that is known was recorded: by then has begun what is due.
    known_on: date | None = None
    #: By function and reporting period, of the four periods and of the 53 weeks; None where nobody has asked.
    heard: tuple[Heard, ...] | None = None
    returned: tuple[ReturnedValue, ...] = ()
    risk_values: tuple[GivenRisk, ...] = ()
    to_come: tuple[ToCome, ...] = ()
    #: Reports of `periods_in_earlier_years`, by their first days; none is zero.
    earlier_years: Mapping[date, Count] | None = None
    holidays: tuple[Holiday, ...] = ()
    #: The latest set-up that is known: what has come since then is called as it says.
    set_up_since: CollaborationDocument | None = None
    problems: tuple[ToldProblem, ...] = ()
