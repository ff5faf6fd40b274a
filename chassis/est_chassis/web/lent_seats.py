"""A device's seat, lent for an hour at a time: so the services that cannot ask for the device know it."""

from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from est_chassis.web.access import Access, caller_of
from est_chassis.web.callers import CallerKind
from est_chassis.web.seats import SEAT_COOKIE, session_cookie
from est_chassis.web.served import ServedService

#: So long a device that was let go is still known elsewhere than in the service that bound it.
LENT_FOR: Final = timedelta(hours=1)


def lend_seat(request: Request, response: Response) -> None:
    """Renewed with each page of the service that binds devices, and nowhere else."""
    access: Access = request.app.state.access
    caller = caller_of(request)
    if caller.kind is not CallerKind.DEVICE or not access.binds_devices:
        return
    service: ServedService = request.app.state.service
    response.set_cookie(
        SEAT_COOKIE,
        session_cookie(caller, secret=access.secret, expires_at=service.clock.now() + LENT_FOR),
        max_age=int(LENT_FOR.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=access.speaks_https,
    )
