"""Who takes part: organisations, the functions in them, who stands in, and who gets what."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from est_contracts.vocabulary.areas import Title
from est_contracts.vocabulary.names import AreaId, EmailAddress, FunctionId, GroupId, OrganisationId
from est_contracts.vocabulary.parties import OrganisationKind, Party
from est_contracts.vocabulary.refusals import FieldError
from est_contracts.vocabulary.roles import SEAT_ROLES, Role
from est_contracts.vocabulary.telephones import TelephoneNumber
from est_contracts.vocabulary.wording import Words


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


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


class Organisation(_Fixed):
    """An organisation that takes part, on the side of one party."""

    organisation_id: OrganisationId
    name: Title
    party: Party
    kind: OrganisationKind


class Function(_Fixed):
    """A function (nyckelfunktion): a seat that somebody fills, never a person."""

    function_id: FunctionId
    title: Title
    organisation_id: OrganisationId
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    area_ids: tuple[AreaId, ...] = ()
    substitute: FunctionId | None = None
    email: EmailAddress | None = None
    telephone: TelephoneNumber | None = None


NO_SEATS_ROLE = Words(
    sv="Ingen plats kan ha rollen: den hör till dem som driver huset, eller till allmänheten.",
    en="No seat can have the role: it belongs to those who run the house, or to the public.",
)


def roles_of_no_seat(functions: Iterable[Function]) -> tuple[FieldError, ...]:
    """Roles that a seat cannot have, each with its path in the document.

    It is asked when a set-up is decided and not when one is read: some may have been recorded.
    """
    return tuple(
        FieldError(f"functions.{place}.roles.{at}", NO_SEATS_ROLE)
        for place, function in enumerate(functions)
        for at, role in enumerate(function.roles)
        if role not in SEAT_ROLES
    )


class DutyPeriod(_Fixed):
    """Days in which another function fills a seat (tjänstgöringsperiod), both days included."""

    function_id: FunctionId
    filled_by: FunctionId
    first_day: date
    last_day: date

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "DutyPeriod":
        if self.last_day < self.first_day:
            raise ValueError("the last day comes before the first")
        return self


class LocalGroup(_Fixed):
    """A local group (lokal EST-grupp) of organisation model B: its areas, and who sits in it."""

    group_id: GroupId
    name: Title
    area_ids: Annotated[tuple[AreaId, ...], Field(min_length=1)]
    members: tuple[FunctionId, ...] = ()


class DistributionList(_Fixed):
    """A distribution list (sändlista): who gets an edition."""

    edition: Edition
    recipients: tuple[FunctionId, ...]
