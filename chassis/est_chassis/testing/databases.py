"""A database of one's own for a test, on a server that the whole run shares."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from urllib.parse import quote
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from est_chassis.database import prepare

PASSWORD = "only-for-tests"  # noqa: S105 - guards nothing but a throw-away server


class FreshDatabase:
    """An empty database. `prepare` gives a service its home in it and returns the service's own address."""

    def __init__(self, owner_url: str) -> None:
        self._owner_url = owner_url

    @property
    def owner_url(self) -> str:
        return self._owner_url

    def prepare(self, service: str, *, beside_tables: str = "") -> str:
        prepare(self.owner_url, service, password=PASSWORD, beside_tables=beside_tables)
        return self.url_of(f"est_{service}")

    def url_of(self, role: str) -> str:
        address = conninfo_to_dict(self.owner_url)
        host, port, name = address["host"], address["port"], address["dbname"]
        return f"postgresql://{role}:{PASSWORD}@{quote(str(host), safe='')}:{port}/{name}"


class Homes:
    """A server's databases with one service's home in them: each is made once, and copied for every test."""

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._server = psycopg.connect(server_url, autocommit=True)
        self._made: dict[tuple[str, str], str] = {}

    def close(self) -> None:
        self._server.close()

    def create(self, name: str) -> str:
        """An empty database; its owner's address."""
        self._do("CREATE DATABASE {database}", name)
        return make_conninfo(self._server_url, dbname=name)

    def copy(self, name: str, service: str, *, beside_tables: str) -> str:
        """A database in which nothing but this service has its home; its owner's address."""
        home = (service, beside_tables)
        if home not in self._made:
            made = f"home_{len(self._made)}"
            FreshDatabase(self.create(made)).prepare(service, beside_tables=beside_tables)
            self._made[home] = made
        self._do("CREATE DATABASE {database} TEMPLATE {made}", name, made=self._made[home])
        # Who may connect is not copied.
        self._do("GRANT CONNECT ON DATABASE {database} TO {role}", name, role=f"est_{service}")
        return make_conninfo(self._server_url, dbname=name)

    def drop(self, name: str) -> None:
        """Whoever is still connected."""
        self._do("DROP DATABASE {database} WITH (FORCE)", name)

    def _do(self, statement: str, database: str, **names: str) -> None:
        named = {"database": database} | names
        identifiers = {name: sql.Identifier(named[name]) for name in named}
        self._server.execute(sql.SQL(statement).format(**identifiers))


class DatabaseOfATest(FreshDatabase):
    """Comes into being when it is needed: with the first service at home in it, or empty."""

    def __init__(self, homes: Homes) -> None:
        super().__init__("")
        self._homes = homes
        self._name = f"test_{uuid4().hex[:12]}"
        self._beginning = RLock()

    @property
    def owner_url(self) -> str:
        with self._beginning:
            if not self._owner_url:
                self._owner_url = self._homes.create(self._name)
        return self._owner_url

    def prepare(self, service: str, *, beside_tables: str = "") -> str:
        with self._beginning:
            if not self._owner_url:
                self._owner_url = self._homes.copy(self._name, service, beside_tables=beside_tables)
                return self.url_of(f"est_{service}")
        return super().prepare(service, beside_tables=beside_tables)

    def drop(self) -> None:
        if self._owner_url:
            self._homes.drop(self._name)


@contextmanager
def fresh_database(homes: Homes) -> Iterator[FreshDatabase]:
    """A database for one test, dropped afterwards."""
    database = DatabaseOfATest(homes)
    try:
        yield database
    finally:
        database.drop()
