"""Which functions have been heard of a period: something, nothing to report, late, or not at all?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import ReportingPeriod, Words
from est_intake.domain.count_block import CountBlock
from est_intake.domain.period_return import PeriodReturn
from est_intake.read_models.recent_reports import BY_THE_FUNCTION_ITSELF, THOSE_THAT_COUNT, RecentReports


class Coverage(ReadModel):
    """One row for each return and block of counts: by which function, about when, heard when.

    Reports are asked for where they stand, in the recent reports.
    """

    name: ClassVar[str] = "coverage_v1"
    tables: ClassVar[str] = """
        CREATE TABLE coverage_v1 (
            municipality text NOT NULL,
            subject uuid NOT NULL,
            function text NOT NULL,
            by_function text,
            says_nothing boolean NOT NULL,
            is_late boolean,
            happened_at timestamptz NOT NULL,
            recorded_at timestamptz NOT NULL,
            counts boolean NOT NULL,
            PRIMARY KEY (municipality, subject)
        );
        CREATE INDEX ON coverage_v1 (municipality, happened_at)
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        own = [fact for fact in facts if isinstance(fact, RecordedEvent)]
        heard = [HEARD[type(fact.event)](fact) for fact in own if type(fact.event) in HEARD]
        again = [
            (fact.event.handed_in["by_function"], fact.event.municipality, fact.event.originator_id)
            for fact in own
            if isinstance(fact.event, PeriodReturn.Revised)
        ]
        taken_back = [
            (fact.event.municipality, fact.event.originator_id)
            for fact in own
            if isinstance(fact.event, CountBlock.Withdrawn)
        ]
        if heard:
            with cursor.copy(COPY) as copy:
                for row in heard:
                    copy.write_row(row)
        if again:
            cursor.executemany(BY_WHOM, again)
        if taken_back:
            cursor.executemany(TAKE_BACK, taken_back)


class Heard(StrEnum):
    """What is known of a function for a period (täckning)."""

    REPORTED = "reported"
    NOTHING = "nothing"
    AWAITED = "awaited"
    MISSING = "missing"


