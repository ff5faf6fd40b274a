"""How programs open the compilation of a picture, read it, follow its history and see who is writing."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.bodies import accepts, parse_body
from est_compiler.api.callers import COMPILATION, PICTURE, AtWork, Workplace, service_of
from est_compiler.api.compilation_answers import (
    ActAnswer,
    AreaValueAnswer,
    CompilationAnswer,
    FlowsInAnswer,
    HistoryAnswer,
    PriorityAnswer,
    SentenceAnswer,
    act_answer,
    history_of,
    indicators_in,
    level_of,
    local_pictures_in,
    missing_of,
    public_text_of,
    rows_of,
    signature_of,
    texts_of,
)
from est_compiler.application import Compiler, writing_now
from est_compiler.domain.compiling.around import Around, compilation_id, compiling_function
from est_compiler.domain.compiling.local_groups import LocalPicture
from est_compiler.domain.compiling.work import SectionPlace
from est_compiler.domain.publishing.frozen_picture import fingerprint_with
from est_compiler.questions.compilations import drawn_for, local_pictures_of
from est_contracts.vocabulary import AreaId, FunctionId, Party, SectionId

router = APIRouter(tags=["compilations"])


class WritingRequest(BaseModel):
    """Where one's own function is writing just now; all left out: it has stopped."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"section": "operativa_mal"}})

    section: SectionId | None = None
    area: AreaId | None = None
    party: Party | None = None


class WriterAnswer(BaseModel):
    """A function that is writing at a place."""

    place: str
    function: FunctionId
    until: AwareDatetime


class WritersAnswer(BaseModel):
    """Who is writing where just now."""

    writers: tuple[WriterAnswer, ...]


class LocalPicturesAnswer(BaseModel):
    """Organisation model B: the local groups' pictures, which flow into the strategic one."""

    pictures: tuple[FlowsInAnswer, ...] = Field(description="One for each local group, published or not.")


@router.put(COMPILATION, response_model=ActAnswer)
async def open_compilation(at: AtWork, request: Request) -> Response:
    """Begin to compile a picture by the template of the set-up in force. One that is open stays as it is."""

    def use_case(app: Compiler) -> ActAnswer:
        around = at.around_in(app)
        return act_answer(app.compiling.open_compilation(around, flowing_in=_flowing_in(app, around)))

    return _json(await service_of(request).do(use_case))


@router.get(COMPILATION, response_model=CompilationAnswer)
async def compilation(at: AtWork, request: Request) -> Response:
    """How far it has come. Another party's part is left out until that party has contributed it."""
    return _json(await service_of(request).rehearse(lambda app: compilation_answer(app, at)))


@router.get(f"{COMPILATION}/history", response_model=HistoryAnswer)
async def history(at: AtWork, request: Request) -> Response:
    """All that has been done, by which function, in order; the words themselves are not part of it."""
    steps = await service_of(request).rehearse(lambda app: app.compilations.history(at.around_in(app)))
    return _json(history_of(steps))


@router.get(f"{COMPILATION}/local-pictures", response_model=LocalPicturesAnswer)
async def local_pictures(at: AtWork, request: Request) -> Response:
    """What the local groups have published of the same period (organisation model B)."""

    def ask(cursor: Cursor) -> LocalPicturesAnswer:
        around = at.around(cursor)
        found = local_pictures_of(cursor, around.document, around.key)
        return LocalPicturesAnswer(pictures=tuple(FlowsInAnswer(**asdict(each)) for each in found))

    return _json(await service_of(request).ask(ask))


@router.put(f"{COMPILATION}/local-pictures", response_model=ActAnswer)
async def take_local_pictures(at: AtWork, request: Request) -> Response:
    """Let the local groups' pictures stand in the strategic one as they are published now."""

    def use_case(app: Compiler) -> ActAnswer:
        around = at.around_in(app)
        return act_answer(app.compiling.take_local_pictures(around, _flowing_in(app, around)))

    return _json(await service_of(request).do(use_case))


@router.get(f"{COMPILATION}/writers", response_model=WritersAnswer)
async def writers(at: AtWork, request: Request) -> Response:
    """Who is writing where just now."""
    service = service_of(request)
    now = service.clock.now()

    def ask(cursor: Cursor) -> WritersAnswer:
        key = at.around(cursor).key
        named = compilation_id(key.municipality, str(key.period), str(key.scope))
        found = writing_now(cursor, named, now=now)
        return WritersAnswer(writers=tuple(WriterAnswer(**each.__dict__) for each in found))

    return _json(await service.ask(ask))


@router.put(f"{COMPILATION}/writers", status_code=204, openapi_extra=accepts(WritingRequest))
async def writing(at: AtWork, request: Request) -> Response:
    """Say where one's own function is writing. It holds for half a minute, and is in no log."""
    told = await parse_body(request, WritingRequest)
    place = SectionPlace(told.section, told.area, told.party) if told.section else None
    await service_of(request).do(lambda app: app.writing_now.say_writing(at.around_in(app), place))
    return Response(status_code=204)


@router.delete(f"{PICTURE}/texts/{{text_id}}", status_code=204)
async def erase_text(
    at: AtWork, request: Request, text_id: Annotated[UUID, Path(description="As the picture says.")]
) -> Response:
    """Erase words from the work, and from every version that was published with them."""
    await service_of(request).do(lambda app: app.publishing.erase_words(at.around_in(app), text_id))
    await service_of(request).shown()
    return Response(status_code=204)


def compilation_answer(app: Compiler, at: Workplace) -> CompilationAnswer:
    """The compilation with the numbers that it is signed with: as signed, or as they are now."""
    around = at.around_in(app)
    found = app.compilations.in_words(around)
    drawn = drawn_for(app.work.cursor, around.key, known=app.publishing.signed_as_known(around.key))
    state, work = found.compilation, found.shown.work
    return CompilationAnswer(
        municipality=state.municipality,
        period=state.period,
        scope=state.scope,
        template=state.template,
        template_version=state.template_version,
        own_party=around.by.party,
        compiled_by=compiling_function(around.document, around.key.period, around.key.scope),
        level=level_of(state, found.shown),
        public_text=public_text_of(state, found.shown),
        texts=texts_of(state, found.shown),
        rows=rows_of(found),
        area_values=tuple(AreaValueAnswer.model_validate(each) for each in work.area_values),
        priorities=tuple(PriorityAnswer.model_validate(each) for each in work.priorities),
        sentences=tuple(SentenceAnswer.model_validate(each) for each in work.sentences),
        dropped_sentences=tuple(sorted(key for key, words in state.sentences.items() if words is None)),
        contributed=work.contributed,
        indicators=indicators_in(found.shown),
        signatures=tuple(signature_of(each) for _party, each in sorted(state.signatures.items())),
        local_pictures=local_pictures_in(found.shown),
        risk_value=state.risk_value,
        missing=missing_of(app.publishing.missing(around, drawn, flowing_in=_flowing_in(app, around))),
        fingerprint=fingerprint_with(drawn.content, state.work),
        made_from=drawn.known.intake,
        made_from_analysis=drawn.known.analysis,
    )


def _flowing_in(app: Compiler, around: Around) -> tuple[LocalPicture, ...]:
    return local_pictures_of(app.work.cursor, around.document, around.key)


def _json(answer: BaseModel) -> Response:
    return Response(answer.model_dump_json(), media_type="application/json")
