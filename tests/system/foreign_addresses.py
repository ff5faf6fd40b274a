"""Every address that names a municipality or something of one, as a neighbour would try it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from fastapi import FastAPI

from est_chassis.web.access import GuardedRoute, guarded_routes
from est_contracts.vocabulary import Role
from tests.system.two_municipalities import HOME, NEIGHBOUR, NOWHERE

#: What is somebody's, and a name of the same form that is nobody's.
NOBODYS = {
    **dict.fromkeys(
        (
            "report_id", "return_id", "block_id", "request_id", "invitation_id", "device_id", "problem_id",
            "measure_id", "row_id", "text_id", "alert_id", "distribution_id",
        ),
        str(UUID(int=0x5EED)),
    ),
    **dict.fromkeys(("function_id", "recipient"), "nobody"),
    "key_id": "k000000000000",
    "checklist_id": "nobodys_own",
    "area": f"{HOME}R999",
}  # fmt: skip
#: Parts of addresses that are the same everywhere.
EVERYWHERE = {
    "section": "problembilder",
    "party": "municipality",
    "indicator": "employment",
    "year": "2026",
    "edition": "internal",
    "document": "law",
    "act": "looked-at",
}
#: The `key` of these is a function; elsewhere it is a suggested sentence.
SET_UP_THINGS = "/set-up/parts/{part_name}/things/{key}"
#: Anyone may ask, and the lists that a municipality has made itself are for those who take part there.
CHECKLISTS = frozenset({"/v1/checklists/{checklist_id}"})
#: Anyone may ask; what is not open is nobody's, and a link on the wall is for whoever has it.
FOR_ANYONE = frozenset(
    {
        "/invitation/{token}",
        "/ogc/collections/{collection}",
        "/ogc/collections/{collection}/items",
        "/ogc/collections/{collection}/items/{feature}",
        "/open/{code}",
        "/open/{code}/feed.xml",
        "/open/{code}/totals.csv",
        "/open/{code}/{period}/{version}",
        "/open311/v2/discovery.{form}",
        "/open311/v2/requests.{form}",
        "/open311/v2/requests/{request_id}.{form}",
        "/open311/v2/services.{form}",
        "/open311/v2/services/{service_code}.{form}",
        "/tips/{code}",
        "/tips/{code}/{request_id}",
    }
)


@dataclass(frozen=True)
class Question:
    """A route, asked with the names of things in its address."""

    service: str
    method: str
    path: str
    names: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """GET /v1/reports/{report_id}"""
        return f"{self.method} {self.path}"

    @property
    def address(self) -> str:
        return self.path.format(**self.names)

    def about(self, **names: str) -> "Question":
        return replace(self, names={**self.names, **names})

    def without_names(self, text: str) -> str:
        """An answer, but for what it repeats of the address."""
        for name in sorted({*self.names.values(), *self.query.values()}, key=len, reverse=True):
            text = text.replace(name, "…")
        return text


def questions_of(
    service: str, app: FastAPI, things: Mapping[str, str], *, openapi: Mapping[str, Any]
) -> Iterator[Question]:
    """Every route whose address, or whose query, names a municipality or something of one."""
    for route in guarded_routes(app):
        if not _is_of_a_municipality(route):
            continue
        for method in sorted(route.methods):
            question = Question(service, method, route.path, _names(route.path, things))
            if {"code", *NOBODYS} & set(question.names) or route.path.startswith(SET_UP_THINGS):
                yield question
            if _is_named_in_query(openapi, route.path, method):
                yield replace(question, query={"municipality": HOME})


def example_body(openapi: Mapping[str, Any], question: Question) -> object | None:
    """What the OpenAPI document shows as a body; None where there is none."""
    operation = openapi["paths"].get(question.path, {}).get(question.method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {})
    shown = content.get("application/json", {})
    schema = shown.get("schema", {})
    return shown.get("example") or schema.get("example") or next(iter(schema.get("examples", ())), None)


def of_a_neighbour(question: Question) -> Iterator[tuple[Question, Question]]:
    """The same question about what is another's and about what is nobody's: the answers must be alike."""
    if "municipality" in question.query:
        yield question, replace(question, query={"municipality": NOWHERE})
        return
    if "code" in question.names:
        yield question, question.about(code=NOWHERE)
    nobodys = {name: value for name, value in NOBODYS.items() if name in question.names}
    if question.path.startswith(SET_UP_THINGS):
        nobodys = {"key": "nobody"}
    if nobodys:
        own = {"code": NEIGHBOUR} if "code" in question.names else {}
        yield question.about(**own), question.about(**own, **nobodys)


def _names(path: str, things: Mapping[str, str]) -> dict[str, str]:
    known = {**EVERYWHERE, **things, "part_name": "functions", "number": "1"}
    known["key"] = things["function_id"] if path.startswith(SET_UP_THINGS) else "total"
    asked = [part.partition("}")[0] for part in path.split("{")[1:]]
    return {name: known[name] for name in asked}


def _is_of_a_municipality(route: GuardedRoute) -> bool:
    is_for_anyone = any(Role.PUBLIC in roles for roles in route.allowed)
    return not route.path.startswith("/operator") and (not is_for_anyone or route.path in CHECKLISTS)


def _is_named_in_query(openapi: Mapping[str, Any], path: str, method: str) -> bool:
    """A caller of no municipality asks with ?municipality=."""
    asked = openapi["paths"].get(path, {}).get(method.lower(), {}).get("parameters", ())
    return any((each["in"], each["name"]) == ("query", "municipality") for each in asked)


def unlisted_for_anyone(app: FastAPI) -> set[str]:
    """Addresses with a name in them that anyone may ask, and that stand on no list here."""
    return (
        {
            route.path
            for route in guarded_routes(app)
            if "{" in route.path and any(Role.PUBLIC in roles for roles in route.allowed)
        }
        - FOR_ANYONE
        - CHECKLISTS
    )
