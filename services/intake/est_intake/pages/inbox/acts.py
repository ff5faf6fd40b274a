"""What a coordinator does with a report in the inbox, and how it is undone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.local_addresses import local_path
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import Rejected, Role, WithdrawalReason, Words
from est_intake.application import Intake
from est_intake.domain.incident_report import IncidentReport
from est_intake.pages.surroundings import Surroundings, surroundings

router = APIRouter(include_in_schema=False)

Judging = Annotated[Caller, Depends(allow(Role.COORDINATOR))]

#: Written for an area that was none.
NOWHERE = "-"

Act = Callable[[Intake, Surroundings, UUID, FormValues], IncidentReport]


@dataclass(frozen=True)
class Done:
    """What has just been done, to which report, and how it was before."""

    act: str
    report_id: str
    was: str


@dataclass(frozen=True)
class DoneWords:
    """What the page says of it, and the act that undoes it, if any."""

    words: Words
    is_refusal: bool = False
    undo_path: str = ""
    undo_area: str = ""
    #: How many duplicates it stood for: with it they too count no longer.
    uncounted: int = 0


@router.post("/inbox/{report_id}/{act}")
async def judge(report_id: UUID, act: str, request: Request, caller: Judging) -> Response:
    """One act on one report; then back to where one was, with what was done on top."""
    if act not in ACTS:
        raise not_found()
    around, form = await surroundings(request, caller), await read_form(request)
    back = local_path(form.text("back") or "/inbox")
    was = ""
    try:
        if act == "area":
            before = await around.service.do(
                lambda app: app.reporting.report(around.municipality, report_id, reader=around.sender)
            )
            was = before.report.incident.area or NOWHERE
        await around.service.do(lambda app: ACTS[act](app, around, report_id, form))
    except Rejected as refusal:
        return _back(back, Done(f"refused-{refusal.code}", str(report_id), ""))
    await around.service.shown()
    return _back(back, Done(act, str(report_id), was))


def _back(back: str, done: Done) -> Response:
    told = urlencode({"done": done.act, "report": done.report_id, "was": done.was})
    joined = f"{back}{'&' if '?' in back else '?'}{told}"
    return RedirectResponse(f"{joined}#report-{done.report_id}", status_code=303)


def _look_at(app: Intake, around: Surroundings, report_id: UUID, _form: FormValues) -> IncidentReport:
    return app.judging.look_at_report(around.municipality, report_id, by=around.sender)


def _put_back(app: Intake, around: Surroundings, report_id: UUID, _form: FormValues) -> IncidentReport:
    return app.judging.put_report_back(around.municipality, report_id, by=around.sender)


def _move(app: Intake, around: Surroundings, report_id: UUID, form: FormValues) -> IncidentReport:
    area = form.text("area")
    wanted = None if area in ("", NOWHERE) else area
    return app.judging.move_report(around.municipality, report_id, area=wanted, by=around.sender)


def _mark_duplicate(app: Intake, around: Surroundings, report_id: UUID, form: FormValues) -> IncidentReport:
    try:
        original = UUID(form.text("duplicate_of"))
    except ValueError:
        raise OriginalIsNotChosen from None
    return app.judging.mark_duplicate(around.municipality, report_id, duplicate_of=original, by=around.sender)


def _withdraw(app: Intake, around: Surroundings, report_id: UUID, form: FormValues) -> IncidentReport:
    reasons = {each.value: each for each in WithdrawalReason}
    reason = reasons.get(form.text("reason"), WithdrawalReason.OTHER)
    return app.judging.withdraw_report(around.municipality, report_id, reason=reason, by=around.sender)


def _reinstate(app: Intake, around: Surroundings, report_id: UUID, _form: FormValues) -> IncidentReport:
    return app.judging.reinstate_report(around.municipality, report_id, by=around.sender)


def _erase(app: Intake, around: Surroundings, report_id: UUID, _form: FormValues) -> IncidentReport:
    return app.judging.erase_text(around.municipality, report_id, by=around.sender)


class OriginalIsNotChosen(Rejected):
    """A duplicate needs a report that it is a duplicate of."""

    code = "original_is_not_chosen"
    http_status = 422
    words = Words(sv="Välj vilken rapport den är en dubblett av.", en="Choose which report it duplicates.")


ACTS: dict[str, Act] = {
    "looked-at": _look_at,
    "not-looked-at": _put_back,
    "area": _move,
    "duplicate": _mark_duplicate,
    "withdrawal": _withdraw,
    "reinstatement": _reinstate,
    "erasure": _erase,
}

DONE_WORDS = {
    "looked-at": Words(sv="Rapporten är granskad.", en="The report has been looked at."),
    "not-looked-at": Words(
        sv="Rapporten väntar på granskning igen.", en="The report waits to be looked at again."
    ),
    "area": Words(sv="Rapporten har fått ett annat område.", en="The report has another area."),
    "duplicate": Words(
        sv="Rapporten är en dubblett och räknas inte.", en="The report is a duplicate and is not counted."
    ),
    "withdrawal": Words(sv="Rapporten räknas inte längre.", en="The report is not counted any more."),
    "reinstatement": Words(sv="Rapporten räknas igen.", en="The report counts again."),
    "erasure": Words(
        sv="Texten är gallrad. Det går inte att ångra.", en="The text is erased. That cannot be undone."
    ),
}
UNDONE_BY = {
    "looked-at": "not-looked-at",
    "duplicate": "reinstatement",
    "withdrawal": "reinstatement",
    "area": "area",
}


def done_words(done: Done, *, duplicates: int = 0) -> DoneWords | None:
    """What is said on top of the page after an act; nothing when nothing was done."""
    if done.act.startswith("refused-"):
        return DoneWords(REFUSED.get(done.act.removeprefix("refused-"), NOT_DONE), is_refusal=True)
    words = DONE_WORDS.get(done.act)
    if words is None:
        return None
    inverse = UNDONE_BY.get(done.act)
    path = f"/inbox/{done.report_id}/{inverse}" if inverse and _is_id(done.report_id) else ""
    uncounted = duplicates if done.act == "withdrawal" else 0
    return DoneWords(words, undo_path=path, undo_area=done.was, uncounted=uncounted)


def _is_id(written: str) -> bool:
    try:
        UUID(written)
    except ValueError:
        return False
    return True


def _refusals(parent: type[Rejected]) -> dict[str, Words]:
    told = {parent.code: parent.words}
    for child in parent.__subclasses__():
        told |= _refusals(child)
    return told


REFUSED = _refusals(Rejected)
NOT_DONE = Words(
    sv="Det gick inte: rapporten har ändrats. Se hur den står nu.",
    en="That was not possible: the report has changed. See how it stands now.",
)
