"""The periods that situation pictures are made of: from a week to a year, by the days in Stockholm."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from est_contracts.vocabulary.day_words import MONTH_NAMES
from est_contracts.vocabulary.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    STOCKHOLM,
    InvalidPeriod,
    Week,
    WholeDays,
    weeks_in,
)
from est_contracts.vocabulary.reporting_periods import Rhythm
from est_contracts.vocabulary.wording import Words

#: A Monday: where nobody has said otherwise, reporting periods, weeks and fortnights begin on Mondays,
#: and are counted from this one.
A_MONDAY = date(2018, 1, 1)
_WEEKS = re.compile(r"[0-9]{4}-W[0-9]{2}(-W[0-9]{2})?")
_MONTHS = re.compile(r"([0-9]{4})(?:-(?:([QTH])([1-4])|([0-9]{2})))?")


class PeriodKind(StrEnum):
    """How long a picture looks (periodslag)."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    TERTIAL = "tertial"
    HALF_YEAR = "half_year"
    YEAR = "year"


PERIOD_KIND_WORDS: dict[PeriodKind, Words] = {
    PeriodKind.WEEK: Words(sv="Vecka", en="Week"),
    PeriodKind.FORTNIGHT: Words(sv="Två veckor", en="Fortnight"),
    PeriodKind.MONTH: Words(sv="Månad", en="Month"),
    PeriodKind.QUARTER: Words(sv="Kvartal", en="Quarter"),
    PeriodKind.TERTIAL: Words(sv="Tertial", en="Four months"),
    PeriodKind.HALF_YEAR: Words(sv="Halvår", en="Half-year"),
    PeriodKind.YEAR: Words(sv="År", en="Year"),
}
#: How many months the longer periods have.
MONTHS: dict[PeriodKind, int] = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.TERTIAL: 4,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.YEAR: 12,
}
_LETTERS = {"Q": PeriodKind.QUARTER, "T": PeriodKind.TERTIAL, "H": PeriodKind.HALF_YEAR}
_LETTER_OF = {kind: letter for letter, kind in _LETTERS.items()}


