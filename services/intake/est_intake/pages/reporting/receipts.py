"""What a reporter gets in return at once: which report it was, and what happens now."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import Caller, allow
from est_chassis.web.frame import page
from est_contracts.vocabulary import SEVERITY_WORDS, ReportingPeriod, Role, Week, Words
from est_intake.domain.incident_report import Incident
from est_intake.domain.submission import Submission
from est_intake.pages.soft_words import softly
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.questions.receipt_numbers import number_in

router = APIRouter(include_in_schema=False)

Reporting = Annotated[Caller, Depends(allow(Role.REPORTER, Role.COORDINATOR))]

RECEIPT = Words(sv="Kvitto", en="Receipt")
PRACTICE_RECEIPT = Words(sv="Övningskvitto", en="Practice receipt")


@router.get("/report/{report_id}/receipt")
async def receipt(report_id: UUID, request: Request, caller: Reporting) -> Response:
    around = await surroundings(request, caller)
    found = await around.service.do(
        lambda app: app.reporting.report(around.municipality, report_id, reader=around.sender)
    )
    incident = found.report.incident
    period = around.set_up.document.rhythm.period_of(incident.happened_at)
    number = await _number(around, report_id, period)
    view: dict[str, Any] = {"title": RECEIPT, "is_practice": False, "report": found.report, "number": number}
    return page(request, "receipt.html", text=found.text, **view, **_told(around, incident))


@router.get("/report/{report_id}/number")
async def receipt_number(report_id: UUID, request: Request, caller: Reporting) -> Response:
    """The number alone, for the queue of the phone page."""
    around = await surroundings(request, caller)
    found = await around.service.do(
        lambda app: app.reporting.report(around.municipality, report_id, reader=around.sender)
    )
    period = around.set_up.document.rhythm.period_of(found.report.incident.happened_at)
    await around.service.shown()
    words = period_in_words(period)
    number = await _number(around, report_id, period)
    return JSONResponse({"period_sv": words.sv, "period_en": words.en, "number": number})


def practice_receipt(request: Request, around: Surroundings, submission: Submission) -> Response:
    """How it would have ended; nothing of it is kept."""
    view: dict[str, Any] = {"title": PRACTICE_RECEIPT, "is_practice": True, "report": None, "number": None}
    told = _told(around, submission.incident(around.set_up))
    return page(request, "receipt.html", text=submission.text, **view, **told)


def _told(around: Surroundings, incident: Incident) -> dict[str, Any]:
    places = {each.place_id: each.name for each in around.set_up.document.places}
    period = around.set_up.document.rhythm.period_of(incident.happened_at)
    due_at = around.set_up.due_at(period)
    return {
        "incident": incident,
        "entry": around.set_up.entries.get(incident.checklist_entry),
        "area": around.area_words(incident.area),
        "named_place": places.get(incident.place or ""),
        "period": period_in_words(period),
        "severity_words": SEVERITY_WORDS,
        "deadline": due_at,
        "is_due": due_at <= around.now,
        "softly": softly,
    }


def period_in_words(period: ReportingPeriod) -> Words:
    """v. 47, or v. 46-47 when a period is two weeks."""
    first = Week.of_day(period.first_day).number
    last = Week.of_day(period.first_day + timedelta(days=period.days - 7)).number
    weeks = str(first) if first == last else f"{first}–{last}"
    return Words(sv=f"v. {weeks}", en=f"week {weeks}" if first == last else f"weeks {weeks}")


async def _number(around: Surroundings, report_id: UUID, period: ReportingPeriod) -> int | None:
    def ask(cursor: Cursor) -> int | None:
        return number_in(period, cursor, municipality=around.municipality, report_id=report_id)

    return await around.service.ask(ask)
