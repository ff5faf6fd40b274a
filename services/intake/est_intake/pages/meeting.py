"""Meeting mode: a coordinator writes down what is told around the table, row after row, for any function."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.event_store import Cursor
from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import (
    SEVERITY_WORDS,
    STOCKHOLM,
    Function,
    Origin,
    ReportingPeriod,
    Role,
    WithdrawalReason,
    Words,
)
from est_intake.domain.report_refusals import ReportSaysSomethingElse
from est_intake.domain.returning import ReturnSubmission
from est_intake.domain.submission import Submission
from est_intake.pages.periods import present_period
from est_intake.pages.reporting.told_times import written
from est_intake.pages.soft_words import softly
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.read_models.recent_reports import ReportRow, Selection, latest

router = APIRouter(include_in_schema=False)

Coordinating = Annotated[Caller, Depends(allow(Role.COORDINATOR))]

TITLE = Words(sv="Mötesläge", en="Meeting mode")
LOOKED_AMONG, SHOWN = 300, 40
WHAT = Words(sv="Välj vad som berättas.", en="Choose what is told.")
WHO = Words(sv="Välj vem som berättar.", en="Choose who tells it.")
WHEN = Words(sv="Ange dag och klockslag.", en="Give the day and the time.")


@dataclass(frozen=True)
class MeetingRow:
    """What is being written down; function, area and time stay for the next row."""

    report_id: UUID = field(default_factory=uuid4)
    function: str = ""
    checklist_entry: str = ""
    area: str = ""
    place: str = ""
    moment: str = ""
    until: str = ""
    severity: str = ""
    text: str = ""
    measures: str = ""

    @classmethod
    def sent(cls, form: FormValues) -> "MeetingRow":
        try:
            report_id = UUID(form.text("report_id"))
        except ValueError:
            report_id = uuid4()
        return cls(
            report_id,
            form.text("function"),
            form.text("checklist_entry"),
            form.text("area"),
            form.text("place"),
            form.text("moment"),
            form.text("until"),
            form.text("severity"),
            form.text("text").replace("\r\n", "\n"),
            form.text("measures").replace("\r\n", "\n"),
        )

    @property
    def happened_at(self) -> datetime | None:
        return written(self.moment)

    def missing(self) -> dict[str, Words]:
        needed = {
            "function": (self.function, WHO),
            "checklist_entry": (self.checklist_entry, WHAT),
            "moment": (self.happened_at, WHEN),
        }
        missing = {name: words for name, (value, words) in needed.items() if not value}
        return missing | ({"until": WHEN} if self.until and written(self.until) is None else {})

    def submission(self, municipality: str) -> Submission:
        assert self.happened_at is not None
        return Submission(
            report_id=self.report_id,
            municipality=municipality,
            checklist_entry=self.checklist_entry,
            happened_at=self.happened_at,
            function=self.function,
            happened_until=written(self.until),
            area=self.area or None,
            place=self.place or None,
            severity=int(self.severity) if self.severity in {"1", "2", "3", "4", "5"} else None,
            text=self.text or None,
            measures=self.measures or None,
            origin=Origin.MEETING,
        )


@router.get("/meeting")
async def open_meeting(
    request: Request, caller: Coordinating, function: str = "", area: str = "", moment: str = ""
) -> Response:
    around = await surroundings(request, caller)
    now = around.now.astimezone(STOCKHOLM).strftime("%Y-%m-%dT%H:%M")
    row = MeetingRow(function=function, area=area, moment=moment or now)
    return await _page(request, around, row)


@router.post("/meeting")
async def write_down(request: Request, caller: Coordinating) -> Response:
    around = await surroundings(request, caller)
    row = MeetingRow.sent(await read_form(request))
    errors = row.missing()
    if not errors:
        errors = await _refused(around, row.submission(around.municipality))
    if errors:
        return await _page(request, around, row, errors=errors)
    await around.service.shown()
    return _next_row(row.function, row.area, row.moment)


@router.post("/meeting/nothing")
async def write_down_nothing(request: Request, caller: Coordinating) -> Response:
    """A function says around the table that it has nothing to report."""
    around = await surroundings(request, caller)
    sent = await read_form(request)
    function, period = sent.text("function"), _period(around, sent.text("period"))
    submission = ReturnSubmission(
        around.municipality,
        str(period),
        nothing_to_report=True,
        function=function,
        origin=Origin.MEETING,
    )
    try:
        await around.service.do(lambda app: app.returning.hand_in_return(submission, around.sender))
    except Rejected as refusal:
        words = refusal.errors[0].words if refusal.errors else refusal.words
        row = MeetingRow(function=function)
        return await _page(request, around, row, errors={"nothing": words})
    await around.service.shown()
    return RedirectResponse(f"/meeting?nothing={function}&period={period}", status_code=303)


@router.post("/meeting/{report_id}/undo")
async def undo(report_id: UUID, request: Request, caller: Coordinating) -> Response:
    """What was written down by mistake counts no longer."""
    around = await surroundings(request, caller)
    await around.service.do(
        lambda app: app.judging.withdraw_report(
            around.municipality, report_id, reason=WithdrawalReason.MISTAKE, by=around.sender
        )
    )
    await around.service.shown()
    return RedirectResponse("/meeting", status_code=303)


async def _refused(around: Surroundings, submission: Submission) -> dict[str, Words]:
    try:
        await around.service.do(lambda app: app.reporting.submit_report(submission, around.sender))
    except ReportSaysSomethingElse as refusal:
        return {"text": refusal.words}
    except Rejected as refusal:
        names = {"happened_at": "moment", "happened_until": "until"}
        told = {names.get(error.field, error.field): error.words for error in refusal.errors}
        return told or {"text": refusal.words}
    return {}


async def _page(
    request: Request, around: Surroundings, row: MeetingRow, *, errors: Mapping[str, Words] | None = None
) -> Response:
    language, said_nothing = language_of(request), request.query_params.get("nothing", "")
    periods = _periods(around)
    return page(
        request,
        "meeting.html",
        status_code=422 if errors else 200,
        title=TITLE,
        row=row,
        errors=errors or {},
        errors_said={name: said(words, language) for name, words in (errors or {}).items()},
        groups=_reporters(around),
        lists=tuple(around.set_up.checklists.values()),
        entries=around.set_up.entries,
        areas=around.set_up.document.areas,
        places=around.set_up.document.places,
        severities=SEVERITY_WORDS,
        written=await _written_down(around),
        period=present_period(around),
        periods_to_choose=periods,
        chosen_period=request.query_params.get("period") or str(periods[0]),
        place_name=around.place_name,
        function_title=around.function_title,
        area_name=around.area_name,
        said_nothing=around.function_title(said_nothing) if _is_known(around, said_nothing) else "",
        softly=softly,
    )


async def _written_down(around: Surroundings) -> list[ReportRow]:
    """What this seat has written down lately, the latest first."""

    def ask(cursor: Cursor) -> list[ReportRow]:
        return latest(cursor, Selection(around.municipality), limit=LOOKED_AMONG)

    own = around.caller.function
    rows = await around.service.ask(ask)
    return [row for row in rows if row.origin is Origin.MEETING and own in (row.entered_by, row.function)][
        :SHOWN
    ]


def _reporters(around: Surroundings) -> list[tuple[str, list[Function]]]:
    reporters = around.set_up.document.functions_with(Role.REPORTER)
    return [
        (
            organisation.name,
            [each for each in reporters if each.organisation_id == organisation.organisation_id],
        )
        for organisation in around.set_up.document.organisations
    ]


def _periods(around: Surroundings) -> tuple[ReportingPeriod, ReportingPeriod]:
    """Those that one talks about around the table: the one that is over, and the one that is going on."""
    present = present_period(around)
    return present.previous, present


def _period(around: Surroundings, written: str) -> ReportingPeriod:
    chosen = {str(each): each for each in _periods(around)}
    if written and written not in chosen:
        raise not_found()
    return chosen.get(written, present_period(around).previous)


def _is_known(around: Surroundings, function: str) -> bool:
    return function in around.set_up.reporters


def _next_row(function: str, area: str, moment: str) -> Response:
    return RedirectResponse(f"/meeting?function={function}&area={area}&moment={moment}", status_code=303)
