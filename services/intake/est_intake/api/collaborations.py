"""How programs read and change a municipality's set-up, and read the checklists."""

from typing import Annotated

from fastapi import APIRouter, Header, Path
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.failures import NotFound
from est_chassis.web.access import within
from est_chassis.web.bodies import BATCH_LIMIT, accepts, parse_body
from est_chassis.web.problems import Problem
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import (
    Checklist,
    CollaborationDocument,
    FieldError,
    UnknownChecklist,
    Words,
    checklist,
)
from est_intake.api.callers import OTHER_MUNICIPALITY, Anyone, Code, Operating, TakingPart, service_of
from est_intake.api.described import with_example
from est_intake.read_models import collaborations

router = APIRouter()

EXAMPLE_COLLABORATION = example_collaboration().model_dump(mode="json", exclude_none=True)

ListId = Annotated[
    str, Path(description="A checklist in use somewhere.", examples=["orebro", "boras", "malmo"])
]


@router.get("/v1/municipalities/{code}/collaboration", response_model=CollaborationDocument)
async def read_collaboration(code: Code, request: Request, caller: TakingPart) -> Response:
    """How the municipality works together; the version is the ETag."""
    within(caller, code)
    set_up = await service_of(request).ask(lambda cursor: collaborations.in_use(cursor, code))
    if set_up is None:
        raise NotFound(code)
    return _document(set_up.document, version=set_up.version)


@router.put(
    "/v1/municipalities/{code}/collaboration",
    response_model=CollaborationDocument,
    openapi_extra=with_example(accepts(CollaborationDocument), EXAMPLE_COLLABORATION),
)
async def set_up_collaboration(
    code: Code,
    request: Request,
    caller: Operating,
    if_match: Annotated[str | None, Header(description="The version you changed, as its ETag said.")] = None,
) -> Response:
    """Set up a municipality's collaboration, or its next version. The same document again changes nothing."""
    within(caller, code)
    document = await parse_body(request, CollaborationDocument, limit=BATCH_LIMIT)
    if document.municipality != code:
        raise Problem(422, "invalid", errors=(FieldError("municipality", OTHER_MUNICIPALITY),))
    from_version = _version(if_match)
    version = await service_of(request).do(
        lambda app: app.set_up_collaboration(document, from_version=from_version)
    )
    return _document(document, version=version, status_code=201 if version == 1 else 200)


@router.get("/v1/checklists/{checklist_id}", response_model=Checklist)
async def read_checklist(checklist_id: ListId, _caller: Anyone) -> Response:
    """A checklist with all its entries: what `checklist_entry` may be."""
    try:
        found = checklist(checklist_id)
    except UnknownChecklist:
        raise NotFound(checklist_id) from None
    return Response(found.model_dump_json(), media_type="application/json")


def _document(document: CollaborationDocument, *, version: int, status_code: int = 200) -> Response:
    return Response(
        document.model_dump_json(),
        status_code=status_code,
        headers={"ETag": f'"{version}"'},
        media_type="application/json",
    )


def _version(if_match: str | None) -> int | None:
    if if_match is None or if_match == "*":
        return None
    written = if_match.removeprefix("W/").strip('"')
    if not (written.isascii() and written.isdigit() and len(written) < 9):
        words = Words(sv='Ange versionen som i ETag: "3".', en='Give the version as in the ETag: "3".')
        raise Problem(422, "invalid", errors=(FieldError("if-match", words),))
    return int(written)
