"""Facts of every report with two times each: when it happened in the world, and when we recorded it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_compiler.domain.drawing import SEVERE
from est_compiler.domain.drawn_picture import LateReports
from est_compiler.domain.knowledge import Slot, Tally
from est_compiler.domain.picture import Count
from est_contracts.messages import (
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
)
from est_contracts.vocabulary import STOCKHOLM, Party, PicturePeriod, Theme

COPY_FACTS = """
    COPY facts_v2 (position, recorded_at, first_position, happened_at, municipality, period, weekday, hour,
                   report_id, area, theme, organisation, party, severity) FROM STDIN
"""
#: A fact counts as of a position when it was recorded by then, and nothing has taken its place since.
KNOWN = """
    fact.position <= %(position)s AND NOT EXISTS (
        SELECT FROM facts_v2_ends AS ending
        WHERE ending.report_id = fact.report_id AND ending.position > fact.position
            AND ending.position <= %(position)s)
"""
#: A report that counts again says what it said last.
REINSTATE = """
    INSERT INTO facts_v2
    SELECT %(position)s, %(recorded_at)s, first_position, happened_at, municipality, period, weekday, hour,
           report_id, area, theme, organisation, party, severity
    FROM facts_v2 WHERE report_id = %(report_id)s AND position < %(position)s
    ORDER BY position DESC LIMIT 1
"""
#: What a correction says has been told of before: it is not late because it was corrected late.
KNOWN_BEFORE = """
    SELECT DISTINCT ON (report_id) report_id, first_position FROM facts_v2
    WHERE report_id = ANY(%s) ORDER BY report_id, position
"""


class Facts(ReadModel):
    """What each report has said, row by row; where one ends stands beside it: what was known stays known.

    A correction ends the row before it and begins another; a withdrawal and a duplicate only end one.
    """

    name: ClassVar[str] = "facts_v2"
    tables: ClassVar[str] = """
        CREATE TABLE facts_v2 (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
            first_position bigint NOT NULL,
            happened_at timestamptz NOT NULL,
            municipality text NOT NULL,
            period text NOT NULL,
            weekday smallint NOT NULL,
            hour smallint NOT NULL,
            report_id uuid NOT NULL,
            area text,
            theme text NOT NULL,
            organisation text NOT NULL,
            party text NOT NULL,
            severity smallint
        );
        CREATE INDEX facts_v2_by_week ON facts_v2 (municipality, period);
        CREATE INDEX facts_v2_by_recording ON facts_v2 (recorded_at);
        CREATE INDEX facts_v2_by_report ON facts_v2 (report_id, position);
        CREATE TABLE facts_v2_ends (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
            report_id uuid NOT NULL
        );
        CREATE INDEX facts_v2_ends_by_report ON facts_v2_ends (report_id, position);
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        told = [fact for fact in facts if isinstance(fact, IncidentReported | IncidentReportCorrected)]
        if told:
            first = _first_positions(cursor, told)
            with cursor.copy(COPY_FACTS) as copy:
                for report in told:
                    copy.write_row(_row(report, first_position=first[report.report_id]))
        ends = [_place(fact) for fact in facts if isinstance(fact, ENDING)]
        if ends:
            cursor.executemany(
                "INSERT INTO facts_v2_ends VALUES (%(position)s, %(recorded_at)s, %(report_id)s)", ends
            )
        again = [_place(fact) for fact in facts if isinstance(fact, IncidentReportReinstated)]
        if again:
            cursor.executemany(REINSTATE, again)


#: After these, what a report said before does not count.
ENDING = (IncidentReportCorrected, IncidentReportWithdrawn, IncidentReportMarkedDuplicate)


def _place(fact: Any) -> dict[str, Any]:
    recorded = fact.recorded
    return {
        "position": recorded.position,
        "recorded_at": recorded.recorded_at,
        "report_id": fact.report_id,
    }


def _first_positions(
    cursor: Cursor, told: Sequence[IncidentReported | IncidentReportCorrected]
) -> dict[UUID, int]:
    """Where each report was told of for the first time, in this batch or before it."""
    corrected = [each.report_id for each in told if isinstance(each, IncidentReportCorrected)]
    known = cursor.execute(KNOWN_BEFORE, (corrected,)).fetchall() if corrected else []
    first = {row["report_id"]: int(row["first_position"]) for row in known}
    for each in told:
        first.setdefault(each.report_id, each.recorded.position)
    return first


class LocalHour(NamedTuple):
    """Where an hour lies for people in Sweden."""

    period: str
    weekday: int
    hour: int


@lru_cache(maxsize=100_000)
def local_hour(hour: datetime) -> LocalHour:
    """The ISO week, weekday and hour in Stockholm; offsets are whole hours: an hour lies in one place."""
    local = hour.astimezone(STOCKHOLM)
    year, number, weekday = local.isocalendar()
    return LocalHour(f"{year:04d}-W{number:02d}", weekday, local.hour)


def _row(report: IncidentReported | IncidentReportCorrected, *, first_position: int) -> tuple[Any, ...]:
    happened_at, recorded = report.happened_at, report.recorded
    local = local_hour(happened_at - timedelta(minutes=happened_at.minute, seconds=happened_at.second,
                                               microseconds=happened_at.microsecond))  # fmt: skip
    return (
        recorded.position, recorded.recorded_at, first_position, happened_at, report.municipality,
        local.period, local.weekday, local.hour, report.report_id,
        report.area, report.theme, report.organisation, report.party, report.severity,
    )  # fmt: skip


