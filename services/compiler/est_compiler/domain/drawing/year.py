"""The line of 53 weeks, and the days that are marked along it."""

from collections.abc import Iterator
from datetime import timedelta

from est_compiler.domain.drawing.coverage import CoverageDrawing
from est_compiler.domain.knowledge import Knowledge, ToldMeasure
from est_compiler.domain.periods import calendar_of, overlap, recent_weeks_of
from est_compiler.domain.picture import Count, WeekCount, YearMark
from est_contracts.vocabulary import (
    MEASURE_KIND_WORDS,
    CalendarEntry,
    PeriodKind,
    PicturePeriod,
    Words,
)


def recent_weeks(known: Knowledge, coverage: CoverageDrawing) -> tuple[WeekCount, ...]:
    """Gaps where nothing was known, zeroes where nothing happened; each with who had been heard."""
    return tuple(
        WeekCount(
            period=str(week),
            first_day=week.first_day,
            count=known.recent_weeks.get(week.first_day, Count()) if is_known(week, known) else None,
            cover=coverage.cover(week),
        )
        for week in recent_weeks_of(known.period, calendar_of(known.collaboration))
    )


def is_known(period: PicturePeriod, known: Knowledge) -> bool:
    """Whether anything was known by the end of a period."""
    return known.first_day is not None and period.last_day >= known.first_day


def is_known_from_its_first_week(period: PicturePeriod, known: Knowledge) -> bool:
    """Enough of it to be compared with: a year of which five weeks are known is no year."""
    return known.first_day is not None and known.first_day <= period.first_day + timedelta(days=6)


def marks(known: Knowledge) -> tuple[YearMark, ...]:
    """Breaks, events and risk periods of the calendar, and when measures were decided and carried out."""
    weeks = recent_weeks_of(known.period, calendar_of(known.collaboration))
    year = PicturePeriod(weeks[0].first_day, weeks[-1].last_day, PeriodKind.YEAR)
    found = [*_calendar_marks(known), *_measure_marks(known)]
    return tuple(
        sorted(
            {each for each in found if overlap(each.first_day, each.last_day, period=year)},
            key=lambda each: (each.first_day, each.last_day, each.kind or "", each.name.sv),
        )
    )


def matters_here(entry: CalendarEntry, known: Knowledge) -> bool:
    """Some days matter in some areas only."""
    return known.areas is None or not entry.area_ids or bool(known.areas.intersection(entry.area_ids))


def _calendar_marks(known: Knowledge) -> Iterator[YearMark]:
    for entry in known.collaboration.calendar if known.collaboration else ():
        if matters_here(entry, known):
            name = Words(sv=entry.name, en=entry.name)
            yield YearMark(entry.kind, name, first_day=entry.first_day, last_day=entry.last_day)


def _measure_marks(known: Knowledge) -> Iterator[YearMark]:
    for problem in known.problems:
        if known.areas is None or problem.area in known.areas:
            for measure in problem.measures:
                yield from _marks_of(measure)


def _marks_of(measure: ToldMeasure) -> Iterator[YearMark]:
    kind = MEASURE_KIND_WORDS[measure.kind]
    decided = Words(sv=f"Beslutat: {kind.sv}", en=f"Decided: {kind.en}")
    yield YearMark(None, decided, first_day=measure.decided_on, last_day=measure.decided_on)
    if measure.completed_on is not None:
        done = Words(sv=f"Genomfört: {kind.sv}", en=f"Carried out: {kind.en}")
        yield YearMark(None, done, first_day=measure.completed_on, last_day=measure.completed_on)
