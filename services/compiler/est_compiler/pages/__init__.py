"""How people come in: pictures, the list of periods, the work with a picture, and publishing."""

from fastapi import APIRouter

from est_compiler.pages import (
    comparing,
    compiling,
    compiling_choices,
    compiling_words,
    compiling_writers,
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
    compiling_words.router,
    compiling_choices.router,
    compiling_writers.router,
):
    router.include_router(room)
