"""Correcting a report of one's own: what it says now, to be changed and saved."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.failures import NotFound, Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.numbers import whole_number
from est_chassis.web.parts import Choice
from est_contracts.vocabulary import SEVERITY_WORDS, Role, Words
from est_intake.application import ReportWithText, as_submitted
from est_intake.domain.submission import Submission
from est_intake.pages.reporting.told_times import as_field, written
from est_intake.pages.surroundings import Surroundings, surroundings

router = APIRouter(include_in_schema=False)

Reporting = Annotated[Caller, Depends(allow(Role.REPORTER, Role.COORDINATOR))]

MISSING_MOMENT = Words(sv="Ange dag och klockslag.", en="Give day and time.")
#: Where a field of the rules stands on this page.
FIELDS = {"happened_at": "moment", "happened_until": "until", "point": "area", "place": "area"}


@dataclass(frozen=True)
class CorrectionForm:
    """What one may change of a report: the rest stays as it was."""

    revision: int
    checklist_entry: str
    area: str
    moment: str
    until: str
    severity: str
    text: str
    measures: str

    @classmethod
    def of(cls, found: ReportWithText) -> "CorrectionForm":
        incident = found.report.incident
        return cls(
            revision=found.report.revision,
            checklist_entry=incident.checklist_entry,
            area=incident.area or "",
            moment=as_field(incident.happened_at),
            until=as_field(incident.happened_until) if incident.happened_until else "",
            severity=str(incident.severity or ""),
            text=found.text or "",
            measures=found.measures or "",
        )

    @classmethod
    def sent(cls, form: FormValues) -> "CorrectionForm":
        return cls(
            revision=whole_number(form.text("revision")) or 0,
            checklist_entry=form.text("checklist_entry"),
            area=form.text("area"),
            moment=form.text("moment"),
            until=form.text("until"),
            severity=form.text("severity"),
            text=form.text("text").replace("\r\n", "\n"),
            measures=form.text("measures").replace("\r\n", "\n"),
        )

    def untold(self) -> dict[str, Words]:
        """The moments that are none, by the names of their fields."""
        missing = {"moment": MISSING_MOMENT} if written(self.moment) is None else {}
        return missing | ({"until": MISSING_MOMENT} if self.until and written(self.until) is None else {})

    def submission(self, before: Submission) -> Submission:
        """The report as it is to be."""
        # A point or a place belongs to where the report lay: in another area there is none.
        moved = self.area != (before.area or "")
        return replace(
            before,
            checklist_entry=self.checklist_entry,
            area=self.area or None,
            place=None if moved else before.place,
            point=None if moved else before.point,
            happened_at=told_moment(self.moment, before.happened_at) or before.happened_at,
            happened_until=told_moment(self.until, before.happened_until),
            severity=int(self.severity) if self.severity in {"1", "2", "3", "4", "5"} else None,
            text=self.text or None,
            measures=self.measures or None,
        )


def told_moment(field: str, before: datetime | None) -> datetime | None:
    """The field knows minutes: what was not touched keeps its seconds."""
    return before if before and as_field(before) == field else written(field)


@router.get("/my-reports/{report_id}/correction")
async def open_correction(report_id: UUID, request: Request, caller: Reporting) -> Response:
    around = await surroundings(request, caller)
    found = await _own(around, report_id)
    return _correction_page(request, around, found, CorrectionForm.of(found))


@router.post("/my-reports/{report_id}/correction")
async def correct(report_id: UUID, request: Request, caller: Reporting) -> Response:
    """Save what it is to say; when somebody else has changed it meanwhile, both are shown."""
    around = await surroundings(request, caller)
    form = CorrectionForm.sent(await read_form(request))
    found = await _own(around, report_id)
    untold = form.untold()
    if untold:
        return _correction_page(request, around, found, form, errors=untold)
    submission = form.submission(as_submitted(found.report))
    try:
        await around.service.do(
            lambda app: app.judging.correct_report(submission, by=around.sender, from_revision=form.revision)
        )
    except Rejected as refusal:
        return _correction_page(request, around, found, form, errors=_told(refusal))
    await around.service.shown()
    return RedirectResponse(f"/my-reports#report-{report_id}", status_code=303)


async def _own(around: Surroundings, report_id: UUID) -> ReportWithText:
    found = await around.service.do(
        lambda app: app.reporting.report(around.municipality, report_id, reader=around.sender)
    )
    if not around.sender.may_correct(found.report):
        raise NotFound(str(report_id))
    return found


def _told(refusal: Rejected) -> dict[str, Words]:
    told: dict[str, Words] = {}
    for field, words in refusal.errors:
        told.setdefault(FIELDS.get(field, field), words)
    return told or {"checklist_entry": refusal.words}


def _correction_page(
    request: Request,
    around: Surroundings,
    found: ReportWithText,
    form: CorrectionForm,
    *,
    errors: dict[str, Words] | None = None,
) -> Response:
    language = language_of(request)
    areas = around.set_up.document.areas
    told = {name: said(words, language) for name, words in (errors or {}).items()}
    everywhere = Words(sv="Hela kommunen", en="The whole municipality")
    unknown = Words(sv="Inte angivet", en="Not given")
    return page(
        request,
        "my_report_correction.html",
        status_code=422 if errors else 200,
        title=Words(sv="Rätta rapporten", en="Correct the report"),
        report=found.report,
        form=form,
        errors=told,
        entries=[
            Choice(each.entry_id, said(each.words, language)) for each in around.set_up.entries.values()
        ],
        areas=[Choice("", said(everywhere, language)), *(Choice(each.area_id, each.name) for each in areas)],
        severities=[
            Choice("", said(unknown, language)),
            *(
                Choice(str(step), f"{step} – {said(words, language)}")
                for step, words in SEVERITY_WORDS.items()
            ),
        ],
    )
