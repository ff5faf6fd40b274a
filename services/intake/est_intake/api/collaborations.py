"""How programs read and change a municipality's set-up, and read the checklists."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_chassis.web.access import Caller, within
from est_chassis.web.bodies import BATCH_LIMIT, accepts, parse_body
from est_chassis.web.if_match import version_of
from est_chassis.web.numbers import etag_of
from est_chassis.web.problems import Problem
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import (
    Checklist,
    CollaborationDocument,
    FieldError,
    Moment,
    Role,
    UnknownChecklist,
    checklist,
)
from est_intake.api.callers import (
    OTHER_MUNICIPALITY,
    Anyone,
    Code,
    OfMunicipality,
    SettingUp,
    TakingPart,
    sender_of,
    service_of,
)
from est_intake.api.described import with_example
from est_intake.api.set_up_answers import CheckedDocument, TellingChange, TellingVersion, Versions
from est_intake.domain.collaboration import SetUpInUse
from est_intake.read_models import collaboration_versions, collaborations

router = APIRouter()

EXAMPLE_COLLABORATION = example_collaboration().model_dump(mode="json", exclude_none=True)

AsOf = Annotated[
    Moment | None,
    Query(description="The set-up in force at this moment.", examples=["2026-11-20T12:00:00+01:00"]),
]
ListId = Annotated[
    str, Path(description="A checklist in use somewhere.", examples=["orebro", "boras", "malmo"])
]


@router.get("/v1/municipalities/{code}/collaboration", response_model=CollaborationDocument)
async def read_collaboration(
    code: Code, request: Request, caller: TakingPart, as_of: AsOf = None
) -> Response:
    """How the municipality works together, today or at an earlier moment; the version is the ETag."""
    within(caller, code)
    set_up = await service_of(request).ask(lambda cursor: _in_force(cursor, code, as_of))
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
    caller: SettingUp,
    if_match: Annotated[str | None, Header(description="The version you changed, as its ETag said.")] = None,
) -> Response:
    """Set up a municipality's collaboration, or its next version. The same document again changes nothing.

    Operators set up; the municipality's coordinators change what is set up. Without If-Match, whatever
    somebody has changed since you read it is overwritten.
    """
    document = await _document_about(request, code, caller)
    from_version = version_of(if_match)
    service = service_of(request)
    version = await service.do(
        lambda app: app.set_up_collaboration(document, by=sender_of(caller), from_version=from_version)
    )
    # Whoever sets up asks for it next: to read it, to invite, to issue a key.
    await service.shown()
    return _document(document, version=version, status_code=201 if version == 1 else 200)


@router.post(
    "/v1/municipalities/{code}/collaboration:check",
    response_model=CheckedDocument,
    openapi_extra=with_example(accepts(CollaborationDocument), EXAMPLE_COLLABORATION),
)
async def check_collaboration(code: Code, request: Request, caller: SettingUp) -> CheckedDocument:
    """What a document would change of what is set up, or why it would be refused. Nothing is recorded."""
    document = await _document_about(request, code, caller)
    told = await service_of(request).do(
        lambda app: app.set_ups.changes_of_collaboration(document, by=sender_of(caller))
    )
    changes = [TellingChange.of(change) for change in told.changes]
    return CheckedDocument(version=told.version, changes=changes)


@router.get("/v1/municipalities/{code}/collaboration/versions", response_model=Versions)
async def list_versions(code: Code, request: Request, caller: TakingPart) -> Versions:
    """Every version, the latest first: who set it up and when."""
    within(caller, code)
    found = await service_of(request).ask(lambda cursor: collaboration_versions.all_of(cursor, code))
    if not found:
        raise NotFound(code)
    return Versions(versions=[TellingVersion.of(each) for each in found])


@router.get("/v1/checklists/{checklist_id}", response_model=Checklist)
async def read_checklist(
    checklist_id: ListId, request: Request, caller: Anyone, municipality: OfMunicipality = None
) -> Response:
    """A checklist with all its entries: what `checklist_entry` may be. One's own municipality's own, too."""
    try:
        found = checklist(checklist_id)
    except UnknownChecklist:
        found = await _own_checklist(request, caller, checklist_id=checklist_id, named=municipality)
    return Response(found.model_dump_json(), media_type="application/json")


def _in_force(cursor: Cursor, code: str, as_of: Moment | None) -> SetUpInUse | None:
    if as_of is None:
        return collaborations.in_use(cursor, code)
    return collaboration_versions.in_force_at(cursor, code, as_of)


async def _document_about(request: Request, code: str, caller: Caller) -> CollaborationDocument:
    """The body, if it is about the municipality of the address and that is the caller's own."""
    within(caller, code)
    document = await parse_body(request, CollaborationDocument, limit=BATCH_LIMIT)
    if document.municipality != code:
        raise Problem(422, "invalid", errors=(FieldError("municipality", OTHER_MUNICIPALITY),))
    return document


async def _own_checklist(
    request: Request, caller: Caller, *, checklist_id: str, named: str | None
) -> Checklist:
    """A list that a municipality has made itself is for those who take part there."""
    of = caller.municipality or (named if caller.has(Role.OPERATOR) else None)
    set_up = await service_of(request).ask(lambda cursor: collaborations.in_use(cursor, of)) if of else None
    for own in set_up.document.own_checklists if set_up else ():
        if own.checklist_id == checklist_id:
            return own
    raise NotFound(checklist_id)


def _document(document: CollaborationDocument, *, version: int, status_code: int = 200) -> Response:
    return Response(
        document.model_dump_json(),
        status_code=status_code,
        headers={"ETag": etag_of(version)},
        media_type="application/json",
    )
