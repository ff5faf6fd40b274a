"""A database of one's own for a test, on a server that the whole run shares."""

from collections.abc import Iterator
from contextlib import contextmanager
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
        self.owner_url = owner_url

    def prepare(self, service: str, *, beside_tables: str = "") -> str:
        prepare(self.owner_url, service, password=PASSWORD, beside_tables=beside_tables)
        return self.url_of(f"est_{service}")

    def url_of(self, role: str) -> str:
        address = conninfo_to_dict(self.owner_url)
        host, port, name = address["host"], address["port"], address["dbname"]
        return f"postgresql://{role}:{PASSWORD}@{quote(str(host), safe='')}:{port}/{name}"


@contextmanager
def fresh_database(server_url: str) -> Iterator[FreshDatabase]:
    """Create a database for one test and drop it afterwards, whoever is still connected."""
    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield FreshDatabase(make_conninfo(server_url, dbname=name))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