HEARD_WORDS: Mapping[Heard, Words] = {
    Heard.REPORTED: Words(sv="Rapporterat", en="Reported"),
    Heard.NOTHING: Words(sv="Inget att rapportera", en="Nothing to report"),
    Heard.AWAITED: Words(sv="Väntas", en="Awaited"),
    Heard.MISSING: Words(sv="Saknas", en="Missing"),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """What a function has let hear of a period."""

    heard: Heard
    is_late: bool = False
    reports: int = 0
    has_returned: bool = False
    written_by: tuple[str, ...] = ()


def voices(
    cursor: Cursor,
    municipality: str,
    due: Mapping[ReportingPeriod, datetime],
    *,
    functions: Sequence[str],
    now: datetime,
) -> dict[tuple[str, ReportingPeriod], Voice]:
    """Of each function and period. The periods follow upon each other; `due` says when each is due."""
    periods = sorted(due)
    borders = [period.starts_at for period in periods]
    asked = {
        "municipality": municipality,
        "borders": borders,
        "starts_at": borders[0],
        "ends_at": periods[-1].ends_at,
    }
    rows = cursor.execute(VOICES, asked).fetchall()
    told = {(row["function"], periods[row["place"] - 1]): row for row in rows}
    return {
        (function, period): _voice(told.get((function, period)), due[period], now=now)
        for function in functions
        for period in periods
    }


def first_told(cursor: Cursor, municipality: str) -> datetime | None:
    """When the first of all that counts happened; None where nothing has been told."""
    row = cursor.execute(FIRST_TOLD, {"municipality": municipality}).fetchone()
    return row["first_told"] if row else None


def silent_functions(
    cursor: Cursor,
    municipality: str,
    period: ReportingPeriod,
    *,
    due_at: datetime,
    functions: Sequence[str],
    now: datetime,
) -> frozenset[str]:
    """Those of the functions that have let hear nothing of a period: no report, no return, no counts."""
    heard = voices(cursor, municipality, {period: due_at}, functions=functions, now=now)
    silent = (Heard.AWAITED, Heard.MISSING)
    return frozenset(function for (function, _), voice in heard.items() if voice.heard in silent)


def _voice(row: dict[str, Any] | None, due_at: datetime, *, now: datetime) -> Voice:
    if row is None:
        return Voice(Heard.MISSING if now > due_at else Heard.AWAITED)
    says_more = row["reports"] or row["has_returned"]
    return Voice(
        Heard.REPORTED if says_more else Heard.NOTHING,
        is_late=row["returns_are_late"] is not False
        and (row["first_heard_at"] is None or row["first_heard_at"] > due_at),
        reports=row["reports"],
        has_returned=row["has_returned"],
        written_by=tuple(row["written_by"] or ()),
    )


def _return(fact: RecordedEvent) -> tuple[Any, ...]:
    event = fact.event
    return (
        event.municipality, event.originator_id, event.reporter["function"], event.handed_in["by_function"],
        event.content["nothing_to_report"], event.handed_in["is_late"], event.about["starts_at"],
        fact.recorded_at, True,
    )  # fmt: skip


def _block(fact: RecordedEvent) -> tuple[Any, ...]:
    event = fact.event
    return (
        event.municipality, event.originator_id, event.reporter["function"], None,
        False, None, event.period["starts_at"], fact.recorded_at, True,
    )  # fmt: skip


HEARD: Mapping[type, Callable[[RecordedEvent], tuple[Any, ...]]] = {
    PeriodReturn.Returned: _return,
    CountBlock.Contributed: _block,
}
COPY = """
    COPY coverage_v1 (municipality, subject, function, by_function, says_nothing, is_late, happened_at,
                      recorded_at, counts)
    FROM STDIN
"""
FIRST_TOLD = f"""
    SELECT least(
        (SELECT min(happened_at) FROM coverage_v1 WHERE municipality = %(municipality)s AND counts),
        (SELECT min(happened_at) FROM {RecentReports.name}
          WHERE municipality = %(municipality)s AND {THOSE_THAT_COUNT})
    ) AS first_told
"""  # noqa: S608 - our own words
BY_WHOM = "UPDATE coverage_v1 SET by_function = %s WHERE municipality = %s AND subject = %s"
TAKE_BACK = "UPDATE coverage_v1 SET counts = false WHERE municipality = %s AND subject = %s"
VOICES = f"""
    WITH said AS (
        SELECT function, by_function, false AS is_report, says_nothing, is_late, happened_at, recorded_at
          FROM coverage_v1
         WHERE municipality = %(municipality)s AND counts
           AND happened_at >= %(starts_at)s AND happened_at < %(ends_at)s
        UNION ALL
        SELECT function, entered_by, true, false, NULL::boolean, happened_at, recorded_at
          FROM {RecentReports.name}
         WHERE municipality = %(municipality)s AND {THOSE_THAT_COUNT} AND {BY_THE_FUNCTION_ITSELF}
           AND happened_at >= %(starts_at)s AND happened_at < %(ends_at)s
    )
    SELECT width_bucket(happened_at, %(borders)s::timestamptz[]) AS place, function,
           count(*) FILTER (WHERE is_report) AS reports,
           coalesce(bool_or(NOT is_report AND NOT says_nothing), false) AS has_returned,
           -- A return says itself whether it was late; of the rest one looks when it came.
           bool_and(is_late) AS returns_are_late,
           min(recorded_at) FILTER (WHERE is_late IS NULL) AS first_heard_at,
           array_agg(DISTINCT by_function ORDER BY by_function)
               FILTER (WHERE by_function <> function) AS written_by
      FROM said GROUP BY place, function
"""  # noqa: S608 - our own words
