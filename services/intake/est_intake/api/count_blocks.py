"""How programs contribute numbers for a period instead of incidents."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.web.bodies import BATCH_LIMIT, accepts, parse_body
from est_contracts.messages.requests import FreeText
from est_contracts.vocabulary import (
    AreaId,
    EntryId,
    FunctionId,
    Moment,
    MunicipalityCode,
    OrganisationId,
    PeriodName,
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
from est_intake.application import BlockReceipt, BlockWithWords
from est_intake.domain.counting import MOST, BlockSubmission, CountSubmitted

router = APIRouter()

MOST_ROWS = 1_000

BlockId = Annotated[UUID, Path(description="The contributor's own ID of the block.")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Count(_Part):
    """How many incidents of one kind, in one area or in all; the text is approved for the others to read."""

    checklist_entry: EntryId
    number: Annotated[int, Field(ge=0, le=MOST, strict=True)]
    area: AreaId | None = None
    in_public: bool = Field(True, description="Whether it was in public space.")
    text: FreeText | None = None


class Counts(_Part):
    """An organisation's numbers for a period, all of them; sent again they replace what was said before."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "period": "2026-W47",
                "counts": [{"checklist_entry": "orebro.1", "area": "9901R001", "number": 3}],
            }
        },
    )

    period: PeriodName
    counts: Annotated[list[Count], Field(min_length=1, max_length=MOST_ROWS)]
    text: FreeText | None = None
    function: FunctionId | None = Field(None, description="Taken from the credential when left out.")
    from_revision: Annotated[int, Field(ge=1, strict=True)] | None = Field(
        None, description="The revision you changed; another one meanwhile is then not overwritten."
    )


class CountsReceived(BaseModel):
    """A block is recorded; the same again changes nothing."""

    block_id: UUID
    municipality: MunicipalityCode
    organisation: OrganisationId
    period: PeriodName
    revision: int
    recorded_at: Moment
    repeated: bool


class CountsAsRead(BaseModel):
    """A block as it stands, with its words as far as they are not erased."""

    block_id: UUID
    period: PeriodName
    organisation: OrganisationId
    function: FunctionId
    revision: int
    is_withdrawn: bool
    counts: list[Count]
    text: str | None


@router.put(
    "/v1/count-blocks/{block_id}",
    response_model=CountsReceived,
    responses={201: {"description": "Recorded for the first time.", "model": CountsReceived}},
    openapi_extra=accepts(Counts),
)
async def contribute_counts(
    block_id: BlockId, request: Request, caller: Returning, municipality: OfMunicipality = None
) -> Response:
    """Contribute one's organisation's numbers for a period, or other numbers under the same ID."""
    told = await parse_body(request, Counts, limit=BATCH_LIMIT)
    submission = BlockSubmission(
        municipality=municipality_of(caller, municipality),
        block_id=block_id,
        period=told.period,
        counts=tuple(CountSubmitted(**each.__dict__) for each in told.counts),
        text=told.text,
        function=told.function,
    )
    sender, from_revision = sender_of(caller), told.from_revision
    receipt = await service_of(request).do(
        lambda app: app.counting.contribute_counts(submission, sender, from_revision=from_revision)
    )
    return received(_received(receipt), is_new=receipt.revision == 1 and not receipt.repeated)


@router.get("/v1/count-blocks/{block_id}", response_model=CountsAsRead)
async def read_counts(
    block_id: BlockId, request: Request, caller: ReadingReports, municipality: OfMunicipality = None
) -> Response:
    """A block of one's own organisation, or any of the municipality for its coordinators."""
    of, reader = municipality_of(caller, municipality), sender_of(caller)
    found = await service_of(request).do(lambda app: app.counting.counts(of, block_id, reader=reader))
    return Response(_as_read(found).model_dump_json(), media_type="application/json")


@router.put("/v1/count-blocks/{block_id}/withdrawal")
async def withdraw_counts(
    block_id: BlockId, request: Request, caller: Returning, municipality: OfMunicipality = None
) -> Response:
    """Let one's own organisation's numbers count no longer; the words go with them."""
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    await service_of(request).do(lambda app: app.counting.withdraw_counts(of, block_id, by=sender))
    return JSONResponse({"block_id": str(block_id), "is_withdrawn": True})


@router.delete("/v1/count-blocks/{block_id}/text")
async def erase_count_text(
    block_id: BlockId, request: Request, caller: Returning, municipality: OfMunicipality = None
) -> Response:
    """Let the words of a block be forgotten; its numbers stay."""
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    await service_of(request).do(lambda app: app.counting.erase_count_text(of, block_id, by=sender))
    return JSONResponse({"block_id": str(block_id), "text_is_erased": True})


def _received(receipt: BlockReceipt) -> CountsReceived:
    return CountsReceived(**receipt.__dict__)


def _as_read(found: BlockWithWords) -> CountsAsRead:
    block = found.block
    return CountsAsRead(
        block_id=block.block_id,
        period=block.period,
        organisation=block.reporter.organisation,
        function=block.reporter.function,
        revision=block.revision,
        is_withdrawn=block.is_withdrawn,
        counts=[
            Count(
                checklist_entry=each.checklist_entry,
                number=each.number,
                area=each.area,
                in_public=each.in_public,
                text=found.text_of(each),
            )
            for each in block.counts
        ],
        text=found.text,
    )
