"""What intake tells: how a collaboration is set up, and what its reporters have seen."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from est_contracts.messages.message import Message
from est_contracts.vocabulary import (
    AreaId,
    ChecklistId,
    CollaborationDocument,
    Coordinates,
    EntryId,
    FunctionId,
    Moment,
    OrganisationId,
    Origin,
    Party,
    PeriodName,
    PlaceId,
    Polarity,
    ReminderCause,
    Scope,
    Severity,
    SourceReference,
    Tense,
    Theme,
    WithdrawalReason,
)

Number = Annotated[int, Field(ge=0, le=100_000)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CollaborationSetUp(Message):
    """A municipality has set up its collaboration (samverkan), or changed how."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "collaboration_set_up"
    VERSION: ClassVar[int] = 2

    version: Annotated[int, Field(ge=1)]
    document: CollaborationDocument


class _Told(Message):
    """What is told of an incident; the texts themselves stay in intake. `happened_at` is when it began."""

    report_id: UUID
    checklist_entry: EntryId
    theme: Theme
    polarity: Polarity
    scope: Scope
    tense: Tense
    area: AreaId | None
    place: PlaceId | None
    point: Coordinates | None
    happened_until: Moment | None
    severity: Severity | None
    organisation: OrganisationId
    party: Party
    function: FunctionId
    has_text: bool
    has_measures: bool = Field(description="Whether it says what has been done already.")
    source: SourceReference | None
    origin: Origin
    sent_together: UUID | None = Field(description="The same for all incidents of one sending.")


class IncidentReported(_Told):
    """A reporter has told of an incident (inrapportering)."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "incident_reported"
    VERSION: ClassVar[int] = 2


class IncidentReportCorrected(_Told):
    """A report now says this instead (rättad); what it said before stands in the log."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "incident_report_corrected"

    revision: Annotated[int, Field(ge=2)]


class IncidentReportWithdrawn(Message):
    """A report no longer counts."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "incident_report_withdrawn"

    report_id: UUID
    reason: WithdrawalReason


class IncidentReportMarkedDuplicate(Message):
    """A person found that a report tells of the same incident as another (dubblett): it counts no more."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "incident_report_marked_duplicate"

    report_id: UUID
    duplicate_of: UUID


class IncidentReportReinstated(Message):
    """A report that was withdrawn or marked a duplicate counts again (återtagen i räkningen)."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "incident_report_reinstated"

    report_id: UUID


class IncidentReportTextErased(Message):
    """The words of a report are erased (gallrad text); the incident still counts."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "incident_report_text_erased"

    report_id: UUID


class Answer(_Part):
    """What a return says of one entry of the checklist, in one area or in all."""

    checklist_entry: EntryId
    theme: Theme
    area: AreaId | None
    value: Severity | None
    has_text: bool
    has_measures: bool


class AreaAssessment(_Part):
    """The overall assessment (samlad bedömning) of one area, 1 to 5."""

    area: AreaId
    value: Severity
    has_text: bool


class _AboutPeriod(Message):
    """What a function tells of a whole reporting period, and may tell anew."""

    revision: Annotated[int, Field(ge=1)]
    period: PeriodName
    starts_at: Moment
    ends_at: Moment
    organisation: OrganisationId
    party: Party
    function: FunctionId


class PeriodReturned(_AboutPeriod):
    """A function has gone through the checklist for a period (periodrapport), or has done it again."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "period_returned"

    return_id: UUID
    checklist: ChecklistId | None
    nothing_to_report: bool
    answers: tuple[Answer, ...]
    area_assessments: tuple[AreaAssessment, ...]
    risk_value: Annotated[int, Field(ge=0, le=100)] | None


class AreaCount(_Part):
    """How many incidents of one kind a party knows of, in one area or in all."""

    checklist_entry: EntryId
    theme: Theme
    area: AreaId | None
    number: Number
    in_public: bool = Field(description="Whether it was in public space (offentlig miljö).")
    has_text: bool


class CountBlockContributed(_AboutPeriod):
    """An organisation has contributed counts for a period without telling the incidents (sifferblock)."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "count_block_contributed"

    block_id: UUID
    counts: tuple[AreaCount, ...]


class CountBlockWithdrawn(Message):
    """A block of counts no longer counts."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "count_block_withdrawn"

    block_id: UUID


class ReturnReminded(Message):
    """A function is reminded that its return for a period is missing (påminnelse)."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "return_reminded"

    function: FunctionId
    addressed_to: FunctionId
    period: PeriodName
    due_at: Moment
    cause: ReminderCause
