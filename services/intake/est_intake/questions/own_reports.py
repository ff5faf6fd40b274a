"""What has a seat sent, with which receipts, and for how many periods in a row has it been heard of?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from est_chassis.event_store import Cursor
from est_contracts.vocabulary import ReportingPeriod
from est_intake.domain.collaboration import SetUpInUse
from est_intake.questions.periods_then import periods_then, voices_then
from est_intake.read_models.consequences import Consequence, consequences_of
from est_intake.read_models.coverage import Heard, Voice
from est_intake.read_models.recent_reports import RecentReports, ReportRow, Selection, latest

#: As far back as a row of periods is counted: a year.
LONGEST_ROW_WEEKS = 52
SHOWN_PERIODS = 6
NOTHING_YET = Consequence()


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report of one's own, the number on its receipt, and what it has led to."""

    row: ReportRow
    period: ReportingPeriod
    number: int
    consequence: Consequence


@dataclass(frozen=True, slots=True)
class OwnPeriod:
    """What a seat has let hear of one period in which it was to report, or has told something."""

    period: ReportingPeriod
    due_at: datetime
    voice: Voice


@dataclass(frozen=True, slots=True)
class OwnPeriods:
    """The latest periods of a seat, the newest first, and how many in a row it has been heard of."""

    latest: tuple[OwnPeriod, ...]
    in_a_row: int


def own_reports(
    cursor: Cursor,
    set_up: SetUpInUse,
    *,
    function: str,
    limit: int,
    before: int | None = None,
) -> list[OwnReport]:
    """The seat's reports, those that a substitute wrote for it too; the latest recorded first."""
    municipality, rhythm = set_up.document.municipality, set_up.document.rhythm
    rows = latest(cursor, Selection(municipality, function=function), limit=limit, before=before)
    periods = [rhythm.period_of(row.happened_at) for row in rows]
    numbers = _numbers(cursor, rows, periods, function=function)
    consequences = consequences_of(cursor, municipality, rows)
    return [
        OwnReport(row, period, numbers[row.report_id], consequences.get(row.report_id, NOTHING_YET))
        for row, period in zip(rows, periods, strict=True)
    ]


def own_periods(cursor: Cursor, set_up: SetUpInUse, *, function: str, now: datetime) -> OwnPeriods:
    """The period that is awaited and those before it. One that is awaited breaks no row.

    Nor does one in which the seat was not there yet, or did not report.
    """
    periods = [set_up.period_awaited(now)]
    for _earlier in range(LONGEST_ROW_WEEKS * 7 // periods[0].days):
        periods.append(periods[-1].previous)
    thens = periods_then(cursor, set_up, periods[::-1], now=now)[::-1]
    heard = voices_then(cursor, thens, besides=[function], now=now)
    own = [
        OwnPeriod(each.period, each.due_at, heard[function, each.period])
        for each in thens
        if (function, each.period) in heard
    ]
    return OwnPeriods(tuple(own[:SHOWN_PERIODS]), _in_a_row(own))


def _in_a_row(own: Sequence[OwnPeriod]) -> int:
    spoken = [each.voice.heard for each in own if each.voice.heard is not Heard.AWAITED]
    return spoken.index(Heard.MISSING) if Heard.MISSING in spoken else len(spoken)


def _numbers(
    cursor: Cursor, rows: Sequence[ReportRow], periods: Sequence[ReportingPeriod], *, function: str
) -> dict[UUID, int]:
    """Which of the seat's reports of its period each is, counted as they were recorded."""
    if not rows:
        return {}
    values = {
        "municipality": rows[0].municipality,
        "function": function,
        "report_ids": [row.report_id for row in rows],
        "positions": [row.position for row in rows],
        "starts": [period.starts_at for period in periods],
        "ends": [period.ends_at for period in periods],
    }
    found = cursor.execute(NUMBERS, values).fetchall()
    return {row["report_id"]: row["number"] for row in found}


# What was taken back keeps its number: the receipt has been given.
NUMBERS = f"""
    SELECT asked.report_id,
           (SELECT count(*) FROM {RecentReports.name} AS each
             WHERE each.municipality = %(municipality)s AND each.function = %(function)s
               AND each.happened_at >= asked.starts_at AND each.happened_at < asked.ends_at
               AND each.position <= asked.position) AS number
      FROM unnest(%(report_ids)s::uuid[], %(positions)s::bigint[], %(starts)s::timestamptz[],
                  %(ends)s::timestamptz[]) AS asked (report_id, position, starts_at, ends_at)
"""  # noqa: S608 - our own words
