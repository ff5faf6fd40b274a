"""How a bound device is known: by the cookie that its invitation left."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final, cast
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.failures import Unavailable
from est_chassis.service import Service
from est_chassis.web.access import SEAT_COOKIE, Access, Caller, CallerKind, digest_of
from est_chassis.web.credentials import DeviceSource
from est_contracts.vocabulary import STOCKHOLM, NotInTheCollaboration
from est_intake.application import Intake
from est_intake.domain.device import KEPT_FOR, Device
from est_intake.domain.seat_rights import roles_in
from est_intake.read_models import collaborations
from est_intake.read_models.seats import last_seen

DEVICE_COOKIE: Final = "est_device"
LONGEST_TOKEN: Final = 100


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A bound device, whom it speaks for, and the day on which it came last."""

    device_id: UUID
    caller: Caller
    seen_on: date | None


class Devices(DeviceSource):
    """Asks the log itself: a device that was let go a moment ago is out."""

    async def caller(self, request: Request) -> Caller | None:
        token = request.cookies.get(DEVICE_COOKIE, "")
        if not token or len(token) > LONGEST_TOKEN or "authorization" in request.headers:
            return None
        service = cast("Service[Intake]", request.app.state.service)
        today = service.clock.now().astimezone(STOCKHOLM).date()
        known = await service.ask(lambda cursor: known_device(service, cursor, token))
        if known is None or (known.seen_on is not None and today - known.seen_on > KEPT_FOR):
            return None
        if known.seen_on != today:
            # Nobody is kept out because a day could not be written down.
            with suppress(Unavailable):
                await service.do(lambda app: app.inviting.see_device(known.device_id))
        return known.caller


def known_device(service: Service[Intake], cursor: Cursor, token: str) -> KnownDevice | None:
    """The device that shows this token, if it is bound to a seat that still is there."""
    device_id = Device.create_id(digest_of(token))
    device = service.store.read_aggregate(cursor, device_id)
    if not isinstance(device, Device) or not device.is_bound:
        return None
    set_up = collaborations.in_use(cursor, device.municipality)
    if set_up is None:
        return None
    try:
        function = set_up.document.function(device.function)
    except NotInTheCollaboration:
        return None
    reporter = set_up.reporters[function.function_id]
    caller = Caller(
        CallerKind.DEVICE,
        name=function.title,
        municipality=device.municipality,
        function=function.function_id,
        organisation=reporter.organisation,
        party=reporter.party,
        roles=roles_in(function, open_roles_only=device.open_roles_only),
        key_id=str(device_id),
    )
    return KnownDevice(device_id, caller, last_seen(cursor, device_id))


def remember_device(request: Request, response: Response, token: str) -> None:
    """Leave the cookie by which the device is known from now on; a seat chosen before is left."""
    access: Access = request.app.state.access
    response.set_cookie(
        DEVICE_COOKIE,
        token,
        max_age=int(KEPT_FOR.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=access.speaks_https,
    )
    response.delete_cookie(SEAT_COOKIE, path="/")


def forget_device(response: Response) -> None:
    for cookie in (DEVICE_COOKIE, SEAT_COOKIE):
        response.delete_cookie(cookie, path="/")
