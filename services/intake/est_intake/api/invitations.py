"""How whoever runs the house lets the first people of a municipality in."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.web.access import digest_of, within
from est_chassis.web.bodies import accepts, parse_body
from est_chassis.web.local_addresses import front_address
from est_contracts.vocabulary import FunctionId
from est_intake.api.callers import Code, Operating, sender_of, service_of
from est_intake.api.described import with_example
from est_intake.application.inviting import new_link_token
from est_intake.domain.invitation import InvitationKind

router = APIRouter()

InvitationId = Annotated[UUID, Path(description="As it was told when the link was made.")]


class InvitationAskedFor(BaseModel):
    """To which seat, and whether for one device or for a whole team."""

    model_config = ConfigDict(extra="forbid")

    function: FunctionId
    kind: InvitationKind = InvitationKind.PERSONAL


class InvitationMade(BaseModel):
    """The new link; it is told here and never again."""

    invitation_id: UUID
    function: FunctionId
    link: str = Field(description="Whoever opens it and taps once sits in the seat, on that device.")
    expires_at: datetime


EXAMPLE_MADE = {
    "invitation_id": "5f0d6a3e-3f5e-5b0e-9d54-8f6f1f1f0c11",
    "function": "samordnaren",
    "link": "https://est.valboas.example/invitation/a-link-that-is-told-once-and-never-again-xx",
    "expires_at": "2026-12-06T12:00:00Z",
}
MADE: dict[int | str, dict[str, Any]] = {
    201: {"description": "Made.", "content": {"application/json": {"example": EXAMPLE_MADE}}}
}


@router.post(
    "/v1/municipalities/{code}/invitations",
    status_code=201,
    response_model=InvitationMade,
    responses=MADE,
    openapi_extra=with_example(accepts(InvitationAskedFor), {"function": "samordnaren"}),
)
async def invite(code: Code, request: Request, caller: Operating) -> Response:
    """Make a link to a coordinator's seat, or to one that no coordinator may decide about.

    The link is in this answer and nowhere else. Everybody else is invited by the coordinators.
    """
    within(caller, code)
    asked, token = await parse_body(request, InvitationAskedFor), new_link_token()
    made = await service_of(request).do(
        lambda app: app.inviting.invite(
            code,
            function=asked.function,
            kind=asked.kind,
            link_sha256=digest_of(token),
            by=sender_of(caller),
        )
    )
    told = InvitationMade(
        invitation_id=made.id,
        function=made.function,
        link=f"{front_address(request)}/invitation/{token}",
        expires_at=made.expires_at,
    )
    return Response(told.model_dump_json(), status_code=201, media_type="application/json")


@router.put("/v1/municipalities/{code}/invitations/{invitation_id}/revocation", status_code=204)
async def revoke_invitation(
    code: Code, invitation_id: InvitationId, request: Request, caller: Operating
) -> Response:
    """Let a link that went astray bind no more devices. Doing so again changes nothing."""
    within(caller, code)
    await service_of(request).do(
        lambda app: app.inviting.revoke_invitation(code, invitation_id=invitation_id, by=sender_of(caller))
    )
    return Response(status_code=204)
