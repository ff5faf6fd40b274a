"""Signing in by choosing a seat: in the demo only."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.web.access import (
    SEAT_COOKIE,
    Access,
    Caller,
    allow,
    refuse_other_origins,
    session_cookie,
)
from est_chassis.web.bodies import read_form
from est_chassis.web.frame import page
from est_chassis.web.local_addresses import local_path
from est_chassis.web.problems import not_found
from est_chassis.web.served import ServedService
from est_contracts.vocabulary import Role, Words

SEATED_FOR: Final = timedelta(hours=12)

Anyone = Annotated[Caller, Depends(allow(Role.PUBLIC))]


@dataclass(frozen=True, slots=True)
class Seat:
    """A function one can take the place of, told so that a newcomer understands it."""

    seat_id: str
    title: str | Words
    group: str | Words
    caller: Caller
    help: str | Words = ""


AvailableSeats = Callable[[Request], Awaitable[Sequence[Seat]]]


def sign_in_router(available_seats: AvailableSeats) -> APIRouter:
    """The pages to sit down and to get up; the service that owns the functions says which seats there are."""
    router = APIRouter(include_in_schema=False)

    @router.get("/sign-in")
    async def choose_seat(request: Request, _caller: Anyone, next: str = "/") -> Response:  # noqa: A002
        seats = await available_seats(request) if _is_demo(request) else []
        groups = [(name, list(members)) for name, members in groupby(seats, key=lambda seat: seat.group)]
        return page(request, "sign_in.html", groups=groups, next_path=local_path(next))

    @router.post("/sign-in")
    async def take_seat(request: Request, _caller: Anyone) -> Response:
        refuse_other_origins(request)
        form = await read_form(request)
        seats = {seat.seat_id: seat for seat in await available_seats(request)} if _is_demo(request) else {}
        seat = seats.get(form.text("seat"))
        if seat is None:
            raise not_found()
        response = RedirectResponse(local_path(form.text("next")), status_code=303)
        _seat(request, response, seat.caller)
        return response

    @router.post("/sign-out")
    async def leave_seat(request: Request, _caller: Anyone) -> Response:
        refuse_other_origins(request)
        response = RedirectResponse("/", status_code=303)
        response.delete_cookie(SEAT_COOKIE, path="/")
        return response

    return router


def _seat(request: Request, response: Response, caller: Caller) -> None:
    access: Access = request.app.state.access
    service: ServedService = request.app.state.service
    response.set_cookie(
        SEAT_COOKIE,
        session_cookie(caller, secret=access.secret, expires_at=service.clock.now() + SEATED_FOR),
        max_age=int(SEATED_FOR.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=access.speaks_https,
    )


def _is_demo(request: Request) -> bool:
    service: ServedService = request.app.state.service
    return service.settings.demo
