"""The phone page: report in under a minute, with gloves on, also without JavaScript and without a net."""

from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_contracts.vocabulary import ChecklistEntry, Role, Words
from est_intake.domain.report_refusals import ReportSaysSomethingElse
from est_intake.pages.filled_seats import OwnAndFilled, own_and_filled
from est_intake.pages.reporting.choices import choices_for
from est_intake.pages.reporting.form import Errors, ReportForm
from est_intake.pages.reporting.receipts import practice_receipt
from est_intake.pages.soft_words import softly
from est_intake.pages.surroundings import Surroundings, surroundings

router = APIRouter(include_in_schema=False)

Reporting = Annotated[Caller, Depends(allow(Role.REPORTER, Role.COORDINATOR))]

REPORT = Words(sv="Rapportera", en="Report")
PRACTISE = Words(sv="Öva på att rapportera", en="Practise reporting")
FIELDS = {
    "happened_at": "when",
    "happened_until": "until",
    "point": "place",
    "function": "checklist_entry",
    "municipality": "checklist_entry",
}


@dataclass(frozen=True)
class OpenReport:
    """A form that is shown, and what goes before it on the page."""

    form: ReportForm
    errors: Errors | None = None
    sent_before: UUID | None = None
    just_sent: UUID | None = None
    own: OwnAndFilled | None = None


@router.get("/report")
async def empty_form(request: Request, caller: Reporting) -> Response:
    """The form, or one more of the same sending, or one to practise on."""
    around = await surroundings(request, caller)
    asked = request.query_params
    seat = around.stood_in_for(asked.get("function", "")) or around.function
    areas = seat.area_ids if seat else ()
    together = _uuid_or_none(asked.get("together"))
    form = ReportForm(
        function=seat.function_id if seat and seat != around.function else "",
        opened_at=around.now.isoformat(),
        area=asked.get("area") or (areas[0] if areas else ""),
        other_area=asked.get("other_area", ""),
        is_practice="practice" in asked,
        sent_together=together or uuid4(),
        is_one_of_several=together is not None,
    )
    own = None if form.is_practice or together else await own_and_filled(around)
    just_sent = _uuid_or_none(asked.get("sent"))
    return _form_page(request, around, OpenReport(form, just_sent=just_sent, own=own))


@router.post("/report")
async def send_form(request: Request, caller: Reporting) -> Response:
    around = await surroundings(request, caller)
    form = ReportForm.sent(await read_form(request))
    entry = around.set_up.entries.get(form.checklist_entry)
    errors = form.missing(around.now, entry)
    if errors or entry is None:
        return _form_page(request, around, OpenReport(form, errors))
    try:
        return await _sent(request, around, form, entry=entry)
    except ReportSaysSomethingElse:
        # Sent, gone back to, changed and sent again: that is another report.
        another = replace(form, report_id=uuid4())
        return _form_page(request, around, OpenReport(another, sent_before=form.report_id))
    except Rejected as refusal:
        return _form_page(request, around, OpenReport(form, _told(refusal)))


async def _sent(
    request: Request, around: Surroundings, form: ReportForm, *, entry: ChecklistEntry
) -> Response:
    submission = form.submission(around.municipality, around.now, entry)
    if form.is_practice:
        await around.service.rehearse(lambda app: app.reporting.submit_report(submission, around.sender))
        return practice_receipt(request, around, submission)
    await around.service.do(lambda app: app.reporting.submit_report(submission, around.sender))
    await around.service.shown()
    if form.adds_another:
        kept = {"together": form.sent_together, "sent": form.report_id, "area": form.area}
        if form.function:
            kept["function"] = form.function
        return RedirectResponse(
            f"/report?{urlencode({**kept, 'other_area': form.other_area})}", status_code=303
        )
    return RedirectResponse(f"/report/{form.report_id}/receipt", status_code=303)


def _told(refusal: Rejected) -> Errors:
    """What to do about each field; two objections to one field stand after each other."""
    told: Errors = {}
    for name, words in refusal.errors:
        field = FIELDS.get(name, name)
        before = told.get(field)
        told[field] = Words(sv=f"{before.sv} {words.sv}", en=f"{before.en} {words.en}") if before else words
    return told or {"text": refusal.words}


def _form_page(request: Request, around: Surroundings, opened: OpenReport) -> Response:
    language, form, errors = language_of(request), opened.form, opened.errors or {}
    return page(
        request,
        "report.html",
        status_code=422 if errors else 409 if opened.sent_before else 200,
        title=PRACTISE if form.is_practice else REPORT,
        form=form,
        errors={field: said(words, language) for field, words in errors.items()},
        sent_before=opened.sent_before,
        just_sent=opened.just_sent,
        own=opened.own,
        seat=around.function_title(form.function) if form.function else around.caller.name,
        softly=softly,
        municipality=around.municipality,
        function=around.caller.function or "",
        choices=choices_for(around, language),
        deadline=around.deadline,
    )


def _uuid_or_none(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
