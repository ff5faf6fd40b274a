"""How programmers try out what they send: everything is checked as in earnest, and nothing is recorded."""

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.failures import Rejected
from est_chassis.service import Service
from est_chassis.web.access import Caller
from est_chassis.web.answers import problem_about
from est_chassis.web.bodies import accepts, parse_body
from est_chassis.web.problems import Problem
from est_contracts.messages.requests import ReportReceipt, SubmitReport
from est_intake.api.callers import Reporting, sender_of, service_of
from est_intake.api.described import with_example
from est_intake.api.reports import EXAMPLE_RECEIPT, EXAMPLE_REPORT, receipt_told, submission_of
from est_intake.application import Intake

router = APIRouter()


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
    receipt = await service.rehearse(lambda app: app.submit_report(submission, sender))
    return Rehearsal(
        would_be="repeated" if receipt.repeated else "recorded",
        status=200 if receipt.repeated else 201,
        receipt=receipt_told(receipt),
    )


def _refused(problem: Problem) -> Rehearsal:
    return Rehearsal(would_be="refused", status=problem.status, problem=problem.document())
