"""One transaction per batch: read models, handlers, new events and the position move together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from est_chassis import dead_letters
from est_chassis.application import Application
from est_chassis.clock import Clock
from est_chassis.event_store import Cursor, EventStore, UnitOfWork
from est_chassis.facts import Fact, from_own_log
from est_chassis.failures import Rejected
from est_chassis.logs import get_logger
from est_chassis.standing import Standing
from est_chassis.subscriptions import Subscriptions
from est_contracts.messages import Message

log = get_logger(__name__)


class Gap(Exception):
    """A message is missing before the one that came: the order can not be trusted, read again."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far an upstream has been taken in."""

    position: int = 0
    sequence: int = 0


class Taken(NamedTuple):
    """What was new in a batch, and whether the handlers have recorded events of the service's own."""

    payloads: list[Any]
    has_recorded: bool


class FactIntake:
    """Takes facts in, exactly once in effect. Synchronous: it runs in a worker thread."""

    def __init__(
        self, store: EventStore, subscriptions: Subscriptions, *, standing: Standing,
        application: Callable[[UnitOfWork, Clock], Application], clock: Clock,
    ) -> None:  # fmt: skip
        self._store = store
        self._subscriptions = subscriptions
        self._standing = standing
        self._application = application
        self._clock = clock

    def place(self, upstream: str) -> Place:
        return place_of(self._store, upstream)

    def take_in(self, upstream: str, facts: Sequence[Fact]) -> Taken:
        """Take in what is new; what that was is returned once it is committed."""
        with self._standing.asked(), self._store.unit_of_work() as work:
            fresh = fresh_after(lock_place(work.cursor, upstream), facts)
            if not fresh:
                return Taken([], has_recorded=False)
            payloads = [payload for fact in fresh if (payload := fact.payload()) is not None]
            self._apply(work, payloads, upstream=upstream)
            move(work, upstream, fresh[-1])
        return Taken(payloads, has_recorded=bool(work.positions))

    def bury(self, upstream: str, fact: Fact, reason: str) -> None:
        """Give a message up: what follows it proceeds."""
        with self._store.unit_of_work() as work:
            if fresh_after(lock_place(work.cursor, upstream), [fact]):
                dead_letters.bury(work.cursor, upstream, fact, reason=reason, died_at=self._clock.now())
                move(work, upstream, fact)

    def try_again(self, letter: dead_letters.DeadLetter) -> bool:
        """Handle a dead letter after its cause is mended; doing so twice does it once."""
        fact = self._fact_in(letter)
        with self._standing.asked(), self._store.unit_of_work() as work:
            # While read models are replayed not even this is taken in: it would go with the old ones.
            lock_place(work.cursor, letter.upstream)
            if not dead_letters.settle(work.cursor, letter.letter, settled_at=self._clock.now()):
                return False
            payload = fact.payload()
            self._apply(work, [payload] if payload is not None else [], upstream=letter.upstream)
        return True

    def _fact_in(self, letter: dead_letters.DeadLetter) -> Fact:
        if letter.upstream == self._store.service:
            # The event itself stands in the log: a letter about it holds no body.
            return from_own_log(self._store.events_after(letter.position - 1, limit=1)[0])
        return Fact(letter.position, letter.sequence, None, letter.subject, letter.body)

    def _apply(self, work: UnitOfWork, payloads: Sequence[Any], *, upstream: str) -> None:
        for model in self._standing.fed_from(work.cursor, upstream):
            model.feed(work.cursor, payloads)
        app = self._application(work, self._clock)
        for payload in payloads:
            for handler in self._subscriptions.handlers_of(payload):
                try:
                    handler(payload, app)
                except Rejected as refusal:
                    # A rule says no to what has happened elsewhere: that is an answer, not a failure.
                    work.forget_unsaved()
                    log.info("message_refused", code=refusal.code, message_type=type(payload).__name__)


def place_of(store: EventStore, upstream: str) -> Place:
    """How far it has been taken in, without holding it."""
    with store.cursor() as cursor:
        row = cursor.execute(
            "SELECT position, sequence FROM positions WHERE upstream = %s", (upstream,)
        ).fetchone()
    return Place(**row) if row else Place()


def lock_place(cursor: Cursor, upstream: str) -> Place:
    """Only one process takes in an upstream at a time."""
    locked = "SELECT position, sequence FROM positions WHERE upstream = %s FOR UPDATE"
    row = cursor.execute(locked, (upstream,)).fetchone()
    if row is None:
        cursor.execute(
            "INSERT INTO positions (upstream, position, sequence) VALUES (%s, 0, 0) ON CONFLICT DO NOTHING",
            (upstream,),
        )
        row = cursor.execute(locked, (upstream,)).fetchone()
    return Place(**row) if row else Place()


def known_until(cursor: Cursor, message: Message) -> int:
    """How far a handler may look in what its message's upstream has told, whatever came in the same batch.

    As far as its own message; or as far as has been handled, when it comes late out of the dead letters.
    """
    row = cursor.execute("SELECT position FROM positions WHERE upstream = %s", (message.SERVICE,)).fetchone()
    return max(message.recorded.position, row["position"] if row else 0)


def move(work: UnitOfWork, upstream: str, fact: Fact) -> None:
    work.write(
        "UPDATE positions SET position = %s, sequence = %s WHERE upstream = %s",
        (fact.position, fact.sequence, upstream),
    )


def fresh_after(place: Place, facts: Sequence[Fact]) -> list[Fact]:
    """Those that have not been taken in; raises Gap when one before them is missing."""
    fresh: list[Fact] = []
    at = place.position
    for fact in facts:
        if fact.position <= at:
            continue
        if fact.previous is not None and fact.previous > at:
            raise Gap(f"{fact.previous} is missing after {at}")
        fresh.append(fact)
        at = fact.position
    return fresh
