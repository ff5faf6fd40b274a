"""The coordinators' inbox (inkorgen): what has come in, on a map and in a list, and what to do with it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from est_chassis.charts import AreaShape, Caption, Chart, area_map
from est_chassis.event_store import Cursor
from est_chassis.web.access import Caller, allow
from est_chassis.web.frame import page
from est_chassis.web.languages import Language, language_of, said
from est_chassis.web.parts import Choice
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import (
    ORIGIN_WORDS,
    SEVERITY_WORDS,
    THEME_WORDS,
    InvalidPeriod,
    Origin,
    PicturePeriod,
    ReportingPeriod,
    Rhythm,
    Role,
    Theme,
    Words,
)
from est_intake.domain.report_states import REPORT_STATE_WORDS, ReportState
from est_intake.pages.inbox import views
from est_intake.pages.inbox.acts import Done, done_words
from est_intake.pages.soft_words import softly
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.read_models.recent_reports import (
    Selection,
    count,
    counts_by_area,
    latest,
    newer_than,
)

router = APIRouter(include_in_schema=False)

Coordinating = Annotated[Caller, Depends(allow(Role.COORDINATOR, Role.STRATEGIST))]

Reading = Annotated[Caller, Depends(allow(Role.COORDINATOR, Role.STRATEGIST, Role.REPORTER))]

ON_A_PAGE = 50
#: Those that pictures are made of.
YEARS = range(2000, 2101)
INBOX = Words(sv="Inkorg", en="Inbox")


class Filters(BaseModel):
    """What the coordinator wants to see; what is left out does not limit."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    period: str = ""
    area: str = ""
    place: str = ""
    theme: str = ""
    entry: str = ""
    function: str = ""
    organisation: str = ""
    severity: str = ""
    state: str = ""
    origin: str = ""
    before: int | None = None
    #: What has just been done, to be told and perhaps undone.
    done: str = ""
    report: str = ""
    was: str = ""

    def address(self, **changes: str) -> str:
        """The inbox with these filters and some changed; what is about one moment is left out."""
        kept = self.model_dump(exclude={"before", "done", "report", "was"}) | changes
        wanted = {name: value for name, value in kept.items() if value}
        return f"/inbox?{urlencode(wanted)}" if wanted else "/inbox"


Wanted = Annotated[Filters, Query()]


@dataclass(frozen=True)
class Inbox:
    """The page: what is shown, how much there is, and how far one has read."""

    reports: Sequence[views.InboxReport]
    counted: int
    awaiting: int
    by_area: dict[str | None, int]
    last_position: int
    older: int | None


@router.get("/inbox")
async def inbox(request: Request, caller: Coordinating, wanted: Wanted) -> Response:
    """The reports of a period, the latest first."""
    around = await surroundings(request, caller)
    period = _period(wanted.period, around)
    selection = _selection(wanted, period, around)
    found = await around.service.ask(lambda cursor: _inbox(cursor, selection, around, before=wanted.before))
    language = language_of(request)
    return page(
        request,
        "inbox.html",
        title=INBOX,
        found=found,
        filters=wanted,
        period=period,
        is_current=period == around.set_up.document.rhythm.period_of(around.now),
        may_judge=caller.has(Role.COORDINATOR),
        map=_map(found, around, language),
        areas=_areas(around),
        softly=softly,
        done=done_words(Done(wanted.done, wanted.report, wanted.was)),
        choices=_choices(around, language),
    )


@router.get("/reports")
async def reports(caller: Reading) -> Response:
    """Where the reports are: one's own, or all of them."""
    leads_to = "/inbox" if caller.has(Role.COORDINATOR, Role.STRATEGIST) else "/my-reports"
    return RedirectResponse(leads_to, status_code=307)


@router.get("/inbox/news")
async def news(request: Request, caller: Coordinating, after: int = 0) -> Response:
    """How many reports have come in beyond a position: the page asks now and then."""
    around = await surroundings(request, caller)
    found = await around.service.ask(
        lambda cursor: newer_than(cursor, around.municipality, position=max(after, 0))
    )
    return JSONResponse({"new": found})


