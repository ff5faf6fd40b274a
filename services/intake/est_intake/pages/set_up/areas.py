"""Areas read from a file: chosen, looked at on a map and in a table, and only then taken over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from est_chassis.charts import AreaShape, Caption, Chart, area_map
from est_chassis.failures import Rejected
from est_chassis.web.access import Caller, allow
from est_chassis.web.bodies import LARGEST_BODY, FormValues, read_form
from est_chassis.web.field_words import field_errors
from est_chassis.web.frame import page
from est_chassis.web.languages import language_of, said
from est_chassis.web.numbers import whole_number
from est_chassis.web.problems import Problem
from est_chassis.web.uploads import read_upload
from est_contracts.vocabulary import AREA_KIND_WORDS, Area, CollaborationDocument, FieldError, Role, Words
from est_intake.application.area_file import AreaFile, FileIsNotAreas, merged, read_areas
from est_intake.domain.set_up_changes import CHANGE_KIND_WORDS, Change, changes_between
from est_intake.pages.set_up.overview import broken_place
from est_intake.pages.surroundings import Surroundings, surroundings

router = APIRouter(include_in_schema=False)

SettingUp = Annotated[Caller, Depends(allow(Role.COORDINATOR, Role.OPERATOR))]

AREAS = TypeAdapter(tuple[Area, ...])
TITLE = Words(sv="Områden från en karta", en="Areas from a map")
#: What one may say about the file's properties.
ASKED = {
    "area_id": Words(sv="Kod", en="Code"),
    "name": Words(sv="Namn", en="Name"),
    "kind": Words(sv="Slag", en="Kind"),
    "within": Words(sv="Ligger i", en="Lies in"),
}
NO_FILE = Words(sv="Välj en fil först.", en="Choose a file first.")


@dataclass(frozen=True)
class Preview:
    """What the file would make of the areas."""

    found: AreaFile
    document: CollaborationDocument
    changes: Sequence[Change]
    errors: Sequence[FieldError]


@router.get("/set-up/areas/import")
async def choose_file(request: Request, caller: SettingUp) -> Response:
    around = await surroundings(request, caller)
    return _page(request, around)


@router.post("/set-up/areas/import")
async def preview_file(request: Request, caller: SettingUp) -> Response:
    """What is in the file, and what it would change. Nothing is recorded."""
    around = await surroundings(request, caller)
    upload = await read_upload(request, limit=LARGEST_BODY)
    file = upload.files.get("file")
    if file is None:
        return _page(request, around, refused=NO_FILE)
    chosen = {name: upload.values.text(name) for name in ASKED}
    removes = upload.values.text("removes") == "yes"
    try:
        found = await run_in_threadpool(
            read_areas,
            file.content,
            municipality=around.municipality,
            known=around.set_up.document.areas,
            properties=chosen,
            removes=removes,
        )
    except FileIsNotAreas as refusal:
        return _page(request, around, refused=refusal.words, chosen=chosen)
    preview = _preview(around, found, removes=removes)
    return _page(request, around, preview=preview, chosen=chosen)


@router.post("/set-up/areas")
async def take_over(request: Request, caller: SettingUp) -> Response:
    """The areas as they were looked at, upon the version that they were compared with."""
    around = await surroundings(request, caller)
    values = await read_form(request, limit=LARGEST_BODY)
    document = _with_areas(around.set_up.document, _areas_sent(values))
    if isinstance(document, tuple):
        return _page(request, around, errors=document)
    from_version = whole_number(values.text("version")) or 0
    try:
        await around.service.do(
            lambda app: app.set_up_collaboration(document, by=around.sender, from_version=from_version)
        )
    except Rejected as refusal:
        return _page(request, around, refused=refusal.words)
    await around.service.shown()
    return RedirectResponse("/set-up/parts/areas", status_code=303)


def _preview(around: Surroundings, found: AreaFile, *, removes: bool) -> Preview:
    document = around.set_up.document
    areas = merged(document.areas, found.areas, removes=removes)
    if found.faults:
        return Preview(found, document, (), ())
    after = _with_areas(document, areas)
    if isinstance(after, tuple):
        return Preview(found, document.model_copy(update={"areas": areas}), (), after)
    return Preview(found, after, changes_between(document, after), ())


def _with_areas(
    document: CollaborationDocument, areas: Sequence[Area]
) -> CollaborationDocument | tuple[FieldError, ...]:
    told = document.model_dump(mode="json")
    told["areas"] = [area.model_dump(mode="json") for area in areas]
    try:
        return CollaborationDocument.model_validate(told)
    except ValidationError as wrong:
        return field_errors(wrong.errors(include_url=False, include_input=False))


def _areas_sent(values: FormValues) -> tuple[Area, ...]:
    try:
        return AREAS.validate_json(values.text("areas"))
    except ValidationError:
        raise Problem(400, "unreadable") from None


def _page(
    request: Request,
    around: Surroundings,
    *,
    preview: Preview | None = None,
    refused: Words | None = None,
    errors: Sequence[FieldError] = (),
    chosen: dict[str, str] | None = None,
) -> Response:
    faults = preview.found.faults if preview else ()
    wrong = [*errors, *(preview.errors if preview else ())]
    document = preview.document if preview else around.set_up.document
    is_fit = preview is not None and not faults and not wrong
    return page(
        request,
        "set_up_areas.html",
        status_code=422 if refused or faults or wrong else 200,
        title=TITLE,
        asked=ASKED,
        chosen=chosen or {},
        properties=preview.found.properties if preview else (),
        refused=refused,
        troubles=preview.found.troubles if preview else (),
        elsewhere=[(broken_place(document, each.field), each.words) for each in wrong],
        changes=preview.changes if preview else (),
        kinds=CHANGE_KIND_WORDS,
        area_kinds=AREA_KIND_WORDS,
        areas=document.areas if is_fit else (),
        sent=AREAS.dump_json(document.areas).decode() if is_fit else "",
        map=_map(request, document, preview) if preview and is_fit else None,
        version=around.set_up.version,
        is_preview=preview is not None,
    )


def _map(request: Request, document: CollaborationDocument, preview: Preview) -> Chart:
    language = language_of(request)
    marks = {each.key: said(CHANGE_KIND_WORDS[each.kind], language) for each in preview.changes}
    caption = Caption(
        name="areas",
        title=language.say("Områdena som de skulle bli", "The areas as they would become"),
        description=language.say(
            "Gränserna ur filen tillsammans med dem som redan finns.",
            "The borders of the file together with those there are already.",
        ),
        language=language,
    )
    shapes = [
        AreaShape(
            area_id=area.area_id,
            label=area.name,
            rings=area.polygon,
            is_priority=area.priority,
            note=marks.get(area.area_id, "").lower(),
        )
        for area in document.areas
    ]
    return area_map(caption, areas=shapes, value_label="")
