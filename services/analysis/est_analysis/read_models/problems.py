"""Which problems are there, what do they rest on, and what was decided?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from typing import Any, ClassVar
from uuid import UUID

from est_analysis.domain.evidence import Evidence
from est_analysis.domain.history import Series
from est_analysis.domain.problem import Problem, ProblemState
from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import Theme, Week


@dataclass(frozen=True)
class ProblemRow:
    """A problem as it stands."""

    problem_id: UUID
    version: int
    series: Series
    state: ProblemState
    flagged_in: Week
    last_seen: Week
    rules: tuple[str, ...]
    evidence: Evidence
    flagged_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None
    #: Which of the problem's versions the decision is; its words lie under the same.
    decided_version: int | None


class Problems(ReadModel):
    """Every problem as it stands, from the service's own log."""

    name: ClassVar[str] = "problems_v2"
    tables: ClassVar[str] = """
        CREATE TABLE problems_v2 (
            problem_id uuid PRIMARY KEY,
            version integer NOT NULL,
            municipality text NOT NULL,
            area text NOT NULL,
            theme text NOT NULL,
            state text NOT NULL,
            flagged_in text NOT NULL,
            last_seen text NOT NULL,
            rules jsonb NOT NULL,
            evidence jsonb NOT NULL,
            flagged_at timestamptz NOT NULL,
            decided_at timestamptz,
            decided_by text,
            reason text,
            decided_version integer
        );
        CREATE INDEX problems_v2_by_last_seen ON problems_v2 (municipality, last_seen DESC);
        """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            if isinstance(fact, RecordedEvent):
                _take_in(fact.event, cursor)


def all_in(cursor: Cursor, municipality: str) -> list[ProblemRow]:
    """A municipality's problems, the latest seen first."""
    rows = cursor.execute(
        "SELECT * FROM problems_v2 WHERE municipality = %s"
        " ORDER BY last_seen DESC, flagged_in DESC, problem_id",
        (municipality,),
    ).fetchall()
    return [_problem(row) for row in rows]


def one(cursor: Cursor, municipality: str, problem_id: UUID) -> ProblemRow | None:
    row = cursor.execute(
        "SELECT * FROM problems_v2 WHERE municipality = %s AND problem_id = %s", (municipality, problem_id)
    ).fetchone()
    return _problem(row) if row else None


@dataclass(frozen=True)
class KeptWords:
    """The free words beside the log: of the decision that stands, and whether any lie there at all."""

    standing: str | None
    are_there: bool


def kept_words(cursor: Cursor, problem: ProblemRow) -> KeptWords:
    """A decision without words does not borrow those of an earlier one, which can still be erased."""
    rows = cursor.execute(
        "SELECT version, words FROM decision_words WHERE problem_id = %s", (problem.problem_id,)
    ).fetchall()
    kept = {row["version"]: row["words"] for row in rows}
    return KeptWords(kept.get(problem.decided_version), bool(kept))


def _problem(row: dict[str, Any]) -> ProblemRow:
    return ProblemRow(
        problem_id=row["problem_id"],
        version=row["version"],
        series=Series(row["municipality"], area=row["area"], theme=Theme(row["theme"])),
        state=ProblemState(row["state"]),
        flagged_in=Week.parse(row["flagged_in"]),
        last_seen=Week.parse(row["last_seen"]),
        rules=tuple(row["rules"]),
        evidence=Evidence.from_stored(row["evidence"]),
        flagged_at=row["flagged_at"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        reason=row["reason"],
        decided_version=row["decided_version"],
    )


@singledispatch
def _take_in(_event: object, _cursor: Cursor) -> None:
    """Other events are not this table's business."""


@_take_in.register
def _(event: Problem.Flagged, cursor: Cursor) -> None:
    cursor.execute(
        "INSERT INTO problems_v2 VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            event.originator_id,
            event.originator_version,
            event.municipality,
            event.area,
            event.theme,
            ProblemState.FLAGGED,
            event.period,
            event.period,
            json.dumps(event.rules),
            json.dumps(event.evidence),
            event.timestamp,
        ),
    )


@_take_in.register
def _(event: Problem.FlaggedAgain, cursor: Cursor) -> None:
    cursor.execute(
        "UPDATE problems_v2 SET version = %s, state = %s, flagged_in = %s, last_seen = %s, rules = %s,"
        " evidence = %s, flagged_at = %s, decided_at = NULL, decided_by = NULL, reason = NULL,"
        " decided_version = NULL WHERE problem_id = %s",
        (
            event.originator_version,
            ProblemState.FLAGGED,
            event.period,
            event.period,
            json.dumps(event.rules),
            json.dumps(event.evidence),
            event.timestamp,
            event.originator_id,
        ),
    )


@_take_in.register
def _(event: Problem.EvidenceRenewed, cursor: Cursor) -> None:
    cursor.execute(
        "UPDATE problems_v2 SET version = %s, last_seen = %s, evidence = %s WHERE problem_id = %s",
        (event.originator_version, event.period, json.dumps(event.evidence), event.originator_id),
    )


@_take_in.register
def _(event: Problem.Confirmed, cursor: Cursor) -> None:
    _decide(cursor, event, ProblemState.CONFIRMED)


@_take_in.register
def _(event: Problem.Dismissed, cursor: Cursor) -> None:
    _decide(cursor, event, ProblemState.DISMISSED)


@_take_in.register
def _(event: Problem.WordsErased, cursor: Cursor) -> None:
    cursor.execute(
        "UPDATE problems_v2 SET version = %s WHERE problem_id = %s",
        (event.originator_version, event.originator_id),
    )


def _decide(cursor: Cursor, event: Problem.Confirmed | Problem.Dismissed, state: ProblemState) -> None:
    cursor.execute(
        "UPDATE problems_v2 SET version = %s, state = %s, decided_at = %s, decided_by = %s, reason = %s,"
        " decided_version = %s WHERE problem_id = %s",
        (
            event.originator_version,
            state,
            event.timestamp,
            event.function,
            event.reason,
            event.originator_version,
            event.originator_id,
        ),
    )
