"""What the public has told: a coordinator reads it, and it counts or goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.charts import Chart
from est_chassis.event_store import Cursor
from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import Language, language_of, said
from est_chassis.web.parts import Choice
from est_chassis.web.problems import not_found
from est_contracts.guard import FINDING_WORDS, findings
from est_contracts.vocabulary import SEVERITY_WORDS, STOCKHOLM, Coordinates, Role, Words, place_sv
from est_intake.application import Acceptance
from est_intake.application.geography import geography_of
from est_intake.domain.public_report import REASONS_TO_REJECT, REJECTION_REASON_WORDS, RejectionReason
from est_intake.pages.pointed_out import map_of_points, pin_at
from est_intake.pages.reporting.told_times import as_field, written
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.read_models.public_reports import PublicReportRow, count_waiting, waiting

router = APIRouter(include_in_schema=False)

Coordinating = Annotated[Caller, Depends(allow(Role.COORDINATOR))]
ON_A_PAGE = 20
WHOLE_MUNICIPALITY = Words(sv="Hela kommunen", en="The whole municipality")
OUTSIDE = Words(
    sv="Punkten som följde med tipset ligger i inget av områdena, och kanske utanför kartan.",
    en="The point that came with the report lies in none of the areas, and perhaps beyond the map.",
)
NO_SEVERITY = Words(sv="Anges inte", en="Not given")


@dataclass(frozen=True)
class WaitingReport:
    """A public report, as whoever decides about it sees it."""

    row: PublicReportRow
    told_at: str
    #: Where the point lies, as the areas are drawn today; else the area that was named.
    area: str
    #: What the guard would have a coordinator look at.
    questions: Sequence[str]
    where: Chart | None


@router.get("/public-reports")
async def list_public_reports(request: Request, caller: Coordinating) -> Response:
    """Those that wait, the one that has waited longest first."""
    return await _page(request, await surroundings(request, caller))


@router.post("/public-reports/{request_id}/acceptance")
async def accept(request_id: UUID, request: Request, caller: Coordinating) -> Response:
    around = await surroundings(request, caller)
    form = await read_form(request)
    found = _found(form)
    try:
        await around.service.do(
            lambda app: app.public_reporting.accept_public_report(
                around.municipality, request_id, found=found, by=around.sender
            )
        )
    except Rejected as refusal:
        return await _page(request, around, refused=(request_id, refusal))
    await around.service.shown()
    return RedirectResponse("/public-reports", status_code=303)


@router.post("/public-reports/{request_id}/rejection")
async def reject(request_id: UUID, request: Request, caller: Coordinating) -> Response:
    around = await surroundings(request, caller)
    try:
        reason = RejectionReason((await read_form(request)).text("reason"))
    except ValueError:
        raise not_found() from None
    if reason not in REASONS_TO_REJECT:
        raise not_found()
    try:
        await around.service.do(
            lambda app: app.public_reporting.reject_public_report(
                around.municipality, request_id, reason=reason, by=around.sender
            )
        )
    except Rejected as refusal:
        return await _page(request, around, refused=(request_id, refusal))
    await around.service.shown()
    return RedirectResponse("/public-reports", status_code=303)


def _found(form: FormValues) -> Acceptance:
    severity, moment = form.text("severity"), form.text("moment")
    return Acceptance(
        checklist_entry=form.text("checklist_entry"),
        area=form.text("area") or None,
        severity=int(severity) if severity in {str(step) for step in SEVERITY_WORDS} else None,
        text=form.text("text").replace("\r\n", "\n"),
        # An unchanged one keeps its seconds.
        happened_at=None if moment == form.text("told_at") else written(moment),
    )


async def _page(
    request: Request, around: Surroundings, *, refused: tuple[UUID, Rejected] | None = None
) -> Response:
    def ask(cursor: Cursor) -> tuple[list[PublicReportRow], int]:
        municipality = around.municipality
        return waiting(cursor, municipality, limit=ON_A_PAGE), count_waiting(cursor, municipality)

    rows, total = await around.service.ask(ask)
    language = language_of(request)
    return page(
        request,
        "public_reports.html",
        status_code=refused[1].http_status if refused else 200,
        title=Words(sv="Tips från allmänheten", en="Reports from the public"),
        is_open=around.set_up.document.open_to_the_public,
        municipality=around.municipality,
        reports=[_waiting(row, around, language) for row in rows],
        total=total,
        refused=_told(refused, language) if refused else ("", []),
        reasons={reason: REJECTION_REASON_WORDS[reason] for reason in REASONS_TO_REJECT},
        **_choices(around, language),
    )


def _choices(around: Surroundings, language: Language) -> dict[str, list[Choice]]:
    areas = around.set_up.document.areas
    severities = [
        Choice(str(step), f"{step} {said(words, language)}") for step, words in SEVERITY_WORDS.items()
    ]
    return {
        "entries": [
            Choice(each.entry_id, said(each.words, language)) for each in around.set_up.entries.values()
        ],
        "areas": [
            Choice("", said(WHOLE_MUNICIPALITY, language)),
            *(Choice(each.area_id, each.name) for each in areas),
        ],
        "severities": [Choice("", said(NO_SEVERITY, language)), *severities],
    }


def _waiting(row: PublicReportRow, around: Surroundings, language: Language) -> WaitingReport:
    lies_in = geography_of(around.set_up).area_at(row.point) if row.point else None
    return WaitingReport(
        row,
        told_at=as_field(row.received_at),
        area=lies_in or row.area or "",
        questions=_questions(row, around, language),
        where=_where(row, row.point, around, lies_in=lies_in, language=language) if row.point else None,
    )


def _where(
    row: PublicReportRow,
    point: Coordinates,
    around: Surroundings,
    *,
    lies_in: str | None,
    language: Language,
) -> Chart:
    entry = around.set_up.entries.get(row.checklist_entry)
    what = entry.words if entry else Words(sv=row.checklist_entry, en=row.checklist_entry)
    return map_of_points(
        f"where-{row.request_id}",
        [pin_at(point, what, language)],
        around,
        says=_where_it_lies(around.area_name(lies_in)) if lies_in else OUTSIDE,
        language=language,
    )


def _where_it_lies(area: str) -> Words:
    return Words(
        sv=f"Punkten som följde med tipset ligger {place_sv(area)}.",
        en=f"The point that came with the report lies in {area}.",
    )


def _questions(row: PublicReportRow, around: Surroundings, language: Language) -> list[str]:
    today = around.now.astimezone(STOCKHOLM).date()
    return [said(FINDING_WORDS[each], language) for each in findings(row.words or "", today=today)]


def _told(refused: tuple[UUID, Rejected], language: Language) -> tuple[str, list[str]]:
    request_id, refusal = refused
    words = [error.words for error in refusal.errors] or [refusal.words]
    return str(request_id), [said(each, language) for each in words]
