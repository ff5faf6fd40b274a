"""The collaboration as one document: read in plain words, changed part by part, kept version by version."""

from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import FormValues, read_form
from est_chassis.web.frame import page
from est_chassis.web.numbers import whole_number
from est_chassis.web.problems import not_found
from est_contracts.vocabulary import STOCKHOLM, FieldError, Role, Words
from est_intake.domain.collaboration import CollaborationHasChanged
from est_intake.domain.local_rights import SetUpIsForAll, areas_of_ones_own
from est_intake.domain.set_up_changes import CHANGE_KIND_WORDS, Change, changes_between
from est_intake.pages.set_up.forms import (
    Edited,
    NotAccepted,
    Plain,
    as_sent,
    by_field,
    key_of,
    read_thing,
    refused,
    shown,
    things_of,
    with_basics,
    with_thing,
    without_thing,
)
from est_intake.pages.set_up.holidays import holidays_around
from est_intake.pages.set_up.overview import broken_place, name_of, overview, rows_of
from est_intake.pages.set_up.parts import BASICS, ENTRIES, PARTS, Part
from est_intake.pages.surroundings import Surroundings, surroundings
from est_intake.read_models import collaboration_versions

router = APIRouter(include_in_schema=False)

SettingUp = Annotated[Caller, Depends(allow(Role.COORDINATOR, Role.OPERATOR))]


@dataclass(frozen=True)
class Stopped:
    """Why a form was not saved: faults, or what somebody else has changed meanwhile."""

    errors: dict[str, Words] = field(default_factory=dict)
    elsewhere: tuple[FieldError, ...] = ()
    changed_meanwhile: tuple[Change, ...] = ()
    is_conflict: bool = False

    @property
    def status(self) -> int:
        return 412 if self.is_conflict else 422


@router.get("/set-up")
async def show_set_up(request: Request, caller: SettingUp) -> Response:
    around = await surroundings(request, caller)
    today = around.now.astimezone(STOCKHOLM).date()
    own = areas_of_ones_own(around.set_up.document, coordinator=around.sender.function, today=today)
    return page(
        request,
        "set_up.html",
        limits=None if own is None else SetUpIsForAll.words,
        title=Words(sv="Så arbetar vi", en="How we work together"),
        sections=overview(around.set_up.document),
        version=around.set_up.version,
    )


@router.get("/set-up/basics")
async def edit_basics(request: Request, caller: SettingUp) -> Response:
    around = await surroundings(request, caller)
    told = around.set_up.document.model_dump(mode="json")
    return _form(request, around, BASICS, values=shown(BASICS.fields, told))


@router.post("/set-up/basics")
async def save_basics(request: Request, caller: SettingUp) -> Response:
    around = await surroundings(request, caller)
    values = await read_form(request)
    try:
        stopped = await _save(around, values, lambda: with_basics(around.set_up.document, values))
    except NotAccepted as wrong:
        stopped = _faults(BASICS, wrong)
    if stopped is None:
        return RedirectResponse("/set-up", status_code=303)
    return _form(request, around, BASICS, values=as_sent(BASICS.fields, values), stopped=stopped)


@router.get("/set-up/parts/{part_name}")
async def list_part(part_name: str, request: Request, caller: SettingUp) -> Response:
    around = await surroundings(request, caller)
    part = _part(part_name)
    return _list(request, around, part)


@router.get("/set-up/parts/{part_name}/new")
async def new_thing(part_name: str, request: Request, caller: SettingUp) -> Response:
    around = await surroundings(request, caller)
    part = _part(part_name)
    return _form(request, around, part, values=shown(part.fields, {}))


@router.post("/set-up/parts/{part_name}/new")
async def add_thing(part_name: str, request: Request, caller: SettingUp) -> Response:
    return await _save_thing(request, caller, part=_part(part_name), key=None)


@router.get("/set-up/parts/{part_name}/things/{key}")
async def edit_thing(part_name: str, key: str, request: Request, caller: SettingUp) -> Response:
    around = await surroundings(request, caller)
    part = _part(part_name)
    return _form(request, around, part, values=shown(part.fields, _thing(around, part, key)), key=key)


@router.post("/set-up/parts/{part_name}/things/{key}")
async def save_thing(part_name: str, key: str, request: Request, caller: SettingUp) -> Response:
    return await _save_thing(request, caller, part=_part(part_name), key=key)


