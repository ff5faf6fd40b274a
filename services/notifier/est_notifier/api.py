"""How programs come in: the live stream, the alerts, the distributions."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import StreamingResponse

from est_chassis.failures import NotFound
from est_chassis.web.access import Caller, allow, within
from est_chassis.web.problems import FieldError, Problem
from est_contracts.vocabulary import (
    Edition,
    FunctionId,
    MunicipalityCode,
    PicturePeriodName,
    Role,
    Theme,
    Words,
)
from est_notifier.application import Notifier
from est_notifier.channels.live import LiveChannel
from est_notifier.channels.sse import event_stream
from est_notifier.domain.alerts import Alert, AlertState
from est_notifier.domain.distributions import LetterState, Obstacle
from est_notifier.domain.live import Bookmark, InvalidBookmark, LiveEntry
from est_notifier.domain.occasions import Cause
from est_notifier.read_models.alerts import AlertView, alert_by_id, alerts_of
from est_notifier.read_models.outgoing_mail import DistributionView, distributions_of

router = APIRouter(prefix="/v1/municipalities/{code}")

OnDuty = Annotated[Caller, Depends(allow(Role.DUTY_OFFICER, Role.COORDINATOR))]
Sender = Annotated[Caller, Depends(allow(Role.COORDINATOR))]

EVENT_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Server-sent events. The data of each is one fact as JSON; its id is a bookmark.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


class Answer(BaseModel):
    """What is answered is read from what holds it."""

    model_config = ConfigDict(from_attributes=True)


class AlertAnswer(Answer):
    """An alert, who has been called and who answered."""

    alert_id: UUID
    cause: Cause
    concerns: UUID
    theme: Theme
    area: str | None
    severity: int | None
    happened_at: datetime
    raised_at: datetime
    state: AlertState
    called: tuple[FunctionId, ...]
    answer_by: datetime | None
    acknowledged_by: FunctionId | None
    acknowledged_at: datetime | None


class AlertsAnswer(BaseModel):
    """The alerts of a municipality, the latest first."""

    alerts: list[AlertAnswer]


class LetterAnswer(Answer):
    """One recipient's letter, and where it stands."""

    recipient: FunctionId
    state: LetterState
    attempts: int
    due_at: datetime | None
    sent_at: datetime | None
    obstacle: Obstacle | None


class DistributionAnswer(Answer):
    """One edition of one picture, and the letters it went out in."""

    distribution_id: UUID
    edition: Edition
    period: PicturePeriodName
    scope: str
    version: int
    prepared_at: datetime
    letters: tuple[LetterAnswer, ...]


class DistributionsAnswer(BaseModel):
    """The distributions of a municipality, the latest first."""

    distributions: list[DistributionAnswer]


@router.get("/live", response_class=StreamingResponse, responses=EVENT_STREAM)
async def live(
    code: MunicipalityCode,
    caller: OnDuty,
    request: Request,
    after: Annotated[str | None, Query(max_length=200, description="A bookmark to go on from.")] = None,
    last_event_id: Annotated[str | None, Header(max_length=200)] = None,
) -> StreamingResponse:
    """What happens, as it happens: from now on, or from a bookmark (Last-Event-ID) without gap or repeat."""
    within(caller, code)
    channel: LiveChannel = request.app.state.service.live
    bookmark = bookmark_of(last_event_id, after) or await channel.now()
    return event_stream(channel, municipality=code, bookmark=bookmark, write=_as_json)


@router.get("/alerts")
async def alerts(
    code: MunicipalityCode,
    caller: OnDuty,
    request: Request,
    state: Annotated[AlertState | None, Query()] = None,
) -> AlertsAnswer:
    """The alerts of a municipality."""
    within(caller, code)
    states = (state,) if state else tuple(AlertState)
    found: list[AlertView] = await request.app.state.service.ask(
        lambda cursor: alerts_of(cursor, code, states=states)
    )
    return AlertsAnswer(alerts=[AlertAnswer.model_validate(alert) for alert in found])


@router.get("/alerts/{alert_id}")
async def alert(code: MunicipalityCode, alert_id: UUID, caller: OnDuty, request: Request) -> AlertAnswer:
    """One alert."""
    within(caller, code)
    found = await request.app.state.service.ask(lambda cursor: alert_by_id(cursor, code, alert_id))
    if found is None:
        raise NotFound(str(alert_id))
    return AlertAnswer.model_validate(found)


@router.put("/alerts/{alert_id}/acknowledgement")
async def acknowledge(
    code: MunicipalityCode, alert_id: UUID, caller: OnDuty, request: Request
) -> AlertAnswer:
    """Take an alert. One function takes it; the same function may say so again, any other gets 409."""
    within(caller, code)
    function = function_of(caller)

    def acknowledge(app: Notifier) -> Alert:
        return app.acknowledge_alert(municipality=code, alert_id=alert_id, function=function)

    return _answer_about(await request.app.state.service.do(acknowledge))


@router.get("/distributions")
async def distributions(code: MunicipalityCode, caller: Sender, request: Request) -> DistributionsAnswer:
    """Who got which edition of which picture, and when."""
    within(caller, code)
    found: list[DistributionView] = await request.app.state.service.ask(
        lambda cursor: distributions_of(cursor, code)
    )
    return DistributionsAnswer(distributions=[DistributionAnswer.model_validate(each) for each in found])


@router.put("/distributions/{distribution_id}/letters/{recipient}/resending", status_code=202)
async def resend(
    code: MunicipalityCode, distribution_id: UUID, recipient: FunctionId, caller: Sender, request: Request
) -> None:
    """Try again a letter that failed or was held."""
    within(caller, code)
    function = function_of(caller)

    def resend(app: Notifier) -> None:
        app.resend_letter(
            municipality=code, distribution_id=distribution_id, recipient=recipient, asked_by=function
        )

    await request.app.state.service.do(resend)


def bookmark_of(last_event_id: str | None, after: str | None) -> Bookmark | None:
    """Where to go on from: the browser's own header knows better than the address it first came to."""
    for field, written in (("Last-Event-ID", last_event_id), ("after", after)):
        if written:
            try:
                return Bookmark.parse(written)
            except InvalidBookmark:
                raise Problem(422, "invalid", errors=(FieldError(field, NOT_A_BOOKMARK),)) from None
    return None


def function_of(caller: Caller) -> str:
    """The function that acts; a key without one can look but not act."""
    if caller.function is None:
        raise Problem(403, "forbidden")
    return caller.function


NOT_A_BOOKMARK = Words(
    sv="Skriv ett bokmärke som tjänsten själv har lämnat, till exempel intake:123;compiler:7.",
    en="Write a bookmark that the service itself has given, such as intake:123;compiler:7.",
)


async def _as_json(entry: LiveEntry) -> str:
    return entry.as_json


def _answer_about(alert: Alert) -> AlertAnswer:
    return AlertAnswer(
        alert_id=alert.id,
        cause=alert.cause,
        concerns=alert.concerns,
        theme=alert.theme,
        area=alert.area,
        severity=alert.severity,
        happened_at=alert.happened_at,
        raised_at=alert.raised_at,
        state=alert.state,
        called=alert.called,
        answer_by=alert.answer_by,
        acknowledged_by=alert.acknowledged_by,
        acknowledged_at=alert.acknowledged_at,
    )
