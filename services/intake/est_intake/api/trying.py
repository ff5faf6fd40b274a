"""How programmers try out what they send: everything is checked as in earnest, and nothing is recorded."""

import json
from datetime import timedelta
from typing import Any, Literal
from uuid import uuid4

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.failures import NotFound, Rejected
from est_chassis.service import Service
from est_chassis.web.access import Caller, CallerKind
from est_chassis.web.answers import problem_about
from est_chassis.web.bodies import SINGLE_LIMIT, accepts, parse_body, parse_json, read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import Language, language_of
from est_chassis.web.parts import Choice
from est_chassis.web.problems import Problem
from est_contracts.messages.requests import ReportReceipt, SubmitReport
from est_contracts.vocabulary import STOCKHOLM, FieldError, Role, Words
from est_intake.api.callers import Coordinating, Reporting, municipality_of, sender_of, service_of
from est_intake.api.described import with_example
from est_intake.api.reports import EXAMPLE_RECEIPT, EXAMPLE_REPORT, receipt_told, submission_of
from est_intake.application import Intake
from est_intake.domain.collaboration import SetUpInUse
from est_intake.read_models import collaborations

router = APIRouter()
#: The same for people: here and not among the pages, because only this door knows what programs send.
pages = APIRouter(include_in_schema=False)


class Rehearsal(BaseModel):
    """What would have happened: a receipt, or the problem that POST /v1/reports answers with."""

    would_be: Literal["recorded", "repeated", "refused"]
    status: int
    receipt: ReportReceipt | None = None
    problem: dict[str, Any] | None = None


EXAMPLE_REHEARSAL = {"would_be": "recorded", "status": 201, "receipt": EXAMPLE_RECEIPT}
REHEARSALS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "What would have happened, whether it would have been recorded or not.",
        "content": {"application/json": {"example": EXAMPLE_REHEARSAL}},
    }
}


@router.post(
    "/v1/reports:test",
    response_model=Rehearsal,
    responses=REHEARSALS,
    openapi_extra=with_example(accepts(SubmitReport), EXAMPLE_REPORT),
)
async def try_report(request: Request, caller: Reporting) -> Response:
    """Send what you would send to /v1/reports: set-up, guard and all else check it, and nothing is kept."""
    try:
        report = await parse_body(request, SubmitReport)
        told = await rehearsed(service_of(request), report, caller)
    except (Problem, Rejected) as refusal:
        told = _refused(problem_about(refusal))
    said = told.model_dump(mode="json")
    return JSONResponse({name: part for name, part in said.items() if part is not None})


async def rehearsed(service: Service[Intake], report: SubmitReport, caller: Caller) -> Rehearsal:
    """Raises whatever would stand in the way of the report."""
    submission, sender = submission_of(report, caller), sender_of(caller)
    receipt = await service.rehearse(lambda app: app.reporting.submit_report(submission, sender))
    return Rehearsal(
        would_be="repeated" if receipt.repeated else "recorded",
        status=200 if receipt.repeated else 201,
        receipt=receipt_told(receipt),
    )


@pages.get("/keys/test")
async def empty_trial(request: Request, caller: Coordinating) -> Response:
    """A page on which to paste what a program sends."""
    set_up = await _set_up(request, caller)
    return _trial_page(request, set_up, body=_example(request, set_up), function="")


@pages.post("/keys/test")
async def send_trial(request: Request, caller: Coordinating) -> Response:
    set_up = await _set_up(request, caller)
    form = await read_form(request, limit=2 * SINGLE_LIMIT)
    try:
        holder = _in_the_seat_of(set_up, form.text("function"))
        told = await rehearsed(
            service_of(request), parse_json(form.text("body").encode(), SubmitReport), holder
        )
    except (Problem, Rejected) as refusal:
        told = _refused(problem_about(refusal))
    return _trial_page(request, set_up, body=form.text("body"), function=form.text("function"), told=told)


def _trial_page(
    request: Request, set_up: SetUpInUse, *, body: str, function: str, told: Rehearsal | None = None
) -> Response:
    reporters = set_up.document.functions_with(Role.REPORTER)
    return page(
        request,
        "try_report.html",
        title=Words(sv="Prova en rapport", en="Try a report"),
        functions=[Choice(each.function_id, each.title) for each in reporters],
        function=function,
        body=body,
        told=told,
        **_in_words(told, language_of(request)),
    )


def _in_words(told: Rehearsal | None, language: Language) -> dict[str, Any]:
    """The answer as it would have come, and why it was refused in the reader's language."""
    if told is None:
        return {"answer": "", "detail": "", "reasons": []}
    problem = told.problem or {}
    detail, message = (
        ("detail_en", "message_en") if language is Language.ENGLISH else ("detail", "message_sv")
    )
    return {
        "answer": json.dumps(told.model_dump(mode="json", exclude_none=True), indent=2, ensure_ascii=False),
        "detail": problem.get(detail, ""),
        "reasons": [(error["field"], error[message]) for error in problem.get("errors", ())],
    }


async def _set_up(request: Request, caller: Caller) -> SetUpInUse:
    municipality = municipality_of(caller, None)
    set_up = await service_of(request).ask(lambda cursor: collaborations.in_use(cursor, municipality))
    if set_up is None:
        raise NotFound(municipality)
    return set_up


def _in_the_seat_of(set_up: SetUpInUse, function_id: str) -> Caller:
    """Whoever a key of this function would let in."""
    function = next(
        (each for each in set_up.document.functions_with(Role.REPORTER) if each.function_id == function_id),
        None,
    )
    if function is None:
        words = Words(sv="Välj en funktion som rapporterar.", en="Choose a function that reports.")
        raise Problem(422, "invalid", errors=(FieldError("function", words),))
    return Caller(
        CallerKind.KEY,
        municipality=set_up.document.municipality,
        function=function.function_id,
        roles=frozenset({Role.REPORTER}),
    )


def _example(request: Request, set_up: SetUpInUse) -> str:
    """A report that would be recorded here and now."""
    an_hour_ago = service_of(request).clock.now() - timedelta(hours=1)
    report = {
        "report_id": str(uuid4()),
        "municipality": set_up.document.municipality,
        "checklist_entry": next(iter(set_up.entries)),
        "area": next(iter(sorted(set_up.area_ids)), None),
        "happened_at": an_hour_ago.astimezone(STOCKHOLM).isoformat(timespec="minutes"),
        "severity": 3,
        "text": "Krossade rutor i cykelgaraget vid skolan.",
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def _refused(problem: Problem) -> Rehearsal:
    return Rehearsal(would_be="refused", status=problem.status, problem=problem.document())
