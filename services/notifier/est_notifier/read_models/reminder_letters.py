"""Which reminder letters are to be tried, and what became of the others?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import ReminderCause
from est_notifier.domain.distributions import LetterState, Obstacle
from est_notifier.domain.reminders import ReminderLetter


class ReminderLetters(ReadModel):
    """One row for each reminder letter (påminnelsebrev)."""

    name: ClassVar[str] = "reminder_letters_v2"
    tables: ClassVar[str] = """
        CREATE TABLE reminder_letters_v2 (
            letter_id uuid PRIMARY KEY,
            municipality text NOT NULL,
            function text NOT NULL,
            recipient text NOT NULL,
            period text NOT NULL,
            cause text NOT NULL,
            prepared_at timestamptz NOT NULL,
            state text NOT NULL,
            attempts integer NOT NULL,
            due_at timestamptz,
            obstacle text,
            settled_at timestamptz
        );
        CREATE INDEX ON reminder_letters_v2 (municipality, prepared_at);
        CREATE INDEX ON reminder_letters_v2 (due_at) WHERE state = 'due'
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            event = fact.event if isinstance(fact, RecordedEvent) else None
            if isinstance(event, ReminderLetter.Prepared):
                cursor.execute(PREPARED, vars(event) | {"letter_id": event.originator_id})
            elif isinstance(event, ReminderLetter.Postponed):
                cursor.execute(POSTPONED, vars(event) | {"letter_id": event.originator_id})
            elif isinstance(event, ReminderLetter.Settled):
                cursor.execute(SETTLED, vars(event) | {"letter_id": event.originator_id})


@dataclass(frozen=True, kw_only=True)
class ReminderLetterRow:
    """One reminder letter, and where it stands."""

    letter_id: UUID
    function: str
    recipient: str
    period: str
    cause: ReminderCause
    prepared_at: datetime
    state: LetterState
    attempts: int
    due_at: datetime | None
    #: What stood in its way the last time it was tried.
    obstacle: Obstacle | None
    #: When it was sent, or it was clear that it will not be.
    settled_at: datetime | None


def due_reminder_letters(cursor: Cursor, *, now: datetime, limit: int) -> list[tuple[UUID, str]]:
    """The letters to try now, with their recipients: those that have waited longest first."""
    rows = cursor.execute(DUE, (now, limit)).fetchall()
    return [(row["letter_id"], row["recipient"]) for row in rows]


def reminder_letters_of(cursor: Cursor, municipality: str, *, limit: int = 200) -> list[ReminderLetterRow]:
    """The municipality's reminder letters, the latest first."""
    rows = cursor.execute(LATEST, (municipality, limit)).fetchall()
    return [ReminderLetterRow(**{**row, **_kinds(row)}) for row in rows]


def _kinds(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "cause": ReminderCause(row["cause"]),
        "state": LetterState(row["state"]),
        "obstacle": Obstacle(row["obstacle"]) if row["obstacle"] else None,
    }


PREPARED = """
    INSERT INTO reminder_letters_v2 (letter_id, municipality, function, recipient, period, cause, prepared_at,
                                     state, attempts, due_at)
    VALUES (%(letter_id)s, %(municipality)s, %(function)s, %(recipient)s, %(period)s, %(cause)s,
            %(prepared_at)s, 'due', 0, %(prepared_at)s)
"""
POSTPONED = """
    UPDATE reminder_letters_v2 SET attempts = %(attempt)s, due_at = %(due_at)s, obstacle = %(obstacle)s
     WHERE letter_id = %(letter_id)s
"""
SETTLED = """
    UPDATE reminder_letters_v2
       SET state = %(outcome)s, attempts = %(attempt)s, due_at = NULL, obstacle = %(obstacle)s,
           settled_at = %(settled_at)s
     WHERE letter_id = %(letter_id)s
"""
DUE = """
    SELECT letter_id, recipient FROM reminder_letters_v2
     WHERE state = 'due' AND due_at <= %s ORDER BY due_at, letter_id LIMIT %s
"""
LATEST = """
    SELECT letter_id, function, recipient, period, cause, prepared_at, state, attempts, due_at,
           obstacle, settled_at
      FROM reminder_letters_v2 WHERE municipality = %s ORDER BY prepared_at DESC, letter_id LIMIT %s
"""
