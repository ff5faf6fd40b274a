"""What a seat has sent and what came of it, for programs."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_contracts.vocabulary import (
    AreaId,
    EntryId,
    FunctionId,
    MeasureKind,
    Moment,
    PeriodName,
    PicturePeriodName,
    Theme,
    WithdrawalReason,
    Words,
)
from est_intake.api.callers import OfMunicipality, ReadingReports, municipality_of, service_of
from est_intake.domain.thanks import about_measure, about_problem
from est_intake.questions.own_reports import OwnReport, own_periods, own_reports
from est_intake.read_models import collaborations
from est_intake.read_models.consequences import MeasureTaken, PictureWithIt, ProblemBehindIt

router = APIRouter()

Limit = Annotated[int, Query(ge=1, le=200, description="So many at a time.")]
Before = Annotated[int | None, Query(ge=1, description="Only what was recorded before this position.")]


class InPicture(BaseModel):
    """A published picture that counts the report, in the first version that does."""

    period: PicturePeriodName
    scope: str = Field(description="Empty for the whole municipality.")
    version: int
    published_at: Moment


class MeasureDone(BaseModel):
    """What is done about a problem, and when."""

    measure_id: UUID
    kind: MeasureKind
    due_on: date | None
    completed_at: Moment | None
    words: Words


class PartOfProblem(BaseModel):
    """A problem that the report is part of; `is_confirmed` is null until somebody has decided."""

    problem_id: UUID
    area: AreaId
    theme: Theme
    reports: int
    is_confirmed: bool | None
    words: Words
    measures: list[MeasureDone]


class MyReport(BaseModel):
    """A report of the seat, the number on its receipt and what it has led to."""

    report_id: UUID
    position: int
    period: PeriodName
    number: int = Field(description="Which of the seat's reports of its period it is.")
    recorded_at: Moment
    happened_at: Moment
    checklist_entry: EntryId
    theme: Theme
    area: AreaId | None
    severity: int | None
    entered_by: FunctionId | None = Field(description="Who wrote it, when a substitute or coordinator did.")
    counts: bool
    withdrawn_because: WithdrawalReason | None
    picture: InPicture | None = Field(description="The picture of the shortest period.")
    pictures: list[InPicture]
    problem: PartOfProblem | None


class MyReports(BaseModel):
    """The latest recorded first; ask again with `before=next` for those before them."""

    reports: list[MyReport]
    next: int | None
    periods_in_a_row: int = Field(description="For so many periods in a row something was heard of the seat.")


@router.get("/v1/my-reports", response_model=MyReports)
async def my_reports(
    request: Request,
    caller: ReadingReports,
    municipality: OfMunicipality = None,
    limit: Limit = 50,
    before: Before = None,
) -> Response:
    """What the credential's function has sent, and what came of it: pictures, problems, measures."""
    of, function = municipality_of(caller, municipality), caller.function
    service = service_of(request)

    def ask(cursor: Cursor) -> MyReports:
        set_up = collaborations.in_use(cursor, of)
        if set_up is None or function is None:
            raise NotFound(of)
        found = own_reports(cursor, set_up, function=function, limit=limit + 1, before=before)
        areas = {each.area_id: each.name for each in set_up.document.areas}
        periods = own_periods(cursor, set_up, function=function, now=service.clock.now())
        shown = found[:limit]
        return MyReports(
            reports=[_told(each, areas) for each in shown],
            next=shown[-1].row.position if len(found) > limit else None,
            periods_in_a_row=periods.in_a_row,
        )

    return Response((await service.ask(ask)).model_dump_json(), media_type="application/json")


def _told(own: OwnReport, areas: dict[str, str]) -> MyReport:
    row, pictures = own.row, [_picture(each) for each in own.consequence.pictures]
    return MyReport(
        report_id=row.report_id,
        position=row.position,
        period=str(own.period),
        number=own.number,
        recorded_at=row.recorded_at,
        happened_at=row.happened_at,
        checklist_entry=row.checklist_entry,
        theme=row.theme,
        area=row.area,
        severity=row.severity,
        entered_by=row.entered_by,
        counts=row.counts,
        withdrawn_because=row.withdrawn_because,
        picture=next(iter(pictures), None),
        pictures=pictures,
        problem=_problem(own.consequence.problem, areas),
    )


def _picture(picture: PictureWithIt) -> InPicture:
    return InPicture(
        period=str(picture.period),
        scope=str(picture.scope),
        version=picture.version,
        published_at=picture.published_at,
    )


def _problem(problem: ProblemBehindIt | None, areas: dict[str, str]) -> PartOfProblem | None:
    if problem is None:
        return None
    area = areas.get(problem.area, problem.area)
    return PartOfProblem(
        problem_id=problem.problem_id,
        area=problem.area,
        theme=problem.theme,
        reports=problem.reports,
        is_confirmed=problem.is_confirmed,
        words=about_problem(
            theme=problem.theme, area=area, reports=problem.reports, is_confirmed=problem.is_confirmed
        ),
        measures=[_measure(each) for each in problem.measures],
    )


def _measure(measure: MeasureTaken) -> MeasureDone:
    return MeasureDone(
        measure_id=measure.measure_id,
        kind=measure.kind,
        due_on=measure.due_on,
        completed_at=measure.completed_at,
        words=about_measure(measure.kind, due_on=measure.due_on, completed_at=measure.completed_at),
    )
