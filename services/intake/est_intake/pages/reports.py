"""The list of reports: all of the municipality for coordinators, one's own for reporters."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import read_form
from est_chassis.web.frame import page
from est_chassis.web.parts import Choice
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import (
    SEVERITY_WORDS,
    STOCKHOLM,
    THEME_WORDS,
    WITHDRAWAL_REASON_WORDS,
    InvalidPeriod,
    Role,
    Theme,
    Week,
    WithdrawalReason,
)
from est_intake.domain.guard import FINDING_WORDS, warns
from est_intake.pages.soft_words import softly
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.read_models.recent_reports import ReportRow, Selection, count, latest

router = APIRouter(include_in_schema=False)

Reading = Annotated[Caller, Depends(allow(Role.COORDINATOR, Role.STRATEGIST, Role.REPORTER))]
Withdrawing = Annotated[Caller, Depends(allow(Role.COORDINATOR, Role.REPORTER))]

ON_A_PAGE = 50
REASONS = tuple(Choice(reason, words.sv) for reason, words in WITHDRAWAL_REASON_WORDS.items())


@dataclass(frozen=True)
class ListedReport:
    """A report in the words of its municipality."""

    row: ReportRow
    what: str
    theme: str
    area: str
    reporter: str
    severity: str
    text: str | None
    withdrawn: str
    warnings: tuple[str, ...]


@router.get("/reports")
async def list_reports(
    request: Request, caller: Reading, period: str = "", area: str = "", theme: str = "", page_number: int = 1
) -> Response:
    around = await surroundings(request, caller)
    week = _week(period) or around.week
    wanted = Selection(
        around.municipality,
        starts_at=week.starts_at,
        ends_at=week.ends_at,
        area=area or None,
        theme=theme or None,
        function=None if _sees_all(caller) else caller.function,
    )
    turned_to = min(max(page_number, 1), 1_000)

    def ask(cursor: Cursor) -> tuple[int, list[ReportRow]]:
        rows = latest(cursor, wanted, limit=ON_A_PAGE + 1, offset=(turned_to - 1) * ON_A_PAGE)
        return count(cursor, wanted), rows

    total, rows = await around.service.ask(ask)
    return page(
        request,
        "reports.html",
        title="Rapporter" if _sees_all(caller) else "Mina rapporter",
        week=week,
        next_week=week.next if week < around.week else None,
        wanted=wanted,
        total=total,
        reports=[_listed(row, around) for row in rows[:ON_A_PAGE]],
        page_number=turned_to,
        has_more=len(rows) > ON_A_PAGE,
        sees_all=_sees_all(caller),
        softly=softly,
        may_withdraw=caller.has(Role.COORDINATOR, Role.REPORTER),
        areas=[Choice("", "Alla områden"), *_areas(around)],
        themes=[Choice("", "Alla teman"), *(Choice(each, THEME_WORDS[each].sv) for each in Theme)],
        reasons=REASONS,
        deadline=around.deadline,
    )


@router.post("/reports/{report_id}/withdrawal")
async def withdraw(report_id: UUID, request: Request, caller: Withdrawing) -> Response:
    around = await surroundings(request, caller)
    try:
        reason = WithdrawalReason((await read_form(request)).text("reason"))
    except ValueError:
        raise not_found() from None
    report = await around.service.do(
        lambda app: app.withdraw_report(around.municipality, report_id, reason=reason, by=around.sender)
    )
    await around.service.shown()
    period = Week.of(report.incident.happened_at)
    return RedirectResponse(f"/reports?period={period}", status_code=303)


def _listed(row: ReportRow, around: Surroundings) -> ListedReport:
    entry = around.set_up.entries.get(row.checklist_entry)
    may_read = around.caller.has(Role.COORDINATOR) or row.function == around.caller.function
    text = row.text if may_read else None
    today = around.now.astimezone(STOCKHOLM).date()
    because = row.withdrawn_because
    return ListedReport(
        row=row,
        what=entry.words.sv if entry else THEME_WORDS[row.theme].sv,
        theme=THEME_WORDS[row.theme].sv,
        area=around.area_name(row.area),
        reporter=f"{around.function_title(row.function)}, {around.organisation_name(row.organisation)}",
        severity=SEVERITY_WORDS[row.severity].sv if row.severity else "",
        text=text,
        withdrawn=WITHDRAWAL_REASON_WORDS[because].sv if because else "",
        warnings=tuple(FINDING_WORDS[finding].sv for finding in warns(text or "", today=today)),
    )


def _areas(around: Surroundings) -> list[Choice]:
    return [Choice(each.area_id, each.name) for each in around.set_up.document.areas]


def _sees_all(caller: Caller) -> bool:
    return caller.has(Role.COORDINATOR, Role.STRATEGIST)


def _week(written: str) -> Week | None:
    try:
        return Week.parse(written) if written else None
    except InvalidPeriod:
        raise not_found() from None
