"""What differs between installations."""

from datetime import timedelta
from email.errors import MessageError
from email.headerregistry import Address
from typing import ClassVar, Literal

from pydantic import Field, SecretStr, field_validator

from est_chassis.settings import ServiceSettings


class NotifierSettings(ServiceSettings):
    """The notifier's own settings, beside those that every service has."""

    service: ClassVar[str] = "notifier"

    http_port: int = Field(default=8004, description="Port to listen on; 0 takes a free one.")
    smtp_host: str | None = Field(
        default=None, description="Mail server. Without one, every letter is held and shown as held."
    )
    smtp_port: int = Field(default=587, description="Port of the mail server.")
    smtp_tls: Literal["none", "starttls", "tls"] = Field(
        default="starttls", description="How the connection to the mail server is encrypted."
    )
    smtp_user: str | None = Field(default=None, description="User at the mail server.")
    smtp_password: SecretStr | None = Field(default=None, description="Password at the mail server.")
    smtp_timeout_seconds: float = Field(
        default=20, description="How long the mail server may take to answer."
    )
    mail_from: str = Field(default="est@est.invalid", description="Sender of every letter.")
    mail_poll_seconds: float = Field(default=15, description="How often postponed letters are looked for.")
    alert_seconds: int | None = Field(
        default=None, description="Time to answer an alert; without it, what each collaboration has set up."
    )
    alert_letters: bool = Field(
        default=True, description="Whether whoever an alert calls is told by e-mail as well."
    )
    heartbeat_seconds: float = Field(
        default=10, description="How often a silent live stream says that it lives."
    )
    live_poll_seconds: float = Field(
        default=5, description="How often the live stream looks for what another process has recorded."
    )

    @field_validator("mail_from")
    @classmethod
    def _letters_can_be_sent_from_it(cls, written: str) -> str:
        try:
            address = Address(addr_spec=written)
        except (MessageError, ValueError, IndexError):
            raise ValueError("not an address that letters can be sent from, such as est@kommun.se") from None
        if not (address.username and address.domain and written.isascii()):
            raise ValueError("not an address that letters can be sent from, such as est@kommun.se")
        return written

    def patience(self, alert_minutes: int) -> timedelta:
        """How long somebody has to answer an alert."""
        if self.alert_seconds is not None:
            return timedelta(seconds=self.alert_seconds)
        return timedelta(minutes=alert_minutes)
