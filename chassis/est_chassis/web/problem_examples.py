"""How each kind of refusal looks, for the OpenAPI document: real problems, one for each status."""

from collections.abc import Iterator
from typing import Any, Final

from est_chassis.failures import ChangedMeanwhile, FieldError
from est_chassis.web.if_match import version_is_missing
from est_chassis.web.problems import PROBLEM_MEDIA_TYPE, PROBLEM_SCHEMA, TITLES, Problem, not_found
from est_contracts.vocabulary import Words

_FIELD: Final = FieldError(
    "severity", Words(sv="Skriv ett tal som är högst 5.", en="Write a number of at most 5.")
)
_TOO_LARGE: Final = Words(sv="Skicka högst 64 KiB åt gången.", en="Send at most 64 KiB at a time.")
_FORMAT: Final = Words(
    sv="Skicka okomprimerat, med Content-Type: application/json",
    en="Send it uncompressed, with Content-Type: application/json",
)
_NOT_JSON: Final = Words(sv="Ogiltig JSON på rad 1, tecken 12.", en="Invalid JSON in line 1, column 12.")
_USED_UP: Final = Words(
    sv="Gränsen är 600 per minut. Försök igen om 12 s.",
    en="The limit is 600 per minute. Try again in 12 s.",
)

#: Told of here and nowhere else; each is built as the doors build theirs.
PROBLEMS: Final[tuple[Problem, ...]] = (
    Problem(400, "unreadable", errors=(FieldError("body", _NOT_JSON),)),
    Problem(401, "unauthorised", headers={"WWW-Authenticate": 'Bearer realm="est"'}),
    Problem(403, "forbidden"),
    not_found(),
    Problem(409, ChangedMeanwhile.code, ChangedMeanwhile.words),
    Problem(412, "collaboration_has_changed", TITLES[412]),
    Problem(413, "too_large", _TOO_LARGE, errors=(FieldError("body", _TOO_LARGE),)),
    Problem(415, "unsupported_format", _FORMAT),
    Problem(422, "invalid", errors=(_FIELD,)),
    version_is_missing(),
    Problem(
        429,
        "quota_used_up",
        _USED_UP,
        headers={"Retry-After": "12", "RateLimit-Policy": '"key";q=600;w=60', "RateLimit": '"key";r=0;t=12'},
    ),
    Problem(503, "unavailable", headers={"Retry-After": "2"}),
)
_SCHEMA: Final = {"$ref": "#/components/schemas/Problem"}
_OTHERS: Final = ("4XX", "5XX")
#: A revision, and the fingerprint of a picture.
_VERSIONS_READ: Final = frozenset({"from_revision", "seen"})


def components() -> dict[str, dict[str, Any]]:
    """What the operations refer to."""
    responses = {_name(problem.status): _response(problem) for problem in PROBLEMS}
    any_other = {
        "description": "Why it did not happen, in Swedish and English.",
        "content": {PROBLEM_MEDIA_TYPE: {"schema": _SCHEMA}},
    }
    responses |= {_name(span): any_other for span in _OTHERS}
    return {"schemas": {"Problem": PROBLEM_SCHEMA}, "responses": responses}


def problem_responses(operation: dict[str, Any], *, method: str, is_public: bool) -> dict[str, Any]:
    """The refusals that an operation can meet with; what it says of one itself stands there."""
    statuses = map(str, _statuses(operation, method=method, is_public=is_public))
    said = {status: answer["description"] for status, answer in operation["responses"].items()}
    # FastAPI's own words, which never leave this house.
    said = {status: words for status, words in said.items() if words != "Validation Error"}
    return {each: _told(each, said.get(each)) for each in [*statuses, *_OTHERS]}


def _told(status: str, said: str | None) -> dict[str, Any]:
    if said is None:
        return {"$ref": f"#/components/responses/{_name(status)}"}
    return {**components()["responses"][_name(status)], "description": said}


def _statuses(operation: dict[str, Any], *, method: str, is_public: bool) -> Iterator[int]:
    parameters = operation.get("parameters", ())
    places = {(parameter["in"], parameter["name"].lower()): parameter for parameter in parameters}
    takes_body = "requestBody" in operation
    if takes_body:
        yield 400
    if not is_public:
        yield from (401, 403)
    if any(place == "path" for place, _ in places):
        yield 404
    if method not in {"GET", "HEAD"}:
        yield 409
    version = places.get(("header", "if-match"))
    if version is not None or _names_version(operation):
        yield 412
    if takes_body:
        yield from (413, 415)
    if takes_body or places:
        yield 422
    if version is not None and version.get("required"):
        yield 428
    yield from (429, 503)


def _names_version(operation: dict[str, Any]) -> bool:
    """Some say in the body which version they have read."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return not _VERSIONS_READ.isdisjoint(content.get("schema", {}).get("properties", {}))


def _name(status: int | str) -> str:
    return f"problem_{status}"


def _response(problem: Problem) -> dict[str, Any]:
    headers = {
        name: {"description": "Told with the refusal.", "schema": {"type": "string"}, "example": said}
        for name, said in problem.headers.items()
    }
    examples = {problem.code: {"summary": problem.title.en, "value": problem.document()}}
    content = {PROBLEM_MEDIA_TYPE: {"schema": _SCHEMA, "examples": examples}}
    return {"description": f"{problem.title.sv} {problem.title.en}", "headers": headers, "content": content}
