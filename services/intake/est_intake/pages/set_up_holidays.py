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
    swedish = holidays.country_holidays("SE", years=year, language="sv", include_sundays=False)
    english = holidays.country_holidays("SE", years=year, language="en_US", include_sundays=False)
    return tuple(Holiday(day, Words(sv=name, en=english[day])) for day, name in sorted(swedish.items()))
