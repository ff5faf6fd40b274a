"""What have the functions returned for a period, value by value?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from psycopg.types.json import Jsonb

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import Origin, Party, ReportingPeriod
from est_intake.domain.period_return import PeriodReturn, ReturnContent


class PeriodReturns(ReadModel):
    """One row for each return, as last handed in; its words are fetched from beside the log."""

    name: ClassVar[str] = "period_returns_v1"
    tables: ClassVar[str] = """
        CREATE TABLE period_returns_v1 (
            municipality text NOT NULL,
            return_id uuid NOT NULL,
            period text NOT NULL,
            starts_at timestamptz NOT NULL,
            checklist text,
            function text NOT NULL,
            organisation text NOT NULL,
            party text NOT NULL,
            content jsonb NOT NULL,
            revision int NOT NULL,
            origin text NOT NULL,
            by_function text,
            is_late boolean NOT NULL,
            recorded_at timestamptz NOT NULL,
            PRIMARY KEY (municipality, return_id)
        );
        CREATE INDEX ON period_returns_v1 (municipality, starts_at)
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        latest = {
            fact.event.originator_id: _row(fact)
            for fact in facts
            if isinstance(fact, RecordedEvent) and isinstance(fact.event, PeriodReturn.Written)
        }
        if latest:
            cursor.executemany(PUT, list(latest.values()))


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A return as it is listed; `words` by entry and area, an area's own assessment without an entry."""

    return_id: UUID
    period: str
    checklist: str | None
    function: str
    organisation: str
    party: Party
    content: ReturnContent
    revision: int
    origin: Origin
    by_function: str | None
    is_late: bool
    recorded_at: datetime
    words: Mapping[tuple[str | None, str | None], tuple[str | None, str | None]]

    @property
    def words_are_gone(self) -> bool:
        """Something was written, and it is erased."""
        return self.content.has_words and not self.words


def returns_for(
    cursor: Cursor,
    municipality: str,
    period: ReportingPeriod,
    *,
    party: Party | None = None,
    function: str | None = None,
) -> list[ReturnRow]:
    """What was returned for a period, in the order of the functions' names."""
    values = {
        "municipality": municipality,
        "starts_at": period.starts_at,
        "ends_at": period.ends_at,
        "party": party,
        "function": function,
    }
    return [_return(row) for row in cursor.execute(RETURNS, values).fetchall()]


def _row(fact: RecordedEvent) -> tuple[Any, ...]:
    event, about, reporter = fact.event, fact.event.about, fact.event.reporter
    return (
        event.municipality, event.originator_id, about["period"], about["starts_at"], about["checklist"],
        reporter["function"], reporter["organisation"], str(reporter["party"]), Jsonb(event.content),
        event.revision, str(event.handed_in["origin"]), event.handed_in["by_function"],
        event.handed_in["is_late"], fact.recorded_at,
    )  # fmt: skip


def _return(row: dict[str, Any]) -> ReturnRow:
    words = row["words"] or []
    return ReturnRow(
        **{
            **row,
            "party": Party(row["party"]),
            "origin": Origin(row["origin"]),
            "content": ReturnContent.recorded(row["content"]),
            "words": {
                (each["checklist_entry"] or None, each["area"] or None): (each["text"], each["measures"])
                for each in words
            },
        }
    )


PUT = """
    INSERT INTO period_returns_v1 (municipality, return_id, period, starts_at, checklist, function,
                                   organisation, party, content, revision, origin, by_function, is_late,
                                   recorded_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (municipality, return_id) DO UPDATE SET
        function = excluded.function, organisation = excluded.organisation, party = excluded.party,
        content = excluded.content, revision = excluded.revision, origin = excluded.origin,
        by_function = excluded.by_function, is_late = excluded.is_late, recorded_at = excluded.recorded_at
"""
RETURNS = """
    SELECT return_id, period, checklist, function, organisation, party, content, revision, origin,
           by_function, is_late, recorded_at,
           (SELECT jsonb_agg(jsonb_build_object('checklist_entry', beside.checklist_entry,
                                                'area', beside.area, 'text', beside.text,
                                                'measures', beside.measures))
              FROM return_words AS beside
             WHERE beside.return_id = returned.return_id AND beside.revision = returned.revision) AS words
      FROM period_returns_v1 AS returned
     WHERE municipality = %(municipality)s
       AND starts_at >= %(starts_at)s AND starts_at < %(ends_at)s
       AND (%(party)s::text IS NULL OR party = %(party)s)
       AND (%(function)s::text IS NULL OR function = %(function)s)
     ORDER BY organisation, function, checklist NULLS FIRST
"""
