"""Facts of every report with two times each: on which day it happened, and when we recorded it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_compiler.read_models import count_blocks
from est_contracts.messages import (
    CountBlockContributed,
    CountBlockWithdrawn,
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
)
from est_contracts.vocabulary import STOCKHOLM

COPY_FACTS = """
    COPY facts_v3 (position, part, recorded_at, first_position, municipality, day, hour, report_id,
                   area, place, theme, entry, organisation, party, function, severity, tense, reports,
                   in_public) FROM STDIN
"""
#: A fact counts as of a position when it was recorded by then, and nothing has taken its place since.
KNOWN = """
    fact.position <= %(position)s AND NOT EXISTS (
        SELECT FROM facts_v3_ends AS ending
        WHERE ending.municipality = fact.municipality AND ending.report_id = fact.report_id
            AND ending.position > fact.position AND ending.position <= %(position)s)
"""
#: A report that counts again says what it said last.
REINSTATE = """
    INSERT INTO facts_v3
    SELECT %(position)s, part, %(recorded_at)s, first_position, municipality, day, hour, report_id,
           area, place, theme, entry, organisation, party, function, severity, tense, reports, in_public
    FROM facts_v3
    WHERE municipality = %(municipality)s AND report_id = %(report_id)s AND position < %(position)s
    ORDER BY position DESC LIMIT 1
"""
END = "INSERT INTO facts_v3_ends VALUES (%(position)s, %(recorded_at)s, %(municipality)s, %(report_id)s)"
#: What a correction says has been told of before: it is not late because it was corrected late.
KNOWN_BEFORE = """
    SELECT fact.municipality, fact.report_id, min(fact.first_position) AS first_position
    FROM unnest(%(municipalities)s::text[], %(report_ids)s::uuid[]) AS told (municipality, report_id)
    JOIN facts_v3 AS fact USING (municipality, report_id)
    GROUP BY fact.municipality, fact.report_id
"""

Told = IncidentReported | IncidentReportCorrected | CountBlockContributed
Ending = (
    IncidentReportCorrected
    | IncidentReportWithdrawn
    | IncidentReportMarkedDuplicate
    | CountBlockContributed
    | CountBlockWithdrawn
)


class FactSelection(NamedTuple):
    """Whose facts are meant, in which areas (None is everywhere), and as known at which position."""

    municipality: str
    position: int
    areas: frozenset[str] | None = None

    def values(self, **more: Any) -> dict[str, Any]:
        areas = None if self.areas is None else sorted(self.areas)
        return {"municipality": self.municipality, "position": self.position, "areas": areas, **more}

    @property
    def there(self) -> str:
        """What has no area concerns all of the municipality, and is in no part of it."""
        return "true" if self.areas is None else "fact.area = ANY(%(areas)s)"


class Facts(ReadModel):
    """What each report has said, row by row; where one ends stands beside it: what was known stays known.

    A correction ends the row before it and begins another; a withdrawal and a duplicate only end one.
    A block of counts is a report of many: a row for each of its counts, without hour, place and severity.
    """

    name: ClassVar[str] = "facts_v3"
    tables: ClassVar[str] = """
        CREATE TABLE facts_v3 (
            position bigint NOT NULL,
            part smallint NOT NULL,
            recorded_at timestamptz NOT NULL,
            first_position bigint NOT NULL,
            municipality text NOT NULL,
            day date NOT NULL,
            hour smallint,
            report_id uuid NOT NULL,
            area text,
            place text,
            theme text NOT NULL,
            entry text NOT NULL,
            organisation text NOT NULL,
            party text NOT NULL,
            function text NOT NULL,
            severity smallint,
            tense text,
            reports integer NOT NULL,
            in_public boolean,
            PRIMARY KEY (position, part)
        );
        -- 53 weeks are counted from this alone: a municipality's rows lie scattered among all others'.
        CREATE INDEX facts_v3_by_day ON facts_v3 (municipality, day)
            INCLUDE (position, report_id, area, function, severity, reports);
        CREATE INDEX facts_v3_expected ON facts_v3 (municipality, day) WHERE tense = 'expected';
        CREATE INDEX facts_v3_by_recording ON facts_v3 (recorded_at);
        CREATE INDEX facts_v3_by_report ON facts_v3 (municipality, report_id, position);
        CREATE TABLE facts_v3_ends (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
            municipality text NOT NULL,
            report_id uuid NOT NULL
        );
        CREATE INDEX facts_v3_ends_by_recording ON facts_v3_ends (recorded_at);
        CREATE INDEX facts_v3_ends_by_report ON facts_v3_ends (municipality, report_id, position);
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        told = [fact for fact in facts if isinstance(fact, Told)]
        if told:
            first = _first_positions(cursor, told)
            with cursor.copy(COPY_FACTS) as copy:
                for fact in told:
                    for row in _rows(fact, first_position=first[_key(fact)]):
                        copy.write_row(row)
        ends = [_place(fact) for fact in facts if isinstance(fact, Ending) and _ends_something(fact)]
        if ends:
            cursor.executemany(END, ends)
        again = [_place(fact) for fact in facts if isinstance(fact, IncidentReportReinstated)]
        if again:
            cursor.executemany(REINSTATE, again)


