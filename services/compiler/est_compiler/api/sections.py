"""How programs write in a compilation: texts, level, rows, values, and the parties' own parts."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.web.bodies import accepts, parse_body
from est_compiler.api.callers import COMPILATION, AtWork, service_of
from est_compiler.api.compilation_answers import ActAnswer, Conflict, ContestedChoice, act_answer
from est_compiler.application import Compiler, RowDraft
from est_compiler.domain.compiling.refusals import SectionHasChanged
from est_compiler.domain.compiling.wishes import RISK_VALUE, ChoiceHasChanged, Wish
from est_compiler.domain.compiling.work import TO_THE_PUBLIC, RowWords, SectionPlace
from est_contracts.vocabulary import AreaId, FunctionId, Level, Party, SectionId, Severity

router = APIRouter(tags=["compilations"])

Section = Annotated[SectionId, Path(description="A section of the template.", examples=["operativa_mal"])]
OfArea = Annotated[AreaId, Path(description="One of the picture's areas.", examples=["9901R002"])]
RowId = Annotated[UUID, Path(description="Of the one who adds the row: the same again is no second row.")]
Revision = Annotated[int, Field(ge=0, strict=True, description="The one that was read; 0 is none.")]
OnScale = Annotated[int, Field(ge=0, le=10, strict=True)]
RiskStep = Annotated[int, Field(ge=0, le=100, strict=True)]
SomeWords = Annotated[str, Field(max_length=8000)]
CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {"description": "Somebody else has written there: `stands` and `sent` are both texts."}
}
CHOSEN_OTHERWISE: dict[int | str, dict[str, Any]] = {
    409: {"description": "Somebody else has chosen otherwise: `stands` and `sent` are both choices."}
}


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Writing(_Body):
    revision: Revision
    confirmed: bool = Field(False, description="Whether one stands by plates and names that are asked about.")


class SectionRequest(_Writing):
    """What is to stand at a place; without words what stands there is taken away."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"words": "Färre samlingar vid torget på kvällarna.", "revision": 0}},
    )

    words: SomeWords | None = None


class PublicTextRequest(_Writing):
    """What is said to anyone who reads the picture; without words it is taken away."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"words": "Belysningen vid torget är lagad. Tack för alla tips.", "revision": 0}
        },
    )

    words: SomeWords | None = None


class LevelRequest(_Writing):
    """The level, and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"level": "yellow", "words": "Fler bränder än vanligt i Hamnen.", "revision": 0}
        },
    )

    level: Level | None
    words: SomeWords | None = None


class RowRequest(_Writing):
    """A row of the table of problems."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "section": "problembilder",
                "what": "Skadegörelse på skolgården",
                "where": "Norrängen",
                "when": "Kvällar och helger",
                "measures": "Belysning och fler vuxna på plats",
                "purpose": "Färre tillfällen",
                "responsible": "samordnaren",
                "revision": 0,
            }
        },
    )

    section: SectionId
    what: SomeWords = ""
    where: SomeWords = ""
    how: SomeWords = ""
    when: SomeWords = ""
    causes: SomeWords = ""
    measures: SomeWords = ""
    purpose: SomeWords = ""
    responsible: FunctionId | None = None
    continues: bool = Field(False, description="Whether the problem goes on from the period before.")

    def draft(self, row_id: UUID) -> RowDraft:
        words = RowWords(**{name: getattr(self, name) for name, _words in RowWords().fields})
        return RowDraft(self.section, row_id, words, self.responsible, self.continues)


class AreaValueRequest(_Body):
    """How a party assesses an area; null takes it back."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"value": 3, "was": 2}})

    value: Severity | None
    was: Severity | None = Field(description="What stood there when you read it; null is nothing.")
    party: Party | None = Field(None, description="One's own when left out; any in the meeting of model C.")


class PriorityRequest(_Body):
    """The value of a priority area on the template's own scale; null takes it back."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"value": 2, "was": 3}})

    value: OnScale | None
    was: OnScale | None = Field(description="What stood there when you read it; null is nothing.")


class RiskValueRequest(_Body):
    """The risk value of the period, on the scale of the set-up; null takes it back."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"value": 3, "was": 2}})

    value: RiskStep | None
    was: RiskStep | None = Field(description="What stood there when you read it; null is nothing.")


@router.put(
    f"{COMPILATION}/sections/{{section}}",
    response_model=ActAnswer,
    responses=CONFLICT,
    openapi_extra=accepts(SectionRequest),
)
async def write_section(
    at: AtWork,
    section: Section,
    request: Request,
    area: Annotated[AreaId | None, Query(description="For sections that are written by area.")] = None,
    party: Annotated[Party | None, Query(description="One's own party's part; none is joint.")] = None,
) -> Response:
    """Write at a place. What somebody else has written meanwhile is never overwritten: 409 has both texts."""
    told = await parse_body(request, SectionRequest)
    return await _write(told, at=at, place=SectionPlace(section, area, party), request=request)


@router.put(
    f"{COMPILATION}/public-text",
    response_model=ActAnswer,
    responses=CONFLICT,
    openapi_extra=accepts(PublicTextRequest),
)
async def write_public_text(at: AtWork, request: Request) -> Response:
    """Write the few sentences that stand first in the general edition, for anyone to read."""
    told = await parse_body(request, PublicTextRequest)
    return await _write(told, at=at, place=TO_THE_PUBLIC, request=request)


