"""How a writer's screen asks what the free-text guard sees, before anything is sent. Nothing is kept."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.web.access import Caller, CallerKind
from est_chassis.web.bodies import accepts, parse_body
from est_chassis.web.quotas import client_address, quota
from est_contracts.guard import FINDING_WORDS, Finding, passages
from est_contracts.guard.known_names import known_names
from est_contracts.vocabulary import STOCKHOLM, Words
from est_intake.api.callers import Anyone, service_of
from est_intake.read_models import collaborations

router = APIRouter()

LONGEST_TEXT = 4_000
#: A writer asks at most twice a second; a whole school may write behind one public address.
FOR_ONE_CALLER, FOR_ONE_ADDRESS = "600/minute", "240/minute"


class TextToCheck(BaseModel):
    """A text as somebody has written it so far."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"text": "Bråk på Storgatan 12, ring 070-174 06 05."}}
    )

    text: Annotated[str, Field(max_length=LONGEST_TEXT)]


class FoundPassage(BaseModel):
    """Where something was found; what stands there is for the writer's own screen to show."""

    finding: Finding
    refused: bool = Field(
        description="It must go before the text can be recorded; otherwise it is a question."
    )
    begin: int = Field(
        description="The first character of the passage, counted from 0 in Unicode code points."
    )
    end: int = Field(description="The character after the last.")
    words: Words


class TextChecked(BaseModel):
    """What the guard says of a text. The text itself is never repeated."""

    may_be_recorded: bool
    passages: list[FoundPassage]


EXAMPLE = TextChecked(
    may_be_recorded=False,
    passages=[
        FoundPassage(
            finding=Finding.HOUSE_NUMBER,
            refused=True,
            begin=18,
            end=20,
            words=FINDING_WORDS[Finding.HOUSE_NUMBER],
        )
    ],
).model_dump(mode="json")


@router.post(
    "/v1/texts:check",
    response_model=TextChecked,
    responses={200: {"content": {"application/json": {"example": EXAMPLE}}}},
    openapi_extra=accepts(TextToCheck),
)
async def check_text(request: Request, caller: Anyone) -> Response:
    """Whether a text may be recorded, and where it points out an individual. Nothing is kept or repeated."""
    _count(request, caller)
    written = await parse_body(request, TextToCheck)
    today = service_of(request).clock.now().astimezone(STOCKHOLM).date()
    names = await _names_known_to(request, caller)
    found = await run_in_threadpool(passages, written.text, today=today, known_names=names)
    checked = TextChecked(
        may_be_recorded=not any(each.finding.is_refused for each in found),
        passages=[
            FoundPassage(
                finding=each.finding,
                refused=each.finding.is_refused,
                begin=each.begin,
                end=each.end,
                words=FINDING_WORDS[each.finding],
            )
            for each in found
        ],
    )
    return Response(checked.model_dump_json(), media_type="application/json")


def _count(request: Request, caller: Caller) -> None:
    if caller.kind is CallerKind.PUBLIC:
        quota(request, name="texts", who=client_address(request), limit=FOR_ONE_ADDRESS)
    else:
        who = f"{caller.kind}:{caller.key_id or f'{caller.municipality}/{caller.function}'}"
        quota(request, name="texts", who=who, limit=FOR_ONE_CALLER)


async def _names_known_to(request: Request, caller: Caller) -> frozenset[str]:
    if caller.municipality is None:
        return frozenset()
    municipality = caller.municipality
    set_up = await service_of(request).ask(lambda cursor: collaborations.in_use(cursor, municipality))
    return known_names(set_up.document) if set_up else frozenset()
