"""As root, PostgreSQL runs as an account of its own, and nothing is opened to the world for it."""

import os
import stat
from pathlib import Path

import psycopg
import pytest
from opened_places import opened

from est_chassis.embedded import EmbeddedPostgres, accounts
from est_chassis.embedded.accounts import can_reach, place_of_cluster, reachable_copy
from est_chassis.embedded.server_process import Account

SOMEBODY = Account(name="somebody", user_id=54321, group_id=54321)


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed home directory, with the system's directories somewhere harmless and open."""
    opened(tmp_path)
    monkeypatch.setattr(accounts, "COPIES", tmp_path / "copies")
    monkeypatch.setattr(accounts, "CLUSTERS", tmp_path / "clusters")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    return home


def a_program(home: Path) -> Path:
    """An installed package like the one that brings PostgreSQL, libraries beside it."""
    binary = home / "site" / "package" / "install" / "bin" / "server"
    binary.parent.mkdir(parents=True)
    binary.write_text("#!/bin/sh\n")
    binary.chmod(0o700)
    library = home / "site" / "package.libs" / "library.so"
    library.parent.mkdir()
    library.write_text("")
    return binary.parent.parent


def test_a_closed_directory_on_the_way_makes_a_place_unreachable(closed: Path) -> None:
    (closed / "below").mkdir()

    assert can_reach(SOMEBODY, closed.parent)
    assert not can_reach(SOMEBODY, closed / "below")


def test_a_program_that_cannot_be_reached_is_copied_with_its_libraries(closed: Path) -> None:
    copy = reachable_copy(SOMEBODY, a_program(closed))

    assert can_reach(SOMEBODY, copy / "bin")
    assert (copy / "bin" / "server").stat().st_mode & 0o055 == 0o055
    assert (copy.parent.parent / "package.libs" / "library.so").exists()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_the_copy_is_made_once(closed: Path) -> None:
    program = a_program(closed)

    assert reachable_copy(SOMEBODY, program) == reachable_copy(SOMEBODY, program)
    assert len([place for place in accounts.COPIES.iterdir() if place.is_dir()]) == 1


def test_a_program_that_can_be_reached_is_used_where_it_is(closed: Path) -> None:
    program = a_program(closed.parent / "open")

    assert reachable_copy(SOMEBODY, program) == program


def test_a_cluster_that_could_not_be_reached_lies_elsewhere_behind_a_link(closed: Path) -> None:
    place = place_of_cluster(SOMEBODY, closed / "cluster")

    assert place.parent == accounts.CLUSTERS
    assert (closed / "cluster").is_symlink()
    assert place_of_cluster(SOMEBODY, closed / "cluster") == place


def test_a_cluster_elsewhere_is_abandoned_once_its_directory_is_gone(closed: Path) -> None:
    place = place_of_cluster(SOMEBODY, closed / "cluster")
    assert accounts.abandoned_clusters() == []

    (closed / "cluster").unlink()

    assert accounts.abandoned_clusters() == [place]


def test_a_database_below_a_closed_home_directory_works_and_leaves_it_closed(closed: Path) -> None:
    state = closed / "state"
    with EmbeddedPostgres(state) as postgres, psycopg.connect(postgres.dsn) as connection:
        connection.execute("CREATE TABLE notes (text text)")

    with EmbeddedPostgres(state) as postgres, psycopg.connect(postgres.dsn) as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == (0,)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert (state / "cluster").is_symlink() == (os.geteuid() == 0)
    EmbeddedPostgres(state).remove()
