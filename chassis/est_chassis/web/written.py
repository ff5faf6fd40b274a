"""Numbers and moments as they are written in the reader's language; moments are told in Swedish time."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from est_chassis.web.languages import Language, said
from est_contracts.vocabulary import (
    STOCKHOLM,
    WEEKDAY_NAMES,
    PeriodKind,
    PicturePeriod,
    ReportingPeriod,
    Week,
    change_in_words,
    day_in_words,
    number_in_words,
    short_day_in_words,
)

WEEKDAYS: Final[Mapping[Language, tuple[str, ...]]] = {
    language: tuple(said(each, language) for each in WEEKDAY_NAMES) for language in Language
}
# The space that neither breaks a line nor lets a number fall apart.
_NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"


def number(
    quantity: float | None, decimals: int | None = None, *, language: Language = Language.SWEDISH
) -> str:
    """1234.5 is "1 234,5", in English "1,234.5"; None is a dash."""
    if quantity is None:
        return "–"
    return said(number_in_words(quantity, decimals), language)


def signed(change: float | None, *, language: Language = Language.SWEDISH) -> str:
    """A change says its direction: "+3", "−2", "±0"."""
    if change is None:
        return "–"
    return said(change_in_words(change), language)


def percent(share: float | None, *, language: Language = Language.SWEDISH) -> str:
    """0.4 is "40 %", in English "40%"."""
    if share is None:
        return "–"
    space = _NO_BREAK_SPACE if language is Language.SWEDISH else ""
    return f"{number(round(share * 100), language=language)}{space}%"


def full_date(moment: date, *, language: Language = Language.SWEDISH) -> str:
    """ "onsdag 18 november 2026" """
    return f"{_named_day(_day(moment), language)} {_day(moment).year}"


def short_date(moment: date, *, language: Language = Language.SWEDISH) -> str:
    """ "18 nov" """
    return said(short_day_in_words(_day(moment)), language).replace(" ", _NO_BREAK_SPACE)


def clock_time(moment: datetime, *, language: Language = Language.SWEDISH) -> str:
    """ "10.00", in English "10:00" """
    return moment.astimezone(STOCKHOLM).strftime("%H.%M" if language is Language.SWEDISH else "%H:%M")


def full_moment(moment: datetime, *, language: Language = Language.SWEDISH) -> str:
    """ "onsdag 18 november kl. 10.00", in English "Wednesday 18 November, 10:00" """
    at = f" kl.{_NO_BREAK_SPACE}" if language is Language.SWEDISH else f",{_NO_BREAK_SPACE}"
    return f"{_named_day(_day(moment), language)}{at}{clock_time(moment, language=language)}"


def week_name(period: Week | str, *, language: Language = Language.SWEDISH) -> str:
    """ "vecka 47, 2026" """
    week = Week.parse(period) if isinstance(period, str) else period
    name = "vecka" if language is Language.SWEDISH else "week"
    return f"{name}{_NO_BREAK_SPACE}{week.number}, {week.year}"


def period_name(period: ReportingPeriod, *, language: Language = Language.SWEDISH) -> str:
    """ "vecka 47, 2026"; when it is no week from Monday to Sunday, its days as well."""
    first = Week.of_day(period.first_day)
    if period.days == 7 and period.first_day.isoweekday() == 1:
        return week_name(first, language=language)
    last = Week.of_day(period.first_day + timedelta(days=period.days - 7))
    name, names = ("vecka", "vecka") if language is Language.SWEDISH else ("week", "weeks")
    numbers = str(first.number) if first == last else f"{first.number}–{last.number}"
    weeks = f"{name if first == last else names}{_NO_BREAK_SPACE}{numbers}"
    days = [short_date(day, language=language) for day in (period.first_day, period.last_day)]
    return f"{weeks}, {first.year} ({' – '.join(days)})"


def picture_period_name(period: PicturePeriod, *, language: Language = Language.SWEDISH) -> str:
    """ "vecka 47, 2026", "vecka 46–47, 2026", "kvartal 4 2026" """
    name = said(period.name, language)
    if period.kind not in (PeriodKind.WEEK, PeriodKind.FORTNIGHT):
        return name
    return f"{name.replace(' ', _NO_BREAK_SPACE)}, {period.year}"


def machine_time(moment: datetime) -> str:
    """For `<time datetime>`."""
    return moment.astimezone(STOCKHOLM).isoformat(timespec="seconds")


def filters_for(language: Language) -> dict[str, Callable[..., Any]]:
    """What templates write behind a `|`."""
    written: dict[str, Callable[..., str]] = {
        "number": number,
        "signed": signed,
        "percent": percent,
        "date": full_date,
        "short_date": short_date,
        "clock": clock_time,
        "moment": full_moment,
        "week": week_name,
        "period": period_name,
        "picture_period": picture_period_name,
    }
    in_language = {name: partial(write, language=language) for name, write in written.items()}
    return {**in_language, "machine_time": machine_time}


def _named_day(day: date, language: Language) -> str:
    return f"{WEEKDAYS[language][day.weekday()]} {said(day_in_words(day), language)}"


def _day(moment: date) -> date:
    return moment.astimezone(STOCKHOLM).date() if isinstance(moment, datetime) else moment
