"""The parts of the house that are processes: the four services, and the two servers they stand on."""

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import psutil

from est_chassis.embedded import EmbeddedNats, EmbeddedPostgres, free_port, is_free, kill_tree
from est_chassis.embedded.server_process import Command, ServerProcess
from est_single_machine.state import Started

LOG_BYTES = 20_000_000
# The house as a whole has ten seconds; the servers below the services need what is left.
STOP_TIMEOUT_SECONDS = 8.5


class ServicePart:
    """One service, started exactly as in production: ``python -m est_intake``."""

    def __init__(
        self, name: str, *, preferred_port: int, log_file: Path, environment: Mapping[str, str]
    ) -> None:
        self.name = name
        self.port = free_port(preferred_port)
        self._log_file = log_file
        self._environment = environment
        self._is_listening = False
        self._process: ServerProcess | None = None

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.is_running

    def current_port(self) -> int | None:
        """The port, once it is this very process that listens there; nothing before.

        Another house on the same computer may be quicker to take a port that was free a moment ago,
        and its service would answer just as politely.
        """
        if not self.is_running or self.pid is None:
            return None
        self._is_listening = self._is_listening or listens(self.pid, self.port)
        return self.port if self._is_listening else None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._is_listening = False
        if not is_free(self.port):
            self.port = free_port()
        _turn_page(self._log_file)
        own = {
            **os.environ,
            **self._environment,
            "EST_HTTP_HOST": "127.0.0.1",
            "EST_HTTP_PORT": str(self.port),
        }
        words = [sys.executable, "-m", f"est_{self.name}"]
        self._process = ServerProcess(Command(words=words, log_file=self._log_file, environment=own))
        self._process.start()

    def end_of_log(self, lines: int = 10) -> str:
        if not self._log_file.exists():
            return ""
        return "\n".join(self._log_file.read_text(errors="replace").splitlines()[-lines:])

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop(signal.SIGTERM, timeout_seconds=STOP_TIMEOUT_SECONDS)


class ServerPart:
    """PostgreSQL or NATS, under supervision like everything else."""

    def __init__(self, name: str, server: EmbeddedPostgres | EmbeddedNats) -> None:
        self.name = name
        self.server = server

    @property
    def pid(self) -> int | None:
        return self.server.pid

    @property
    def is_running(self) -> bool:
        return self.server.is_running

    def start(self) -> None:
        self.server.start()

    def stop(self) -> None:
        self.server.stop()


def listens(pid: int, port: int) -> bool:
    """Whether it is that process that listens on the port."""
    try:
        connections = psutil.Process(pid).net_connections(kind="tcp")
    except psutil.Error:
        return False
    return any(one.status == psutil.CONN_LISTEN and one.laddr.port == port for one in connections)


def started(pid: int) -> Started | None:
    """The process with the moment of its birth, so that it is known again."""
    try:
        return Started(pid=pid, created_at=psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None


def end_if_still_ours(process: Started) -> bool:
    """End a process that an earlier house left behind when it was killed; False when it is gone already."""
    try:
        same = psutil.Process(process.pid).create_time() == process.created_at
    except psutil.NoSuchProcess:
        return False
    if same:
        kill_tree(process.pid)
    return same


def _turn_page(log_file: Path) -> None:
    """A long log becomes yesterday's; one of them is kept."""
    if log_file.exists() and log_file.stat().st_size > LOG_BYTES:
        log_file.replace(log_file.with_suffix(".log.1"))
