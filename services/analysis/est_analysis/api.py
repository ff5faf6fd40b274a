"""How programs come in: problems as JSON, and what people decide about them."""

from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_analysis.application import Analysis, Decision, WantedMeasure
from est_analysis.domain.decision_words import LONGEST
from est_analysis.domain.measure import Plan, ResponsibleIsNotKnown
from est_analysis.domain.problem import ConfirmationReason, DismissalReason, ProblemState
from est_analysis.read_models import measures, problems
from est_analysis.read_models.collaborations import Names, names_in
from est_analysis.read_models.measures import MeasureRow
from est_analysis.read_models.problems import ProblemRow
from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_chassis.service import Service
from est_chassis.web.access import Caller, allow, within
from est_chassis.web.bodies import accepts, parse_body
from est_chassis.web.if_match import SeenVersion
from est_chassis.web.numbers import etag_of
from est_contracts.vocabulary import FunctionId, MeasureKind, MunicipalityCode, Role, Words

router = APIRouter()

Reading = Annotated[
    Caller, Depends(allow(Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER, Role.OPERATOR))
]
Deciding = Annotated[Caller, Depends(allow(Role.COORDINATOR))]
FreeWords = Annotated[str | None, Field(max_length=LONGEST, description="They never leave this service.")]


class Confirmation(BaseModel):
    """Yes, this is a problem."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"examples": [{"reason": "seen_by_us"}]}
    )

    reason: ConfirmationReason
    words: FreeWords = None


class Dismissal(BaseModel):
    """No, this is no problem."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"examples": [{"reason": "more_reporting"}]}
    )

    reason: DismissalReason
    words: FreeWords = None


class EvidenceAsRead(BaseModel):
    """What a flag rests on: four weeks, the judged one last."""

    counts: list[int]
    expected: float
    weeks_in_row: int
    organisations: int
    words: Words


class ProblemAsRead(BaseModel):
    """A problem as it stands."""

    problem_id: UUID
    version: int
    municipality: MunicipalityCode
    area: str
    area_name: str
    theme: str
    state: ProblemState
    flagged_in: str
    last_seen: str
    rules: list[str]
    evidence: EvidenceAsRead
    flagged_at: str
    decided_at: str | None
    decided_by: str | None
    reason: str | None


class ProblemsAsRead(BaseModel):
    """A municipality's problems, the latest seen first."""

    problems: list[ProblemAsRead]


class DecisionTaken(BaseModel):
    """What was decided; the version is the one to name next time."""

    problem_id: UUID
    state: ProblemState
    version: int


class WordsErased(BaseModel):
    """The words of a problem's decisions are gone."""

    problem_id: UUID
    words_are_erased: bool


