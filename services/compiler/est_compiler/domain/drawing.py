"""Drawing a picture: the same knowledge always gives the same picture, to the last byte."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from est_compiler.domain.picture import (
    DRAWN_AS,
    AreaCount,
    Cell,
    Compared,
    ComparedWith,
    Count,
    Knowledge,
    OrganisationCount,
    Picture,
    Tally,
    ThemeCount,
    WeekCount,
    WeekdayHours,
)
from est_contracts.vocabulary import MUNICIPALITIES, CollaborationDocument, Party, Theme, Week

RECENT_WEEKS = 53
SEVERE = 4
#: A report without an area concerns all of it; so does every report where no areas have been set up.
WHOLE_MUNICIPALITY = "Hela kommunen"

Key = TypeVar("Key", bound=Hashable)
Sums = Mapping[tuple[Key, str], Count]
FourCounts = tuple[Count, Count | None, Count | None, Count | None]


def draw(week: Week, known: Knowledge) -> Picture:
    """Draw the picture of a week from what is known."""
    compared_with = weeks_to_compare_with(week, first_period=known.first_period)
    period, tallies = str(week), known.tallies
    this_week = tuple(tally for tally in tallies if tally.period == period)
    total = _four(_sums(tallies, lambda _tally: None), None, period, compared_with)
    return Picture(
        drawn_as=DRAWN_AS,
        municipality=known.municipality,
        municipality_name=_municipality_name(known),
        period=period,
        compared_with=compared_with,
        total=Compared(*total),
        severities=tuple(_reports(this_week, severity) for severity in range(1, 6)),
        not_assessed=_reports(this_week, None),
        themes=_themes(tallies, period, compared_with),
        areas=_areas(known, period, compared_with),
        organisations=_organisations(known, period, compared_with),
        cells=_cells(tallies, period, compared_with),
        weekday_hours=WeekdayHours(
            now=_weekday_hours(tallies, period), previous=_weekday_hours(tallies, str(week.previous))
        ),
        recent_weeks=_recent_weeks(week, known),
    )


def weeks_to_compare_with(week: Week, *, first_period: str | None) -> ComparedWith:
    """The weeks to compare with: none from before the first report, no week 53 where a year has none."""

    def known(other: Week | None) -> str | None:
        if other is None or first_period is None or str(other) < first_period:
            return None
        return str(other)

    return ComparedWith(
        previous=known(week.previous),
        before_previous=known(week.before(2)),
        last_year=known(week.same_week_last_year),
    )


def _themes(tallies: Iterable[Tally], period: str, weeks: ComparedWith) -> tuple[ThemeCount, ...]:
    sums = _sums(tallies, lambda tally: tally.theme)
    counts = [ThemeCount(*_four(sums, theme, period, weeks), theme=theme) for theme in Theme]
    order = list(Theme)
    # "Other" stands last however much it holds: it says least.
    return tuple(
        sorted(
            counts, key=lambda each: (each.theme is Theme.OTHER, -each.now.reports, order.index(each.theme))
        )
    )


def _areas(known: Knowledge, period: str, weeks: ComparedWith) -> tuple[AreaCount, ...]:
    sums = _sums(known.tallies, lambda tally: tally.area)
    set_up = {area.area_id: area for area in (known.collaboration.areas if known.collaboration else ())}
    others = sorted({area for area, _ in sums if area is not None} - set_up.keys())
    counts = [
        AreaCount(
            *_four(sums, area, period, weeks),
            area=area,
            name=set_up[area].name if area in set_up else area,
            priority=area in set_up and set_up[area].priority,
        )
        for area in (*set_up, *others)
    ]
    if not counts or any(area is None for area, _ in sums):
        whole = _four(sums, None, period, weeks)
        counts.append(AreaCount(*whole, area=None, name=WHOLE_MUNICIPALITY, priority=False))
    return tuple(counts)


def _organisations(known: Knowledge, period: str, weeks: ComparedWith) -> tuple[OrganisationCount, ...]:
    sums = _sums(known.tallies, lambda tally: tally.organisation)
    names = _organisation_names(known.collaboration, known.tallies)
    counts = [
        OrganisationCount(*_four(sums, each, period, weeks), organisation=each, name=name, party=party)
        for each, (name, party) in names.items()
    ]
    return tuple(sorted(counts, key=lambda each: (-each.now.reports, each.name, each.organisation)))


def _organisation_names(
    document: CollaborationDocument | None, tallies: Iterable[Tally]
) -> dict[str, tuple[str, Party]]:
    """Those that have been set up, then those that have reported all the same."""
    set_up = document.organisations if document else ()
    names = {each.organisation_id: (each.name, each.party) for each in set_up}
    for tally in sorted(tallies, key=lambda each: (each.organisation, each.party)):
        names.setdefault(tally.organisation, (tally.organisation.replace("_", " ").capitalize(), tally.party))
    return names


def _cells(tallies: Iterable[Tally], period: str, weeks: ComparedWith) -> tuple[Cell, ...]:
    sums = _sums(tallies, lambda tally: (tally.area, tally.theme, tally.organisation))
    shown = {period, weeks.previous, weeks.before_previous, weeks.last_year}
    keys = {key for key, of_period in sums if of_period in shown}
    order = list(Theme)
    return tuple(
        Cell(*_four(sums, key, period, weeks), area=key[0], theme=key[1], organisation=key[2])
        for key in sorted(keys, key=lambda key: (key[0] is None, key[0] or "", order.index(key[1]), key[2]))
    )


def _weekday_hours(tallies: Iterable[Tally], period: str) -> tuple[tuple[int, ...], ...]:
    hours = [[0] * 24 for _ in range(7)]
    for tally in tallies:
        if tally.period == period:
            hours[tally.weekday - 1][tally.hour] += tally.reports
    return tuple(tuple(day) for day in hours)


def _recent_weeks(week: Week, known: Knowledge) -> tuple[WeekCount, ...]:
    periods = [str(week.before(back)) for back in reversed(range(RECENT_WEEKS))]
    first = known.first_period
    known_periods = {each for each in periods if first is not None and each >= first}
    return tuple(
        WeekCount(each, known.recent_weeks.get(each, Count()) if each in known_periods else None)
        for each in periods
    )


def _sums(tallies: Iterable[Tally], key_of: Callable[[Tally], Key]) -> Sums[Key]:
    """Counts by key and week."""
    sums: defaultdict[tuple[Key, str], Count] = defaultdict(Count)
    for tally in tallies:
        sums[key_of(tally), tally.period] += counted(tally)
    return sums


def counted(tally: Tally) -> Count:
    """What a tally adds to a count."""
    severity = tally.severity or 0
    return Count(tally.reports, severity * tally.reports, tally.reports if severity >= SEVERE else 0)


def _four(sums: Sums[Key], key: Key, period: str, weeks: ComparedWith) -> FourCounts:
    def count_in(other: str | None) -> Count | None:
        return None if other is None else sums.get((key, other), Count())

    now = sums.get((key, period), Count())
    return now, count_in(weeks.previous), count_in(weeks.before_previous), count_in(weeks.last_year)


def _reports(tallies: Iterable[Tally], severity: int | None) -> int:
    return sum(tally.reports for tally in tallies if tally.severity == severity)


def _municipality_name(known: Knowledge) -> str:
    if known.collaboration is not None:
        return known.collaboration.name
    return MUNICIPALITIES.get(known.municipality, known.municipality)
