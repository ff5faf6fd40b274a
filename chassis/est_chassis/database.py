"""PostgreSQL: connections with limits, and a home for each service that it can not break out of.

A service has four schemas and one role `est_<service>`:
`<service>` (events: INSERT and SELECT only), `<service>_read` (read models, its own),
`<service>_staging` (read models while they are replayed) and
`<service>_beside` (what must be erasable: raw text, for example).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

import psycopg
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

# A dead network must not hang a writer: libpq's own defaults wait for ever.
CONNECTION_LIMITS = {
    "connect_timeout": 3,
    "tcp_user_timeout": 3000,
    "keepalives": 1,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
}
# Nor must a machine that has vanished keep its locks: the server's own defaults wait for hours.
SERVER_KEEPALIVES = "-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3"
SESSION_LIMITS = f"-c statement_timeout=30s -c lock_timeout=5s -c synchronous_commit=on {SERVER_KEEPALIVES}"
EVENTS_TABLE = "events"


class DatabaseIsUnsafe(Exception):
    """The server is set up so that an acknowledged report could be lost."""


class Datastore(PostgresDatastore):
    """The library's pool of connections, with our limits and a search path of the service's schemas."""

    def __init__(
        self, database_url: str, *, service: str, wait_seconds: float = 1.5, pool_size: int = 8,
        version: str = "",
    ) -> None:  # fmt: skip
        address = conninfo_to_dict(database_url)
        super().__init__(
            dbname=str(address.get("dbname", "est")),
            host=str(address.get("host", "")),
            port=str(address.get("port", "5432")),
            user=str(address.get("user", "")),
            password=str(address.get("password", "")),
            connect_timeout=wait_seconds,
            pool_size=1,
            max_overflow=pool_size - 1,
            schema=service,
        )
        search_path = f"-c search_path={service}_read,{service}_beside,{service}"
        options = f"{SESSION_LIMITS} {search_path}"
        known = {"dbname", "host", "port", "user", "password", "options"}
        others = {key: value for key, value in address.items() if key not in known}
        others["application_name"] = session_name(service, version)
        assert isinstance(self.pool.kwargs, dict)
        self.pool.kwargs.update({**others, **CONNECTION_LIMITS, "options": options})


def session_name(service: str, version: str) -> str:
    """What PostgreSQL shows beside each connection: who it is, and which read models it stands on."""
    return f"est_{service}:{version}"


class Recorder(PostgresApplicationRecorder):
    """The library's recorder for a role that may INSERT and SELECT, nothing else.

    The library keeps the order of commits with LOCK TABLE, which such a role may not use;
    an advisory lock gives the same order.
    """

    def __init__(self, datastore: PostgresDatastore) -> None:
        super().__init__(datastore, events_table_name=EVENTS_TABLE)
        key = advisory_key(f"{datastore.schema}.{EVENTS_TABLE}")
        self.lock_table_statements = [sql.SQL("SELECT pg_advisory_xact_lock({})").format(sql.Literal(key))]

    def _notify_channel(self, curs: psycopg.Cursor[Any]) -> None:
        """NOTIFY would serialise every commit a second time; the relay polls and is woken in process."""


def advisory_key(name: str) -> int:
    """A number for `pg_advisory_lock`, the same in every process."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


@contextmanager
def leadership(
    database_url: str, name: str, *, application_name: str = ""
) -> Iterator[psycopg.Connection[Any] | None]:
    """Hold the session lock `name`, or yield None when another process holds it."""
    limits: dict[str, Any] = {
        **CONNECTION_LIMITS,
        "options": SERVER_KEEPALIVES,
        "application_name": application_name,
    }
    with psycopg.connect(database_url, autocommit=True, **limits) as connection:
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", (advisory_key(name),)).fetchone()
        yield connection if row and row[0] else None


def refuse_unsafe(connection: psycopg.Connection[Any]) -> None:
    """Refuse a server that acknowledges before it has written to disk."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        row = connection.execute("SELECT current_setting(%s)", (setting,)).fetchone()
        value = next(iter(row.values())) if isinstance(row, dict) else row[0] if row else None
        if value == "off":
            raise DatabaseIsUnsafe(f"PostgreSQL runs with {setting} off: acknowledged reports could be lost")


def prepare(owner_url: str, service: str, *, password: str | None = None, beside_tables: str = "") -> None:
    """Create a service's role, schemas, event table and guards; safe to repeat. Needs the owner's rights.

    `beside_tables` is the service's own DDL for erasable tables, written with CREATE TABLE IF NOT EXISTS.
    """
    role, names = f"est_{service}", _identifiers(service)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (advisory_key("prepare"),))
        exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
        if not exists:
            connection.execute(sql.SQL("CREATE ROLE {role} LOGIN").format(**names))
        if password is not None:
            literal = sql.Literal(password)
            connection.execute(sql.SQL("ALTER ROLE {role} PASSWORD {p}").format(p=literal, **names))
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        database = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {d} TO {role}").format(d=database, **names))
        for name in ("events", "read", "beside", "staging"):
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {s}").format(s=names[name]))
        _create_event_table(owner_url, service)
        with connection.transaction():
            for statement in GUARDS:
                connection.execute(sql.SQL(statement).format(**names))
            if beside_tables:
                connection.execute(sql.SQL("SET LOCAL search_path TO {beside}").format(**names))
                connection.execute(beside_tables)
            connection.execute(sql.SQL(BESIDE_RIGHTS).format(**names))


def _identifiers(service: str) -> dict[str, sql.Identifier]:
    return {
        "role": sql.Identifier(f"est_{service}"),
        "events": sql.Identifier(service),
        "read": sql.Identifier(f"{service}_read"),
        "beside": sql.Identifier(f"{service}_beside"),
        "staging": sql.Identifier(f"{service}_staging"),
    }


def _create_event_table(owner_url: str, service: str) -> None:
    with Datastore(owner_url, service=service) as datastore:
        recorder = Recorder(datastore)
        # The library's insert function takes no lock, so readers could miss events for ever: never create it.
        recorder.sql_create_statements.remove(recorder.sql_create_pg_function_insert_events)
        recorder.create_table()


# The owner's guards: not even a role that was given too much can change what has happened.
GUARDS = (
    """CREATE OR REPLACE FUNCTION {events}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
       $$BEGIN RAISE EXCEPTION 'events are never changed'; END$$""",
    """CREATE OR REPLACE TRIGGER events_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE
       ON {events}.events FOR EACH STATEMENT EXECUTE FUNCTION {events}.refuse_change()""",
    """CREATE TABLE IF NOT EXISTS {events}.positions (
         upstream text PRIMARY KEY, position bigint NOT NULL, sequence bigint NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS {events}.dead_letters (
         letter bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, upstream text NOT NULL,
         position bigint NOT NULL, sequence bigint NOT NULL, subject text NOT NULL,
         body bytea NOT NULL, reason text NOT NULL,
         died_at timestamptz NOT NULL, settled_at timestamptz, UNIQUE (upstream, position, sequence))""",
    "GRANT USAGE ON SCHEMA {events} TO {role}",
    "GRANT SELECT, INSERT ON {events}.events TO {role}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA {events} TO {role}",
    "GRANT SELECT, INSERT, UPDATE ON {events}.positions, {events}.dead_letters TO {role}",
    "GRANT USAGE, CREATE ON SCHEMA {read}, {staging} TO {role}",
    "GRANT USAGE ON SCHEMA {beside} TO {role}",
)
BESIDE_RIGHTS = "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {beside} TO {role}"
