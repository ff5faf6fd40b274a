"""What the duty officer's stream shows, each line under the position its teller gave it."""

import heapq
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.messages import (
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
    MeasureCompleted,
    MeasureDecided,
    Message,
    PicturePublished,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
)
from est_notifier.domain.alert_letters import DID_NOT_GET_THROUGH, AlertLetter
from est_notifier.domain.alerts import Alert
from est_notifier.domain.live import UPSTREAMS, Bookmark, LiveEntry, Reading

SHOWN_MESSAGES: tuple[type[Message], ...] = (
    IncidentReported,
    IncidentReportCorrected,
    IncidentReportWithdrawn,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    PicturePublished,
    ProblemFlagged,
    ProblemConfirmed,
    ProblemDismissed,
    MeasureDecided,
    MeasureCompleted,
)
SHOWN_EVENTS: Mapping[type[Alert.Event | AlertLetter.Event], str] = {
    Alert.Raised: "alert_raised",
    Alert.Acknowledged: "alert_acknowledged",
    Alert.Escalated: "alert_escalated",
    Alert.Exhausted: "alert_exhausted",
    Alert.StoodDown: "alert_stood_down",
    Alert.RaisedAgain: "alert_raised_again",
    Alert.Restated: "alert_restated",
    AlertLetter.Settled: "alert_letter_settled",
}
#: They tell which report it is and no more; whoever is on duty wants to know what it was about.
TURNS = frozenset(
    {IncidentReportWithdrawn.FACT, IncidentReportMarkedDuplicate.FACT, IncidentReportReinstated.FACT}
)
TELLINGS = frozenset({IncidentReported.FACT, IncidentReportCorrected.FACT})
ENVELOPE = {"recorded", "municipality", "happened_at"}
OWN_EVENT_ENVELOPE = {"originator_id", "originator_version", "timestamp", "originator_topic", "municipality"}


