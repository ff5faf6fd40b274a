"""How programs ask for pictures, publish them and correct them."""

import json
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Header, Path, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.service import Service
from est_chassis.web.access import Caller, allow, within
from est_chassis.web.bodies import accepts, parse_body
from est_chassis.web.problems import not_found
from est_compiler.application import Compiler
from est_compiler.domain.drawn_picture import LateReports, as_fields
from est_compiler.domain.periods import picture_period
from est_compiler.domain.picture import Picture
from est_compiler.domain.situation_picture import Approval, PublishedVersion
from est_compiler.domain.wording import Sentence, SentenceKey, headline, late_words, suggested_sentences
from est_compiler.read_models.compilations import set_up_now
from est_compiler.read_models.pictures import PictureNow, picture_at, picture_now
from est_compiler.read_models.published_pictures import versions
from est_contracts.vocabulary import CorrectionReason, Fingerprint, MunicipalityCode, Role, WeekName, Words

router = APIRouter(tags=["pictures"])

PICTURE = "/v1/municipalities/{code}/pictures/{period}"
Code = Annotated[MunicipalityCode, Path(description="The municipality's code.", examples=["9901", "1280"])]
Period = Annotated[str, Path(description="An ISO week.", examples=["2026-W47"])]
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
READERS = (Role.REPORTER, Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER, Role.RECIPIENT, Role.OPERATOR)
Reader = Annotated[Caller, Depends(allow(*READERS))]
Coordinator = Annotated[Caller, Depends(allow(Role.COORDINATOR))]


class PublicationRequest(BaseModel):
    """What a coordinator publishes. Everything may be left out: then it is the picture as it is now."""

    model_config = ConfigDict(extra="forbid")

    made_from: int | None = Field(
        default=None,
        ge=0,
        le=2**53,
        description="Publish the picture as it was known at this position of intake's log.",
    )
    sentences: tuple[SentenceKey, ...] | None = Field(
        default=None,
        max_length=10,
        description="The suggested sentences that stay; all when left out.",
    )


class CorrectionRequest(PublicationRequest):
    """A new version of a published picture, and why."""

    reason: CorrectionReason


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


class PictureAnswer(BaseModel):
    """A week's picture, drawn as of a position of intake's log."""

    picture: Picture
    fingerprint: Fingerprint
    made_from: int
    is_running: bool = Field(description="True while the week goes on: the comparisons are with whole weeks.")
    headline: Words
    sentences: tuple[Sentence, ...]
    late: tuple[LateReports, ...]
    late_note: Words | None
    published: VersionSummary | None = Field(description="The latest published version, if there is one.")
    changed_since: int = Field(
        description="Reports that the published version counts,"
        " corrected, withdrawn or marked duplicate after it."
    )
    came_in_since: int = Field(
        description="Reports of the week that the latest published version does not know of."
    )


class VersionsAnswer(BaseModel):
    """All versions of a week's picture, the first one first."""

    municipality: MunicipalityCode
    period: WeekName
    versions: tuple[VersionSummary, ...]


@router.get(PICTURE, responses={200: {"model": PictureAnswer}}, response_class=Response)
async def picture(
    code: Code, period: Period, caller: Reader, request: Request, *, as_of: AsOf = None
) -> Response:
    """A week's picture: counts by area, theme and organisation against three other weeks."""
    within(caller, code)
    drawn_period, service = picture_period(period), _service(request)
    found = await service.ask(
        lambda cursor: picture_now(cursor, municipality=code, period=drawn_period, as_of=as_of)
    )
    return _answer(found.drawn.content, _picture_document(found, service), etag=found.drawn.fingerprint)


@router.put(
    f"{PICTURE}/publication",
    status_code=201,
    responses={201: {"model": VersionAnswer}},
    openapi_extra=accepts(PublicationRequest),
    response_class=Response,
)
async def publication(
    code: Code, period: Period, caller: Coordinator, request: Request, *, if_match: IfMatch = None
) -> Response:
    """Publish a week's picture: version 1, frozen with its fingerprint. Of several at once, one wins."""
    within(caller, code)
    drawn_period, asked = picture_period(period), await parse_body(request, PublicationRequest)
    approval, service = _approval(caller, asked, if_match), _service(request)
    published = await service.do(
        lambda app: app.publish_picture(
            picture_at(app.work.cursor, municipality=code, period=drawn_period, position=asked.made_from),
            approval,
            document=set_up_now(app.work.cursor, code),
        )
    )
    await service.shown()
    return _version_answer(published, status_code=201)


