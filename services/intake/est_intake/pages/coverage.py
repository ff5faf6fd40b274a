"""The page of coverage: which functions have been heard of the last periods, and who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import read_form
from est_chassis.web.frame import page
from est_contracts.vocabulary import Function, ReportingPeriod, Role, Words
from est_intake.domain.period_watch import (
    FunctionDoesNotReport,
    FunctionHasBeenHeard,
    FunctionHasNoMailbox,
    FunctionWasJustReminded,
)
from est_intake.pages.periods import asked_period, next_period, voices_of
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.read_models.coverage import HEARD_WORDS, Heard, Voice, silent_functions

router = APIRouter(include_in_schema=False)

Reading = Annotated[Caller, Depends(allow(Role.COORDINATOR, Role.STRATEGIST))]
Coordinating = Annotated[Caller, Depends(allow(Role.COORDINATOR))]

TITLE = Words(sv="Täckning", en="Coverage")
PERIODS_SHOWN = 8
#: The sign says it without its colour, and a word stands beside it.
SIGNS = {Heard.REPORTED: "●", Heard.NOTHING: "○", Heard.AWAITED: "…", Heard.MISSING: "✕"}

#: What the page says of a reminder that was not sent.
REFUSALS = {
    each.code: each.words
    for each in (FunctionWasJustReminded, FunctionHasBeenHeard, FunctionDoesNotReport, FunctionHasNoMailbox)
}


@dataclass(frozen=True)
class CoverageRow:
    """One function and what was heard of it, period by period."""

    function: Function
    voices: Sequence[Voice]


@router.get("/coverage")
async def show_coverage(
    request: Request, caller: Reading, period: str = "", reminded: str = "", refused: str = ""
) -> Response:
    around = await surroundings(request, caller)
    return await _matrix(request, around, asked_period(around, period), reminded=reminded, refused=refused)


@router.post("/coverage/reminders")
async def remind(request: Request, caller: Coordinating) -> Response:
    """One tap reminds one function of one period."""
    around = await surroundings(request, caller)
    sent = await read_form(request)
    period, function = asked_period(around, sent.text("period")), sent.text("function")
    shown = asked_period(around, sent.text("shown"))
    try:
        await around.service.do(
            lambda app: app.remind_return(
                around.municipality,
                function=function,
                period_name=str(period),
                by=around.sender,
                silence=silent_functions,
            )
        )
    except Rejected as refusal:
        return RedirectResponse(f"/coverage?period={shown}&refused={refusal.code}", status_code=303)
    return RedirectResponse(f"/coverage?period={shown}&reminded={function}", status_code=303)


async def _matrix(
    request: Request, around: Surroundings, last: ReportingPeriod, *, reminded: str, refused: str
) -> Response:
    periods = [last]
    while len(periods) < PERIODS_SHOWN:
        periods.insert(0, periods[0].previous)
    functions = around.set_up.document.functions_with(Role.REPORTER)
    found = await voices_of(around, periods, functions=[each.function_id for each in functions])
    groups = [
        (
            organisation,
            [
                CoverageRow(each, [found[each.function_id, period] for period in periods])
                for each in functions
                if each.organisation_id == organisation.organisation_id
            ],
        )
        for organisation in around.set_up.document.organisations
    ]
    heard = [found[each.function_id, last].heard for each in functions]
    return page(
        request,
        "coverage.html",
        title=TITLE,
        groups=[(organisation, rows) for organisation, rows in groups if rows],
        periods=periods,
        last=last,
        due_at=around.set_up.due_at(last),
        following=next_period(around, last),
        counted={kind: heard.count(kind) for kind in Heard},
        functions=len(functions),
        signs=SIGNS,
        words=HEARD_WORDS,
        silent=(Heard.AWAITED, Heard.MISSING),
        may_remind=around.caller.has(Role.COORDINATOR),
        reminded=around.function_title(reminded) if reminded else "",
        refused=REFUSALS.get(refused),
        title_of=around.function_title,
    )
