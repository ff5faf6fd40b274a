"""My reports: what a seat has sent, its receipts, and what came of it."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import read_form
from est_chassis.web.frame import page
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import (
    SEVERITY_WORDS,
    THEME_WORDS,
    WITHDRAWAL_REASON_WORDS,
    Role,
    WithdrawalReason,
    Words,
)
from est_intake.domain.thanks import about_measure, about_problem
from est_intake.pages.reporting.receipts import period_in_words
from est_intake.pages.soft_words import softly
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.questions.own_reports import OwnPeriods, OwnReport, own_periods, own_reports
from est_intake.read_models.consequences import PictureWithIt, ProblemBehindIt
from est_intake.read_models.coverage import HEARD_WORDS

router = APIRouter(include_in_schema=False)

Reporting = Annotated[Caller, Depends(allow(Role.REPORTER, Role.COORDINATOR))]

ON_A_PAGE = 30
PICTURES_SHOWN = 3
MY_REPORTS = Words(sv="Mina rapporter", en="My reports")


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report of one's own, in the words of its municipality."""

    own: OwnReport
    what: Words
    where: Words
    severity: Words | None
    written_by: str
    pictures: tuple[tuple[PictureWithIt, Words | None], ...]
    thanks: tuple[Words, ...]


@router.get("/my-reports")
async def my_reports(
    request: Request, caller: Reporting, before: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    around = await surroundings(request, caller)
    function = caller.function or ""

    def ask(cursor: Cursor) -> tuple[list[OwnReport], OwnPeriods]:
        reports = own_reports(cursor, around.set_up, function=function, limit=ON_A_PAGE + 1, before=before)
        return reports, own_periods(cursor, around.set_up, function=function, now=around.now)

    reports, periods = await around.service.ask(ask)
    shown = reports[:ON_A_PAGE]
    return page(
        request,
        "my_reports.html",
        title=MY_REPORTS,
        municipality=around.municipality,
        function=function,
        reports=[_shown(each, around) for each in shown],
        next_before=shown[-1].row.position if len(reports) > ON_A_PAGE else None,
        is_first_page=before is None,
        periods=periods,
        period_in_words=period_in_words,
        heard_words=HEARD_WORDS,
        is_reporter=caller.has(Role.REPORTER),
        reasons=WITHDRAWAL_REASON_WORDS,
        softly=softly,
    )


@router.get("/my-reports/waiting")
async def only_what_waits(request: Request, caller: Reporting) -> Response:
    """What the phone keeps of My reports for when there is no net: nothing that anybody has sent."""
    around = await surroundings(request, caller)
    return page(
        request,
        "my_reports_waiting.html",
        title=MY_REPORTS,
        municipality=around.municipality,
        function=caller.function or "",
    )


@router.post("/my-reports/{report_id}/withdrawal")
async def withdraw(report_id: UUID, request: Request, caller: Reporting) -> Response:
    around = await surroundings(request, caller)
    try:
        reason = WithdrawalReason((await read_form(request)).text("reason"))
    except ValueError:
        raise not_found() from None
    await around.service.do(
        lambda app: app.judging.withdraw_report(
            around.municipality, report_id, reason=reason, by=around.sender
        )
    )
    return await _back_to(around, report_id)


@router.post("/my-reports/{report_id}/reinstatement")
async def reinstate(report_id: UUID, request: Request, caller: Reporting) -> Response:
    """Let a report count again that one took back oneself."""
    around = await surroundings(request, caller)
    await around.service.do(
        lambda app: app.judging.reinstate_report(around.municipality, report_id, by=around.sender)
    )
    return await _back_to(around, report_id)


@router.post("/my-reports/{report_id}/erasure")
async def erase_words(report_id: UUID, request: Request, caller: Reporting) -> Response:
    """Let one's words be gone for good; the incident still counts."""
    around = await surroundings(request, caller)
    await around.service.do(
        lambda app: app.judging.erase_text(around.municipality, report_id, by=around.sender)
    )
    return await _back_to(around, report_id)


async def _back_to(around: Surroundings, report_id: UUID) -> Response:
    await around.service.shown()
    return RedirectResponse(f"/my-reports#report-{report_id}", status_code=303)


def _shown(own: OwnReport, around: Surroundings) -> ShownReport:
    row = own.row
    entry = around.set_up.entries.get(row.checklist_entry)
    entered_by = row.entered_by if row.entered_by != row.function else None
    return ShownReport(
        own=own,
        what=entry.words if entry else THEME_WORDS[row.theme],
        where=around.area_words(row.area),
        severity=SEVERITY_WORDS[row.severity] if row.severity else None,
        written_by=around.function_title(entered_by) if entered_by else "",
        pictures=tuple(
            (each, each.scope.words(around.set_up.document))
            for each in own.consequence.pictures[:PICTURES_SHOWN]
        ),
        thanks=thanks_for(own.consequence.problem, around),
    )


def thanks_for(problem: ProblemBehindIt | None, around: Surroundings) -> tuple[Words, ...]:
    """What came of it, in plain words: the problem first, then what is done about it."""
    if problem is None:
        return ()
    area = around.area_words(problem.area).sv
    about = about_problem(
        theme=problem.theme, area=area, reports=problem.reports, is_confirmed=problem.is_confirmed
    )
    measures = [
        about_measure(each.kind, due_on=each.due_on, completed_at=each.completed_at)
        for each in problem.measures
    ]
    return (about, *measures)
