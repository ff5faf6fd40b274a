"""The page of counts: numbers for a period from those who tell no incidents, in a table or pasted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.failures import NotFound, Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import BATCH_LIMIT, read_form
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import ReportingPeriod, Role, Words
from est_intake.application import BlockWithWords
from est_intake.pages.counting.form import MOST_ROWS, CountForm
from est_intake.pages.periods import asked_period, next_period, period_to_return
from est_intake.pages.soft_words import softly
from est_intake.pages.surroundings import Surroundings, surroundings

router = APIRouter(include_in_schema=False)

Counting = Annotated[Caller, Depends(allow(Role.REPORTER, Role.COORDINATOR))]

TITLE = Words(sv="Sifferblock", en="Block of counts")
#: So many blocks may be withdrawn for one period before somebody must be asked.
MOST_WITHDRAWN = 20
MOST_FIELDS = MOST_ROWS * 5 + 20


@dataclass(frozen=True)
class OpenCounts:
    """The table as it lies open on the page."""

    period: ReportingPeriod
    form: CountForm
    errors: Mapping[str, Words] = field(default_factory=dict)
    notice: str = ""
    #: What the organisation has contributed, if anything.
    contributed: BlockWithWords | None = None


@router.get("/counts")
async def open_counts(request: Request, caller: Counting, period: str = "", saved: str = "") -> Response:
    around = await surroundings(request, caller)
    wanted = await period_to_return(around, period, caller.function or "")
    _block_id, found = await _block(around, wanted)
    form = CountForm.of(found) if found else CountForm()
    return _table(request, around, OpenCounts(wanted, form, notice=saved, contributed=found))


@router.post("/counts")
async def change_counts(request: Request, caller: Counting) -> Response:
    around = await surroundings(request, caller)
    sent = await read_form(request, limit=BATCH_LIMIT, fields=MOST_FIELDS)
    period, form = asked_period(around, sent.text("period")), CountForm.sent(sent)
    block_id, _found = await _block(around, period)
    match sent.text("act"):
        case "paste":
            form = form.with_pasted(sent.text("pasted"), around.set_up)
            return _table(request, around, OpenCounts(period, form))
        case "withdraw":
            await around.service.do(
                lambda app: app.counting.withdraw_counts(around.municipality, block_id, by=around.sender)
            )
            return await _shown(around, period, "withdrawn")
    form = form.filled()
    errors = form.missing(around.set_up) or await _refused(around, form, period, block_id=block_id)
    if errors:
        return _table(request, around, OpenCounts(period, form, errors))
    return await _shown(around, period, "saved")


async def _refused(
    around: Surroundings, form: CountForm, period: ReportingPeriod, *, block_id: UUID
) -> dict[str, Words]:
    """Contribute it; what stands in the way by the names of the page's fields, or nothing."""
    submission = form.submission(around.municipality, str(period), block_id=block_id)
    try:
        await around.service.do(
            lambda app: app.counting.contribute_counts(
                submission, around.sender, from_revision=form.from_revision
            )
        )
    except Rejected as refusal:
        return form.told(refusal.errors) or {"counts": refusal.words}
    return {}


async def _shown(around: Surroundings, period: ReportingPeriod, what: str) -> Response:
    await around.service.shown()
    return RedirectResponse(f"/counts?period={period}&saved={what}", status_code=303)


async def _block(around: Surroundings, period: ReportingPeriod) -> tuple[UUID, BlockWithWords | None]:
    """The block that the page keeps for the organisation and period: a new one when the last is withdrawn."""
    own = around.set_up.reporters.get(around.caller.function or "")
    if own is None:
        raise not_found()
    place = f"{around.municipality}:{own.organisation}:{period}"
    for turn in range(MOST_WITHDRAWN):
        block_id = uuid5(NAMESPACE_URL, f"est:intake:counts_page:{place}:{turn}")
        found = await _contributed(around, block_id)
        if found is None or not found.block.is_withdrawn:
            return block_id, found
    raise not_found()


async def _contributed(around: Surroundings, block_id: UUID) -> BlockWithWords | None:
    try:
        return await around.service.do(
            lambda app: app.counting.counts(around.municipality, block_id, reader=around.sender)
        )
    except NotFound:
        return None


def _table(request: Request, around: Surroundings, opened: OpenCounts) -> Response:
    language = language_of(request)
    return page(
        request,
        "counts.html",
        status_code=422 if opened.errors else 200,
        title=TITLE,
        form=opened.form.with_empty_rows(),
        filled=len(opened.form.filled().rows),
        errors=opened.errors,
        errors_said={name: said(words, language) for name, words in opened.errors.items()},
        notice=opened.notice,
        contributed=opened.contributed,
        period=opened.period,
        following=next_period(around, opened.period),
        due_at=around.set_up.due_at(opened.period),
        lists=tuple(around.set_up.checklists.values()),
        areas=around.set_up.document.areas,
        organisation=around.organisation_name(around.caller.organisation or ""),
        softly=softly,
    )
