"""Sweden's public holidays: known without being written down by anybody."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

import holidays

from est_contracts.vocabulary import STOCKHOLM, Words


class Holiday(NamedTuple):
    """A day on which most are off (helgdag)."""

    day: date
    words: Words


def holidays_around(now: datetime) -> Sequence[Holiday]:
    """Those of this year and the next that still lie ahead; Sundays are none."""
    today = now.astimezone(STOCKHOLM).date()
    return [each for year in (today.year, today.year + 1) for each in holidays_of(year) if each.day >= today]


@lru_cache(maxsize=8)
def holidays_of(year: int) -> tuple[Holiday, ...]:
    swedish, english = _named(year, "sv"), _named(year, "en_US")
    return tuple(Holiday(day, Words(sv=name, en=english[day])) for day, name in sorted(swedish.items()))


def _named(year: int, language: str) -> holidays.HolidayBase:
    """With the eves on which everybody is off: New Year's Eve is one to be prepared for."""
    return holidays.country_holidays(
        "SE", years=year, language=language, include_sundays=False, categories=("public", "de_facto")
    )
