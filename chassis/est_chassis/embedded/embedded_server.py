"""What an embedded PostgreSQL and NATS have in common: a directory of their own, and a process."""

import signal
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from est_chassis.embedded.directory_lock import DirectoryLock
from est_chassis.embedded.server_process import ServerProcess

STOP_TIMEOUT_SECONDS = 8.0


class EmbeddedServer:
    """A server whose files lie in a directory that only one may work with."""

    STOP_SIGNAL: ClassVar[signal.Signals] = signal.SIGTERM

    def __init__(self, directory: Path, *, preferred_port: int | None) -> None:
        self.directory = directory.absolute()
        self.preferred_port = preferred_port
        self.port: int | None = None
        self._process: ServerProcess | None = None
        self._lock = DirectoryLock(self.directory)

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.is_running

    def start(self) -> None:
        """Start, on the port of last time if there was one."""
        raise NotImplementedError

    def stop(self) -> None:
        """End in good order."""
        if self._process is not None:
            self._process.stop(self.STOP_SIGNAL, timeout_seconds=STOP_TIMEOUT_SECONDS)
        self._lock.release()

    def kill(self) -> None:
        """SIGKILL to the server and all its children: what a power cut would do to the process."""
        if self._process is not None:
            self._process.kill()
        self._lock.release()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()
