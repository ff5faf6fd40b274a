"""Looking ahead: the next two periods with their days, what is expected, and how it was in earlier years."""

from collections.abc import Iterator
from datetime import date, timedelta

from est_compiler.domain.chance import clearly_more_than_its_neighbours
from est_compiler.domain.drawing.names import Names
from est_compiler.domain.drawing.year import is_known_from_its_first_week, matters_here
from est_compiler.domain.knowledge import Knowledge, ToCome
from est_compiler.domain.periods import EARLIER_YEARS, in_earlier_years, overlap, periods_ahead
from est_compiler.domain.picture import BusyThen, Count, DaysAhead, Expected, PeriodAhead
from est_contracts.vocabulary import CalendarEntry, CalendarKind, PicturePeriod, Words

#: A risk period this near in the calendar to where it was in an earlier year has been put in anew.
AS_NEAR_AS = timedelta(days=60)


def ahead(known: Knowledge, names: Names) -> tuple[PeriodAhead, ...]:
    """The next two periods, the nearest first."""
    return tuple(_period_ahead(period, known, names) for period in periods_ahead(known.period))


def _period_ahead(period: PicturePeriod, known: Knowledge, names: Names) -> PeriodAhead:
    busy_then = tuple(_busy_then(period, known))
    return PeriodAhead(
        period=str(period),
        first_day=period.first_day,
        last_day=period.last_day,
        days=_days_in(period, known),
        expected=_expected_in(period, known, names),
        last_year=_counted_then(period.last_year, known),
        was_busy=bool(busy_then),
        busy_then=busy_then,
    )


def _busy_then(period: PicturePeriod, known: Knowledge) -> Iterator[BusyThen]:
    """A known risk period: in these earlier years it was clearly busier than what was around it."""
    for then in in_earlier_years(period):
        count = _counted_then(then, known)
        around = (_counted_then(then.previous, known), _counted_then(then.next, known))
        if count is not None and clearly_more_than_its_neighbours(count, neighbours=around):
            yield BusyThen(str(then), count.reports)


def _counted_then(then: PicturePeriod | None, known: Knowledge) -> Count | None:
    """None where nothing is known of that period; zero where nothing happened in it."""
    if then is None or known.earlier_years is None:
        return None
    if not is_known_from_its_first_week(then, known) or not is_over(then, known):
        return None
    return known.earlier_years.get(then.first_day, Count())


def is_over(then: PicturePeriod, known: Knowledge) -> bool:
    """By the day of the last known fact: what still goes on is not to be counted yet."""
    return known.known_on is None or then.last_day < known.known_on


def _days_in(period: PicturePeriod, known: Knowledge) -> tuple[DaysAhead, ...]:
    found = [*_holidays(known), *_calendar_days(known), *_risk_periods_again(known)]
    return tuple(
        sorted(
            {each for each in found if overlap(each.first_day, each.last_day, period=period)},
            key=lambda each: (each.first_day, each.last_day, each.kind or "", each.name.sv, each.areas),
        )
    )


def _holidays(known: Knowledge) -> Iterator[DaysAhead]:
    for each in known.holidays:
        yield DaysAhead(kind=None, name=each.name, first_day=each.day, last_day=each.day, areas=())


def _calendar_days(known: Knowledge) -> Iterator[DaysAhead]:
    for each in known.collaboration.calendar if known.collaboration else ():
        if matters_here(each, known):
            yield DaysAhead(
                kind=each.kind,
                name=Words(sv=each.name, en=each.name),
                first_day=each.first_day,
                last_day=each.last_day,
                areas=tuple(sorted(each.area_ids)),
            )


def _risk_periods_again(known: Knowledge) -> Iterator[DaysAhead]:
    """The calendar's risk periods of earlier years, until somebody puts them in for the coming one."""
    calendar = known.collaboration.calendar if known.collaboration else ()
    for each in calendar:
        if each.kind is not CalendarKind.RISK_PERIOD or not matters_here(each, known):
            continue
        then, lasts = each.first_day.year, each.last_day - each.first_day
        for years in range(1, EARLIER_YEARS + 1):
            begins = _years_later(each.first_day, years)
            if _is_put_in(each.name, near=begins, calendar=calendar):
                break
            yield DaysAhead(
                kind=each.kind,
                name=Words(sv=f"{each.name}, som {then}", en=f"{each.name}, as in {then}"),
                first_day=begins,
                last_day=begins + lasts,
                areas=tuple(sorted(each.area_ids)),
            )


def _is_put_in(name: str, *, near: date, calendar: tuple[CalendarEntry, ...]) -> bool:
    named = (each for each in calendar if each.name.casefold() == name.casefold())
    return any(abs(each.first_day - near) <= AS_NEAR_AS for each in named)


def _years_later(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def _expected_in(period: PicturePeriod, known: Knowledge, names: Names) -> tuple[Expected, ...]:
    by_place: dict[tuple[str, str | None], list[ToCome]] = {}
    for each in known.to_come:
        if period.first_day <= each.day <= period.last_day:
            by_place.setdefault((each.entry, each.area), []).append(each)
    found = [
        Expected(
            entry=entry,
            name=names.entry(entry),
            area=area,
            first_day=min(each.day for each in told),
            reports=sum(each.reports for each in told),
        )
        for (entry, area), told in by_place.items()
    ]
    return tuple(
        sorted(
            found,
            key=lambda each: (each.first_day, names.entry_order(each.entry), names.area_order(each.area)),
        )
    )
