"""Further ways of being known than the keys file and the seat cookie."""

from typing import Protocol

from starlette.requests import Request

from est_chassis.web.callers import Caller


class CredentialSource(Protocol):
    """Something a service keeps by which it knows callers: keys it has made itself, or invited devices."""

    async def caller(self, request: Request) -> Caller | None:
        """Whoever the request shows to be; None when it shows nothing known here. Never raises a refusal."""
        ...
