"""How programs ask for pictures, publish them and correct them."""

import json
from dataclasses import replace
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Header, Path, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.service import Service
from est_chassis.web.access import within
from est_chassis.web.bodies import accepts, parse_body
from est_chassis.web.numbers import etag_of
from est_chassis.web.problems import not_found
from est_compiler.api.callers import (
    PICTURE,
    AtWork,
    Code,
    Period,
    Reader,
    Scope,
    Workplace,
    service_of,
)
from est_compiler.api.version_answers import FrameAnswer, NoteAnswer, PublishedWork, VersionInWords, in_words
from est_compiler.application import Compiler, words_of
from est_compiler.domain.compiling.around import PictureKey
from est_compiler.domain.drawn_picture import DrawnPicture, LateReports, as_fields
from est_compiler.domain.picture import Picture
from est_compiler.domain.publishing.situation_picture import Approval, PublishedVersion
from est_compiler.domain.wording.sentences import (
    Sentence,
    SentenceKey,
    headline,
    late_words,
    suggested_sentences,
)
from est_compiler.questions.compilations import drawn_at, drawn_for, key_of, set_up_now
from est_compiler.questions.editions import published_then
from est_compiler.questions.pictures import PictureNow, picture_now
from est_compiler.read_models.published_pictures import versions
from est_contracts.vocabulary import (
    CollaborationDocument,
    CorrectionReason,
    Fingerprint,
    MunicipalityCode,
    PicturePeriodName,
    Words,
)

router = APIRouter(tags=["pictures"])

Version = Annotated[int, Path(ge=1, le=10_000, description="1 is the publication.", examples=[1])]
AsOf = Annotated[
    str | None,
    Query(
        description="The picture as it was known then: at a moment or at a position of intake's log.",
        examples=["2026-11-19T10:00:00+01:00", "1234"],
    ),
]
IfMatch = Annotated[
    str | None, Header(description="Fingerprint of the picture that was looked at, in quotes.")
]


class PublicationRequest(BaseModel):
    """What a coordinator publishes. Everything may be left out: then it is the picture as it is now."""

    model_config = ConfigDict(extra="forbid")

    made_from: int | None = Field(
        default=None,
        ge=0,
        le=2**53,
        description="Publish the picture as it was known at this position of intake's log."
        " Left out: as it was signed, or else as it is now.",
    )
    made_from_analysis: int | None = Field(
        default=None, ge=0, le=2**53, description="And at this position of analysis' log."
    )
    sentences: tuple[SentenceKey, ...] | None = Field(
        default=None,
        max_length=10,
        description="The suggested sentences that stay; all when left out.",
    )


class CorrectionRequest(PublicationRequest):
    """A new version of a published picture, and why."""

    reason: CorrectionReason
    note: Annotated[str, Field(max_length=8000)] | None = Field(
        default=None, description="What the version says of itself, for all who read it."
    )
    confirmed: bool = Field(
        default=False, description="Whether one stands by plates and names in the note that are asked about."
    )


class VersionSummary(BaseModel):
    """One version of a published picture."""

    version: int
    published_at: AwareDatetime
    published_by: str
    reason: CorrectionReason | None
    made_from: int
    fingerprint: Fingerprint
    reports: int


class VersionAnswer(VersionSummary):
    """A published version, as it was frozen."""

    picture: Picture
    headline: Words
    sentences: tuple[Words, ...]
    late: tuple[LateReports, ...]
    late_note: Words | None
    frame: FrameAnswer
    note: NoteAnswer | None
    work: PublishedWork | None = Field(description="What the parties put to the numbers, if they did.")


class PictureAnswer(BaseModel):
    """A period's picture, drawn as of a position of intake's log."""

    picture: Picture
    fingerprint: Fingerprint
    made_from: int
    made_from_analysis: int
    is_running: bool = Field(
        description="True while the period goes on: the comparisons are with whole ones."
    )
    headline: Words
    sentences: tuple[Sentence, ...]
    late: tuple[LateReports, ...]
    late_note: Words | None
    published: VersionSummary | None = Field(description="The latest published version, if there is one.")
    published_then: int | None = Field(
        description="With `as_of`: the version that was published by that moment; else null."
    )
    changed_since: int = Field(
        description="Reports that the published version counts,"
        " corrected, withdrawn or marked duplicate after it."
    )
    came_in_since: int = Field(
        description="Reports of the period that the latest published version does not know of."
    )


