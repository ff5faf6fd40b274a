"""The keys that municipalities have issued, as a way of being known at intake's doors."""

import hmac
import re
from datetime import date
from time import monotonic
from typing import NamedTuple, cast

from starlette.requests import Request

from est_chassis.event_store import Cursor
from est_chassis.service import Service
from est_chassis.web.access import Caller, CallerKind, digest_of
from est_contracts.vocabulary import STOCKHOLM, NotInTheCollaboration
from est_intake.application import Intake
from est_intake.domain.api_key import ROLES_OF_PROGRAMS
from est_intake.domain.seat_rights import roles_in
from est_intake.read_models import collaborations
from est_intake.read_models.api_keys import KeyRow, find_key

TOKEN = re.compile(r"est_(k[0-9a-f]{12})_[A-Za-z0-9_-]{20,200}")
#: A key is looked up again after so long: what is revoked opens nothing a second later.
ASK_AGAIN_AFTER_SECONDS = 0.5
#: So many keys are remembered before all are forgotten and asked for again.
REMEMBERED = 4_096
NO_SUCH_KEY = "0" * 64


class _Known(NamedTuple):
    digest: str
    caller: Caller | None
    asked_at: float


class IssuedKeys:
    """Knows programs by the keys that the log has heard of. The keys file has been asked before."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._used_on: dict[str, date] = {}

    async def caller(self, request: Request) -> Caller | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        return await self.holder(cast("Service[Intake]", request.app.state.service), token.strip())

    async def holder(self, service: Service[Intake], token: str) -> Caller | None:
        """Who the token belongs to; None when it is not one of ours, or opens nothing any more."""
        shaped = TOKEN.fullmatch(token)
        if shaped is None:
            return None
        known = await self._look_up(service, shaped[1])
        if not hmac.compare_digest(known.digest, digest_of(token)) or known.caller is None:
            return None
        await self._note_use(service, shaped[1])
        return known.caller

    async def _look_up(self, service: Service[Intake], key_id: str) -> _Known:
        known = self._known.get(key_id)
        if known is not None and monotonic() - known.asked_at < ASK_AGAIN_AFTER_SECONDS:
            return known
        asked_at, today = monotonic(), _today(service)
        digest, caller = await service.ask(lambda cursor: _found(cursor, key_id, today))
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[key_id] = known = _Known(digest, caller, asked_at)
        return known

    async def _note_use(self, service: Service[Intake], key_id: str) -> None:
        """Once a day for each key: it is told when a key was last used, not how often."""
        today = _today(service)
        if self._used_on.get(key_id) != today:
            await service.do(lambda app: app.keys.note_use_of_key(key_id, today))
            self._used_on[key_id] = today


def _found(cursor: Cursor, key_id: str, today: date) -> tuple[str, Caller | None]:
    key = find_key(cursor, key_id)
    if key is None or not key.opens_on(today):
        return NO_SUCH_KEY, None
    return key.sha256, _holder(cursor, key)


def _holder(cursor: Cursor, key: KeyRow) -> Caller | None:
    """The function as it is set up today: a key follows it, and goes with it."""
    set_up = collaborations.in_use(cursor, key.municipality)
    try:
        function = set_up.document.function(key.function) if set_up else None
    except NotInTheCollaboration:
        function = None
    if set_up is None or function is None:
        return None
    return Caller(
        CallerKind.KEY,
        name=key.name,
        municipality=key.municipality,
        function=key.function,
        organisation=function.organisation_id,
        party=set_up.document.organisation(function.organisation_id).party,
        roles=ROLES_OF_PROGRAMS & roles_in(function, open_roles_only=key.open_roles_only),
        scopes=frozenset(key.scopes),
        key_id=key.key_id,
        quota_per_minute=key.quota_per_minute,
    )


def _today(service: Service[Intake]) -> date:
    return service.clock.now().astimezone(STOCKHOLM).date()
