"""What differs between installations of the compiler."""

from typing import ClassVar

from pydantic import Field

from est_chassis.settings import ServiceSettings


class CompilerSettings(ServiceSettings):
    """The compiler's settings."""

    service: ClassVar[str] = "compiler"

    http_port: int = Field(default=8002, description="Port to listen on; 0 takes a free one.")
    open_requests_per_minute: int = Field(
        default=300, description="Requests a minute for what is open to anyone, from one address."
    )


def open_requests(settings: CompilerSettings) -> int:
    """How often a minute one address may ask for what is open to anyone."""
    return settings.open_requests_per_minute


def open_prints(settings: CompilerSettings) -> int:
    """Printing takes longer than reading: fewer times a minute."""
    return max(settings.open_requests_per_minute // 10, 1)
