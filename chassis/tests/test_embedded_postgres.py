"""The embedded PostgreSQL is a real one: it keeps what it acknowledged; nobody enters without a password."""

import os
import socket
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from opened_places import opened

from est_chassis.embedded import DirectoryInUse, EmbeddedPostgres, TemporaryPostgres
from est_chassis.embedded import postgres as postgres_module
from est_chassis.embedded.accounts import reachable_copy, unprivileged_account
from est_chassis.embedded.server_process import Account


@pytest.fixture
def postgres() -> Iterator[TemporaryPostgres]:
    with TemporaryPostgres() as running:
        yield running


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A directory for a server's files; as root they may lie elsewhere, and are cleaned up there too."""
    yield tmp_path / "state"
    EmbeddedPostgres(tmp_path / "state").remove()


def note(postgres: EmbeddedPostgres, text: str) -> None:
    with psycopg.connect(postgres.dsn) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (text text)")
        connection.execute("INSERT INTO notes VALUES (%s)", (text,))


def notes(postgres: EmbeddedPostgres) -> list[str]:
    with psycopg.connect(postgres.dsn) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM notes")]


def test_what_was_committed_survives_the_killing_of_the_whole_tree(postgres: TemporaryPostgres) -> None:
    port = postgres.port
    note(postgres, "before")

    postgres.kill()
    postgres.start()

    assert notes(postgres) == ["before"]
    assert postgres.port == port


def test_killing_leaves_no_process_behind(postgres: TemporaryPostgres) -> None:
    server = psutil.Process(postgres.pid)
    family = [server, *server.children(recursive=True)]
    assert len(family) > 3

    postgres.kill()

    assert [process for process in family if process.is_running() and process.status() != "zombie"] == []


def test_it_starts_again_when_only_its_main_process_was_killed(postgres: TemporaryPostgres) -> None:
    note(postgres, "before")
    psutil.Process(postgres.pid).kill()

    postgres.kill()
    postgres.start()

    assert notes(postgres) == ["before"]


def test_another_start_on_the_same_directory_finds_the_same_facts(place: Path) -> None:
    with EmbeddedPostgres(place) as first:
        note(first, "kept")

    with EmbeddedPostgres(place) as second:
        assert notes(second) == ["kept"]


def test_a_server_that_outlived_its_starter_is_ended_first(place: Path) -> None:
    abandoned = EmbeddedPostgres(place)
    abandoned.start()
    note(abandoned, "kept")
    # What the operating system does when the starter dies.
    abandoned._lock.release()

    with EmbeddedPostgres(place) as second:
        assert notes(second) == ["kept"]
        assert not abandoned.is_running


def test_two_cannot_work_with_one_directory(place: Path) -> None:
    with EmbeddedPostgres(place), pytest.raises(DirectoryInUse):
        EmbeddedPostgres(place).start()


def test_a_taken_port_is_passed_by() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with TemporaryPostgres(preferred_port=port) as postgres:
            assert postgres.port != port
            note(postgres, "it answers")


def test_it_writes_through_to_the_disk(postgres: TemporaryPostgres) -> None:
    with psycopg.connect(postgres.dsn) as connection:
        rows = connection.execute("SELECT name FROM pg_settings WHERE setting = 'on'").fetchall()

    assert {"fsync", "synchronous_commit", "full_page_writes", "data_checksums"} <= {name for (name,) in rows}


def test_nobody_comes_in_without_the_password(postgres: TemporaryPostgres) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(postgres.dsn_for("est_owner", "guessed"))
    assert (postgres.directory / "owner_password").stat().st_mode & 0o077 == 0


def test_an_ordinary_user_needs_no_rights(tmp_path: Path) -> None:
    """The suite may run as root or not; here the server is started by somebody who is not, in both cases."""
    account = unprivileged_account()
    if account is None:
        start_and_ask(tmp_path / "state")
        return
    opened(tmp_path)
    os.chown(tmp_path, account.user_id, account.group_id)
    program = reachable_copy(account, postgres_module._installation())

    assert in_a_child_of(account, lambda: start_and_ask(tmp_path / "state", program)) == 0


def start_and_ask(place: Path, program: Path | None = None) -> None:
    if program is not None:
        postgres_module._installation = lambda: program
    with EmbeddedPostgres(place) as postgres:
        note(postgres, "it answers")
        assert notes(postgres) == ["it answers"]
        assert not postgres.cluster.is_symlink()


def in_a_child_of(account: Account, work: Callable[[], None]) -> int:
    """Run the work in a process that has given up being root; the exit code."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        os.setgroups([])
        os.setgid(account.group_id)
        os.setuid(account.user_id)
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
