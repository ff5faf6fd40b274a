"""Editions for programs: one address for each edition, with its format as suffix or asked for by Accept."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import within
from est_chassis.web.languages import language_of
from est_chassis.web.local_addresses import front_address
from est_chassis.web.problems import Problem, not_found
from est_compiler.api.callers import PICTURE, Code, Period, Reader, Scope, service_of
from est_compiler.api.edition_answers import EXAMPLE, EditionAnswer
from est_compiler.application import compilation_then, words_of
from est_compiler.domain.periods import picture_scope
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.view import View
from est_compiler.formats.written import FORMATS, Format, format_for, written
from est_compiler.questions.editions import ReadThen, WhichPicture, brief_of
from est_contracts.vocabulary import Edition, Role, Words

router = APIRouter(tags=["editions"])

EditionNamed = Annotated[
    str,
    Path(
        description="internal, general, duty_officer or plain_text, then .json, .csv, .txt, .geojson or .pdf."
        " Without a suffix the Accept header says the format, and JSON is it if that says nothing.",
        examples=["general", "general.csv", "duty_officer.txt", "internal.geojson", "general.pdf"],
        pattern=r"^[a-z_]{1,20}(\.[a-z]{1,10})?$",
    ),
]
Version = Annotated[
    str,
    Query(
        description="A published version, or `now` for the picture as it can be drawn; else the latest.",
        examples=["1", "now"],
        pattern=r"^([0-9]{1,5}|now)?$",
    ),
]
AsOf = Annotated[
    str | None,
    Query(
        description="The picture as it was known at a moment, or at a position of intake's log.",
        examples=["2026-11-19T10:00:00+01:00", "1234"],
    ),
]
CONTENT: dict[str, Any] = {
    "application/json": {"example": EXAMPLE},
    "text/csv": {"example": "municipality;period;scope;edition;version;block;row;row_name;column;value"},
    "text/plain": {"example": "VECKOLÄGESBILD\nValboås, vecka 47 (2026-11-16 – 2026-11-22)"},
    "application/geo+json": {"example": {"type": "FeatureCollection", "features": []}},
    "application/pdf": {"schema": {"type": "string", "format": "binary"}},
}
NO_SUCH_FORMAT = Words(
    sv="Utgåvan finns som JSON, CSV, ren text, GeoJSON och PDF.",
    en="The edition is there as JSON, CSV, plain text, GeoJSON and PDF.",
)


def _which(
    code: Code, period: Period, caller: Reader, scope: Scope = "", version: Version = "", as_of: AsOf = None
) -> WhichPicture:
    within(caller, code)
    coordinator = caller.function if caller.has(Role.COORDINATOR) else None
    return WhichPicture(code, period, picture_scope(scope), version, as_of, coordinator)


#: Whoever reads pictures may read their editions: who asks is let in by this as well.
Which = Annotated[WhichPicture, Depends(_which)]


@router.get(
    f"{PICTURE}/editions/{{edition}}",
    responses={200: {"model": EditionAnswer, "content": CONTENT, "description": "The edition."}},
    response_class=Response,
)
async def one_edition(which: Which, edition: EditionNamed, request: Request) -> Response:
    """An edition of a picture: the same facts for one kind of reader, in one format."""
    named, form = _named(edition, request.headers.get("accept", ""))
    service = service_of(request)
    then = partial(compilation_then, service.store)
    view = await service.ask(partial(_view, which=which, edition=named, now=service.clock.now(), then=then))
    return await written(view, form, language_of(request), front_url=front_address(request))


def _named(name: str, accept: str) -> tuple[Edition, Format]:
    """The edition and the format that an address and an Accept header name."""
    edition, _, suffix = name.partition(".")
    form = format_named(suffix, accept)
    if edition not in set(Edition):
        raise not_found()
    return Edition(edition), form


def format_named(suffix: str, accept: str) -> Format:
    """The format of a suffix, or without one of an Accept header."""
    form = FORMATS.get(suffix) if suffix else format_for(accept)
    if form is None and not suffix:
        raise Problem(406, "no_such_format", NO_SUCH_FORMAT)
    if form is None:
        raise not_found()
    return form


def _view(cursor: Cursor, *, which: WhichPicture, edition: Edition, now: datetime, then: ReadThen) -> View:
    brief = brief_of(cursor, which, now=now, read=partial(words_of, cursor), then=then)
    return view_of(brief, edition)
