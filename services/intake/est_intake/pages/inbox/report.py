"""A report's own page: what it says, everything that has happened to it, and what may be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import Caller, allow
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.parts import Choice
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import (
    ORIGIN_WORDS,
    WITHDRAWAL_REASON_WORDS,
    Role,
    Words,
)
from est_intake.pages.history.told import report_line
from est_intake.pages.inbox import views
from est_intake.pages.inbox.acts import Done, done_words
from est_intake.pages.inbox.page import Filters
from est_intake.pages.pointed_out import map_of_points
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.read_models.recent_reports import ReportRow, duplicates_of, one_report

router = APIRouter(include_in_schema=False)

Reading = Annotated[Caller, Depends(allow(Role.COORDINATOR))]
Wanted = Annotated[Filters, Query()]

THE_POINT_OF_THE_REPORTER = Words(
    sv="Punkten som rapportören pekade ut.", en="The point that the reporter gave."
)


@dataclass(frozen=True)
class Found:
    """The report, the one that stands for it, and those that it stands for."""

    shown: views.InboxReport
    original: ReportRow | None
    duplicates: Sequence[views.InboxReport]


@router.get("/inbox/{report_id}")
async def show_report(report_id: UUID, request: Request, caller: Reading, wanted: Wanted) -> Response:
    """Everything about one report."""
    around = await surroundings(request, caller)
    lines = await around.service.do(
        lambda app: app.reporting.history(around.municipality, report_id, reader=around.sender)
    )

    found = await around.service.ask(lambda cursor: _found(cursor, report_id, around))
    if found is None:
        raise not_found()
    shown = found.shown
    language = language_of(request)
    pins = views.pins_of([shown], language)
    reasons = [Choice(reason, said(words, language)) for reason, words in WITHDRAWAL_REASON_WORDS.items()]
    return page(
        request,
        "inbox_report.html",
        title=shown.what,
        each=shown,
        original=found.original,
        duplicates=found.duplicates,
        origin=ORIGIN_WORDS[shown.row.origin],
        history=[report_line(line, around) for line in lines],
        period=around.set_up.document.rhythm.period_of(shown.row.happened_at),
        areas=[Choice(area.area_id, area.name) for area in around.set_up.document.areas],
        reasons=reasons,
        done=done_words(Done(wanted.done, wanted.report, wanted.was), duplicates=len(found.duplicates)),
        may_judge=True,
        where=map_of_points("where-it-was", pins, around, says=THE_POINT_OF_THE_REPORTER, language=language)
        if pins
        else None,
    )


def _found(cursor: Cursor, report_id: UUID, around: Surroundings) -> Found | None:
    row = one_report(cursor, around.municipality, report_id)
    if row is None:
        return None
    (shown,) = views.with_suggestions(cursor, [row], around)
    duplicates = duplicates_of(cursor, around.municipality, report_id)
    return Found(
        shown,
        original=one_report(cursor, around.municipality, row.duplicate_of) if row.duplicate_of else None,
        duplicates=[views.shown(each, around, others={}) for each in duplicates],
    )
