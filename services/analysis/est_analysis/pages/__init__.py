"""How people come in: the problems that the rules propose, and what the coordinators decide."""

from collections.abc import Sequence
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from est_analysis.application import Analysis, Decision
from est_analysis.domain.decision_words import WordsPointAtSomebody
from est_analysis.domain.problem import ConfirmationReason, DismissalReason, EvidenceHasChanged
from est_analysis.pages import measures
from est_analysis.pages.views import ProblemView, Telling, problems_page, view_of
from est_analysis.pages.words import CONFIRMATION_WORDS, DISMISSAL_WORDS
from est_analysis.read_models import problems
from est_analysis.read_models.collaborations import names_in
from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_chassis.service import Service
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.numbers import whole_number
from est_contracts.vocabulary import FieldError, Rejected, Role, Week, Words

router = APIRouter(prefix="/problems", include_in_schema=False)

Reading = Annotated[Caller, Depends(allow(Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER))]
Deciding = Annotated[Caller, Depends(allow(Role.COORDINATOR))]

RECURRING = Words(sv="Återkommande problem", en="Recurring problems")


class DecisionIsMissing(Rejected):
    """A form was sent without one of its buttons."""

    code = "decision_is_missing"
    http_status = 422
    words = Words(sv="Välj om problemet stämmer eller inte.", en="Choose whether this is a problem or not.")
    errors = (FieldError("decision", words),)


@router.get("")
async def list_problems(request: Request, caller: Reading) -> HTMLResponse:
    """What waits for a decision first, then what was confirmed, then what has calmed down."""
    municipality, service = _municipality(caller), _service(request)
    week, language = Week.of(service.clock.now()), language_of(request)
    found = await service.ask(
        lambda cursor: problems_page(cursor, municipality=municipality, week=week, language=language)
    )
    return page(
        request,
        "problems.html",
        title=RECURRING,
        found=found,
        may_decide=caller.has(Role.COORDINATOR),
        decided=request.query_params.get("decided", ""),
        **WORDS,
    )


@router.get("/{problem_id}")
async def show_problem(problem_id: UUID, request: Request, caller: Reading) -> HTMLResponse:
    """One problem, as a link in an alert leads to it."""
    found = await _view(request, caller, problem_id)
    return await _problem_page(request, found, may_decide=caller.has(Role.COORDINATOR))


@router.post("/{problem_id}/decision")
async def decide(problem_id: UUID, request: Request, caller: Deciding) -> Response:
    """Confirm or dismiss in one tap: each button carries the decision and its reason."""
    found = await _view(request, caller, problem_id)
    form = await read_form(request)
    try:
        await _decide(_service(request), form, problem_id=problem_id, caller=caller)
    except (EvidenceHasChanged, WordsPointAtSomebody, DecisionIsMissing) as refusal:
        typed = form.text("words")
        return await _problem_page(request, found, may_decide=True, refusal=refusal, typed_words=typed)
    await _service(request).shown()
    return RedirectResponse(f"/problems?decided={problem_id}#problem-{problem_id}", status_code=303)


@router.post("/{problem_id}/words/erasure")
async def erase_words(problem_id: UUID, request: Request, caller: Deciding) -> Response:
    """Let the words of its decisions be gone for good."""
    municipality, by_function = _municipality(caller), caller.function or ""
    await _service(request).do(lambda app: app.erase_words(municipality, problem_id, by_function=by_function))
    await _service(request).shown()
    return RedirectResponse(f"/problems/{problem_id}?erased=yes", status_code=303)


@router.post("/{problem_id}/measures")
async def decide_measure(problem_id: UUID, request: Request, caller: Deciding) -> Response:
    """Decide a measure against a confirmed problem."""
    found = await _view(request, caller, problem_id)
    try:
        await measures.decide(request, await read_form(request), problem_id=problem_id, caller=caller)
    except Rejected as refusal:
        return await _problem_page(request, found, may_decide=True, refusal=refusal)
    await _service(request).shown()
    return RedirectResponse(f"/problems/{problem_id}#measures", status_code=303)


@router.post("/{problem_id}/measures/{measure_id}/completion")
async def complete_measure(
    problem_id: UUID, measure_id: UUID, request: Request, caller: Deciding
) -> Response:
    """One tap: it is carried out."""
    municipality, by_function = _municipality(caller), caller.function or ""
    await _service(request).do(
        lambda app: app.complete_measure(
            municipality, measure_id, problem_id=problem_id, by_function=by_function
        )
    )
    await _service(request).shown()
    return RedirectResponse(f"/problems/{problem_id}#measures", status_code=303)


async def _decide(service: Service[Analysis], form: FormValues, *, problem_id: UUID, caller: Caller) -> int:
    kind, _, reason = form.text("decision").partition(":")
    decision = Decision(
        municipality=_municipality(caller),
        function=caller.function or "",
        seen_version=whole_number(form.text("seen_version")) or 0,
        words=form.text("words") or None,
    )
    if kind == "confirm" and reason in tuple(ConfirmationReason):
        confirmed = ConfirmationReason(reason)
        return await service.do(
            lambda app: app.confirm_problem(problem_id, reason=confirmed, decision=decision)
        )
    if kind == "dismiss" and reason in tuple(DismissalReason):
        dismissed = DismissalReason(reason)
        return await service.do(
            lambda app: app.dismiss_problem(problem_id, reason=dismissed, decision=decision)
        )
    raise DecisionIsMissing


async def _view(request: Request, caller: Caller, problem_id: UUID) -> ProblemView:
    municipality, service = _municipality(caller), _service(request)
    week, language = Week.of(service.clock.now()), language_of(request)

    def question(cursor: Cursor) -> ProblemView | None:
        row = problems.one(cursor, municipality, problem_id)
        telling = Telling(names_in(cursor, municipality), language)
        return None if row is None else view_of(cursor, row, week=week, telling=telling)

    found = await service.ask(question)
    if found is None:
        raise NotFound(str(problem_id))
    return found


async def _problem_page(
    request: Request,
    found: ProblemView,
    *,
    may_decide: bool,
    refusal: Rejected | None = None,
    typed_words: str = "",
) -> HTMLResponse:
    municipality, problem_id = found.municipality, found.problem_id
    return page(
        request,
        "problem_page.html",
        status_code=200 if refusal is None else refusal.http_status,
        title=found.title,
        problem=found,
        measures=await _service(request).ask(
            lambda cursor: measures.measures_of(cursor, municipality=municipality, problem_id=problem_id)
        ),
        may_decide=may_decide,
        refusal=refusal,
        errors={error.field: said(error.words, language_of(request)) for error in _errors(refusal)},
        typed_words=typed_words,
        words_are_erased=request.query_params.get("erased") == "yes" and not found.words.are_there,
        **WORDS,
    )


def _errors(refusal: Rejected | None) -> Sequence[FieldError]:
    return refusal.errors if refusal is not None else ()


WORDS: dict[str, Any] = {"confirmations": CONFIRMATION_WORDS, "dismissals": DISMISSAL_WORDS}


def _municipality(caller: Caller) -> str:
    if caller.municipality is None:
        raise NotFound("no seat")
    return caller.municipality


def _service(request: Request) -> Service[Analysis]:
    return cast("Service[Analysis]", request.app.state.service)
