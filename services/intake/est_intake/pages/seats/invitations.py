"""What an invitation's link opens: whose seat it is, and one tap to begin; and the seat of a bound device."""

import re
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
from est_contracts.vocabulary import CollaborationDocument, Function, Role, Words
from est_intake.application import Intake
from est_intake.application.inviting import new_link_token
from est_intake.domain.invitation import Invitation
from est_intake.domain.seat_rights import OPEN_ROLES, may_decide_about, roles_in
from est_intake.pages.filled_seats import own_and_filled
from est_intake.pages.seats.devices import forget_device, remember_device
from est_intake.pages.surroundings import service_of, surroundings
from est_intake.read_models import collaborations

router = APIRouter(include_in_schema=False)

#: From one address: a whole staff opens the code on its wall and takes it, twice over.
OPENED_PER_MINUTE = 240
MOST_TO_ASK = 3
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
class Asked:
    """A coordinator who may make a new link, and the mailbox of that function if the set-up has one."""

    coordinator: Function
    organisation: str


@dataclass(frozen=True, slots=True)
class Offered:
    """The seat that a link leads to, whose it is by name, and whom to ask for another link."""

    invitation: Invitation
    seat: Function
    organisation: str
    municipality: str
    to_ask: tuple[Asked, ...]

    @property
    def roles(self) -> frozenset[Role]:
        return roles_in(self.seat, open_roles_only=self.invitation.open_roles_only)

    @property
    def first_page(self) -> str:
        """Who only reports came to report."""
        return REPORT if Role.REPORTER in self.roles and self.roles <= OPEN_ROLES else START

    def is_taken_by(self, caller: Caller) -> bool:
        """The browser's device sits in the seat already, and the link would open nothing more."""
        sits_there = (caller.municipality, caller.function) == (
            self.invitation.municipality,
            self.invitation.function,
        )
        return caller.kind is CallerKind.DEVICE and sits_there and caller.roles >= self.roles


@router.get("/invitation/{token}")
async def open_invitation(token: str, request: Request, caller: Anyone) -> Response:
    """Whose seat it is, and what it is for. The device's token is made now: a second tap shows the same."""
    service = service_of(request)
    try:
        offered = await _offered(service, token)
    except NotFound:
        return _closed(request, LEADS_NOWHERE, status_code=404)
    if offered.is_taken_by(caller):
        return RedirectResponse(offered.first_page, status_code=303)
    try:
        offered.invitation.must_be_open(service.clock.now())
    except Rejected as refusal:
        return _closed(request, refusal.words, status_code=refusal.http_status, offered=offered)
    return page(
        request,
        "invitation.html",
        title=Words(sv="Du är inbjuden", en="You are invited"),
        seat=offered.seat.title,
        organisation=offered.organisation,
        municipality=offered.municipality,
        is_to_report=offered.first_page == REPORT,
        token=token,
        device=new_link_token(),
    )


@router.post("/invitation/{token}")
async def take_seat(token: str, request: Request, caller: Anyone) -> Response:
    """Bind this device, and on to the first report, or to what else the seat may do."""
    refuse_other_origins(request)
    service, device_token = service_of(request), (await read_form(request)).text("device")
    if not TOKEN.fullmatch(device_token):
        raise not_found()
    try:
        offered = await _offered(service, token)
        await service.do(
            lambda app: app.inviting.bind_device(digest_of(token), token_sha256=digest_of(device_token))
        )
    except NotFound:
        return _closed(request, LEADS_NOWHERE, status_code=404)
    except Rejected as refusal:
        # A second tab of the browser that took the seat: it is led on, and is given no token.
        if offered.is_taken_by(caller):
            return RedirectResponse(offered.first_page, status_code=303)
        return _closed(request, refusal.words, status_code=refusal.http_status, offered=offered)
    response = RedirectResponse(offered.first_page, status_code=303)
    remember_device(request, response, device_token)
    return response


@router.get("/seat")
async def own_seat(request: Request, caller: Seated) -> Response:
    """The seat that one fills: what the one before left, and how to leave it."""
    around = await surroundings(request, caller)
    function = around.function
    if function is None:
        raise not_found()
    filled = await own_and_filled(around)
    return page(
        request,
        "own_seat.html",
        title=Words(sv="Din plats", en="Your seat"),
        function=function,
        organisation=around.organisation_name(function.organisation_id),
        substitute=around.function_title(function.substitute) if function.substitute else "",
        note=filled.note,
        stands_in_for=filled.seats,
        is_device=caller.kind is CallerKind.DEVICE,
    )


@router.post("/seat/leave")
async def leave_seat(request: Request, caller: Seated) -> Response:
    """Let this device go."""
    if caller.kind is not CallerKind.DEVICE or caller.key_id is None:
        raise not_found()
    device_id = UUID(caller.key_id)
    await service_of(request).do(lambda app: app.inviting.leave_seat(device_id))
    response = RedirectResponse("/", status_code=303)
    forget_device(response)
    return response


async def _offered(service: Service[Intake], token: str) -> Offered:
    """Raises NotFound for a link that leads nowhere."""
    # Looked up beside those who write: anybody may open a link, and nothing is recorded by it.
    invitation = await service.rehearse(lambda app: app.inviting.invitation(digest_of(token)))
    set_up = await service.ask(lambda cursor: collaborations.in_use(cursor, invitation.municipality))
    if set_up is None:
        raise NotFound(invitation.municipality)
    document = set_up.document
    seat = document.function(invitation.function)
    return Offered(
        invitation,
        seat,
        document.organisation(seat.organisation_id).name,
        municipality=document.name,
        to_ask=_to_ask(seat, document),
    )


def _to_ask(seat: Function, document: CollaborationDocument) -> tuple[Asked, ...]:
    """Some coordinators who may invite to the seat, those of its own organisation first."""
    coordinators = [
        each
        for each in document.functions_with(Role.COORDINATOR)
        if each != seat and may_decide_about(seat, document=document, coordinator=each.function_id)
    ]
    coordinators.sort(key=lambda each: each.organisation_id != seat.organisation_id)
    nearest = coordinators[:MOST_TO_ASK]
    return tuple(Asked(each, document.organisation(each.organisation_id).name) for each in nearest)


def _closed(request: Request, words: Words, *, status_code: int, offered: Offered | None = None) -> Response:
    """Why it cannot be used; whom to ask is told only to those who hold what once was a link."""
    title = Words(sv="Länken går inte att använda", en="The link cannot be used")
    return page(
        request,
        "invitation_closed.html",
        status_code=status_code,
        title=title,
        words=words,
        offered=offered,
    )
