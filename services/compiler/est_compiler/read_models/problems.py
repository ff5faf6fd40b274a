"""Problems and measures as analysis has told of them: every word of it, by its position in analysis' log."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_compiler.domain.knowledge import ToldMeasure, ToldProblem
from est_contracts.messages import (
    MeasureCompleted,
    MeasureDecided,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
)
from est_contracts.vocabulary import STOCKHOLM, MeasureKind, PicturePeriod, Theme, Week, Words

PROPOSED, CONFIRMED, DISMISSED = "proposed", "confirmed", "dismissed"
DECIDED, COMPLETED = "decided", "completed"
INSERT = "INSERT INTO problems_v1 VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
INSERT_MEASURE = "INSERT INTO problems_v1_measures VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


class Problems(ReadModel):
    """What has been told of each problem and of each measure against one; nothing takes its place."""

    name: ClassVar[str] = "problems_v1"
    tables: ClassVar[str] = """
        CREATE TABLE problems_v1 (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
            municipality text NOT NULL,
            problem_id uuid NOT NULL,
            state text NOT NULL,
            day date NOT NULL,
            seen_from date,
            area text,
            theme text,
            evidence_sv text,
            evidence_en text
        );
        CREATE INDEX problems_v1_by_municipality ON problems_v1 (municipality, position);
        CREATE INDEX problems_v1_by_recording ON problems_v1 (recorded_at);
        CREATE TABLE problems_v1_measures (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
            municipality text NOT NULL,
            problem_id uuid NOT NULL,
            measure_id uuid NOT NULL,
            state text NOT NULL,
            day date NOT NULL,
            kind text,
            function text,
            due_on date
        );
        CREATE INDEX problems_v1_measures_by_municipality ON problems_v1_measures (municipality, position);
        CREATE INDEX problems_v1_measures_by_recording ON problems_v1_measures (recorded_at);
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        told = [
            fact for fact in facts if isinstance(fact, ProblemFlagged | ProblemConfirmed | ProblemDismissed)
        ]
        if told:
            cursor.executemany(INSERT, [_row(fact) for fact in told])
        measures = [fact for fact in facts if isinstance(fact, MeasureDecided | MeasureCompleted)]
        if measures:
            cursor.executemany(INSERT_MEASURE, [_measure_row(fact) for fact in measures])


def _row(fact: ProblemFlagged | ProblemConfirmed | ProblemDismissed) -> tuple[Any, ...]:
    if isinstance(fact, ProblemFlagged):
        words = fact.evidence.words
        seen_from = Week.parse(fact.period).monday
        return (*_told(fact, PROPOSED), seen_from, fact.area, fact.theme, words.sv, words.en)
    state = CONFIRMED if isinstance(fact, ProblemConfirmed) else DISMISSED
    return (*_told(fact, state), None, None, None, None, None)


def _told(fact: ProblemFlagged | ProblemConfirmed | ProblemDismissed, state: str) -> tuple[Any, ...]:
    recorded = fact.recorded
    day = recorded.recorded_at.astimezone(STOCKHOLM).date()
    return (recorded.position, recorded.recorded_at, fact.municipality, fact.problem_id, state, day)


def _measure_row(fact: MeasureDecided | MeasureCompleted) -> tuple[Any, ...]:
    recorded, day = fact.recorded, fact.recorded.recorded_at.astimezone(STOCKHOLM).date()
    is_decided = isinstance(fact, MeasureDecided)
    said = (fact.kind, fact.function, fact.due_on) if isinstance(fact, MeasureDecided) else (None, None, None)
    return (
        recorded.position, recorded.recorded_at, fact.municipality, fact.problem_id, fact.measure_id,
        DECIDED if is_decided else COMPLETED, day, *said,
    )  # fmt: skip


def told_problems(
    cursor: Cursor, *, municipality: str, position: int, period: PicturePeriod, areas: frozenset[str] | None
) -> tuple[ToldProblem, ...]:
    """The problems of some areas that were alive in a period, or were dismissed in it."""
    asked = {"municipality": municipality, "position": position}
    rows = cursor.execute(
        "SELECT * FROM problems_v1 WHERE municipality = %(municipality)s AND position <= %(position)s"
        " ORDER BY position",
        asked,
    ).fetchall()
    if not rows:
        return ()
    by_problem: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_problem[str(row["problem_id"])].append(row)
    found = [
        problem
        for name, said in by_problem.items()
        if _is_of(said, period)
        and (problem := _problem(name, said))
        and (areas is None or problem.area in areas)
    ]
    measures = _measures(cursor, asked)
    told = (replace(each, measures=tuple(measures.get(each.problem, ()))) for each in found)
    return tuple(sorted(told, key=lambda each: (each.flagged_on, each.problem)))


def _is_of(said: Iterable[dict[str, Any]], period: PicturePeriod) -> bool:
    """Whether it lived in some of the period's days: from the week it was seen in until it was dismissed."""
    alive_from: date | None = None
    for row in said:
        if row["state"] == PROPOSED:
            alive_from = alive_from or row["seen_from"]
        elif row["state"] == DISMISSED and alive_from is not None:
            if alive_from <= period.last_day and row["day"] >= period.first_day:
                return True
            alive_from = None
    return alive_from is not None and alive_from <= period.last_day


def _problem(name: str, said: Sequence[dict[str, Any]]) -> ToldProblem | None:
    """As it was told of last. What was decided of a problem nobody has heard of says nothing."""
    flags = [row for row in said if row["state"] == PROPOSED]
    if not flags:
        return None
    return ToldProblem(
        problem=name,
        area=flags[-1]["area"],
        theme=Theme(flags[-1]["theme"]),
        state=said[-1]["state"],
        flagged_on=flags[-1]["day"],
        changed_on=said[-1]["day"],
        evidence=Words(sv=flags[-1]["evidence_sv"], en=flags[-1]["evidence_en"]),
        measures=(),
    )


def _measures(cursor: Cursor, asked: dict[str, Any]) -> dict[str, list[ToldMeasure]]:
    rows = cursor.execute(
        "SELECT * FROM problems_v1_measures WHERE municipality = %(municipality)s"
        " AND position <= %(position)s ORDER BY position",
        asked,
    ).fetchall()
    completed = {row["measure_id"]: row["day"] for row in rows if row["state"] == COMPLETED}
    by_problem: defaultdict[str, list[ToldMeasure]] = defaultdict(list)
    for row in rows:
        if row["state"] == DECIDED:
            by_problem[str(row["problem_id"])].append(
                ToldMeasure(
                    measure=str(row["measure_id"]),
                    kind=MeasureKind(row["kind"]),
                    function=row["function"],
                    decided_on=row["day"],
                    due_on=row["due_on"],
                    completed_on=completed.get(row["measure_id"]),
                )
            )
    return by_problem
