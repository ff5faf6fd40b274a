"""Further ways of being known than the keys file and the seat cookie."""

from typing import Protocol

from starlette.requests import Request

from est_chassis.web.callers import Caller


class CredentialSource(Protocol):
    """Something a service keeps by which it knows callers: keys it has made itself, or invited devices."""

    async def caller(self, request: Request) -> Caller | None:
        """Whoever the request shows to be; None when it shows nothing known here. Never raises a refusal."""
        ...


class DeviceSource:
    """The credential source of the service that binds devices: it alone can say whether one is still bound.

    There a seat that was lent to a device is not believed, so that a device let go is out at once; the pages
    there lend it again for an hour at a time, and the other services know the device by that.
    """

    async def caller(self, request: Request) -> Caller | None:
        """The bound device that the request comes from; None when it comes from none. Never refuses."""
        raise NotImplementedError
