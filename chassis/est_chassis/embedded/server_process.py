"""A server started as a child process: started, watched, stopped and killed with everything it started."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

LOOK_AGAIN_SECONDS = 0.02
LOG_LINES_SHOWN = 15
KILL_TIMEOUT_SECONDS = 10.0


class ServerFailedToStart(RuntimeError):
    """The server ended, or did not answer in time; the end of its own log is part of the text."""


@dataclass(frozen=True)
class Account:
    """The account of the operating system that a server runs as."""

    name: str
    user_id: int
    group_id: int


@dataclass(frozen=True)
class Command:
    """What to start, and how."""

    words: Sequence[str]
    log_file: Path
    account: Account | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


class ServerProcess:
    """One running server with its children."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        account = self.command.account
        with self.command.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                list(self.command.words),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                # Nothing of our own environment: it holds secrets, and PGPORT and the like would be obeyed.
                env={"PATH": os.defpath, "LC_ALL": "C", **self.command.environment},
                user=None if account is None else account.user_id,
                group=None if account is None else account.group_id,
                extra_groups=None if account is None else [],
                # Ctrl-C in a terminal reaches the whole group; a server is stopped by us, after the services.
                start_new_session=True,
            )

    def wait_until(self, answers: Callable[[], bool], *, timeout_seconds: float) -> None:
        """Return as soon as the server answers; raise when it ends or stays silent."""
        gives_up_at = time.monotonic() + timeout_seconds
        while not answers():
            if not self.is_running:
                raise ServerFailedToStart(self._story("ended while starting"))
            if time.monotonic() > gives_up_at:
                story = self._story(f"did not answer within {timeout_seconds:g} s")
                self.kill()
                raise ServerFailedToStart(story)
            time.sleep(LOOK_AGAIN_SECONDS)

    def stop(self, sign: signal.Signals, *, timeout_seconds: float) -> None:
        """Ask the server to end, and wait for it; kill the tree when it does not listen."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(sign)
            try:
                self._process.wait(timeout_seconds)
            except subprocess.TimeoutExpired:
                self.kill()
        self._process = None

    def kill(self) -> None:
        """SIGKILL to the server and everything below it, as the power cut of a process."""
        if self._process is None:
            return
        if self._process.poll() is None:
            kill_tree(self._process.pid)
        self._process.wait()
        self._process = None

    def _story(self, what_happened: str) -> str:
        log = self.command.log_file.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:]
        return "\n".join([f"{self.command.words[0]} {what_happened}. The end of its log:", *log])


def kill_tree(pid: int) -> None:
    """SIGKILL a process and its descendants.

    By tree and not by process group: every child of PostgreSQL is the leader of a group of its own.
    """
    try:
        parent = psutil.Process(pid)
        # Stopped first, so that it starts no new child between the listing and the killing.
        parent.suspend()
        family = [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    kill_all(family)


def kill_all(processes: Sequence[psutil.Process]) -> None:
    """SIGKILL to each; return when all have ended."""
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    gives_up_at = time.monotonic() + KILL_TIMEOUT_SECONDS
    while any(_lives(process) for process in processes) and time.monotonic() < gives_up_at:
        time.sleep(LOOK_AGAIN_SECONDS)


def _lives(process: psutil.Process) -> bool:
    """A zombie has ended; in a container there may be nobody to collect it."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
