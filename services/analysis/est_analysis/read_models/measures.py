"""What has been decided against which problem, and what of it is done?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from est_analysis.domain.measure import Measure, Plan
from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import MeasureKind


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure as it stands."""

    measure_id: UUID
    problem_id: UUID
    kind: MeasureKind
    function: str
    due_on: date | None
    decided_at: datetime
    completed_at: datetime | None


class Measures(ReadModel):
    """Every measure as it stands, from the service's own log."""

    name: ClassVar[str] = "measures_v1"
    tables: ClassVar[str] = """
        CREATE TABLE measures_v1 (
            municipality text NOT NULL,
            measure_id uuid NOT NULL,
            problem_id uuid NOT NULL,
            kind text NOT NULL,
            function text NOT NULL,
            due_on date,
            decided_at timestamptz NOT NULL,
            completed_at timestamptz,
            PRIMARY KEY (municipality, measure_id)
        );
        CREATE INDEX measures_v1_by_problem ON measures_v1 (municipality, problem_id);
        """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            event = fact.event if isinstance(fact, RecordedEvent) else None
            if isinstance(event, Measure.Decided):
                cursor.execute(DECIDED, _row(event))
            elif isinstance(event, Measure.Completed):
                cursor.execute(COMPLETED, (event.timestamp, event.municipality, event.measure_id))


def against(cursor: Cursor, municipality: str) -> dict[UUID, list[MeasureRow]]:
    """The measures of a municipality by problem, in the order they were decided."""
    rows = cursor.execute(
        "SELECT measure_id, problem_id, kind, function, due_on, decided_at, completed_at FROM measures_v1"
        " WHERE municipality = %s ORDER BY decided_at, measure_id",
        (municipality,),
    ).fetchall()
    by_problem: dict[UUID, list[MeasureRow]] = {}
    for row in rows:
        measure = MeasureRow(**{**row, "kind": MeasureKind(row["kind"])})
        by_problem.setdefault(measure.problem_id, []).append(measure)
    return by_problem


def _row(event: Measure.Decided) -> tuple[Any, ...]:
    plan = Plan.recorded(event.plan)
    return (
        event.municipality,
        event.measure_id,
        event.problem_id,
        plan.kind,
        plan.function,
        plan.due_on,
        event.timestamp,
    )


DECIDED = "INSERT INTO measures_v1 VALUES (%s, %s, %s, %s, %s, %s, %s)"
COMPLETED = "UPDATE measures_v1 SET completed_at = %s WHERE municipality = %s AND measure_id = %s"
