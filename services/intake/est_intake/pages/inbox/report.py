"""A report's own page: what it says, everything that has happened to it, and what may be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
    SEVERITY_WORDS,
    WITHDRAWAL_REASON_WORDS,
    Role,
    Words,
)
from est_intake.application import HistoryLine
from est_intake.domain.incident_report import Incident
from est_intake.domain.report_steps import REPORT_STEP_WORDS
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
FIELD_WORDS: dict[str, Words] = {
    "checklist_entry": Words(sv="punkt", en="entry"),
    "theme": Words(sv="tema", en="theme"),
    "area": Words(sv="område", en="area"),
    "place": Words(sv="plats", en="place"),
    "point": Words(sv="punkt på kartan", en="point on the map"),
    "severity": Words(sv="allvarlighet", en="severity"),
    "happened_at": Words(sv="när", en="when"),
    "happened_until": Words(sv="till när", en="until when"),
    "has_measures": Words(sv="åtgärder", en="measures"),
}


@dataclass(frozen=True)
class HistoryView:
    """One line of the history, in words."""

    step: Words
    recorded_at: datetime
    position: int
    by: str
    details: Sequence[Words]


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
        lambda app: app.history(around.municipality, report_id, reader=around.sender)
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
        history=[_line(line, around) for line in lines],
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


def _line(line: HistoryLine, around: Surroundings) -> HistoryView:
    return HistoryView(
        step=REPORT_STEP_WORDS[line.step],
        recorded_at=line.recorded_at,
        position=line.position,
        by=around.function_title(line.by_function) if line.by_function else "",
        details=tuple(_details(line, around)),
    )


def _details(line: HistoryLine, around: Surroundings) -> Sequence[Words]:
    details = [_changed_words(name, line.incident, around) for name in line.changed if line.incident]
    if line.reason is not None:
        details.append(WITHDRAWAL_REASON_WORDS[line.reason])
    return details


def _changed_words(name: str, incident: Incident, around: Surroundings) -> Words:
    """ "område: Hamnen" - what a correction changed, and what it says now."""
    field = FIELD_WORDS.get(name, Words(sv=name, en=name))
    now = _value_words(name, incident, around)
    return Words(sv=f"{field.sv}: {now.sv}", en=f"{field.en}: {now.en}")


def _value_words(name: str, incident: Incident, around: Surroundings) -> Words:
    if name == "area":
        return around.area_words(incident.area)
    if name == "checklist_entry":
        entry = around.set_up.entries.get(incident.checklist_entry)
        return entry.words if entry else Words(sv=incident.checklist_entry, en=incident.checklist_entry)
    if name == "severity" and incident.severity:
        return SEVERITY_WORDS[incident.severity]
    return CHANGED


CHANGED = Words(sv="ändrad", en="changed")
