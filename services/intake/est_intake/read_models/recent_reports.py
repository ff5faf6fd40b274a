"""What has been reported lately, and by which function?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import Party, Theme, Week, WithdrawalReason
from est_intake.domain.incident_report import IncidentReport


class RecentReports(ReadModel):
    """One row for each report; the text is fetched from beside the log when somebody may read it."""

    name: ClassVar[str] = "recent_reports_v1"
    tables: ClassVar[str] = """
        CREATE TABLE recent_reports_v1 (
            municipality text NOT NULL,
            report_id uuid NOT NULL,
            position bigint NOT NULL,
            recorded_at timestamptz NOT NULL,
            happened_at timestamptz NOT NULL,
            period text NOT NULL,
            checklist_entry text NOT NULL,
            theme text NOT NULL,
            area text,
            severity smallint,
            function text NOT NULL,
            organisation text NOT NULL,
            party text NOT NULL,
            has_text boolean NOT NULL,
            source text,
            withdrawn_because text,
            PRIMARY KEY (municipality, report_id)
        );
        CREATE INDEX ON recent_reports_v1 (municipality, period, happened_at DESC);
        CREATE INDEX ON recent_reports_v1 (municipality, function, position DESC);
        CREATE INDEX ON recent_reports_v1 (municipality, position DESC)
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        own = [fact for fact in facts if isinstance(fact, RecordedEvent)]
        told = [_row(fact) for fact in own if isinstance(fact.event, IncidentReport.Submitted)]
        withdrawn = [
            (fact.event.reason, fact.event.municipality, fact.event.report_id)
            for fact in own
            if isinstance(fact.event, IncidentReport.Withdrawn)
        ]
        if told:
            with cursor.copy(COPY) as copy:
                for row in told:
                    copy.write_row(row)
        if withdrawn:
            cursor.executemany(WITHDRAW, withdrawn)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as it is listed."""

    municipality: str
    report_id: UUID
    recorded_at: datetime
    happened_at: datetime
    period: str
    checklist_entry: str
    theme: Theme
    area: str | None
    severity: int | None
    function: str
    organisation: str
    party: Party
    has_text: bool
    source: str | None
    withdrawn_because: WithdrawalReason | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which reports somebody wants to see; what is left out does not limit."""

    municipality: str
    period: str | None = None
    function: str | None = None
    area: str | None = None
    theme: str | None = None


def latest(cursor: Cursor, wanted: Selection, *, limit: int = 50, offset: int = 0) -> list[ReportRow]:
    """The reports of a selection, the latest recorded first, with their texts."""
    rows = cursor.execute(LATEST, {**_limits(wanted), "limit": limit, "offset": offset}).fetchall()
    return [_report(row) for row in rows]


def count(cursor: Cursor, wanted: Selection) -> int:
    """How many reports of a selection count, the withdrawn left out."""
    row = cursor.execute(COUNT, _limits(wanted)).fetchone()
    return int(row["reports"]) if row else 0


def functions_heard(cursor: Cursor, municipality: str, period: str) -> frozenset[str]:
    """The functions that have reported something that happened in the period."""
    rows = cursor.execute(FUNCTIONS_HEARD, (municipality, period)).fetchall()
    return frozenset(row["function"] for row in rows)


def _row(fact: RecordedEvent) -> tuple[Any, ...]:
    event, incident, reporter = fact.event, fact.event.incident, fact.event.reporter
    return (
        event.municipality,
        event.report_id,
        fact.position,
        fact.recorded_at,
        incident["happened_at"],
        str(Week.of(incident["happened_at"])),
        incident["checklist_entry"],
        str(incident["theme"]),
        incident["area"],
        incident["severity"],
        reporter["function"],
        reporter["organisation"],
        str(reporter["party"]),
        event.has_text,
        event.source,
    )


def _report(row: dict[str, Any]) -> ReportRow:
    because = row["withdrawn_because"]
    row["theme"], row["party"] = Theme(row["theme"]), Party(row["party"])
    row["withdrawn_because"] = WithdrawalReason(because) if because else None
    return ReportRow(**row)


def _limits(wanted: Selection) -> dict[str, Any]:
    return {
        "municipality": wanted.municipality,
        "period": wanted.period,
        "function": wanted.function,
        "area": wanted.area,
        "theme": wanted.theme,
    }


COPY = """
    COPY recent_reports_v1 (municipality, report_id, position, recorded_at, happened_at, period,
                            checklist_entry, theme, area, severity, function, organisation, party,
                            has_text, source)
    FROM STDIN
"""
WITHDRAW = "UPDATE recent_reports_v1 SET withdrawn_because = %s WHERE municipality = %s AND report_id = %s"

SELECTED = """
    FROM recent_reports_v1 AS report
    WHERE municipality = %(municipality)s
      AND (%(period)s::text IS NULL OR period = %(period)s)
      AND (%(function)s::text IS NULL OR function = %(function)s)
      AND (%(area)s::text IS NULL OR area = %(area)s)
      AND (%(theme)s::text IS NULL OR theme = %(theme)s)
"""
COUNT = f"SELECT count(*) AS reports {SELECTED} AND withdrawn_because IS NULL"
LATEST = f"""
    SELECT municipality, report_id, recorded_at, happened_at, period, checklist_entry, theme, area, severity,
           function, organisation, party, has_text, source, withdrawn_because,
           (SELECT text FROM report_texts AS beside
             WHERE beside.municipality = report.municipality AND beside.report_id = report.report_id) AS text
    {SELECTED}
    ORDER BY position DESC LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608 - our own words
FUNCTIONS_HEARD = """
    SELECT DISTINCT function FROM recent_reports_v1
     WHERE municipality = %s AND period = %s AND withdrawn_because IS NULL
"""
