"""Looking ahead: the next two periods with their days, what is expected, and how it was a year before."""

from collections.abc import Iterator

from est_compiler.domain.chance import clearly_more_than_its_neighbours
from est_compiler.domain.drawing.names import Names
from est_compiler.domain.drawing.year import is_known_from_its_first_week, matters_here
from est_compiler.domain.knowledge import Knowledge, ToCome
from est_compiler.domain.periods import overlap, periods_ahead
from est_compiler.domain.picture import Count, DaysAhead, Expected, PeriodAhead
from est_contracts.vocabulary import PicturePeriod, Words


def ahead(known: Knowledge, names: Names) -> tuple[PeriodAhead, ...]:
    """The next two periods, the nearest first."""
    return tuple(
        PeriodAhead(
            period=str(period),
            first_day=period.first_day,
            last_day=period.last_day,
            days=_days_in(period, known),
            expected=_expected_in(period, known, names),
            last_year=_a_year_before(period.last_year, known),
            was_busy=was_busy(period.last_year, known),
        )
        for period in periods_ahead(known.period)
    )


def was_busy(then: PicturePeriod | None, known: Knowledge) -> bool:
    """A known risk period: a year before it was clearly busier than what was around it."""
    count = _a_year_before(then, known)
    if then is None or count is None:
        return False
    around = (_a_year_before(then.previous, known), _a_year_before(then.next, known))
    return clearly_more_than_its_neighbours(count, neighbours=around)


def _a_year_before(then: PicturePeriod | None, known: Knowledge) -> Count | None:
    """None where nothing is known of that period; zero where nothing happened in it."""
    if then is None or known.a_year_before is None:
        return None
    if not is_known_from_its_first_week(then, known) or not is_over(then, known):
        return None
    return known.a_year_before.get(then.first_day, Count())


def is_over(then: PicturePeriod, known: Knowledge) -> bool:
    """By the day of the last known fact: what still goes on is not to be counted yet."""
    return known.known_on is None or then.last_day < known.known_on


def _days_in(period: PicturePeriod, known: Knowledge) -> tuple[DaysAhead, ...]:
    found = [*_holidays(known), *_calendar_days(known)]
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
