"""What a report may say in one municipality, as a JSON Schema that a program can build its form from."""

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.failures import NotFound
from est_chassis.web.access import within
from est_chassis.web.bodies import accepts
from est_chassis.web.numbers import etag_of
from est_contracts.messages.requests import SubmitReport
from est_contracts.vocabulary import SEVERITY_WORDS, ChecklistEntry, Role, Words
from est_intake.api.callers import Code, Reporting, service_of
from est_intake.domain.collaboration import SetUpInUse
from est_intake.read_models import collaborations

router = APIRouter()

MEDIA_TYPE = "application/schema+json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A JSON Schema; each choice has a title in Swedish, and both languages in x-titles.",
        "content": {MEDIA_TYPE: {"schema": {"type": "object"}}},
    }
}


@router.get("/v1/municipalities/{code}/report-schema", responses=SCHEMA)
async def read_report_schema(code: Code, request: Request, caller: Reporting) -> Response:
    """A report to this municipality: its checklist entries, areas, places and functions, by name."""
    within(caller, code)
    set_up = await service_of(request).ask(lambda cursor: collaborations.in_use(cursor, code))
    if set_up is None:
        raise NotFound(code)
    return JSONResponse(
        report_schema(set_up), headers={"ETag": etag_of(set_up.version)}, media_type=MEDIA_TYPE
    )


def report_schema(set_up: SetUpInUse) -> dict[str, Any]:
    document = set_up.document
    schema: dict[str, Any] = accepts(SubmitReport)["requestBody"]["content"]["application/json"]["schema"]
    reporters = [each for each in document.functions if {Role.REPORTER, Role.COORDINATOR} & set(each.roles)]
    schema["properties"] |= {
        "municipality": {"const": document.municipality, "title": document.name},
        "checklist_entry": {"oneOf": [_entry(each) for each in set_up.entries.values()]},
        "area": _or_null(_named(each.area_id, each.name) for each in document.areas),
        "place": _or_null(_named(each.place_id, each.name) for each in document.places),
        "function": _or_null(_named(each.function_id, each.title) for each in reporters),
        "severity": _or_null(_choice(step, words) for step, words in SEVERITY_WORDS.items()),
    }
    return {"$schema": DIALECT, "title": document.name, "x-set-up-version": set_up.version} | {
        name: part for name, part in schema.items() if name != "title"
    }


def _entry(entry: ChecklistEntry) -> dict[str, Any]:
    meaning = {"x-theme": entry.theme, "x-scope": entry.scope, "x-tense": entry.tense}
    helped = {"description": entry.help.sv} if entry.help else {}
    return _choice(entry.entry_id, entry.words) | helped | meaning


def _choice(value: object, words: Words) -> dict[str, Any]:
    return {"const": value, "title": words.sv, "x-titles": {"sv": words.sv, "en": words.en}}


def _named(value: str, name: str) -> dict[str, Any]:
    """A name is the same in every language."""
    return {"const": value, "title": name, "x-titles": {"sv": name, "en": name}}


def _or_null(choices: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"oneOf": [*choices, {"type": "null"}], "default": None}
