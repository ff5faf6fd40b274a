"""Problems and measures as analysis has told of them: every word of it, by its position in analysis' log."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any, ClassVar

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_compiler.domain.knowledge import EarlierAnalysis, ToldMeasure, ToldProblem
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
    upstreams: ClassVar[tuple[str, ...]] = ("analysis",)
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
    measures = _measures(cursor, asked)
    found = [
        _problem(name, spells[-1], tuple(measures.get(name, ())))
        for name, said in by_problem.items()
        if (spells := [spell for spell in _spells(said) if _lived_in(spell, period)])
    ]
    told = (each for each in found if areas is None or each.area in areas)
    return tuple(sorted(told, key=lambda each: (each.flagged_on, each.problem)))


def _spells(said: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """A problem that was dismissed and is proposed again lives again; before it is proposed it is nothing."""
    spells: list[list[dict[str, Any]]] = []
    for row in said:
        if row["state"] == PROPOSED and (not spells or spells[-1][-1]["state"] == DISMISSED):
            spells.append([row])
        elif spells:
            spells[-1].append(row)
    return spells


def _lived_in(spell: Sequence[dict[str, Any]], period: PicturePeriod) -> bool:
    """Whether it lived in some of the period's days: from the week it was seen in until it was dismissed."""
    is_over = spell[-1]["state"] == DISMISSED
    seen_from: date = spell[0]["seen_from"]
    return seen_from <= period.last_day and not (is_over and spell[-1]["day"] < period.first_day)


def _problem(name: str, spell: Sequence[dict[str, Any]], measures: tuple[ToldMeasure, ...]) -> ToldProblem:
    flag = [row for row in spell if row["state"] == PROPOSED][-1]
    return ToldProblem(
        problem=name,
        area=flag["area"],
        theme=Theme(flag["theme"]),
        state=spell[-1]["state"],
        flagged_on=flag["day"],
        changed_on=spell[-1]["day"],
        evidence=Words(sv=flag["evidence_sv"], en=flag["evidence_en"]),
        measures=measures,
    )


def earlier_analyses(
    cursor: Cursor, *, municipality: str, position: int, flagged: Mapping[str, date]
) -> tuple[EarlierAnalysis, ...]:
    """What was found of problems before they were flagged on these days, the latest first."""
    asked = {"municipality": municipality, "position": position, "problems": list(flagged)}
    rows = cursor.execute(
        "SELECT * FROM problems_v1 WHERE municipality = %(municipality)s AND position <= %(position)s"
        " AND problem_id = ANY(%(problems)s::uuid[]) ORDER BY position",
        asked,
    ).fetchall()
    measures = _measures(cursor, asked) if rows else {}
    found = [
        _analysis(said, measures.get(str(said[0]["problem_id"]), ()), until=until)
        for said, until in _flags(rows)
        if said[-1]["state"] != PROPOSED and said[0]["day"] < flagged[str(said[0]["problem_id"])]
    ]
    return tuple(sorted(found, key=lambda each: (each.decided_on, each.problem), reverse=True))


def _flags(rows: Iterable[dict[str, Any]]) -> list[tuple[list[dict[str, Any]], date]]:
    """What was said of each flag, and the day of the next one of the same problem."""
    by_problem: defaultdict[str, list[list[dict[str, Any]]]] = defaultdict(list)
    for row in rows:
        flags = by_problem[str(row["problem_id"])]
        if row["state"] == PROPOSED:
            flags.append([row])
        elif flags:
            flags[-1].append(row)
    return [
        (said, after[0]["day"] if after else date.max)
        for flags in by_problem.values()
        for said, after in zip_longest(flags, flags[1:])
    ]


def _analysis(
    said: Sequence[dict[str, Any]], measures: Iterable[ToldMeasure], *, until: date
) -> EarlierAnalysis:
    flag, last = said[0], said[-1]
    decided = [each for each in measures if flag["day"] <= each.decided_on < until]
    return EarlierAnalysis(
        str(flag["problem_id"]), last["state"], flag["day"], last["day"], measures=len(decided)
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