def _ends_something(fact: Ending) -> bool:
    """Everything does but the first that is told of a block."""
    return not isinstance(fact, CountBlockContributed) or fact.revision > 1


def _key(fact: Any) -> tuple[str, UUID]:
    is_block = isinstance(fact, CountBlockContributed | CountBlockWithdrawn)
    return fact.municipality, count_blocks.as_report_id(fact.block_id) if is_block else fact.report_id


def _place(fact: Any) -> dict[str, Any]:
    municipality, report_id = _key(fact)
    return {
        "position": fact.recorded.position,
        "recorded_at": fact.recorded.recorded_at,
        "municipality": municipality,
        "report_id": report_id,
    }


def _first_positions(cursor: Cursor, told: Sequence[Told]) -> dict[tuple[str, UUID], int]:
    """Where each report was told of for the first time, in this batch or before it."""
    again = [_key(each) for each in told if not isinstance(each, IncidentReported) and _ends_something(each)]
    known = _known_before(cursor, again) if again else []
    first = {(row["municipality"], row["report_id"]): int(row["first_position"]) for row in known}
    for each in told:
        first.setdefault(_key(each), each.recorded.position)
    return first


def _known_before(cursor: Cursor, told: Sequence[tuple[str, UUID]]) -> list[dict[str, Any]]:
    asked = {"municipalities": [key[0] for key in told], "report_ids": [key[1] for key in told]}
    return cursor.execute(KNOWN_BEFORE, asked).fetchall()


class LocalHour(NamedTuple):
    """Where an hour lies for people in Sweden."""

    day: date
    hour: int


@lru_cache(maxsize=100_000)
def local_hour(hour: datetime) -> LocalHour:
    """The day and hour in Stockholm; offsets are whole hours: an hour lies in one place."""
    local = hour.astimezone(STOCKHOLM)
    return LocalHour(local.date(), local.hour)


def _rows(fact: Told, *, first_position: int) -> Sequence[tuple[Any, ...]]:
    if isinstance(fact, CountBlockContributed):
        return count_blocks.rows(fact, first_position=first_position)
    happened_at, recorded = fact.happened_at, fact.recorded
    local = local_hour(happened_at - timedelta(minutes=happened_at.minute, seconds=happened_at.second,
                                               microseconds=happened_at.microsecond))  # fmt: skip
    return ((
        recorded.position, 0, recorded.recorded_at, first_position, fact.municipality, local.day, local.hour,
        fact.report_id, fact.area, fact.place, fact.theme, fact.checklist_entry,
        fact.organisation, fact.party, fact.function, fact.severity, fact.tense, 1, None,
    ),)  # fmt: skip
