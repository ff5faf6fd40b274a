"""What an invitation's link opens: whose seat it is, and one tap to begin; and the seat of a bound device."""

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.failures import NotFound, Rejected
from est_chassis.service import Service
from est_chassis.web.access import Caller, CallerKind, allow, digest_of, refuse_other_origins
from est_chassis.web.bodies import read_form
from est_chassis.web.frame import page
from est_chassis.web.open_door import open_door
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import Function, Role, Words
from est_intake.application import Intake
from est_intake.application.inviting import new_link_token
from est_intake.domain.invitation import Invitation
from est_intake.domain.seat_rights import OPEN_ROLES, roles_in
from est_intake.domain.standing_in import seats_stood_in_for
from est_intake.pages.seats.devices import forget_device, remember_device
from est_intake.pages.surroundings import service_of, surroundings
from est_intake.read_models import collaborations
from est_intake.read_models.seats import notes_of

router = APIRouter(include_in_schema=False)

#: From one address: a whole staff opens the code on its wall and takes it, twice over.
OPENED_PER_MINUTE = 240
Anyone = Annotated[Caller, Depends(open_door("invitation", per_minute=lambda _settings: OPENED_PER_MINUTE))]
Seated = Annotated[Caller, Depends(allow(*(set(Role) - {Role.PUBLIC, Role.OPERATOR})))]

#: What `new_link_token` makes.
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
REPORT, START = "/report", "/"
LEADS_NOWHERE = Words(
    sv="Länken leder ingenstans. Kontrollera att den kom med hel, eller be din samordnare om en ny.",
    en="The link leads nowhere. See that all of it came along, or ask your coordinator for a new one.",
)


@dataclass(frozen=True, slots=True)
class Offered:
    """The seat that a link leads to, and whose it is, by name."""

    seat: Function
    organisation: str
    municipality: str


@router.get("/invitation/{token}")
async def open_invitation(token: str, request: Request, caller: Anyone) -> Response:
    """Whose seat it is, and what it is for. The device's token is made now: a second tap shows the same."""
    service = service_of(request)
    try:
        # Looked up beside those who write: anybody may open a link, and nothing is recorded by it.
        invitation = await service.rehearse(lambda app: app.invitation(digest_of(token)))
    except NotFound:
        return _closed(request, LEADS_NOWHERE, status_code=404)
    offered = await _offered(service, invitation.municipality, invitation.function)
    roles = roles_in(offered.seat, open_roles_only=invitation.open_roles_only)
    if caller.kind is CallerKind.DEVICE and _has_it_already(caller, invitation, roles):
        return RedirectResponse(_first_page(roles), status_code=303)
    try:
        invitation.must_be_open(service.clock.now())
    except Rejected as refusal:
        return _closed(request, refusal.words, status_code=refusal.http_status)
    return page(
        request,
        "invitation.html",
        title=Words(sv="Du är inbjuden", en="You are invited"),
        seat=offered.seat.title,
        organisation=offered.organisation,
        municipality=offered.municipality,
        is_to_report=_first_page(roles) == REPORT,
        token=token,
        device=new_link_token(),
    )


@router.post("/invitation/{token}")
async def take_seat(token: str, request: Request, _caller: Anyone) -> Response:
    """Bind this device, and on to the first report, or to what else the seat may do."""
    refuse_other_origins(request)
    service, device_token = service_of(request), (await read_form(request)).text("device")
    if not TOKEN.fullmatch(device_token):
        raise not_found()
    try:
        device = await service.do(
            lambda app: app.bind_device(digest_of(token), token_sha256=digest_of(device_token))
        )
    except NotFound:
        return _closed(request, LEADS_NOWHERE, status_code=404)
    except Rejected as refusal:
        return _closed(request, refusal.words, status_code=refusal.http_status)
    offered = await _offered(service, device.municipality, device.function)
    roles = roles_in(offered.seat, open_roles_only=device.open_roles_only)
    response = RedirectResponse(_first_page(roles), status_code=303)
    remember_device(request, response, device_token)
    return response


@router.get("/seat")
async def own_seat(request: Request, caller: Seated) -> Response:
    """The seat that one fills: what the one before left, and how to leave it."""
    around = await surroundings(request, caller)
    function = around.function
    if function is None:
        raise not_found()
    notes = await around.service.ask(lambda cursor: notes_of(cursor, around.municipality))
    stood_in_for = seats_stood_in_for(caller.function, set_up=around.set_up, now=around.now)
    seats_to_fill = [(around.set_up.document.function(each), notes.get(each)) for each in stood_in_for]
    return page(
        request,
        "own_seat.html",
        title=Words(sv="Din plats", en="Your seat"),
        function=function,
        organisation=around.organisation_name(function.organisation_id),
        substitute=around.function_title(function.substitute) if function.substitute else "",
        note=notes.get(function.function_id),
        stands_in_for=seats_to_fill,
        due_last=around.set_up.period_awaited(around.now).previous,
        is_device=caller.kind is CallerKind.DEVICE,
    )


@router.post("/seat/leave")
async def leave_seat(request: Request, caller: Seated) -> Response:
    """Let this device go."""
    if caller.kind is not CallerKind.DEVICE or caller.key_id is None:
        raise not_found()
    device_id = UUID(caller.key_id)
    await service_of(request).do(lambda app: app.leave_seat(device_id))
    response = RedirectResponse("/", status_code=303)
    forget_device(response)
    return response


async def _offered(service: Service[Intake], municipality: str, function: str) -> Offered:
    set_up = await service.ask(lambda cursor: collaborations.in_use(cursor, municipality))
    if set_up is None:
        raise not_found()
    seat = set_up.document.function(function)
    return Offered(
        seat, set_up.document.organisation(seat.organisation_id).name, municipality=set_up.document.name
    )


def _first_page(roles: Set[Role]) -> str:
    """Who only reports came to report."""
    return REPORT if Role.REPORTER in roles and roles <= OPEN_ROLES else START


def _has_it_already(caller: Caller, invitation: Invitation, roles: Set[Role]) -> bool:
    """The device sits in the seat, and the link would open nothing more."""
    sits_there = (caller.municipality, caller.function) == (invitation.municipality, invitation.function)
    return sits_there and caller.roles >= roles


def _closed(request: Request, words: Words, *, status_code: int) -> Response:
    title = Words(sv="Länken går inte att använda", en="The link cannot be used")
    return page(request, "invitation_closed.html", status_code=status_code, title=title, words=words)
