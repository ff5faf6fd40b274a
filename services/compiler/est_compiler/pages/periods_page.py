"""The list of weeks: a year of them, newest first."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.charts import Caption, Chart, WeekPoint, week_line
from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_chassis.web.access import within
from est_chassis.web.frame import page
from est_chassis.web.languages import Language, language_of
from est_compiler.domain.periods import FIRST_WEEK, picture_period
from est_compiler.domain.picture import Count
from est_compiler.domain.situation_picture import PublishedVersion
from est_compiler.pages.asked import Code, Reader, service_of
from est_compiler.pages.picture_page import days_of
from est_compiler.read_models import counts, published_pictures
from est_compiler.read_models.collaborations import collaboration_at
from est_compiler.read_models.counts import Asked
from est_compiler.read_models.knowledge import first_known_day
from est_compiler.read_models.known import latest_position
from est_contracts.vocabulary import MUNICIPALITIES, PeriodKind, PicturePeriod, Week, Words

router = APIRouter(include_in_schema=False)

WEEKS_SHOWN = 53
ALL_WEEKS = Words(sv="Alla veckor", en="All weeks")


@router.get("/pictures/{code}")
async def weeks(request: Request, code: Code, caller: Reader, *, until: str | None = None) -> Response:
    """A year of weeks: how many reports, and what has been published."""
    within(caller, code)
    service = service_of(request)
    last = _week(until) if until else Week.of(service.clock.now())
    language = language_of(request)
    shown = await service.ask(
        lambda cursor: weeks_page(cursor, municipality=code, last=last, language=language)
    )
    return page(request, "weeks.html", title=ALL_WEEKS, code=code, weeks=shown)


def _week(written: str) -> Week:
    return Week.of_day(picture_period(written).first_day)


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week in the list."""

    week: Week
    days: str
    reports: int
    #: Against the week before; None when nothing is known of that week.
    change: int | None
    published: PublishedVersion | None


@dataclass(frozen=True, slots=True)
class WeeksPage:
    """A year of weeks."""

    municipality_name: str
    rows: tuple[WeekRow, ...]
    line: Chart
    #: The week to go on from further back; None when nothing is known of it.
    earlier: Week | None


def weeks_page(cursor: Cursor, *, municipality: str, last: Week, language: Language) -> WeeksPage:
    """The weeks up to `last`, as far back as anything is known."""
    position = latest_position(cursor)
    document = collaboration_at(cursor, municipality=municipality, position=position)
    asked = Asked(municipality, position)
    known_from = first_known_day(cursor, asked)
    if document is None and known_from is None and municipality not in MUNICIPALITIES:
        raise NotFound(municipality)
    weeks = [last.before(back) for back in range(WEEKS_SHOWN + 1) if last.before(back) >= FIRST_WEEK]
    first = str(weeks[-1])
    counted = counts.counts_in(cursor, asked, periods=[_period(week) for week in weeks])
    published = published_pictures.latest_versions(
        cursor, municipality=municipality, first=first, last=str(last)
    )
    known = [week for week in weeks if known_from is not None and week.days[-1] >= known_from]
    rows = [
        WeekRow(
            week=week,
            days=days_of(_period(week), language=language),
            reports=_count(counted, week).reports,
            change=_change(counted, week, known),
            published=published.get(str(week)),
        )
        for week in known[:WEEKS_SHOWN]
    ]
    return WeeksPage(
        municipality_name=document.name if document else MUNICIPALITIES.get(municipality, municipality),
        rows=tuple(rows),
        line=_line(rows, language),
        earlier=known[-1] if len(known) > WEEKS_SHOWN else None,
    )


def _period(week: Week) -> PicturePeriod:
    return PicturePeriod(week.days[0], week.days[-1], PeriodKind.WEEK)


def _count(counted: dict[date, Count], week: Week) -> Count:
    return counted.get(week.monday, Count())


def _change(counted: dict[date, Count], week: Week, known: list[Week]) -> int | None:
    before = week.previous
    if before not in known:
        return None
    return _count(counted, week).reports - _count(counted, before).reports


def _line(rows: list[WeekRow], language: Language) -> Chart:
    return week_line(
        Caption(
            "veckor",
            language.say("Rapporter per vecka", "Reports by week"),
            language.say(
                "Alla rapporter som räknas i dag, efter vecka då det hände.",
                "All reports that count today, by the week when it happened.",
            ),
            language,
        ),
        points=[WeekPoint(label=str(row.week), value=row.reports) for row in reversed(rows)],
        value_label=language.say("rapporter", "reports"),
    )
