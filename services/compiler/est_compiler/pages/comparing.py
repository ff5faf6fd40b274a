"""Two pictures side by side: two periods, two areas, two versions, or what was known then and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import within
from est_chassis.web.frame import page
from est_chassis.web.languages import Language, language_of, said
from est_chassis.web.problems import not_found
from est_chassis.web.written import full_moment, number, signed
from est_compiler.domain.comparing.comparison import Comparison, Difference, compare
from est_compiler.domain.comparing.verdicts import VERDICT_WORDS
from est_compiler.domain.comparing.words import name_of
from est_compiler.domain.picture import Picture
from est_compiler.domain.wording.phrases import capital
from est_compiler.domain.wording.sentences import headline
from est_compiler.pages.callers import PICTURE, Code, Reader, joined_scope, moment_asked, service_of
from est_compiler.pages.reading.shown import days_of
from est_compiler.pages.reading.unbroken import unbroken
from est_compiler.pages.ways import Place, Ways, place_of, ways_from
from est_compiler.questions.pictures import picture_at, picture_now
from est_compiler.read_models import published_pictures
from est_contracts.vocabulary import PicturePeriod, Words

router = APIRouter(include_in_schema=False)

COMPARE = Words(sv="Jämför lägesbilder", en="Compare pictures")
KNOWN_NOW = Words(sv="det som är känt nu", en="what is known now")


class Held(BaseModel):
    """What a picture is held against; without anything it is the period before."""

    scope: list[str] = Field(default_factory=list)
    period: str = Field("", alias="with")
    with_scope: list[str] = Field(default_factory=list)
    versions: str = ""
    as_of: str | None = None
    known_at: str = ""


Wanted = Annotated[Held, Query()]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One thing in both pictures: reports, the difference and what it is worth, and the severe ones."""

    name: str
    one: str
    other: str
    difference: str
    percent: str
    verdict: str
    severe: tuple[str, str]
    differs: bool


@dataclass(frozen=True, slots=True)
class ComparedTable:
    """Rows of one sort."""

    name: str
    caption: str
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One of the two pictures."""

    name: str
    days: str
    headline: str
    href: str
    reports: int
    severe: int
    coverage: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """The page, ready to be read."""

    headline: str
    notes: tuple[str, ...]
    sides: tuple[ComparedSide, ComparedSide]
    tables: tuple[ComparedTable, ...]
    changes: tuple[str, ...]
    last_year: str
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two pictures, what they are called where that is not said by themselves, and where they stand."""

    one: Picture
    other: Picture
    hrefs: tuple[str, str]
    names: tuple[Words, Words] | None = None


@router.get(f"{PICTURE}/compare")
async def comparing(request: Request, code: Code, period: str, caller: Reader, *, held: Wanted) -> Response:
    """A picture and another one, in number and severity."""
    within(caller, code)
    service, language = service_of(request), language_of(request)
    now = service.clock.now()

    def ask(cursor: Cursor) -> tuple[ComparePage, Ways, PicturePeriod]:
        place = place_of(cursor, municipality=code, scope=joined_scope(held.scope))
        drawn_period = place.period(cursor, period)
        ways = ways_from(cursor, place, drawn_period, now=now, language=language)
        pair = _pair(cursor, place, drawn_period, held=held)
        versions = published_pictures.versions(
            cursor, municipality=code, period=str(drawn_period), scope=str(place.scope)
        )
        pairs = tuple(
            (
                f"{each.version - 1},{each.version}",
                ways.to("compare", versions=f"{each.version - 1},{each.version}"),
            )
            for each in versions[1:]
        )
        return _page(pair, language, now=now, versions=pairs), ways, drawn_period

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
    )


def _pair(cursor: Cursor, place: Place, period: PicturePeriod, *, held: Held) -> _Pair:
    if held.versions:
        return _versions(cursor, place, period, written=held.versions)
    one = _drawn(cursor, place, period)
    as_of = moment_asked(held.as_of, held.known_at)
    if as_of is not None:
        return _then(cursor, place, period, one=one, as_of=as_of)
    if held.with_scope:
        there = Place(place.municipality, joined_scope(held.with_scope), place.document)
        return _Pair(one, _drawn(cursor, there, period), (place.path(period), there.path(period)))
    other = place.period(cursor, held.period) if held.period else place.before(cursor, period)
    return _Pair(one, _drawn(cursor, place, other), (place.path(period), place.path(other)))


def _drawn(cursor: Cursor, place: Place, period: PicturePeriod) -> Picture:
    return picture_at(cursor, municipality=place.municipality, period=period, scope=place.scope).picture


def _versions(cursor: Cursor, place: Place, period: PicturePeriod, *, written: str) -> _Pair:
    """Two published versions, the later one first."""
    published = {
        str(each.version): each
        for each in published_pictures.versions(
            cursor, municipality=place.municipality, period=str(period), scope=str(place.scope)
        )
    }
    asked = sorted(set(written.split(",")), reverse=True, key=lambda each: (len(each), each))
    if len(asked) != 2 or not published.keys() >= set(asked):
        raise not_found()
    later, earlier = (published[each] for each in asked)
    names = tuple(
        Words(sv=f"version {each.version}", en=f"version {each.version}") for each in (later, earlier)
    )
    hrefs = tuple(place.path(period, version=each) for each in asked)
    return _Pair(
        published_pictures.picture_of(later),
        published_pictures.picture_of(earlier),
        (hrefs[0], hrefs[1]),
        (names[0], names[1]),
    )


