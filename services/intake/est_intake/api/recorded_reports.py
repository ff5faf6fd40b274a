"""How programs read reports that are recorded, correct them, and say what is to become of them."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.bodies import accepts, parse_body
from est_chassis.web.if_match import ChangedVersion
from est_chassis.web.numbers import etag_of
from est_chassis.web.problems import Problem
from est_contracts.vocabulary import FieldError, InvalidPeriod, Words
from est_intake.api import report_bodies as bodies
from est_intake.api.callers import (
    JudgingReports,
    OfMunicipality,
    ReadingReports,
    Reporting,
    municipality_of,
    sender_of,
    service_of,
)
from est_intake.application import HistoryLine, Intake, ReportWithText
from est_intake.application.geography import geography_of
from est_intake.domain.incident_report import IncidentReport
from est_intake.domain.likeness import WITHIN, duplicates_among
from est_intake.domain.submission import Sender
from est_intake.read_models import collaborations
from est_intake.read_models.recent_reports import Selection, around_the_same_time, duplicates_of, latest

router = APIRouter()

ReportId = Annotated[UUID, Path(description="The sender's own ID of the report.")]
Listed = Annotated[bodies.Wanted, Query()]

UseCase = Callable[[Intake, str, Sender], IncidentReport]


@router.get("/v1/reports", response_model=bodies.Reports)
async def list_reports(wanted: Listed, request: Request, caller: ReadingReports) -> Response:
    """The municipality's reports for coordinators, one's own for reporters; the latest recorded first."""
    municipality, reader = municipality_of(caller, wanted.municipality), sender_of(caller)

    def ask(cursor: Cursor) -> bodies.Reports:
        selection = _selection(cursor, wanted, municipality=municipality, reader=reader)
        rows = latest(cursor, selection, limit=wanted.limit + 1, before=wanted.before)
        shown = rows[: wanted.limit]
        return bodies.Reports(
            reports=[bodies.listed_report(row, reader) for row in shown],
            next=_next(wanted, before=shown[-1].position) if len(rows) > wanted.limit else None,
        )

    return _json(await service_of(request).ask(ask))


@router.get("/v1/reports/{report_id}", response_model=bodies.WholeReport)
async def read_report(
    report_id: ReportId, request: Request, caller: ReadingReports, municipality: OfMunicipality = None
) -> Response:
    """A report of one's own, or any of the municipality for its coordinators. Its revision is the ETag."""
    of, reader = municipality_of(caller, municipality), sender_of(caller)

    def read(app: Intake) -> tuple[ReportWithText, list[HistoryLine]]:
        return _read(app, of, report_id, reader=reader)

    return _whole(*await service_of(request).do(read))


@router.put(
    "/v1/reports/{report_id}", response_model=bodies.WholeReport, openapi_extra=accepts(bodies.Correction)
)
async def correct_report(
    report_id: ReportId,
    request: Request,
    caller: Reporting,
    revision: ChangedVersion,
    municipality: OfMunicipality = None,
) -> Response:
    """Let a report of one's own say this instead. The facts told before stay in the log, the words do not."""
    correction = await parse_body(request, bodies.Correction)
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    submission = correction.submission(of, report_id)

    def correct(app: Intake) -> tuple[ReportWithText, list[HistoryLine]]:
        app.judging.correct_report(submission, by=sender, from_revision=revision)
        app.work.flush()
        return _read(app, of, report_id, reader=sender)

    return _whole(*await service_of(request).do(correct))


@router.put(
    "/v1/reports/{report_id}/withdrawal",
    response_model=bodies.Withdrawn,
    openapi_extra=accepts(bodies.Withdrawal),
)
async def withdraw_report(
    report_id: ReportId, request: Request, caller: Reporting, municipality: OfMunicipality = None
) -> Response:
    """Let a report count no longer. It stays in the log; pictures already published are not changed."""
    withdrawal = await parse_body(request, bodies.Withdrawal)
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    service = service_of(request)
    await service.do(
        lambda app: app.judging.withdraw_report(of, report_id, reason=withdrawal.reason, by=sender)
    )
    uncounted = None
    if sender.sees_all:
        await service.shown()
        rows = await service.ask(lambda cursor: duplicates_of(cursor, of, report_id))
        uncounted = [row.report_id for row in rows]
    return _json(
        bodies.Withdrawn(report_id=report_id, reason=withdrawal.reason, uncounted_duplicates=uncounted)
    )


@router.delete("/v1/reports/{report_id}/withdrawal", status_code=204)
async def reinstate_report(
    report_id: ReportId, request: Request, caller: Reporting, municipality: OfMunicipality = None
) -> Response:
    """Let a report count again: a function what it withdrew itself, coordinators any."""
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    await service_of(request).do(lambda app: app.judging.reinstate_report(of, report_id, by=sender))
    return Response(status_code=204)


@router.put("/v1/reports/{report_id}/duplicate", status_code=204, openapi_extra=accepts(bodies.DuplicateOf))
async def mark_duplicate(
    report_id: ReportId, request: Request, caller: JudgingReports, municipality: OfMunicipality = None
) -> Response:
    """Let another report stand for the incident; this one counts no longer."""
    original = await parse_body(request, bodies.DuplicateOf)
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    await service_of(request).do(
        lambda app: app.judging.mark_duplicate(of, report_id, duplicate_of=original.duplicate_of, by=sender)
    )
    return Response(status_code=204)


