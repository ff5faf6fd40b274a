"""The municipality's seats: who is invited, which devices are bound, who stands in, what is handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

import segno
from fastapi import APIRouter, Depends
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow, digest_of
from est_chassis.web.bodies import read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.local_addresses import front_address
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import STOCKHOLM, Function, NotInTheCollaboration, Role, Words
from est_intake.application.inviting import LONGEST_NOTE, NoteIsRefused, new_link_token
from est_intake.domain.invitation import INVITATION_KIND_WORDS, TERMS, InvitationKind
from est_intake.domain.seat_rights import may_decide_about
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.read_models.seats import (
    DeviceRow,
    InvitationRow,
    SeatNote,
    bound_devices,
    notes_of,
    open_invitations,
)

router = APIRouter(include_in_schema=False)

Coordinating = Annotated[Caller, Depends(allow(Role.COORDINATOR))]


@dataclass(frozen=True, slots=True)
class KeptSeat:
    """A seat with all that belongs to it."""

    function: Function
    organisation: str
    substitute: str
    on_duty: str
    invitations: Sequence[InvitationRow]
    devices: Sequence[DeviceRow]
    note: SeatNote | None
    may_decide: bool


@router.get("/seats")
async def list_seats(request: Request, caller: Coordinating) -> Response:
    """Every seat, by organisation."""
    around = await surroundings(request, caller)
    seats = await around.service.ask(lambda cursor: _seats(cursor, around))
    organisations = dict.fromkeys(seat.organisation for seat in seats)
    groups = [(name, [seat for seat in seats if seat.organisation == name]) for name in organisations]
    return page(request, "seats.html", title=Words(sv="Platser", en="Seats"), groups=groups)


@router.get("/seats/{function_id}")
async def show_seat(function_id: str, request: Request, caller: Coordinating) -> Response:
    around = await surroundings(request, caller)
    return await _seat_page(request, around, function_id)


@router.post("/seats/{function_id}/invitations")
async def invite(function_id: str, request: Request, caller: Coordinating) -> Response:
    """Make a link. It is shown on this page and never again: only its hash is kept."""
    around = await surroundings(request, caller)
    kind = _kind((await read_form(request)).text("kind"))
    function = _function(around, function_id)
    token = new_link_token()
    invitation = await around.service.do(
        lambda app: app.inviting.invite(
            around.municipality,
            function=function_id,
            kind=kind,
            link_sha256=digest_of(token),
            by=around.sender,
        )
    )
    link = f"{front_address(request)}/invitation/{token}"
    return page(
        request,
        "seat_link.html",
        title=Words(sv="Ny länk", en="New link"),
        function=function,
        organisation=around.organisation_name(function.organisation_id),
        municipality=around.set_up.document.name,
        link=link,
        qr_code=_qr_code(link, said(_QR_TITLE, language_of(request))),
        kind=kind,
        devices=TERMS[kind].devices,
        expires_at=invitation.expires_at,
    )


@router.post("/seats/{function_id}/invitations/{invitation_id}/revocation")
async def revoke_invitation(
    function_id: str, invitation_id: UUID, request: Request, caller: Coordinating
) -> Response:
    around = await surroundings(request, caller)
    await around.service.do(
        lambda app: app.inviting.revoke_invitation(
            around.municipality, invitation_id=invitation_id, by=around.sender
        )
    )
    return await _back_to(around, function_id)


@router.post("/seats/{function_id}/devices/{device_id}/revocation")
async def revoke_device(
    function_id: str, device_id: UUID, request: Request, caller: Coordinating
) -> Response:
    around = await surroundings(request, caller)
    await around.service.do(
        lambda app: app.inviting.let_device_go(around.municipality, device_id=device_id, by=around.sender)
    )
    return await _back_to(around, function_id)


@router.post("/seats/{function_id}/note")
async def write_note(function_id: str, request: Request, caller: Coordinating) -> Response:
    """Leave a hand-over note; an empty one erases what stood there."""
    around = await surroundings(request, caller)
    text = (await read_form(request)).text("note").replace("\r\n", "\n")
    try:
        await around.service.do(
            lambda app: app.inviting.write_note(
                around.municipality, function=function_id, text=text, by=around.sender
            )
        )
    except NoteIsRefused as refusal:
        return await _seat_page(request, around, function_id, refused=(text, refusal))
    return RedirectResponse(f"/seats/{function_id}", status_code=303)


async def _seat_page(
    request: Request, around: Surroundings, function_id: str, *, refused: tuple[str, Rejected] | None = None
) -> Response:
    seats = await around.service.ask(lambda cursor: _seats(cursor, around))
    seat = next((each for each in seats if each.function.function_id == function_id), None)
    if seat is None:
        raise not_found()
    text = seat.note.text if seat.note else ""
    errors: dict[str, str] = {}
    if refused:
        text = refused[0]
        errors["note"] = " ".join(said(each.words, language_of(request)) for each in refused[1].errors)
    return page(
        request,
        "seat.html",
        status_code=422 if refused else 200,
        title=seat.function.title,
        seat=seat,
        text=text,
        errors=errors,
        longest_note=LONGEST_NOTE,
        kinds=INVITATION_KIND_WORDS,
        terms=TERMS,
    )


def _seats(cursor: Cursor, around: Surroundings) -> list[KeptSeat]:
    municipality, document = around.municipality, around.set_up.document
    invitations = open_invitations(cursor, municipality, now=around.now)
    devices = bound_devices(cursor, municipality)
    notes = notes_of(cursor, municipality)
    order = {each.organisation_id: place for place, each in enumerate(document.organisations)}
    functions = sorted(document.functions, key=lambda each: order[each.organisation_id])
    today = around.now.astimezone(STOCKHOLM).date()
    return [
        KeptSeat(
            function=function,
            organisation=around.organisation_name(function.organisation_id),
            substitute=around.function_title(function.substitute) if function.substitute else "",
            on_duty=_on_duty(around, function, today),
            invitations=[each for each in invitations if each.function == function.function_id],
            devices=[each for each in devices if each.function == function.function_id],
            note=notes.get(function.function_id),
            may_decide=may_decide_about(
                function, document=document, coordinator=around.caller.function or ""
            ),
        )
        for function in functions
    ]


def _on_duty(around: Surroundings, function: Function, today: date) -> str:
    """Who else fills the seat today."""
    filled_by = around.set_up.document.filled_by(function.function_id, today)
    return "" if filled_by == function.function_id else around.function_title(filled_by)


def _function(around: Surroundings, function_id: str) -> Function:
    try:
        return around.set_up.document.function(function_id)
    except NotInTheCollaboration:
        raise not_found() from None


def _kind(written: str) -> InvitationKind:
    try:
        return InvitationKind(written)
    except ValueError:
        raise not_found() from None


_QR_TITLE = Words(sv="QR-kod med länken", en="QR code with the link")


def _qr_code(link: str, title: str) -> Markup:
    """Dark on white whatever the page looks like: cameras want it so."""
    drawing = segno.make(link, error="m", micro=False)
    return Markup(drawing.svg_inline(scale=8, border=4, light="#fff", omitsize=True, title=title))  # noqa: S704


async def _back_to(around: Surroundings, function_id: str) -> Response:
    await around.service.shown()
    return RedirectResponse(f"/seats/{function_id}", status_code=303)
