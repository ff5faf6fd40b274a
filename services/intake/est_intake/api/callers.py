"""Who comes in by intake's doors, and on whose behalf."""

from typing import Annotated, cast

from fastapi import Depends, Path, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.service import Service
from est_chassis.web.access import Caller, allow, within
from est_chassis.web.problems import Problem
from est_contracts.vocabulary import FieldError, MunicipalityCode, Role, Words
from est_intake.application import Intake
from est_intake.domain.api_key import KeyScope
from est_intake.domain.submission import Sender

_REPORTERS = (Role.REPORTER, Role.COORDINATOR, Role.OPERATOR)

# A key that a municipality has issued needs the scope as well; whoever has a role and no scopes does not.
Reporting = Annotated[Caller, Depends(allow(*_REPORTERS, scope=KeyScope.REPORTS_WRITE))]
ReadingReports = Annotated[Caller, Depends(allow(*_REPORTERS, scope=KeyScope.REPORTS_READ))]
Returning = Annotated[Caller, Depends(allow(*_REPORTERS, scope=KeyScope.RETURNS_WRITE))]
FollowingChanges = Annotated[
    Caller,
    Depends(allow(*_REPORTERS, Role.STRATEGIST, Role.DUTY_OFFICER, scope=KeyScope.CHANGES_READ)),
]
JudgingReports = Annotated[
    Caller, Depends(allow(Role.COORDINATOR, Role.OPERATOR, scope=KeyScope.REPORTS_WRITE))
]
Coordinating = Annotated[Caller, Depends(allow(Role.COORDINATOR, Role.OPERATOR))]
TakingPart = Annotated[
    Caller,
    Depends(allow(Role.REPORTER, Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER, Role.OPERATOR)),
]
SeeingWhoIsHeard = Annotated[Caller, Depends(allow(Role.COORDINATOR, Role.STRATEGIST, Role.OPERATOR))]
Operating = Annotated[Caller, Depends(allow(Role.OPERATOR))]
SettingUp = Annotated[Caller, Depends(allow(Role.COORDINATOR, Role.OPERATOR))]
Anyone = Annotated[Caller, Depends(allow(Role.PUBLIC))]
OfMunicipality = Annotated[
    MunicipalityCode | None,
    Query(description="Needed only by a key for every municipality.", examples=["9901"]),
]
Code = Annotated[MunicipalityCode, Path(description="The municipality's code.", examples=["9901", "1280"])]

OTHER_MUNICIPALITY = Words(
    sv="Innehållet gäller en annan kommun än adressen.",
    en="The content is about another municipality than the address.",
)


def sender_of(caller: Caller) -> Sender:
    return Sender(caller.municipality, caller.function, caller.roles)


def municipality_of(caller: Caller, named: str | None) -> str:
    """The caller's own; only who has none names one, and another than one's own does not exist."""
    if named is not None:
        within(caller, named)
    municipality = caller.municipality or named
    if municipality is None:
        words = Words(sv="Ange kommunens kod.", en="Give the municipality's code.")
        raise Problem(422, "invalid", errors=(FieldError("municipality", words),))
    return municipality


def service_of(request: Request) -> Service[Intake]:
    return cast("Service[Intake]", request.app.state.service)


def received(told: BaseModel, *, is_new: bool) -> Response:
    """The receipt for what was handed in: 201 for the first, 200 for what was known or stands anew."""
    return Response(told.model_dump_json(), status_code=201 if is_new else 200, media_type="application/json")
