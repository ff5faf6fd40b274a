"""Public holidays, and the days that are holidays in practice (midsommarafton), in both languages."""

from datetime import date
from functools import lru_cache

from holidays import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

from est_compiler.domain.knowledge import Holiday
from est_contracts.vocabulary import Words


def holidays_between(first_day: date, last_day: date) -> tuple[Holiday, ...]:
    """Those from the first day through the last."""
    years = range(first_day.year, last_day.year + 1)
    return tuple(each for year in years for each in _of_year(year) if first_day <= each.day <= last_day)


@lru_cache(maxsize=128)
def _of_year(year: int) -> tuple[Holiday, ...]:
    swedish, english = (
        Sweden(years=year, categories=(PUBLIC, DE_FACTO), language=language) for language in ("sv", "en_US")
    )
    return tuple(Holiday(day, Words(sv=swedish[day], en=english[day])) for day in sorted(swedish))
