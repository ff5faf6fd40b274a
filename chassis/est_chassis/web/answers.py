"""Sorts what was raised, once, into an answer: JSON for programs, a page for people."""

from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from est_chassis.failures import NotFound, Rejected, Unavailable
from est_chassis.web.access import find_caller
from est_chassis.web.callers import PUBLIC_CALLER, Caller
from est_chassis.web.field_words import field_errors
from est_chassis.web.languages import answer_in_language, keep_language
from est_chassis.web.problems import OUR_FAULT, PROBLEM_MEDIA_TYPE, Problem, not_found

RETRY_AFTER_SECONDS: Final = 2
_FOR_PROGRAMS: Final = ("/v1/", "/operator/", "/open311/")
_CODES: Final = {404: "not_found", 405: "not_allowed", 413: "too_large", 415: "unsupported_format"}


async def answer(request: Request, problem: Problem) -> Response:
    """The one place where a problem becomes bytes."""
    if not wants_page(request):
        return JSONResponse(
            problem.document(), problem.status, headers=problem.headers, media_type=PROBLEM_MEDIA_TYPE
        )
    if problem.status == 401 and request.method == "GET":
        to_sign_in = RedirectResponse(f"/sign-in?next={quote(_address(request))}", status_code=303)
        keep_language(request, to_sign_in)
        return to_sign_in
    html = request.app.state.frame.render(
        request, "problem.html", await _known_caller(request), {"problem": problem}
    )
    response = HTMLResponse(html, problem.status, headers=problem.headers)
    answer_in_language(request, response)
    return response


async def _known_caller(request: Request) -> Caller:
    """Whoever has a wrong key has no name in the frame, nor has anybody when those who know are away."""
    try:
        return await find_caller(request)
    except (Problem, Unavailable):
        return PUBLIC_CALLER


def wants_page(request: Request) -> bool:
    """A person with a browser, not a program."""
    is_for_programs = request.url.path.startswith(_FOR_PROGRAMS)
    return not is_for_programs and "text/html" in request.headers.get("accept", "")


def problem_about(raised: Exception) -> Problem:
    """What each kind of failure is called outside."""
    if isinstance(raised, Problem):
        return raised
    if isinstance(raised, Rejected):
        return Problem(raised.http_status, raised.code, raised.words, errors=raised.errors)
    if isinstance(raised, RequestValidationError):
        return Problem(422, "invalid", errors=field_errors(raised.errors()))
    if isinstance(raised, HTTPException):
        return Problem(raised.status_code, _CODES.get(raised.status_code, "refused"), headers=raised.headers)
    return _without_words(raised)


def _without_words(raised: Exception) -> Problem:
    if isinstance(raised, NotFound):
        return not_found()
    if isinstance(raised, Unavailable):
        return Problem(503, "unavailable", headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
    return Problem(500, OUR_FAULT)


async def _answer_to(request: Request, raised: Exception) -> Response:
    if isinstance(raised, RequestValidationError) and wants_page(request) and _stood_in_the_path(raised):
        # Whoever follows an address that is cut in two is not helped by what form its parts have.
        raised = NotFound()
    return await answer(request, problem_about(raised))


def _stood_in_the_path(refused: RequestValidationError) -> bool:
    return all(error["loc"][0] == "path" for error in refused.errors())


def install(app: FastAPI) -> None:
    """From now on every expected failure is answered here; the unexpected ones by the doorway."""
    handler: Callable[[Request, Any], Awaitable[Response]] = _answer_to
    for kind in (Problem, Rejected, NotFound, Unavailable, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, handler)


def _address(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
