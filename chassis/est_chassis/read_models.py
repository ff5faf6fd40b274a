"""Read models: tables that answer a question, made from facts alone; dropped and replayed at will."""

from collections.abc import Sequence
from typing import Any, ClassVar

from est_chassis.event_store import Cursor, EventStore

REGISTER_TABLE = "CREATE TABLE IF NOT EXISTS read_models (name text PRIMARY KEY)"


class ReadModel:
    """One question and the tables that answer it. A change of tables is a new name, never a migration."""

    name: ClassVar[str]
    tables: ClassVar[str]

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        """Take in a batch of messages and own recorded events, in order; pass over what is not yours."""
        raise NotImplementedError


def missing(store: EventStore, read_models: Sequence[ReadModel]) -> list[ReadModel]:
    """Those that do not stand yet, or stand in an earlier version: they are replayed before they answer.

    What this version does not feed is stale from now on: an earlier version that comes back replays it.
    """
    with store.unit_of_work() as work:
        work.cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"{store.service}_read",))
        work.cursor.execute(REGISTER_TABLE)
        names = [model.name for model in read_models]
        work.cursor.execute("DELETE FROM read_models WHERE name <> ALL(%s)", (names,))
        rows = work.cursor.execute("SELECT name FROM read_models").fetchall()
    standing = {row["name"] for row in rows}
    return [model for model in read_models if model.name not in standing]
