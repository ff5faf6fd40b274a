"""What becomes of a return that is handed in: its history, and the end of its words."""

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

Returning = Annotated[Caller, Depends(allow(Role.REPORTER, Role.COORDINATOR))]


@router.get("/return/{return_id}/history")
async def show_history(return_id: UUID, request: Request, caller: Returning) -> Response:
    """For the seat itself, and for coordinators."""
    around = await surroundings(request, caller)
    returned, lines = await around.service.do(
        lambda app: app.returning.return_history(around.municipality, return_id, reader=around.sender)
    )
    whose, checklist = returned.reporter, returned.about.checklist or ""
    own = f"/return?period={returned.about.period}&checklist={checklist}"
    is_ones_own = whose.function == caller.function
    return page(
        request,
        "written_history.html",
        title=Words(sv="Periodrapportens historik", en="The history of the return"),
        whose=around.function_title(whose.function),
        period=around.set_up.period_named(returned.about.period),
        history=[written_line(line, around) for line in lines],
        back=own if is_ones_own else f"/compilation?period={returned.about.period}&party={whose.party}",
    )


@router.post("/return/{return_id}/erasure")
async def erase_words(return_id: UUID, request: Request, caller: Returning) -> Response:
    """Let the words of a return be gone for good; its values stay."""
    around = await surroundings(request, caller)
    back = local_path((await read_form(request)).text("back") or "/")
    await around.service.do(
        lambda app: app.returning.erase_return_text(around.municipality, return_id, by=around.sender)
    )
    await around.service.shown()
    return RedirectResponse(back, status_code=303)
