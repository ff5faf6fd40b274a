"""Which periods a picture can be drawn of, and which ones stand in it."""

from collections.abc import Iterator
from datetime import date

from est_compiler.domain.knowledge import Slot
from est_compiler.domain.publishing.refusals import PeriodDoesNotExist, ScopeDoesNotExist
from est_contracts.vocabulary import (
    CollaborationDocument,
    InvalidPeriod,
    InvalidScope,
    PeriodKind,
    PictureCalendar,
    PicturePeriod,
    PictureScope,
    ReportingPeriod,
    Rhythm,
    Week,
)

#: Nothing is reported from before the first or after the last; both have neighbours to be compared with.
FIRST_WEEK, LAST_WEEK = Week(2000, 2), Week(2100, 52)
RECENT_WEEKS = 53
PERIODS_AHEAD = 2
#: How far back a risk period is looked for; before that a neighbourhood was another one.
EARLIER_YEARS = 3


def picture_period(written: str, calendar: PictureCalendar | None = None) -> PicturePeriod:
    """The period that was asked for."""
    try:
        period = (calendar or PictureCalendar()).parse(written)
    except InvalidPeriod:
        raise PeriodDoesNotExist from None
    if not FIRST_WEEK.monday <= period.first_day <= period.last_day <= LAST_WEEK.days[-1]:
        raise PeriodDoesNotExist
    return period


def picture_scope(written: str) -> PictureScope:
    """The scope that was asked for, as far as its form tells."""
    try:
        return PictureScope.parse(written)
    except InvalidScope:
        raise ScopeDoesNotExist from None


def calendar_of(document: CollaborationDocument | None) -> PictureCalendar:
    """Which periods there are, where something has been set up and where nothing has."""
    return document.picture_calendar if document else PictureCalendar()


def own_period(document: CollaborationDocument | None, day: date) -> PicturePeriod:
    """The period of the municipality's own rhythm that a day belongs to; a week where nothing is set up."""
    kind = document.own_kind if document else PeriodKind.WEEK
    return calendar_of(document).period_of_day(kind, day)


def periods_to_compare_with(period: PicturePeriod) -> dict[Slot, PicturePeriod | None]:
    """The four periods whose counts are held against each other."""
    return {
        Slot.NOW: period,
        Slot.PREVIOUS: period.previous,
        Slot.BEFORE_PREVIOUS: period.before(2),
        Slot.LAST_YEAR: period.last_year,
    }


def recent_weeks_of(period: PicturePeriod, calendar: PictureCalendar) -> tuple[PicturePeriod, ...]:
    """The 53 weeks that end with the one that the period ends in, the oldest first."""
    last = calendar.period_of_day(PeriodKind.WEEK, period.last_day)
    return tuple(last.before(back) for back in reversed(range(RECENT_WEEKS)))


def periods_ahead(period: PicturePeriod) -> tuple[PicturePeriod, ...]:
    """The next two periods."""
    return tuple(period.before(-ahead) for ahead in range(1, PERIODS_AHEAD + 1))


def in_earlier_years(period: PicturePeriod) -> Iterator[PicturePeriod]:
    """The same period in the years before, the latest first; of a year only the one before it."""
    then = period.last_year
    for _ in range(1 if period.kind is PeriodKind.YEAR else EARLIER_YEARS):
        if then is None or then.previous.first_day < FIRST_WEEK.monday:
            return
        yield then
        then = then.last_year


def periods_in_earlier_years(period: PicturePeriod) -> tuple[PicturePeriod, ...]:
    """The two periods ahead as they were in earlier years, each between its neighbours."""
    then = [each for ahead in periods_ahead(period) for each in in_earlier_years(ahead)]
    return tuple(sorted({near for each in then for near in (each.previous, each, each.next)}))


def reporting_periods_of(period: PicturePeriod, rhythm: Rhythm) -> tuple[ReportingPeriod, ...]:
    """The reporting periods that end in a period; where none does, the one that it ends in."""
    last = rhythm.period_of_day(period.last_day)
    ending = last if last.last_day == period.last_day else last.previous
    if ending.last_day < period.first_day:
        return (last,)
    found = []
    while ending.last_day >= period.first_day:
        found.append(ending)
        ending = ending.previous
    return tuple(reversed(found))


def overlap(first_day: date, last_day: date, *, period: PicturePeriod) -> bool:
    """Whether days lie in a period at all."""
    return first_day <= period.last_day and last_day >= period.first_day
