"""In which weeks has a problem been flagged, and has anybody decided about it since?"""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_contracts.messages import ProblemConfirmed, ProblemDismissed, ProblemFlagged
from est_contracts.vocabulary import Week

STEPS = ProblemFlagged | ProblemConfirmed | ProblemDismissed


class ProblemSteps(ReadModel):
    """Each flag and each decision under its position in analysis' log; a decision has no week."""

    name: ClassVar[str] = "problem_steps_v1"
    upstreams: ClassVar[tuple[str, ...]] = ("analysis",)
    tables: ClassVar[str] = """
        CREATE TABLE problem_steps_v1 (
            position bigint PRIMARY KEY,
            municipality text NOT NULL,
            problem_id uuid NOT NULL,
            week text
        );
        CREATE INDEX problem_steps_v1_by_problem ON problem_steps_v1 (municipality, problem_id, position)
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        steps = [
            (fact.recorded.position, fact.municipality, fact.problem_id, getattr(fact, "period", None))
            for fact in facts
            if isinstance(fact, STEPS)
        ]
        if steps:
            cursor.executemany(
                "INSERT INTO problem_steps_v1 VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING", steps
            )


def weeks_flagged(cursor: Cursor, municipality: str, problem_id: UUID, *, until: int) -> list[Week]:
    """The weeks of the flags, as far as was told up to a position."""
    rows = cursor.execute(
        """
        SELECT DISTINCT week FROM problem_steps_v1
        WHERE municipality = %s AND problem_id = %s AND position <= %s AND week IS NOT NULL ORDER BY week
        """,
        (municipality, problem_id, until),
    ).fetchall()
    return [Week.parse(row["week"]) for row in rows]


def is_decided(cursor: Cursor, municipality: str, problem_id: UUID, *, after: int, until: int) -> bool:
    """Whether people have decided about a problem between two positions."""
    found = cursor.execute(
        """
        SELECT 1 FROM problem_steps_v1
        WHERE municipality = %s AND problem_id = %s AND position > %s AND position <= %s AND week IS NULL
        LIMIT 1
        """,
        (municipality, problem_id, after, until),
    ).fetchone()
    return found is not None
