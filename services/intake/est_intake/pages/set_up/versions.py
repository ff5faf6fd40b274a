"""Every version of the set-up: who made it, when, and what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import Caller, allow
from est_chassis.web.frame import page
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import CollaborationDocument, Role, Words
from est_intake.domain.set_up_changes import CHANGE_KIND_WORDS, Change, changes_between
from est_intake.pages.set_up.overview import overview
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.read_models.collaboration_versions import Version, all_of, document_of

router = APIRouter(include_in_schema=False)

SettingUp = Annotated[Caller, Depends(allow(Role.COORDINATOR, Role.OPERATOR))]

OPERATOR = Words(sv="Driftansvarig", en="Operator")


@dataclass(frozen=True)
class ListedVersion:
    """A version in the words of its municipality."""

    version: int
    recorded_at: datetime
    by: Words


@dataclass(frozen=True)
class OneVersion:
    """A version as it was, beside the one before it."""

    version: Version
    document: CollaborationDocument
    changes: Sequence[Change]


@router.get("/set-up/versions")
async def list_versions(request: Request, caller: SettingUp) -> Response:
    around = await surroundings(request, caller)
    found = await around.service.ask(lambda cursor: all_of(cursor, around.municipality))
    return page(
        request,
        "set_up_versions.html",
        title=Words(sv="Alla versioner", en="All versions"),
        versions=[_listed(each, around) for each in found],
    )


@router.get("/set-up/versions/{number}")
async def show_version(number: int, request: Request, caller: SettingUp) -> Response:
    around = await surroundings(request, caller)
    found = await around.service.ask(lambda cursor: _one(cursor, around.municipality, number))
    if found is None:
        raise not_found()
    return page(
        request,
        "set_up_version.html",
        title=Words(sv=f"Version {number}", en=f"Version {number}"),
        version=_listed(found.version, around),
        changes=found.changes,
        kinds=CHANGE_KIND_WORDS,
        sections=overview(found.document),
        is_in_force=number == around.set_up.version,
    )


def _one(cursor: Cursor, municipality: str, number: int) -> OneVersion | None:
    versions = {each.version: each for each in all_of(cursor, municipality)}
    document = document_of(cursor, municipality, number) if number in versions else None
    if document is None:
        return None
    before = document_of(cursor, municipality, number - 1) if number > 1 else None
    return OneVersion(versions[number], document, changes_between(before, document))


def _listed(version: Version, around: Surroundings) -> ListedVersion:
    by = version.by_function
    title = around.function_title(by) if by else ""
    return ListedVersion(
        version.version, version.recorded_at, Words(sv=title, en=title) if title else OPERATOR
    )
