"""The phone page: report in under a minute, with gloves on, also without JavaScript."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import read_form
from est_chassis.web.frame import page
from est_chassis.web.parts import Choice
from est_contracts.vocabulary import SEVERITY_WORDS, STOCKHOLM, ChecklistEntry, Role, Week
from est_intake.domain.guard import FINDING_WORDS, findings
from est_intake.domain.report_refusals import ReportSaysSomethingElse
from est_intake.pages import report_form
from est_intake.pages.report_form import ReportForm
from est_intake.pages.soft_words import softly
from est_intake.pages.surroundings import Surroundings, surroundings

router = APIRouter(include_in_schema=False)

Reporting = Annotated[Caller, Depends(allow(Role.REPORTER, Role.COORDINATOR))]

#: Entries longer than this stand one below the other on a phone.
LONG_WORDS = 45
WHEN = (
    Choice(report_form.JUST_NOW, "Nyss"),
    Choice(report_form.LAST_NIGHT, "I natt"),
    Choice(report_form.YESTERDAY_EVENING, "I går kväll"),
    Choice(report_form.CHOSEN, "Välj tid"),
)
SEVERITIES = tuple(Choice(str(step), str(step), words.sv) for step, words in SEVERITY_WORDS.items())


@router.get("/report")
async def empty_form(request: Request, caller: Reporting) -> Response:
    around = await surroundings(request, caller)
    own = around.function.area_ids if around.function else ()
    form = ReportForm(opened_at=around.now.isoformat(), area=own[0] if own else "")
    return _form_page(request, around, form)


@router.post("/report")
async def send_form(request: Request, caller: Reporting) -> Response:
    around = await surroundings(request, caller)
    form = ReportForm.sent(await read_form(request))
    errors = form.missing(around.now)
    if errors:
        return _form_page(request, around, form, errors=errors)
    submission = form.submission(around.municipality, around.now)
    try:
        await around.service.do(lambda app: app.submit_report(submission, around.sender))
    except ReportSaysSomethingElse:
        # Sent, gone back to, changed and sent again: that is another report.
        return _form_page(request, around, replace(form, report_id=uuid4()), sent_before=form.report_id)
    except Rejected as refusal:
        return _form_page(request, around, form, errors=_told(refusal))
    return RedirectResponse(f"/report/{form.report_id}/receipt", status_code=303)


@router.post("/report/hint")
async def hint(request: Request, caller: Reporting) -> Response:
    """What the guard says of a text while it is being written. Nothing is kept."""
    around = await surroundings(request, caller)
    text = (await read_form(request)).text("text")[: report_form.LONGEST_TEXT]
    today = around.now.astimezone(STOCKHOLM).date()
    hints = [FINDING_WORDS[finding].sv for finding in findings(text, today=today)]
    return page(request, "text_hint.html", hints=hints)


@router.get("/report/{report_id}/receipt")
async def receipt(report_id: UUID, request: Request, caller: Reporting) -> Response:
    around = await surroundings(request, caller)
    found = await around.service.do(
        lambda app: app.report(around.municipality, report_id, reader=around.sender)
    )
    incident = found.report.incident
    return page(
        request,
        "receipt.html",
        title="Kvitto",
        report=found.report,
        softly=softly,
        text=found.text,
        entry=around.set_up.entries.get(incident.checklist_entry),
        area=around.area_name(incident.area),
        period=Week.of(incident.happened_at),
        severity_words=SEVERITY_WORDS,
        deadline=around.deadline,
    )


def _told(refusal: Rejected) -> dict[str, str]:
    """What to do about each field; two objections to one field stand after each other."""
    told: dict[str, str] = {}
    for field, words in refusal.errors:
        told[field] = f"{told[field]} {words.sv}" if field in told else words.sv
    return told or {"text": refusal.words.sv}


def _form_page(
    request: Request,
    around: Surroundings,
    form: ReportForm,
    *,
    errors: dict[str, str] | None = None,
    sent_before: UUID | None = None,
) -> Response:
    own = around.function.area_ids if around.function else ()
    areas = around.set_up.document.areas
    return page(
        request,
        "report.html",
        status_code=422 if errors else 409 if sent_before else 200,
        title="Rapportera",
        form=form,
        errors=errors or {},
        sent_before=sent_before,
        seat=around.caller.name,
        softly=softly,
        entries=_for_this_party(around, theirs=True),
        has_long_entries=any(
            len(entry.words.sv) > LONG_WORDS for entry in _for_this_party(around, theirs=True)
        ),
        other_entries=_for_this_party(around, theirs=False),
        own_areas=[Choice(each.area_id, each.name) for each in areas if each.area_id in own],
        all_areas=[Choice("", "Hela kommunen"), *(Choice(each.area_id, each.name) for each in areas)],
        when=WHEN,
        severities=SEVERITIES,
        latest_moment=around.now.astimezone(STOCKHOLM).strftime("%Y-%m-%dT%H:%M"),
        deadline=around.deadline,
    )


def _for_this_party(around: Surroundings, *, theirs: bool) -> list[ChecklistEntry]:
    """The entries that the seat's party mainly reports, or those of the others."""
    parties = (None, around.caller.party)
    return [entry for entry in around.set_up.entries.values() if (entry.party in parties) is theirs]
