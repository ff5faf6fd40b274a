"""OGC API - Features (Part 1: Core) over areas with counts: a layer for the municipality's own maps."""

import json
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import Caller
from est_chassis.web.numbers import whole_number
from est_chassis.web.open_door import open_door
from est_chassis.web.problems import Problem, not_found
from est_compiler.api.callers import service_of
from est_compiler.domain.viewing.boxes import Box, meet
from est_compiler.domain.viewing.open_picture import OpenPicture
from est_compiler.domain.viewing.undivided import placed as areas_told
from est_compiler.formats import ogc_documents as ogc
from est_compiler.formats.ogc_documents import GEOJSON, JSON, OPENAPI, Page, PlacedFeature
from est_compiler.questions.open_pictures import (
    PlacedArea,
    general_view,
    latest_open_pictures,
    open_place,
    open_places,
    placed_areas,
)
from est_compiler.settings import open_requests
from est_contracts.vocabulary import STOCKHOLM, FieldError, PeriodKind, Words

# Described by a document of its own, as the standard asks: /ogc/api.
router = APIRouter(prefix="/ogc", include_in_schema=False)

COLLECTION = re.compile(r"areas-([0-9]{4})")
KEEP = "public, max-age=300"
PARAMETERS = ("f", "limit", "offset", "bbox", "datetime", "kind", "period")


Anyone = Annotated[Caller, Depends(open_door("open", per_minute=open_requests))]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which features are asked for."""

    page: Page
    box: Box | None
    first: date | None
    last: date | None
    kind: str
    period: str
    #: As it was written, to be written again in the links.
    asked: dict[str, str]

    def takes(self, picture: OpenPicture) -> bool:
        """Whether a picture's days are asked for; its numbers are not needed to tell."""
        return (
            picture.has_a_day_in(self.first, self.last)
            and (not self.kind or picture.kind == self.kind)
            and (not self.period or picture.period == self.period)
        )

    def takes_area(self, placed: PlacedArea) -> bool:
        return self.box is None or meet(placed.box, self.box)


@router.get("")
@router.get("/")
async def landing_page(request: Request, _caller: Anyone) -> Response:
    """Where to begin."""
    _known_parameters(request, ("f",))
    return _answer(ogc.landing(_front_url(request)))


@router.get("/api")
async def api_definition(request: Request, _caller: Anyone) -> Response:
    """What can be asked, as OpenAPI 3.0."""
    return _answer(ogc.openapi(_front_url(request)), OPENAPI)


@router.get("/conformance")
async def conformance(request: Request, _caller: Anyone) -> Response:
    """Which parts of the standard are kept."""
    _known_parameters(request, ("f",))
    return _answer({"conformsTo": ogc.CONFORMS_TO})


@router.get("/collections")
async def collections(request: Request, _caller: Anyone) -> Response:
    """One collection for each municipality that has opened its pictures."""
    _known_parameters(request, ("f",))
    front_url = _front_url(request)

    places = await service_of(request).ask(open_places)
    described = [ogc.collection(each, front_url=front_url) for each in places]
    return _answer(ogc.collections(described, front_url=front_url))


@router.get("/collections/{collection}")
async def one_collection(collection: str, request: Request, _caller: Anyone) -> Response:
    """The areas of one municipality."""
    _known_parameters(request, ("f",))
    municipality, front_url = _municipality(collection), _front_url(request)
    place = await service_of(request).ask(partial(open_place, municipality=municipality))
    return _answer(ogc.collection(place, front_url=front_url))


@router.get("/collections/{collection}/items")
async def features(collection: str, request: Request, _caller: Anyone) -> Response:
    """Areas with the counts of each published period, the latest published first."""
    municipality, wanted = _municipality(collection), _wanted(request)
    service = service_of(request)

    def ask(cursor: Cursor) -> tuple[int, list[PlacedFeature]]:
        pictures = [each for each in _pictures(cursor, municipality) if wanted.takes(each)]
        placed = [area for each in pictures for area in placed_areas(cursor, each) if wanted.takes_area(area)]
        begins = wanted.page.offset
        return len(placed), [_feature(cursor, each) for each in placed[begins : begins + wanted.page.limit]]

    matched, shown = await service.ask(ask)
    document = ogc.feature_page(
        shown,
        replace(wanted.page, matched=matched),
        here=f"{_front_url(request)}/ogc/collections/{collection}",
        asked=wanted.asked,
        now=service.clock.now(),
    )
    return _answer(document, GEOJSON)


