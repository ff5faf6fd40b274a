"""A door without a lock: anyone may come in, but not any number of times a minute."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request

from est_chassis.web.access import Caller, allow
from est_chassis.web.quotas import client_address, quota
from est_contracts.vocabulary import Role

Anyone = Annotated[Caller, Depends(allow(Role.PUBLIC))]


def open_door(name: str, *, per_minute: Callable[[Any], int]) -> Callable[..., Awaitable[Caller]]:
    """Lets in anyone, and counts from which address; `per_minute` takes the limit out of the settings."""

    async def anyone(request: Request, caller: Anyone) -> Caller:
        pass_through(request, name, per_minute=per_minute)
        return caller

    return anyone


def pass_through(request: Request, name: str, *, per_minute: Callable[[Any], int]) -> None:
    """Count one more from this address; over the limit it is told when to return."""
    limit = per_minute(request.app.state.service.settings)
    quota(request, name=name, who=client_address(request), limit=f"{limit}/minute")
