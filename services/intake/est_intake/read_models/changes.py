"""Where in the log does something stand that concerns a municipality, and which function is it about?"""

from collections.abc import Sequence
from typing import Any, ClassVar

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel


class Changes(ReadModel):
    """One narrow row for each event: a small municipality need not read through a large one's log."""

    name: ClassVar[str] = "changes_v1"
    tables: ClassVar[str] = """
        CREATE TABLE changes_v1 (
            municipality text NOT NULL,
            position bigint NOT NULL,
            function text,
            PRIMARY KEY (municipality, position)
        )
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        rows = [
            (fact.event.municipality, fact.position, _function_of(fact.event))
            for fact in facts
            if isinstance(fact, RecordedEvent) and hasattr(fact.event, "municipality")
        ]
        if rows:
            with cursor.copy("COPY changes_v1 (municipality, position, function) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)


def positions_after(
    cursor: Cursor, municipality: str, *, after: int, function: str | None, limit: int
) -> list[int]:
    """The next places in the log; with a function, those about it and those that name none."""
    rows = cursor.execute(
        POSITIONS,
        {"municipality": municipality, "after": after, "function": function, "limit": limit},
    ).fetchall()
    return [row["position"] for row in rows]


def _function_of(event: Any) -> str | None:
    """As far as the event itself says: what follows upon a report does not name its function again."""
    reporter = getattr(event, "reporter", None)
    named = reporter.get("function") if isinstance(reporter, dict) else getattr(event, "function", None)
    return str(named) if named is not None else None


POSITIONS = """
    SELECT position FROM changes_v1
     WHERE municipality = %(municipality)s AND position > %(after)s
       AND (%(function)s::text IS NULL OR function = %(function)s OR function IS NULL)
     ORDER BY position LIMIT %(limit)s
"""
