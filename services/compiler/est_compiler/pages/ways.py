"""The ways from one picture to the next: earlier and later, longer and shorter, of other areas."""

from dataclasses import dataclass
from datetime import date, datetime

from est_chassis.web.languages import Language, said
from est_chassis.web.parts import Choice
from est_contracts.vocabulary import (
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


@dataclass(frozen=True, slots=True)
class Place:
    """Which municipality and which part of it, and how its pictures are reckoned."""

    municipality: str
    scope: PictureScope
    document: CollaborationDocument | None

    @property
    def calendar(self) -> PictureCalendar:
        return self.document.picture_calendar if self.document else PictureCalendar()

    def path(self, period: object, **asked: str) -> str:
        return picture_path(self.municipality, period=str(period), scope=str(self.scope), **asked)

    @property
    def scope_words(self) -> Words:
        return self.scope.words(self.document) or WHOLE


def ways_from(place: Place, period: PicturePeriod, *, now: datetime, language: Language) -> Ways:
    """Nobody is led to a period that has not begun."""
    later = period.next if period.next.starts_at <= now else None
    return Ways(
        here=place.path(period),
        earlier=period.previous,
        earlier_href=place.path(period.previous),
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
            href=place.path(place.calendar.period_of_day(kind, day)),
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
