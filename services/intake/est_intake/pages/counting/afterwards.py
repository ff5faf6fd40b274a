"""What becomes of a block of counts that is contributed: its history, and the end of its words."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import read_form
from est_chassis.web.frame import page
from est_chassis.web.local_addresses import local_path
from est_contracts.vocabulary import Role, Words
from est_intake.pages.history.written import written_line
from est_intake.pages.surroundings import surroundings

router = APIRouter(include_in_schema=False)

Counting = Annotated[Caller, Depends(allow(Role.REPORTER, Role.COORDINATOR))]


@router.get("/counts/{block_id}/history")
async def show_history(block_id: UUID, request: Request, caller: Counting) -> Response:
    """For the organisation itself, and for coordinators."""
    around = await surroundings(request, caller)
    block, lines = await around.service.do(
        lambda app: app.counting.count_history(around.municipality, block_id, reader=around.sender)
    )
    is_ones_own = block.reporter.organisation == caller.organisation
    whose = f"/compilation?period={block.period}&party={block.reporter.party}"
    return page(
        request,
        "written_history.html",
        title=Words(sv="Sifferblockets historik", en="The history of the block of counts"),
        whose=around.organisation_name(block.reporter.organisation),
        period=around.set_up.period_named(block.period),
        history=[written_line(line, around) for line in lines],
        back=f"/counts?period={block.period}" if is_ones_own else whose,
    )


@router.post("/counts/{block_id}/erasure")
async def erase_words(block_id: UUID, request: Request, caller: Counting) -> Response:
    """Let the words of one's own organisation's block be gone for good; its numbers stay."""
    around = await surroundings(request, caller)
    back = local_path((await read_form(request)).text("back") or "/")
    await around.service.do(
        lambda app: app.counting.erase_count_text(around.municipality, block_id, by=around.sender)
    )
    await around.service.shown()
    return RedirectResponse(back, status_code=303)
