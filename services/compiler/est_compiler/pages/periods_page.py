"""All pictures of a municipality: what there is of each kind of period now, and a long list of one kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.charts import Caption, Chart, WeekPoint, week_line
from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_chassis.web.access import within
from est_chassis.web.frame import page
from est_chassis.web.languages import Language, language_of, said
from est_compiler.domain.periods import FIRST_WEEK
from est_compiler.domain.picture import Count
from est_compiler.domain.publishing.frozen_picture import PublishedVersion
from est_compiler.pages.callers import Code, Reader, ScopeNames, joined_scope, service_of
from est_compiler.pages.reading.shown import days_of
from est_compiler.pages.ways import KindWay, Place, ScopeGroup, place_of, scopes_of, today_of
from est_compiler.questions import counts
from est_compiler.questions.knowledge import areas_of
from est_compiler.questions.known import latest_position
from est_compiler.questions.periods import RHYTHMIC
from est_compiler.read_models import published_pictures
from est_compiler.read_models.facts import FactSelection
from est_contracts.vocabulary import (
    LEVEL_WORDS,
    MUNICIPALITIES,
    PERIOD_KIND_WORDS,
    PeriodKind,
    PicturePeriod,
    Words,
    picture_path,
)

router = APIRouter(include_in_schema=False)

ALL_PICTURES = Words(sv="Alla lägesbilder", en="All pictures")
#: A year of weeks, and enough of the longer ones to see where it is going.
SHOWN = {
    PeriodKind.WEEK: 53,
    PeriodKind.FORTNIGHT: 26,
    PeriodKind.MONTH: 24,
    PeriodKind.QUARTER: 12,
    PeriodKind.TERTIAL: 9,
    PeriodKind.HALF_YEAR: 8,
    PeriodKind.YEAR: 10,
}


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period in the list."""

    period: str
    name: str
    href: str
    days: str
    is_running: bool
    reports: int
    #: Against the period before; None when nothing is known of that one.
    change: int | None
    published: PublishedVersion | None
    level: str


@dataclass(frozen=True, slots=True)
class KindNow:
    """A kind of period: the one that goes on, and the latest that is over."""

    words: str
    rows: tuple[PeriodRow, ...]
    list_href: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """What a local group (lokal grupp) has of the latest whole period."""

    name: str
    href: str
    published: PublishedVersion | None
    level: str


@dataclass(frozen=True, slots=True)
class PeriodsPage:
    """The page, ready to be read."""

    municipality_name: str
    scope: str
    scope_words: str
    scopes: tuple[ScopeGroup, ...]
    chosen: tuple[str, ...]
    kind: str
    kinds_now: tuple[KindNow, ...]
    kinds: tuple[KindWay, ...]
    rows: tuple[PeriodRow, ...]
    #: Drawn of weeks only.
    line: Chart | None
    groups: tuple[GroupRow, ...]
    groups_of: str
    #: The period to go on from further back; none when nothing is known of it.
    earlier_href: str


@router.get("/pictures/{code}")
async def periods(
    request: Request,
    code: Code,
    caller: Reader,
    *,
    kind: PeriodKind | None = None,
    until: str | None = None,
    scope: ScopeNames = None,
) -> Response:
    """What there is of every kind, and a list of one: how many reports, and what has been published.

    Without a kind it is the municipality's own.
    """
    within(caller, code)
    service = service_of(request)
    now, language, wanted = service.clock.now(), language_of(request), joined_scope(scope or ())

    def ask(cursor: Cursor) -> PeriodsPage:
        place = place_of(cursor, municipality=code, scope=wanted)
        last = place.period(cursor, until) if until else _going_on(place, kind or place.own_kind, now)
        return _PeriodsSheet(cursor, place, now, language).page(last)

    shown = await service.ask(ask)
    return page(request, "periods.html", title=ALL_PICTURES, code=code, periods=shown)


def _going_on(place: Place, kind: PeriodKind, now: datetime) -> PicturePeriod:
    return place.calendar.period_of_day(kind, today_of(now))


