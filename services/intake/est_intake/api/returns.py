"""How programs hand in a function's return for a period, and read it."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.web.bodies import BATCH_LIMIT, accepts, parse_body
from est_chassis.web.problems import Problem
from est_contracts.messages.requests import FreeText
from est_contracts.vocabulary import (
    AreaId,
    ChecklistId,
    EntryId,
    FieldError,
    FunctionId,
    Moment,
    MunicipalityCode,
    OrganisationId,
    Origin,
    PeriodName,
    Severity,
    Words,
)
from est_intake.api.callers import (
    OfMunicipality,
    ReadingReports,
    Returning,
    municipality_of,
    received,
    sender_of,
    service_of,
)
from est_intake.application import ReturnReceipt, ReturnWithWords
from est_intake.domain.returning import AnswerSubmitted, AssessmentSubmitted, ReturnSubmission

router = APIRouter()

MOST_ANSWERS = 1_000

Period = Annotated[PeriodName, Path(description="A reporting period.", examples=["2026-W47", "2026-W46-W47"])]
OfFunction = Annotated[
    FunctionId | None, Query(description="Whose; one's own when left out.", examples=["bovard_norrangen"])
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ReturnAnswer(_Part):
    """One entry, in one area or in all: a value from 1 to 5, which and what and where, and what was done."""

    checklist_entry: EntryId
    area: AreaId | None = None
    value: Severity | None = None
    text: FreeText | None = None
    measures: FreeText | None = None


class ReturnAssessment(_Part):
    """How an area is judged as a whole, 1 to 5."""

    area: AreaId
    value: Severity
    text: FreeText | None = None


class Return(_Part):
    """A function's checklist for a period, or nothing to report. Sent again it is the next revision."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "checklist": "orebro",
                "answers": [{"checklist_entry": "orebro.1", "area": "9901R002", "value": 3}],
                "area_assessments": [{"area": "9901R002", "value": 2}],
            }
        },
    )

    checklist: ChecklistId | None = None
    nothing_to_report: bool = False
    answers: Annotated[list[ReturnAnswer], Field(max_length=MOST_ANSWERS)] = []
    area_assessments: Annotated[list[ReturnAssessment], Field(max_length=MOST_ANSWERS)] = []
    risk_value: Annotated[int, Field(ge=0, le=100, strict=True)] | None = None
    function: FunctionId | None = Field(None, description="Taken from the credential when left out.")
    from_revision: Annotated[int, Field(ge=1, strict=True)] | None = Field(
        None, description="The revision you changed; another one meanwhile is then not overwritten."
    )


class ReturnReceived(BaseModel):
    """A return is recorded; the same again changes nothing."""

    return_id: UUID
    municipality: MunicipalityCode
    function: FunctionId
    period: PeriodName
    checklist: ChecklistId | None
    revision: int
    nothing_to_report: bool
    is_late: bool
    recorded_at: Moment
    repeated: bool


class ReturnAsRead(BaseModel):
    """A return as it stands; the words are there only for those who may read them."""

    return_id: UUID
    period: PeriodName
    checklist: ChecklistId | None
    function: FunctionId
    organisation: OrganisationId
    revision: int
    is_late: bool
    origin: Origin
    by_function: FunctionId | None
    nothing_to_report: bool
    answers: list[ReturnAnswer]
    area_assessments: list[ReturnAssessment]
    risk_value: int | None


class ReturnsAsRead(BaseModel):
    """What a function has handed in for a period, one return for each list."""

    returns: list[ReturnAsRead]


@router.put(
    "/v1/returns/{period}",
    response_model=ReturnReceived,
    responses={201: {"description": "Recorded for the first time.", "model": ReturnReceived}},
    openapi_extra=accepts(Return),
)
async def hand_in_return(
    period: Period, request: Request, caller: Returning, municipality: OfMunicipality = None
) -> Response:
    """Hand in a function's return for a period, or its next revision. A late one is taken and marked."""
    told = await parse_body(request, Return, limit=BATCH_LIMIT)
    submission = _submission(told, municipality_of(caller, municipality), period)
    sender, from_revision = sender_of(caller), told.from_revision
    receipt = await service_of(request).do(
        lambda app: app.returning.hand_in_return(submission, sender, from_revision=from_revision)
    )
    return received(_received(receipt), is_new=receipt.revision == 1 and not receipt.repeated)


@router.get("/v1/returns/{period}", response_model=ReturnsAsRead)
async def read_returns(
    period: Period,
    request: Request,
    caller: ReadingReports,
    function: OfFunction = None,
    municipality: OfMunicipality = None,
) -> Response:
    """One's own returns for a period, or any function's for those who see all of the municipality."""
    of, reader = municipality_of(caller, municipality), sender_of(caller)
    whose = function or caller.function
    if whose is None:
        words = Words(sv="Ange funktionen.", en="Name the function.")
        raise Problem(422, "invalid", errors=(FieldError("function", words),))
    found = await service_of(request).do(
        lambda app: app.returning.returns_of(of, period, function=whose, reader=reader)
    )
    told = ReturnsAsRead(returns=[_as_read(each) for each in found])
    return Response(told.model_dump_json(), media_type="application/json")


@router.delete("/v1/returns/{return_id}/text")
async def erase_return_text(
    return_id: Annotated[UUID, Path(description="As the receipt says.")],
    request: Request,
    caller: Returning,
    municipality: OfMunicipality = None,
) -> Response:
    """Let the words of a return be forgotten; its values stay."""
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    await service_of(request).do(lambda app: app.returning.erase_return_text(of, return_id, by=sender))
    return JSONResponse({"return_id": str(return_id), "text_is_erased": True})


def _submission(told: Return, municipality: str, period: str) -> ReturnSubmission:
    return ReturnSubmission(
        municipality=municipality,
        period=period,
        checklist=told.checklist,
        nothing_to_report=told.nothing_to_report,
        answers=tuple(AnswerSubmitted(**each.__dict__) for each in told.answers),
        area_assessments=tuple(AssessmentSubmitted(**each.__dict__) for each in told.area_assessments),
        risk_value=told.risk_value,
        function=told.function,
    )


def _received(receipt: ReturnReceipt) -> ReturnReceived:
    return ReturnReceived(**receipt.__dict__)


def _as_read(found: ReturnWithWords) -> ReturnAsRead:
    returned, content = found.returned, found.returned.content
    return ReturnAsRead(
        return_id=returned.id,
        period=returned.about.period,
        checklist=returned.about.checklist,
        function=returned.reporter.function,
        organisation=returned.reporter.organisation,
        revision=returned.revision,
        is_late=returned.handed_in.is_late,
        origin=returned.handed_in.origin,
        by_function=returned.handed_in.by_function,
        nothing_to_report=content.nothing_to_report,
        answers=[
            ReturnAnswer(
                checklist_entry=each.checklist_entry,
                area=each.area,
                value=each.value,
                **_words(found, each.checklist_entry, each.area, with_measures=True),
            )
            for each in content.answers
        ],
        area_assessments=[
            ReturnAssessment(
                area=each.area, value=each.value, **_words(found, None, each.area, with_measures=False)
            )
            for each in content.area_assessments
        ],
        risk_value=content.risk_value,
    )


def _words(
    found: ReturnWithWords, entry: str | None, area: str | None, *, with_measures: bool
) -> dict[str, Any]:
    words = found.words.get((entry, area))
    if words is None:
        return {}
    return {"text": words.text} | ({"measures": words.measures} if with_measures else {})
