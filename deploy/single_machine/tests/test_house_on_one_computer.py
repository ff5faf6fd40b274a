"""The whole house as an operator starts it: `est up`, from the first line to Ctrl-C."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from est_chassis.embedded import EmbeddedPostgres, TemporaryNats, TemporaryPostgres
from est_single_machine.house import role_url
from est_single_machine.state import RunningHouse, StateDirectory

PATIENCE_SECONDS = 60
DRAIN_SECONDS = 10


class Terminal:
    """Where an operator types; not a terminal in the technical sense, so lines are plain."""

    def __init__(self, directory: Path, **own_servers: str) -> None:
        self.directory = directory
        self.environment = environment() | own_servers
        self.process: subprocess.Popen[str] | None = None
        self.told: list[str] = []

    def up(self) -> None:
        # A house that is started again says its address anew: its port may have been taken meanwhile.
        self.told = []
        self.process = subprocess.Popen(
            self.words("up", "--empty"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self.environment,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.append(line.rstrip())
            if "SIGTERM drains and stops" in line:
                return
        raise AssertionError("\n".join(self.told))

    def down(self, sign: signal.Signals = signal.SIGTERM) -> float:
        """Seconds until everything had ended."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(sign)
        self.process.wait(PATIENCE_SECONDS)
        return time.monotonic() - began

    def est(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.words(*words),
            capture_output=True,
            text=True,
            check=False,
            env=self.environment,
            timeout=PATIENCE_SECONDS,
        )

    def words(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "est_single_machine", *words, "--data", str(self.directory)]

    @property
    def house(self) -> RunningHouse:
        running = StateDirectory(self.directory).running()
        assert running is not None
        return running

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.house.front_url + path, timeout=30)

    def post_report(self) -> str:
        """Post a report with the very lines that were printed; its number."""
        text = "\n".join(self.told)
        command = text[text.index("curl -i") : text.index("\nREPORT") + len("\nREPORT")]
        posted = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
        assert "201 Created" in posted.stdout, posted.stdout
        return str(json.loads(posted.stdout.splitlines()[-1])["report_id"])


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("EST_")}


def until(holds: Callable[[], bool]) -> None:
    """Look again and again, for a bounded time."""
    gives_up_at = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < gives_up_at, "it did not come to hold in time"
        psutil.cpu_percent(interval=0.1)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    directory = tmp_path_factory.mktemp("house") / "state"
    terminal = Terminal(directory)
    terminal.up()
    yield terminal
    if terminal.process is not None and terminal.process.poll() is None:
        terminal.down()
    EmbeddedPostgres(directory / "postgres").remove()


def is_ready(terminal: Terminal) -> bool:
    return bool(terminal.get("/health").json()["ready"])


def test_it_says_where_to_go_and_what_to_try(terminal: Terminal) -> None:
    told = "\n".join(terminal.told)

    assert re.search(r"^Start page\s+http://127\.0\.0\.1:\d+$", told, re.M)
    assert re.search(r"^Demo API key\s+est_demo_valboas-demo$", told, re.M)
    assert "\x1b[" not in told


def test_a_report_posted_as_printed_is_seen_by_the_other_services(terminal: Terminal) -> None:
    report_id = terminal.post_report()

    headers = {"Authorization": f"Bearer {terminal.house.operator_token}"}
    address = f"{terminal.house.front_url}/v1/reports/{report_id}"
    assert httpx.get(address, params={"municipality": "9901"}, headers=headers, timeout=30).status_code == 200

    def everything_is_taken_in() -> bool:
        answers = [
            httpx.get(
                f"{terminal.house.front_url}/operator/{name}/status", headers=headers, timeout=30
            ).json()
            for name in ("compiler", "analysis", "notifier")
        ]
        return all(answer["taken_in"]["intake"] >= 2 for answer in answers)

    until(everything_is_taken_in)


