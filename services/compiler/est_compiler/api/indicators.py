"""How programs write down and read the structural indicators of a municipality."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.web.access import Caller, allow, within
from est_chassis.web.bodies import BATCH_LIMIT, accepts, parse_body
from est_chassis.web.problems import Problem
from est_compiler.api.callers import COMPILATION, AtWork, Code, Reader, service_of
from est_compiler.api.compilation_answers import ActAnswer, act_answer
from est_compiler.application import Compiler, IndicatorDraft, Recorder
from est_compiler.domain.indicators.refusals import IndicatorHasChanged
from est_compiler.domain.indicators.table import write_indicators
from est_compiler.domain.indicators.values import SourcedWords
from est_compiler.questions.compilations import set_up_now
from est_compiler.read_models.indicators import indicators_of
from est_contracts.vocabulary import (
    INDICATORS,
    IndicatorId,
    IndicatorUnit,
    IndicatorValue,
    Role,
    Words,
    indicator_number,
)

router = APIRouter(tags=["indicators"])

FIRST_YEAR, LAST_YEAR = 1990, 2099

PLACE = "/v1/municipalities/{code}/indicators"
Recording = Annotated[Caller, Depends(allow(Role.COORDINATOR))]
Indicator = Annotated[IndicatorId, Path(description="A structural indicator.", examples=["employment"])]
Year = Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR, examples=[2026])]
FirstYear = Annotated[int, Query(ge=FIRST_YEAR, le=LAST_YEAR)]
LastYear = Annotated[int, Query(ge=FIRST_YEAR, le=LAST_YEAR)]
Written = Annotated[str, Field(pattern=r"^-?[0-9]{1,12}([.,][0-9]{1,4})?$")]


class WrittenBefore(BaseModel):
    """What stood there when one read it; both null where nothing did."""

    model_config = ConfigDict(extra="forbid")

    value: Written | None
    source: str | None

    @property
    def words(self) -> SourcedWords:
        return SourcedWords(indicator_number(self.value) if self.value is not None else None, self.source)


class IndicatorRequest(BaseModel):
    """What an indicator was one year, in its own unit, and where that comes from; null takes it away."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"value": "61.2", "source": "SCB, RAMS"}}
    )

    value: Written | None = Field(description="A number as text, so that no digit is lost.")
    source: Annotated[str, Field(max_length=200)] | None = None
    was: WrittenBefore | None = Field(
        None,
        description="With it nothing is overwritten unseen (409). Left out: whatever stands is replaced.",
    )
    confirmed: bool = Field(False, description="Whether one stands by plates and names that are asked about.")


class ChangedIndicator(Problem):
    """409 with both values: what stands, and what was sent; nothing was overwritten."""

    def __init__(self, changed: IndicatorHasChanged) -> None:
        super().__init__(changed.http_status, changed.code, changed.words)
        self._changed = changed

    def document(self) -> dict[str, Any]:
        both = {"stands": self._changed.stands, "sent": self._changed.sent}
        return super().document() | {name: _written(each) for name, each in both.items()}


def _written(words: SourcedWords) -> dict[str, str | None]:
    value = None if words.value is None else format(words.value, "f")
    return {"value": value, "source": words.source}


