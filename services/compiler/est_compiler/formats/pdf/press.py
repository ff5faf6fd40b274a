"""The press: PDFs are made beside the event loop, one at a time, and only so many wait for it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Final

from est_chassis.failures import Unavailable
from est_chassis.web.languages import Language
from est_compiler.domain.viewing.view import View
from est_compiler.formats.pdf.first_print import first_prints
from est_compiler.formats.pdf.typesetting import pdf_of

WITHIN_SECONDS: Final = 10.0
MOST_WAITING: Final = 16


class Press:
    """A thread of its own: typst lets go of the interpreter while it works."""

    def __init__(self, *, most_waiting: int = MOST_WAITING, within_seconds: float = WITHIN_SECONDS) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")
        self._most_waiting = most_waiting
        self._within_seconds = within_seconds
        self.is_warm = False
        self._waiting = 0

    async def print(self, view: View, language: Language, *, front_url: str = "") -> bytes:
        """The PDF, or Unavailable where too many are waiting already."""
        if self._waiting >= self._most_waiting:
            raise Unavailable("the press is busy")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._within_seconds):
                work = self._worker.submit(partial(pdf_of, view, language, front_url=front_url))
                return await asyncio.wrap_future(work)
        except TimeoutError:
            raise Unavailable("no PDF in time") from None
        finally:
            self._waiting -= 1

    async def warm_up(self) -> None:
        """Read the fonts and the templates before somebody waits for them."""
        await asyncio.wrap_future(self._worker.submit(_print_once))
        self.is_warm = True


@cache
def _print_once() -> None:
    for view in first_prints():
        pdf_of(view, Language.SWEDISH)


#: One for the process, as there is one of what typst remembers.
PRESS: Final = Press()
