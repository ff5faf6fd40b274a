"""What makes a web app of the phone page: its manifest, its service worker, and the areas for its map."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from est_chassis.web.access import Caller, allow
from est_chassis.web.frame import STATIC, Frame, StaticAddresses
from est_contracts.vocabulary import Area, Role
from est_intake.pages.surroundings import surroundings

router = APIRouter(include_in_schema=False)

Anyone = Annotated[Caller, Depends(allow(Role.PUBLIC))]
Reporting = Annotated[Caller, Depends(allow(Role.REPORTER, Role.COORDINATOR))]

PAPER, ACCENT = "#f7f6f2", "#0d5c63"
#: Asked for again each time: a worker that is kept too long keeps old pages alive.
ALWAYS_FRESH: Final = {"Cache-Control": "no-cache"}


@router.get("/manifest.webmanifest")
async def manifest(request: Request, _caller: Anyone) -> Response:
    """How the page looks among the apps of a phone."""
    address = StaticAddresses("intake", _own_static(request))
    icons = [
        {"src": address("intake/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": address("intake/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": address("intake/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": address("intake/icon-maskable-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    document = {
        "id": "/report",
        "name": "EST Rapportera",
        "short_name": "EST",
        "lang": "sv",
        "start_url": "/report",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": icons,
    }
    return JSONResponse(document, headers=ALWAYS_FRESH, media_type="application/manifest+json")


@router.get("/service-worker.js")
async def service_worker(request: Request, _caller: Anyone) -> Response:
    """Keeps the empty form for when there is no net; another version as soon as any file is another."""
    own = _own_static(request)
    script = (own / "service_worker.js").read_text(encoding="utf-8")
    version = _version_of((own, STATIC))
    return Response(
        f'const VERSION = "{version}";\n{script}',
        headers={**ALWAYS_FRESH, "Service-Worker-Allowed": "/"},
        media_type="text/javascript",
    )


@router.get("/report/areas.geojson")
async def areas(request: Request, caller: Reporting) -> Response:
    """The municipality's areas as polygons, for the map on which one points out where."""
    around = await surroundings(request, caller)
    own = around.function.area_ids if around.function else ()
    areas_with_polygons = [area for area in around.set_up.document.areas if area.polygon]
    drawn = [_feature(area, is_own=area.area_id in own) for area in areas_with_polygons]
    collection = {"type": "FeatureCollection", "features": drawn}
    mark = f'"{hashlib.sha256(json.dumps(collection).encode()).hexdigest()[:16]}"'
    headers = {"ETag": mark, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    return JSONResponse(collection, headers=headers, media_type="application/geo+json")


def _feature(area: Area, *, is_own: bool) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"area_id": area.area_id, "name": area.name, "kind": area.kind, "is_own": is_own},
        "geometry": {"type": "Polygon", "coordinates": area.polygon},
    }


def _own_static(request: Request) -> Path:
    frame: Frame = request.app.state.frame
    return frame.own_static


@cache
def _version_of(folders: tuple[Path, ...]) -> str:
    """A mark of everything that lies in the folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
