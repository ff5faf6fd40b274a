"""How programs follow what is told of a municipality: from a position, in order, nothing left out."""

from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.service import Service
from est_chassis.waiting import wait_at_most
from est_chassis.web.access import Caller
from est_chassis.web.problems import Problem
from est_contracts.vocabulary import FieldError, Role, Words
from est_intake.api.callers import FollowingChanges, OfMunicipality, municipality_of, service_of
from est_intake.application import Intake
from est_intake.read_models.changes import positions_after

router = APIRouter()

POSITION_HEADER = "Est-Position"
MOST_AT_ONCE = 500
LONGEST_WAIT_SECONDS = 30
#: Another replica may have taken something in: whoever waits looks again after so long.
LOOK_SECONDS = 1.0
#: What began with something that nobody is told of: no function has this name.
NOBODYS = "?"

After = Annotated[int, Query(ge=0, le=2**62, description="The position you have come to; 0 for everything.")]
Limit = Annotated[
    int, Query(ge=1, le=MOST_AT_ONCE, description="How much of the log to look through at once.")
]
Wait = Annotated[
    int, Query(ge=0, le=LONGEST_WAIT_SECONDS, description="Seconds to wait when there is nothing new.")
]


class Change(BaseModel):
    """Something that is told of a municipality, as it travels to the other services."""

    position: int
    type: str = Field(description="The name of the promise; its JSON Schema has the same name.")
    body: dict[str, Any]


class ChangesTold(BaseModel):
    """What follows upon a position, in the order in which it was recorded."""

    changes: list[Change]
    position: int = Field(description="As far as this answer goes; the next one begins after it.")
    next: str = Field(description="Where to ask next, whether there is more already or not.")


@dataclass(frozen=True)
class _Wanted:
    municipality: str
    after: int
    limit: int
    # None is everything; otherwise what is about this function, and what is about nobody in particular.
    function: str | None


@dataclass(frozen=True)
class _Found:
    changes: list[dict[str, Any]]
    position: int
    has_more: bool


EXAMPLE_CHANGES = {
    "changes": [
        {
            "position": 4711,
            "type": "est.intake.incident_report_withdrawn.v1",
            "body": {
                "recorded": {
                    "message_id": "5d2c2ac6-57f2-5aa1-b1f5-0f64f0f0fd0c:2",
                    "position": 4711,
                    "recorded_at": "2026-11-20T20:41:03Z",
                },
                "municipality": "9901",
                "happened_at": "2026-11-20T20:41:03Z",
                "report_id": "0cd297cf-3282-49ae-b367-3b9d8c51366f",
                "reason": "mistake",
            },
        }
    ],
    "position": 4711,
    "next": "/v1/changes?after=4711&limit=100",
}
TOLD: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "What follows upon the position; the header Est-Position says how far it goes.",
        "content": {"application/json": {"example": EXAMPLE_CHANGES}},
    }
}


@router.get("/v1/changes", response_model=ChangesTold, responses=TOLD)
async def read_changes(
    request: Request,
    caller: FollowingChanges,
    municipality: OfMunicipality = None,
    after: After = 0,
    limit: Limit = 100,
    wait: Wait = 0,
) -> Response:
    """Everything that a key may see, from a position on. Keep `next`, and nothing is lost or told twice."""
    wanted = _Wanted(municipality_of(caller, municipality), after, limit, _only_about(caller))
    await _refuse_what_lies_ahead(service_of(request), after)
    found = await _awaited(service_of(request), wanted, seconds=wait)
    following: dict[str, int | str] = {"after": found.position, "limit": limit}
    if caller.municipality is None:
        following |= {"municipality": wanted.municipality}
    address = f"/v1/changes?{urlencode(following)}"
    return JSONResponse(
        {"changes": found.changes, "position": found.position, "next": address},
        headers={POSITION_HEADER: str(found.position), "Link": f'<{address}>; rel="next"'},
    )


async def _refuse_what_lies_ahead(service: Service[Intake], after: int) -> None:
    """Whoever is ahead has followed a log that was lost: what comes up to there would pass unseen."""
    last = await run_in_threadpool(service.store.last_position) if after else 0
    if after > last:
        words = Words(
            sv=f"Så långt har loggen inte kommit: den slutar vid {last}. Huset kan vara återställt från en"
            " säkerhetskopia. Följ om från en tidigare plats.",
            en=f"The log has not come so far: it ends at {last}. The house may have been restored from a"
            " backup. Follow again from an earlier position.",
        )
        raise Problem(422, "position_is_ahead", errors=(FieldError("after", words),))


def _only_about(caller: Caller) -> str | None:
    """A reporter's program follows its own function; the others see all of the municipality."""
    sees_all = caller.has(Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER, Role.OPERATOR)
    return None if sees_all else caller.function or ""


async def _awaited(service: Service[Intake], wanted: _Wanted, *, seconds: int) -> _Found:
    """What there is, or what comes within the time."""
    until = monotonic() + seconds
    while True:
        news = service.next_intake()
        found = await service.ask(partial(_found, service=service, wanted=wanted))
        seconds_left = until - monotonic()
        if found.changes or found.has_more or seconds_left <= 0 or service.draining.is_set():
            return found
        # What was passed over because it is others' need not be looked at again.
        wanted = replace(wanted, after=found.position)
        await wait_at_most(news, min(seconds_left, LOOK_SECONDS))


def _found(cursor: Cursor, *, service: Service[Intake], wanted: _Wanted) -> _Found:
    positions = positions_after(
        cursor, wanted.municipality, after=wanted.after, function=wanted.function, limit=wanted.limit
    )
    recorded = service.store.events_at(cursor, positions)
    told = [(one, message) for one in recorded if (message := service.publications.message(one)) is not None]
    if wanted.function is not None:
        owners = _owners(cursor, service, [one for one, message in told if not _names_function(message)])
        told = [
            (one, message)
            for one, message in told
            if owners.get(one.position, getattr(message, "function", None)) in (None, wanted.function)
        ]
    changes = [
        {"position": one.position, "type": message.message_type(), "body": message.model_dump(mode="json")}
        for one, message in told
    ]
    last = positions[-1] if positions else wanted.after
    return _Found(changes, last, has_more=len(positions) == wanted.limit)


def _names_function(message: object) -> bool:
    return hasattr(message, "function")


def _owners(cursor: Cursor, service: Service[Intake], recorded: list[RecordedEvent]) -> dict[int, str | None]:
    """Whose it is that something has happened to: the function that its first message names, if any."""
    first = service.store.beginnings_of(cursor, [one.event.originator_id for one in recorded])
    of_aggregate = {
        one.event.originator_id: getattr(message, "function", None)
        for one in first
        if (message := service.publications.message(one)) is not None
    }
    return {one.position: of_aggregate.get(one.event.originator_id, NOBODYS) for one in recorded}
