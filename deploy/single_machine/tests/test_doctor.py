"""The doctor sees what would hurt, says so in words, and tells what to do."""

from pathlib import Path

from est_chassis.embedded import EmbeddedNats, TemporaryNats, TemporaryPostgres, free_port
from est_single_machine.doctor import computer, servers
from est_single_machine.doctor.finding import Verdict


def test_durable_servers_are_good() -> None:
    with TemporaryPostgres() as postgres:
        assert [finding.verdict for finding in servers.postgres(postgres.dsn)] == [Verdict.GOOD]


def test_a_timer_is_really_set_and_goes_off() -> None:
    with TemporaryNats() as nats:
        server, timers = servers.nats_server(nats.url)

    assert (server.subject, server.verdict) == ("NATS", Verdict.GOOD)
    assert timers.seen == "one was set, and it went off"


def test_the_doctor_leaves_nothing_behind(tmp_path: Path) -> None:
    with EmbeddedNats(tmp_path / "nats") as nats:
        servers.nats_server(nats.url)
        assert [finding.verdict for finding in servers.nats_server(nats.url)] == [Verdict.GOOD, Verdict.GOOD]


def test_servers_that_are_away_are_bad_and_no_traceback() -> None:
    port = free_port()

    (postgres,) = servers.postgres(f"postgresql://nobody@127.0.0.1:{port}/est")
    (nats,) = servers.nats_server(f"nats://127.0.0.1:{port}")

    assert (postgres.verdict, nats.verdict) == (Verdict.BAD, Verdict.BAD)
    assert postgres.remedy and nats.remedy


def test_a_wrong_password_is_told_apart() -> None:
    with TemporaryNats() as nats:
        (finding,) = servers.nats_server(f"nats://est:guessed@127.0.0.1:{nats.port}")

    assert "Authorization" in finding.seen


def test_encryption_is_asked_for_over_a_network_only() -> None:
    assert servers.encryption("NATS", "nats://127.0.0.1:4222").verdict is Verdict.GOOD
    assert servers.encryption("NATS", "nats://192.0.2.1:4222").verdict is Verdict.DOUBTFUL
    assert servers.encryption("NATS", "tls://192.0.2.1:4222").verdict is Verdict.GOOD
    assert servers.encryption("PostgreSQL", "postgresql://a@192.0.2.1/est").verdict is Verdict.DOUBTFUL
    secure = "postgresql://a@192.0.2.1/est?sslmode=verify-full"
    assert servers.encryption("PostgreSQL", secure).verdict is Verdict.GOOD


def test_a_public_front_door_wants_tls() -> None:
    assert servers.front(None).verdict is Verdict.GOOD
    assert servers.front("https://192.0.2.1").verdict is Verdict.GOOD
    assert servers.front("http://192.0.2.1").verdict is Verdict.BAD


def test_a_directory_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert computer.writable(tmp_path / "new" / "directory").verdict is Verdict.GOOD
    assert computer.writable(tmp_path / "file").verdict is Verdict.BAD


def test_this_computer_can_be_looked_at() -> None:
    for finding in (computer.python(), computer.time_zone(), computer.clock(), computer.memory()):
        assert finding.seen
