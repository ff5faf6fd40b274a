"""What was released and is told no longer, so that it can still be read.

Each knows the message that it has become: the chassis reads old and new, and services hear the new.
The classes bear the names they were released with: the names stand in the schemas.
"""

from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from est_contracts.messages import compiler, intake
from est_contracts.messages.message import Message
from est_contracts.messages.requests import FreeText, Request
from est_contracts.vocabulary import (
    AreaId,
    ChecklistId,
    ClockTime,
    CorrectionReason,
    DistributionList,
    EmailAddress,
    EntryId,
    Fingerprint,
    FunctionId,
    Moment,
    MunicipalityCode,
    Organisation,
    OrganisationId,
    Origin,
    Party,
    PeriodKind,
    Polarity,
    Ring,
    Role,
    Scope,
    Severity,
    SourceReference,
    Tense,
    Theme,
    Title,
    Week,
    Weekday,
    WeekName,
    Words,
    WrittenMoment,
)


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Deadline(_Fixed):
    """When the reports of a week are due (stopptid): a weekday and a time in Stockholm."""

    weekday: Weekday
    time: ClockTime


class Meeting(_Fixed):
    """When the coordinators meet (avstämningsmöte)."""

    weekday: Weekday
    time: ClockTime


class Area(_Fixed):
    """A sub-area (delområde); a priority area (prioriterat område) is watched more closely."""

    area_id: AreaId
    name: Title
    priority: bool = False
    polygon: Annotated[tuple[Ring, ...], Field(min_length=1)]


class Function(_Fixed):
    """A function (nyckelfunktion): a seat that somebody fills, never a person."""

    function_id: FunctionId
    title: Title
    organisation_id: OrganisationId
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    area_ids: tuple[AreaId, ...] = ()
    substitute: FunctionId | None = None
    email: EmailAddress | None = None


class CollaborationDocument(_Fixed):
    """A municipality's set-up of its collaboration (samverkan), as it was first released."""

    municipality: MunicipalityCode
    name: Title
    organisation_model: Literal["A", "B", "C"]
    checklists: Annotated[tuple[ChecklistId, ...], Field(min_length=1)]
    period_days: Literal[7, 14]
    deadline: Deadline
    meeting: Meeting | None = None
    organisations: Annotated[tuple[Organisation, ...], Field(min_length=1)]
    areas: tuple[Area, ...] = ()
    functions: Annotated[tuple[Function, ...], Field(min_length=1)]
    distribution_lists: tuple[DistributionList, ...] = ()
    alert_minutes: Annotated[int, Field(ge=1, le=1440)] = 15


class CollaborationSetUpV1(Message):
    """A municipality has set up its collaboration (samverkan), or changed how."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "collaboration_set_up"

    version: Annotated[int, Field(ge=1)]
    document: CollaborationDocument

    def current(self) -> Message:
        return intake.CollaborationSetUp.model_validate(self.model_dump())


class IncidentReportedV1(Message):
    """A reporter has told of an incident (inrapportering); the text itself stays in intake."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "incident_reported"

    report_id: UUID
    checklist_entry: EntryId
    theme: Theme
    polarity: Polarity
    scope: Scope
    tense: Tense
    area: AreaId | None
    severity: Severity | None
    organisation: OrganisationId
    party: Party
    function: FunctionId
    has_text: bool
    source: SourceReference | None

    def current(self) -> Message:
        since_then: dict[str, Any] = {
            "happened_until": None,
            "place": None,
            "point": None,
            "has_measures": False,
            "origin": Origin.PROGRAM if self.source is None else Origin.IMPORT,
            "sent_together": None,
        }
        return intake.IncidentReported.model_construct(**self.__dict__, **since_then)


class PicturePublishedV1(Message):
    """A situation picture (lägesbild) is published, frozen as it was known at a position of intake."""

    SERVICE: ClassVar[str] = "compiler"
    FACT: ClassVar[str] = "picture_published"

    period: WeekName
    version: Annotated[int, Field(ge=1)]
    made_from: Annotated[int, Field(ge=0)]
    fingerprint: Fingerprint
    reports: Annotated[int, Field(ge=0)]
    sentences: tuple[Words, ...]
    reason: CorrectionReason | None

    def current(self) -> Message:
        week = Week.parse(self.period)
        since_then: dict[str, Any] = {
            "kind": PeriodKind.WEEK,
            "first_day": week.days[0],
            "last_day": week.days[-1],
            "scope": "",
            "areas": (),
            "template": None,
            "made_from_analysis": 0,
            "level": None,
            "headline": Words(
                sv=f"Lägesbild vecka {week.number}", en=f"Situation picture, week {week.number}"
            ),
            "is_public": False,
        }
        return compiler.PicturePublished.model_construct(**self.__dict__, **since_then)


class ReportReceiptV1(BaseModel):
    """A report is recorded; a repeat gets the first receipt again."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="ReportReceipt")

    report_id: UUID
    position: Annotated[int, Field(ge=1)] | None
    recorded_at: Moment
    period: WeekName
    repeated: bool


class SubmitReportV1(Request):
    """Take this report (inrapportering); a repeat with the same report_id is harmless."""

    SERVICE: ClassVar[str] = "intake"
    QUESTION: ClassVar[str] = "submit_report"

    report_id: UUID
    function: FunctionId | None = Field(None, description="Taken from the credential when left out.")
    checklist_entry: EntryId
    area: AreaId | None = None
    happened_at: WrittenMoment
    severity: Severity | None = None
    text: FreeText | None = Field(None, description="No names or addresses; it never leaves intake.")
    source: SourceReference | None = None
