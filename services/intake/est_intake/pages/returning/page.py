"""The page of a return: the whole checklist for a period, or nothing to report in one tap."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import BATCH_LIMIT, read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import (
    SEVERITY_WORDS,
    Area,
    Checklist,
    NotInTheCollaboration,
    Origin,
    ReportingPeriod,
    Role,
    Words,
)
from est_intake.application import ReturnWithWords
from est_intake.domain.period_return import ReturnHasChanged
from est_intake.domain.returning import ReturnSubmission
from est_intake.pages.periods import asked_period, next_period, period_to_return
from est_intake.pages.returning.form import ReturnForm, grouped
from est_intake.pages.soft_words import softly
from est_intake.pages.surroundings import Surroundings, surroundings

router = APIRouter(include_in_schema=False)

Returning = Annotated[Caller, Depends(allow(Role.REPORTER, Role.COORDINATOR))]

TITLE = Words(sv="Periodrapport", en="Return for a period")
#: 32 entries with four fields each, some of them for several areas.
MOST_FIELDS = 1_500


@dataclass(frozen=True)
class OpenReturn:
    """A return as it lies open on the page."""

    period: ReportingPeriod
    listed: Checklist
    form: ReturnForm
    whose: str
    errors: Mapping[str, Words] = field(default_factory=dict)
    added: str = ""
    #: What was handed in before, if anything was.
    before: ReturnWithWords | None = None
    words_were_erased: bool = False


@router.get("/return")
async def open_return(
    request: Request,
    caller: Returning,
    *,
    period: str = "",
    checklist: str = "",
    function: str = "",
    erased: bool = False,
) -> Response:
    around = await surroundings(request, caller)
    whose = _function(around, function)
    wanted = await period_to_return(around, period, whose)
    listed = _checklist(around, checklist)
    handed_in = await _handed_in(around, wanted, whose)
    own = [each for each in handed_in if each.returned.about.checklist == listed.checklist_id]
    area = _own_area(around, whose)
    form = ReturnForm.of(own[0], listed, area=area) if own else ReturnForm.empty(listed, area=area)
    before = own[0] if own else None
    opened = OpenReturn(wanted, listed, form, whose=whose, before=before, words_were_erased=erased)
    return _form_page(request, around, opened)


@router.post("/return")
async def save_return(request: Request, caller: Returning) -> Response:
    around = await surroundings(request, caller)
    sent = await read_form(request, limit=BATCH_LIMIT, fields=MOST_FIELDS)
    period, listed = asked_period(around, sent.text("period")), _checklist(around, sent.text("checklist"))
    whose = _function(around, sent.text("function"))
    form = ReturnForm.sent(sent, listed, areas=[each.area_id for each in around.set_up.document.areas])
    act, _, entry_id = sent.text("act").partition(":")
    if act == "more":
        form = form.with_another_row(entry_id)
        return _form_page(request, around, OpenReturn(period, listed, form, whose, added=entry_id))
    errors = form.too_long()
    if not errors:
        submission = form.submission(around.municipality, str(period), checklist=listed.checklist_id)
        errors = await _refused(around, form, _signed(around, submission, whose))
    if errors:
        return _form_page(request, around, OpenReturn(period, listed, form, whose, errors))
    await around.service.shown()
    return RedirectResponse(
        f"/return/receipt?period={period}&checklist={listed.checklist_id}&function={whose}", status_code=303
    )


@router.get("/return/nothing")
async def offer_nothing(
    request: Request, caller: Returning, period: str = "", function: str = "", said: bool = False
) -> Response:
    """Where a link in a letter leads: one button, so that no mail program answers for anybody."""
    around = await surroundings(request, caller)
    if function and around.stood_in_for(function) is None:
        raise not_found()
    wanted = await period_to_return(around, period, function or around.caller.function or "")
    return _nothing_page(request, around, wanted, function=function, is_said=said)


@router.post("/return/nothing")
async def say_nothing(request: Request, caller: Returning) -> Response:
    """For one's own seat, or for one that one stands in for."""
    around = await surroundings(request, caller)
    sent = await read_form(request)
    period, function = asked_period(around, sent.text("period")), sent.text("function")
    submission = ReturnSubmission(
        around.municipality,
        str(period),
        nothing_to_report=True,
        function=function or None,
        origin=Origin.FORM,
    )
    try:
        await around.service.do(lambda app: app.returning.hand_in_return(submission, around.sender))
    except Rejected as refusal:
        return _nothing_page(request, around, period, function=function, refusal=refusal)
    await around.service.shown()
    receipt = f"/return/nothing?period={period}&function={function}&said=true"
    return RedirectResponse(receipt if function else f"/return/receipt?period={period}", status_code=303)


def _nothing_page(
    request: Request,
    around: Surroundings,
    period: ReportingPeriod,
    *,
    function: str,
    is_said: bool = False,
    refusal: Rejected | None = None,
) -> Response:
    return page(
        request,
        "return_nothing.html",
        status_code=refusal.http_status if refusal else 200,
        title=Words(sv="Inget att rapportera", en="Nothing to report"),
        period=period,
        due_at=around.set_up.due_at(period),
        refusal=refusal.words if refusal else None,
        function=function,
        seat=around.function_title(function) if function else around.caller.name,
        is_said=is_said,
    )


