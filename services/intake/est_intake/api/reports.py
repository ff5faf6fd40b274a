"""How programs hand in reports, read them and withdraw them."""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.failures import Rejected
from est_chassis.service import Service
from est_chassis.web.access import Caller
from est_chassis.web.answers import problem_about
from est_chassis.web.bodies import BATCH_LIMIT, accepts, parse_body
from est_chassis.web.field_words import field_errors
from est_chassis.web.problems import Problem
from est_chassis.web.swift import SwiftRoute
from est_contracts.examples import example_receipt, example_report
from est_contracts.messages.requests import ReportReceipt, SubmitReport
from est_contracts.vocabulary import (
    AreaId,
    EntryId,
    FunctionId,
    Moment,
    MunicipalityCode,
    OrganisationId,
    Party,
    Polarity,
    Scope,
    Severity,
    SourceReference,
    Tense,
    Theme,
    WithdrawalReason,
)
from est_intake.api.callers import (
    OfMunicipality,
    ReadingReports,
    Reporting,
    municipality_of,
    sender_of,
    service_of,
)
from est_intake.application import Intake, Outcome, Receipt, ReportWithText
from est_intake.domain.submission import Sender, Submission

LARGEST_BATCH = 1_000
#: So many reports of a batch share a transaction; other requests get their turn in between.
RECORDED_TOGETHER = 200

#: Where programs hand in reports, many times a second.
reports_router = APIRouter(route_class=SwiftRoute)
router = APIRouter()

ReportId = Annotated[UUID, Path(description="The sender's own ID of the report.")]


class ReportBatch(BaseModel):
    """Many reports at once. Each is read and judged by itself."""

    model_config = ConfigDict(extra="forbid")

    reports: Annotated[list[JsonValue], Field(min_length=1, max_length=LARGEST_BATCH)]


class Withdrawal(BaseModel):
    """Why a report is to count no longer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"reason": "duplicate"}})

    reason: WithdrawalReason


class ReportAsRead(BaseModel):
    """A report as it stands; `text` is there only for those who may read it."""

    report_id: UUID
    municipality: MunicipalityCode
    checklist_entry: EntryId
    theme: Theme
    polarity: Polarity
    scope: Scope
    tense: Tense
    area: AreaId | None
    severity: Severity | None
    function: FunctionId
    organisation: OrganisationId
    party: Party
    happened_at: Moment
    recorded_at: Moment
    source: SourceReference | None
    withdrawn_because: WithdrawalReason | None
    text: str | None


def _with_example(body: dict[str, Any], example: object) -> dict[str, Any]:
    body["requestBody"]["content"]["application/json"]["example"] = example
    return body


EXAMPLE_REPORT = json.loads(example_report().model_dump_json(exclude_none=True))
EXAMPLE_RECEIPT = json.loads(example_receipt().model_dump_json())
EXAMPLE_OUTCOME = {
    "report_id": EXAMPLE_REPORT["report_id"], "outcome": "recorded", "status": 201, "receipt": EXAMPLE_RECEIPT
}  # fmt: skip
ONE_REPORT = _with_example(accepts(SubmitReport), EXAMPLE_REPORT)
MANY_REPORTS = _with_example(accepts(ReportBatch), {"reports": [EXAMPLE_REPORT]})
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


@reports_router.post(
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


@reports_router.post("/v1/reports:batch", responses=OUTCOMES, openapi_extra=MANY_REPORTS)
async def submit_reports(request: Request, caller: Reporting) -> Response:
    """Up to 1,000 reports. Each has its own outcome: recorded, repeated, or refused with the reasons."""
    batch = await parse_body(request, ReportBatch, limit=BATCH_LIMIT)
    read = await run_in_threadpool(lambda: [_read(part) for part in batch.reports])
    submissions = [each for each in read if isinstance(each, Submission)]
    service, sender, outcomes = service_of(request), sender_of(caller), list[Outcome]()
    for begin in range(0, len(submissions), RECORDED_TOGETHER):
        together = submissions[begin : begin + RECORDED_TOGETHER]
        outcomes += await service.do(partial(_submit_together, together=together, sender=sender))
    return JSONResponse({"outcomes": list(_outcomes(read, outcomes))})


@router.get("/v1/reports/{report_id}", response_model=ReportAsRead)
async def read_report(
    report_id: ReportId, request: Request, caller: ReadingReports, municipality: OfMunicipality = None
) -> Response:
    """A report of one's own, or any of the municipality for its coordinators; with the text for those."""
    of, reader = municipality_of(caller, municipality), sender_of(caller)
    found = await service_of(request).do(lambda app: app.report(of, report_id, reader=reader))
    return Response(_as_read(found).model_dump_json(), media_type="application/json")


@router.put("/v1/reports/{report_id}/withdrawal", openapi_extra=accepts(Withdrawal))
async def withdraw_report(
    report_id: ReportId, request: Request, caller: Reporting, municipality: OfMunicipality = None
) -> Response:
    """Let a report count no longer. It stays in the log; pictures already published are not changed."""
    withdrawal = await parse_body(request, Withdrawal)
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    await service_of(request).do(
        lambda app: app.withdraw_report(of, report_id, reason=withdrawal.reason, by=sender)
    )
    return JSONResponse({"report_id": str(report_id), "reason": withdrawal.reason})


def _submit_together(app: Intake, *, together: Sequence[Submission], sender: Sender) -> list[Outcome]:
    return app.submit_reports(together, sender)


async def submitted(service: Service[Intake], report: SubmitReport, caller: Caller) -> Receipt:
    submission, sender = _submission(report), sender_of(caller)
    return await service.do(lambda app: app.submit_report(submission, sender))


def _read(part: JsonValue) -> Submission | Problem:
    """One report of a batch, read as if it had come alone."""
    try:
        return _submission(SubmitReport.model_validate_json(json.dumps(part), strict=True))
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


def _submission(report: SubmitReport) -> Submission:
    return Submission(**report.__dict__)


def receipt_told(receipt: Receipt) -> ReportReceipt:
    return ReportReceipt(
        report_id=receipt.report_id,
        position=None,
        recorded_at=receipt.recorded_at,
        period=receipt.period,
        repeated=receipt.repeated,
    )


def _as_read(found: ReportWithText) -> ReportAsRead:
    report = found.report
    return ReportAsRead(
        report_id=report.report_id,
        municipality=report.municipality,
        **report.incident.__dict__,
        **report.reporter.__dict__,
        recorded_at=report.created_on,
        source=report.source,
        withdrawn_because=report.withdrawn_because,
        text=found.text,
    )
