"""What an operator may see and do; for programs, the `est` command first."""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import StreamingResponse

from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import accepts, parse_body
from est_chassis.web.problems import Problem
from est_chassis.web.served import ServedService, ShownProgress
from est_contracts.vocabulary import Role

router = APIRouter(prefix="/operator", tags=["operator"])


async def of_the_whole_house(caller: Annotated[Caller, Depends(allow(Role.OPERATOR))]) -> Caller:
    """Here lies what is every municipality's: nobody comes in who belongs to one."""
    if caller.municipality is not None:
        raise Problem(403, "forbidden")
    return caller


Operator = Annotated[Caller, Depends(of_the_whole_house)]
# As large as the column that holds it.
LetterNumber = Annotated[int, Path(ge=1, le=2**63 - 1)]


class Rebuild(BaseModel):
    """Which read models to drop and replay; all of them when none is named."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_extra={"example": {"read_models": ["facts_v1"]}}
    )

    read_models: tuple[str, ...] = ()


def _service(request: Request) -> ServedService:
    service: ServedService = request.app.state.service
    return service


@router.get("/status")
async def status(request: Request, _operator: Operator) -> Mapping[str, Any]:
    """How the service feels, in numbers."""
    return await _service(request).status()


@router.get("/dead-letters")
async def dead_letters(request: Request, _operator: Operator) -> list[dict[str, Any]]:
    """Messages that could not be handled."""
    return [letter.summary() for letter in await _service(request).dead_letters()]


@router.get("/dead-letters/{letter}")
async def dead_letter(request: Request, letter: LetterNumber, _operator: Operator) -> dict[str, Any]:
    """One of them, with the message itself."""
    found = await _service(request).dead_letter(letter)
    return {**found.summary(), "body": found.body.decode(errors="replace")}


@router.put("/dead-letters/{letter}/replay")
async def replay_dead_letter(request: Request, letter: LetterNumber, _operator: Operator) -> dict[str, Any]:
    """Handle it again, now that the cause is mended."""
    await _service(request).replay_dead_letter(letter)
    return {"letter": letter, "is_handled": True}


@router.post("/rebuilds", openapi_extra=accepts(Rebuild))
async def rebuild(request: Request, _operator: Operator) -> StreamingResponse:
    """Drop read models and replay them; one line of JSON for each step on the way."""
    wanted = await parse_body(request, Rebuild)
    steps = _service(request).rebuild(wanted.read_models)
    # The first step is taken before the answer begins, so that a refusal is still an ordinary problem.
    first = await anext(steps, None)
    return StreamingResponse(_lines(first, steps), media_type="application/x-ndjson")


async def _lines(first: ShownProgress | None, steps: AsyncIterator[ShownProgress]) -> AsyncIterator[str]:
    if first is not None:
        yield f"{json.dumps(first.as_dict())}\n"
    async for step in steps:
        yield f"{json.dumps(step.as_dict())}\n"
