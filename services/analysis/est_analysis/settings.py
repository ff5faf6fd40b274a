"""What differs between installations of analysis."""

from typing import ClassVar

from pydantic import Field

from est_chassis.settings import ServiceSettings


class AnalysisSettings(ServiceSettings):
    """Analysis asks for nothing beyond what every service does."""

    service: ClassVar[str] = "analysis"

    http_port: int = Field(default=8003, description="Port to listen on; 0 takes a free one.")
