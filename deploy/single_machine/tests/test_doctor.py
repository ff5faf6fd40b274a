"""The doctor sees what would hurt, says so in words, and tells what to do."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from est_chassis.embedded import EmbeddedNats, TemporaryNats, TemporaryPostgres, free_port
from est_single_machine.doctor import computer, house, servers
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


STUCK = "cannot tell intake.collaboration.set_up at position 17: 1200000 bytes, of 996000 at most"


@contextmanager
def front_door(parts: dict[str, Any]) -> Iterator[str]:
    """Somebody's house as far as `/health` shows it."""

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"ready": False, "parts": parts}).encode()
            self.send_response(503)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_given: object) -> None:
            """Nobody reads it."""

    server = HTTPServer(("127.0.0.1", 0), Health)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_what_the_services_of_a_house_lack_is_told_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {
        "intake": {"ready": False, "parts": {"database": True, "nats": True, "relay": STUCK}},
        "compiler": {"ready": True, "parts": {"database": True}},
        "analysis": {"ready": False},
    }
    with front_door(parts) as url:
        monkeypatch.setenv("EST_FRONT_URL", url)
        monkeypatch.setenv("EST_OPERATOR_KEY", "nobody asks")
        intake, compiler, analysis = house.services(tmp_path)

    assert (intake.verdict, compiler.verdict, analysis.verdict) == (Verdict.BAD, Verdict.GOOD, Verdict.BAD)
    assert STUCK in intake.seen
    assert "nothing behind it" in intake.remedy
    assert analysis.seen == "does not answer"


def test_no_house_is_no_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EST_FRONT_URL", raising=False)

    assert list(house.services(tmp_path)) == []
