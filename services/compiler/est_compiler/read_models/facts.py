"""Facts of every report with two times each: on which day it happened, and when we recorded it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, ClassVar, NamedTuple

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
    COPY facts_v4 (position, part, recorded_at, municipality, day, hour, report_id,
                   area, place, theme, entry, organisation, party, function, severity, tense, reports,
                   in_public) FROM STDIN
"""


def counted_at(position: str, *, fact: str = "fact") -> str:
    """A fact counts as of a position when it was recorded by then, and nothing has ended it since."""
    return f"""
        {fact}.position <= {position} AND NOT EXISTS (
            SELECT FROM facts_v4_ends AS ending
            WHERE ending.municipality = {fact}.municipality AND ending.report_id = {fact}.report_id
                AND ending.ends_before > {fact}.position AND ending.position <= {position})
    """


KNOWN = counted_at("%(position)s")
END = """
    INSERT INTO facts_v4_ends
    VALUES (%(position)s, %(recorded_at)s, %(municipality)s, %(report_id)s, %(position)s)
"""
#: What is corrected while it does not count, a duplicate, counts no more for that: it ends as it begins.
CORRECT = """
    INSERT INTO facts_v4_ends
    SELECT %(position)s, %(recorded_at)s, %(municipality)s, %(report_id)s,
           %(position)s + EXISTS (
               SELECT FROM facts_v4_ends
               WHERE municipality = %(municipality)s AND report_id = %(report_id)s AND position < %(position)s
                   AND ends_before > (SELECT max(position) FROM facts_v4
                                      WHERE municipality = %(municipality)s AND report_id = %(report_id)s
                                          AND position < %(position)s))::int
"""
#: A report that counts again says what it said last.
REINSTATE = """
    INSERT INTO facts_v4
    SELECT %(position)s, part, %(recorded_at)s, municipality, day, hour, report_id,
           area, place, theme, entry, organisation, party, function, severity, tense, reports, in_public
    FROM facts_v4
    WHERE municipality = %(municipality)s AND report_id = %(report_id)s AND position < %(position)s
    ORDER BY position DESC LIMIT 1
"""

Told = IncidentReported | IncidentReportCorrected | CountBlockContributed
#: What becomes of a report that has been told, or of a block; it happens in order.
STATEMENTS: dict[type, str] = {
    IncidentReportCorrected: CORRECT,
    IncidentReportWithdrawn: END,
    IncidentReportMarkedDuplicate: END,
    IncidentReportReinstated: REINSTATE,
    CountBlockContributed: END,
    CountBlockWithdrawn: END,
}


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
    A row lasts until the first end that lies beyond it: `ends_before` is where that end lies.
    A block of counts is a report of many: a row for each of its counts, without hour, place and severity.
    """

    name: ClassVar[str] = "facts_v4"
    upstreams: ClassVar[tuple[str, ...]] = ("intake",)
    tables: ClassVar[str] = """
        CREATE TABLE facts_v4 (
            position bigint NOT NULL,
            part smallint NOT NULL,
            recorded_at timestamptz NOT NULL,
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
        CREATE INDEX facts_v4_by_day ON facts_v4 (municipality, day)
            INCLUDE (position, report_id, area, function, severity, reports);
        CREATE INDEX facts_v4_expected ON facts_v4 (municipality, day) WHERE tense = 'expected';
        CREATE INDEX facts_v4_by_recording ON facts_v4 (recorded_at);
        CREATE INDEX facts_v4_by_report ON facts_v4 (municipality, report_id, position);
        CREATE TABLE facts_v4_ends (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
            municipality text NOT NULL,
            report_id uuid NOT NULL,
            ends_before bigint NOT NULL
        );
        CREATE INDEX facts_v4_ends_by_recording ON facts_v4_ends (recorded_at);
        CREATE INDEX facts_v4_ends_by_report ON facts_v4_ends (municipality, report_id, position);
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        told = [fact for fact in facts if isinstance(fact, Told)]
        if told:
            with cursor.copy(COPY_FACTS) as copy:
                for fact in told:
                    for row in _rows(fact):
                        copy.write_row(row)
        later = [fact for fact in facts if type(fact) in STATEMENTS and not _is_told_first(fact)]
        for kind, alike in groupby(later, key=type):
            cursor.executemany(STATEMENTS[kind], [_place(fact) for fact in alike])


def _is_told_first(fact: Any) -> bool:
    """What is told first of a block ends nothing."""
    return isinstance(fact, CountBlockContributed) and fact.revision == 1


def _place(fact: Any) -> dict[str, Any]:
    is_block = isinstance(fact, CountBlockContributed | CountBlockWithdrawn)
    return {
        "position": fact.recorded.position,
        "recorded_at": fact.recorded.recorded_at,
        "municipality": fact.municipality,
        "report_id": count_blocks.as_report_id(fact.block_id) if is_block else fact.report_id,
    }


class LocalHour(NamedTuple):
    """Where an hour lies for people in Sweden."""

    day: date
    hour: int


@lru_cache(maxsize=100_000)
def local_hour(hour: datetime) -> LocalHour:
    """The day and hour in Stockholm; offsets are whole hours: an hour lies in one place."""
    local = hour.astimezone(STOCKHOLM)
    return LocalHour(local.date(), local.hour)


def _rows(fact: Told) -> Sequence[tuple[Any, ...]]:
    if isinstance(fact, CountBlockContributed):
        return count_blocks.rows(fact)
    happened_at, recorded = fact.happened_at, fact.recorded
    local = local_hour(happened_at - timedelta(minutes=happened_at.minute, seconds=happened_at.second,
                                               microseconds=happened_at.microsecond))  # fmt: skip
    return ((
        recorded.position, 0, recorded.recorded_at, fact.municipality, local.day, local.hour,
        fact.report_id, fact.area, fact.place, fact.theme, fact.checklist_entry,
        fact.organisation, fact.party, fact.function, fact.severity, fact.tense, 1, None,
    ),)  # fmt: skip
