"""Two pictures side by side: two periods, two areas, two versions, or what was known then and now."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import within
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of
from est_compiler.application import compilation_then, words_of
from est_compiler.domain.viewing.brief import Brief
from est_compiler.pages.callers import PICTURE, Code, Reader, joined_scope, moment_asked, service_of
from est_compiler.pages.comparing.showing import ComparePage, shown_pair
from est_compiler.pages.ways import Place, Ways, place_of, ways_from
from est_compiler.questions.comparisons import WhichPair, compared, versions_in
from est_compiler.questions.editions import WhichPicture, brief_of
from est_compiler.read_models import published_pictures
from est_contracts.vocabulary import LEVEL_WORDS, PicturePeriod, Role, Words

router = APIRouter(include_in_schema=False)

COMPARE = Words(sv="Jämför lägesbilder", en="Compare pictures")


class Held(BaseModel):
    """What a picture is held against; without anything it is the period before."""

    scope: list[str] = Field(default_factory=list)
    period: str = Field("", alias="with")
    with_scope: list[str] = Field(default_factory=list)
    versions: str = ""
    #: A published version, or `now` for what can be drawn; without it the latest that was published.
    version: str = ""
    with_version: str = ""
    as_of: str | None = None
    known_at: str = ""

    def pair(self, place: Place, period: PicturePeriod, *, coordinator: str | None) -> WhichPair:
        """Which two pictures are meant."""
        later, earlier = versions_in(self.versions) if self.versions else (self.version, self.with_version)
        return WhichPair(
            place.municipality,
            str(period),
            place.scope,
            version=later,
            other_period=self.period,
            other_scope=joined_scope(self.with_scope) if self.with_scope else None,
            other_version=earlier,
            as_of=moment_asked(self.as_of, self.known_at),
            coordinator=coordinator,
        )


Wanted = Annotated[Held, Query()]


@router.get(f"{PICTURE}/compare")
async def comparing(request: Request, code: Code, period: str, caller: Reader, *, held: Wanted) -> Response:
    """A picture and another one: what was published as it was frozen, in numbers and in words."""
    within(caller, code)
    service, language = service_of(request), language_of(request)
    coordinator = caller.function if caller.has(Role.COORDINATOR) else None
    now, then = service.clock.now(), partial(compilation_then, service.store)

    def ask(cursor: Cursor) -> tuple[ComparePage, Ways, PicturePeriod]:
        place = place_of(cursor, municipality=code, scope=joined_scope(held.scope))
        drawn_period = place.period(cursor, period)
        ways = ways_from(cursor, place, drawn_period, now=now, language=language)

        def read(which: WhichPicture) -> Brief:
            return brief_of(cursor, which, now=now, read=partial(words_of, cursor), then=then)

        pair = compared(
            cursor,
            held.pair(place, drawn_period, coordinator=coordinator),
            now=now,
            read=read,
        )
        versions = _versions(cursor, place, drawn_period, ways=ways)
        return shown_pair(pair, language, versions=versions), ways, drawn_period

    shown, ways, drawn_period = await service.ask(ask)
    return page(
        request,
        "compare.html",
        title=COMPARE,
        code=code,
        period=drawn_period,
        ways=ways,
        shown=shown,
        held=held,
        level_words=LEVEL_WORDS,
    )


def _versions(
    cursor: Cursor, place: Place, period: PicturePeriod, *, ways: Ways
) -> tuple[tuple[str, str], ...]:
    """Each version that follows another one, and where the two are held against each other."""
    published = published_pictures.versions(
        cursor, municipality=place.municipality, period=str(period), scope=str(place.scope)
    )
    pairs = [f"{each.version - 1},{each.version}" for each in published[1:]]
    return tuple((pair, ways.to("compare", versions=pair)) for pair in pairs)
