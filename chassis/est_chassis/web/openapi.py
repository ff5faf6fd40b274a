"""What programs can do here: who may, with which key, and how it looks when it did not happen."""

from copy import deepcopy
from typing import Any

from fastapi import FastAPI

from est_chassis.web.access import GuardedRoute, guarded_routes
from est_chassis.web.problem_examples import components as problem_components
from est_chassis.web.problem_examples import problem_responses
from est_contracts.vocabulary import Role


def openapi_document(app: FastAPI) -> dict[str, Any]:
    """FastAPI's own document, with what it cannot know; made when it is first asked for."""
    if not hasattr(app.state, "openapi_document"):
        app.state.openapi_document = _made(app)
    document: dict[str, Any] = app.state.openapi_document
    return document


def _made(app: FastAPI) -> dict[str, Any]:
    # FastAPI keeps its own document as well, and gives out the same one each time.
    document = deepcopy(app.openapi())
    components = document.setdefault("components", {})
    for kind, described in problem_components().items():
        components.setdefault(kind, {}).update(described)
    components["securitySchemes"] = {"api_key": {"type": "http", "scheme": "bearer"}}
    # FastAPI's own words for a refusal, which never leave this house.
    for theirs in ("HTTPValidationError", "ValidationError"):
        components.get("schemas", {}).pop(theirs, None)
    for route in guarded_routes(app):
        if route.is_in_openapi:
            for method in route.methods:
                _describe(document["paths"][route.path][method.lower()], route, method=method)
    return document


def _describe(operation: dict[str, Any], route: GuardedRoute, *, method: str) -> None:
    roles: frozenset[Role] = frozenset().union(*route.allowed)
    operation["x-roles"] = sorted(roles)
    if route.scopes:
        operation["x-scope"] = ", ".join(sorted(route.scopes))
    operation["security"] = [] if Role.PUBLIC in roles else [{"api_key": []}]
    if route.needs_version:
        _require_version(operation)
    ours = {code: answer for code, answer in operation["responses"].items() if code < "4"}
    operation["responses"] = ours | problem_responses(
        operation, method=method, is_public=Role.PUBLIC in roles
    )


def _require_version(operation: dict[str, Any]) -> None:
    """FastAPI takes the header for optional: who leaves it out gets our own refusal, not FastAPI's."""
    for parameter in operation["parameters"]:
        if (parameter["in"], parameter["name"]) == ("header", "if-match"):
            parameter["required"] = True