class _PeriodsSheet:
    """The page being put together."""

    def __init__(self, cursor: Cursor, place: Place, now: datetime, language: Language) -> None:
        self.cursor = cursor
        self.place = place
        self.now = now
        self.language = language
        everywhere = FactSelection(place.municipality, latest_position(cursor))
        self.known_from = counts.first_known_day(cursor, everywhere)
        if place.document is None and self.known_from is None and place.municipality not in MUNICIPALITIES:
            raise NotFound(place.municipality)
        this_week = _going_on(place, PeriodKind.WEEK, now)
        self.asked = everywhere._replace(areas=areas_of(place.scope, place.document, this_week))

    def page(self, last: PicturePeriod) -> PeriodsPage:
        place, kind = self.place, last.kind
        back = self._back_from(last)
        known = [each for each in back if self._is_known(each)]
        rows = tuple(self._rows(known))[: SHOWN[kind]]
        return PeriodsPage(
            municipality_name=place.municipality_name,
            scope=str(place.scope),
            scope_words=said(place.scope_words, self.language),
            scopes=scopes_of(place.document, self.language),
            chosen=place.scope.names,
            kind=str(kind),
            kinds_now=tuple(self._kind_now(each) for each in PeriodKind),
            kinds=tuple(self._kinds(kind)),
            rows=rows,
            line=self._line(rows) if kind is PeriodKind.WEEK and rows else None,
            groups=tuple(self._groups(last)),
            groups_of=said(place.before(self.cursor, last).name, self.language),
            earlier_href=self._list_path(kind, until=str(known[-1])) if len(known) > SHOWN[kind] else "",
        )

    def _back_from(self, last: PicturePeriod) -> list[PicturePeriod]:
        """By the calendar of today; what was published by another one keeps its days and stands there too."""
        back = [last.before(ago) for ago in range(SHOWN[last.kind] + 1)]
        if last.kind not in RHYTHMIC:
            return back
        published = published_pictures.published_between(
            self.cursor,
            municipality=self.place.municipality,
            kind=last.kind,
            scope=str(self.place.scope),
            first_day=back[-1].first_day,
            last_day=last.last_day,
        )
        named = {str(each): each for each in (*back, *published)}
        return sorted(named.values(), reverse=True)

    def _is_known(self, period: PicturePeriod) -> bool:
        since = self.known_from
        return since is not None and period.last_day >= since and period.first_day >= FIRST_WEEK.monday

    def _rows(self, periods: Sequence[PicturePeriod]) -> Iterator[PeriodRow]:
        """Periods of one kind, the latest first."""
        if not periods:
            return
        counted = counts.counts_in(self.cursor, self.asked, periods=periods)
        published = published_pictures.latest_versions(
            self.cursor,
            municipality=self.place.municipality,
            kind=periods[0].kind,
            scope=str(self.place.scope),
            first=str(periods[-1]),
            last=str(periods[0]),
        )
        for period, before in zip_longest(periods, periods[1:]):
            reports = counted.get(period.first_day, Count()).reports
            is_next = before is not None and before.last_day + timedelta(days=1) == period.first_day
            change = reports - counted.get(before.first_day, Count()).reports if is_next else None
            yield self._row(period, reports, change=change, published=published.get(str(period)))

    def _row(
        self, period: PicturePeriod, reports: int, *, change: int | None, published: PublishedVersion | None
    ) -> PeriodRow:
        return PeriodRow(
            period=str(period),
            name=said(period.short_name, self.language),
            href=self.place.path(period),
            days=days_of(period, language=self.language),
            is_running=period.ends_at > self.now,
            reports=reports,
            change=change,
            published=published,
            level=self._level_of(published),
        )

    def _level_of(self, published: PublishedVersion | None) -> str:
        level = published.frozen.level if published else None
        return said(LEVEL_WORDS[level], self.language) if level else ""

    def _kind_now(self, kind: PeriodKind) -> KindNow:
        running = _going_on(self.place, kind, self.now)
        rows = tuple(
            self._rows(
                [each for each in (running, self.place.before(self.cursor, running)) if self._is_known(each)]
            )
        )
        return KindNow(said(PERIOD_KIND_WORDS[kind], self.language), rows, self._list_path(kind))

    def _kinds(self, chosen: PeriodKind) -> Iterator[KindWay]:
        for kind in PeriodKind:
            words = said(PERIOD_KIND_WORDS[kind], self.language)
            yield KindWay(words, self._list_path(kind), is_here=kind is chosen)

    def _list_path(self, kind: PeriodKind, **asked: str) -> str:
        scope = {"scope": str(self.place.scope)} if not self.place.scope.is_whole else {}
        chosen = {"kind": str(kind), **scope, **asked}
        return f"/pictures/{self.place.municipality}?{urlencode(chosen, safe=',')}"

    def _groups(self, last: PicturePeriod) -> Iterator[GroupRow]:
        """What the local groups have of the latest whole period; only where there are any (model B)."""
        document, period = self.place.document, self.place.before(self.cursor, last)
        if document is None or not document.local_groups or not self.place.scope.is_whole:
            return
        for group, published in published_pictures.flows_in(
            self.cursor, document=document, period=str(period)
        ):
            href = picture_path(self.place.municipality, period=str(period), scope=group.group_id)
            yield GroupRow(group.name, href, published, self._level_of(published))

    def _line(self, rows: Sequence[PeriodRow]) -> Chart:
        say = self.language.say
        described = say(
            "Alla rapporter som räknas i dag, efter vecka då det hände.",
            "All reports that count today, by the week when it happened.",
        )
        return week_line(
            Caption("veckor", say("Rapporter per vecka", "Reports by week"), described, self.language),
            points=[WeekPoint(label=row.period, value=row.reports, name=row.name) for row in reversed(rows)],
            value_label=say("rapporter", "reports"),
        )
