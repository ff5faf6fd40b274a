"""How programs read what has happened to a return, or to a block of counts: value by value, without words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from est_contracts.vocabulary import AreaId, EntryId, FunctionId, Moment, Theme, Words
from est_intake.api.callers import OfMunicipality, ReadingReports, municipality_of, sender_of, service_of
from est_intake.application.written_history import ValueChange, WrittenLine
from est_intake.domain.written_steps import WRITTEN_STEP_WORDS, WrittenStep

router = APIRouter()

EXAMPLE: dict[str, Any] = {
    "steps": [
        {
            "position": 41,
            "recorded_at": "2026-11-20T11:05:12.482190Z",
            "step": "handed_in",
            "words": WRITTEN_STEP_WORDS[WrittenStep.HANDED_IN].model_dump(),
            "by_function": "bovard_norrangen",
            "changes": [],
            "replaced_words": False,
        },
        {
            "position": 57,
            "recorded_at": "2026-11-20T13:40:03.117604Z",
            "step": "revised",
            "words": WRITTEN_STEP_WORDS[WrittenStep.REVISED].model_dump(),
            "by_function": "bovard_norrangen",
            "changes": [
                {
                    "checklist_entry": "orebro.1",
                    "theme": "vandalism",
                    "area": "9901R002",
                    "in_public": True,
                    "before": 2,
                    "after": 3,
                    "is_new": False,
                    "is_gone": False,
                }
            ],
            "replaced_words": True,
        },
    ]
}


class ChangedValue(BaseModel):
    """A value that a revision added, changed or took away.

    With an entry it is the entry's; with an area alone how that area was judged; with neither the risk value.
    """

    checklist_entry: EntryId | None
    theme: Theme | None
    area: AreaId | None
    in_public: bool = Field(description="Said of counted numbers alone.")
    before: int | None
    after: int | None
    is_new: bool
    is_gone: bool


class WrittenStepAsRead(BaseModel):
    """Something that has happened to a return or a block of counts."""

    position: int
    recorded_at: Moment
    step: WrittenStep
    words: Words
    by_function: FunctionId | None
    changes: list[ChangedValue]
    replaced_words: bool = Field(
        description="The revision before had words, and they are gone: only the present ones are kept."
    )


class WrittenHistory(BaseModel):
    """All that has happened to a return or a block of counts, in order."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    steps: list[WrittenStepAsRead]


@router.get("/v1/returns/{return_id}/history", response_model=WrittenHistory)
async def read_return_history(
    return_id: Annotated[UUID, Path(description="As the receipt says.")],
    request: Request,
    caller: ReadingReports,
    municipality: OfMunicipality = None,
) -> Response:
    """All that has happened to a return of one's own, or of any function for those who see all."""
    of, reader = municipality_of(caller, municipality), sender_of(caller)
    _, lines = await service_of(request).do(
        lambda app: app.returning.return_history(of, return_id, reader=reader)
    )
    return _told(lines)


@router.get("/v1/count-blocks/{block_id}/history", response_model=WrittenHistory)
async def read_count_history(
    block_id: Annotated[UUID, Path(description="The contributor's own ID of the block.")],
    request: Request,
    caller: ReadingReports,
    municipality: OfMunicipality = None,
) -> Response:
    """All that has happened to a block of one's own organisation, or of any for those who see all."""
    of, reader = municipality_of(caller, municipality), sender_of(caller)
    _, lines = await service_of(request).do(
        lambda app: app.counting.count_history(of, block_id, reader=reader)
    )
    return _told(lines)


def _told(lines: Iterable[WrittenLine]) -> Response:
    history = WrittenHistory(steps=[_step(line) for line in lines])
    return Response(history.model_dump_json(), media_type="application/json")


def _step(line: WrittenLine) -> WrittenStepAsRead:
    return WrittenStepAsRead(
        position=line.position,
        recorded_at=line.recorded_at,
        step=line.step,
        words=WRITTEN_STEP_WORDS[line.step],
        by_function=line.by_function,
        changes=[_change(each) for each in line.changes],
        replaced_words=line.erased_words,
    )


def _change(change: ValueChange) -> ChangedValue:
    return ChangedValue(
        **change.about._asdict(),
        before=change.before,
        after=change.after,
        is_new=change.is_new,
        is_gone=change.is_gone,
    )
