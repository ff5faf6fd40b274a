"""Reporting periods: seven or fourteen days that begin on the weekday a municipality has chosen."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from est_contracts.vocabulary.periods import STOCKHOLM, InvalidPeriod, Week, WholeDays

_WRITTEN = re.compile(r"([0-9]{4})-W([0-9]{2})(?:-W([0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """In what days a municipality reports: how many, and one day on which some period began."""

    days: int
    anchor: date

    def period_of(self, moment: datetime) -> "ReportingPeriod":
        """The period that a moment belongs to, by the clock in Stockholm."""
        if moment.utcoffset() is None:
            raise ValueError("a moment without a time zone belongs to no period")
        return self.period_of_day(moment.astimezone(STOCKHOLM).date())

    def period_of_day(self, day: date) -> "ReportingPeriod":
        """The period that a day in Stockholm belongs to."""
        into = (day - self.anchor).days % self.days
        return ReportingPeriod(day - timedelta(days=into), self.days)

    def parse(self, written: str) -> "ReportingPeriod":
        """Read a period of this rhythm as it is written: 2026-W47, or 2026-W46-W47."""
        matched = _WRITTEN.fullmatch(written)
        if matched is None:
            raise InvalidPeriod(written)
        monday = Week(int(matched[1]), int(matched[2])).monday
        period = self.period_of_day(monday + timedelta(days=(self.anchor - monday).days % 7))
        if str(period) != written:
            raise InvalidPeriod(written)
        return period


@dataclass(frozen=True, order=True, slots=True)
class ReportingPeriod(WholeDays):
    """A reporting period (rapportperiod): from its first day 00:00 in Stockholm, so many days."""

    first_day: date
    days: int

    def __str__(self) -> str:
        """Named after the weeks in which its first day and its eighth lie: 2026-W47, 2026-W46-W47."""
        first = Week.of_day(self.first_day)
        if self.days == 7:
            return str(first)
        return f"{first}-W{Week.of_day(self.first_day + timedelta(days=7)).number:02d}"

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=self.days - 1)

    @property
    def previous(self) -> Self:
        return type(self)(self.first_day - timedelta(days=self.days), self.days)

    @property
    def next(self) -> Self:
        return type(self)(self.first_day + timedelta(days=self.days), self.days)

    def due_at(self, weekday: int, clock_time: str) -> datetime:
        """The deadline (stopptid): the first such weekday and time after the last day, in Stockholm."""
        first_after = self.first_day + timedelta(days=self.days)
        day = first_after + timedelta(days=(weekday - first_after.isoweekday()) % 7)
        return datetime.combine(day, time.fromisoformat(clock_time), tzinfo=STOCKHOLM)
