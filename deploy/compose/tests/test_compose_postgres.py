"""The roles of the containers' PostgreSQL, on a real server: nobody has more than is needed."""

import os
import subprocess
from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors, sql

from est_chassis.database import prepare
from est_chassis.embedded import TemporaryPostgres
from est_chassis.embedded.postgres import _installation
from write_compose import HERE, SERVICES

OWNER, PASSWORD = "est_house_owner", "only-for-tests"


class House:
    """A database made by the containers' own script, with every service's home in it."""

    def __init__(self, server: TemporaryPostgres, name: str) -> None:
        self.server = server
        self.name = name

    def connect(self, role: str) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.server.dsn_for(role, PASSWORD, database=self.name), autocommit=True)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    secret = tmp_path_factory.mktemp("secrets") / "owner_password"
    secret.write_text(PASSWORD)
    with TemporaryPostgres() as server:
        superuser = urlsplit(server.dsn)
        with psycopg.connect(server.dsn, autocommit=True) as connection:
            connection.execute("CREATE DATABASE house")
        subprocess.run(
            [str(HERE / "postgres" / "10-owner.sh")],
            check=True,
            env={
                "PATH": f"{_installation() / 'bin'}:{os.environ['PATH']}",
                "PGHOST": "127.0.0.1",
                "PGPORT": str(server.port),
                "PGPASSWORD": str(superuser.password),
                "POSTGRES_USER": str(superuser.username),
                "POSTGRES_DB": "house",
                "EST_OWNER": OWNER,
                "EST_OWNER_PASSWORD_FILE": str(secret),
            },
        )
        for _twice in range(2):
            for service in SERVICES:
                owner_url = server.dsn_for(OWNER, PASSWORD, database="house")
                prepare(owner_url, service, password=PASSWORD, beside_tables=beside(service))
        yield House(server, "house")


def beside(service: str) -> str:
    return f"CREATE TABLE IF NOT EXISTS notes_of_{service} (text text)"


def test_the_owner_is_no_superuser(house: House) -> None:
    with house.connect(OWNER) as connection:
        row = connection.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")

        assert row.fetchone() == (False, False)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_records_and_reads_its_own_events(house: House, service: str) -> None:
    with house.connect(f"est_{service}") as connection:
        record(connection, service)
        found = connection.execute(sql.SQL("SELECT count(*) FROM {}.events").format(sql.Identifier(service)))

        assert found.fetchone() != (0,)


@pytest.mark.parametrize("act", [
    "UPDATE {schema}.events SET topic = 'x'",
    "DELETE FROM {schema}.events",
    "TRUNCATE {schema}.events",
    "DROP TABLE {schema}.events",
    "ALTER TABLE {schema}.events DISABLE TRIGGER ALL",
    "DROP TRIGGER events_are_immutable ON {schema}.events",
    "CREATE TABLE {schema}.more (text text)",
    "CREATE TABLE public.more (text text)",
    "CREATE SCHEMA more",
    "CREATE ROLE more",
    "ALTER ROLE est_house_owner PASSWORD 'mine'",
    "SET ROLE est_house_owner",
    "COPY (SELECT 1) TO PROGRAM 'cat'",
])  # fmt: skip
def test_no_service_changes_what_has_happened_or_widens_its_rights(house: House, act: str) -> None:
    for service in SERVICES:
        refused = pytest.raises((errors.InsufficientPrivilege, errors.RaiseException))
        with house.connect(f"est_{service}") as connection, refused:
            connection.execute(sql.SQL(act).format(schema=sql.Identifier(service)))


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_sees_anything_of_another(house: House, service: str) -> None:
    with house.connect(f"est_{service}") as connection:
        for other in SERVICES:
            tables = [f"{other}.events", f"{other}.positions", f"{other}_beside.notes_of_{other}"]
            for table in tables if other != service else []:
                with pytest.raises(errors.InsufficientPrivilege):
                    connection.execute(f"SELECT * FROM {table}")


def test_not_even_the_owner_changes_what_has_happened_by_mistake(house: House) -> None:
    with house.connect("est_intake") as connection:
        record(connection, "intake")
    with house.connect(OWNER) as connection, pytest.raises(errors.RaiseException, match="never changed"):
        connection.execute("DELETE FROM intake.events")


def test_texts_can_be_erased_by_their_service(house: House) -> None:
    with house.connect("est_intake") as connection:
        connection.execute("INSERT INTO intake_beside.notes_of_intake VALUES ('to be erased')")
        assert connection.execute("DELETE FROM intake_beside.notes_of_intake").rowcount == 1


def test_nobody_without_a_role_of_ours_may_connect(house: House) -> None:
    with psycopg.connect(house.server.dsn, autocommit=True) as connection:
        connection.execute("CREATE ROLE passer_by LOGIN PASSWORD 'only-for-tests'")

    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        house.connect("passer_by")


def record(connection: "psycopg.Connection[tuple[object, ...]]", service: str) -> None:
    table = sql.Identifier(service, "events")
    statement = sql.SQL(
        "INSERT INTO {} (originator_id, originator_version, topic, state) VALUES (%s, 1, 'x', '')"
    )
    connection.execute(statement.format(table), (uuid4(),))
