"""Read models: tables that answer a question, made from facts alone; dropped and replayed at will."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, ClassVar

from psycopg import sql

from est_chassis.event_store import Cursor
from est_chassis.failures import Unavailable

REGISTER = "read_models"


class AnotherVersionStands(Unavailable):
    """Another version of the service has begun meanwhile, and feeds other read models than this one."""


class ReadModel:
    """One question and the tables that answer it. A change of tables is a new name, never a migration.

    It is made from the service's own events and from the messages of its `upstreams`.
    Its tables are named after it, so that one can tell whose they are.
    """

    name: ClassVar[str]
    tables: ClassVar[str]
    upstreams: ClassVar[tuple[str, ...]] = ()

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        """Take in a batch of messages and own recorded events, in order; pass over what is not yours."""
        raise NotImplementedError

    def owns(self, table: str) -> bool:
        return table == self.name or table.startswith(f"{self.name}_")


def version_of(read_models: Sequence[ReadModel]) -> str:
    """Which read models a process stands on, in a word: it is seen beside each of its connections."""
    names = ",".join(sorted(model.name for model in read_models))
    return blake2b(names.encode(), digest_size=4).hexdigest()


class Register:
    """Which read models stand, in the database: so that the processes of a service agree about it."""

    def __init__(self, service: str, read_models: Sequence[ReadModel]) -> None:
        self._schema = f"{service}_read"
        self._names = frozenset(model.name for model in read_models)
        # Asked for each batch that is taken in: not put together each time.
        self._all_names = sql.SQL("SELECT name FROM {}").format(self._table(REGISTER)).as_string(None)

    def lock(self, cursor: Cursor) -> None:
        """Held to the end of the transaction by whoever changes which read models stand."""
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (self._schema,))
        cursor.execute(
            sql.SQL("CREATE TABLE IF NOT EXISTS {} (name text PRIMARY KEY)").format(self._table(REGISTER))
        )

    def claim(self, cursor: Cursor) -> None:
        """From now on this version stands.

        What it does not feed is stale from now on: an earlier version that comes back replays it.
        """
        cursor.execute(
            sql.SQL("DELETE FROM {} WHERE name <> ALL(%s)").format(self._table(REGISTER)),
            (list(self._names),),
        )

    def standing(self, cursor: Cursor) -> frozenset[str]:
        """The names of those that stand; raises when they are not ours any more."""
        rows = cursor.execute(self._all_names, prepare=True).fetchall()
        names = frozenset(row["name"] for row in rows)
        if names - self._names:
            raise AnotherVersionStands
        return names

    def add(self, cursor: Cursor, names: Iterable[str]) -> None:
        for name in names:
            cursor.execute(
                sql.SQL("INSERT INTO {} (name) VALUES (%s) ON CONFLICT DO NOTHING").format(
                    self._table(REGISTER)
                ),
                (name,),
            )

    def tables(self, cursor: Cursor) -> list[str]:
        """The tables of read models that there are; somebody else's are not ours to touch."""
        rows = cursor.execute(
            "SELECT tablename FROM pg_tables"
            " WHERE schemaname = %s AND tablename <> %s AND tableowner = current_user ORDER BY 1",
            (self._schema, REGISTER),
        ).fetchall()
        return [row["tablename"] for row in rows]

    def drop(self, cursor: Cursor, tables: Iterable[str]) -> None:
        for table in tables:
            cursor.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(self._table(table)))

    def put_in_place(self, cursor: Cursor, table: str, *, staging: str) -> None:
        self.drop(cursor, [table])
        cursor.execute(
            sql.SQL("ALTER TABLE {} SET SCHEMA {}").format(
                sql.Identifier(staging, table), sql.Identifier(self._schema)
            )
        )

    def _table(self, name: str) -> sql.Identifier:
        return sql.Identifier(self._schema, name)
