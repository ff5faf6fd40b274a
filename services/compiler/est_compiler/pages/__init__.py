"""How people come in: the picture of a period, the list of periods, and the buttons that publish."""

from fastapi import APIRouter

from est_compiler.pages import periods_page, publishing, reading

__all__ = ["router"]

router = APIRouter(include_in_schema=False)
for room in (
    periods_page.router,
    reading.router,
    publishing.router,
):
    router.include_router(room)
