"""Who has said something in which reporting period, and how many reports each week had."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from est_chassis.event_store import Cursor
from est_compiler.domain.drawing.draw import SEVERE
from est_compiler.domain.knowledge import Heard
from est_compiler.domain.picture import Count
from est_compiler.questions.counts import rows_of
from est_compiler.read_models import returns
from est_compiler.read_models.facts import KNOWN, FactSelection
from est_contracts.vocabulary import PicturePeriod, ReportingPeriod, Rhythm

WEEK_DAYS = 7
Days = tuple[date, date]


def weeks_and_heard(
    cursor: Cursor,
    asked: FactSelection,
    *,
    weeks: Sequence[PicturePeriod],
    periods: Iterable[PicturePeriod],
    rhythm: Rhythm,
) -> tuple[dict[date, Count], tuple[Heard, ...]]:
    """The counts of some weeks in a row, and who was heard in the reporting periods of those and of others.

    Who was heard is asked of the whole municipality: a function that has told of another area was not silent.
    """
    first_week, last_week = weeks[0], weeks[-1]
    days = [
        (first_week.first_day, last_week.last_day),
        *((each.first_day, each.last_day) for each in periods),
    ]
    spans = apart(_of_whole_periods(each, rhythm) for each in days)
    counts: dict[date, Count] = {}
    heard: dict[tuple[str, date], bool] = {}
    for row in _told(cursor, asked, spans=spans, monday=first_week.first_day, rhythm=rhythm):
        week = first_week.first_day + timedelta(days=WEEK_DAYS * row["week"])
        if first_week.first_day <= week <= last_week.first_day and row["reports"]:
            more = Count(row["reports"], row["severity_total"], row["severe"])
            counts[week] = counts.get(week, Count()) + more
        key = row["function"], rhythm.anchor + timedelta(days=rhythm.days * row["period"])
        heard[key] = heard.get(key, True) and row["told"] == 0
    for function, day, nothing in returns.handed_in(cursor, asked, spans=spans):
        key = function, rhythm.period_of_day(day).first_day
        heard[key] = heard.get(key, True) and nothing
    return counts, _named(heard, rhythm)


def _of_whole_periods(days: Days, rhythm: Rhythm) -> Days:
    """All the days of the reporting periods that end among some days."""
    return rhythm.period_of_day(days[0]).first_day, days[1]


def apart(spans: Iterable[Days]) -> list[Days]:
    """The same days in spans that have none in common."""
    joined: list[Days] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _told(
    cursor: Cursor, asked: FactSelection, *, spans: Sequence[Days], monday: date, rhythm: Rhythm
) -> list[dict[str, Any]]:
    """What each function has told in each week of each reporting period."""
    return rows_of(
        cursor,
        f"""
        SELECT function,
               floor((day - %(anchor)s::date)::float8 / %(days)s)::int AS period,
               floor((day - %(monday)s::date)::float8 / {WEEK_DAYS})::int AS week,
               sum(reports)::int AS told,
               coalesce(sum(reports) FILTER (WHERE {asked.there}), 0)::int AS reports,
               coalesce(sum(severity * reports) FILTER (WHERE {asked.there}), 0)::int AS severity_total,
               coalesce(sum(reports) FILTER (WHERE severity >= {SEVERE} AND {asked.there}), 0)::int AS severe
        FROM unnest(%(first_days)s::date[], %(last_days)s::date[]) AS span (first_day, last_day)
        JOIN facts_v4 AS fact ON fact.municipality = %(municipality)s
            AND fact.day BETWEEN span.first_day AND span.last_day
        WHERE {KNOWN}
        GROUP BY 1, 2, 3
        """,  # noqa: S608
        asked.values(
            anchor=rhythm.anchor, days=rhythm.days, monday=monday,
            first_days=[first for first, _ in spans], last_days=[last for _, last in spans],
        ),
    )  # fmt: skip


def _named(heard: dict[tuple[str, date], bool], rhythm: Rhythm) -> tuple[Heard, ...]:
    periods = {day: ReportingPeriod(day, rhythm.days) for _, day in heard}
    names = {day: str(period) for day, period in periods.items()}
    return tuple(
        Heard(function, names[day], periods[day].last_day, nothing)
        for (function, day), nothing in sorted(heard.items())
    )
