"""How the parts of a service fit together, and how it begins and ends."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from time import perf_counter
from typing import Any, Generic, TypeVar

from eventsourcing.persistence import PersistenceError
from fastapi import APIRouter

from est_chassis import dead_letters
from est_chassis.application import Application
from est_chassis.broker import Broker
from est_chassis.clock import Clock, SystemClock
from est_chassis.dead_letters import DeadLetter
from est_chassis.event_store import Cursor, EventStore, UnitOfWork
from est_chassis.fact_intake import FactIntake
from est_chassis.failures import Rejected, StillFails, Unavailable, UnknownReadModel
from est_chassis.inbox import Inbox, Listener
from est_chassis.logs import get_logger, reason_of
from est_chassis.metrics import Metrics
from est_chassis.publications import Publications
from est_chassis.read_models import ReadModel, version_of
from est_chassis.rebuild import Progress, Rebuild
from est_chassis.relay import Relay
from est_chassis.settings import ServiceSettings
from est_chassis.standing import Standing
from est_chassis.subscriptions import Fired, Subscriptions
from est_chassis.timers import TimerStream
from est_chassis.web.credentials import CredentialSource
from est_chassis.web.quotas import Quotas
from est_chassis.writer import Writer

App = TypeVar("App", bound=Application)
R = TypeVar("R")
Background = Callable[[], Coroutine[Any, Any, None]]
RETRY_SECONDS = 1.0
QUESTION_SECONDS = 5.0
# Who waits for an answer is told that the database is away, and not only that there was no answer.
SHARE_FOR_A_CONNECTION = 0.75
LOOK_SECONDS = 0.02
# Fewer than there are connections: slow questions never keep the writer, the inbox and the relay waiting.
QUESTIONS_AT_ONCE = 5
STOP_SECONDS = 3.0
MEASURE_SECONDS = 2.0

log = get_logger(__name__)


class _OnlyRehearsed(Exception):
    """Undoes the transaction, and carries the answer out of it."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer


