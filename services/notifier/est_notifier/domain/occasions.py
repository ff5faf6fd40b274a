"""What calls for an alert: a list of named clauses, each true or false."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from est_contracts.vocabulary import Polarity, Theme, Week

GRAVEST = 5

# A night and a day: what is older than that is read in the picture, nobody is woken by it.
OLD_AFTER = timedelta(hours=24)


class Cause(StrEnum):
    """Why somebody is alerted: how grave a report is, or a problem that keeps coming back."""

    SEVERITY = "severity"
    PROBLEM = "problem"


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """Something that may call for an alert: a report (inrapportering) or a flagged problem."""

    municipality: str
    cause: Cause
    concerns: UUID
    theme: Theme
    area: str | None
    happened_at: datetime
    recorded_at: datetime
    severity: int | None = None
    polarity: Polarity = Polarity.NEGATIVE
    week: Week | None = None


Clause = Callable[[Occasion], bool]


def is_a_report_of_the_gravest_kind(occasion: Occasion) -> bool:
    return occasion.cause == Cause.SEVERITY and occasion.severity == GRAVEST


def is_a_flagged_problem(occasion: Occasion) -> bool:
    return occasion.cause == Cause.PROBLEM


def happened_long_before_it_was_recorded(occasion: Occasion) -> bool:
    return occasion.recorded_at - occasion.happened_at > OLD_AFTER


def is_about_a_week_long_gone(occasion: Occasion) -> bool:
    # Last week is still news: its late reports come in on Monday.
    return occasion.week is not None and occasion.week < Week.of(occasion.recorded_at).previous


def tells_of_something_good(occasion: Occasion) -> bool:
    return occasion.polarity == Polarity.POSITIVE


CALLS_FOR_AN_ALERT: tuple[Clause, ...] = (is_a_report_of_the_gravest_kind, is_a_flagged_problem)
WAKES_NOBODY: tuple[Clause, ...] = (
    happened_long_before_it_was_recorded,
    is_about_a_week_long_gone,
)


def asks_for_an_alert(occasion: Occasion) -> bool:
    """Whether what it says asks for somebody, whenever it is said."""
    return not tells_of_something_good(occasion) and any(clause(occasion) for clause in CALLS_FOR_AN_ALERT)


def calls_for_an_alert(occasion: Occasion, *, now: datetime) -> bool:
    """Whether somebody is to be woken, now that we hear of it."""
    if now - occasion.recorded_at > OLD_AFTER:
        return False
    if any(clause(occasion) for clause in WAKES_NOBODY):
        return False
    return asks_for_an_alert(occasion)
