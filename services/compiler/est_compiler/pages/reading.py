"""The page of a picture: what has been published of a period, or else what can be drawn of it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import within
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of
from est_chassis.web.problems import not_found
from est_compiler.domain.periods import picture_period
from est_compiler.domain.situation_picture import PublishedVersion
from est_compiler.pages.asked import DRAWN_NOW, PICTURE, Code, Reader, Wanted, service_of
from est_compiler.pages.picture_page import (
    PicturePage,
    drawn_page,
    published_page,
    reason_choices,
    sentence_choices,
    since_words,
)
from est_compiler.pages.ways import Ways, place_of, ways_from
from est_compiler.read_models import counts
from est_compiler.read_models.collaborations import collaboration_at
from est_compiler.read_models.pictures import PictureNow, picture_now
from est_contracts.vocabulary import MUNICIPALITIES, STOCKHOLM, PicturePeriod, Role, Week, Words

router = APIRouter(include_in_schema=False)

PICTURES = Words(sv="Lägesbilder", en="Situation pictures")


@router.get("/pictures")
async def pictures(request: Request, caller: Reader) -> Response:
    """The newest week that anything is known of; whoever sees all municipalities chooses one first."""
    service = service_of(request)
    today = service.clock.now().astimezone(STOCKHOLM).date()
    code = caller.municipality
    if code is None:
        codes = await service.ask(counts.municipalities)
        named = sorted((MUNICIPALITIES.get(each, each), each) for each in codes)
        return page(request, "municipalities.html", title=PICTURES, municipalities=named)
    latest = await service.ask(lambda cursor: counts.latest_day(cursor, municipality=code, until=today))
    return RedirectResponse(f"/pictures/{code}/{Week.of_day(latest or today)}", status_code=303)


@router.get(PICTURE)
async def picture(request: Request, code: Code, period: str, caller: Reader, *, asked: Wanted) -> Response:
    """A period's picture of the whole municipality or some of it."""
    within(caller, code)
    service = service_of(request)
    now, as_of, language = service.clock.now(), asked.moment_or_position, language_of(request)

    def ask(cursor: Cursor) -> tuple[PictureNow, PicturePage, Ways]:
        place = place_of(cursor, municipality=code, scope=asked.picture_scope)
        drawn_period = picture_period(period, place.calendar)
        found = picture_now(cursor, municipality=code, period=drawn_period, scope=place.scope, as_of=as_of)
        ways = ways_from(place, drawn_period, now=now, language=language)
        chosen = None if as_of else _chosen(found, asked.version)
        made_from = chosen.frozen.made_from if chosen else found.drawn.made_from
        document = collaboration_at(cursor, municipality=code, position=made_from)
        if chosen:
            return found, published_page(chosen, document, language=language), ways
        return found, drawn_page(found, document, now=now, language=language), ways

    found, shown, ways = await service.ask(ask)
    drawn_period = shown.picture.picture_period
    return page(
        request,
        "picture.html",
        title=_title(drawn_period),
        code=code,
        period=drawn_period,
        ways=ways,
        shown=shown,
        found=found,
        as_of=as_of,
        known_at=asked.known_at,
        since=since_words(found, language),
        has_begun=drawn_period.starts_at <= now,
        may_publish=caller.has(Role.COORDINATOR),
        sentences=sentence_choices(found, now=now, language=language),
        reasons=reason_choices(language),
    )


def _title(period: PicturePeriod) -> Words:
    return Words(sv=f"Lägesbild {period.name.sv}", en=f"Situation picture, {period.name.en}")


def _chosen(found: PictureNow, version: str) -> PublishedVersion | None:
    """The published version that was asked for: the latest, unless a number or the present is named."""
    if version == DRAWN_NOW or not found.published:
        return None
    if not version:
        return found.latest
    for each in found.published:
        if str(each.version) == version:
            return each
    raise not_found()
