"""The work with a picture: the desk, what stands on it, and what each of its forms does."""

from fastapi import APIRouter

from est_compiler.pages.compiling import choices, page, words, writers

__all__ = ["router"]

router = APIRouter(include_in_schema=False)
for part in (page.router, words.router, choices.router, writers.router):
    router.include_router(part)