@router.post("/set-up/parts/{part_name}/things/{key}/removal")
async def remove_thing(part_name: str, key: str, request: Request, caller: SettingUp) -> Response:
    around = await surroundings(request, caller)
    part = _part(part_name)
    thing = _thing(around, part, key)
    values = await read_form(request)
    try:
        stopped = await _save(around, values, lambda: without_thing(around.set_up.document, part, key))
    except NotAccepted as wrong:
        stopped = Stopped(elsewhere=(*wrong.errors, *wrong.elsewhere))
    if stopped is None:
        return RedirectResponse(f"/set-up/parts/{part.name}", status_code=303)
    return _form(request, around, part, values=shown(part.fields, thing), key=key, stopped=stopped)


async def _save_thing(request: Request, caller: Caller, *, part: Part, key: str | None) -> Response:
    around = await surroundings(request, caller)
    before = _thing(around, part, key) if key is not None else None
    values = await read_form(request)
    thing = read_thing(part, values, before)
    if part is ENTRIES and before is None:
        thing["entry_id"] = await _next_entry_id(around, str(thing["checklist_id"]))
    try:
        stopped = await _save(
            around, values, lambda: with_thing(around.set_up.document, part, thing, key=key)
        )
    except NotAccepted as wrong:
        stopped = _faults(part, wrong)
    if stopped is None:
        return RedirectResponse(f"/set-up/parts/{part.name}", status_code=303)
    sent = as_sent(part.fields, values)
    return _form(request, around, part, values=sent, key=key, stopped=stopped)


async def _next_entry_id(around: Surroundings, checklist_id: str) -> str:
    return await around.service.do(lambda app: app.set_ups.next_entry_id(around.municipality, checklist_id))


async def _save(around: Surroundings, values: FormValues, edit: Any) -> Stopped | None:
    """The next version, upon the one that was read. Nothing that somebody else has written is lost."""
    read = _version(values)
    if read != around.set_up.version:
        return await _conflict(around, read)
    edited: Edited = edit()
    try:
        await around.service.do(
            lambda app: app.set_up_collaboration(
                edited.document, by=around.sender, from_version=around.set_up.version
            )
        )
    except CollaborationHasChanged:
        await around.service.shown()
        return await _conflict(around, read)
    except Rejected as refusal:
        raise refused(refusal.errors, at=edited.at) from None
    await around.service.shown()
    return None


async def _conflict(around: Surroundings, read: int) -> Stopped:
    before = await around.service.ask(
        lambda cursor: collaboration_versions.document_of(cursor, around.municipality, read)
    )
    meanwhile = changes_between(before, around.set_up.document) if before else ()
    return Stopped(changed_meanwhile=meanwhile, is_conflict=True)


def _faults(part: Part, wrong: NotAccepted) -> Stopped:
    return Stopped(errors=by_field(wrong.errors, part.fields), elsewhere=wrong.elsewhere)


def _form(
    request: Request,
    around: Surroundings,
    part: Part,
    *,
    values: dict[str, Any],
    key: str | None = None,
    stopped: Stopped | None = None,
) -> Response:
    document, trouble = around.set_up.document, stopped or Stopped()
    is_new = key is None and part is not BASICS
    address = f"/set-up/parts/{part.name}/" + ("new" if key is None else f"things/{quote(key, safe='')}")
    return page(
        request,
        "set_up_form.html",
        status_code=stopped.status if stopped else 200,
        title=part.adding if is_new else part.words,
        name=None if key is None else name_of(document, part, _thing(around, part, key)),
        part=part,
        fields=[each for each in part.fields if is_new or not each.only_when_new],
        options={each.name: each.options(document) for each in part.fields if each.options},
        values=values,
        errors=trouble.errors,
        elsewhere=[(broken_place(document, each.field), each.words) for each in trouble.elsewhere],
        stopped=trouble,
        version=around.set_up.version,
        address="/set-up/basics" if part is BASICS else address,
        back="/set-up" if part is BASICS else f"/set-up/parts/{part.name}",
        is_new=is_new,
        key=key,
        kinds=CHANGE_KIND_WORDS,
    )


def _list(request: Request, around: Surroundings, part: Part) -> Response:
    document = around.set_up.document
    return page(
        request,
        "set_up_part.html",
        title=part.words,
        part=part,
        rows=rows_of(document, part),
        holidays=holidays_around(around.now) if part.name == "calendar" else (),
    )


def _part(name: str) -> Part:
    if name not in PARTS:
        raise not_found()
    return PARTS[name]


def _thing(around: Surroundings, part: Part, key: str) -> Plain:
    for thing in things_of(around.set_up.document, part.name):
        if key_of(part.name, thing) == key:
            return thing
    raise not_found()


def _version(values: FormValues) -> int:
    return whole_number(values.text("version")) or 0
