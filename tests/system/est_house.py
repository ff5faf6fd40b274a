"""The whole house as an operator starts it, `est up`, for system tests and benchmarks."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg

from est_chassis.embedded import free_port, kill_tree
from est_chassis.embedded.postgres import DATABASE, OWNER
from est_contracts.vocabulary import Party, Role
from est_single_machine.keys import KeyHolder, add_key

DEMO_TOKEN = "est_demo_valboas-demo"
OPERATOR_TOKEN = "est_operator_valboas-demo"
SERVICES = ("intake", "compiler", "analysis", "notifier")
SERVERS = ("nats", "postgresql")
START_SECONDS = 90
STOP_SECONDS = 20
LOOK_SECONDS = 0.1


class HouseDidNotStart(Exception):
    """What it said is in the message."""


class EstHouse:
    """A running house: its addresses, its parts, and how to hurt them."""

    def __init__(self, directory: Path, *, environment: dict[str, str] | None = None) -> None:
        self.directory = directory
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self.output = directory.parent / f"{directory.name}.out"

    def start(self) -> None:
        words = [sys.executable, "-m", "est_single_machine", "up", "--empty", "--data", str(self.directory)]
        words += ["--port", str(free_port())]
        with self.output.open("wb") as output:
            self._process = subprocess.Popen(words, stdout=output, stderr=output, env=self._environment)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            if "curl" in self.output.read_text():
                return
            time.sleep(LOOK_SECONDS)
        self.stop()
        raise HouseDidNotStart(self.output.read_text())

    def stop(self) -> float:
        """Ask it to end; the seconds that it took are returned."""
        assert self._process is not None
        began = time.monotonic()
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                for child in psutil.Process(self._process.pid).children(recursive=True):
                    child.kill()
                self._process.kill()
        return time.monotonic() - began

    @property
    def running(self) -> dict[str, Any]:
        return dict(json.loads((self.directory / "running.json").read_text()))

    @property
    def front_url(self) -> str:
        return str(self.running["front_url"])

    def url_of(self, service: str) -> str:
        return str(self.running["service_urls"][service])

    def pid_of(self, part: str) -> int | None:
        """The process of a service or server, found among the house's own children."""
        assert self._process is not None
        for process in psutil.Process(self._process.pid).children(recursive=True):
            try:
                words = process.cmdline()
            except psutil.Error:
                continue
            if _is(part, words, process):
                return int(process.pid)
        return None

    def kill(self, part: str) -> int:
        """kill -9, with everything below it; the house starts it again by itself."""
        pid = self.pid_of(part)
        assert pid is not None, f"{part} is not running"
        kill_tree(pid)
        return pid

    def database(self) -> psycopg.Connection[Any]:
        """The whole database with the owner's rights, to look at what no door shows."""
        port = (self.directory / "postgres" / "cluster" / "postmaster.pid").read_text().splitlines()[3]
        password = (self.directory / "postgres" / "owner_password").read_text().strip()
        return psycopg.connect(
            host="127.0.0.1", port=int(port), user=OWNER, password=password, dbname=DATABASE, autocommit=True
        )

    @property
    def nats_url(self) -> str:
        """The address that the services were given."""
        pid = self.pid_of("intake")
        return str(psutil.Process(pid).environ()["EST_NATS_URL"])

    def key_for(self, key_id: str, *roles: Role, function: str, party: Party) -> str:
        """A new API key of the demo municipality."""
        holder = KeyHolder(
            key_id=key_id,
            name=key_id,
            roles=roles,
            municipality="9901",
            function=function,
            organisation="test",
            party=party,
        )
        return add_key(self.directory / "api_keys.json", holder)

    def http(self, token: str = DEMO_TOKEN) -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=self.front_url, headers=headers, timeout=30)

    def resident_bytes(self) -> dict[str, int]:
        """Memory of each part that belongs to it alone or in its share (PSS), in bytes."""
        assert self._process is not None
        parts: dict[str, int] = {}
        root = psutil.Process(self._process.pid)
        for process in [root, *root.children(recursive=True)]:
            name = next((part for part in (*SERVICES, *SERVERS) if _is_below(part, process)), "est")
            parts[name] = parts.get(name, 0) + int(process.memory_full_info().pss)
        return parts


def _is(part: str, words: list[str], process: psutil.Process) -> bool:
    if part in SERVICES:
        return f"est_{part}" in words
    name = {"nats": "nats-server", "postgresql": "postgres"}[part]
    program = Path(words[0]).name if words else ""
    parent = process.parent()
    return program == name and (parent is None or parent.name() != name)


def _is_below(part: str, process: psutil.Process) -> bool:
    return any(_is(part, one.cmdline(), one) for one in (process, *process.parents()))


@contextmanager
def est_house(directory: Path, **options: Any) -> Iterator[EstHouse]:
    house = EstHouse(directory, **options)
    house.start()
    try:
        yield house
    finally:
        house.stop()
