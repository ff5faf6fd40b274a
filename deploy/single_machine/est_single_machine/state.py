"""The directory where a house on one computer keeps everything: databases, secrets, keys and logs."""

import secrets
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from est_single_machine.front_door.routes import SERVICES
from est_single_machine.private_files import write_private

DEFAULT_DIRECTORY: Final = Path(".est")


class Secrets(BaseModel):
    """Made once, at the first start."""

    model_config = ConfigDict(frozen=True)

    session_secret: str = Field(default_factory=lambda: secrets.token_urlsafe(32))
    operator_secret: str = Field(default_factory=lambda: secrets.token_urlsafe(32))
    role_passwords: dict[str, str] = Field(
        default_factory=lambda: {service: secrets.token_urlsafe(24) for service in SERVICES}
    )


class Started(BaseModel):
    """A process of ours: the number alone may later belong to somebody else."""

    model_config = ConfigDict(frozen=True)

    pid: int
    created_at: float


class RunningHouse(BaseModel):
    """What a house that is up tells the other commands."""

    model_config = ConfigDict(frozen=True)

    front_url: str
    front_pid: int
    service_urls: dict[str, str]
    operator_token: str
    demo: bool
    processes: dict[str, Started] = {}


class StateDirectory:
    """The directory and what lies where in it."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.postgres = self.path / "postgres"
        self.nats = self.path / "nats"
        self.logs = self.path / "logs"
        self.api_keys_file = self.path / "api_keys.json"
        self._secrets_file = self.path / "secrets.json"
        self._running_file = self.path / "running.json"

    def create(self) -> None:
        # Others may pass through: as root, PostgreSQL's own account must reach its files in here.
        self.path.mkdir(mode=0o711, parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, exist_ok=True)

    def secrets(self) -> Secrets:
        if not self._secrets_file.exists():
            write_private(self._secrets_file, Secrets().model_dump_json(indent=2))
        return Secrets.model_validate_json(self._secrets_file.read_text())

    def running(self) -> RunningHouse | None:
        """The house that was last started here; whether it still lives is another question."""
        if not self._running_file.exists():
            return None
        return RunningHouse.model_validate_json(self._running_file.read_text())

    def note_running(self, house: RunningHouse) -> None:
        write_private(self._running_file, house.model_dump_json(indent=2))

    def forget_running(self) -> None:
        self._running_file.unlink(missing_ok=True)
