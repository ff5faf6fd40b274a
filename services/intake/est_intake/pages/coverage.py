"""The page of coverage: which functions have been heard of the last periods, and who is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import read_form
from est_chassis.web.frame import page
from est_chassis.web.numbers import whole_number
from est_contracts.vocabulary import (
    CollaborationDocument,
    Function,
    Organisation,
    ReportingPeriod,
    Role,
    Words,
)
from est_intake.domain.period_watch import (
    FunctionDoesNotReport,
    FunctionHasBeenHeard,
    FunctionHasNoMailbox,
    FunctionWasJustReminded,
)
from est_intake.pages.periods import asked_period, next_period
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.questions.periods_then import PeriodThen, periods_then, voices_then
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
    """One function and what was heard of it, period by period; nothing where it was not to report."""

    function: Function
    voices: Sequence[Voice | None]


@dataclass(frozen=True)
class Matrix:
    """Periods against the functions of today, and of then."""

    document: CollaborationDocument
    thens: Sequence[PeriodThen]
    voices: Mapping[tuple[str, ReportingPeriod], Voice]

    def groups(self) -> Iterator[tuple[Organisation, list[CoverageRow]]]:
        """By organisation, in the order of today's set-up; whoever reports no longer comes after."""
        functions: dict[str, Function] = {}
        organisations: dict[str, Organisation] = {}
        for document in (self.document, *(each.set_up.document for each in reversed(self.thens))):
            for each in document.functions_with(Role.REPORTER):
                functions.setdefault(each.function_id, each)
            for organisation in document.organisations:
                organisations.setdefault(organisation.organisation_id, organisation)
        for organisation_id, organisation in organisations.items():
            own = [each for each in functions.values() if each.organisation_id == organisation_id]
            rows = [row for row in map(self._row, own) if any(row.voices)]
            if rows:
                yield organisation, rows

    def _row(self, function: Function) -> CoverageRow:
        heard = [self.voices.get((function.function_id, each.period)) for each in self.thens]
        return CoverageRow(function, heard)


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
            lambda app: app.reminding.remind_return(
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


@router.post("/coverage/reminders/all")
async def remind_all(request: Request, caller: Coordinating) -> Response:
    """One tap reminds everyone who has not been heard of the period."""
    around = await surroundings(request, caller)
    period = asked_period(around, (await read_form(request)).text("period"))
    letters = await around.service.do(
        lambda app: app.reminding.remind_all(
            around.municipality, period_name=str(period), by=around.sender, silence=silent_functions
        )
    )
    return RedirectResponse(f"/coverage?period={period}&letters={letters}", status_code=303)


async def _matrix(
    request: Request, around: Surroundings, last: ReportingPeriod, *, reminded: str, refused: str
) -> Response:
    periods = [last]
    while len(periods) < PERIODS_SHOWN:
        periods.insert(0, periods[0].previous)
    matrix = await around.service.ask(lambda cursor: _asked(cursor, around, periods))
    heard = [voice.heard for (_function, period), voice in matrix.voices.items() if period == last]
    return page(
        request,
        "coverage.html",
        title=TITLE,
        groups=list(matrix.groups()),
        periods=periods,
        last=last,
        due_at=matrix.thens[-1].due_at,
        following=next_period(around, last),
        counted={kind: heard.count(kind) for kind in Heard},
        functions=len(heard),
        signs=SIGNS,
        words=HEARD_WORDS,
        silent=(Heard.AWAITED, Heard.MISSING),
        may_remind=around.caller.has(Role.COORDINATOR),
        reporters={each.function_id for each in around.set_up.document.functions_with(Role.REPORTER)},
        reminded=around.function_title(reminded) if reminded else "",
        letters=whole_number(request.query_params.get("letters", "")),
        refused=REFUSALS.get(refused),
        title_of=around.function_title,
    )


def _asked(cursor: Cursor, around: Surroundings, periods: Sequence[ReportingPeriod]) -> Matrix:
    thens = periods_then(cursor, around.set_up, periods, now=around.now)
    since = [each.function_id for each in around.set_up.document.functions_with(Role.REPORTER)]
    voices = voices_then(cursor, thens, besides=since, now=around.now)
    return Matrix(around.set_up.document, thens, voices)
