"""Numbers and moments as they are written in Swedish; moments are told in Swedish time."""

from datetime import date, datetime
from typing import Final

from est_contracts.vocabulary import STOCKHOLM, Week

WEEKDAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
# The space that neither breaks a line nor lets a number fall apart.
_NARROW_SPACE: Final = "\N{NO-BREAK SPACE}"
_MINUS: Final = "\N{MINUS SIGN}"


def number(quantity: float | None, decimals: int | None = None) -> str:
    """1234.5 is "1 234,5"; None is a dash."""
    if quantity is None:
        return "–"
    if decimals is None:
        decimals = 0 if float(quantity).is_integer() else 1
    written = f"{abs(quantity):,.{decimals}f}".replace(",", _NARROW_SPACE).replace(".", ",")
    return f"{_MINUS if quantity < 0 else ''}{written}"


def signed(change: float | None) -> str:
    """A change says its direction: "+3", "−2", "±0"."""
    if change is None:
        return "–"
    if change == 0:
        return "±0"
    return f"+{number(change)}" if change > 0 else number(change)


def percent(share: float | None) -> str:
    """0.4 is "40 %"."""
    return "–" if share is None else f"{number(round(share * 100))}{_NARROW_SPACE}%"


def full_date(moment: date) -> str:
    """ "onsdag 18 november 2026" """
    day = _day(moment)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(moment: date) -> str:
    """ "18 nov" """
    day = _day(moment)
    return f"{day.day}{_NARROW_SPACE}{MONTHS[day.month - 1][:3]}"


def clock_time(moment: datetime) -> str:
    """ "10.00" """
    return moment.astimezone(STOCKHOLM).strftime("%H.%M")


def full_moment(moment: datetime) -> str:
    """ "onsdag 18 november kl. 10.00" """
    day = _day(moment)
    name_of_day = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return f"{name_of_day} kl.{_NARROW_SPACE}{clock_time(moment)}"


def week_name(period: Week | str) -> str:
    """ "vecka 47, 2026" """
    week = Week.parse(period) if isinstance(period, str) else period
    return f"vecka{_NARROW_SPACE}{week.number}, {week.year}"


def machine_time(moment: datetime) -> str:
    """For `<time datetime>`."""
    return moment.astimezone(STOCKHOLM).isoformat(timespec="seconds")


def _day(moment: date) -> date:
    return moment.astimezone(STOCKHOLM).date() if isinstance(moment, datetime) else moment


FILTERS: Final = {
    "number": number,
    "signed": signed,
    "percent": percent,
    "date": full_date,
    "short_date": short_date,
    "clock": clock_time,
    "moment": full_moment,
    "week": week_name,
    "machine_time": machine_time,
}