class VersionsAnswer(BaseModel):
    """All versions of a picture, the first one first."""

    municipality: MunicipalityCode
    period: PicturePeriodName
    scope: str
    versions: tuple[VersionSummary, ...]


@router.get(PICTURE, responses={200: {"model": PictureAnswer}}, response_class=Response)
async def picture(
    code: Code, period: Period, caller: Reader, request: Request, *, scope: Scope = "", as_of: AsOf = None
) -> Response:
    """A picture: counts by area, theme and organisation against three other periods."""
    within(caller, code)
    service = service_of(request)

    def ask(cursor: Cursor) -> tuple[PictureNow, PublishedVersion | None]:
        key = _key(cursor, code, period=period, scope=scope)
        found = picture_now(cursor, municipality=code, period=key.period, scope=key.scope, as_of=as_of)
        return found, published_then(cursor, found) if as_of is not None else None

    found, then = await service.ask(ask)
    document = _picture_document(found, service, then=then)
    return _answer(found.drawn.content, document, etag=found.drawn.fingerprint)


@router.put(
    f"{PICTURE}/publication",
    status_code=201,
    responses={201: {"model": VersionAnswer}},
    openapi_extra=accepts(PublicationRequest),
    response_class=Response,
)
async def publication(at: AtWork, request: Request, *, if_match: IfMatch = None) -> Response:
    """Publish a picture: version 1, frozen with its fingerprint. Of several at once, one wins."""
    told, service = await parse_body(request, PublicationRequest), service_of(request)
    approval = _approval(at, told, if_match)

    def use_case(app: Compiler) -> VersionInWords:
        drawn, document = _drawn(app, at, told)
        published = app.publishing.publish_picture(drawn, approval, document=document)
        return in_words(published, app.compilations.texts.read)

    published = await service.do(use_case)
    await service.shown()
    return _version_answer(published, status_code=201)


@router.put(
    f"{PICTURE}/versions/{{version}}",
    status_code=201,
    responses={201: {"model": VersionAnswer}},
    openapi_extra=accepts(CorrectionRequest),
    response_class=Response,
)
async def correction(at: AtWork, version: Version, request: Request, *, if_match: IfMatch = None) -> Response:
    """Correct a published picture: the next version, beside the old ones, with a reason."""
    told, service = await parse_body(request, CorrectionRequest), service_of(request)
    approval = replace(_approval(at, told, if_match), note=told.note, confirmed=told.confirmed)

    def use_case(app: Compiler) -> VersionInWords:
        drawn, document = _drawn(app, at, told)
        corrected = app.publishing.correct_picture(
            drawn, approval, version=version, reason=told.reason, document=document
        )
        return in_words(corrected, app.compilations.texts.read)

    corrected = await service.do(use_case)
    await service.shown()
    return _version_answer(corrected, status_code=201)


@router.get(f"{PICTURE}/versions", responses={200: {"model": VersionsAnswer}}, response_class=Response)
async def all_versions(
    code: Code, period: Period, caller: Reader, request: Request, *, scope: Scope = ""
) -> Response:
    """Which versions of a picture have been published."""
    within(caller, code)

    def ask(cursor: Cursor) -> dict[str, Any]:
        key = _key(cursor, code, period=period, scope=scope)
        found = versions(cursor, municipality=code, period=str(key.period), scope=str(key.scope))
        summaries = [_summary(each) for each in found]
        return {
            "municipality": code,
            "period": str(key.period),
            "scope": str(key.scope),
            "versions": summaries,
        }

    document = await service_of(request).ask(ask)
    return Response(json.dumps(document, ensure_ascii=False), media_type="application/json")


