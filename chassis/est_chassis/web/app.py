"""One app for all services: the same doors, errors, pages' frame and operator's entrance."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Final

from fastapi import APIRouter, Depends, FastAPI
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.web import answers, operator
from est_chassis.web.access import Access, Caller, allow
from est_chassis.web.doorway import Counts, Doorway
from est_chassis.web.frame import STATIC, Frame
from est_chassis.web.openapi import openapi_document
from est_chassis.web.served import ServedService
from est_chassis.web.static_files import LastingFiles
from est_chassis.web.swift import swift_routes
from est_contracts.vocabulary import Role

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]
SMALLEST_BYTES: Final = 500
# Beyond this level the files hardly shrink, and the event loop stands still for twice as long.
COMPRESSION_LEVEL: Final = 6
Anyone = Annotated[Caller, Depends(allow(Role.PUBLIC))]

house_router = APIRouter(include_in_schema=False)


def create_app(service: ServedService, lifespan: Lifespan | None = None) -> FastAPI:
    """The service's routes inside everything that is the same for all."""
    app = FastAPI(
        title=f"EST {service.name}",
        version="1",
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        # A redirect would lose the body of whoever wrote one slash too many.
        redirect_slashes=False,
    )
    app.state.service = service
    app.state.access = Access(service.settings, service.clock, sources=service.credentials)
    app.state.counts = Counts()
    app.state.frame = Frame(service.settings, service.clock, service.name)
    answers.install(app)
    # Routes are looked through in order, at every request: the service's own come first. Laid in flat,
    # because FastAPI looks through an included router twice.
    for router in (*service.routers, operator.router, house_router):
        app.router.routes.extend(router.routes)
    if app.state.frame.own_static.is_dir():
        app.mount(f"/static/{service.name}", LastingFiles(directory=app.state.frame.own_static))
    app.mount("/static", LastingFiles(directory=STATIC))
    # An event stream passes as it comes; the few swift routes answer in a line and go past this.
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_BYTES, compresslevel=COMPRESSION_LEVEL)
    app.add_middleware(Doorway, counts=app.state.counts, swift=swift_routes(app.router.routes))
    return app


@house_router.get("/health/live")
async def live(_caller: Anyone) -> Response:
    """The process runs."""
    return JSONResponse({"live": True})


@house_router.get("/health/ready")
async def ready(request: Request, _caller: Anyone) -> Response:
    """Everything it leans on answers; 503 names what does not."""
    parts = dict(request.app.state.service.ready())
    is_ready = all(part is True for part in parts.values())
    return JSONResponse({"ready": is_ready, "parts": parts}, status_code=200 if is_ready else 503)


@house_router.get("/metrics")
async def metrics(request: Request, _caller: Anyone) -> Response:
    """For Prometheus. Numbers only."""
    state = request.app.state
    counted = generate_latest(state.service.metrics.registry) + generate_latest(state.counts.registry)
    return Response(counted, media_type=CONTENT_TYPE_LATEST)


@house_router.get("/openapi.json")
async def openapi(request: Request, _caller: Anyone) -> Response:
    """What programs can do here."""
    return JSONResponse(openapi_document(request.app))
