"""The start page: this week, the next deadline, and what there is to do."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import Caller, CallerKind, allow
from est_chassis.web.frame import page
from est_chassis.web.parts import KeyFigure
from est_contracts.vocabulary import Role
from est_intake.pages.surroundings import Surroundings, surroundings_or_none
from est_intake.read_models.recent_reports import Selection, count, functions_heard

router = APIRouter(include_in_schema=False)

Anyone = Annotated[Caller, Depends(allow(Role.PUBLIC))]


@router.get("/")
async def start(request: Request, caller: Anyone) -> Response:
    """What is worth knowing first: to a stranger what this is, to a member what to do now."""
    if caller.kind is CallerKind.PUBLIC:
        return page(request, "welcome.html", title="Välkommen")
    around = await surroundings_or_none(request, caller)
    if around is None:
        return page(request, "not_set_up.html", title="Start")
    figures = await around.service.ask(lambda cursor: _figures(cursor, around))
    return page(
        request,
        "start.html",
        title="Start",
        week=around.week,
        deadline=around.deadline,
        left=time_left(around.now, around.deadline),
        figures=figures,
        function=around.function,
    )


def _figures(cursor: Cursor, around: Surroundings) -> list[KeyFigure]:
    period, municipality = str(around.week), around.municipality
    everything = count(cursor, Selection(municipality, period=period))
    if not around.caller.has(Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER):
        own = count(cursor, Selection(municipality, period=period, function=around.caller.function))
        return [
            KeyFigure("Dina rapporter den här veckan", own),
            KeyFigure("Alla rapporter den här veckan", everything),
        ]
    before = count(cursor, Selection(municipality, period=str(around.week.previous)))
    reporters = around.set_up.document.functions_with(Role.REPORTER)
    heard = functions_heard(cursor, municipality, period)
    silent = sum(1 for each in reporters if each.function_id not in heard)
    return [
        KeyFigure("Rapporter den här veckan", everything, note=f"{before} hela förra veckan"),
        KeyFigure("Funktioner som har rapporterat", len(heard), note=f"av {len(reporters)}"),
        KeyFigure("Har inte hörts av", silent, note="tystnad är inte detsamma som lugn"),
    ]


def time_left(now: datetime, due_at: datetime) -> str:
    """How long it is, as one would say it: 2 dagar och 3 timmar."""
    minutes = max(0, int((due_at - now).total_seconds() // 60))
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{_of(days, 'dag', 'dagar')} och {_of(hours, 'timme', 'timmar')}"
    if hours:
        return f"{_of(hours, 'timme', 'timmar')} och {_of(rest, 'minut', 'minuter')}"
    return _of(rest, "minut", "minuter")


def _of(quantity: int, one: str, several: str) -> str:
    return f"{quantity} {one if quantity == 1 else several}"
