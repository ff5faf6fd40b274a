"""The duty officer's page (jour): alerts on top, then what happens, as it happens."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound, Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.frame import Frame, page
from est_chassis.web.languages import language_of
from est_contracts.vocabulary import Role, Words
from est_notifier.application import Notifier
from est_notifier.channels.live import LiveChannel
from est_notifier.channels.sse import event_stream
from est_notifier.domain.alerts import Alert, AlertState
from est_notifier.domain.live import Bookmark, InvalidBookmark, LiveEntry
from est_notifier.pages.names import Names
from est_notifier.read_models.alert_letters import AlertLetterRow, letters_of_alerts
from est_notifier.read_models.alerts import AlertView, alerts_of
from est_notifier.read_models.collaborations import collaboration_of
from est_notifier.read_models.live_entries import latest

router = APIRouter(prefix="/live", include_in_schema=False)

ON_DUTY = Words(sv="Jour", en="On duty")
OnDuty = Annotated[Caller, Depends(allow(Role.DUTY_OFFICER, Role.COORDINATOR))]

SHOWN_LINES = 50
CALLING = (AlertState.OPEN, AlertState.EXHAUSTED)
ANSWERED = (AlertState.ACKNOWLEDGED, AlertState.STOOD_DOWN)
ANSWERED_SHOWN_FOR = timedelta(hours=24)
NAMES_LAST_SECONDS = 30


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What the page shows: who is being called, who answered, and what has happened."""

    calling: Sequence[AlertView]
    answered: Sequence[AlertView]
    names: Names
    letters: Mapping[UUID, Sequence[AlertLetterRow]]
    entries: Sequence[LiveEntry]
    bookmark: str

    def not_written_to(self, alert: AlertView) -> list[AlertLetterRow]:
        """Those whom the alert has called and e-mail has not reached."""
        latest = {letter.recipient: letter for letter in self.letters.get(alert.alert_id, ())}
        return [latest[each] for each in alert.called if each in latest and latest[each].obstacle]


@router.get("")
async def live(caller: OnDuty, request: Request) -> HTMLResponse:
    """The whole page; without JavaScript a plain list."""
    return page(request, "live.html", title=ON_DUTY, watch=await _watch(request, caller), refusal=None)


@router.get("/alerts")
async def alerts(caller: OnDuty, request: Request) -> HTMLResponse:
    """The alerts alone, fetched anew when one of them changes."""
    return page(request, "live_alerts.html", watch=await _watch(request, caller), refusal=None)


@router.post("/alerts/{alert_id}/acknowledgement")
async def acknowledge(alert_id: UUID, caller: OnDuty, request: Request) -> Response:
    """One tap: the alert is mine."""
    municipality, function = _seat(caller)
    refusal: Rejected | None = None

    def acknowledge(app: Notifier) -> Alert:
        return app.acknowledge_alert(municipality=municipality, alert_id=alert_id, function=function)

    try:
        await request.app.state.service.do(acknowledge)
    except Rejected as said_no:
        refusal = said_no
    await request.app.state.service.shown()
    if request.headers.get("hx-request") == "true":
        return page(request, "live_alerts.html", watch=await _watch(request, caller), refusal=refusal)
    if refusal:
        watch = await _watch(request, caller)
        return page(request, "live.html", status_code=409, title=ON_DUTY, watch=watch, refusal=refusal)
    return RedirectResponse("/live", status_code=303)


@router.get("/stream")
async def stream(
    caller: OnDuty,
    request: Request,
    after: Annotated[str, Query(max_length=200)],
    last_event_id: Annotated[str | None, Header(max_length=200)] = None,
) -> StreamingResponse:
    """The same stream as the API's, with each line written for the page."""
    municipality, _ = _seat(caller)
    channel: LiveChannel = request.app.state.service.live
    try:
        bookmark = Bookmark.parse(last_event_id or after)
    except InvalidBookmark:
        bookmark = await channel.now()
    return event_stream(
        channel, municipality=municipality, bookmark=bookmark, write=LineWriter(request, caller)
    )


class LineWriter:
    """Writes lines for one listener."""

    def __init__(self, request: Request, caller: Caller) -> None:
        self._request = request
        self._caller = caller
        self._frame: Frame = request.app.state.frame
        self._names: Names | None = None
        self._names_read_at = 0.0

    async def __call__(self, entry: LiveEntry) -> str:
        view = {"entry": entry, "names": await self._current_names(), "is_news": True}
        return self._frame.render(self._request, "live_line.html", self._caller, view)

    async def _current_names(self) -> Names:
        now = asyncio.get_running_loop().time()
        if self._names is None or now - self._names_read_at > NAMES_LAST_SECONDS:
            municipality, _ = _seat(self._caller)
            collaboration = await self._request.app.state.service.ask(
                lambda cursor: collaboration_of(cursor, municipality)
            )
            self._names = Names(collaboration, language_of(self._request))
            self._names_read_at = now
        return self._names


async def _watch(request: Request, caller: Caller) -> Watch:
    municipality, _ = _seat(caller)
    service: Any = request.app.state.service
    language = language_of(request)
    answered_since = service.clock.now() - ANSWERED_SHOWN_FOR

    def watch(cursor: Cursor) -> Watch:
        reading = latest(cursor, municipality, limit=SHOWN_LINES)
        answered = alerts_of(cursor, municipality, states=ANSWERED, limit=20)
        calling = alerts_of(cursor, municipality, states=CALLING)
        return Watch(
            calling=calling,
            letters=letters_of_alerts(cursor, [alert.alert_id for alert in calling]),
            answered=[alert for alert in answered if alert.raised_at > answered_since],
            names=Names(collaboration_of(cursor, municipality), language),
            entries=reading.entries[::-1],
            bookmark=str(reading.reached),
        )

    found: Watch = await service.ask(watch)
    return found


def _seat(caller: Caller) -> tuple[str, str]:
    """Where and as what somebody is on duty."""
    if caller.municipality is None or caller.function is None:
        raise NotFound("no seat")
    return caller.municipality, caller.function
