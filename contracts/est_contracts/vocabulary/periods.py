"""Whole days by the clock in Stockholm, and weeks as a coordinator counts them: ISO weeks."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, Self
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

# Far outside every register, and far enough from the calendar's ends for arithmetic to hold.
FIRST_YEAR, LAST_YEAR = 1900, 2199

_WRITTEN = re.compile(r"([0-9]{4})-W([0-9]{2})")


class InvalidPeriod(ValueError):
    """What was given names no period there is."""

    def __init__(self, given: str) -> None:
        super().__init__(f"no such period: {given!r}")


class HasDays(Protocol):
    """What has a first and a last day."""

    @property
    def first_day(self) -> date: ...

    @property
    def last_day(self) -> date: ...


class WholeDays:
    """From the first day 00:00 in Stockholm through the last one."""

    __slots__ = ()

    @property
    def starts_at(self: HasDays) -> datetime:
        """The first moment, in UTC."""
        return first_moment_of(self.first_day)

    @property
    def ends_at(self: HasDays) -> datetime:
        """The first moment that no longer belongs to it, in UTC."""
        return first_moment_of(self.last_day + timedelta(days=1))

    def __contains__(self: HasDays, moment: datetime) -> bool:
        return first_moment_of(self.first_day) <= moment < first_moment_of(self.last_day + timedelta(days=1))


@dataclass(frozen=True, order=True, slots=True)
class Week(WholeDays):
    """A week (vecka): from Monday 00:00 to the next Monday 00:00 in Stockholm."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise InvalidPeriod(str(self))
        if not 1 <= self.number <= weeks_in(self.year):
            raise InvalidPeriod(str(self))

    @classmethod
    def of(cls, moment: datetime) -> Self:
        """The week that a moment belongs to."""
        if moment.utcoffset() is None:
            raise ValueError("a moment without a time zone belongs to no week")
        try:
            return cls.of_day(moment.astimezone(STOCKHOLM).date())
        except OverflowError:
            raise InvalidPeriod(moment.isoformat()) from None

    @classmethod
    def of_day(cls, day: date) -> Self:
        """The week that a day in Stockholm belongs to."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read a week as it is written: 2026-W47."""
        matched = _WRITTEN.fullmatch(written)
        if matched is None:
            raise InvalidPeriod(written)
        return cls(int(matched[1]), int(matched[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @property
    def monday(self) -> date:
        """The first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def first_day(self) -> date:
        return self.monday

    @property
    def last_day(self) -> date:
        """Sunday."""
        return self.monday + timedelta(days=6)

    @property
    def days(self) -> tuple[date, ...]:
        """Monday to Sunday."""
        return tuple(self.monday + timedelta(days=after) for after in range(7))

    @property
    def previous(self) -> Self:
        """The week before."""
        return self.before(1)

    @property
    def next(self) -> Self:
        """The week after."""
        return self.before(-1)

    def before(self, weeks: int) -> Self:
        """The week so many weeks earlier."""
        return self.of_day(self.monday - timedelta(weeks=weeks))

    @property
    def same_week_last_year(self) -> Self | None:
        """The week of the same number a year earlier, or None when that year had no such week."""
        if self.year == FIRST_YEAR or self.number > weeks_in(self.year - 1):
            return None
        return type(self)(self.year - 1, self.number)


def weeks_in(year: int) -> int:
    """How many weeks a year has: 52, or 53 as in 2026."""
    # The 28th of December is always in the last week of its year.
    return date(year, 12, 28).isocalendar().week


def first_moment_of(day: date) -> datetime:
    """Midnight at the beginning of a day in Stockholm, in UTC."""
    return datetime.combine(day, time(), tzinfo=STOCKHOLM).astimezone(UTC)
