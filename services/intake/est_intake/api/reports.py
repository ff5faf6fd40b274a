"""How programs hand in reports."""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.failures import Rejected
from est_chassis.service import Service
from est_chassis.web.access import Caller, CallerKind
from est_chassis.web.answers import problem_about
from est_chassis.web.bodies import BATCH_LIMIT, accepts, parse_body
from est_chassis.web.field_words import field_errors
from est_chassis.web.problems import Problem
from est_chassis.web.swift import SwiftRoute
from est_contracts.examples import example_receipt, example_report
from est_contracts.messages.requests import ReportReceipt, SubmitReport
from est_contracts.vocabulary import Origin, Role
from est_intake.api.callers import Reporting, sender_of, service_of
from est_intake.api.described import with_example
from est_intake.application import Intake, Outcome, Receipt
from est_intake.domain.submission import Sender, Submission

LARGEST_BATCH = 1_000
#: So many reports of a batch share a transaction; other requests get their turn in between.
RECORDED_TOGETHER = 200

#: Where reports are handed in many times a second.
router = APIRouter(route_class=SwiftRoute)


class ReportBatch(BaseModel):
    """Many reports at once. Each is read and judged by itself."""

    model_config = ConfigDict(extra="forbid")

    reports: Annotated[list[JsonValue], Field(min_length=1, max_length=LARGEST_BATCH)]


EXAMPLE_REPORT = json.loads(example_report().model_dump_json(exclude_none=True))
EXAMPLE_RECEIPT = json.loads(example_receipt().model_dump_json())
EXAMPLE_OUTCOME = {
    "report_id": EXAMPLE_REPORT["report_id"], "outcome": "recorded", "status": 201, "receipt": EXAMPLE_RECEIPT
}  # fmt: skip
ONE_REPORT = with_example(accepts(SubmitReport), EXAMPLE_REPORT)
MANY_REPORTS = with_example(accepts(ReportBatch), {"reports": [EXAMPLE_REPORT]})
RECEIPTS: dict[int | str, dict[str, Any]] = {
    201: {"description": "Recorded.", "content": {"application/json": {"example": EXAMPLE_RECEIPT}}},
    200: {"description": "Recorded before: the first receipt again.", "model": ReportReceipt},
}
OUTCOMES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One outcome for each report, in the order they were sent.",
        "content": {"application/json": {"example": {"outcomes": [EXAMPLE_OUTCOME]}}},
    }
}


@router.post(
    "/v1/reports", status_code=201, response_model=ReportReceipt, responses=RECEIPTS, openapi_extra=ONE_REPORT
)
async def submit_report(request: Request, caller: Reporting) -> Response:
    """Record a report once. The same report_id again is harmless: 200 and the first receipt."""
    report = await parse_body(request, SubmitReport)
    receipt = await submitted(service_of(request), report, caller)
    address = f"/v1/reports/{receipt.report_id}"
    if caller.municipality is None:
        address += f"?municipality={receipt.municipality}"
    return Response(
        receipt_told(receipt).model_dump_json(),
        status_code=200 if receipt.repeated else 201,
        headers={"Location": address},
        media_type="application/json",
    )


@router.post("/v1/reports:batch", responses=OUTCOMES, openapi_extra=MANY_REPORTS)
async def submit_reports(request: Request, caller: Reporting) -> Response:
    """Up to 1,000 reports. Each has its own outcome: recorded, repeated, or refused with the reasons."""
    batch = await parse_body(request, ReportBatch, limit=BATCH_LIMIT)
    read = await run_in_threadpool(lambda: [_read(part, caller) for part in batch.reports])
    submissions = [each for each in read if isinstance(each, Submission)]
    service, sender, outcomes = service_of(request), sender_of(caller), list[Outcome]()
    for begin in range(0, len(submissions), RECORDED_TOGETHER):
        together = submissions[begin : begin + RECORDED_TOGETHER]
        outcomes += await service.do(partial(_submit_together, together=together, sender=sender))
    return JSONResponse({"outcomes": list(_outcomes(read, outcomes))})


def _submit_together(app: Intake, *, together: Sequence[Submission], sender: Sender) -> list[Outcome]:
    return app.reporting.submit_reports(together, sender)


async def submitted(service: Service[Intake], report: SubmitReport, caller: Caller) -> Receipt:
    submission, sender = submission_of(report, caller), sender_of(caller)
    return await service.do(lambda app: app.reporting.submit_report(submission, sender))


def _read(part: JsonValue, caller: Caller) -> Submission | Problem:
    """One report of a batch, read as if it had come alone."""
    try:
        return submission_of(SubmitReport.model_validate_json(json.dumps(part), strict=True), caller)
    except ValidationError as refused:
        errors = field_errors(refused.errors(include_url=False, include_input=False))
        return Problem(422, "invalid", errors=errors)


def _outcomes(read: Sequence[Submission | Problem], judged: Iterable[Outcome]) -> Iterable[dict[str, Any]]:
    """In the order they were sent: those that could not be read, and those that were judged."""
    judgements = iter(judged)
    for each in read:
        if isinstance(each, Problem):
            yield _refused(None, each)
            continue
        outcome = next(judgements)
        if isinstance(outcome, Rejected):
            yield _refused(each.report_id, problem_about(outcome))
        else:
            yield {
                "report_id": str(each.report_id),
                "outcome": "repeated" if outcome.repeated else "recorded",
                "status": 200 if outcome.repeated else 201,
                "receipt": receipt_told(outcome).model_dump(mode="json"),
            }


def _refused(report_id: UUID | None, problem: Problem) -> dict[str, Any]:
    told = None if report_id is None else str(report_id)
    return {"report_id": told, "outcome": "refused", "status": problem.status, "problem": problem.document()}


def submission_of(report: SubmitReport, caller: Caller) -> Submission:
    return Submission(**report.__dict__, origin=origin_of(caller, source=report.source))


def origin_of(caller: Caller, *, source: str | None) -> Origin:
    """The door says where a report came from, the sender never does."""
    if caller.kind is not CallerKind.KEY:
        # The report page's own queue, which sends when there is a network again.
        return Origin.FORM
    brings_from_elsewhere = caller.has(Role.OPERATOR) and source is not None
    return Origin.IMPORT if brings_from_elsewhere else Origin.PROGRAM


def receipt_told(receipt: Receipt) -> ReportReceipt:
    return ReportReceipt(
        report_id=receipt.report_id,
        position=None,
        recorded_at=receipt.recorded_at,
        period=receipt.period,
        repeated=receipt.repeated,
    )
