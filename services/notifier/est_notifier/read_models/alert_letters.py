"""Which alert letters are to be tried, and which calls did not get through by e-mail?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_notifier.domain.alert_letters import AlertLetter, AlertLetterState
from est_notifier.domain.distributions import Obstacle


class AlertLetters(ReadModel):
    """One row for each alert letter (larmbrev)."""

    name: ClassVar[str] = "alert_letters_v1"
    tables: ClassVar[str] = """
        CREATE TABLE alert_letters_v1 (
            letter_id uuid PRIMARY KEY,
            municipality text NOT NULL,
            alert_id uuid NOT NULL,
            step integer NOT NULL,
            recipient text NOT NULL,
            state text NOT NULL,
            attempts integer NOT NULL,
            due_at timestamptz,
            obstacle text
        );
        CREATE INDEX alert_letters_v1_by_alert ON alert_letters_v1 (alert_id, step);
        CREATE INDEX alert_letters_v1_due ON alert_letters_v1 (due_at) WHERE state = 'due'
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            if isinstance(fact, RecordedEvent) and type(fact.event) in _CHANGES:
                event = fact.event
                cursor.execute(_CHANGES[type(event)], vars(event) | {"letter_id": event.originator_id})


class AlertLetterRow(NamedTuple):
    """How far one alert letter has come."""

    alert_id: UUID
    recipient: str
    state: AlertLetterState
    attempts: int
    obstacle: Obstacle | None


def due_alert_letters(cursor: Cursor, *, now: datetime, limit: int) -> list[tuple[UUID, str]]:
    """The letters to try now, with their recipients: those that have waited longest first."""
    rows = cursor.execute(
        """
        SELECT letter_id, recipient FROM alert_letters_v1
        WHERE state = 'due' AND due_at <= %s ORDER BY due_at, letter_id LIMIT %s
        """,
        (now, limit),
    ).fetchall()
    return [(row["letter_id"], row["recipient"]) for row in rows]


def letters_of_alerts(cursor: Cursor, alert_ids: Sequence[UUID]) -> dict[UUID, list[AlertLetterRow]]:
    """The letters of each of these alerts, in the order in which people were called."""
    rows = cursor.execute(
        """
        SELECT alert_id, recipient, state, attempts, obstacle FROM alert_letters_v1
        WHERE alert_id = ANY(%s) ORDER BY alert_id, step
        """,
        (list(alert_ids),),
    ).fetchall()
    letters: dict[UUID, list[AlertLetterRow]] = {each: [] for each in alert_ids}
    for row in rows:
        obstacle = Obstacle(row["obstacle"]) if row["obstacle"] else None
        letter = AlertLetterRow(**row | {"state": AlertLetterState(row["state"]), "obstacle": obstacle})
        letters[letter.alert_id].append(letter)
    return letters


_CHANGES: Mapping[type[AlertLetter.Event], str] = {
    AlertLetter.Prepared: """
        INSERT INTO alert_letters_v1
            (letter_id, municipality, alert_id, step, recipient, state, attempts, due_at)
        VALUES (%(letter_id)s, %(municipality)s, %(alert_id)s, %(step)s, %(recipient)s,
            'due', 0, %(prepared_at)s)
    """,
    AlertLetter.Postponed: """
        UPDATE alert_letters_v1 SET attempts = %(attempt)s, due_at = %(due_at)s, obstacle = %(obstacle)s
        WHERE letter_id = %(letter_id)s
    """,
    AlertLetter.Settled: """
        UPDATE alert_letters_v1
        SET state = %(outcome)s, attempts = %(attempt)s, due_at = NULL, obstacle = %(obstacle)s
        WHERE letter_id = %(letter_id)s
    """,
}