@router.put(
    f"{COMPILATION}/level",
    response_model=ActAnswer,
    responses=CONFLICT,
    openapi_extra=accepts(LevelRequest),
)
async def set_level(at: AtWork, request: Request) -> Response:
    """Set the level (green, yellow, orange, red), and say why."""
    told = await parse_body(request, LevelRequest)

    def use_case(app: Compiler) -> ActAnswer:
        written = app.compiling.set_level(
            at.around_in(app), told.level,
            words=told.words, revision=told.revision, confirmed=told.confirmed,
        )  # fmt: skip
        return act_answer(written, written.level_text.revision)

    return await _done(request, use_case)


@router.put(
    f"{COMPILATION}/rows/{{row_id}}",
    response_model=ActAnswer,
    responses=CONFLICT,
    openapi_extra=accepts(RowRequest),
)
async def write_row(at: AtWork, row_id: RowId, request: Request) -> Response:
    """Add a row to the table of problems, or write it anew."""
    told = await parse_body(request, RowRequest)

    def use_case(app: Compiler) -> ActAnswer:
        written = app.compiling.write_row(
            at.around_in(app), told.draft(row_id),
            revision=told.revision, confirmed=told.confirmed,
        )  # fmt: skip
        return act_answer(written, written.row_revision(row_id))

    return await _done(request, use_case, are_rows=True)


@router.delete(
    f"{COMPILATION}/rows/{{row_id}}",
    response_model=ActAnswer,
    responses=CONFLICT,
)
async def remove_row(
    at: AtWork,
    row_id: RowId,
    request: Request,
    revision: Annotated[int, Query(ge=1, description="The one that was read.")],
) -> Response:
    """Take a row out of the table of problems."""
    return await _done(
        request,
        lambda app: act_answer(app.compiling.remove_row(at.around_in(app), row_id, revision=revision)),
        are_rows=True,
    )


@router.put(
    f"{COMPILATION}/risk-value",
    response_model=ActAnswer,
    responses=CHOSEN_OTHERWISE,
    openapi_extra=accepts(RiskValueRequest),
)
async def value_risk(at: AtWork, request: Request) -> Response:
    """Give the period its risk value, on the scale of the set-up."""
    told = await parse_body(request, RiskValueRequest)
    wish = Wish(RISK_VALUE, told.was, told.value)
    return await _done(request, lambda app: act_answer(app.compiling.value_risk(at.around_in(app), wish)))


@router.put(
    f"{COMPILATION}/area-values/{{area}}",
    response_model=ActAnswer,
    responses=CHOSEN_OTHERWISE,
    openapi_extra=accepts(AreaValueRequest),
)
async def assess_area(at: AtWork, area: OfArea, request: Request) -> Response:
    """Say how one's own party assesses an area, 1 to 5."""
    told = await parse_body(request, AreaValueRequest)

    def use_case(app: Compiler) -> ActAnswer:
        around = at.around_in(app)
        wish = Wish((area, told.party or around.by.party), told.was, told.value)
        return act_answer(app.compiling.assess_areas(around, [wish]))

    return await _done(request, use_case)


@router.put(
    f"{COMPILATION}/priorities/{{area}}",
    response_model=ActAnswer,
    responses=CHOSEN_OTHERWISE,
    openapi_extra=accepts(PriorityRequest),
)
async def value_priority(at: AtWork, area: OfArea, request: Request) -> Response:
    """Give a priority area its value on the template's own scale."""
    told = await parse_body(request, PriorityRequest)
    wish = Wish(area, told.was, told.value)
    return await _done(
        request,
        lambda app: act_answer(app.compiling.value_priorities(at.around_in(app), [wish])),
    )


@router.put(f"{COMPILATION}/contribution", response_model=ActAnswer)
async def contribute_part(at: AtWork, request: Request) -> Response:
    """Contribute one's own party's part: the other parties may read it from now on."""
    return await _done(request, lambda app: act_answer(app.compiling.contribute_part(at.around_in(app))))


@router.delete(f"{COMPILATION}/contribution", response_model=ActAnswer)
async def withdraw_part(at: AtWork, request: Request) -> Response:
    """Make one's own party's part a draft again, and nobody else's to read."""
    return await _done(request, lambda app: act_answer(app.compiling.withdraw_part(at.around_in(app))))


async def _write(
    told: SectionRequest | PublicTextRequest, *, at: AtWork, place: SectionPlace, request: Request
) -> Response:
    def use_case(app: Compiler) -> ActAnswer:
        written = app.compiling.write_section(
            at.around_in(app), place,
            words=told.words, revision=told.revision, confirmed=told.confirmed,
        )  # fmt: skip
        return act_answer(written, written.revision_of(place))

    return await _done(request, use_case)


async def _done(
    request: Request, use_case: Callable[[Compiler], ActAnswer], *, are_rows: bool = False
) -> Response:
    try:
        answer = await service_of(request).do(use_case)
    except SectionHasChanged as changed:
        raise Conflict(changed, are_rows=are_rows) from None
    except ChoiceHasChanged as changed:
        raise ContestedChoice(changed) from None
    return Response(answer.model_dump_json(), media_type="application/json")
