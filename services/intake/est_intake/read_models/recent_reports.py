"""What has been reported, by which function, and what has become of it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import Coordinates, Origin, Party, Theme, WithdrawalReason
from est_intake.domain.incident_report import IncidentReport
from est_intake.domain.report_states import ReportState, state_of


class RecentReports(ReadModel):
    """One row for each report; the words are fetched from beside the log when somebody may read them.

    Where a report has stood before is kept beside, with its positions: a picture may have counted it there.
    """

    name: ClassVar[str] = "recent_reports_v3"
    tables: ClassVar[str] = """
        CREATE TABLE recent_reports_v3 (
            municipality text NOT NULL,
            report_id uuid NOT NULL,
            position bigint NOT NULL,
            recorded_at timestamptz NOT NULL,
            happened_at timestamptz NOT NULL,
            happened_until timestamptz,
            checklist_entry text NOT NULL,
            theme text NOT NULL,
            area text,
            place text,
            longitude double precision,
            latitude double precision,
            severity smallint,
            function text NOT NULL,
            organisation text NOT NULL,
            party text NOT NULL,
            entered_by text,
            has_text boolean NOT NULL,
            has_measures boolean NOT NULL,
            source text,
            origin text NOT NULL,
            sent_together uuid,
            revision int NOT NULL DEFAULT 1,
            looked_at boolean NOT NULL DEFAULT false,
            text_erased boolean NOT NULL DEFAULT false,
            duplicate_of uuid,
            withdrawn_because text,
            stands_since bigint NOT NULL,
            PRIMARY KEY (municipality, report_id)
        );
        CREATE INDEX ON recent_reports_v3 (municipality, happened_at DESC);
        CREATE INDEX ON recent_reports_v3 (municipality, function, position DESC);
        CREATE INDEX ON recent_reports_v3 (municipality, position DESC);
        CREATE TABLE recent_reports_v3_stood (
            municipality text NOT NULL,
            report_id uuid NOT NULL,
            since bigint NOT NULL,
            until bigint NOT NULL,
            happened_at timestamptz NOT NULL,
            area text,
            PRIMARY KEY (municipality, report_id, since)
        )
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        own = [fact for fact in facts if isinstance(fact, RecordedEvent)]
        told = [_row(fact) for fact in own if isinstance(fact.event, IncidentReport.Submitted)]
        if told:
            with cursor.copy(COPY) as copy:
                for row in told:
                    copy.write_row(row)
        # A report is told before anything happens to it; what happens to it then happens in order.
        for fact in own:
            for statement in STATEMENTS.get(type(fact.event), ()):
                cursor.execute(statement, _values(fact))


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as it is listed."""

    municipality: str
    report_id: UUID
    position: int
    recorded_at: datetime
    happened_at: datetime
    happened_until: datetime | None
    checklist_entry: str
    theme: Theme
    area: str | None
    place: str | None
    point: Coordinates | None
    severity: int | None
    function: str
    organisation: str
    party: Party
    entered_by: str | None
    has_text: bool
    has_measures: bool
    source: str | None
    origin: Origin
    sent_together: UUID | None
    revision: int
    looked_at: bool
    text_erased: bool
    duplicate_of: UUID | None
    withdrawn_because: WithdrawalReason | None
    #: Since which position in the log it has counted when and where it does now.
    stands_since: int
    text: str | None
    measures: str | None

    @property
    def state(self) -> ReportState:
        return state_of(
            is_looked_at=self.looked_at,
            is_duplicate=self.duplicate_of is not None,
            is_withdrawn=self.withdrawn_because is not None,
        )

    @property
    def counts(self) -> bool:
        return self.withdrawn_because is None and self.duplicate_of is None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which reports somebody wants to see; what is left out does not limit."""

    municipality: str
    #: What happened from a moment on, and before another: a reporting period, a week, any days.
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    function: str | None = None
    organisation: str | None = None
    party: Party | None = None
    #: One area, or several with commas between them.
    area: str | None = None
    place: str | None = None
    theme: str | None = None
    entry: str | None = None
    severity_at_least: int | None = None
    state: ReportState | None = None
    duplicate_of: UUID | None = None
    sent_together: UUID | None = None
    origin: str | None = None


def latest(
    cursor: Cursor, wanted: Selection, *, limit: int = 50, offset: int = 0, before: int | None = None
) -> list[ReportRow]:
    """The reports of a selection with their words, the latest recorded first; `before` is a position."""
    paging = {"limit": limit, "offset": offset, "before": None if before is None else min(before, BEYOND_ALL)}
    return [_report(row) for row in cursor.execute(LATEST, asdict(wanted) | paging).fetchall()]


def count(cursor: Cursor, wanted: Selection) -> int:
    """How many reports of a selection count: the withdrawn and the duplicates are left out."""
    row = cursor.execute(COUNT, asdict(wanted)).fetchone()
    return int(row["reports"]) if row else 0


