"""The document that the Act (2023:196) asks for, made from an annual analysis, in the formats of editions."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.languages import language_of
from est_chassis.web.local_addresses import front_address
from est_compiler.api.callers import PICTURE, service_of
from est_compiler.api.edition_answers import EXAMPLE, EditionAnswer
from est_compiler.api.editions import Which, format_named
from est_compiler.application import compilation_then, words_of
from est_compiler.domain.viewing.law import law_view
from est_compiler.domain.viewing.view import View
from est_compiler.formats.written import written
from est_compiler.questions.editions import ReadThen, WhichPicture, brief_of

router = APIRouter(tags=["editions"])

LawDocumentNamed = Annotated[
    str,
    Path(
        description="law, then .json, .csv, .txt or .pdf; without a suffix Accept says the format.",
        examples=["law", "law.pdf"],
        pattern=r"^law(\.[a-z]{1,10})?$",
    ),
]
CONTENT: dict[str, Any] = {"application/json": {"example": EXAMPLE}}


@router.get(
    f"{PICTURE}/documents/{{document}}",
    responses={200: {"model": EditionAnswer, "content": CONTENT, "description": "The document."}},
    response_class=Response,
)
async def law_document(which: Which, document: LawDocumentNamed, request: Request) -> Response:
    """What the law asks for, part by part, as far as the analysis answers it; what is missing is named."""
    form = format_named(document.partition(".")[2], request.headers.get("accept", ""))
    service = service_of(request)
    then = partial(compilation_then, service.store)
    view = await service.ask(partial(_view, which=which, now=service.clock.now(), then=then))
    return await written(view, form, language_of(request), front_url=front_address(request))


def _view(cursor: Cursor, *, which: WhichPicture, now: datetime, then: ReadThen) -> View:
    return law_view(brief_of(cursor, which, now=now, read=partial(words_of, cursor), then=then))
