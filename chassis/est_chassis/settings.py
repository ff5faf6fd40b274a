"""What differs between installations, for every service alike."""

from pathlib import Path
from typing import ClassVar

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """Read from the environment: EST_DATABASE_URL, EST_NATS_URL and so on."""

    model_config = SettingsConfigDict(env_prefix="EST_", frozen=True, extra="ignore")

    service: ClassVar[str]

    database_url: str = Field(description="PostgreSQL address of the service's own role.")
    nats_url: str = Field(default="nats://127.0.0.1:4222", description="Address of the NATS server.")
    nats_user: str | None = Field(default=None, description="The service's NATS user.")
    nats_password: SecretStr | None = Field(default=None, description="The NATS user's password.")
    http_host: str = Field(default="127.0.0.1", description="Address to listen on.")
    http_port: int = Field(default=8000, description="Port to listen on; 0 takes a free one.")
    front_url: str = Field(default="", description="Public address of the front door.")
    front_door_addresses: str = Field(
        default="127.0.0.1",
        description="Who is believed about a client's address: the front door, or * where only it gets in.",
    )
    session_secret: SecretStr = Field(description="Signs the seat cookie; the same in all services.")
    api_keys_file: Path | None = Field(default=None, description="JSON file with hashed API keys.")
    demo: bool = Field(default=False, description="Allows sign-in by choosing a seat; never for real.")
    log_level: str = Field(default="info", description="debug, info, warning or error.")
    answer_within_seconds: float = Field(
        default=2.0, description="How long a request waits for the database before it is answered 503."
    )
    replicas: int = Field(default=1, description="NATS replicas of each stream: 1, or 3 in a cluster.")