@router.get("/return/receipt")
async def receipt(
    request: Request, caller: Returning, period: str = "", checklist: str = "", function: str = ""
) -> Response:
    around = await surroundings(request, caller)
    whose = _function(around, function)
    wanted = asked_period(around, period)
    found = [
        each
        for each in await _handed_in(around, wanted, whose)
        if (each.returned.about.checklist or "") == checklist
    ]
    if not found:
        raise not_found()
    returned = found[0].returned
    return page(
        request,
        "return_receipt.html",
        title=Words(sv="Kvitto på periodrapporten", en="Receipt for the return"),
        returned=returned,
        is_ones_own=whose == around.caller.function,
        seat=around.function_title(whose),
        period=wanted,
        entries={each.checklist_entry for each in returned.content.answers},
        listed=around.set_up.checklists.get(checklist),
        due_at=around.set_up.due_at(wanted),
    )


async def _refused(around: Surroundings, form: ReturnForm, submission: ReturnSubmission) -> dict[str, Words]:
    """Hand it in; what stands in the way by the names of the page's fields, or nothing."""
    # A page that was opened before anything was handed in must not overwrite what has come meanwhile.
    from_revision = form.from_revision if form.revision else 0
    try:
        await around.service.do(
            lambda app: app.returning.hand_in_return(submission, around.sender, from_revision=from_revision)
        )
    except ReturnHasChanged as refusal:
        return {"return": refusal.words}
    except Rejected as refusal:
        return form.told(refusal.errors) or {"return": refusal.words}
    return {}


def _signed(around: Surroundings, submission: ReturnSubmission, whose: str) -> ReturnSubmission:
    """By the seat itself or who stands in for it; for any other function it is what was told at a meeting."""
    if whose == around.caller.function:
        return submission
    origin = submission.origin if around.stood_in_for(whose) else Origin.MEETING
    return replace(submission, function=whose, origin=origin)


async def _handed_in(around: Surroundings, period: ReportingPeriod, whose: str) -> list[ReturnWithWords]:
    return await around.service.do(
        lambda app: app.returning.returns_of(
            around.municipality, str(period), function=whose, reader=around.sender
        )
    )


def _form_page(request: Request, around: Surroundings, opened: OpenReturn) -> Response:
    scale, language = _scale(opened.listed), language_of(request)
    return page(
        request,
        "return.html",
        status_code=422 if opened.errors else 200,
        title=TITLE,
        form=opened.form,
        errors=opened.errors,
        errors_said={name: said(words, language) for name, words in opened.errors.items()},
        added=opened.added,
        before=opened.before,
        may_erase=opened.whose == around.caller.function or around.caller.has(Role.COORDINATOR),
        words_were_erased=opened.words_were_erased,
        period=opened.period,
        following=next_period(around, opened.period),
        due_at=around.set_up.due_at(opened.period),
        listed=opened.listed,
        lists=tuple(around.set_up.checklists.values()),
        groups=grouped(opened.listed),
        scale=scale,
        problem={step: words for step, words, _influence in scale},
        influence={step: words for step, _problem, words in scale},
        areas=around.set_up.document.areas,
        assessed_areas=assessed_areas(around),
        risk_scale=around.set_up.document.risk_scale,
        softly=softly,
        whose=opened.whose,
        is_ones_own=opened.whose == around.caller.function,
        seat=around.function_title(opened.whose),
    )


def _scale(listed: Checklist) -> list[tuple[int, Words, Words]]:
    """Each step in the list's own words: of a problem, and of what is positive or elsewhere."""
    if listed.scale_steps:
        return [(each.step, each.problem, each.influence) for each in listed.scale_steps]
    return [(step, words, words) for step, words in SEVERITY_WORDS.items()]


def assessed_areas(around: Surroundings) -> tuple[Area, ...]:
    """Each area by itself; a district that is judged part by part is not judged as well."""
    areas = around.set_up.document.areas
    divided = {each.within for each in areas}
    return tuple(each for each in areas if each.area_id not in divided)


def _checklist(around: Surroundings, name: str) -> Checklist:
    lists = around.set_up.checklists
    found = lists.get(name) if name else next(iter(lists.values()))
    if found is None:
        raise not_found()
    return found


def _function(around: Surroundings, asked: str = "") -> str:
    """One's own, or one that one stands in for; a coordinator may write down what any function tells."""
    own = around.caller.function or ""
    if not asked or asked == own:
        return own
    if around.stood_in_for(asked):
        return asked
    if asked not in around.set_up.reporters or not around.caller.has(Role.COORDINATOR):
        raise not_found()
    return asked


def _own_area(around: Surroundings, function: str) -> str:
    """Whoever looks after one area means that one."""
    try:
        own = around.set_up.document.function(function).area_ids
    except NotInTheCollaboration:
        return ""
    return own[0] if len(own) == 1 else ""