class LiveEntries(ReadModel):
    """The live list (jourlista), and how far the logs it is made from have been taken in."""

    name: ClassVar[str] = "live_entries_v4"
    upstreams: ClassVar[tuple[str, ...]] = ("intake", "compiler", "analysis")
    tables: ClassVar[str] = """
        CREATE TABLE live_entries_v4 (
            upstream text NOT NULL,
            position bigint NOT NULL,
            municipality text NOT NULL,
            fact text NOT NULL,
            happened_at timestamptz NOT NULL,
            recorded_at timestamptz NOT NULL,
            content jsonb NOT NULL,
            PRIMARY KEY (upstream, position)
        );
        CREATE INDEX live_entries_v4_by_municipality ON live_entries_v4 (municipality, upstream, position);
        CREATE INDEX live_entries_v4_by_report ON live_entries_v4 ((content->>'report_id'), position)
            WHERE fact IN ('incident_reported', 'incident_report_corrected');
        CREATE INDEX live_entries_v4_by_time ON live_entries_v4 (municipality, recorded_at);
        CREATE TABLE live_entries_v4_taken_in (
            upstream text PRIMARY KEY,
            position bigint NOT NULL
        )
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        entries = _saying_what(cursor, [entry for fact in facts if (entry := entry_of(fact)) is not None])
        last = {_upstream_of(fact): _position_of(fact) for fact in facts}
        # One statement for all: this stands between a report and the duty officer's screen.
        lines = json.dumps([_line(entry) for entry in entries], ensure_ascii=False)
        cursor.execute(_TAKE_IN, {"lines": lines, "last": json.dumps(last)}, prepare=True)


def beyond(cursor: Cursor, bookmark: Bookmark, *, municipality: str | None, limit: int) -> Reading:
    """What stands beyond a bookmark, at most `limit` lines of each upstream.

    All in one statement: how far the logs have been taken in must be as true as the lines themselves,
    also while the read model is being replayed.
    """
    asked = {"municipality": municipality, "limit": limit} | dict(bookmark)
    statement = _BEYOND if municipality is None else _BEYOND_IN_MUNICIPALITY
    lines, taken_in = _read(cursor.execute(statement, asked, prepare=True).fetchall())
    reached = {}
    for upstream, position in bookmark:
        is_whole = len(lines[upstream]) < limit
        last = taken_in.of(upstream) if is_whole else lines[upstream][-1].position
        reached[upstream] = max(position, last)
    return Reading(_in_order(lines), Bookmark.at(reached))


def latest(cursor: Cursor, municipality: str, *, limit: int) -> Reading:
    """The last lines of a municipality, oldest first, and the bookmark of one who has read them."""
    asked = {"municipality": municipality, "limit": limit}
    lines, taken_in = _read(cursor.execute(_LATEST, asked, prepare=True).fetchall())
    return Reading(_in_order(lines), taken_in)


def taken_in(cursor: Cursor) -> Bookmark:
    """The bookmark of one who has read everything."""
    rows = cursor.execute("SELECT upstream, position FROM live_entries_v4_taken_in").fetchall()
    return Bookmark.at({row["upstream"]: row["position"] for row in rows})


def entry_of(fact: Any) -> LiveEntry | None:
    """The line that a fact makes, or None when it is not shown."""
    if isinstance(fact, RecordedEvent):
        return _entry_of_own(fact)
    if not isinstance(fact, SHOWN_MESSAGES):
        return None
    return LiveEntry(
        upstream=fact.SERVICE,
        position=fact.recorded.position,
        municipality=fact.municipality,
        fact=fact.FACT,
        happened_at=fact.happened_at,
        recorded_at=fact.recorded.recorded_at,
        content=fact.model_dump(mode="json", exclude=ENVELOPE),
    )


def _entry_of_own(recorded: RecordedEvent) -> LiveEntry | None:
    event, name = recorded.event, SHOWN_EVENTS.get(type(recorded.event))
    # Of the letters those are shown that left somebody uncalled.
    is_in_order = name == "alert_letter_settled" and event.outcome not in DID_NOT_GET_THROUGH
    if name is None or is_in_order:
        return None
    told = {key: value for key, value in vars(event).items() if key not in OWN_EVENT_ENVELOPE}
    return LiveEntry(
        upstream="notifier",
        position=recorded.position,
        municipality=event.municipality,
        fact=name,
        happened_at=recorded.recorded_at,
        recorded_at=recorded.recorded_at,
        content={"alert_id": str(event.originator_id)} | {key: _plain(value) for key, value in told.items()},
    )


def _saying_what(cursor: Cursor, entries: Sequence[LiveEntry]) -> list[LiveEntry]:
    """Beside each turn of a report what it said last: from this batch, or from what was told before."""
    asked = [str(entry.content["report_id"]) for entry in entries if entry.fact in TURNS]
    if not asked:
        return list(entries)
    rows = cursor.execute(_SAID_LAST, {"reports": asked}).fetchall()
    said = {(row["municipality"], row["report_id"]): _report(row, row["happened_at"]) for row in rows}
    told = []
    for entry in entries:
        key = (entry.municipality, str(entry.content.get("report_id")))
        if entry.fact in TELLINGS:
            said[key] = _report(entry.content, entry.happened_at)
        is_turn = entry.fact in TURNS
        told.append(replace(entry, content={**entry.content, "report": said.get(key)}) if is_turn else entry)
    return told


def _report(told: Mapping[str, Any], happened_at: datetime) -> dict[str, Any]:
    """The same to the byte, whether it was told in this batch or long ago."""
    when = happened_at.astimezone(UTC).isoformat()
    return {"theme": told["theme"], "area": told["area"], "happened_at": when}


def _line(entry: LiveEntry) -> dict[str, Any]:
    return {
        "upstream": entry.upstream,
        "position": entry.position,
        "municipality": entry.municipality,
        "fact": entry.fact,
        "happened_at": entry.happened_at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "content": entry.content,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | None) else str(value)


def _upstream_of(fact: Any) -> str:
    return "notifier" if isinstance(fact, RecordedEvent) else str(fact.SERVICE)


def _position_of(fact: Any) -> int:
    return int(fact.position if isinstance(fact, RecordedEvent) else fact.recorded.position)


def _read(rows: Sequence[Mapping[str, Any]]) -> tuple[dict[str, list[LiveEntry]], Bookmark]:
    """Take a reading apart: lines by upstream, and the rows that tell how far the logs are taken in."""
    lines: dict[str, list[LiveEntry]] = {upstream: [] for upstream in UPSTREAMS}
    taken_in = {}
    for row in rows:
        if row["fact"] is None:
            taken_in[row["upstream"]] = row["position"]
        else:
            lines[row["upstream"]].append(LiveEntry(**row))
    for of_upstream in lines.values():
        of_upstream.sort(key=lambda entry: entry.position)
    return lines, Bookmark.at(taken_in)


def _in_order(lines: Mapping[str, Sequence[LiveEntry]]) -> tuple[LiveEntry, ...]:
    # By time across the upstreams, and never against the order within one.
    return tuple(heapq.merge(*lines.values(), key=lambda entry: entry.recorded_at))


_TAKE_IN = """
    WITH taken_in AS (
        INSERT INTO live_entries_v4_taken_in (upstream, position)
        SELECT key, value::bigint FROM jsonb_each_text(%(last)s)
        ON CONFLICT (upstream) DO UPDATE
        SET position = greatest(excluded.position, live_entries_v4_taken_in.position)
    )
    INSERT INTO live_entries_v4
        (upstream, position, municipality, fact, happened_at, recorded_at, content)
    SELECT * FROM jsonb_to_recordset(%(lines)s) AS told (
        upstream text, position bigint, municipality text, fact text,
        happened_at timestamptz, recorded_at timestamptz, content jsonb
    )
"""
_SAID_LAST = """
    SELECT DISTINCT ON (municipality, content->>'report_id')
        municipality, content->>'report_id' AS report_id,
        content->>'theme' AS theme, content->>'area' AS area, happened_at
    FROM live_entries_v4
    WHERE fact IN ('incident_reported', 'incident_report_corrected')
        AND content->>'report_id' = ANY(%(reports)s)
    ORDER BY municipality, content->>'report_id', position DESC
"""
_COLUMNS = "upstream, position, municipality, fact, happened_at, recorded_at, content"
_TAKEN_IN = (
    "SELECT upstream, position, NULL::text, NULL::text, NULL::timestamptz, NULL::timestamptz, NULL::jsonb"
    " FROM live_entries_v4_taken_in"
)


def _beyond_each(condition: str) -> str:
    return " UNION ALL ".join(
        f"(SELECT {_COLUMNS} FROM live_entries_v4"  # noqa: S608 - nothing in it comes from outside
        f" WHERE upstream = '{upstream}' AND position > %({upstream})s {condition}"
        f" ORDER BY position LIMIT %(limit)s)"
        for upstream in UPSTREAMS
    )


_BEYOND = f"{_beyond_each('')} UNION ALL {_TAKEN_IN}"
_BEYOND_IN_MUNICIPALITY = f"{_beyond_each('AND municipality = %(municipality)s')} UNION ALL {_TAKEN_IN}"
_LATEST = (
    f"(SELECT {_COLUMNS} FROM live_entries_v4 WHERE municipality = %(municipality)s"  # noqa: S608
    f" ORDER BY recorded_at DESC, upstream, position DESC LIMIT %(limit)s) UNION ALL {_TAKEN_IN}"
)