def tallies(
    cursor: Cursor, *, municipality: str, periods: Mapping[Slot, PicturePeriod | None], position: int
) -> tuple[Tally, ...]:
    """What was known of some weeks at a position."""
    slots = {str(period): slot for slot, period in periods.items() if period is not None}
    rows = cursor.execute(
        f"""
        SELECT period, area, theme, organisation, party, severity, weekday, hour, count(*) AS reports
        FROM facts_v2 AS fact
        WHERE municipality = %(municipality)s AND period = ANY(%(periods)s) AND {KNOWN}
        GROUP BY period, area, theme, organisation, party, severity, weekday, hour
        ORDER BY period, area, theme, organisation, party, severity, weekday, hour
        """,  # noqa: S608
        {"municipality": municipality, "periods": list(slots), "position": position},
    ).fetchall()
    return tuple(
        Tally(
            slot=slots[row["period"]],
            area=row["area"],
            theme=Theme(row["theme"]),
            entry="",
            organisation=row["organisation"],
            party=Party(row["party"]),
            reports=row["reports"],
            severity=row["severity"],
            weekday=row["weekday"],
            hour=row["hour"],
        )
        for row in rows
    )


def counts_by_week(
    cursor: Cursor, *, municipality: str, first: str, last: str, position: int
) -> dict[str, Count]:
    """How many reports each of the weeks from `first` to `last` had; weeks without any are left out."""
    rows = cursor.execute(
        f"""
        SELECT period, count(*) AS reports, coalesce(sum(severity), 0) AS severity_total,
               count(*) FILTER (WHERE severity >= %(severe)s) AS severe
        FROM facts_v2 AS fact
        WHERE municipality = %(municipality)s AND period BETWEEN %(first)s AND %(last)s AND {KNOWN}
        GROUP BY period
        """,  # noqa: S608
        {"municipality": municipality, "first": first, "last": last, "position": position, "severe": SEVERE},
    ).fetchall()
    return {row["period"]: Count(row["reports"], row["severity_total"], row["severe"]) for row in rows}


def first_period(cursor: Cursor, *, municipality: str, position: int) -> str | None:
    """The first week of which anything was known."""
    row = cursor.execute(
        f"SELECT period FROM facts_v2 AS fact WHERE municipality = %(municipality)s AND {KNOWN} ORDER BY period LIMIT 1",  # noqa: S608, E501
        {"municipality": municipality, "position": position},
    ).fetchone()
    return row["period"] if row else None


def latest_period(cursor: Cursor, *, municipality: str, until: str) -> str | None:
    """The last week, no later than `until`, in which anything has happened."""
    row = cursor.execute(
        "SELECT period FROM facts_v2 WHERE municipality = %s AND period <= %s ORDER BY period DESC LIMIT 1",
        (municipality, until),
    ).fetchone()
    return row["period"] if row else None


def late_reports(
    cursor: Cursor, *, municipality: str, known_from: dict[str, int], position: int
) -> tuple[LateReports, ...]:
    """How many reports of some weeks came in after the position that is given for each."""
    if not known_from:
        return ()
    rows = cursor.execute(
        f"""
        SELECT fact.period, count(*) AS reports
        FROM unnest(%(periods)s::text[], %(positions)s::bigint[]) AS told (period, position)
        JOIN facts_v2 AS fact ON fact.municipality = %(municipality)s AND fact.period = told.period
            AND fact.first_position > told.position
        WHERE {KNOWN}
        GROUP BY fact.period ORDER BY fact.period
        """,  # noqa: S608
        {
            "municipality": municipality, "position": position,
            "periods": list(known_from), "positions": list(known_from.values()),
        },
    ).fetchall()  # fmt: skip
    return tuple(LateReports(row["period"], row["reports"]) for row in rows)


def changed_reports(cursor: Cursor, *, municipality: str, period: str, known_from: int, position: int) -> int:
    """How many reports that counted in a week at one position no longer say so at a later one."""
    row = cursor.execute(
        """
        SELECT count(DISTINCT ending.report_id) AS reports
        FROM facts_v2_ends AS ending
        JOIN facts_v2 AS fact ON fact.report_id = ending.report_id AND fact.position < ending.position
        WHERE fact.municipality = %(municipality)s AND fact.period = %(period)s
            AND fact.position <= %(known_from)s
            AND ending.position > %(known_from)s AND ending.position <= %(position)s
            AND NOT EXISTS (
                SELECT FROM facts_v2_ends AS earlier
                WHERE earlier.report_id = fact.report_id AND earlier.position > fact.position
                    AND earlier.position <= %(known_from)s)
        """,
        {"municipality": municipality, "period": period, "known_from": known_from, "position": position},
    ).fetchone()
    return row["reports"] if row else 0


def municipalities(cursor: Cursor) -> list[str]:
    """Those that anything is known of; found by stepping through the index, not by reading every fact."""
    rows = cursor.execute(
        """
        WITH RECURSIVE step AS (
            (SELECT municipality FROM facts_v2 ORDER BY municipality LIMIT 1)
            UNION ALL
            SELECT (SELECT municipality FROM facts_v2 WHERE municipality > step.municipality
                    ORDER BY municipality LIMIT 1)
            FROM step WHERE step.municipality IS NOT NULL
        )
        SELECT municipality FROM step WHERE municipality IS NOT NULL
        """
    ).fetchall()
    return [row["municipality"] for row in rows]