@router.get("/collections/{collection}/items/{feature}")
async def one_feature(collection: str, feature: str, request: Request, _caller: Anyone) -> Response:
    """An area in one period."""
    _known_parameters(request, ("f",))
    municipality = _municipality(collection)
    period, _, area = feature.partition(".")

    def ask(cursor: Cursor) -> PlacedFeature:
        pictures = [each for each in _pictures(cursor, municipality) if each.period == period]
        for placed in (placed for each in pictures for placed in placed_areas(cursor, each)):
            if placed.area == area:
                return _feature(cursor, placed)
        raise not_found()

    found = await service_of(request).ask(ask)
    here = f"{_front_url(request)}/ogc/collections/{collection}"
    return _answer(ogc.one_feature(found, here=here), GEOJSON)


def _pictures(cursor: Cursor, municipality: str) -> list[OpenPicture]:
    """The latest version of each picture of the whole municipality."""
    open_place(cursor, municipality)
    return [each for each in latest_open_pictures(cursor, municipality) if not each.scope]


def _feature(cursor: Cursor, placed: PlacedArea) -> PlacedFeature:
    view = general_view(cursor, placed.picture)
    return next(PlacedFeature(area, view) for area in areas_told(view) if area.area == placed.area)


def _municipality(collection: str) -> str:
    named = COLLECTION.fullmatch(collection)
    if named is None:
        raise not_found()
    return named[1]


def _front_url(request: Request) -> str:
    """The standard wants whole addresses: ours if it is known, else the one that was called."""
    return service_of(request).settings.front_url.rstrip("/") or str(request.base_url).rstrip("/")


def _answer(document: dict[str, Any], media_type: str = JSON) -> Response:
    headers = {"Cache-Control": KEEP, "Access-Control-Allow-Origin": "*"}
    return Response(json.dumps(document, ensure_ascii=False).encode(), 200, headers, media_type=media_type)


def _wanted(request: Request) -> Wanted:
    _known_parameters(request, PARAMETERS)
    asked = {name: request.query_params[name] for name in PARAMETERS[3:] if name in request.query_params}
    first, last = _interval(asked.get("datetime", ""))
    kind = asked.get("kind", "")
    if kind and kind not in set(PeriodKind):
        raise _unreadable("kind", sv="Ange en periodlängd, som week.", en="Give a kind of period: week.")
    return Wanted(
        page=Page(
            _number(request, "offset", 0),
            min(_number(request, "limit", ogc.USUAL_LIMIT, least=1), ogc.LARGEST_LIMIT),
        ),
        box=_box(asked["bbox"]) if "bbox" in asked else None,
        first=first,
        last=last,
        kind=kind,
        period=asked.get("period", ""),
        asked=asked,
    )


def _known_parameters(request: Request, known: tuple[str, ...]) -> None:
    """The standard asks us to refuse what we do not know, rather than to answer something else."""
    for name in request.query_params:
        if name not in (*known, "language"):
            raise _unreadable(name, sv="Parametern finns inte.", en="There is no such parameter.")
    if request.query_params.get("f", "json") not in ("json", "geojson"):
        raise _unreadable("f", sv="Svaren finns som json.", en="Answers are there as json.")


def _number(request: Request, name: str, usual: int, *, least: int = 0) -> int:
    written = request.query_params.get(name)
    if written is None:
        return usual
    number = whole_number(written)
    if number is None or number < least:
        raise _unreadable(name, sv=f"Ange ett heltal från {least}.", en=f"Give a whole number from {least}.")
    return number


def _box(written: str) -> Box:
    """West, south, east, north; heights between them are read past."""
    try:
        numbers = [float(each) for each in written.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
    if len(numbers) != 4 or not all(-180 <= each <= 180 for each in numbers) or numbers[1] > numbers[3]:
        raise _unreadable(
            "bbox", sv="Ange väst,syd,öst,nord i grader.", en="Give west,south,east,north in degrees."
        )
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _interval(written: str) -> tuple[date | None, date | None]:
    """A moment, or two with a stroke between them; an end may be open: `..` or nothing."""
    if not written:
        return None, None
    begins, stroke, ends = written.partition("/")
    first = _day(begins, may_be_open=bool(stroke))
    last = _day(ends, may_be_open=True) if stroke else first
    if first and last and last < first:
        raise _no_interval()
    return first, last


def _day(written: str, *, may_be_open: bool) -> date | None:
    if may_be_open and written in ("", ".."):
        return None
    try:
        moment = datetime.fromisoformat(written.replace(" ", "+"))
        return moment.date() if moment.tzinfo is None else moment.astimezone(STOCKHOLM).date()
    except (ValueError, OverflowError):
        raise _no_interval() from None


def _no_interval() -> Problem:
    return _unreadable(
        "datetime",
        sv="Ange en tidpunkt eller ett intervall, som 2026-11-16T00:00:00Z/..",
        en="Give a moment or an interval, as in 2026-11-16T00:00:00Z/..",
    )


def _unreadable(name: str, *, sv: str, en: str) -> Problem:
    return Problem(400, "invalid", errors=(FieldError(name, Words(sv=sv, en=en)),))
