"""How often is a theme reported in an area, week by week, and by how many organisations?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from est_analysis.domain.history import HISTORY_WEEKS, WINDOW_WEEKS, Counts, Series, Totals
from est_analysis.domain.rules import may_become_a_problem
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

# One key of the counts: municipality, area, theme, Monday of the week, organisation.
Key = tuple[str, str, str, date, str]
NOWHERE = (None,) * 5

FIRST = IncidentReported
LATER = (
    IncidentReportCorrected
    | IncidentReportWithdrawn
    | IncidentReportMarkedDuplicate
    | IncidentReportReinstated
)


@dataclass(frozen=True)
class CountedReport:
    """Where a report was counted."""

    series: Series
    week: Week


class WeeklyCounts(ReadModel):
    """Counts by area, theme, week and organisation, and where each report has been counted.

    A correction counts elsewhere or nowhere; the withdrawn and the duplicates are counted no longer.
    """

    name: ClassVar[str] = "weekly_counts_v2"
    tables: ClassVar[str] = """
        CREATE TABLE weekly_counts_v2 (
            municipality text NOT NULL,
            area text NOT NULL,
            theme text NOT NULL,
            monday date NOT NULL,
            organisation text NOT NULL,
            reports integer NOT NULL,
            PRIMARY KEY (municipality, area, theme, monday, organisation)
        );
        CREATE INDEX weekly_counts_v2_by_week ON weekly_counts_v2 (municipality, monday);
        CREATE TABLE weekly_counts_v2_reports (
            municipality text NOT NULL,
            report_id uuid NOT NULL,
            position bigint NOT NULL,
            area text,
            theme text,
            monday date,
            organisation text,
            PRIMARY KEY (municipality, report_id, position)
        );
        """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        told = [fact for fact in facts if isinstance(fact, FIRST | LATER)]
        later = [(fact.municipality, fact.report_id) for fact in told if isinstance(fact, LATER)]
        places = _places_of(cursor, later)
        changes = Counter[Key | None]()
        rows: list[tuple[Any, ...]] = []
        for fact in told:
            report = (fact.municipality, fact.report_id)
            if not isinstance(fact, FIRST | IncidentReportReinstated):
                changes[places.get(report)] -= 1
            if isinstance(fact, FIRST | IncidentReportCorrected):
                places[report] = key_of(fact)
                if places[report] or isinstance(fact, IncidentReportCorrected):
                    rows.append((*report, fact.recorded.position, *(places[report] or NOWHERE)[1:]))
            if isinstance(fact, FIRST | IncidentReportCorrected | IncidentReportReinstated):
                changes[places.get(report)] += 1
        _remember(cursor, rows)
        _add(cursor, {key: change for key, change in changes.items() if key and change})


def key_of(report: IncidentReported | IncidentReportCorrected) -> Key | None:
    """Where a report counts; nowhere without an area, or when nothing bad has happened."""
    series = series_of(report)
    if series is None:
        return None
    monday = Week.of(report.happened_at).monday
    return series.municipality, series.area, str(series.theme), monday, report.organisation


def series_of(report: IncidentReported | IncidentReportCorrected) -> Series | None:
    counts = may_become_a_problem(
        report.theme, polarity=report.polarity, scope=report.scope, tense=report.tense
    )
    if report.area is None or not counts:
        return None
    return Series(report.municipality, area=report.area, theme=report.theme)


def around(cursor: Cursor, series: Series, *, week: Week) -> Counts:
    """All that is needed of a series to judge a week, and the windows after it that reach back to it."""
    rows = cursor.execute(
        "SELECT monday, organisation, reports FROM weekly_counts_v2"
        " WHERE municipality = %s AND area = %s AND theme = %s AND monday BETWEEN %s AND %s AND reports > 0",
        (
            series.municipality,
            series.area,
            series.theme,
            week.before(HISTORY_WEEKS + WINDOW_WEEKS - 1).monday,
            week.before(1 - WINDOW_WEEKS).monday,
        ),
        prepare=True,
    ).fetchall()
    counts: dict[Week, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(Week.of_day(row["monday"]), {})[row["organisation"]] = row["reports"]
    return counts


def totals_before(cursor: Cursor, municipality: str, *, week: Week) -> Totals:
    """What the municipality reported during the year before a week, by area and by theme."""
    rows = cursor.execute(
        "SELECT area, theme, sum(reports)::integer AS reports FROM weekly_counts_v2"
        " WHERE municipality = %s AND monday >= %s AND monday < %s GROUP BY area, theme",
        (municipality, week.before(HISTORY_WEEKS).monday, week.monday),
        prepare=True,
    ).fetchall()
    areas, themes = Counter[str](), Counter[Theme]()
    for row in rows:
        areas[row["area"]] += row["reports"]
        themes[Theme(row["theme"])] += row["reports"]
    return Totals(areas, themes)


def first_week(cursor: Cursor, municipality: str) -> Week | None:
    """The first week that anybody reported for."""
    row = cursor.execute(
        "SELECT min(monday) AS monday FROM weekly_counts_v2 WHERE municipality = %s AND reports > 0",
        (municipality,),
        prepare=True,
    ).fetchone()
    return Week.of_day(row["monday"]) if row and row["monday"] else None


def counted(cursor: Cursor, *, municipality: str, report_id: UUID) -> list[CountedReport]:
    """Everywhere a report has been counted, also when it is counted no longer."""
    rows = cursor.execute(
        "SELECT DISTINCT area, theme, monday FROM weekly_counts_v2_reports"
        " WHERE municipality = %s AND report_id = %s AND area IS NOT NULL ORDER BY area, theme, monday",
        (municipality, report_id),
    ).fetchall()
    return [
        CountedReport(
            Series(municipality, area=row["area"], theme=Theme(row["theme"])), week=Week.of_day(row["monday"])
        )
        for row in rows
    ]


def year_of(cursor: Cursor, series: Series, *, week: Week, weeks: int = 53) -> list[tuple[Week, int]]:
    """The counts of a series for so many weeks, the given one last."""
    rows = cursor.execute(
        "SELECT monday, sum(reports)::integer AS reports FROM weekly_counts_v2"
        " WHERE municipality = %s AND area = %s AND theme = %s AND monday BETWEEN %s AND %s GROUP BY monday",
        (series.municipality, series.area, series.theme, week.before(weeks - 1).monday, week.monday),
    ).fetchall()
    counts = {row["monday"]: row["reports"] for row in rows}
    shown = (week.before(weeks - 1 - place) for place in range(weeks))
    return [(each, counts.get(each.monday, 0)) for each in shown]


def _remember(cursor: Cursor, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        statement = "INSERT INTO weekly_counts_v2_reports VALUES (%s, %s, %s, %s, %s, %s, %s)"
        cursor.executemany(statement, rows)


def _places_of(cursor: Cursor, reports: list[tuple[str, UUID]]) -> dict[tuple[str, UUID], Key | None]:
    """Where some reports were counted last. The rows stay: whoever hears of it may still ask where."""
    if not reports:
        return {}
    rows = cursor.execute(
        "SELECT DISTINCT ON (municipality, report_id) municipality, report_id, area, theme, monday,"
        " organisation FROM weekly_counts_v2_reports"
        " JOIN unnest(%s::text[], %s::uuid[]) AS asked (municipality, report_id)"
        " USING (municipality, report_id) ORDER BY municipality, report_id, position DESC",
        tuple(map(list, zip(*reports, strict=True))),
    ).fetchall()
    return {
        (row["municipality"], row["report_id"]): row["area"]
        and (row["municipality"], row["area"], row["theme"], row["monday"], row["organisation"])
        for row in rows
    }


def _add(cursor: Cursor, changes: dict[Key, int]) -> None:
    cursor.executemany(
        "INSERT INTO weekly_counts_v2 VALUES (%s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (municipality, area, theme, monday, organisation)"
        " DO UPDATE SET reports = weekly_counts_v2.reports + excluded.reports",
        [(*key, change) for key, change in sorted(changes.items())],
    )