def one_report(cursor: Cursor, municipality: str, report_id: UUID) -> ReportRow | None:
    """A report with its words, or None when it is not known."""
    row = cursor.execute(ONE_REPORT, (municipality, report_id)).fetchone()
    return _report(row) if row else None


def duplicates_of(cursor: Cursor, municipality: str, report_id: UUID) -> list[ReportRow]:
    """The reports that another one stands for: while that one does not count, nothing counts the incident."""
    wanted = Selection(municipality, duplicate_of=report_id, state=ReportState.DUPLICATE)
    return latest(cursor, wanted, limit=MOST_DUPLICATES)


def counts_by_area(cursor: Cursor, wanted: Selection) -> dict[str | None, int]:
    """How many reports of a selection count, by area; None is what names no area."""
    rows = cursor.execute(COUNT_BY_AREA, asdict(wanted)).fetchall()
    return {row["area"]: int(row["reports"]) for row in rows}


def newer_than(cursor: Cursor, municipality: str, *, position: int) -> int:
    """How many reports have been recorded beyond a position."""
    row = cursor.execute(NEWER_THAN, (municipality, position)).fetchone()
    return int(row["reports"]) if row else 0


def around_the_same_time(cursor: Cursor, report: IncidentReport, *, within: timedelta) -> list[ReportRow]:
    """The reports that may tell of the same incident: same theme, near in time, and counting."""
    incident = report.incident
    values = {
        "municipality": report.municipality,
        "report_id": report.report_id,
        "theme": incident.theme,
        "from": incident.happened_at - within,
        "to": incident.happened_at + within,
    }
    return [_report(row) for row in cursor.execute(AROUND_THE_SAME_TIME, values).fetchall()]


def _row(fact: RecordedEvent) -> tuple[Any, ...]:
    event, incident, reporter = fact.event, fact.event.incident, fact.event.reporter
    return (
        event.municipality,
        event.report_id,
        fact.position,
        fact.recorded_at,
        *_told(incident).values(),
        reporter["function"],
        reporter["organisation"],
        str(reporter["party"]),
        reporter.get("entered_by"),
        event.has_text,
        event.source,
        str(incident.get("origin") or (Origin.IMPORT if event.source else Origin.PROGRAM)),
        incident.get("sent_together"),
        fact.position,
    )


def _values(fact: RecordedEvent) -> dict[str, Any]:
    event = fact.event
    told = _told(event.incident) if isinstance(event, IncidentReport.Corrected) else {}
    return {**vars(event), **told, "position": fact.position}


def _told(incident: dict[str, Any]) -> dict[str, Any]:
    """What a correction may change; events recorded earlier say less."""
    point = incident.get("point") or {}
    return {
        "happened_at": incident["happened_at"],
        "happened_until": incident.get("happened_until"),
        "checklist_entry": incident["checklist_entry"],
        "theme": str(incident["theme"]),
        "area": incident["area"],
        "place": incident.get("place"),
        "longitude": point.get("longitude"),
        "latitude": point.get("latitude"),
        "severity": incident["severity"],
        "has_measures": incident.get("has_measures", False),
    }


def _report(row: dict[str, Any]) -> ReportRow:
    because, longitude, latitude = row["withdrawn_because"], row.pop("longitude"), row.pop("latitude")
    has_point = longitude is not None and latitude is not None
    row["point"] = Coordinates(longitude=longitude, latitude=latitude) if has_point else None
    row["theme"], row["party"], row["origin"] = (
        Theme(row["theme"]),
        Party(row["party"]),
        Origin(row["origin"]),
    )
    row["withdrawn_because"] = WithdrawalReason(because) if because else None
    return ReportRow(**row)


