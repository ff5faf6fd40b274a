"""The start page: the period that is going on, the next deadline, and what there is to do."""

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
from est_contracts.vocabulary import ReportingPeriod, Role, Words
from est_intake.pages.filled_seats import own_and_filled
from est_intake.pages.periods import present_period
from est_intake.pages.reporting.receipts import period_in_words
from est_intake.pages.surroundings import Surroundings, surroundings_or_none
from est_intake.read_models.coverage import silent_functions
from est_intake.read_models.recent_reports import Selection, count

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
        period=present_period(around),
        awaited=around.set_up.period_awaited(around.now),
        deadline=around.deadline,
        left=time_left(around.now, around.deadline, language=language),
        figures=figures,
        function=around.function,
        own=await own_and_filled(around),
    )


def _figures(cursor: Cursor, around: Surroundings, language: Language) -> list[KeyFigure]:
    period, say = present_period(around), language.say
    everyones = _within(around, period)
    everything = count(cursor, everyones)
    if not around.caller.has(Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER):
        own = count(cursor, replace(everyones, function=around.caller.function))
        return [
            KeyFigure(say("Dina rapporter den här perioden", "Your reports this period"), own),
            KeyFigure(say("Alla rapporter den här perioden", "All reports this period"), everything),
        ]
    before = count(cursor, _within(around, period.previous))
    return [
        KeyFigure(
            say("Rapporter den här perioden", "Reports this period"),
            everything,
            note=say(f"{before} hela förra perioden", f"{before} in the whole of the last period"),
        ),
        *_heard_and_silent(cursor, around, language),
    ]


def _heard_and_silent(cursor: Cursor, around: Surroundings, language: Language) -> list[KeyFigure]:
    """By reports, returns and counts, of the period that is due next: as the page of coverage has it."""
    say, awaited = language.say, around.set_up.period_awaited(around.now)
    functions = [each.function_id for each in around.set_up.document.functions_with(Role.REPORTER)]
    silent = silent_functions(
        cursor,
        around.municipality,
        awaited,
        due_at=around.deadline,
        functions=functions,
        now=around.now,
    )
    period = said(period_in_words(awaited), language)
    return [
        KeyFigure(
            say("Funktioner som har hörts av", "Functions heard from"),
            len(functions) - len(silent),
            note=say(f"av {len(functions)}, {period}", f"of {len(functions)}, {period}"),
        ),
        KeyFigure(
            say("Har inte hörts av", "Not heard from"),
            len(silent),
            note=say("tystnad är inte detsamma som lugn", "silence is not calm")
            if silent
            else say("alla har hörts av", "all have been heard from"),
        ),
    ]


def _within(around: Surroundings, period: ReportingPeriod) -> Selection:
    return Selection(around.municipality, starts_at=period.starts_at, ends_at=period.ends_at)


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
