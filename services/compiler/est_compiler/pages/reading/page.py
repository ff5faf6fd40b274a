"""The page of a picture: what has been published of a period, or else what can be drawn of it."""

from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import within
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.local_addresses import front_address
from est_compiler.application import compilation_then, words_of
from est_compiler.domain.compiling.around import PictureKey
from est_compiler.domain.compiling.local_groups import may_compile
from est_compiler.domain.periods import own_period
from est_compiler.domain.publishing.frozen_picture import PublishedVersion
from est_compiler.domain.publishing.situation_picture import others_who_sign
from est_compiler.domain.readers import LOOK_BEHIND
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.view import Heading
from est_compiler.domain.wording.sentences import MOST_SENTENCES
from est_compiler.pages.callers import PICTURE, Code, PictureQuery, Reader, Wanted, service_of
from est_compiler.pages.reading.shown import (
    PicturePage,
    reason_choices,
    sentence_choices,
    shown_page,
    since_words,
)
from est_compiler.pages.ways import Place, Ways, place_of, today_of, ways_from
from est_compiler.questions import counts
from est_compiler.questions.compilations import set_up_now
from est_compiler.questions.editions import (
    brief_as_it_stood,
    brief_of_drawn,
    brief_of_version,
    version_meant,
)
from est_compiler.questions.pictures import PictureNow, picture_now
from est_contracts.vocabulary import (
    EDITION_WORDS,
    LAW_PARTS,
    MUNICIPALITIES,
    STOCKHOLM,
    THE_PARTY_WORDS,
    Edition,
    Party,
    PeriodKind,
    PicturePeriod,
    Role,
    Words,
)

router = APIRouter(include_in_schema=False)

#: What each edition can be fetched as.
FORMATS = (("pdf", "PDF"), ("json", "JSON"), ("csv", "CSV"), ("geojson", "GeoJSON"))
LAW_FORMATS = (("pdf", "PDF"), ("json", "JSON"), ("csv", "CSV"), ("txt", "TXT"))
PASTED = (("txt", "TXT"),)
PICTURES = Words(sv="Lägesbilder", en="Situation pictures")


@router.get("/pictures")
async def pictures(request: Request, caller: Reader) -> Response:
    """The newest of the municipality's own periods that anything is known of.

    Whoever sees all municipalities chooses one first.
    """
    service = service_of(request)
    today = service.clock.now().astimezone(STOCKHOLM).date()
    code = caller.municipality
    if code is None:
        codes = await service.ask(counts.municipalities)
        named = sorted((MUNICIPALITIES.get(each, each), each) for each in codes)
        return page(request, "municipalities.html", title=PICTURES, municipalities=named)

    def newest(cursor: Cursor) -> PicturePeriod:
        latest = counts.latest_day(cursor, municipality=code, until=today)
        return own_period(set_up_now(cursor, code), latest or today)

    return RedirectResponse(f"/pictures/{code}/{await service.ask(newest)}", status_code=303)


