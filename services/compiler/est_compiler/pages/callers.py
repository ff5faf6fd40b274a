"""Who comes in on pages, and which picture they mean: of where, which version, as known when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, cast

from fastapi import Depends, Path, Query
from pydantic import BaseModel, Field
from starlette.requests import Request

from est_chassis.service import Service
from est_chassis.web.access import Caller, allow
from est_compiler.application import Compiler
from est_compiler.domain.periods import picture_scope
from est_compiler.domain.readers import READERS
from est_contracts.vocabulary import STOCKHOLM, Edition, MunicipalityCode, PictureScope, Role

Reader = Annotated[Caller, Depends(allow(*READERS))]
Coordinator = Annotated[Caller, Depends(allow(Role.COORDINATOR))]
Code = Annotated[MunicipalityCode, Path()]
PICTURE = "/pictures/{code}/{period}"


class PictureQuery(BaseModel):
    """Which picture of a period is meant: of which areas, which version, or what was known at a time."""

    #: One name after the other, or several in one; a form sends them one by one.
    scope: list[str] = Field(default_factory=list)
    version: str = ""
    edition: Edition = Edition.INTERNAL
    as_of: str | None = None
    #: A time by the clock in Sweden, as a form gives it.
    known_at: str = ""

    @property
    def picture_scope(self) -> PictureScope:
        return joined_scope(self.scope)

    @property
    def moment_or_position(self) -> str | None:
        return moment_asked(self.as_of, self.known_at)


def moment_asked(as_of: str | None, known_at: str) -> str | None:
    """How far one looks: a moment or a position, or a time by the clock in Sweden as a form gives it."""
    if as_of is not None or not known_at:
        return as_of
    try:
        return datetime.fromisoformat(known_at).replace(tzinfo=STOCKHOLM).isoformat()
    except ValueError:
        return known_at


Wanted = Annotated[PictureQuery, Query()]
ScopeNames = Annotated[list[str] | None, Query(alias="scope")]


def joined_scope(names: Sequence[str]) -> PictureScope:
    """One scope of all names; a form sends them one by one, an address all in one."""
    return picture_scope(",".join(each for each in names if each))


def service_of(request: Request) -> Service[Compiler]:
    return cast(Service[Compiler], request.app.state.service)
