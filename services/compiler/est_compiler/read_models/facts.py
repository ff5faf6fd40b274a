"""Facts of every report with two times each: when it happened in the world, and when we recorded it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_compiler.domain.drawing import SEVERE
from est_compiler.domain.picture import Count, LateReports, Tally
from est_contracts.messages import IncidentReported, IncidentReportWithdrawn
from est_contracts.vocabulary import STOCKHOLM, Party, Theme

COPY_FACTS = """
    COPY facts_v1 (position, recorded_at, happened_at, municipality, period, weekday, hour, report_id,
                   area, theme, organisation, party, severity) FROM STDIN
"""
#: A fact counts as of a position when it was recorded by then and not yet withdrawn.
KNOWN = """
    fact.position <= %(position)s AND NOT EXISTS (
        SELECT FROM facts_v1_withdrawals AS withdrawal
        WHERE withdrawal.report_id = fact.report_id AND withdrawal.position <= %(position)s)
"""


class Facts(ReadModel):
    """What is known of each report; a withdrawal stands beside it: what was known then stays known."""

    name: ClassVar[str] = "facts_v1"
    tables: ClassVar[str] = """
        CREATE TABLE facts_v1 (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
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
        CREATE INDEX facts_v1_by_week ON facts_v1 (municipality, period);
        CREATE INDEX facts_v1_by_recording ON facts_v1 (recorded_at);
        CREATE TABLE facts_v1_withdrawals (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
            report_id uuid NOT NULL
        );
        CREATE INDEX facts_v1_withdrawals_by_report ON facts_v1_withdrawals (report_id);
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        reports = [fact for fact in facts if isinstance(fact, IncidentReported)]
        if reports:
            with cursor.copy(COPY_FACTS) as copy:
                for report in reports:
                    copy.write_row(_row(report))
        withdrawals = [fact for fact in facts if isinstance(fact, IncidentReportWithdrawn)]
        if withdrawals:
            cursor.executemany(
                "INSERT INTO facts_v1_withdrawals (position, recorded_at, report_id) VALUES (%s, %s, %s)",
                [(each.recorded.position, each.recorded.recorded_at, each.report_id) for each in withdrawals],
            )


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


def _row(report: IncidentReported) -> tuple[Any, ...]:
    happened_at, recorded = report.happened_at, report.recorded
    local = local_hour(happened_at - timedelta(minutes=happened_at.minute, seconds=happened_at.second,
                                               microseconds=happened_at.microsecond))  # fmt: skip
    return (
        recorded.position, recorded.recorded_at, happened_at, report.municipality,
        local.period, local.weekday, local.hour, report.report_id,
        report.area, report.theme, report.organisation, report.party, report.severity,
    )  # fmt: skip


def tallies(cursor: Cursor, *, municipality: str, periods: Sequence[str], position: int) -> tuple[Tally, ...]:
    """What was known of some weeks at a position."""
    rows = cursor.execute(
        f"""
        SELECT period, area, theme, organisation, party, severity, weekday, hour, count(*) AS reports
        FROM facts_v1 AS fact
        WHERE municipality = %(municipality)s AND period = ANY(%(periods)s) AND {KNOWN}
        GROUP BY period, area, theme, organisation, party, severity, weekday, hour
        ORDER BY period, area, theme, organisation, party, severity, weekday, hour
        """,  # noqa: S608
        {"municipality": municipality, "periods": list(periods), "position": position},
    ).fetchall()
    return tuple(Tally(**{**row, "theme": Theme(row["theme"]), "party": Party(row["party"])}) for row in rows)


def counts_by_week(
    cursor: Cursor, *, municipality: str, first: str, last: str, position: int
) -> dict[str, Count]:
    """How many reports each of the weeks from `first` to `last` had; weeks without any are left out."""
    rows = cursor.execute(
        f"""
        SELECT period, count(*) AS reports, coalesce(sum(severity), 0) AS severity_total,
               count(*) FILTER (WHERE severity >= %(severe)s) AS severe
        FROM facts_v1 AS fact
        WHERE municipality = %(municipality)s AND period BETWEEN %(first)s AND %(last)s AND {KNOWN}
        GROUP BY period
        """,  # noqa: S608
        {"municipality": municipality, "first": first, "last": last, "position": position, "severe": SEVERE},
    ).fetchall()
    return {row["period"]: Count(row["reports"], row["severity_total"], row["severe"]) for row in rows}


def first_period(cursor: Cursor, *, municipality: str, position: int) -> str | None:
    """The first week of which anything was known."""
    row = cursor.execute(
        f"SELECT period FROM facts_v1 AS fact WHERE municipality = %(municipality)s AND {KNOWN} ORDER BY period LIMIT 1",  # noqa: S608, E501
        {"municipality": municipality, "position": position},
    ).fetchone()
    return row["period"] if row else None


def latest_period(cursor: Cursor, *, municipality: str, until: str) -> str | None:
    """The last week, no later than `until`, in which anything has happened."""
    row = cursor.execute(
        "SELECT period FROM facts_v1 WHERE municipality = %s AND period <= %s ORDER BY period DESC LIMIT 1",
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
        JOIN facts_v1 AS fact ON fact.municipality = %(municipality)s AND fact.period = told.period
            AND fact.position > told.position
        WHERE {KNOWN}
        GROUP BY fact.period ORDER BY fact.period
        """,  # noqa: S608
        {
            "municipality": municipality, "position": position,
            "periods": list(known_from), "positions": list(known_from.values()),
        },
    ).fetchall()  # fmt: skip
    return tuple(LateReports(row["period"], row["reports"]) for row in rows)


def withdrawn_reports(
    cursor: Cursor, *, municipality: str, period: str, known_from: int, position: int
) -> int:
    """How many reports of a week counted at one position and no longer at a later one."""
    row = cursor.execute(
        """
        SELECT count(*) AS reports
        FROM facts_v1 AS fact JOIN facts_v1_withdrawals AS withdrawal USING (report_id)
        WHERE fact.municipality = %s AND fact.period = %s AND fact.position <= %s
            AND withdrawal.position > %s AND withdrawal.position <= %s
        """,
        (municipality, period, known_from, known_from, position),
    ).fetchone()
    return row["reports"] if row else 0


def municipalities(cursor: Cursor) -> list[str]:
    """Those that anything is known of; found by stepping through the index, not by reading every fact."""
    rows = cursor.execute(
        """
        WITH RECURSIVE step AS (
            (SELECT municipality FROM facts_v1 ORDER BY municipality LIMIT 1)
            UNION ALL
            SELECT (SELECT municipality FROM facts_v1 WHERE municipality > step.municipality
                    ORDER BY municipality LIMIT 1)
            FROM step WHERE step.municipality IS NOT NULL
        )
        SELECT municipality FROM step WHERE municipality IS NOT NULL
        """
    ).fetchall()
    return [row["municipality"] for row in rows]
