"""How often is a theme reported in an area, week by week, and by how many organisations?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any, ClassVar
from uuid import UUID

from est_analysis.domain.history import HISTORY_WEEKS, WINDOW_WEEKS, Counts, Series, SeriesWeeks, Totals
from est_analysis.domain.rules import may_become_a_problem
from est_analysis.domain.standing import Change, Place, Standing, changes_between
from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_contracts.messages import (
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
)
from est_contracts.vocabulary import Theme, Week

Telling = IncidentReported | IncidentReportCorrected
ABOUT_REPORTS = Telling | IncidentReportWithdrawn | IncidentReportMarkedDuplicate | IncidentReportReinstated
Report = tuple[str, UUID]
#: As large as the column.
BEYOND_ALL = 2**63 - 1


class WeeklyCounts(ReadModel):
    """Counts by area, theme, week and organisation, where each report stands, and what changed the counts.

    The changes are kept with their positions: one can ask for what was known at one.
    """

    name: ClassVar[str] = "weekly_counts_v3"
    upstreams: ClassVar[tuple[str, ...]] = ("intake",)
    tables: ClassVar[str] = """
        CREATE TABLE weekly_counts_v3 (
            municipality text NOT NULL,
            area text NOT NULL,
            theme text NOT NULL,
            monday date NOT NULL,
            organisation text NOT NULL,
            reports integer NOT NULL,
            PRIMARY KEY (municipality, area, theme, monday, organisation)
        );
        CREATE INDEX weekly_counts_v3_by_week ON weekly_counts_v3 (municipality, monday);
        CREATE TABLE weekly_counts_v3_reports (
            municipality text NOT NULL,
            report_id uuid NOT NULL,
            area text,
            theme text,
            monday date,
            organisation text,
            said_at bigint NOT NULL,
            counts boolean NOT NULL,
            turned_at bigint NOT NULL,
            PRIMARY KEY (municipality, report_id)
        );
        CREATE TABLE weekly_counts_v3_changes (
            position bigint NOT NULL,
            change smallint NOT NULL,
            municipality text NOT NULL,
            area text NOT NULL,
            theme text NOT NULL,
            monday date NOT NULL,
            organisation text NOT NULL,
            PRIMARY KEY (position, change)
        );
        """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        told = [fact for fact in facts if isinstance(fact, ABOUT_REPORTS)]
        if not told:
            return
        before = _standings(cursor, {(fact.municipality, fact.report_id) for fact in told})
        standings = dict(before)
        changes: list[tuple[int, Change]] = []
        for fact in told:
            report = fact.municipality, fact.report_id
            stood = standings.get(report, Standing())
            standings[report] = _after(stood, fact)
            changes += [(fact.recorded.position, each) for each in changes_between(stood, standings[report])]
        _remember(cursor, standings, known=before)
        _add(cursor, changes)


def place_of(told: Telling) -> Place | None:
    """Where a report counts; nowhere without an area, or when nothing bad has happened."""
    may_count = may_become_a_problem(told.theme, polarity=told.polarity, scope=told.scope, tense=told.tense)
    if told.area is None or not may_count:
        return None
    series = Series(told.municipality, area=told.area, theme=told.theme)
    return Place(series, Week.of(told.happened_at), told.organisation)


def changes_told_by(message: Any, cursor: Cursor) -> Sequence[Change]:
    """What a message about a report has changed in the counts."""
    if isinstance(message, IncidentReported):
        # What is told first is told most often: nothing need be asked for it.
        place = place_of(message)
        return () if place is None else (Change(place, 1),)
    rows = cursor.execute(
        "SELECT * FROM weekly_counts_v3_changes WHERE position = %s ORDER BY change",
        (message.recorded.position,),
        prepare=True,
    )
    return [Change(_place(row), row["change"]) for row in rows.fetchall()]


def changes_after(cursor: Cursor, position: int) -> list[tuple[int, Change]]:
    """What has changed the counts beyond a position, and where."""
    # With an upper end the index is used, also where nothing is known of how the positions lie.
    rows = cursor.execute(
        "SELECT * FROM weekly_counts_v3_changes WHERE position > %s AND position <= %s ORDER BY position",
        (position, BEYOND_ALL),
    )
    return [(row["position"], Change(_place(row), row["change"])) for row in rows.fetchall()]


def weeks_around(cursor: Cursor, series: Series, week: Week, *, without: Sequence[Change]) -> SeriesWeeks:
    """All that is needed of a series to judge a week, and the windows after it that reach back to it.

    As it was without some changes: those that nobody had told of yet.
    """
    here = [change for change in without if change.place.series.municipality == series.municipality]
    return SeriesWeeks(
        series,
        counts=around(cursor, series, week=week, without=here),
        first=cache(partial(first_week, cursor, series.municipality, without=here)),
        totals_before=cache(partial(totals_before, cursor, series.municipality, without=here)),
    )


def around(cursor: Cursor, series: Series, *, week: Week, without: Sequence[Change] = ()) -> Counts:
    first, last = week.before(HISTORY_WEEKS + WINDOW_WEEKS - 1), week.before(1 - WINDOW_WEEKS)
    rows = cursor.execute(
        "SELECT monday, organisation, reports FROM weekly_counts_v3"
        " WHERE municipality = %s AND area = %s AND theme = %s AND monday BETWEEN %s AND %s AND reports <> 0",
        (series.municipality, series.area, series.theme, first.monday, last.monday),
        prepare=True,
    ).fetchall()
    counts: dict[Week, Counter[str]] = {}
    for row in rows:
        counts.setdefault(Week.of_day(row["monday"]), Counter())[row["organisation"]] = row["reports"]
    for place, reports in without:
        if place.series == series and first <= place.week <= last:
            counts.setdefault(place.week, Counter())[place.organisation] -= reports
    return {each: +by_organisation for each, by_organisation in counts.items()}


def totals_before(cursor: Cursor, municipality: str, week: Week, *, without: Sequence[Change] = ()) -> Totals:
    """What the municipality reported during the year before a week, by area and by theme."""
    first = week.before(HISTORY_WEEKS)
    rows = cursor.execute(
        "SELECT area, theme, sum(reports)::integer AS reports FROM weekly_counts_v3"
        " WHERE municipality = %s AND monday >= %s AND monday < %s GROUP BY area, theme",
        (municipality, first.monday, week.monday),
        prepare=True,
    ).fetchall()
    areas, themes = Counter[str](), Counter[Theme]()
    for row in rows:
        areas[row["area"]] += row["reports"]
        themes[Theme(row["theme"])] += row["reports"]
    for place, reports in without:
        if first <= place.week < week:
            areas[place.series.area] -= reports
            themes[place.series.theme] -= reports
    return Totals(areas, themes)


def first_week(cursor: Cursor, municipality: str, *, without: Sequence[Change] = ()) -> Week | None:
    """The first week that anybody reported for."""
    first = min(_first_counted(cursor, municipality, limit=1), key=lambda place: place.week, default=None)
    if first is not None and all(place.week > first.week for place, _reports in without):
        return first.week
    # Each of those that are left out may stand alone in its week; the next one does not.
    counted = _first_counted(cursor, municipality, limit=len(without) + 1)
    for place, reports in without:
        counted[place] -= reports
    return min((place.week for place in +counted), default=None)


def _first_counted(cursor: Cursor, municipality: str, *, limit: int) -> Counter[Place]:
    rows = cursor.execute(
        "SELECT * FROM weekly_counts_v3 WHERE municipality = %s AND reports > 0 ORDER BY monday LIMIT %s",
        (municipality, limit),
        prepare=True,
    )
    return Counter({_place(row): row["reports"] for row in rows.fetchall()})


def year_of(cursor: Cursor, series: Series, *, week: Week, weeks: int = 53) -> list[tuple[Week, int]]:
    """The counts of a series for so many weeks, the given one last."""
    rows = cursor.execute(
        "SELECT monday, sum(reports)::integer AS reports FROM weekly_counts_v3"
        " WHERE municipality = %s AND area = %s AND theme = %s AND monday BETWEEN %s AND %s GROUP BY monday",
        (series.municipality, series.area, series.theme, week.before(weeks - 1).monday, week.monday),
    ).fetchall()
    counts = {row["monday"]: row["reports"] for row in rows}
    shown = (week.before(weeks - 1 - place) for place in range(weeks))
    return [(each, counts.get(each.monday, 0)) for each in shown]


def _after(standing: Standing, fact: Any) -> Standing:
    position = fact.recorded.position
    if isinstance(fact, Telling):
        standing = standing.saying(place_of(fact), position=position)
    if not isinstance(fact, IncidentReportCorrected):
        counts = isinstance(fact, IncidentReported | IncidentReportReinstated)
        standing = standing.turned(counts=counts, position=position)
    return standing


def _standings(cursor: Cursor, reports: Iterable[Report]) -> dict[Report, Standing]:
    """Where those of some reports stand that one need remember."""
    rows = cursor.execute(STANDINGS, tuple(map(list, zip(*reports, strict=True)))).fetchall()
    return {
        (row["municipality"], row["report_id"]): Standing(
            place=_place(row) if row["area"] else None,
            said_at=row["said_at"],
            counts=row["counts"],
            turned_at=row["turned_at"],
        )
        for row in rows
    }


def _remember(cursor: Cursor, standings: dict[Report, Standing], *, known: dict[Report, Standing]) -> None:
    # What counts nowhere and has never been anything else need not be remembered.
    new = [
        (*report, *_standing(standing))
        for report, standing in standings.items()
        if report not in known and (standing.place or not standing.counts)
    ]
    if new:
        with cursor.copy("COPY weekly_counts_v3_reports FROM STDIN") as copy:
            for row in new:
                copy.write_row(row)
    moved = [
        (*_standing(standings[report]), *report) for report in known if standings[report] != known[report]
    ]
    if moved:
        cursor.executemany(MOVE, moved)


def _standing(standing: Standing) -> tuple[Any, ...]:
    key = _key(standing.place)[1:] if standing.place else (None,) * 4
    return (*key, standing.said_at, standing.counts, standing.turned_at)


def _add(cursor: Cursor, changes: Sequence[tuple[int, Change]]) -> None:
    if not changes:
        return
    with cursor.copy("COPY weekly_counts_v3_changes FROM STDIN") as copy:
        for position, change in changes:
            copy.write_row((position, change.reports, *_key(change.place)))
    sums = Counter[tuple[Any, ...]]()
    for _position, change in changes:
        sums[_key(change.place)] += change.reports
    cursor.executemany(ADD, [(*key, reports) for key, reports in sorted(sums.items())])


def _key(place: Place) -> tuple[Any, ...]:
    series = place.series
    return series.municipality, series.area, str(series.theme), place.week.monday, place.organisation


def _place(row: dict[str, Any]) -> Place:
    series = Series(row["municipality"], area=row["area"], theme=Theme(row["theme"]))
    return Place(series, Week.of_day(row["monday"]), row["organisation"])


STANDINGS = """
    SELECT * FROM weekly_counts_v3_reports
    JOIN unnest(%s::text[], %s::uuid[]) AS asked (municipality, report_id) USING (municipality, report_id)
"""
MOVE = """
    UPDATE weekly_counts_v3_reports
       SET area = %s, theme = %s, monday = %s, organisation = %s, said_at = %s, counts = %s, turned_at = %s
     WHERE municipality = %s AND report_id = %s
"""
ADD = """
    INSERT INTO weekly_counts_v3 VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (municipality, area, theme, monday, organisation)
    DO UPDATE SET reports = weekly_counts_v3.reports + excluded.reports
"""