def _inbox(cursor: Cursor, selection: Selection, around: Surroundings, *, before: int | None) -> Inbox:
    rows = latest(cursor, selection, limit=ON_A_PAGE + 1, before=before)
    shown = rows[:ON_A_PAGE]
    last = latest(cursor, Selection(around.municipality), limit=1)
    return Inbox(
        reports=views.with_suggestions(cursor, shown, around),
        counted=count(cursor, selection),
        awaiting=count(cursor, replace(selection, state=ReportState.NEW)),
        by_area=counts_by_area(cursor, selection),
        last_position=last[0].position if last else 0,
        older=shown[-1].position if len(rows) > ON_A_PAGE else None,
    )


def _selection(wanted: Filters, period: ReportingPeriod | PicturePeriod, around: Surroundings) -> Selection:
    states = {each.value: each for each in ReportState}
    return Selection(
        around.municipality,
        starts_at=period.starts_at,
        ends_at=period.ends_at,
        function=wanted.function or None,
        organisation=wanted.organisation or None,
        area=wanted.area or None,
        place=wanted.place or None,
        theme=wanted.theme or None,
        entry=wanted.entry or None,
        severity_at_least=int(wanted.severity) if wanted.severity in {"1", "2", "3", "4", "5"} else None,
        state=states.get(wanted.state),
        origin=wanted.origin or None,
    )


def _period(written: str, around: Surroundings) -> ReportingPeriod | PicturePeriod:
    """A reporting period, the longer period of a picture that somebody comes from, or the days of one."""
    document = around.set_up.document
    if not written:
        return document.rhythm.period_of(around.now)
    for parse in (document.rhythm.parse, document.picture_calendar.parse):
        with suppress(InvalidPeriod):
            return parse(written)
    return _days(written, document.rhythm)


class OtherDays(ReportingPeriod):
    """A period of a rhythm that the municipality has left, or has beside its own: known by its days."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{self.first_day}/{self.last_day}"


def _days(written: str, rhythm: Rhythm) -> ReportingPeriod:
    """2026-11-16/2026-11-22: the municipality's own period where it has those days."""
    first, _, last = written.partition("/")
    try:
        first_day, last_day = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise not_found() from None
    days = (last_day - first_day).days + 1
    if days not in (7, 14) or first_day.year not in YEARS:
        raise not_found()
    own = rhythm.period_of_day(first_day)
    return own if (own.first_day, own.days) == (first_day, days) else OtherDays(first_day, days)


def _map(found: Inbox, around: Surroundings, language: Language) -> Chart:
    caption = Caption(
        "inbox-map",
        language.say("Var det har hänt", "Where it happened"),
        language.say("Rapporter i urvalet per område.", "Reports of the selection by area."),
        language,
    )
    shapes = [
        AreaShape(
            area_id=area.area_id,
            label=area.name,
            rings=area.polygon,
            value=found.by_area.get(area.area_id, 0),
            is_priority=area.priority,
        )
        for area in around.set_up.document.areas
    ]
    return area_map(
        caption,
        areas=shapes,
        value_label=language.say("Rapporter", "Reports"),
        pins=views.pins_of(found.reports, language),
    )


def _areas(around: Surroundings) -> list[Choice]:
    return [Choice(area.area_id, area.name) for area in around.set_up.document.areas]


def _choices(around: Surroundings, language: Language) -> dict[str, list[Choice]]:
    """What each filter can be set to; the first of each limits nothing."""
    document = around.set_up.document

    def choices(pairs: Iterable[tuple[str, Words]]) -> list[Choice]:
        everything = Choice("", language.say("Alla", "All"))
        return [everything, *(Choice(value, said(words, language)) for value, words in pairs)]

    def names(pairs: Iterable[tuple[str, str]]) -> list[Choice]:
        return choices((value, Words(sv=name, en=name)) for value, name in pairs)

    return {
        "area_choices": names((each.area_id, each.name) for each in document.areas),
        "theme_choices": choices((each, THEME_WORDS[each]) for each in Theme),
        "entry_choices": choices((each.entry_id, each.words) for each in around.set_up.entries.values()),
        "function_choices": names((each.function_id, each.title) for each in document.functions),
        "organisation_choices": names((each.organisation_id, each.name) for each in document.organisations),
        "severity_choices": choices((str(step), SEVERITY_WORDS[step]) for step in (2, 3, 4, 5)),
        "state_choices": choices((each, REPORT_STATE_WORDS[each]) for each in ReportState),
        "origin_choices": choices((each, ORIGIN_WORDS[each]) for each in Origin),
    }
