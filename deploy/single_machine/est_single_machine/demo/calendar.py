"""The Swedish year as it shows in reports: school breaks, feasts, light and darkness."""

from dataclasses import dataclass
from datetime import date, timedelta

from est_contracts.vocabulary import Week

# How much is reported from January to December. In July it is the reporters who are away.
SEASON = (0.9, 0.9, 1.0, 1.1, 1.2, 1.1, 0.75, 1.05, 1.15, 1.1, 1.0, 0.95)
DARK_MONTHS = (10, 11, 12, 1, 2)


@dataclass(frozen=True)
class Season:
    """What is special about a week."""

    level: float
    is_school_break: bool
    is_dark: bool
    is_new_year: bool


def season_of(week: Week) -> Season:
    middle = week.days[3]
    return Season(
        level=SEASON[middle.month - 1],
        is_school_break=is_school_break(week),
        is_dark=middle.month in DARK_MONTHS,
        is_new_year=any((day.month, day.day) in ((12, 31), (1, 1)) for day in week.days),
    )


def is_school_break(week: Week) -> bool:
    """Sport, Easter, summer, autumn and Christmas breaks, by the most usual weeks."""
    if week.number in (8, 44, 51, 52, 53, 1) or 25 <= week.number <= 33:
        return True
    return easter_sunday(week.year) + timedelta(days=1) in week.days


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar, by Butcher's rule."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
