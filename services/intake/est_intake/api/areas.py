"""How programs bring in a municipality's areas: GeoJSON, looked at first and then taken over."""

from typing import Annotated, Any, Self

from fastapi import APIRouter, Header, Query
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.failures import NotFound
from est_chassis.web.access import Caller, within
from est_chassis.web.bodies import LARGEST_BODY, read_bytes
from est_chassis.web.field_words import field_errors
from est_chassis.web.if_match import version_of
from est_chassis.web.numbers import etag_of
from est_chassis.web.problems import Problem
from est_contracts.vocabulary import Area, CollaborationDocument, FieldError
from est_intake.api.callers import Code, SettingUp, sender_of, service_of
from est_intake.api.set_up_answers import TellingChange
from est_intake.application.area_file import AreaFile, AreaTrouble, FileIsNotAreas, merged, read_areas
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.set_up_changes import changes_between
from est_intake.read_models import collaborations

router = APIRouter()

EXAMPLE = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"omradeskod": "9901R002", "namn": "Norrängen"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[13.3, 58.94], [13.32, 58.94], [13.32, 58.95], [13.3, 58.95], [13.3, 58.94]]
                ],
            },
        }
    ],
}
GEOJSON: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"type": "object"}, "example": EXAMPLE},
            "application/geo+json": {"schema": {"type": "object"}, "example": EXAMPLE},
        },
    }
}

PropertyName = Annotated[
    str | None, Query(max_length=100, description="The property of the file that holds it.")
]
Removes = Annotated[bool, Query(description="Whether areas that the file does not have are removed.")]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class TellingTrouble(_Answer):
    """Something about one area of the file; faults stand in the way, the rest is to be looked at."""

    area: str
    is_fault: bool
    message_sv: str
    message_en: str

    @classmethod
    def of(cls, trouble: AreaTrouble) -> Self:
        words = trouble.words
        return cls(area=trouble.area, is_fault=trouble.is_fault, message_sv=words.sv, message_en=words.en)


class CheckedAreas(_Answer):
    """What a file would make of the areas."""

    version: int = Field(description="The version that it was compared with.")
    areas: list[Area]
    changes: list[TellingChange]
    troubles: list[TellingTrouble]


class AreasInForce(_Answer):
    """The areas as they are now."""

    version: int
    areas: list[Area]


class _Wanted(BaseModel):
    """Which of the file's properties is which of ours, and what becomes of other areas."""

    area_id: PropertyName = None
    name: PropertyName = None
    kind: PropertyName = None
    within: PropertyName = None
    removes: Removes = False


Wanted = Annotated[_Wanted, Query()]


@router.post("/v1/municipalities/{code}/areas:check", response_model=CheckedAreas, openapi_extra=GEOJSON)
async def check_areas(code: Code, request: Request, caller: SettingUp, wanted: Wanted) -> CheckedAreas:
    """What a GeoJSON file (WGS 84) would change, and what is wrong with it. Nothing is recorded."""
    set_up, found = await _read(request, caller, code=code, wanted=wanted)
    troubles = [TellingTrouble.of(each) for each in found.troubles]
    if found.faults:
        return CheckedAreas(version=set_up.version, areas=[], changes=[], troubles=troubles)
    document = _with_areas(set_up.document, found, removes=wanted.removes)
    return CheckedAreas(
        version=set_up.version,
        areas=list(document.areas),
        changes=[TellingChange.of(each) for each in changes_between(set_up.document, document)],
        troubles=troubles,
    )


@router.put("/v1/municipalities/{code}/areas", response_model=AreasInForce, openapi_extra=GEOJSON)
async def take_over_areas(
    code: Code,
    request: Request,
    caller: SettingUp,
    wanted: Wanted,
    if_match: Annotated[str | None, Header(description="The version you looked at.")] = None,
) -> Response:
    """Take over the areas of a GeoJSON file (WGS 84), as the next version of the set-up."""
    set_up, found = await _read(request, caller, code=code, wanted=wanted)
    if found.faults:
        errors = [FieldError("features", each.words) for each in found.faults]
        raise Problem(422, "areas_have_faults", errors=errors)
    document = _with_areas(set_up.document, found, removes=wanted.removes)
    expected = version_of(if_match) or set_up.version
    version = await service_of(request).do(
        lambda app: app.set_up_collaboration(document, by=sender_of(caller), from_version=expected)
    )
    told = AreasInForce(version=version, areas=list(document.areas))
    return Response(told.model_dump_json(), headers={"ETag": etag_of(version)}, media_type="application/json")


async def _read(
    request: Request, caller: Caller, *, code: str, wanted: _Wanted
) -> tuple[SetUpInUse, AreaFile]:
    within(caller, code)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in {"application/json", "application/geo+json"}:
        raise Problem(415, "unsupported_format")
    content = await read_bytes(request, limit=LARGEST_BODY)
    set_up = await service_of(request).ask(lambda cursor: collaborations.in_use(cursor, code))
    if set_up is None:
        raise NotFound(code)
    chosen = {name: told for name, told in wanted.model_dump(exclude={"removes"}).items() if told}
    try:
        found = await run_in_threadpool(
            read_areas,
            content,
            municipality=code,
            known=set_up.document.areas,
            properties=chosen,
            removes=wanted.removes,
        )
    except FileIsNotAreas as refusal:
        raise Problem(422, "file_is_not_areas", errors=(FieldError("body", refusal.words),)) from None
    return set_up, found


def _with_areas(document: CollaborationDocument, found: AreaFile, *, removes: bool) -> CollaborationDocument:
    areas = merged(document.areas, found.areas, removes=removes)
    told = document.model_dump(mode="json") | {"areas": [each.model_dump(mode="json") for each in areas]}
    try:
        return CollaborationDocument.model_validate(told)
    except ValidationError as wrong:
        errors = field_errors(wrong.errors(include_url=False, include_input=False))
        raise Problem(422, "invalid", errors=errors) from None
