"""One server per directory: two of the same files would destroy them."""

import fcntl
from pathlib import Path
from typing import IO


class DirectoryInUse(RuntimeError):
    """Another process works with the directory."""


class DirectoryLock:
    """Held from start to stop; the operating system releases it when its holder dies."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "in_use.lock"
        self._held: IO[str] | None = None

    @property
    def is_held(self) -> bool:
        return self._held is not None

    def take(self) -> None:
        if self._held is not None:
            return
        opened = self.path.open("w")
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            opened.close()
            raise DirectoryInUse(f"Another process already works with {self.path.parent}") from None
        self._held = opened

    def release(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None