@router.delete("/v1/reports/{report_id}/duplicate", status_code=204)
async def unmark_duplicate(
    report_id: ReportId, request: Request, caller: JudgingReports, municipality: OfMunicipality = None
) -> Response:
    """It was another incident after all: let the report count again."""
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    await service_of(request).do(lambda app: app.judging.reinstate_report(of, report_id, by=sender))
    return Response(status_code=204)


@router.put("/v1/reports/{report_id}/looked-at", status_code=204)
async def look_at_report(
    report_id: ReportId, request: Request, caller: JudgingReports, municipality: OfMunicipality = None
) -> Response:
    """Say that a coordinator has gone through the report."""
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    await service_of(request).do(lambda app: app.judging.look_at_report(of, report_id, by=sender))
    return Response(status_code=204)


@router.delete("/v1/reports/{report_id}/looked-at", status_code=204)
async def put_report_back(
    report_id: ReportId, request: Request, caller: JudgingReports, municipality: OfMunicipality = None
) -> Response:
    """Nobody has gone through the report after all: let it wait to be looked at again."""
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    await service_of(request).do(lambda app: app.judging.put_report_back(of, report_id, by=sender))
    return Response(status_code=204)


@router.delete("/v1/reports/{report_id}/text", status_code=204)
async def erase_text(
    report_id: ReportId, request: Request, caller: Reporting, municipality: OfMunicipality = None
) -> Response:
    """Let the words of a report be gone for good, text and measures both; the incident still counts."""
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    await service_of(request).do(lambda app: app.judging.erase_text(of, report_id, by=sender))
    return Response(status_code=204)


@router.get("/v1/reports/{report_id}/history", response_model=bodies.History)
async def read_history(
    report_id: ReportId, request: Request, caller: ReadingReports, municipality: OfMunicipality = None
) -> Response:
    """All that has happened to a report, in order."""
    of, reader = municipality_of(caller, municipality), sender_of(caller)
    lines = await service_of(request).do(lambda app: app.reporting.history(of, report_id, reader=reader))
    return _json(bodies.history_as_read(lines))


@router.get("/v1/reports/{report_id}/duplicates", response_model=bodies.Suggestions)
async def suggest_duplicates(
    report_id: ReportId, request: Request, caller: JudgingReports, municipality: OfMunicipality = None
) -> Response:
    """Reports that may tell of the same incident, with what speaks for it. A person decides."""
    of, reader = municipality_of(caller, municipality), sender_of(caller)
    found = await service_of(request).do(lambda app: app.reporting.report(of, report_id, reader=reader))

    def ask(cursor: Cursor) -> bodies.Suggestions:
        set_up = collaborations.in_use(cursor, of)
        area = found.report.incident.area
        neighbours = geography_of(set_up).neighbours(area) if set_up else frozenset[str]()
        rows = {row.report_id: row for row in around_the_same_time(cursor, found.report, within=WITHIN)}
        alike = duplicates_among(rows.values(), of=found.report, neighbours=neighbours)
        return bodies.Suggestions(
            suggestions=[bodies.suggestion(each, rows[each.report_id], reader) for each in alike]
        )

    return _json(await service_of(request).ask(ask))


def _selection(cursor: Cursor, wanted: bodies.Wanted, *, municipality: str, reader: Sender) -> Selection:
    starts_at, ends_at = wanted.starts_at, wanted.ends_at
    set_up = collaborations.in_use(cursor, municipality)
    if wanted.period is not None and set_up is not None:
        try:
            period = set_up.document.rhythm.parse(wanted.period)
        except InvalidPeriod:
            raise Problem(422, "invalid", errors=(FieldError("period", NO_SUCH_PERIOD),)) from None
        starts_at = max(period.starts_at, starts_at or period.starts_at)
        ends_at = min(period.ends_at, ends_at or period.ends_at)
    return Selection(
        municipality=municipality,
        starts_at=starts_at,
        ends_at=ends_at,
        # Of a key that speaks for no function nothing is its own.
        function=wanted.function if reader.sees_all else reader.function or "",
        organisation=wanted.organisation,
        party=wanted.party,
        area=wanted.area,
        theme=wanted.theme,
        entry=wanted.entry,
        severity_at_least=wanted.severity_at_least,
        state=wanted.state,
    )


def _next(wanted: bodies.Wanted, *, before: int) -> str:
    asked = wanted.model_dump(mode="json", exclude_none=True) | {"before": before}
    return f"/v1/reports?{urlencode(asked)}"


def _read(
    app: Intake, municipality: str, report_id: UUID, *, reader: Sender
) -> tuple[ReportWithText, list[HistoryLine]]:
    found = app.reporting.report(municipality, report_id, reader=reader)
    return found, app.reporting.history(municipality, report_id, reader=reader)


def _whole(found: ReportWithText, lines: list[HistoryLine]) -> Response:
    return _json(bodies.whole_report(found, lines), headers={"ETag": etag_of(found.report.revision)})


def _json(body: BaseModel, *, headers: dict[str, str] | None = None) -> Response:
    return Response(body.model_dump_json(), headers=headers, media_type="application/json")


NO_SUCH_PERIOD = Words(
    sv="Det finns ingen sådan rapportperiod i kommunens rytm.",
    en="There is no such reporting period in the municipality's rhythm.",
)
