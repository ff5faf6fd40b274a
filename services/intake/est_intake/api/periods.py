"""How programs ask what a period holds: numbers by organisation, and who has been heard."""

from collections.abc import Iterable
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_chassis.service import Service
from est_chassis.web.access import within
from est_contracts.vocabulary import (
    AreaId,
    EntryId,
    Function,
    FunctionId,
    Moment,
    OrganisationId,
    Party,
    PeriodName,
    ReportingPeriod,
    Role,
    Theme,
)
from est_intake.api.callers import Code, SeeingWhoIsHeard, TakingPart, service_of
from est_intake.application import Intake
from est_intake.domain.collaboration import SetUpInUse
from est_intake.questions.periods_then import periods_then, voices_then
from est_intake.read_models import collaborations
from est_intake.read_models.coverage import Heard, Voice
from est_intake.read_models.party_counts import Tally, tallies

router = APIRouter()

Period = Annotated[PeriodName, Path(description="A reporting period.", examples=["2026-W47", "2026-W46-W47"])]


class CountedKind(BaseModel):
    """One entry in one area: told as reports, and contributed as numbers."""

    theme: Theme
    checklist_entry: EntryId
    area: AreaId | None
    in_public: bool | None
    reports: int
    contributed: int
    number: int


class OrganisationsCounts(BaseModel):
    """What one organisation has told of a period."""

    organisation: OrganisationId
    name: str
    party: Party
    reports: int
    contributed: int
    number: int
    counts: list[CountedKind]


class PeriodCounts(BaseModel):
    """Numbers by organisation; withdrawn reports and duplicates are left out."""

    period: PeriodName
    starts_at: Moment
    ends_at: Moment
    number: int
    organisations: list[OrganisationsCounts]


class FunctionHeard(BaseModel):
    """What a reporting function has let hear of a period."""

    function: FunctionId
    organisation: OrganisationId
    heard: Heard
    is_late: bool
    reports: int
    has_returned: bool
    written_by: list[FunctionId]


class PeriodCoverage(BaseModel):
    """Who has been heard of a period. Silence is not calm."""

    period: PeriodName
    due_at: Moment
    functions: list[FunctionHeard]


@router.get("/v1/municipalities/{code}/periods/{period}/counts", response_model=PeriodCounts)
async def read_period_counts(code: Code, period: Period, request: Request, caller: TakingPart) -> Response:
    """How many of what each organisation has told of a period, by reports and by blocks of counts."""
    within(caller, code)
    service = service_of(request)
    set_up, wanted = await _period(service, code, period)
    rows = await service.ask(lambda cursor: tallies(cursor, code, wanted))
    told = PeriodCounts(
        period=str(wanted),
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        number=sum(row.number for row in rows),
        organisations=_by_organisation(rows, set_up),
    )
    return Response(told.model_dump_json(), media_type="application/json")


@router.get("/v1/municipalities/{code}/periods/{period}/coverage", response_model=PeriodCoverage)
async def read_period_coverage(
    code: Code, period: Period, request: Request, caller: SeeingWhoIsHeard
) -> Response:
    """Which functions have reported, which have nothing to report, and who is missing.

    Who was to report is as the set-up had it at the period's deadline.
    """
    within(caller, code)
    service = service_of(request)
    set_up, wanted = await _period(service, code, period)
    now = service.clock.now()

    def ask(cursor: Cursor) -> PeriodCoverage:
        (then,) = periods_then(cursor, set_up, [wanted], now=now)
        since = {each.function_id: each for each in set_up.document.functions_with(Role.REPORTER)}
        found = voices_then(cursor, [then], besides=list(since), now=now)
        functions = since | dict(then.reporters)
        return PeriodCoverage(
            period=str(wanted),
            due_at=then.due_at,
            functions=[_heard(functions[name], voice) for (name, _period), voice in found.items()],
        )

    return Response((await service.ask(ask)).model_dump_json(), media_type="application/json")


def _heard(function: Function, voice: Voice) -> FunctionHeard:
    return FunctionHeard(
        function=function.function_id,
        organisation=function.organisation_id,
        heard=voice.heard,
        is_late=voice.is_late,
        reports=voice.reports,
        has_returned=voice.has_returned,
        written_by=list(voice.written_by),
    )


async def _period(service: Service[Intake], code: str, period: str) -> tuple[SetUpInUse, ReportingPeriod]:
    set_up = await service.ask(lambda cursor: collaborations.in_use(cursor, code))
    wanted = set_up.period_named(period) if set_up else None
    if set_up is None or wanted is None:
        raise NotFound(period)
    return set_up, wanted


def _by_organisation(rows: Iterable[Tally], set_up: SetUpInUse) -> list[OrganisationsCounts]:
    names = {each.organisation_id: each.name for each in set_up.document.organisations}
    told = []
    for organisation, theirs in groupby(rows, key=lambda row: row.organisation):
        tallied = list(theirs)
        told.append(
            OrganisationsCounts(
                organisation=organisation,
                name=names.get(organisation, organisation),
                party=tallied[0].party,
                reports=sum(row.reports for row in tallied),
                contributed=sum(row.contributed for row in tallied),
                number=sum(row.number for row in tallied),
                counts=[
                    CountedKind(
                        theme=row.theme,
                        checklist_entry=row.checklist_entry,
                        area=row.area,
                        in_public=row.in_public,
                        reports=row.reports,
                        contributed=row.contributed,
                        number=row.number,
                    )
                    for row in tallied
                ],
            )
        )
    return told
