"""What one may ask of a service, and what it answers; the same over HTTP and over NATS."""

import re
import unicodedata
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from est_contracts.vocabulary import (
    AreaId,
    Coordinates,
    EntryId,
    FunctionId,
    Moment,
    MunicipalityCode,
    PeriodName,
    PlaceId,
    Severity,
    SourceReference,
    Words,
    WrittenMoment,
)

# Control characters other than line breaks and tabs, and those that turn the direction of writing around:
# nobody means them, and they can make a text look like something else than it is.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class HiddenCharacters(ValueError):
    """The text holds characters that nobody can see."""

    words = Words(
        sv="Texten innehåller osynliga styrtecken. Skriv om den utan dem.",
        en="The text holds invisible control characters. Write it again without them.",
    )


def _readable(text: str) -> str:
    """The text in the composed form (NFC), if everything in it can be seen."""
    if _HIDDEN.search(text):
        raise HiddenCharacters
    return unicodedata.normalize("NFC", text)


# PostgreSQL cannot store the character NUL.
FreeText = Annotated[
    str, StringConstraints(max_length=4000, pattern=r"^[^\x00]*$"), AfterValidator(_readable)
]


class Request(BaseModel):
    """A question to one service, answered at once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    SERVICE: ClassVar[str]
    QUESTION: ClassVar[str]
    VERSION: ClassVar[int] = 1

    municipality: MunicipalityCode

    @classmethod
    def subjects(cls) -> str:
        """Where the service listens: ask.*.intake.submit_report.v1."""
        return f"ask.*.{cls.SERVICE}.{cls.QUESTION}.v{cls.VERSION}"

    def subject(self) -> str:
        """Where it is asked: ask.9901.intake.submit_report.v1."""
        # Never under est.: the streams would record the question as a fact.
        return f"ask.{self.municipality}.{self.SERVICE}.{self.QUESTION}.v{self.VERSION}"


class SubmitReport(Request):
    """Take this report (inrapportering); a repeat with the same report_id is harmless."""

    SERVICE: ClassVar[str] = "intake"
    QUESTION: ClassVar[str] = "submit_report"
    VERSION: ClassVar[int] = 2

    report_id: UUID
    function: FunctionId | None = Field(None, description="Taken from the credential when left out.")
    checklist_entry: EntryId
    area: AreaId | None = Field(None, description="Found by the point or the named place when left out.")
    place: PlaceId | None = Field(None, description="A place that the municipality has named.")
    point: Coordinates | None = Field(None, description="WGS 84; kept to four decimals, about ten metres.")
    happened_at: WrittenMoment = Field(description="When it happened, began, or is expected to begin.")
    happened_until: WrittenMoment | None = Field(None, description="When it ended, if it lasted.")
    severity: Severity | None = None
    text: FreeText | None = Field(None, description="No names or addresses; it never leaves intake.")
    measures: FreeText | None = Field(None, description="What has been done already; as careful as the text.")
    source: SourceReference | None = None
    sent_together: UUID | None = Field(None, description="The same for all incidents of one sending.")


class ReportReceipt(BaseModel):
    """A report is recorded; a repeat gets the first receipt again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    report_id: UUID
    position: Annotated[int, Field(ge=1)] | None
    recorded_at: Moment
    period: PeriodName = Field(
        description="The reporting period it belongs to, by the municipality's rhythm."
    )
    repeated: bool
