"""Where the files of a server lie that lives only as long as a test."""

import shutil
import tempfile
from pathlib import Path

MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - directories in it are made with mkdtemp, closed to others
# In bytes. What a run of the tests fills is less than a tenth of it.
ROOM = 4 * 1024**3


def temporary_place(prefix: str, *, in_memory: bool) -> Path:
    """A new directory, closed to others; in memory if asked for and there is room, otherwise on the disk.

    The servers write through as they always do; in memory that costs nothing, and no other program's
    writing makes them wait.
    """
    return Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY_DISK if in_memory and _has_room() else None))


def _has_room() -> bool:
    return MEMORY_DISK.is_dir() and shutil.disk_usage(MEMORY_DISK).free >= ROOM
