"""How people come in: pictures, the list of periods, the work with a picture, and what is open."""

from fastapi import APIRouter

from est_compiler.pages import (
    comparing,
    compiling,
    indicators,
    open_pictures,
    periods_page,
    publishing,
    reading,
)

__all__ = ["router"]

router = APIRouter(include_in_schema=False)
for room in (
    periods_page.router,
    reading.router,
    publishing.router,
    comparing.router,
    compiling.router,
    open_pictures.router,
    indicators.router,
):
    router.include_router(room)
