"""The start page: this week, the next deadline, and what there is to do."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import Caller, CallerKind, allow
from est_chassis.web.frame import page
from est_chassis.web.languages import Language, language_of, said
from est_chassis.web.parts import KeyFigure
from est_contracts.vocabulary import Role, Week, Words
from est_intake.pages.surroundings import Surroundings, surroundings_or_none
from est_intake.read_models.recent_reports import Selection, count, functions_heard

router = APIRouter(include_in_schema=False)

Anyone = Annotated[Caller, Depends(allow(Role.PUBLIC))]


@router.get("/")
async def start(request: Request, caller: Anyone) -> Response:
    """What is worth knowing first: to a stranger what this is, to a member what to do now."""
    if caller.kind is CallerKind.PUBLIC:
        return page(request, "welcome.html", title=Words(sv="Välkommen", en="Welcome"))
    around = await surroundings_or_none(request, caller)
    if around is None:
        return page(request, "not_set_up.html", title=START)
    language = language_of(request)
    figures = await around.service.ask(lambda cursor: _figures(cursor, around, language))
    return page(
        request,
        "start.html",
        title=START,
        week=around.week,
        deadline=around.deadline,
        left=time_left(around.now, around.deadline, language=language),
        figures=figures,
        function=around.function,
    )


def _figures(cursor: Cursor, around: Surroundings, language: Language) -> list[KeyFigure]:
    week, say, everyones = around.week, language.say, _within(around, around.week)
    everything = count(cursor, everyones)
    if not around.caller.has(Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER):
        own = count(cursor, replace(everyones, function=around.caller.function))
        return [
            KeyFigure(say("Dina rapporter den här veckan", "Your reports this week"), own),
            KeyFigure(say("Alla rapporter den här veckan", "All reports this week"), everything),
        ]
    before = count(cursor, _within(around, week.previous))
    reporters = around.set_up.document.functions_with(Role.REPORTER)
    heard = functions_heard(cursor, around.municipality, week)
    silent = sum(1 for each in reporters if each.function_id not in heard)
    return [
        KeyFigure(
            say("Rapporter den här veckan", "Reports this week"),
            everything,
            note=say(f"{before} hela förra veckan", f"{before} in the whole of last week"),
        ),
        KeyFigure(
            say("Funktioner som har rapporterat", "Functions that have reported"),
            len(heard),
            note=say(f"av {len(reporters)}", f"of {len(reporters)}"),
        ),
        KeyFigure(
            say("Har inte hörts av", "Not heard from"),
            silent,
            note=say("tystnad är inte detsamma som lugn", "silence is not calm"),
        ),
    ]


def _within(around: Surroundings, week: Week) -> Selection:
    return Selection(around.municipality, starts_at=week.starts_at, ends_at=week.ends_at)


def time_left(now: datetime, due_at: datetime, *, language: Language) -> str:
    """How long it is, as one would say it: 2 dagar och 3 timmar."""
    minutes = max(0, int((due_at - now).total_seconds() // 60))
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        told = (_of(days, DAY, language), _of(hours, HOUR, language))
    elif hours:
        told = (_of(hours, HOUR, language), _of(rest, MINUTE, language))
    else:
        return _of(rest, MINUTE, language)
    return language.say(" och ", " and ").join(told)


def _of(quantity: int, unit: tuple[Words, Words], language: Language) -> str:
    return f"{quantity} {said(unit[0] if quantity == 1 else unit[1], language)}"


START = Words(sv="Start", en="Start")
DAY = (Words(sv="dag", en="day"), Words(sv="dagar", en="days"))
HOUR = (Words(sv="timme", en="hour"), Words(sv="timmar", en="hours"))
MINUTE = (Words(sv="minut", en="minute"), Words(sv="minuter", en="minutes"))