#: More than anybody has marked of one report.
MOST_DUPLICATES = 200
#: As large as the column: whoever asks for more asks for everything.
BEYOND_ALL = 2**63 - 1
TOLD_COLUMNS = (
    "happened_at", "happened_until", "checklist_entry", "theme", "area", "place", "longitude", "latitude",
    "severity", "has_measures",
)  # fmt: skip
TOLD = ", ".join(TOLD_COLUMNS)
COPY = f"""
    COPY recent_reports_v3 (municipality, report_id, position, recorded_at, {TOLD},
                            function, organisation, party, entered_by, has_text, source, origin,
                            sent_together, stands_since)
    FROM STDIN
"""
THOSE_THAT_COUNT = "withdrawn_because IS NULL AND duplicate_of IS NULL"
UPDATE = "UPDATE recent_reports_v3 SET"
WHICH = "WHERE municipality = %(municipality)s AND report_id = %(report_id)s"
MOVES = (
    f"{THOSE_THAT_COUNT} AND (happened_at, area) IS DISTINCT FROM (%(happened_at)s::timestamptz, %(area)s)"
)
#: It has counted there until now.
STOOD = f"""
    INSERT INTO recent_reports_v3_stood
    SELECT municipality, report_id, stands_since, %(position)s, happened_at, area
      FROM recent_reports_v3 {WHICH} AND
"""  # noqa: S608 - our own words
CORRECT = f"""
    {UPDATE} ({TOLD}) = ROW ({", ".join(f"%({column})s" for column in TOLD_COLUMNS)}),
             has_text = %(has_text)s, revision = %(revision)s,
             looked_at = looked_at AND %(by_function)s::text IS DISTINCT FROM function,
             stands_since = CASE WHEN {MOVES} THEN %(position)s ELSE stands_since END
    {WHICH}
"""
STATEMENTS: dict[type, tuple[str, ...]] = {
    IncidentReport.Corrected: (f"{STOOD} {MOVES}", CORRECT),
    IncidentReport.Withdrawn: (
        f"{STOOD} {THOSE_THAT_COUNT}",
        f"{UPDATE} withdrawn_because = %(reason)s {WHICH}",
    ),
    IncidentReport.MarkedDuplicate: (
        f"{STOOD} {THOSE_THAT_COUNT}",
        f"{UPDATE} duplicate_of = %(duplicate_of)s {WHICH}",
    ),
    IncidentReport.Reinstated: (
        f"{UPDATE} withdrawn_because = NULL, duplicate_of = NULL, stands_since = %(position)s {WHICH}",
    ),
    IncidentReport.LookedAt: (f"{UPDATE} looked_at = true {WHICH}",),
    IncidentReport.PutBack: (f"{UPDATE} looked_at = false {WHICH}",),
    IncidentReport.TextErased: (f"{UPDATE} text_erased = true {WHICH}",),
}

#: Whoever lets a stranger's word count has not been heard by that.
BY_THE_FUNCTION_ITSELF = "origin <> 'public'"
SELECTED = f"""
    FROM recent_reports_v3 AS report
    WHERE municipality = %(municipality)s
      AND (%(starts_at)s::timestamptz IS NULL OR happened_at >= %(starts_at)s)
      AND (%(ends_at)s::timestamptz IS NULL OR happened_at < %(ends_at)s)
      AND (%(function)s::text IS NULL OR function = %(function)s)
      AND (%(organisation)s::text IS NULL OR organisation = %(organisation)s)
      AND (%(party)s::text IS NULL OR party = %(party)s)
      AND (%(area)s::text IS NULL OR area = ANY(string_to_array(%(area)s, ',')))
      AND (%(place)s::text IS NULL OR place = %(place)s)
      AND (%(theme)s::text IS NULL OR theme = %(theme)s)
      AND (%(entry)s::text IS NULL OR checklist_entry = %(entry)s)
      AND (%(severity_at_least)s::int IS NULL OR severity >= %(severity_at_least)s)
      AND (%(duplicate_of)s::uuid IS NULL OR duplicate_of = %(duplicate_of)s)
      AND (%(sent_together)s::uuid IS NULL OR sent_together = %(sent_together)s)
      AND (%(origin)s::text IS NULL OR origin = %(origin)s)
      AND CASE %(state)s::text
            WHEN 'new' THEN {THOSE_THAT_COUNT} AND NOT looked_at
            WHEN 'looked_at' THEN {THOSE_THAT_COUNT} AND looked_at
            WHEN 'duplicate' THEN duplicate_of IS NOT NULL AND withdrawn_because IS NULL
            WHEN 'withdrawn' THEN withdrawn_because IS NOT NULL
            ELSE true END
"""
COUNT = f"SELECT count(*) AS reports {SELECTED} AND {THOSE_THAT_COUNT}"
COUNT_BY_AREA = f"SELECT area, count(*) AS reports {SELECTED} AND {THOSE_THAT_COUNT} GROUP BY area"
NEWER_THAN = "SELECT count(*) AS reports FROM recent_reports_v3 WHERE municipality = %s AND position > %s"
LISTED = f"""
    SELECT municipality, report_id, position, recorded_at, {TOLD}, function, organisation, party, entered_by,
           has_text, source, origin, sent_together, revision, looked_at, text_erased, duplicate_of,
           withdrawn_because, stands_since, beside.text, beside.measures
"""
BESIDE = "LEFT JOIN report_texts AS beside USING (municipality, report_id)"
LATEST = f"""
    WITH report AS (
        SELECT * {SELECTED}
           AND (%(before)s::bigint IS NULL OR position < %(before)s)
         ORDER BY position DESC LIMIT %(limit)s OFFSET %(offset)s
    )
    {LISTED} FROM report {BESIDE} ORDER BY position DESC
"""  # noqa: S608 - our own words
ONE_REPORT = f"{LISTED} FROM recent_reports_v3 {BESIDE} WHERE municipality = %s AND report_id = %s"
AROUND_THE_SAME_TIME = f"""
    {LISTED} FROM recent_reports_v3 {BESIDE}
     WHERE municipality = %(municipality)s AND report_id <> %(report_id)s AND theme = %(theme)s
       AND happened_at BETWEEN %(from)s AND %(to)s AND {THOSE_THAT_COUNT}
     ORDER BY position DESC LIMIT 200
"""
