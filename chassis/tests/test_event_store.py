"""The log: nothing in it changes, nothing in it is missed, everything is read back as it was."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from est_chassis.database import DatabaseIsUnsafe, leadership, refuse_unsafe
from est_chassis.event_store import EventStore
from est_chassis.testing import FreshDatabase


def hang(store: EventStore, bell: Any, *names: str) -> None:
    with store.unit_of_work() as work:
        work.save(*(bell(name=name) for name in names))


@pytest.mark.parametrize("attack", ["UPDATE events SET topic = ''", "DELETE FROM events", "TRUNCATE events"])
def test_a_service_can_not_change_what_has_happened(store: EventStore, bell: Any, attack: str) -> None:
    hang(store, bell, "a")

    with (
        psycopg.connect(store.database_url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"SET search_path TO analysis; {attack}")


@pytest.mark.parametrize("attack", ["UPDATE events SET topic = ''", "DELETE FROM events", "TRUNCATE events"])
def test_not_even_the_owner_can_change_what_has_happened(
    store: EventStore, bell: Any, database: FreshDatabase, attack: str
) -> None:
    hang(store, bell, "a")

    with psycopg.connect(database.owner_url) as connection, pytest.raises(psycopg.errors.RaiseException):
        connection.execute(f"SET search_path TO analysis; {attack}")


def test_a_service_can_not_read_another_services_log(store: EventStore, database: FreshDatabase) -> None:
    database.prepare("intake")

    with (
        psycopg.connect(store.database_url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT * FROM intake.events")


def test_what_fails_half_way_has_not_happened(store: EventStore, bell: Any) -> None:
    with pytest.raises(ZeroDivisionError), store.unit_of_work() as work:
        work.save(bell(name="a"))
        work.flush()
        raise ZeroDivisionError

    assert store.last_position() == 0


def test_an_aggregate_is_read_back_as_it_was(store: EventStore, bell: Any) -> None:
    hang(store, bell, "a")
    with store.unit_of_work() as work:
        found = work.get(bell, bell.create_id(name="a"))
        found.ring()
        work.save(found)

    with store.unit_of_work() as work:
        again = work.get(bell, bell.create_id(name="a"))

    assert (again.name, again.times, again.version) == ("a", 1, 2)


def test_a_tailing_reader_misses_nothing_of_eight_writers(store: EventStore, bell: Any) -> None:
    writers, each = 8, 40
    store.open()

    def write(writer: int) -> None:
        for number in range(each):
            hang(store, bell, f"{writer}.{number}")

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    seen: list[int] = []
    while len(seen) < writers * each:
        running = any(thread.is_alive() for thread in threads)
        fresh = store.events_after(seen[-1] if seen else 0, limit=100)
        seen += [recorded.position for recorded in fresh]
        if not running and not fresh:
            break
    for thread in threads:
        thread.join()

    assert len(seen) == writers * each
    assert seen == sorted(seen)


def test_a_server_that_acknowledges_too_early_is_refused(store: EventStore) -> None:
    with psycopg.connect(store.database_url) as connection:
        connection.execute("SET synchronous_commit TO off")

        with pytest.raises(DatabaseIsUnsafe):
            refuse_unsafe(connection)


def test_a_home_may_be_prepared_by_several_at_once(database: FreshDatabase) -> None:
    empty = FreshDatabase(database.owner_url)

    with ThreadPoolExecutor(max_workers=6) as pool:
        urls = list(pool.map(empty.prepare, ["analysis"] * 12))

    assert len(set(urls)) == 1


def test_the_server_soon_frees_what_a_machine_that_has_vanished_had_locked(store: EventStore) -> None:
    asked = "SELECT current_setting('tcp_keepalives_idle')::int AS seconds"
    with store.cursor() as cursor, leadership(store.database_url, "test") as connection:
        assert connection is not None
        recorder, leader = cursor.execute(asked).fetchone(), connection.execute(asked).fetchone()

    assert recorder == {"seconds": 2}
    assert leader == (2,)


def test_the_insert_function_that_takes_no_lock_is_not_there(
    database: FreshDatabase, store: EventStore
) -> None:
    with psycopg.connect(database.owner_url) as connection:
        found = connection.execute("SELECT 1 FROM pg_proc WHERE proname LIKE 'es_insert_events%'").fetchone()

    assert found is None
