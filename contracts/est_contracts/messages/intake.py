"""What intake tells: how a collaboration is set up, and what its reporters have seen."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from est_contracts.messages.message import Message
from est_contracts.vocabulary import (
    AreaId,
    CollaborationDocument,
    EntryId,
    FunctionId,
    OrganisationId,
    Party,
    Polarity,
    Scope,
    Severity,
    SourceReference,
    Tense,
    Theme,
    WithdrawalReason,
)


class CollaborationSetUp(Message):
    """A municipality has set up its collaboration (samverkan), or changed how."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "collaboration_set_up"

    version: Annotated[int, Field(ge=1)]
    document: CollaborationDocument


class IncidentReported(Message):
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


class IncidentReportWithdrawn(Message):
    """A report no longer counts."""

    SERVICE: ClassVar[str] = "intake"
    FACT: ClassVar[str] = "incident_report_withdrawn"

    report_id: UUID
    reason: WithdrawalReason