def test_all_parts_are_ready_and_documented_at_one_address(terminal: Terminal) -> None:
    assert is_ready(terminal)
    for service in ("intake", "compiler", "analysis", "notifier"):
        assert terminal.get(f"/openapi/{service}.json").json()["info"]["title"] == f"EST {service}"


def test_status_shows_every_service(terminal: Terminal) -> None:
    shown = terminal.est("status")

    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert all(service in shown.stdout for service in ("intake", "compiler", "analysis", "notifier"))


def test_a_service_that_is_killed_comes_back(terminal: Terminal) -> None:
    before = terminal.house.processes["intake"].pid
    psutil.Process(before).kill()

    until(lambda: terminal.house.processes["intake"].pid != before and is_ready(terminal))

    assert terminal.get("/health").json()["parts"]["intake"]["restarts"] == 1
    terminal.post_report()


def test_read_models_are_replayed_on_command(terminal: Terminal) -> None:
    replayed = terminal.est("replay", "all")

    assert replayed.returncode == 0, replayed.stderr
    assert replayed.stdout.splitlines() == [
        f"{service}: replayed" for service in ("intake", "compiler", "analysis", "notifier")
    ]


def test_a_new_key_opens_the_door_at_once(terminal: Terminal) -> None:
    token = terminal.est("key", "add", "9901", "bovard_norrangen", "--name", "Test").stdout.splitlines()[0]

    answer = httpx.get(
        f"{terminal.house.front_url}/v1/municipalities/9901/collaboration",
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    assert answer.status_code == 200


def test_there_are_no_dead_letters(terminal: Terminal) -> None:
    assert terminal.est("dead", "list").stdout == "No dead letters.\n"


def test_a_second_house_in_the_same_directory_is_refused_and_disturbs_nothing(terminal: Terminal) -> None:
    second = terminal.est("up")

    assert second.returncode == 1
    assert second.stderr.startswith("Another process already works with")
    assert is_ready(terminal)


def test_it_drains_and_starts_again_with_everything_it_had(terminal: Terminal) -> None:
    report_id = terminal.post_report()
    processes = [psutil.Process(one.pid) for one in terminal.house.processes.values()]

    assert terminal.down(signal.SIGINT) < DRAIN_SECONDS
    assert not [process for process in processes if process.is_running()]
    assert "No house is up" in terminal.est("status").stderr

    terminal.up()
    headers = {"Authorization": f"Bearer {terminal.house.operator_token}"}
    address = f"{terminal.house.front_url}/v1/reports/{report_id}?municipality=9901"
    assert httpx.get(address, headers=headers, timeout=30).status_code == 200


def test_what_a_killed_house_left_running_is_ended_by_the_next(terminal: Terminal) -> None:
    left = [psutil.Process(one.pid) for one in terminal.house.processes.values()]
    terminal.down(signal.SIGKILL)
    assert all(process.is_running() for process in left)

    terminal.up()

    assert not [process for process in left if process.is_running() and process.status() != "zombie"]
    terminal.post_report()


def test_servers_of_ones_own_are_used_and_outlive_the_house(tmp_path: Path) -> None:
    with TemporaryPostgres() as postgres, TemporaryNats() as nats:
        terminal = Terminal(tmp_path / "state", EST_DATABASE_URL=postgres.dsn, EST_NATS_URL=nats.url)
        terminal.up()
        terminal.post_report()
        terminal.down()

        with psycopg.connect(postgres.dsn) as connection:
            submitted = "SELECT count(*) FROM intake.events WHERE topic = 'intake.incident_report.submitted'"
            assert connection.execute(submitted).fetchone() == (1,)
        assert nats.is_running
    assert not (tmp_path / "state" / "postgres").exists()


def test_a_role_signs_in_at_the_same_place_in_the_same_way() -> None:
    owner = "postgresql://owner:secret@db.example:6543/house?sslmode=verify-full"

    assert role_url(owner, "intake", "p@ss") == (
        "postgresql://est_intake:p%40ss@db.example:6543/house?sslmode=verify-full"
    )