@router.get(
    f"{PICTURE}/versions/{{version}}", responses={200: {"model": VersionAnswer}}, response_class=Response
)
async def one_version(
    code: Code, period: Period, version: Version, caller: Reader, request: Request, *, scope: Scope = ""
) -> Response:
    """A published version, exactly as it was frozen; words that have been erased since are gone."""
    within(caller, code)

    def ask(cursor: Cursor) -> VersionInWords | None:
        key = _key(cursor, code, period=period, scope=scope)
        found = versions(cursor, municipality=code, period=str(key.period), scope=str(key.scope))
        chosen = next((each for each in found if each.version == version), None)
        return in_words(chosen, partial(words_of, cursor)) if chosen else None

    published = await service_of(request).ask(ask)
    if published is None:
        raise not_found()
    return _version_answer(published)


def _key(cursor: Cursor, code: str, *, period: str, scope: str) -> PictureKey:
    return key_of(cursor, set_up_now(cursor, code), municipality=code, period=period, scope=scope)


def _drawn(
    app: Compiler, at: Workplace, told: PublicationRequest
) -> tuple[DrawnPicture, CollaborationDocument | None]:
    """The picture that is meant: as it was known then, as it was signed, or as it is known now."""
    cursor = app.work.cursor
    document = set_up_now(cursor, at.code)
    key = key_of(cursor, document, municipality=at.code, period=at.period, scope=at.scope)
    if told.made_from is None:
        return drawn_for(cursor, key, known=app.publishing.signed_as_known(key)), document
    position, analysis = told.made_from, told.made_from_analysis
    return drawn_at(cursor, key, position=position, analysis=analysis), document


def _approval(at: Workplace, told: PublicationRequest, if_match: str | None) -> Approval:
    keep = None if told.sentences is None else tuple(map(str, told.sentences))
    seen = None if if_match in (None, "*") else if_match.strip().removeprefix("W/").strip('"')
    return Approval(by=at.by, seen=seen, keep=keep)


def _picture_document(
    found: PictureNow, service: Service[Compiler], *, then: PublishedVersion | None
) -> dict[str, Any]:
    drawn, until = found.drawn, found.until(service.clock.now())
    return {
        "fingerprint": drawn.fingerprint,
        "made_from": drawn.made_from,
        "made_from_analysis": drawn.known.analysis,
        "is_running": until is not None,
        "headline": headline(drawn.picture, until=until),
        "sentences": suggested_sentences(drawn.picture, until=until),
        "late": drawn.late,
        "late_note": late_words(drawn.late, of=drawn.picture.picture_period),
        "published": _summary(found.latest) if found.latest else None,
        "published_then": then.version if then else None,
        "came_in_since": found.came_in_since,
        "changed_since": found.changed_since,
    }


def _summary(published: PublishedVersion) -> dict[str, Any]:
    return {
        "version": published.version,
        "published_at": published.published_at.isoformat(),
        "published_by": published.published_by,
        "reason": published.reason,
        "made_from": published.frozen.made_from,
        "fingerprint": published.frozen.fingerprint,
        "reports": published.frozen.reports,
    }


def _version_answer(shown: VersionInWords, *, status_code: int = 200) -> Response:
    frozen = shown.published.frozen
    document = _summary(shown.published) | {
        "headline": frozen.headline,
        "sentences": frozen.sentences,
        "late": frozen.late,
        "late_note": frozen.late_note,
        "frame": shown.frame,
        "note": shown.note,
        "work": shown.work,
    }
    answer = _answer(frozen.content, document, etag=frozen.fingerprint, status_code=status_code)
    if status_code == 201:
        where = f"/v1/municipalities/{frozen.municipality}/pictures/{frozen.period}"
        scope = f"?{urlencode({'scope': frozen.frame.scope})}" if frozen.frame.scope else ""
        answer.headers["Location"] = f"{where}/versions/{shown.published.version}{scope}"
    return answer


def _answer(content: str, document: dict[str, Any], *, etag: str, status_code: int = 200) -> Response:
    """The picture's own bytes first, unchanged, so that anyone can take the fingerprint again."""
    rest = json.dumps(document, default=_plain, ensure_ascii=False, separators=(",", ":"))
    body = f'{{"picture":{content},{rest[1:]}'
    return Response(body, status_code, {"ETag": etag_of(etag)}, media_type="application/json")


def _plain(thing: object) -> dict[str, Any]:
    return thing.model_dump(mode="json") if isinstance(thing, BaseModel) else as_fields(thing)
