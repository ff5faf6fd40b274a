"""How programs choose among the suggested sentences of a compilation, and sign it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.web.bodies import accepts, parse_body
from est_compiler.api.callers import COMPILATION, AtWork, Workplace, service_of
from est_compiler.api.compilation_answers import ActAnswer, ContestedChoice, act_answer
from est_compiler.api.sections import CHOSEN_OTHERWISE
from est_compiler.application import Compiler
from est_compiler.domain.compiling.wishes import ChoiceHasChanged, SentenceChoice, Wish
from est_compiler.questions.compilations import drawn_at, drawn_for
from est_contracts.vocabulary import Fingerprint, Party

router = APIRouter(tags=["compilations"])

Key = Annotated[
    str, Path(description="A suggested sentence.", pattern=r"^[a-z][a-z0-9_.:]{0,79}$", examples=["total"])
]
Was = Annotated[
    SentenceChoice,
    Query(
        description="What had been done with it when you read the compilation: it stood among `sentences`, "
        "among `dropped_sentences`, or had only been suggested.",
        examples=["suggested"],
    ),
]
OfParty = Annotated[Party, Path(description="Who signs.", examples=["police"])]


class SignatureRequest(BaseModel):
    """A party's yes to exactly what was looked at."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "seen": "3f0d7a526d0e5a4c9d0b5b1f6d1b0c473f0d7a526d0e5a4c9d0b5b1f6d1b0c47",
                "made_from": 4711,
                "made_from_analysis": 17,
            }
        },
    )

    seen: Fingerprint = Field(description="The compilation's `fingerprint` as it was looked at.")
    made_from: int = Field(ge=0, le=2**53, description="As the compilation said beside it.")
    made_from_analysis: int | None = Field(default=None, ge=0, le=2**53)
    in_meeting: bool = Field(False, description="Model C: signed for a party that is there, in the meeting.")


@router.put(f"{COMPILATION}/sentences/{{key}}", response_model=ActAnswer, responses=CHOSEN_OTHERWISE)
async def adopt_sentence(at: AtWork, key: Key, was: Was, request: Request) -> Response:
    """Let a suggested sentence stand in the picture, in the words that the numbers give it."""
    return await _choose(request, at, Wish(key, was, SentenceChoice.ADOPTED))


@router.delete(f"{COMPILATION}/sentences/{{key}}", response_model=ActAnswer, responses=CHOSEN_OTHERWISE)
async def drop_sentence(at: AtWork, key: Key, was: Was, request: Request) -> Response:
    """Leave a suggested sentence out."""
    return await _choose(request, at, Wish(key, was, SentenceChoice.DROPPED))


@router.put(
    f"{COMPILATION}/signatures/{{party}}", response_model=ActAnswer, openapi_extra=accepts(SignatureRequest)
)
async def sign(at: AtWork, party: OfParty, request: Request) -> Response:
    """Sign for one's own party; in the meeting of model C, for those who are there."""
    told = await parse_body(request, SignatureRequest)

    def use_case(app: Compiler) -> ActAnswer:
        around = at.around_in(app)
        drawn = drawn_at(
            app.work.cursor, around.key, position=told.made_from, analysis=told.made_from_analysis
        )
        signed = app.publishing.sign(around, drawn, seen=told.seen, party=party, in_meeting=told.in_meeting)
        return act_answer(signed)

    return _json(await service_of(request).do(use_case))


@router.delete(f"{COMPILATION}/signature", response_model=ActAnswer)
async def take_back_signature(at: AtWork, request: Request) -> Response:
    """Take one's own party's signature back."""
    taken_back = await service_of(request).do(
        lambda app: app.compiling.take_back_signature(at.around_in(app))
    )
    return _json(act_answer(taken_back))


async def _choose(request: Request, at: Workplace, wish: Wish[str, SentenceChoice]) -> Response:
    def use_case(app: Compiler) -> ActAnswer:
        around = at.around_in(app)
        drawn = drawn_for(app.work.cursor, around.key, known=app.publishing.signed_as_known(around.key))
        return act_answer(app.publishing.choose_sentences(around, drawn, [wish]))

    try:
        return _json(await service_of(request).do(use_case))
    except ChoiceHasChanged as changed:
        raise ContestedChoice(changed) from None


def _json(answer: ActAnswer) -> Response:
    return Response(answer.model_dump_json(), media_type="application/json")