class WantedAsWritten(BaseModel):
    """A measure that is to be decided."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={
            "examples": [{"kind": "lighting", "function": "bosocial_utvecklare", "due_on": "2026-12-04"}]
        },
    )

    kind: MeasureKind
    function: FunctionId = Field(description="Who is responsible.")
    due_on: date | None = None


class MeasureAsRead(BaseModel):
    """A measure as it stands."""

    measure_id: UUID
    kind: MeasureKind
    function: FunctionId
    due_on: date | None
    decided_at: str
    completed_at: str | None


class MeasuresAsRead(BaseModel):
    """What has been decided against a problem."""

    measures: list[MeasureAsRead]


class MeasureTaken(BaseModel):
    """What stands now."""

    measure_id: UUID
    is_completed: bool


@router.get("/v1/municipalities/{code}/problems", response_model=ProblemsAsRead)
async def read_problems(
    code: MunicipalityCode, request: Request, caller: Reading, state: ProblemState | None = None
) -> Response:
    """The recurring problems of a municipality, with the evidence in Swedish and English."""
    within(caller, code)

    def question(cursor: Cursor) -> list[dict[str, Any]]:
        names = names_in(cursor, code)
        rows = problems.all_in(cursor, code)
        return [_as_read(row, names) for row in rows if state in (None, row.state)]

    return JSONResponse({"problems": await _service(request).ask(question)})


@router.get("/v1/municipalities/{code}/problems/{problem_id}", response_model=ProblemAsRead)
async def read_problem(
    code: MunicipalityCode, problem_id: UUID, request: Request, caller: Reading
) -> Response:
    """One problem; its version is the ETag."""
    within(caller, code)

    def question(cursor: Cursor) -> dict[str, Any] | None:
        row = problems.one(cursor, code, problem_id)
        return None if row is None else _as_read(row, names_in(cursor, code))

    found = await _service(request).ask(question)
    if found is None:
        raise NotFound(str(problem_id))
    return JSONResponse(found, headers={"ETag": etag_of(found["version"])})


@router.put(
    "/v1/municipalities/{code}/problems/{problem_id}/confirmation",
    response_model=DecisionTaken,
    openapi_extra=accepts(Confirmation),
)
async def confirm_problem(
    code: MunicipalityCode, problem_id: UUID, request: Request, caller: Deciding, seen: SeenVersion
) -> Response:
    """Confirm a problem that the rules propose. The same decision again is harmless."""
    within(caller, code)
    confirmation = await parse_body(request, Confirmation)
    decision = _decision(caller, code, words=confirmation.words, seen=seen)
    version = await _service(request).do(
        lambda app: app.confirm_problem(problem_id, reason=confirmation.reason, decision=decision)
    )
    return _taken(problem_id, ProblemState.CONFIRMED, version=version)


@router.put(
    "/v1/municipalities/{code}/problems/{problem_id}/dismissal",
    response_model=DecisionTaken,
    openapi_extra=accepts(Dismissal),
)
async def dismiss_problem(
    code: MunicipalityCode, problem_id: UUID, request: Request, caller: Deciding, seen: SeenVersion
) -> Response:
    """Dismiss a flag; it is not raised again before the run has been broken."""
    within(caller, code)
    dismissal = await parse_body(request, Dismissal)
    decision = _decision(caller, code, words=dismissal.words, seen=seen)
    version = await _service(request).do(
        lambda app: app.dismiss_problem(problem_id, reason=dismissal.reason, decision=decision)
    )
    return _taken(problem_id, ProblemState.DISMISSED, version=version)


@router.delete("/v1/municipalities/{code}/problems/{problem_id}/words", response_model=WordsErased)
async def erase_words(
    code: MunicipalityCode, problem_id: UUID, request: Request, caller: Deciding
) -> Response:
    """Let the words of every decision on a problem be gone for good; the decisions stand."""
    within(caller, code)
    by_function = caller.function or ""
    await _service(request).do(lambda app: app.erase_words(code, problem_id, by_function=by_function))
    return JSONResponse({"problem_id": str(problem_id), "words_are_erased": True})


@router.get("/v1/municipalities/{code}/problems/{problem_id}/measures", response_model=MeasuresAsRead)
async def read_measures(
    code: MunicipalityCode, problem_id: UUID, request: Request, caller: Reading
) -> Response:
    """What has been decided against a problem, in that order."""
    within(caller, code)

    def question(cursor: Cursor) -> list[MeasureRow]:
        if problems.one(cursor, code, problem_id) is None:
            raise NotFound(str(problem_id))
        return measures.against(cursor, code).get(problem_id, [])

    return JSONResponse({"measures": [_measure(row) for row in await _service(request).ask(question)]})


@router.put(
    "/v1/municipalities/{code}/problems/{problem_id}/measures/{measure_id}",
    response_model=MeasureTaken,
    openapi_extra=accepts(WantedAsWritten),
)
async def decide_measure(
    code: MunicipalityCode, problem_id: UUID, measure_id: UUID, request: Request, caller: Deciding
) -> Response:
    """Decide a measure against a confirmed problem. The same again is harmless."""
    within(caller, code)
    written = await parse_body(request, WantedAsWritten)
    names = await _service(request).ask(lambda cursor: names_in(cursor, code))
    if written.function not in names.functions:
        raise ResponsibleIsNotKnown
    wanted = WantedMeasure(code, measure_id, problem_id, Plan(written.kind, written.function, written.due_on))
    by_function = caller.function or ""
    measure = await _service(request).do(lambda app: app.decide_measure(wanted, by_function=by_function))
    return JSONResponse({"measure_id": str(measure_id), "is_completed": measure.is_completed})


@router.put(
    "/v1/municipalities/{code}/problems/{problem_id}/measures/{measure_id}/completion",
    response_model=MeasureTaken,
)
async def complete_measure(
    code: MunicipalityCode, problem_id: UUID, measure_id: UUID, request: Request, caller: Deciding
) -> Response:
    """Say that a measure has been carried out."""
    within(caller, code)
    by_function = caller.function or ""
    await _service(request).do(
        lambda app: app.complete_measure(code, measure_id, problem_id=problem_id, by_function=by_function)
    )
    return JSONResponse({"measure_id": str(measure_id), "is_completed": True})


def _measure(row: MeasureRow) -> dict[str, Any]:
    return {
        "measure_id": str(row.measure_id),
        "kind": row.kind,
        "function": row.function,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "decided_at": row.decided_at.isoformat(),
        "completed_at": row.completed_at.isoformat() if row.completed_at else None,
    }


def _decision(caller: Caller, code: str, *, words: str | None, seen: int) -> Decision:
    return Decision(municipality=code, function=caller.function or "", words=words, seen_version=seen)


def _taken(problem_id: UUID, state: ProblemState, *, version: int) -> Response:
    return JSONResponse(
        {"problem_id": str(problem_id), "state": state, "version": version},
        headers={"ETag": etag_of(version)},
    )


def _as_read(row: ProblemRow, names: Names) -> dict[str, Any]:
    return {
        "problem_id": str(row.problem_id),
        "version": row.version,
        "municipality": row.series.municipality,
        "area": row.series.area,
        "area_name": names.area(row.series.area),
        "theme": row.series.theme,
        "state": row.state,
        "flagged_in": str(row.flagged_in),
        "last_seen": str(row.last_seen),
        "rules": list(row.rules),
        "evidence": row.evidence.stored(),
        "flagged_at": row.flagged_at.isoformat(),
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
        "decided_by": row.decided_by,
        "reason": row.reason,
    }


def _service(request: Request) -> Service[Analysis]:
    return cast("Service[Analysis]", request.app.state.service)
