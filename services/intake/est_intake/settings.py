"""What differs between installations of intake."""

from typing import ClassVar

from pydantic import Field

from est_chassis.settings import ServiceSettings


class IntakeSettings(ServiceSettings):
    """What intake asks for beyond what every service does."""

    service: ClassVar[str] = "intake"

    http_port: int = Field(default=8001, description="Port to listen on; 0 takes a free one.")
    key_quota_per_minute: int = Field(
        default=600, description="Requests a minute of an issued key, unless it was issued with others."
    )
    public_reports_per_hour: int = Field(
        default=20, description="Reports from the public an hour, from one address and without a key."
    )
    public_reports_per_day: int = Field(
        default=500, description="Reports from the public a day, for one municipality."
    )
    public_undecided_days: int = Field(
        default=90,
        ge=0,
        description="Days until a report from the public that nobody has decided on is rejected, and its"
        " words erased; 0 keeps them as long as it takes.",
    )