class TableRequest(BaseModel):
    """A table with the columns indicator, year, value and source, as CSV."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"table": "indicator;year;value;source\nemployment;2026;61,2;SCB"}},
    )

    table: Annotated[str, Field(max_length=1_000_000)]
    confirmed: bool = False


class IndicatorAnswer(BaseModel):
    """What an indicator was one year."""

    indicator: IndicatorId
    year: int
    value: str
    unit: IndicatorUnit
    source: str
    words: Words


class IndicatorsAnswer(BaseModel):
    """What has been written down."""

    values: tuple[IndicatorAnswer, ...]


class FaultyRow(BaseModel):
    """A row of the table that was not written down, and why."""

    row: int
    column: str | None
    fault: Words | None


class WrittenTable(BaseModel):
    """What came of a table, row by row."""

    written: int
    rows: tuple[FaultyRow, ...] = Field(description="Those with a fault.")


@router.get(PLACE, response_model=IndicatorsAnswer)
async def indicators(
    code: Code,
    caller: Reader,
    request: Request,
    first_year: FirstYear = FIRST_YEAR,
    last_year: LastYear = LAST_YEAR,
) -> Response:
    """The structural indicators of these years, each with its source."""
    found = await _found(request, caller, code, first_year=first_year, last_year=last_year)
    return _json(IndicatorsAnswer(values=tuple(_answer(each) for each in found)))


@router.get(
    f"{PLACE}.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def indicators_as_table(
    code: Code,
    caller: Reader,
    request: Request,
    first_year: FirstYear = FIRST_YEAR,
    last_year: LastYear = LAST_YEAR,
) -> Response:
    """The same as a table; it can be changed and sent back."""
    found = await _found(request, caller, code, first_year=first_year, last_year=last_year)
    name = f'attachment; filename="indikatorer-{code}.csv"'
    return Response(
        write_indicators(found), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


@router.put(
    f"{PLACE}/{{indicator}}/{{year}}",
    status_code=204,
    responses={409: {"description": "Somebody else has changed it: `stands` and `sent` are both values."}},
    openapi_extra=accepts(IndicatorRequest),
)
async def set_indicator(
    code: Code, indicator: Indicator, year: Year, caller: Recording, request: Request
) -> Response:
    """Write down what an indicator was one year."""
    within(caller, code)
    told = await parse_body(request, IndicatorRequest)
    value = indicator_number(told.value) if told.value is not None else None
    draft = IndicatorDraft(value, told.source, told.confirmed, told.was.words if told.was else None)
    try:
        await service_of(request).do(
            lambda app: app.indicating.set_indicator(
                _recorder(app, caller, code), indicator, year, draft=draft
            )
        )
    except IndicatorHasChanged as changed:
        raise ChangedIndicator(changed) from None
    await service_of(request).shown()
    return Response(status_code=204)


@router.put(PLACE, response_model=WrittenTable, openapi_extra=accepts(TableRequest))
async def import_indicators(code: Code, caller: Recording, request: Request) -> Response:
    """Write down a table, row by row. A row with a fault does not hinder the others."""
    within(caller, code)
    told = await parse_body(request, TableRequest, limit=BATCH_LIMIT)
    outcomes = await service_of(request).do(
        lambda app: app.indicating.import_indicators(
            _recorder(app, caller, code), told.table, confirmed=told.confirmed
        )
    )
    await service_of(request).shown()
    faults = tuple(
        FaultyRow(row=each.number, column=each.column, fault=each.fault) for each in outcomes if each.fault
    )
    return _json(WrittenTable(written=len(outcomes) - len(faults), rows=faults))


@router.put(f"{COMPILATION}/indicators", response_model=ActAnswer, tags=["compilations"])
async def take_indicators(at: AtWork, request: Request) -> Response:
    """Let the indicators stand in a picture as they are now."""
    taken = await service_of(request).do(lambda app: app.indicating.take_indicators(at.around_in(app)))
    return _json(act_answer(taken))


async def _found(
    request: Request, caller: Caller, code: str, *, first_year: int, last_year: int
) -> tuple[IndicatorValue, ...]:
    within(caller, code)
    return await service_of(request).ask(
        lambda cursor: indicators_of(cursor, municipality=code, first_year=first_year, last_year=last_year)
    )


def _recorder(app: Compiler, caller: Caller, code: str) -> Recorder:
    return Recorder(code, caller.function or caller.name, set_up_now(app.work.cursor, code))


def _answer(value: IndicatorValue) -> IndicatorAnswer:
    known = INDICATORS[value.indicator]
    return IndicatorAnswer(
        indicator=value.indicator,
        year=value.year,
        value=format(value.value, "f"),
        unit=known.unit,
        source=value.source,
        words=known.words,
    )


def _json(answer: BaseModel) -> Response:
    return Response(answer.model_dump_json(), media_type="application/json")
