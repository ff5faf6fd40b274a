"""One route for each thing that can happen at a door, and the seats to sit on."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.failures import NotFound, Unavailable
from est_chassis.web.access import Caller, allow, within
from est_chassis.web.bodies import accepts, parse_body, read_form
from est_chassis.web.frame import page
from est_chassis.web.sign_in import Seat
from est_chassis.web.swift import SwiftRoute
from est_contracts.vocabulary import Rejected, Role, Words
from est_sample.service import COORDINATOR
from est_sample.week import report_view, week_view


class Account(BaseModel):
    """What a program posts to the sample."""

    model_config = ConfigDict(extra="forbid")

    report_id: str = Field(max_length=36)
    severity: int = Field(ge=1, le=5)
    text: str = ""


class AreaIsUnknown(Rejected):
    code = "area_is_unknown"
    http_status = 422
    words = Words(sv="Området finns inte.", en="There is no such area.")


def sample_router() -> APIRouter:
    router = APIRouter()

    @router.get("/v1/municipalities/{code}/sample")
    async def read(code: str, caller: Annotated[Caller, Depends(allow(Role.COORDINATOR))]) -> dict[str, Any]:
        within(caller, code)
        return {"function": caller.function, "kind": caller.kind}

    @router.get("/v1/failures/{kind}", include_in_schema=False)
    async def fail(kind: str, _caller: Annotated[Caller, Depends(allow(Role.PUBLIC))]) -> Response:
        failures = {"rejected": AreaIsUnknown(), "away": Unavailable("database"), "missing": NotFound()}
        if kind in failures:
            raise failures[kind]
        raise RuntimeError("850101-1236 stood here")

    @router.get("/v1/numbers/{number}", include_in_schema=False)
    async def count(number: int, _caller: Annotated[Caller, Depends(allow(Role.PUBLIC))]) -> Response:
        return JSONResponse(number)

    return router


def swift_router() -> APIRouter:
    router = APIRouter(route_class=SwiftRoute)

    @router.post("/v1/sample", openapi_extra=accepts(Account), status_code=201)
    async def submit(request: Request, _caller: Annotated[Caller, Depends(allow(Role.REPORTER))]) -> Response:
        account = await parse_body(request, Account)
        return JSONResponse({"report_id": account.report_id}, status_code=201)

    @router.get("/v1/failures/swift", include_in_schema=False)
    async def refuse(_request: Request, _caller: Annotated[Caller, Depends(allow(Role.PUBLIC))]) -> Response:
        raise AreaIsUnknown

    return router


def page_router() -> APIRouter:
    router = APIRouter(include_in_schema=False)
    coordinator = allow(Role.COORDINATOR)

    @router.get("/pictures")
    async def week(request: Request, _caller: Annotated[Caller, Depends(coordinator)]) -> Response:
        return page(request, "week.html", title="Lägesbild vecka 47", **week_view())

    @router.get("/pictures/{number}")
    async def numbered(number: int, _caller: Annotated[Caller, Depends(allow(Role.PUBLIC))]) -> Response:
        return JSONResponse(number)

    @router.get("/report")
    async def report(request: Request, _caller: Annotated[Caller, Depends(allow(Role.PUBLIC))]) -> Response:
        return page(request, "report.html", title="Rapportera", **report_view())

    @router.post("/report")
    async def submit(request: Request, _caller: Annotated[Caller, Depends(allow(Role.REPORTER))]) -> Response:
        form = await read_form(request)
        return JSONResponse({"text": form.text("text"), "areas": form.texts("areas")})

    return router


async def seats(_request: Request) -> list[Seat]:
    return [
        Seat("coordinator", "Trygghetssamordnare", "Samordnare", COORDINATOR, "Ser alla rapporter."),
        Seat("duty", "Tjänsteman i beredskap", Words(sv="Beredskap", en="Duty"), COORDINATOR),
    ]
