"""What became of what was reported: which pictures it is in, which problems and measures it led to?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import singledispatch
from typing import Any, ClassVar
from uuid import UUID

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_contracts.messages import (
    MeasureCompleted,
    MeasureDecided,
    PicturePublished,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
)
from est_contracts.vocabulary import MeasureKind, PeriodKind, PicturePeriod, PictureScope, Theme, Week
from est_intake.read_models.recent_reports import RecentReports, ReportRow


class Consequences(ReadModel):
    """Published pictures as compiler tells of them; flags, decisions and measures as analysis does."""

    name: ClassVar[str] = "consequences_v2"
    upstreams: ClassVar[tuple[str, ...]] = ("compiler", "analysis")
    tables: ClassVar[str] = """
        CREATE TABLE consequences_v2_pictures (
            municipality text NOT NULL,
            period text NOT NULL,
            version int NOT NULL,
            made_from bigint NOT NULL,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            published_at timestamptz NOT NULL,
            kind text NOT NULL,
            first_day date NOT NULL,
            last_day date NOT NULL,
            scope text NOT NULL,
            areas text[] NOT NULL,
            PRIMARY KEY (municipality, period, scope, version)
        );
        CREATE TABLE consequences_v2_flags (
            municipality text NOT NULL,
            problem_id uuid NOT NULL,
            period text NOT NULL,
            area text NOT NULL,
            theme text NOT NULL,
            reports int NOT NULL,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            flagged_at timestamptz NOT NULL,
            PRIMARY KEY (problem_id, period)
        );
        CREATE INDEX ON consequences_v2_flags (municipality, area, theme);
        CREATE TABLE consequences_v2_decisions (
            problem_id uuid PRIMARY KEY,
            is_confirmed boolean NOT NULL
        );
        CREATE TABLE consequences_v2_measures (
            measure_id uuid PRIMARY KEY,
            problem_id uuid NOT NULL,
            kind text NOT NULL,
            due_on date,
            decided_at timestamptz NOT NULL,
            completed_at timestamptz
        );
        CREATE INDEX ON consequences_v2_measures (problem_id)
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            change = _change(fact)
            if change is not None:
                cursor.execute(*change)


@dataclass(frozen=True, slots=True)
class PictureWithIt:
    """A published picture that counts a report, in the first version that does."""

    period: PicturePeriod
    scope: PictureScope
    version: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class MeasureTaken:
    """A measure that was decided against a problem."""

    measure_id: UUID
    kind: MeasureKind
    due_on: date | None
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProblemBehindIt:
    """A problem that a report is part of: the same theme in the same area, in one of the weeks behind it."""

    problem_id: UUID
    area: str
    theme: Theme
    #: How many reports the flag rests on, this one among them.
    reports: int
    #: None as long as nobody has decided.
    is_confirmed: bool | None
    measures: tuple[MeasureTaken, ...]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What one report has led to so far."""

    #: The shortest period first; of two as long, the whole municipality's.
    pictures: tuple[PictureWithIt, ...] = ()
    problem: ProblemBehindIt | None = None


def consequences_of(
    cursor: Cursor, municipality: str, reports: Sequence[ReportRow]
) -> dict[UUID, Consequence]:
    """Of each report that counts; one that was taken back leads to nothing more."""
    counting = [report for report in reports if report.counts]
    if not counting:
        return {}
    # Who asks is a page with some reports on it: the set of them is looked up at once.
    values = {
        "municipality": municipality,
        "report_ids": [report.report_id for report in counting],
        "since": [report.stands_since for report in counting],
        "moments": [report.happened_at for report in counting],
        "areas": [report.area for report in counting],
        "themes": [str(report.theme) for report in counting],
    }
    pictures: dict[UUID, list[PictureWithIt]] = {each.report_id: [] for each in counting}
    for row in cursor.execute(PICTURES, values).fetchall():
        pictures[row["report_id"]].append(_picture(row))
    flags = cursor.execute(FLAGS, values).fetchall()
    measures = _measures_by_problem(cursor, {row["problem_id"] for row in flags})
    problems = {row["report_id"]: _problem(row, measures) for row in flags}
    return {
        report.report_id: Consequence(
            tuple(sorted(pictures[report.report_id], key=_shortest_first)), problems.get(report.report_id)
        )
        for report in counting
    }


def _measures_by_problem(cursor: Cursor, problem_ids: Iterable[UUID]) -> dict[UUID, list[MeasureTaken]]:
    measures: dict[UUID, list[MeasureTaken]] = {each: [] for each in problem_ids}
    for row in cursor.execute(MEASURES, (list(measures),)).fetchall():
        taken = MeasureTaken(row["measure_id"], MeasureKind(row["kind"]), row["due_on"], row["completed_at"])
        measures[row["problem_id"]].append(taken)
    return measures


def _picture(row: Mapping[str, Any]) -> PictureWithIt:
    period = PicturePeriod(row["first_day"], row["last_day"], PeriodKind(row["kind"]))
    return PictureWithIt(period, PictureScope.parse(row["scope"]), row["version"], row["published_at"])


def _shortest_first(picture: PictureWithIt) -> tuple[int, date, tuple[str, ...]]:
    return picture.period.day_count, picture.period.first_day, picture.scope.names


def _problem(row: Mapping[str, Any], measures: Mapping[UUID, list[MeasureTaken]]) -> ProblemBehindIt:
    return ProblemBehindIt(
        problem_id=row["problem_id"],
        area=row["area"],
        theme=Theme(row["theme"]),
        reports=row["reports"],
        is_confirmed=row["is_confirmed"],
        measures=tuple(measures[row["problem_id"]]),
    )


Change = tuple[str, tuple[Any, ...]]


@singledispatch
def _change(_fact: object) -> Change | None:
    """The statement that a fact calls for, and its values."""
    return None


@_change.register
def _(message: PicturePublished) -> Change:
    period = PicturePeriod(message.first_day, message.last_day, message.kind)
    return PICTURE, (
        message.municipality, message.period, message.version, message.made_from,
        period.starts_at, period.ends_at, message.recorded.recorded_at,
        str(message.kind), message.first_day, message.last_day, message.scope, list(message.areas),
    )  # fmt: skip


@_change.register
def _(message: ProblemFlagged) -> Change:
    last = Week.parse(message.period)
    first = last.before(len(message.evidence.counts) - 1)
    return FLAG, (
        message.municipality, message.problem_id, message.period, message.area, str(message.theme),
        sum(message.evidence.counts), first.starts_at, last.ends_at, message.recorded.recorded_at,
    )  # fmt: skip


@_change.register
def _(message: ProblemConfirmed) -> Change:
    return DECISION, (message.problem_id, True)


@_change.register
def _(message: ProblemDismissed) -> Change:
    return DECISION, (message.problem_id, False)


@_change.register
def _(message: MeasureDecided) -> Change:
    return MEASURE, (
        message.measure_id, message.problem_id, str(message.kind), message.due_on,
        message.recorded.recorded_at,
    )  # fmt: skip


@_change.register
def _(message: MeasureCompleted) -> Change:
    return COMPLETED, (message.recorded.recorded_at, message.measure_id)


PICTURE = """
    INSERT INTO consequences_v2_pictures
           (municipality, period, version, made_from, starts_at, ends_at, published_at,
            kind, first_day, last_day, scope, areas)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
