"""The live stream: one reading of the database wakes everybody who listens."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import NamedTuple

from est_chassis.failures import Unavailable
from est_chassis.logs import get_logger
from est_notifier.domain.live import Bookmark, LiveEntry, Reading

# What is kept in memory for those who have just lost contact; the rest is read from the database.
TAIL = 1000
PAGE = 500
AWAY_SECONDS = 1.0

log = get_logger(__name__)

ReadBeyond = Callable[[Bookmark, str | None, int], Awaitable[Reading]]


class Push(NamedTuple):
    """Something for one listener: a line, or None as a sign of life; and the listener's bookmark after it."""

    bookmark: Bookmark
    entry: LiveEntry | None


class LiveChannel:
    """Follows the live list and passes it on.

    The tail holds every line beyond `_floor` up to `_head`. A listener whose bookmark covers the floor is
    served from memory; anyone else reads the database until it does. So nobody misses or repeats a line,
    however far behind, however slow, and also while the read model is replayed.
    """

    def __init__(
        self,
        read_beyond: ReadBeyond,
        read_bookmark: Callable[[], Awaitable[Bookmark]],
        *,
        heartbeat_seconds: float,
        poll_seconds: float,
        tail: int = TAIL,
    ) -> None:
        self._read_beyond = read_beyond
        self._read_bookmark = read_bookmark
        self._heartbeat_seconds = heartbeat_seconds
        self._poll_seconds = poll_seconds
        self._longest_tail = 2 * tail
        self._tail: list[LiveEntry] = []
        self._dropped = 0
        self._floor = Bookmark()
        self._head: Bookmark | None = None
        self._woken = asyncio.Event()
        self._news = asyncio.Event()
        self._closed = False
        self.listeners = 0

    def wake(self) -> None:
        """Something has been taken in."""
        self._woken.set()

    def close(self) -> None:
        """Let every listener go, so that they come back to a process that lives."""
        self._closed = True
        self._tell()

    async def run(self) -> None:
        """Read what is new, whenever there is something new."""
        while True:
            self._woken.clear()
            try:
                if self.listeners:
                    await self._look()
                else:
                    self._forget()
            except Unavailable:
                log.warning("live_stream_waits", delay_seconds=AWAY_SECONDS)
                await asyncio.sleep(AWAY_SECONDS)
                continue
            # Another process may have recorded something without waking us.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._poll_seconds):
                    await self._woken.wait()

    async def now(self) -> Bookmark:
        """The bookmark of one who has read everything."""
        return await self._read_bookmark()

    async def follow(self, municipality: str, bookmark: Bookmark) -> AsyncIterator[list[Push]]:
        """Everything of a municipality beyond a bookmark, for as long as the listener stays."""
        self.listeners += 1
        self.wake()
        try:
            yield [Push(bookmark, None)]
            place: int | None = None
            while not self._closed:
                news = self._news
                lines, reached, place = await self._next_lines(municipality, bookmark, place)
                pushes = []
                for entry in lines:
                    bookmark = bookmark.moved_to(entry.upstream, entry.position)
                    pushes.append(Push(bookmark, entry))
                bookmark = bookmark.together_with(reached)
                if pushes:
                    yield pushes
                elif not await self._hears(news):
                    yield [Push(bookmark, None)]
        finally:
            self.listeners -= 1

    async def _look(self) -> None:
        if self._head is None:
            self._head = self._floor = await self._read_bookmark()
            # Whoever came just before us read the database for themselves, and not quite as far.
            self._tell()
        while True:
            reading = await self._read_beyond(self._head, None, PAGE)
            self._head = self._head.together_with(reading.reached)
            if reading.entries:
                self._tail += reading.entries
                self._trim()
                self._tell()
            if len(reading.entries) < PAGE:
                return

    def _forget(self) -> None:
        """Nobody listens: nothing is read, and whoever comes begins with the database."""
        self._head = None
        self._dropped += len(self._tail)
        self._tail = []

    def _trim(self) -> None:
        if len(self._tail) <= self._longest_tail:
            return
        # Half of it at a time, so that it is seldom moved.
        half = self._longest_tail // 2
        old, self._tail = self._tail[:-half], self._tail[-half:]
        self._dropped += len(old)
        for entry in old:
            self._floor = self._floor.moved_to(entry.upstream, entry.position)

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def _next_lines(
        self, municipality: str, bookmark: Bookmark, place: int | None
    ) -> tuple[list[LiveEntry], Bookmark, int | None]:
        """Lines beyond the bookmark, how far one has read with them, and one's place in the tail then."""
        if self._head is None or not bookmark.covers(self._floor):
            reading = await self._read_beyond(bookmark, municipality, PAGE)
            return list(reading.entries), reading.reached, None
        begin = max(0, (place or 0) - self._dropped)
        lines = [
            entry
            for entry in self._tail[begin:]
            if entry.municipality == municipality and entry.is_beyond(bookmark)
        ]
        return lines, self._head, self._dropped + len(self._tail)

    async def _hears(self, news: asyncio.Event) -> bool:
        """Wait for news; False when a heartbeat is due."""
        try:
            async with asyncio.timeout(self._heartbeat_seconds):
                await news.wait()
        except TimeoutError:
            return False
        return True
