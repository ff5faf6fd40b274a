"""Keeps the parts of the house running: one that ends is started again, after a growing delay."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from est_chassis.embedded import ServerFailedToStart

LOOK_SECONDS = 0.1
FIRST_DELAY_SECONDS = 0.2
LONGEST_DELAY_SECONDS = 30.0
# Who has run this long is well again: the next end starts with a short delay.
WELL_AFTER_SECONDS = 60.0
MOST_FAILURES_IN_A_ROW = 12


class Part(Protocol):
    """Something that runs: a server or a service."""

    name: str

    @property
    def is_running(self) -> bool: ...
    @property
    def pid(self) -> int | None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


@dataclass
class Record:
    """How a part has fared."""

    started_at: float
    failures: int = 0
    restarts: int = 0
    is_given_up: bool = False

    @property
    def delay_seconds(self) -> float:
        return float(min(FIRST_DELAY_SECONDS * 2 ** (self.failures - 1), LONGEST_DELAY_SECONDS))


class Supervisor:
    """Watches parts that have been started; stops them in the opposite order."""

    def __init__(
        self, *, tell: Callable[[str, str], None], after_start: Callable[[], None] = lambda: None
    ) -> None:
        self._tell = tell
        self._after_start = after_start
        self._stopping = asyncio.Event()
        self._parts: list[Part] = []
        self._watches: list[asyncio.Task[None]] = []
        self.records: dict[str, Record] = {}

    async def start(self, part: Part) -> None:
        """Start a part, and from now on keep it running."""
        self._parts.append(part)
        self.records[part.name] = Record(started_at=time.monotonic())
        await asyncio.to_thread(part.start)
        self._after_start()
        self._watches.append(asyncio.create_task(self._watch(part), name=f"watch {part.name}"))

    async def stop(self, layers: Sequence[Sequence[str]]) -> None:
        """Stop layer after layer; within a layer all at once."""
        self._stopping.set()
        await asyncio.gather(*self._watches)
        for layer in layers:
            named = [part for part in self._parts if part.name in layer]
            await asyncio.gather(*(asyncio.to_thread(part.stop) for part in named))

    async def _watch(self, part: Part) -> None:
        while not await self._is_stopping_within(LOOK_SECONDS):
            if not part.is_running and not await self._start_again(part):
                return

    async def _start_again(self, part: Part) -> bool:
        """One more try; False when there is no point in another one."""
        record = self.records[part.name]
        if time.monotonic() - record.started_at > WELL_AFTER_SECONDS:
            record.failures = 0
        record.failures += 1
        if record.failures > MOST_FAILURES_IN_A_ROW:
            record.is_given_up = True
            self._tell(part.name, "ends as soon as it is started; given up. See its log.")
            return False
        self._tell(part.name, f"has ended; starting it again in {record.delay_seconds:g} s")
        if await self._is_stopping_within(record.delay_seconds):
            return True
        record.started_at = time.monotonic()
        record.restarts += 1
        try:
            await asyncio.to_thread(part.start)
        except (ServerFailedToStart, OSError) as failure:
            self._tell(part.name, f"did not start: {str(failure).splitlines()[0]}")
        self._after_start()
        return True

    async def _is_stopping_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True