def _then(cursor: Cursor, place: Place, period: PicturePeriod, *, one: Picture, as_of: str) -> _Pair:
    """What is known now, and what was known then."""
    found = picture_now(
        cursor, municipality=place.municipality, period=period, scope=place.scope, as_of=as_of
    )
    moment, position = found.as_of.moment, found.as_of.position
    then = Words(
        sv=f"det som var känt {full_moment(moment)}"
        if moment
        else f"det som var känt vid position {position}",
        en=f"what was known {full_moment(moment, language=Language.ENGLISH)}"
        if moment
        else f"what was known at position {position}",
    )
    hrefs = (place.path(period, version="now"), place.path(period, as_of=as_of))
    return _Pair(one, found.drawn.picture, hrefs, (KNOWN_NOW, then))


def _page(
    pair: _Pair, language: Language, *, now: datetime, versions: tuple[tuple[str, str], ...]
) -> ComparePage:
    compared = compare(pair.one, pair.other, names=pair.names or _names_so_far(pair, now=now))
    last_year = pair.one.picture_period.last_year
    return ComparePage(
        headline=unbroken(compared.headline, language),
        notes=tuple(unbroken(each, language) for each in (*_goes_on(pair, now=now), *compared.notes)),
        sides=(
            _side(pair.one, compared.one.name, href=pair.hrefs[0], now=now, language=language),
            _side(pair.other, compared.other.name, href=pair.hrefs[1], now=now, language=language),
        ),
        tables=tuple(each for each in _tables(compared, language) if each.rows),
        changes=tuple(said(each, language) for each in compared.changes),
        last_year=str(last_year) if last_year else "",
        versions=versions,
    )


def _is_running(picture: Picture, *, now: datetime) -> bool:
    return now < picture.picture_period.ends_at


def _names_so_far(pair: _Pair, *, now: datetime) -> tuple[Words, Words] | None:
    """A period that goes on is called so, where it is held against another one."""
    pictures = (pair.one, pair.other)
    if pair.one.period == pair.other.period or not any(_is_running(each, now=now) for each in pictures):
        return None
    one, other = (
        _so_far(name_of(each, beside=beside)) if _is_running(each, now=now) else name_of(each, beside=beside)
        for each, beside in (pictures, pictures[::-1])
    )
    return one, other


def _so_far(name: Words) -> Words:
    return Words(sv=f"{name.sv} hittills", en=f"{name.en} so far")


def _goes_on(pair: _Pair, *, now: datetime) -> list[Words]:
    """A period that goes on has had less time than a whole one."""
    if _names_so_far(pair, now=now) is None:
        return []
    return [
        Words(
            sv=f"{capital(each.picture_period.name).sv} pågår: mer kan komma in.",
            en=f"{capital(each.picture_period.name).en} goes on: more may come in.",
        )
        for each in (pair.one, pair.other)
        if _is_running(each, now=now)
    ]


def _side(picture: Picture, name: Words, *, href: str, now: datetime, language: Language) -> ComparedSide:
    total, cover = picture.total.now, picture.coverage.now
    say = language.say
    came, due = (number(each, language=language) for each in (cover.heard, cover.due))
    heard = say(f"{came} av {due} svar", f"{came} of {due} returns")
    written = said(name, language)
    return ComparedSide(
        name=written[0].upper() + written[1:],
        days=days_of(picture.picture_period, language=language),
        headline=said(headline(picture, until=now if _is_running(picture, now=now) else None), language),
        href=href,
        reports=total.reports,
        severe=total.severe,
        coverage=heard if cover.due else "",
    )


def _tables(compared: Comparison, language: Language) -> Sequence[ComparedTable]:
    say = language.say
    listed = (
        ("teman", say("Teman", "Themes"), (*compared.themes, compared.total)),
        ("punkter", say("Punkter", "Entries"), compared.entries),
        ("omraden", say("Områden", "Areas"), compared.areas),
        ("organisationer", say("Organisationer", "Organisations"), compared.organisations),
    )
    return [
        ComparedTable(name, caption, tuple(_row(each, language) for each in rows if _says_anything(each)))
        for name, caption, rows in listed
    ]


def _says_anything(row: Difference) -> bool:
    return any(count is not None and count.reports for count in (row.one, row.other))


def _row(row: Difference, language: Language) -> ComparedRow:
    def count(quantity: int | None) -> str:
        return number(quantity, language=language)

    return ComparedRow(
        name=_name(row, language),
        one=count(row.one.reports if row.one else None),
        other=count(row.other.reports if row.other else None),
        difference=signed(row.reports, language=language),
        percent=said(row.percent, language) if row.percent else "",
        verdict=said(VERDICT_WORDS[row.verdict], language),
        severe=(count(row.one.severe if row.one else None), count(row.other.severe if row.other else None)),
        differs=row.differs,
    )


def _name(row: Difference, language: Language) -> str:
    return language.say("Totalt", "In all") if row.key == "total" else said(row.name, language)