class Service(Generic[App]):
    """One of the four: its log, its ears, its mouth and its doors."""

    def __init__(  # noqa: PLR0913 - the parts of a service are these eight
        self, settings: ServiceSettings, *, application: Callable[[UnitOfWork, Clock], App],
        read_models: Sequence[ReadModel], subscriptions: Subscriptions, publications: Publications,
        routers: Sequence[APIRouter] = (), credentials: Sequence[CredentialSource] = (),
        clock: Clock | None = None,
    ) -> None:  # fmt: skip
        self.settings = settings
        self._application = application
        self.name = settings.service
        self.clock = clock or SystemClock()
        self.routers = tuple(routers)
        self.credentials = tuple(credentials)
        self.read_models = tuple(read_models)
        self.subscriptions = subscriptions
        self.publications = publications
        self.metrics = Metrics()
        self.quotas = Quotas()
        self.store = EventStore(
            settings.database_url, service=self.name, version=version_of(self.read_models),
            refuse_large=publications.refuse_too_large,
            wait_seconds=settings.answer_within_seconds * SHARE_FOR_A_CONNECTION,
        )  # fmt: skip
        self.broker = Broker(settings)
        self.broker.tells(publications.tells)
        self.timers = TimerStream(self.broker, subscriptions, replicas=settings.replicas)
        self.standing = Standing(self.store, self.read_models)
        self.fact_intake = FactIntake(
            self.store, subscriptions, standing=self.standing, application=application, clock=self.clock
        )
        self.inbox = Inbox(self.store, self.broker, self.fact_intake, subscriptions)
        self.relay = Relay(
            self.store, self.broker, publications, timers=self.timers, replicas=settings.replicas
        )
        self.writer: Writer[App] = Writer(self.store, application, self.clock, after_commit=self._news)
        self._looks = round(settings.answer_within_seconds / 2 / LOOK_SECONDS)
        self.draining = asyncio.Event()
        self._backgrounds: list[Background] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._askers = ThreadPoolExecutor(max_workers=QUESTIONS_AT_ONCE, thread_name_prefix="question")
        self._is_open = False
        self._database_answers = True
        self._next_intake = asyncio.Event()
        self.inbox.after_commit(self._taken_in)
        self.inbox.after_recording(self._news)
        self.metrics.relay_lag.set_function(lambda: self.relay.lag)
        self.metrics.relay_stuck.set_function(lambda: self.relay.stuck.position if self.relay.stuck else 0)
        self.metrics.nats_connected.set_function(lambda: self.broker.is_connected)

    # What doors use.

    async def do(self, use_case: Callable[[App], R]) -> R:
        """Carry out a use case; its answer comes after the commit, or Unavailable after a short wait."""
        began = perf_counter()
        within = self.settings.answer_within_seconds
        self._must_be_open()
        answer = self.writer.submit(use_case, within_seconds=within)
        try:
            with self.standing.asked():
                async with asyncio.timeout(within + 0.5):
                    result: R = await answer
        except TimeoutError:
            raise Unavailable("no answer in time") from None
        except Rejected:
            self.metrics.refused.inc()
            raise
        self.metrics.use_case_seconds.observe(perf_counter() - began)
        return result

    async def rehearse(self, use_case: Callable[[App], R]) -> R:
        """Carry out a use case as `do` would, and undo it: its answer is all that is left of it."""
        return await self._in_a_worker(self._rehearse, use_case)

    async def ask(self, question: Callable[[Cursor], R]) -> R:
        """Ask the read models, in a worker thread."""
        return await self._in_a_worker(self._ask, question)

    def next_intake(self) -> asyncio.Event:
        """Is set as soon as more has been taken in; to be got before one looks, so that nothing is missed."""
        return self._next_intake

    async def shown(self) -> None:
        """Wait until the service's read models hold what it has recorded: for the page that follows an act.

        For a moment at most: a page that is a little behind is better than none.
        """
        last = await asyncio.to_thread(self.store.last_position)
        for _look in range(self._looks):
            if (await asyncio.to_thread(self.fact_intake.place, self.name)).position >= last:
                return
            await asyncio.sleep(LOOK_SECONDS)

    def after_inbox_commit(self, listener: Listener) -> None:
        self.inbox.after_commit(listener)

    def background(self, run: Background) -> None:
        """Run a task for as long as the service is up; it is begun again if it fails."""
        self._backgrounds.append(run)

    # Beginning and ending.

    async def start(self) -> None:
        """Begin at once; what is away is waited for in the background, and said by `ready`."""
        self.timers.listen(self._fire)
        self.writer.start(asyncio.get_running_loop())
        self._spawn("connect", self._connect)
        self._spawn("open", self._open)

    async def stop(self) -> None:
        """Finish what has been begun, tell what has been recorded if that is quickly done, then end."""
        self.draining.set()
        await asyncio.to_thread(self.writer.stop)
        await self._tell_the_last()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self.broker.stop()
        except (TimeoutError, OSError) as failure:
            log.warning("nats_did_not_drain", error=type(failure).__name__)
        self._is_open = False
        self._askers.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self.store.close)

    async def _tell_the_last(self) -> None:
        """What is not told within a moment is told at the next start, or by another process."""
        if not self.relay.is_active or self.relay.stuck is not None:
            return
        with suppress(Unavailable, TimeoutError):
            async with asyncio.timeout(self.settings.answer_within_seconds / 2):
                last = await asyncio.to_thread(self.store.last_position)
                self.relay.wake()
                for _look in range(self._looks):
                    if self.relay.has_read(last):
                        return
                    await asyncio.sleep(LOOK_SECONDS)

    async def _connect(self) -> None:
        await self.broker.connect(before_start=self.timers.declare)

    async def _open(self) -> None:
        """Wait for the database; then record and tell at once, and let the read models stand as they can."""
        while not self._is_open:
            try:
                await asyncio.to_thread(self.store.open)
                await asyncio.to_thread(self.standing.claim)
                self._is_open = True
            except (Unavailable, PersistenceError) as failure:
                log.warning("database_is_away", error=type(failure).__name__, delay_seconds=RETRY_SECONDS)
                await asyncio.sleep(RETRY_SECONDS)
        self._spawn("relay", self.relay.run)
        self._spawn("measure", self._measure)
        self._spawn("read_models", partial(self.standing.make, self._replay))
        await self.standing.has_tried.wait()
        self._spawn("inbox", self.inbox.run)
        for run in self._backgrounds:
            self._spawn("background", run)
        log.info("service_started", version=1)

    async def _measure(self) -> None:
        """Keep fresh what is counted and what `ready` says, whether anybody asks for the status or not."""
        while True:
            try:
                await self.status()
                self._database_answers = True
            except Unavailable:
                self._database_answers = False
            await asyncio.sleep(MEASURE_SECONDS)

    def _spawn(self, name: str, run: Background) -> None:
        self._tasks.append(asyncio.create_task(self._keep_running(name, run), name=name))

    async def _keep_running(self, name: str, run: Background) -> None:
        while not self.draining.is_set():
            try:
                await run()
                return
            except Unavailable as away:
                log.warning("task_waits", step=name, error=type(away).__name__, delay_seconds=RETRY_SECONDS)
                await asyncio.sleep(RETRY_SECONDS)
            except Exception as failure:
                log.error("task_failed", step=name, error=reason_of(failure))
                await asyncio.sleep(RETRY_SECONDS)

    async def _in_a_worker(self, act: Callable[[Any], R], what: Any) -> R:
        self._must_be_open()
        try:
            with self.standing.asked():
                async with asyncio.timeout(max(QUESTION_SECONDS, self.settings.answer_within_seconds)):
                    return await asyncio.wrap_future(self._askers.submit(act, what))
        except TimeoutError:
            raise Unavailable("no answer in time") from None

    def _must_be_open(self) -> None:
        if not self._is_open:
            raise Unavailable("the service is starting")

    def _news(self) -> None:
        self.relay.wake()
        self.inbox.wake()

    def _taken_in(self, upstream: str, payloads: Sequence[Any]) -> None:
        self.metrics.facts_taken_in.labels(upstream).inc(len(payloads))
        waited_for, self._next_intake = self._next_intake, asyncio.Event()
        waited_for.set()

    async def _fire(self, fired: Fired) -> None:
        handler = self.subscriptions.timers.get(fired.timer)
        if handler is None:
            log.warning("timer_unknown", timer=fired.timer)
            return
        await self.do(lambda app: handler(fired, app))

    def _rehearse(self, use_case: Callable[[App], R]) -> R:
        try:
            with self.store.unit_of_work() as work:
                raise _OnlyRehearsed(use_case(self._application(work, self.clock)))
        except _OnlyRehearsed as rehearsed:
            answer: R = rehearsed.answer
            return answer

    def _ask(self, question: Callable[[Cursor], R]) -> R:
        with self.store.cursor() as cursor:
            return question(cursor)

    # What operators ask.

    def ready(self) -> dict[str, bool | str]:
        """Each part and whether it is there, or what stands in its way."""
        absent = ", ".join(model.name for model in self.standing.absent)
        return {
            "database": self._is_open and self._database_answers,
            "nats": self.broker.is_connected,
            "relay": str(self.relay.stuck) if self.relay.stuck else True,
            "read_models": f"absent: {absent}" if absent else True,
            "not_draining": not self.draining.is_set(),
        }

    async def status(self) -> dict[str, Any]:
        return await asyncio.to_thread(self._status)

    def _status(self) -> dict[str, Any]:
        waiting = dead_letters.count(self.store)
        taken_in = {upstream: self.fact_intake.place(upstream).position for upstream in self.inbox.upstreams}
        stuck = self.relay.stuck
        self.metrics.dead_letters.set(waiting)
        for upstream, position in taken_in.items():
            self.metrics.position.labels(upstream).set(position)
        return {
            "service": self.name,
            "recorded": self.store.last_position(),
            "taken_in": taken_in,
            "behind": dict(self.inbox.behind),
            "relay": {
                "active": self.relay.is_active,
                "waiting": self.relay.lag,
                "stuck": stuck and asdict(stuck),
            },
            "dead_letters": waiting,
            "read_models": [model.name for model in self.read_models],
            "absent": [model.name for model in self.standing.absent],
        }

    async def dead_letters(self) -> list[DeadLetter]:
        return await asyncio.to_thread(dead_letters.unsettled, self.store)

    async def dead_letter(self, letter: int) -> DeadLetter:
        return await asyncio.to_thread(dead_letters.find, self.store, letter)

    async def replay_dead_letter(self, letter: int) -> None:
        """What stands in the way is raised as `StillFails`; one that is settled already is left alone."""
        found = await self.dead_letter(letter)
        try:
            await asyncio.to_thread(self.fact_intake.try_again, found)
        except (Unavailable, Rejected):
            raise
        except Exception as failure:
            raise StillFails(reason_of(failure)) from failure
        self._news()

    def rebuild(self, names: Sequence[str] = ()) -> AsyncIterator[Progress]:
        """Replay the named read models, or all of them; a name that there is not is refused at once."""
        known = [model.name for model in self.read_models]
        if not set(names) <= set(known):
            raise UnknownReadModel(known)
        return self._replay([model for model in self.read_models if not names or model.name in names])

    def _replay(self, models: Sequence[ReadModel]) -> AsyncIterator[Progress]:
        register = self.standing.register
        return Rebuild(self.store, self.broker, self.subscriptions, models, register=register).run()
