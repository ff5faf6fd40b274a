"""Natural batching: whatever arrives while a commit is under way shares the next one.

No timer: a lone request pays for one commit at once, a crowd shares it.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any, Generic, TypeVar

import psycopg
from eventsourcing.persistence import IntegrityError

from est_chassis.application import Application
from est_chassis.clock import Clock
from est_chassis.event_store import EventStore, UnitOfWork
from est_chassis.failures import ChangedMeanwhile, OutcomeUnknown, Rejected, Unavailable
from est_chassis.logs import get_logger

App = TypeVar("App", bound=Application)
UseCase = Callable[[App], Any]
LARGEST_BATCH = 256
ATTEMPTS_ALONE = 3
STOP = None

log = get_logger(__name__)


class MustRunAlone(Exception):
    """A use case failed after it had begun to change things: its batch is undone and run one by one."""


class Request(Generic[App]):
    """A use case that waits for its turn, and who waits for its answer."""

    __slots__ = ("answer", "expires_at", "refusal", "result", "use_case")

    def __init__(self, use_case: "UseCase[App]", expires_at: float, answer: asyncio.Future[Any]) -> None:
        self.use_case = use_case
        self.expires_at = expires_at
        self.answer = answer
        self.result: Any = None
        self.refusal: Exception | None = None

    def settle(self) -> None:
        """Called in the event loop. Whoever gave up waiting gets nothing."""
        if self.answer.done():
            return
        if self.refusal is None:
            self.answer.set_result(self.result)
        elif isinstance(self.refusal, StopIteration):
            # A future would take it for its own end, and all that are settled after it would wait in vain.
            self.answer.set_exception(RuntimeError("a use case ran out of what it looked for"))
        else:
            self.answer.set_exception(self.refusal)


class Writer(Generic[App]):
    """One thread that carries out use cases and commits them together."""

    def __init__(
        self, store: EventStore, application: Callable[[UnitOfWork, Clock], App], clock: Clock, *,
        after_commit: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self._store = store
        self._application = application
        self._clock = clock
        self._after_commit = after_commit
        self._requests: queue.SimpleQueue[Request[App] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._thread.start()

    def stop(self) -> None:
        """Carry out what has been asked for, then end."""
        self._stopped = True
        self._requests.put(STOP)
        self._thread.join(timeout=8)

    def submit(self, use_case: "UseCase[App]", *, within_seconds: float) -> asyncio.Future[Any]:
        """The answer comes after the commit. What can not begin in time is not begun at all."""
        answer = asyncio.get_running_loop().create_future()
        if self._stopped:
            answer.set_exception(Unavailable("the service is stopping"))
        else:
            self._requests.put(Request[App](use_case, monotonic() + within_seconds, answer))
        return answer

    def _run(self) -> None:
        while (request := self._requests.get()) is not STOP:
            batch = [request]
            stopping = False
            while len(batch) < LARGEST_BATCH and not stopping:
                try:
                    following = self._requests.get_nowait()
                except queue.Empty:
                    break
                if following is STOP:
                    stopping = True
                else:
                    batch.append(following)
            self._carry_out(batch)
            if stopping:
                return

    def _carry_out(self, batch: list[Request[App]]) -> None:
        now = monotonic()
        timely = [request for request in batch if request.expires_at > now]
        for request in batch:
            if request.expires_at <= now:
                request.refusal = Unavailable("the service could not begin in time")
        if timely:
            try:
                self._together(timely)
            except OutcomeUnknown as unknown:
                for request in timely:
                    request.refusal = unknown
            except Exception as failure:
                if isinstance(failure, Rejected) and len(timely) == 1:
                    # It would be refused in the same words.
                    timely[0].refusal = failure
                    timely = []
                # One conflicting request must not spoil the others; a lost answer to COMMIT is read back.
                if not isinstance(failure, IntegrityError | MustRunAlone | Rejected | Unavailable):
                    log.error("batch_failed", error=type(failure).__name__, count=len(timely))
                for request in timely:
                    self._alone(request)
        self._answer(batch)

    def _together(self, batch: list[Request[App]]) -> None:
        with self._store.unit_of_work(careful=False) as work:
            app = self._application(work, self._clock)
            for request in batch:
                touched = work.touched
                request.result, request.refusal = None, None
                try:
                    request.result = request.use_case(app)
                except psycopg.Error as failure:
                    # The database has given up the whole transaction, and would say so to all that follow.
                    raise MustRunAlone from failure
                except Exception as failure:
                    if work.touched != touched:
                        raise MustRunAlone from failure
                    request.refusal = failure

    def _alone(self, request: Request[App]) -> None:
        request.refusal = ChangedMeanwhile()
        for _attempt in range(ATTEMPTS_ALONE):
            if request.expires_at <= monotonic():
                request.refusal = Unavailable("the service could not answer in time")
                return
            try:
                with self._store.unit_of_work(careful=True) as work:
                    request.result = request.use_case(self._application(work, self._clock))
            except IntegrityError:
                continue
            except Exception as failure:
                request.refusal = failure
            else:
                request.refusal = None
            return

    def _answer(self, batch: list[Request[App]]) -> None:
        """All answers of a batch reach the event loop together: one wake-up, not one each."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._settle, batch)

    def _settle(self, batch: list[Request[App]]) -> None:
        for request in batch:
            request.settle()
        self._after_commit()
