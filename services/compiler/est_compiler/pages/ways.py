"""The ways from one picture to the next: earlier and later, longer and shorter, of other areas."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict
from urllib.parse import urlencode

from est_chassis.event_store import Cursor
from est_chassis.web.languages import Language, said
from est_chassis.web.parts import Choice
from est_compiler.questions.known import latest_position
from est_compiler.questions.periods import period_after, period_before, period_named
from est_compiler.read_models.collaborations import collaboration_at
from est_contracts.vocabulary import (
    MUNICIPALITIES,
    PERIOD_KIND_WORDS,
    PRIORITY,
    STOCKHOLM,
    Area,
    CollaborationDocument,
    PeriodKind,
    PictureCalendar,
    PicturePeriod,
    PictureScope,
    Words,
    picture_path,
)

WHOLE = Words(sv="Hela kommunen", en="The whole municipality")
WATCHED = Words(sv="Särskilt följda", en="Watched closely")
PRIORITY_AREAS = Words(sv="Prioriterade områden", en="Priority areas")
LOCAL_GROUPS = Words(sv="Lokala grupper", en="Local groups")
AREAS = Words(sv="Områden", en="Areas")


@dataclass(frozen=True, slots=True)
class KindWay:
    """The picture of another kind of period that holds the same days."""

    words: str
    href: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class ScopeGroup:
    """Parts of the municipality of one sort, to be ticked."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """Everything that leads away from a picture to another one."""

    here: str
    earlier: PicturePeriod
    earlier_href: str
    later: PicturePeriod | None
    later_href: str
    kinds: tuple[KindWay, ...]
    scope: str
    scope_words: str
    scopes: tuple[ScopeGroup, ...]
    chosen: tuple[str, ...]

    def to(self, act: str = "", **asked: object) -> str:
        """The same picture, asked for in another way, or something that is done with it."""
        path, _, query = self.here.partition("?")
        more = urlencode({name: value for name, value in asked.items() if value not in ("", None)})
        both = "&".join(each for each in (query, more) if each)
        return f"{path}/{act}".rstrip("/") + (f"?{both}" if both else "")


class _Of(TypedDict):
    """Whose periods are meant."""

    municipality: str
    scope: str
    calendar: PictureCalendar


@dataclass(frozen=True, slots=True)
class Place:
    """Which municipality and which part of it, and how its pictures are reckoned."""

    municipality: str
    scope: PictureScope
    document: CollaborationDocument | None

    @property
    def calendar(self) -> PictureCalendar:
        return self.document.picture_calendar if self.document else PictureCalendar()

    @property
    def own_kind(self) -> PeriodKind:
        return self.document.own_kind if self.document else PeriodKind.WEEK

    def path(self, period: object, **asked: str) -> str:
        return picture_path(self.municipality, period=str(period), scope=str(self.scope), **asked)

    def period(self, cursor: Cursor, written: str) -> PicturePeriod:
        """The period of an address: as it was published, or else by the calendar of today."""
        return period_named(cursor, written, **self._of)

    def before(self, cursor: Cursor, period: PicturePeriod) -> PicturePeriod:
        return period_before(cursor, period, **self._of)

    def after(self, cursor: Cursor, period: PicturePeriod) -> PicturePeriod:
        return period_after(cursor, period, **self._of)

    @property
    def _of(self) -> _Of:
        return {"municipality": self.municipality, "scope": str(self.scope), "calendar": self.calendar}

    @property
    def municipality_name(self) -> str:
        if self.document:
            return self.document.name
        return MUNICIPALITIES.get(self.municipality, self.municipality)

    @property
    def scope_words(self) -> Words:
        return self.scope.words(self.document) or WHOLE


def place_of(cursor: Cursor, *, municipality: str, scope: PictureScope) -> Place:
    """The municipality as its set-up is now."""
    document = collaboration_at(cursor, municipality=municipality, position=latest_position(cursor))
    return Place(municipality, scope, document)


def ways_from(
    cursor: Cursor, place: Place, period: PicturePeriod, *, now: datetime, language: Language
) -> Ways:
    """Nobody is led to a period that has not begun."""
    earlier, after = place.before(cursor, period), place.after(cursor, period)
    later = after if after.starts_at <= now else None
    return Ways(
        here=place.path(period),
        earlier=earlier,
        earlier_href=place.path(earlier),
        later=later,
        later_href=place.path(later) if later else "",
        kinds=tuple(_kinds(place, period, now=now, language=language)),
        scope=str(place.scope),
        scope_words=said(place.scope_words, language),
        scopes=scopes_of(place.document, language),
        chosen=place.scope.names,
    )


def day_to_go_by(period: PicturePeriod, *, today: date) -> date:
    """The day that the period of another kind is to hold: today where one can, else the last one."""
    return min(max(today, period.first_day), period.last_day)


def today_of(now: datetime) -> date:
    return now.astimezone(STOCKHOLM).date()


def _kinds(place: Place, period: PicturePeriod, *, now: datetime, language: Language) -> list[KindWay]:
    day = day_to_go_by(period, today=today_of(now))
    return [
        KindWay(
            words=said(PERIOD_KIND_WORDS[kind], language),
            href=place.path(period if kind is period.kind else place.calendar.period_of_day(kind, day)),
            is_here=kind is period.kind,
        )
        for kind in PeriodKind
    ]


def scopes_of(document: CollaborationDocument | None, language: Language) -> tuple[ScopeGroup, ...]:
    """Priority areas and local groups, then each district with the areas in it, then the areas of none."""
    if document is None or not document.areas:
        return ()
    watched = [Choice(PRIORITY, said(PRIORITY_AREAS, language))]
    groups = [Choice(each.group_id, each.name) for each in document.local_groups]
    divided = {area.within for area in document.areas if area.within}
    districts = [area for area in document.areas if area.area_id in divided]
    alone = [area for area in document.areas if not area.within and area not in districts]
    named = [
        (said(WATCHED, language), watched),
        (said(LOCAL_GROUPS, language), groups),
        *((each.name, _with_parts(each, document, language)) for each in districts),
        (said(AREAS, language), [Choice(each.area_id, each.name) for each in alone]),
    ]
    return tuple(ScopeGroup(name, tuple(choices)) for name, choices in named if choices)


def _with_parts(district: Area, document: CollaborationDocument, language: Language) -> list[Choice]:
    whole = language.say(f"Hela {district.name}", f"All of {district.name}")
    parts = [area for area in document.areas if area.within == district.area_id]
    return [Choice(district.area_id, whole), *(Choice(area.area_id, area.name) for area in parts)]
