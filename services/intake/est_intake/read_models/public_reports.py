"""What has the public told, what waits for a decision, and what became of the rest?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import Coordinates
from est_intake.domain.public_report import PublicReport, PublicReportState, RejectionReason


class PublicReports(ReadModel):
    """One row for each public report; its words are fetched from beside the log while there are any."""

    name: ClassVar[str] = "public_reports_v3"
    tables: ClassVar[str] = """
        CREATE TABLE public_reports_v3 (
            municipality text NOT NULL,
            request_id uuid NOT NULL,
            position bigint NOT NULL,
            received_at timestamptz NOT NULL,
            checklist_entry text NOT NULL,
            area text,
            longitude double precision,
            latitude double precision,
            state text NOT NULL,
            reason text,
            decided_at timestamptz,
            kept_through date,
            PRIMARY KEY (municipality, request_id)
        );
        CREATE INDEX ON public_reports_v3 (municipality, state, position)
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            if isinstance(fact, RecordedEvent) and isinstance(fact.event, PublicReport.Event):
                _take_in(cursor, fact)


@dataclass(frozen=True, slots=True)
class PublicReportRow:
    """A public report as it is listed."""

    municipality: str
    request_id: UUID
    received_at: datetime
    checklist_entry: str
    area: str | None
    #: Where it was pointed out, while it waits: whoever decides is to see it, and nobody later.
    point: Coordinates | None
    state: PublicReportState
    reason: RejectionReason | None
    decided_at: datetime | None
    #: The last day on which its words wait for somebody to decide.
    kept_through: date | None
    words: str | None


@dataclass(frozen=True, slots=True)
class Accepted:
    """Which accepted reports a stranger asks for; what is left out does not limit."""

    municipality: str
    checklist_entry: str | None = None
    received_from: datetime | None = None
    received_before: datetime | None = None


def waiting(cursor: Cursor, municipality: str, *, limit: int = 50) -> list[PublicReportRow]:
    """Those that wait for a decision, the one that has waited longest first, with their words."""
    rows = cursor.execute(
        f"{REPORTS} WHERE municipality = %s AND state = 'waiting' ORDER BY position LIMIT %s",
        (municipality, limit),
    )
    return [_report(row) for row in rows.fetchall()]


def count_waiting(cursor: Cursor, municipality: str) -> int:
    row = cursor.execute(COUNT_WAITING, (municipality,)).fetchone()
    return int(row["reports"]) if row else 0


def overdue(cursor: Cursor, municipality: str, *, today: date, received_before: date | None) -> list[UUID]:
    """Those that nobody has decided on, and whose last day has passed; some came without such a day."""
    asked = {"municipality": municipality, "today": today, "received_before": received_before}
    return [row["request_id"] for row in cursor.execute(OVERDUE, asked).fetchall()]


def find_public_report(cursor: Cursor, municipality: str, request_id: UUID) -> PublicReportRow | None:
    row = cursor.execute(
        f"{REPORTS} WHERE municipality = %s AND request_id = %s", (municipality, request_id)
    ).fetchone()
    return _report(row) if row else None


def accepted(cursor: Cursor, wanted: Accepted, *, limit: int) -> list[PublicReportRow]:
    """Those that count, the latest first."""
    rows = cursor.execute(
        ACCEPTED,
        {
            "municipality": wanted.municipality,
            "entry": wanted.checklist_entry,
            "from": wanted.received_from,
            "before": wanted.received_before,
            "limit": limit,
        },
    )
    return [_report(row) for row in rows.fetchall()]


def _take_in(cursor: Cursor, fact: RecordedEvent) -> None:
    event = fact.event
    if isinstance(event, PublicReport.Received):
        cursor.execute(RECEIVE, {"longitude": None, "latitude": None} | (event.point or {}) | _told(fact))
    elif isinstance(event, PublicReport.Accepted):
        decided = (event.checklist_entry, event.area, fact.recorded_at)
        cursor.execute(ACCEPT, (*decided, event.municipality, event.request_id))
    elif isinstance(event, PublicReport.Rejected):
        cursor.execute(REJECT, (event.reason, fact.recorded_at, event.municipality, event.request_id))


def _told(fact: RecordedEvent) -> dict[str, Any]:
    event = fact.event
    return {
        "municipality": event.municipality,
        "request_id": event.request_id,
        "position": fact.position,
        "received_at": fact.recorded_at,
        "checklist_entry": event.checklist_entry,
        "area": event.area,
        "kept_through": event.kept_through,
    }


def _report(row: dict[str, Any]) -> PublicReportRow:
    longitude, latitude = row.pop("longitude"), row.pop("latitude")
    has_point = longitude is not None and latitude is not None
    row["point"] = Coordinates(longitude=longitude, latitude=latitude) if has_point else None
    row["reason"] = RejectionReason(row["reason"]) if row["reason"] else None
    return PublicReportRow(**{**row, "state": PublicReportState(row["state"])})


RECEIVE = """
    INSERT INTO public_reports_v3
           (municipality, request_id, position, received_at, checklist_entry, area, longitude, latitude,
            kept_through, state)
    VALUES (%(municipality)s, %(request_id)s, %(position)s, %(received_at)s, %(checklist_entry)s, %(area)s,
            %(longitude)s, %(latitude)s, %(kept_through)s, 'waiting')
"""
ACCEPT = """
    UPDATE public_reports_v3 SET state = 'accepted', checklist_entry = %s, area = %s, decided_at = %s,
           longitude = NULL, latitude = NULL
     WHERE municipality = %s AND request_id = %s
"""
REJECT = """
    UPDATE public_reports_v3 SET state = 'rejected', reason = %s, decided_at = %s,
           longitude = NULL, latitude = NULL
     WHERE municipality = %s AND request_id = %s
"""
COUNT_WAITING = """
    SELECT count(*) AS reports FROM public_reports_v3 WHERE municipality = %s AND state = 'waiting'
"""
OVERDUE = """
    SELECT request_id FROM public_reports_v3
     WHERE municipality = %(municipality)s AND state = 'waiting'
       AND (kept_through < %(today)s
            OR kept_through IS NULL
               AND received_at < %(received_before)s::date::timestamp AT TIME ZONE 'Europe/Stockholm')
     ORDER BY position
"""
REPORTS = """
    SELECT municipality, request_id, received_at, checklist_entry, area, longitude, latitude, state,
           reason, decided_at, kept_through,
           (SELECT words FROM public_report_words AS beside
             WHERE beside.municipality = report.municipality
               AND beside.request_id = report.request_id) AS words
      FROM public_reports_v3 AS report
"""
ACCEPTED = f"""
    {REPORTS}
    WHERE municipality = %(municipality)s AND state = 'accepted'
      AND (%(entry)s::text IS NULL OR checklist_entry = %(entry)s)
      AND (%(from)s::timestamptz IS NULL OR received_at >= %(from)s)
      AND (%(before)s::timestamptz IS NULL OR received_at < %(before)s)
    ORDER BY position DESC LIMIT %(limit)s
"""
