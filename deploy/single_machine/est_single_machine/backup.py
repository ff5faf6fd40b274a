"""What must be kept of a house, in one file; and a house that begins from such a file.

Kept are the events and the erasable texts. Read models, streams and timers are made again from them.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from est_chassis.embedded import EmbeddedPostgres, program_of_postgres
from est_chassis.embedded.directory_lock import DirectoryLock
from est_single_machine.front_door.routes import SERVICES
from est_single_machine.preparing import prepare_services
from est_single_machine.state import StateDirectory

#: Read models are dropped and made again at will; a backup with them would only be larger.
WHAT_IS_KEPT = ("--format=custom", "--exclude-schema=*_read", "--exclude-schema=*_staging")
#: The homes are made beforehand, with their roles and guards; all of it comes in, or nothing.
WHAT_COMES_IN = ("--data-only", "--single-transaction", "--exit-on-error")


class NothingIsKept(RuntimeError):
    """No house has ever been up in that directory."""


class HoldsSomethingAlready(RuntimeError):
    """Only an empty house begins from a backup: two histories cannot be made one."""


class BackupFailed(RuntimeError):
    """What PostgreSQL's own program said."""


def back_up(data: Path, file: Path, *, database_url: str | None = None) -> int:
    """Write what must be kept to a file that only its owner can read; its size in bytes.

    The house may be up, and goes on meanwhile: what is kept is one moment of it.
    """
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with _database_of(data, database_url) as address, _private(unfinished) as target:
        _run("pg_dump", WHAT_IS_KEPT, database_url=address, stdout=target)
    unfinished.replace(file)
    return file.stat().st_size


def restore(data: Path, file: Path, *, database_url: str | None = None) -> dict[str, int]:
    """Begin a house from a backup; how many events each service has got."""
    state = StateDirectory(data)
    state.create()
    lock = DirectoryLock(state.path)
    lock.take()
    try:
        if database_url is not None:
            return _fill(state, file, database_url=database_url)
        with EmbeddedPostgres(state.postgres) as postgres:
            return _fill(state, file, database_url=postgres.dsn)
    finally:
        lock.release()


def _fill(state: StateDirectory, file: Path, *, database_url: str) -> dict[str, int]:
    prepare_services(database_url, passwords=state.secrets().role_passwords)
    if _has_been_used(database_url):
        raise HoldsSomethingAlready(
            f"There is a house in {state.path} already. Restore into a new directory."
        )
    _run("pg_restore", (*WHAT_COMES_IN, str(file)), database_url=database_url)
    # Streams of another history must not meet this one; the relays fill new ones.
    shutil.rmtree(state.nats, ignore_errors=True)
    return _events(database_url)


def _events(database_url: str) -> dict[str, int]:
    """How many events each service has recorded."""
    counts = {}
    with psycopg.connect(database_url) as connection:
        for service in SERVICES:
            query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(service, "events"))
            row = connection.execute(query).fetchone()
            counts[service] = int(row[0]) if row else 0
    return counts


def _has_been_used(database_url: str) -> bool:
    """A house that was up, if only for a moment, has taken its places in the streams."""
    with psycopg.connect(database_url) as connection:
        for service in SERVICES:
            for table in ("events", "positions"):
                query = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(service, table))
                if connection.execute(query).fetchone() == (True,):
                    return True
    return False


@contextmanager
def _database_of(data: Path, database_url: str | None) -> Iterator[str]:
    """The owner's address: the one given, that of the house that is up, or of one started for the moment."""
    if database_url is not None:
        yield database_url
        return
    state = StateDirectory(data)
    if not state.postgres.exists():
        raise NothingIsKept(f"No house is kept in {state.path}. Name another one with --data.")
    postgres = EmbeddedPostgres(state.postgres)
    if postgres.find_running():
        yield postgres.dsn
        return
    with postgres:
        yield postgres.dsn


@contextmanager
def _private(path: Path) -> Iterator[int]:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        yield opened
    finally:
        os.close(opened)


def _run(program: str, words: Sequence[str], *, database_url: str, stdout: int = subprocess.PIPE) -> None:
    """The password goes by the environment: everybody on the computer sees the words of a program."""
    finished = subprocess.run(
        [str(program_of_postgres(program)), *words, "--dbname", _without_password(database_url)],
        env=_with_password(database_url),
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )
    if finished.returncode != 0:
        raise BackupFailed(finished.stderr.decode(errors="replace").strip())


def _without_password(database_url: str) -> str:
    address = conninfo_to_dict(database_url)
    return make_conninfo(**{name: str(value) for name, value in address.items() if name != "password"})


def _with_password(database_url: str) -> Mapping[str, str]:
    password = str(conninfo_to_dict(database_url).get("password", ""))
    return {**os.environ, "PGPASSWORD": password} if password else dict(os.environ)
