"""What is sent to each address, so that nothing but whose it is stands in the way."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tests.system.foreign_addresses import Question, example_body

A_TABLE_OF_REPORTS = b"checklist_entry;happened_at\norebro.1;2026-11-20 21:40\n"
A_TABLE_OF_INDICATORS = b"indicator;year;value;source\nemployment;2025;61,2;SCB\n"

HEADERS = {
    "PUT /v1/reports/{report_id}": {"If-Match": "*"},
    "PUT /v1/municipalities/{code}/problems/{problem_id}/confirmation": {"If-Match": '"2"'},
    "PUT /v1/municipalities/{code}/problems/{problem_id}/dismissal": {"If-Match": '"2"'},
}
#: What must be said in the query.
QUERIES = {
    "DELETE /v1/municipalities/{code}/pictures/{period}/compilation/rows/{row_id}": {"revision": "1"},
    "DELETE /v1/municipalities/{code}/pictures/{period}/compilation/sentences/{key}": {"was": "suggested"},
    "PUT /v1/municipalities/{code}/pictures/{period}/compilation/sentences/{key}": {"was": "suggested"},
}
#: Where the example in the OpenAPI document is about something else than what there is here.
BODIES: dict[str, object] = {
    "POST /v1/municipalities/{code}/invitations": {"function": "samordnaren"},
    "PUT /v1/municipalities/{code}/pictures/{period}/publication": {},
    "PUT /v1/municipalities/{code}/pictures/{period}/versions/{version}": {"reason": "other"},
    "PUT /v1/municipalities/{code}/pictures/{period}/compilation/writers": {"section": "problembilder"},
}
_SEEN = {"made_from": "{made_from}", "made_from_analysis": "{made_from_analysis}"}
_CORRECTED = {"version": "1", "reason": "other"}
_ROW = {"section": "problembilder", "row_id": "{row_id}", "revision": "1"}
#: By the last words of the address.
FORMS: dict[str, dict[str, str]] = {
    "/problems/{problem_id}/decision": {"decision": "confirm:seen_by_us", "seen_version": "2"},
    "/problems/{problem_id}/measures": {
        "kind": "lighting", "function": "bosocial_utvecklare", "measure_id": "{measure_id}",
    },
    "/seats/{function_id}/invitations": {"kind": "personal"},
    "/seats/{function_id}/note": {"note": "Börja med cykelgaragen."},
    "/my-reports/{report_id}/withdrawal": {"reason": "other"},
    "/public-reports/{request_id}/rejection": {"reason": "not_serious"},
    "/pictures/{code}/{period}/publication": _SEEN,
    "/pictures/{code}/{period}/versions": _SEEN | _CORRECTED,
    "/pictures/{code}/{period}/compile/text": {
        "section": "problembilder", "words": "Lugnt.", "revision": "0",
    },
    "/pictures/{code}/{period}/compile/level": {"level": "green", "words": "Lugnt.", "revision": "1"},
    "/pictures/{code}/{period}/compile/rows": _ROW | {"what": "Trasiga lampor"},
    "/pictures/{code}/{period}/compile/rows/removal": _ROW,
    "/pictures/{code}/{period}/compile/erasure": {"text_id": "{text_id}"},
    "/pictures/{code}/{period}/compile/versions": _CORRECTED,
}  # fmt: skip


def request_of(
    question: Question, *, openapi: Mapping[str, Any], things: Mapping[str, str]
) -> dict[str, Any]:
    """The headers and the body of a question, as a client of httpx takes them."""
    headers, asked = dict(HEADERS.get(question.place, {})), QUERIES.get(question.place, {})
    if question.method in {"GET", "DELETE"} or asked:
        return {"headers": headers, "params": {**asked, **question.query}}
    if question.place == "POST /v1/imports":
        return {"headers": headers | {"Content-Type": "text/csv"}, "content": A_TABLE_OF_REPORTS}
    if question.place == "POST /pictures/{code}/{year}/indicators/table":
        return {"headers": headers, "files": {"file": ("table.csv", A_TABLE_OF_INDICATORS)}}
    if question.path.startswith("/v1/"):
        body = BODIES.get(question.place, example_body(openapi, question))
        content = b"" if body is None else json.dumps(body).encode()
        return {"headers": headers | {"Content-Type": "application/json"}, "content": content}
    form = {name: text.format(**things) for name, text in FORMS.get(question.path, {}).items()}
    of_a_form = {"Content-Type": "application/x-www-form-urlencoded"}
    return {"headers": headers | of_a_form, "content": urlencode(form).encode()}
