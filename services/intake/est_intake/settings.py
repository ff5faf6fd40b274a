"""What differs between installations of intake."""

from typing import ClassVar

from pydantic import Field

from est_chassis.settings import ServiceSettings


class IntakeSettings(ServiceSettings):
    """Intake asks for nothing beyond what every service does."""

    service: ClassVar[str] = "intake"

    http_port: int = Field(default=8001, description="Port to listen on; 0 takes a free one.")
