"""Messages that could not be handled: kept, shown, and tried again when the cause is mended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from est_chassis.event_store import Cursor, EventStore
from est_chassis.facts import Fact
from est_chassis.failures import NotFound


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that was given up after a bounded number of tries."""

    letter: int
    upstream: str
    position: int
    sequence: int
    subject: str
    body: bytes
    reason: str
    died_at: datetime
    settled_at: datetime | None

    def summary(self) -> dict[str, Any]:
        """What an operator sees in the list; the body is shown on request."""
        return {
            "letter": self.letter,
            "upstream": self.upstream,
            "position": self.position,
            "subject": self.subject,
            "reason": self.reason,
            "died_at": self.died_at.isoformat(),
            "settled_at": self.settled_at.isoformat() if self.settled_at else None,
        }


def bury(cursor: Cursor, upstream: str, fact: Fact, *, reason: str, died_at: datetime) -> None:
    cursor.execute(
        "INSERT INTO dead_letters (upstream, position, sequence, subject, body, reason, died_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (upstream, fact.position, fact.sequence, fact.subject, fact.body, reason, died_at),
    )


def unsettled(store: EventStore) -> list[DeadLetter]:
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT * FROM dead_letters WHERE settled_at IS NULL ORDER BY letter"
        ).fetchall()
    return [_letter(row) for row in rows]


def count(store: EventStore) -> int:
    with store.cursor() as cursor:
        row = cursor.execute(
            "SELECT count(*) AS letters FROM dead_letters WHERE settled_at IS NULL"
        ).fetchone()
    return int(row["letters"]) if row else 0


def find(store: EventStore, letter: int) -> DeadLetter:
    with store.cursor() as cursor:
        row = cursor.execute("SELECT * FROM dead_letters WHERE letter = %s", (letter,)).fetchone()
    if row is None:
        raise NotFound("dead letter")
    return _letter(row)


def settle(cursor: Cursor, letter: int, *, settled_at: datetime) -> bool:
    """Mark a letter as handled; False when somebody else has done so already."""
    cursor.execute(
        "UPDATE dead_letters SET settled_at = %s WHERE letter = %s AND settled_at IS NULL",
        (settled_at, letter),
    )
    return cursor.rowcount == 1


def _letter(row: dict[str, Any]) -> DeadLetter:
    return DeadLetter(**(row | {"body": bytes(row["body"])}))