@router.get(PICTURE)
async def picture(request: Request, code: Code, period: str, caller: Reader, *, asked: Wanted) -> Response:
    """A period's picture of the whole municipality or some of it."""
    within(caller, code)
    service = service_of(request)
    now, as_of, language = service.clock.now(), asked.moment_or_position, language_of(request)

    def ask(cursor: Cursor) -> tuple[PictureNow, PicturePage, Ways, tuple[Party, ...], bool]:
        place = place_of(cursor, municipality=code, scope=asked.picture_scope)
        drawn_period = place.period(cursor, period)
        found = picture_now(cursor, municipality=code, period=drawn_period, scope=place.scope, as_of=as_of)
        ways = ways_from(cursor, place, drawn_period, now=now, language=language)
        chosen = None if as_of else version_meant(found.published, asked.version)
        brief = _brief(cursor, found, chosen, now=now, is_as_known=as_of is not None)
        if as_of is not None:
            coordinator = caller.function if caller.has(Role.COORDINATOR) else None
            read, then = partial(words_of, cursor), partial(compilation_then, service.store)
            brief = brief_as_it_stood(cursor, brief, found, read=read, then=then, coordinator=coordinator)
        shown = shown_page(
            brief, asked.edition, may_look_behind=caller.has(*LOOK_BEHIND), language=language,
            front_url=front_address(request),
        )  # fmt: skip
        return found, shown, ways, *_signing(place, drawn_period, by=caller.function or caller.name, now=now)

    found, shown, ways, others, is_theirs = await service.ask(ask)
    sentences = sentence_choices(found, now=now, language=language)
    drawn_period = shown.view.picture_period
    return page(
        request,
        "picture.html",
        title=_title(drawn_period),
        code=code,
        period=drawn_period,
        ways=ways,
        shown=shown,
        found=found,
        asked=asked,
        since=since_words(found, language),
        has_begun=drawn_period.starts_at <= now,
        may_publish=caller.has(Role.COORDINATOR) and is_theirs and shown.is_internal and not as_of,
        others_who_sign=[said(THE_PARTY_WORDS[party], language) for party in others],
        sentences=sentences,
        usual=[each.value for each in sentences[:MOST_SENTENCES]],
        reasons=reason_choices(language),
        editions=[(str(each), said(words, language)) for each, words in EDITION_WORDS.items()],
        formats={str(each): PASTED if each is Edition.PLAIN_TEXT else FORMATS for each in Edition},
        edition_address=partial(_edition_address, shown, ways, asked),
        has_indicators=_is_of_the_whole_year(shown, ways) and caller.has(Role.COORDINATOR),
        law_formats=LAW_FORMATS,
        law_address=partial(_file_address, shown, ways, asked) if _answers_the_law(shown) else None,
    )


def _signing(
    place: Place, period: PicturePeriod, *, by: str, now: datetime
) -> tuple[tuple[Party, ...], bool]:
    """Whose signatures are needed beside one's own, and whether the picture is one's own to publish."""
    key, document = PictureKey(place.municipality, period, place.scope), place.document
    is_theirs = document is None or may_compile(document, key, function=by, today=today_of(now))
    return others_who_sign(document, by=by), is_theirs


def _edition_address(shown: PicturePage, ways: Ways, asked: PictureQuery, edition: str, form: str) -> str:
    return _file_address(shown, ways, asked, f"editions/{edition}.{form}")


def _file_address(shown: PicturePage, ways: Ways, asked: PictureQuery, name: str) -> str:
    """Where a program gets a file of what is on the page: this version, or as it was known then."""
    view = shown.view
    which = {
        "scope": ways.scope,
        "version": str(view.stated.version) if shown.is_published else asked.version,
        "as_of": asked.moment_or_position or "",
    }
    wanted = urlencode({name: value for name, value in which.items() if value}, safe=",")
    path = f"/v1/municipalities/{view.municipality}/pictures/{view.period}/{name}"
    return f"{path}?{wanted}" if wanted else path


def _answers_the_law(shown: PicturePage) -> bool:
    """The annual analysis has a section for each thing that the Act (2023:196) asks for."""
    headings = {each.name for each in shown.view.blocks if isinstance(each, Heading)}
    return {name for part in LAW_PARTS for name in part.sections} <= headings


def _is_of_the_whole_year(shown: PicturePage, ways: Ways) -> bool:
    return shown.view.picture_period.kind is PeriodKind.YEAR and not ways.scope


def _brief(
    cursor: Cursor, found: PictureNow, chosen: PublishedVersion | None, *, now: datetime, is_as_known: bool
) -> Brief:
    """What the page is made from, by the set-up that was in force then."""
    if chosen:
        return brief_of_version(cursor, chosen, read=partial(words_of, cursor))
    return brief_of_drawn(cursor, found, now=now, is_as_known=is_as_known)


def _title(period: PicturePeriod) -> Words:
    return Words(sv=f"Lägesbild {period.name.sv}", en=f"Situation picture, {period.name.en}")
