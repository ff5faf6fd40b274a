"""What every message carries: what is told, about which municipality, when it happened and was recorded."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from est_contracts.vocabulary import Moment, MunicipalityCode

MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{1,200}$")]

POSITION_HEADER = "Est-Position"


class Recorded(BaseModel):
    """Where and when the teller recorded what it tells of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    message_id: MessageId
    position: Annotated[int, Field(ge=1)]
    recorded_at: Moment


class Message(BaseModel):
    """Something that has happened in one service, told to the others."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    SERVICE: ClassVar[str]
    FACT: ClassVar[str]
    VERSION: ClassVar[int] = 1

    recorded: Recorded
    municipality: MunicipalityCode
    happened_at: Moment

    def current(self) -> "Message":
        """The same fact as it is told today; what was released earlier knows what it has become."""
        return self

    @classmethod
    def message_type(cls) -> str:
        """The promise by name: est.intake.incident_reported.v1."""
        return f"est.{cls.SERVICE}.{cls.FACT}.v{cls.VERSION}"

    def subject(self) -> str:
        """Where it travels: est.9901.intake.incident_reported.v1."""
        return f"est.{self.municipality}.{self.SERVICE}.{self.FACT}.v{self.VERSION}"

    def headers(self) -> dict[str, str]:
        """CloudEvents attributes (binary mode), plus the teller's position."""
        return {
            "ce-specversion": "1.0",
            "ce-id": self.recorded.message_id,
            "ce-type": self.message_type(),
            "ce-source": f"/est/{self.SERVICE}",
            "ce-time": self.happened_at.isoformat(),
            "ce-subject": self.municipality,
            "content-type": "application/json",
            POSITION_HEADER: str(self.recorded.position),
        }

    def body(self) -> bytes:
        """What travels, as JSON."""
        return self.model_dump_json().encode()
