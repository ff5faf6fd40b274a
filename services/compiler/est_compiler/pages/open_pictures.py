"""What anyone may read without signing in: the general editions of municipalities that have opened them."""

import re
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import Caller, CallerKind
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.open_door import open_door, pass_through
from est_chassis.web.problems import not_found
from est_compiler.application import words_of
from est_compiler.domain.periods import picture_scope
from est_compiler.domain.viewing.open_picture import OpenPicture, OpenPlace
from est_compiler.domain.viewing.view import View
from est_compiler.formats.cells import written_words
from est_compiler.formats.open_feed import rss, totals_csv, totals_of
from est_compiler.formats.written import FORMATS, written
from est_compiler.pages.callers import service_of
from est_compiler.pages.reading.blocks import sections_of, shown_table
from est_compiler.questions.compilations import set_up_now
from est_compiler.questions.open_pictures import (
    general_view,
    latest_open_pictures,
    open_pictures,
    open_place,
    open_places,
    open_versions,
)
from est_compiler.settings import open_prints, open_requests
from est_contracts.vocabulary import LEVEL_WORDS, MunicipalityCode, Words

router = APIRouter(include_in_schema=False)

Code = Annotated[MunicipalityCode, Path()]
Scope = Annotated[str, Query(max_length=3100)]
OPEN = Words(sv="Öppna lägesbilder", en="Open pictures")
#: A version never changes, but a municipality may close its pictures any minute.
KEEP = "public, max-age=300"
#: More than a year of weeks stands on the page; what a feed tells is the news.
MOST_ON_A_PAGE, MOST_IN_A_FEED = 80, 20
_VERSION = re.compile(r"v([1-9][0-9]{0,4})(?:\.([a-z]{1,10}))?")


Anyone = Annotated[Caller, Depends(open_door("open", per_minute=open_requests))]


@router.get("/open")
async def open_front(request: Request, caller: Anyone) -> Response:
    """The municipalities that have opened their pictures."""
    places = await service_of(request).ask(open_places)
    response = page(request, "open_municipalities.html", title=OPEN, places=places)
    return _kept(response, caller)


@router.get("/open/{code}")
async def open_list(code: Code, request: Request, caller: Anyone) -> Response:
    """The published pictures of a municipality, and how their numbers are made."""

    def ask(cursor: Cursor) -> tuple[OpenPlace, list[tuple[OpenPicture, Words | None]]]:
        place, document = open_place(cursor, code), set_up_now(cursor, code)
        listed = latest_open_pictures(cursor, code)[:MOST_ON_A_PAGE]
        return place, [(each, picture_scope(each.scope).words(document)) for each in listed]

    place, listed = await service_of(request).ask(ask)
    response = page(
        request,
        "open_pictures.html",
        title=_title_of(place.name),
        code=code,
        opened=place,
        pictures=listed,
        level_words=LEVEL_WORDS,
    )
    return _kept(response, caller)


@router.get("/open/{code}/feed.xml")
async def open_feed(code: Code, request: Request, _caller: Anyone) -> Response:
    """The same as RSS, each version an entry."""

    def ask(cursor: Cursor) -> tuple[str, list[View]]:
        name = open_place(cursor, code).name
        read = partial(words_of, cursor)
        listed = open_pictures(cursor, code)[:MOST_IN_A_FEED]
        return name, [general_view(cursor, each, read=read) for each in listed]

    name, views = await service_of(request).ask(ask)
    feed = rss(
        views,
        title=_title_of(name),
        front_url=_front_url(request),
        path=f"/open/{code}",
        language=language_of(request),
    )
    return _open_file(feed, "application/rss+xml; charset=utf-8")


@router.get("/open/{code}/totals.csv")
async def open_totals(code: Code, request: Request, _caller: Anyone) -> Response:
    """How much was reported of each picture."""

    def ask(cursor: Cursor) -> list[OpenPicture]:
        open_place(cursor, code)
        return latest_open_pictures(cursor, code)

    pictures = await service_of(request).ask(ask)
    response = _open_file(totals_csv(pictures, front_url=_front_url(request)), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="lagesbilder-{code}.csv"'
    return response


@router.get("/open/{code}/{period}/{version}")
async def open_version(
    code: Code, period: str, version: str, request: Request, caller: Anyone, *, scope: Scope = ""
) -> Response:
    """One version for good: a page, or a file when a format stands behind the version."""
    named = _VERSION.fullmatch(version)
    form = FORMATS.get(named[2]) if named and named[2] else None
    if named is None or (named[2] and form is None):
        raise not_found()

    def ask(cursor: Cursor) -> tuple[OpenPicture, OpenPicture, View]:
        open_place(cursor, code)
        versions = open_versions(cursor, code, period=period, scope=scope)
        found = next((each for each in versions if each.version == int(named[1])), None)
        if found is None:
            raise not_found()
        return found, versions[-1], general_view(cursor, found, read=partial(words_of, cursor))

    found, latest, view = await service_of(request).ask(ask)
    if form is not None:
        if form.write is None:
            pass_through(request, "open_press", per_minute=open_prints)
        answer = await written(view, form, language_of(request), front_url=_front_url(request))
        return _open(answer)
    language = language_of(request)
    response = page(
        request,
        "open_picture.html",
        title=_title_of(f"{view.municipality_name}, {said(view.period_name, language)}"),
        view=view,
        code=code,
        totals=shown_table(totals_of(view), language),
        later=latest if latest.version > found.version else None,
        sections=sections_of(view.blocks, language),
        formats=tuple(FORMATS),
        level=LEVEL_WORDS[view.level] if view.level else None,
        public_words=written_words(view.public_words, language) if view.public_words else "",
    )
    return _kept(response, caller)


def _title_of(name: str) -> Words:
    return Words(sv=f"Lägesbilder {name}", en=f"Situation pictures, {name}")


def _front_url(request: Request) -> str:
    return service_of(request).settings.front_url.rstrip("/")


def _kept(response: Response, caller: Caller) -> Response:
    """A page with nobody's name on it may be kept on the way; one with a name may not."""
    if caller.kind is CallerKind.PUBLIC:
        response.headers["Cache-Control"] = KEEP
    return response


def _open_file(content: str, media_type: str) -> Response:
    response = Response(content.encode(), media_type=media_type)
    response.headers["Vary"] = "Accept-Language, Cookie"
    return _open(response)


def _open(response: Response) -> Response:
    """Open data may be read from any other page."""
    response.headers["Cache-Control"] = KEEP
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
