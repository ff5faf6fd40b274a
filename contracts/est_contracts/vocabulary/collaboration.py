"""How a municipality has set up its collaboration: one document that people can read and change."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from est_contracts.vocabulary.names import (
    AreaId,
    ChecklistId,
    ClockTime,
    EmailAddress,
    FunctionId,
    MunicipalityCode,
    OrganisationId,
)
from est_contracts.vocabulary.parties import OrganisationKind, Party
from est_contracts.vocabulary.references import BrokenReferences, broken_references
from est_contracts.vocabulary.roles import Role
from est_contracts.vocabulary.wording import Words

Title = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00-\x1f]+$")]
Weekday = Annotated[int, Field(ge=1, le=7)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Ring = Annotated[tuple[tuple[Longitude, Latitude], ...], Field(min_length=4)]


class NotInTheCollaboration(LookupError):
    """The collaboration knows nothing of this name."""


class Edition(StrEnum):
    """An edition (utgåva) of a picture: the same facts for another reader."""

    INTERNAL = "internal"
    GENERAL = "general"
    DUTY_OFFICER = "duty_officer"
    PLAIN_TEXT = "plain_text"


EDITION_WORDS: dict[Edition, Words] = {
    Edition.INTERNAL: Words(sv="Intern utgåva", en="Internal edition"),
    Edition.GENERAL: Words(sv="Allmän utgåva", en="General edition"),
    Edition.DUTY_OFFICER: Words(sv="TIB-utgåva", en="Duty officer's edition"),
    Edition.PLAIN_TEXT: Words(sv="Ren text", en="Plain text"),
}


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


class Organisation(_Fixed):
    """An organisation that takes part, on the side of one party."""

    organisation_id: OrganisationId
    name: Title
    party: Party
    kind: OrganisationKind


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


class DistributionList(_Fixed):
    """A distribution list (sändlista): who gets an edition."""

    edition: Edition
    recipients: tuple[FunctionId, ...]


class CollaborationDocument(_Fixed):
    """A municipality's set-up of its collaboration (samverkan)."""

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

    @model_validator(mode="after")
    def _everything_named_exists(self) -> "CollaborationDocument":
        broken = broken_references(self)
        if broken:
            raise BrokenReferences(broken)
        return self

    def organisation(self, organisation_id: str) -> Organisation:
        """The organisation of this name."""
        for organisation in self.organisations:
            if organisation.organisation_id == organisation_id:
                return organisation
        raise NotInTheCollaboration(organisation_id)

    def function(self, function_id: str) -> Function:
        """The function of this name."""
        for function in self.functions:
            if function.function_id == function_id:
                return function
        raise NotInTheCollaboration(function_id)

    def area(self, area_id: str) -> Area:
        """The area of this name."""
        for area in self.areas:
            if area.area_id == area_id:
                return area
        raise NotInTheCollaboration(area_id)

    def functions_with(self, role: Role) -> tuple[Function, ...]:
        """The functions that hold a role, in the document's order."""
        return tuple(function for function in self.functions if role in function.roles)
