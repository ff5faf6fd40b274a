"""Checks of the computer itself: versions, disk, memory, clock and ports."""

import ctypes
import importlib.metadata
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import psutil

from est_chassis.embedded import is_free
from est_chassis.embedded.accounts import OWNER_NOTE, abandoned_clusters
from est_single_machine.doctor.finding import Finding, bad, doubtful, good

OLDEST_PYTHON = (3, 11)
PACKAGES = ("est-contracts", "est-chassis", "est-intake", "est-compiler", "est-analysis", "est-notifier")
LITTLE_DISK_BYTES, TOO_LITTLE_DISK_BYTES = 5_000_000_000, 500_000_000
LITTLE_MEMORY_BYTES = 1_000_000_000
USUAL_PORTS = {8000: "front door", 8001: "intake", 8002: "compiler", 8003: "analysis", 8004: "notifier",
               4222: "NATS", 5432: "PostgreSQL"}  # fmt: skip
# adjtimex(2): the kernel's own word that nothing disciplines the clock.
CLOCK_IS_FREE = 5


def python() -> Finding:
    seen = f"{platform.python_implementation()} {platform.python_version()}"
    if sys.version_info < OLDEST_PYTHON:
        return bad("Python", seen, "Use Python 3.11 or newer.")
    return good("Python", seen)


def packages() -> Finding:
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return bad("Packages", f"{name} is not installed", "Install all seven packages: `make run` does.")
    if len(set(versions.values())) > 1:
        told = ", ".join(f"{name} {version}" for name, version in versions.items())
        return doubtful("Packages", told, "Install the same version of all of them.")
    return good("Packages", f"all of version {next(iter(versions.values()))}")


def writable(directory: Path) -> Finding:
    """Written, synced and read back: a full or read-only disk shows itself here."""
    subject = "Data directory"
    place = next(
        parent for parent in [directory.absolute(), *directory.absolute().parents] if parent.exists()
    )
    try:
        with tempfile.NamedTemporaryFile(dir=place) as probe:
            probe.write(b"est")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as trouble:
        return bad(subject, f"{place}: {trouble.strerror}", "Choose another with --data, or mend its rights.")
    return good(subject, f"{directory.absolute()} can be written")


def disk(directory: Path) -> Finding:
    place = next(
        parent for parent in [directory.absolute(), *directory.absolute().parents] if parent.exists()
    )
    free = shutil.disk_usage(place).free
    seen = f"{free / 1e9:.1f} GB free"
    if free < TOO_LITTLE_DISK_BYTES:
        return bad("Disk", seen, "Make room: without it nothing more can be recorded.")
    if free < LITTLE_DISK_BYTES:
        return doubtful(
            "Disk", seen, "A year of a municipality takes well below 1 GB; logs and backups want more."
        )
    return good("Disk", seen)


def abandoned() -> Iterator[Finding]:
    """Databases that were kept elsewhere for a directory that is gone."""
    for place in abandoned_clusters():
        remedy = f"If it is not wanted any more: rm -rf {place} {place}{OWNER_NOTE}"
        yield doubtful("Abandoned database", str(place), remedy)


def memory() -> Finding:
    available = psutil.virtual_memory().available
    seen = f"{available / 1e9:.1f} GB available"
    if available < LITTLE_MEMORY_BYTES:
        return doubtful("Memory", seen, "The house takes about 0.7 GB at rest.")
    return good("Memory", seen)


def time_zone() -> Finding:
    """Which period a moment belongs to is decided in Swedish time."""
    try:
        ZoneInfo("Europe/Stockholm")
    except ZoneInfoNotFoundError:
        return bad("Time zone", "Europe/Stockholm is unknown", "Install the package tzdata.")
    return good("Time zone", "Europe/Stockholm is known")


def clock() -> Finding:
    """Whether the kernel knows the clock to be kept right; a container may not be told."""
    subject = "Clock"
    state = _kernel_clock()
    if state is None:
        return doubtful(
            subject, "cannot be asked here", "See to it that the host's clock is kept right (NTP)."
        )
    if state == CLOCK_IS_FREE:
        return doubtful(
            subject, "nothing keeps it right", "Switch on NTP, for example: timedatectl set-ntp true"
        )
    return good(subject, "kept right")


def ports() -> Iterator[Finding]:
    """A taken port is no fault: a free one is chosen; but people then find the house elsewhere."""
    taken = [f"{port} ({name})" for port, name in USUAL_PORTS.items() if not is_free(port)]
    if taken:
        yield doubtful(
            "Ports", f"taken: {', '.join(taken)}", "By this house, if it is up; else free ones are chosen."
        )
    else:
        yield good("Ports", "the usual ones are free")


def _kernel_clock() -> int | None:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "adjtimex"):
        return None
    # struct timex is smaller than this on every architecture; modes = 0 only reads.
    state = int(libc.adjtimex(ctypes.create_string_buffer(512)))
    return None if state < 0 else state
