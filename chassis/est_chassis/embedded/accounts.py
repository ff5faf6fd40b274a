"""What is different when we are root: PostgreSQL refuses to run as root, so it runs as an account of its own.

Nothing is ever opened to the world to make that possible.
Files that lie below a closed directory (a home directory, say) are not reachable for the other account;
then the program is copied, and the database kept, below directories that the system has for the purpose.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from est_chassis.embedded.server_process import Account

OWN_ACCOUNT = "est-postgres"
COPIES = Path("/var/cache/est")
CLUSTERS = Path("/var/lib/est")
OWNER_NOTE = ".belongs_to"
CREATE_ACCOUNT = (
    ("useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"),
    ("adduser", "-S", "-D", "-H", "-s", "/sbin/nologin"),
)


class NoUnprivilegedAccount(RuntimeError):
    """There is no account to run PostgreSQL as, and none can be created."""


def unprivileged_account() -> Account | None:
    """The account for PostgreSQL when we are root; nothing when we are an ordinary user."""
    if os.geteuid() != 0:
        return None
    entry = _entry(OWN_ACCOUNT) or _created() or _entry("nobody")
    if entry is None:
        raise NoUnprivilegedAccount(f"PostgreSQL cannot run as root. Create a system account: {OWN_ACCOUNT}")
    return Account(name=entry.pw_name, user_id=entry.pw_uid, group_id=entry.pw_gid)


def can_reach(account: Account, path: Path) -> bool:
    """Whether the account may pass every directory down to the path, the last one included."""
    directories = [*reversed(path.resolve().parents), path.resolve()]
    return all(_may_pass(account, directory) for directory in directories if directory.is_dir())


def reachable_copy(account: Account, program: Path) -> Path:
    """The program's directory itself, or a copy of it that the account can reach."""
    if can_reach(account, program / "bin"):
        return program
    fingerprint = hashlib.sha256(f"{program.resolve()}{program.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    # Below a directory that only root can write: in /var/tmp anybody could put a program in our way.
    copy = COPIES / f"{program.name}-{fingerprint}"
    with one_at_a_time(COPIES):
        if not copy.exists():
            unfinished = copy.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            _copy_with_libraries(program, unfinished)
            unfinished.rename(copy)
    return copy / program.parent.name / program.name


def place_of_cluster(account: Account, wanted: Path) -> Path:
    """Where the database files lie: where wanted, or below /var/lib/est when the account cannot get there.

    A link in the wanted place then points to them, so that a person finds them.
    """
    if wanted.is_symlink():
        return wanted.resolve()
    if can_reach(account, wanted.parent):
        return wanted
    CLUSTERS.mkdir(mode=0o755, parents=True, exist_ok=True)
    elsewhere = CLUSTERS / f"cluster-{os.urandom(6).hex()}"
    elsewhere.with_suffix(OWNER_NOTE).write_text(str(wanted))
    wanted.symlink_to(elsewhere)
    return elsewhere


def abandoned_clusters() -> list[Path]:
    """Databases elsewhere whose own directory has been deleted; nobody will ever start them again."""
    notes = sorted(CLUSTERS.glob(f"*{OWNER_NOTE}"))
    return [note.with_suffix("") for note in notes if not Path(note.read_text()).is_symlink()]


def _copy_with_libraries(program: Path, target: Path) -> None:
    """Copy the program's directory and, beside its package, the libraries the binaries look for there."""
    package = program.parent
    shutil.copytree(program, target / package.name / program.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    for path in [target, *target.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if mode & stat.S_IXUSR else 0o044))


@contextmanager
def one_at_a_time(directory: Path) -> Iterator[None]:
    directory.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (directory / "one_at_a_time.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _may_pass(account: Account, directory: Path) -> bool:
    found = directory.stat()
    if found.st_uid == account.user_id:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.group_id:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _created() -> pwd.struct_passwd | None:
    """Create our own account with whichever tool the system has; another process may be just as quick."""
    for words in CREATE_ACCOUNT:
        if shutil.which(words[0]) is not None:
            subprocess.run([*words, OWN_ACCOUNT], check=False, capture_output=True)
            return _entry(OWN_ACCOUNT)
    return None