@router.put(
    f"{PICTURE}/versions/{{version}}",
    status_code=201,
    responses={201: {"model": VersionAnswer}},
    openapi_extra=accepts(CorrectionRequest),
    response_class=Response,
)
async def correction(
    code: Code,
    period: Period,
    version: Version,
    caller: Coordinator,
    request: Request,
    *,
    if_match: IfMatch = None,
) -> Response:
    """Correct a published picture: the next version, beside the old ones, with a reason."""
    within(caller, code)
    drawn_period, asked = picture_period(period), await parse_body(request, CorrectionRequest)
    approval, service = _approval(caller, asked, if_match), _service(request)
    corrected = await service.do(
        lambda app: app.correct_picture(
            picture_at(app.work.cursor, municipality=code, period=drawn_period, position=asked.made_from),
            approval,
            version=version,
            reason=asked.reason,
            document=set_up_now(app.work.cursor, code),
        )
    )
    await service.shown()
    return _version_answer(corrected, status_code=201)


@router.get(f"{PICTURE}/versions", responses={200: {"model": VersionsAnswer}}, response_class=Response)
async def all_versions(code: Code, period: Period, caller: Reader, request: Request) -> Response:
    """Which versions of a week's picture have been published."""
    within(caller, code)
    written = str(picture_period(period))
    found = await _service(request).ask(lambda cursor: versions(cursor, municipality=code, period=written))
    summaries = [_summary(each) for each in found]
    document = {"municipality": code, "period": written, "versions": summaries}
    return Response(json.dumps(document, ensure_ascii=False), media_type="application/json")


@router.get(
    f"{PICTURE}/versions/{{version}}", responses={200: {"model": VersionAnswer}}, response_class=Response
)
async def one_version(
    code: Code, period: Period, version: Version, caller: Reader, request: Request
) -> Response:
    """A published version, exactly as it was frozen."""
    within(caller, code)
    written = str(picture_period(period))
    found = await _service(request).ask(lambda cursor: versions(cursor, municipality=code, period=written))
    for each in found:
        if each.version == version:
            return _version_answer(each)
    raise not_found()


def _service(request: Request) -> Service[Compiler]:
    return cast(Service[Compiler], request.app.state.service)


def _approval(caller: Caller, asked: PublicationRequest, if_match: str | None) -> Approval:
    keep = None if asked.sentences is None else tuple(map(str, asked.sentences))
    seen = None if if_match in (None, "*") else if_match.strip().removeprefix("W/").strip('"')
    return Approval(by=caller.function or caller.name, seen=seen, keep=keep)


def _picture_document(found: PictureNow, service: Service[Compiler]) -> dict[str, Any]:
    drawn, until = found.drawn, found.until(service.clock.now())
    return {
        "fingerprint": drawn.fingerprint,
        "made_from": drawn.made_from,
        "is_running": until is not None,
        "headline": headline(drawn.picture, until=until),
        "sentences": suggested_sentences(drawn.picture, until=until),
        "late": drawn.late,
        "late_note": late_words(drawn.late, of=drawn.picture.picture_period),
        "published": _summary(found.latest) if found.latest else None,
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


def _version_answer(published: PublishedVersion, *, status_code: int = 200) -> Response:
    frozen = published.frozen
    document = _summary(published) | {
        "headline": frozen.headline,
        "sentences": frozen.sentences,
        "late": frozen.late,
        "late_note": frozen.late_note,
    }
    answer = _answer(frozen.content, document, etag=frozen.fingerprint, status_code=status_code)
    if status_code == 201:
        where = f"/v1/municipalities/{frozen.municipality}/pictures/{frozen.period}"
        answer.headers["Location"] = f"{where}/versions/{published.version}"
    return answer


def _answer(content: str, document: dict[str, Any], *, etag: str, status_code: int = 200) -> Response:
    """The picture's own bytes first, unchanged, so that anyone can take the fingerprint again."""
    rest = json.dumps(document, default=_plain, ensure_ascii=False, separators=(",", ":"))
    body = f'{{"picture":{content},{rest[1:]}'
    return Response(body, status_code, {"ETag": f'"{etag}"'}, media_type="application/json")


def _plain(thing: object) -> dict[str, Any]:
    return thing.model_dump() if isinstance(thing, BaseModel) else as_fields(thing)