FLAG = """
    INSERT INTO consequences_v2_flags
           (municipality, problem_id, period, area, theme, reports, starts_at, ends_at, flagged_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (problem_id, period) DO UPDATE SET reports = excluded.reports
"""
DECISION = """
    INSERT INTO consequences_v2_decisions (problem_id, is_confirmed) VALUES (%s, %s)
    ON CONFLICT (problem_id) DO UPDATE SET is_confirmed = excluded.is_confirmed
"""
MEASURE = """
    INSERT INTO consequences_v2_measures (measure_id, problem_id, kind, due_on, decided_at)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (measure_id) DO UPDATE SET kind = excluded.kind, due_on = excluded.due_on
"""
COMPLETED = "UPDATE consequences_v2_measures SET completed_at = %s WHERE measure_id = %s"

ASKED = """
    FROM unnest(%(report_ids)s::uuid[], %(since)s::bigint[], %(moments)s::timestamptz[],
                %(areas)s::text[], %(themes)s::text[])
      AS asked (report_id, since, happened_at, area, theme)
"""
#: Where each report stands, and where it has stood: a picture counts it where it stood when it was made.
PICTURES = f"""
    WITH standing AS (
        SELECT report_id, since, NULL::bigint AS until, happened_at, area {ASKED}
        UNION ALL
        SELECT report_id, since, until, happened_at, area FROM {RecentReports.name}_stood
         WHERE municipality = %(municipality)s AND report_id = ANY(%(report_ids)s)
    )
    SELECT DISTINCT ON (report_id, period, scope)
           report_id, version, published_at, kind, first_day, last_day, scope
      FROM standing
      JOIN consequences_v2_pictures AS picture
        ON picture.municipality = %(municipality)s AND picture.made_from >= standing.since
       AND (standing.until IS NULL OR picture.made_from < standing.until)
       AND standing.happened_at >= picture.starts_at AND standing.happened_at < picture.ends_at
       AND (picture.areas = '{{}}' OR standing.area = ANY(picture.areas))
     ORDER BY report_id, period, scope, version
"""  # noqa: S608 - our own words
FLAGS = f"""
    SELECT DISTINCT ON (report_id) report_id, flag.problem_id, flag.area, flag.theme, flag.reports,
           decision.is_confirmed
    {ASKED}
      JOIN consequences_v2_flags AS flag
        ON flag.municipality = %(municipality)s AND flag.area = asked.area AND flag.theme = asked.theme
       AND asked.happened_at >= flag.starts_at AND asked.happened_at < flag.ends_at
      LEFT JOIN consequences_v2_decisions AS decision USING (problem_id)
     ORDER BY report_id, flag.flagged_at DESC
"""
MEASURES = """
    SELECT measure_id, problem_id, kind, due_on, completed_at FROM consequences_v2_measures
     WHERE problem_id = ANY(%s) ORDER BY decided_at, measure_id
"""