@dataclass(frozen=True, order=True, slots=True)
class PicturePeriod(WholeDays):
    """A period of a picture (period): from its first day 00:00 in Stockholm through its last day."""

    first_day: date
    last_day: date
    kind: PeriodKind

    def __str__(self) -> str:
        """2026-W47, 2026-W46-W47, 2026-11, 2026-Q4, 2026-T3, 2026-H2 or 2026."""
        if self.kind in MONTHS:
            return self._months_written()
        first = Week.of_day(self.first_day)
        if self.kind is PeriodKind.WEEK:
            return str(first)
        return f"{first}-W{Week.of_day(self.first_day + timedelta(days=7)).number:02d}"

    def _months_written(self) -> str:
        year = f"{self.first_day.year:04d}"
        if self.kind is PeriodKind.YEAR:
            return year
        if self.kind is PeriodKind.MONTH:
            return f"{year}-{self.first_day.month:02d}"
        return f"{year}-{_LETTER_OF[self.kind]}{self._number_in_year}"

    @property
    def _number_in_year(self) -> int:
        return (self.first_day.month - 1) // MONTHS[self.kind] + 1

    @property
    def name(self) -> Words:
        """As people say it inside a sentence: vecka 47, vecka 46–47, november 2026, kvartal 4 2026."""
        year = self.first_day.year
        if self.kind is PeriodKind.YEAR:
            return Words(sv=str(year), en=str(year))
        if self.kind is PeriodKind.MONTH:
            month = MONTH_NAMES[self.first_day.month - 1]
            return Words(sv=f"{month.sv} {year}", en=f"{month.en} {year}")
        if self.kind in MONTHS:
            return self._numbered_name()
        weeks = self._week_numbers()
        return Words(sv=f"vecka {weeks}", en=f"week {weeks}")

    def _numbered_name(self) -> Words:
        number, year = self._number_in_year, self.first_day.year
        kind = PERIOD_KIND_WORDS[self.kind]
        if self.kind is PeriodKind.TERTIAL:
            return Words(sv=f"tertial {number} {year}", en=f"tertial {number} {year}")
        return Words(sv=f"{kind.sv.lower()} {number} {year}", en=f"{kind.en.lower()} {number} {year}")

    def _week_numbers(self) -> str:
        first = Week.of_day(self.first_day).number
        if self.kind is PeriodKind.WEEK:
            return str(first)
        return f"{first}–{Week.of_day(self.first_day + timedelta(days=7)).number}"

    @property
    def short_name(self) -> Words:
        """In a table's head: v. 47, v. 46–47, nov 2026, kv 4 2026."""
        if self.kind is PeriodKind.MONTH:
            month, year = MONTH_NAMES[self.first_day.month - 1], self.first_day.year
            return Words(sv=f"{month.sv[:3]} {year}", en=f"{month.en[:3]} {year}")
        if self.kind is PeriodKind.YEAR:
            return self.name
        if self.kind in MONTHS:
            letter, number, year = _LETTER_OF[self.kind], self._number_in_year, self.first_day.year
            sv = f"kv {number}" if self.kind is PeriodKind.QUARTER else f"{letter}{number}"
            return Words(sv=f"{sv} {year}", en=f"{letter}{number} {year}")
        weeks = self._week_numbers()
        return Words(sv=f"v. {weeks}", en=f"week {weeks}")

    @property
    def year(self) -> int:
        """The year that its name counts in; a week has its ISO year."""
        return self.first_day.year if self.kind in MONTHS else Week.of_day(self.first_day).year

    @property
    def day_count(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first_day + timedelta(days=after) for after in range(self.day_count))

    @property
    def previous(self) -> Self:
        return self.before(1)

    @property
    def next(self) -> Self:
        return self.before(-1)

    def before(self, periods: int) -> Self:
        """The period so many periods earlier."""
        if self.kind in MONTHS:
            months = 12 * self.first_day.year + self.first_day.month - 1 - periods * MONTHS[self.kind]
            return self._of_months(months // 12, months % 12 + 1)
        first_day = self.first_day - timedelta(days=periods * self.day_count)
        return type(self)(first_day, first_day + timedelta(days=self.day_count - 1), self.kind)

    @property
    def last_year(self) -> Self | None:
        """The same period a year earlier; None for a week 53 that the year before did not have.

        A fortnight is held against the one 52 weeks earlier: the same weekdays of the same rhythm.
        """
        if self.kind in MONTHS:
            return self.before(12 // MONTHS[self.kind])
        if self.kind is PeriodKind.FORTNIGHT:
            return self.before(26)
        week = Week.of_day(self.first_day)
        if week.number > weeks_in(week.year - 1):
            return None
        return self.before(weeks_in(week.year - 1))

    def _of_months(self, year: int, month: int) -> Self:
        period = _months(self.kind, year, month)
        return type(self)(period.first_day, period.last_day, period.kind)


@dataclass(frozen=True, slots=True)
class PictureCalendar:
    """Which periods a municipality's pictures have: weeks and fortnights begin where its reporting does."""

    week_begins_on: date = A_MONDAY
    fortnight_begins_on: date = A_MONDAY

    @classmethod
    def of_rhythm(cls, rhythm: Rhythm) -> Self:
        """The weeks of who reports each week, or the fortnights of who reports every other."""
        if rhythm.days == 7:
            return cls(week_begins_on=rhythm.anchor)
        return cls(fortnight_begins_on=rhythm.anchor)

    def period_of_day(self, kind: PeriodKind, day: date) -> PicturePeriod:
        """The period of a kind that a day in Stockholm belongs to."""
        if kind in MONTHS:
            months = MONTHS[kind]
            return _months(kind, day.year, (day.month - 1) // months * months + 1)
        length, anchor = self._length_and_anchor(kind)
        first_day = day - timedelta(days=(day - anchor).days % length)
        return PicturePeriod(first_day, first_day + timedelta(days=length - 1), kind)

    def period_of(self, kind: PeriodKind, moment: datetime) -> PicturePeriod:
        """The period of a kind that a moment belongs to, by the clock in Stockholm."""
        if moment.utcoffset() is None:
            raise ValueError("a moment without a time zone belongs to no period")
        return self.period_of_day(kind, moment.astimezone(STOCKHOLM).date())

    def parse(self, written: str) -> PicturePeriod:
        """Read a period as it is written: 2026-W47, 2026-W46-W47, 2026-11, 2026-Q4, 2026-T3 …"""
        try:
            return self._weeks(written) if _WEEKS.fullmatch(written) else _parsed_months(written)
        except ValueError:
            raise InvalidPeriod(written) from None

    def _weeks(self, written: str) -> PicturePeriod:
        kind = PeriodKind.WEEK if len(written) == len("2026-W47") else PeriodKind.FORTNIGHT
        monday = Week.parse(written[:8]).monday
        length, anchor = self._length_and_anchor(kind)
        period = self.period_of_day(kind, monday + timedelta(days=(anchor - monday).days % length))
        if str(period) != written:
            raise InvalidPeriod(written)
        return period

    def _length_and_anchor(self, kind: PeriodKind) -> tuple[int, date]:
        return (7, self.week_begins_on) if kind is PeriodKind.WEEK else (14, self.fortnight_begins_on)


def _parsed_months(written: str) -> PicturePeriod:
    matched = _MONTHS.fullmatch(written)
    if matched is None or not FIRST_YEAR <= int(matched[1]) <= LAST_YEAR:
        raise InvalidPeriod(written)
    year, letter, number, month = int(matched[1]), matched[2], matched[3], matched[4]
    if letter:
        kind = _LETTERS[letter]
        return _months(kind, year, (int(number) - 1) * MONTHS[kind] + 1)
    if month:
        return _months(PeriodKind.MONTH, year, int(month))
    return _months(PeriodKind.YEAR, year, 1)


def _months(kind: PeriodKind, year: int, first_month: int) -> PicturePeriod:
    after = first_month - 1 + MONTHS[kind]
    last_day = date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return PicturePeriod(date(year, first_month, 1), last_day, kind)
