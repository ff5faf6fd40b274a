"""What a service hears: which handler takes which message."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from est_contracts.messages import Message

Handler = Callable[[Any, Any], None]


@dataclass(frozen=True, slots=True)
class Fired:
    """A timer has gone off."""

    timer: str
    municipality: str
    key: str


class Subscriptions:
    """A service's handlers. Each is a plain function; it runs inside the transaction of its batch.

    Where nobody waits at the moment itself, messages that come right behind each other share a transaction;
    a service with `somebody_waits` takes each in at once.
    """

    def __init__(self, service: str, *, upstreams: Sequence[str] = (), somebody_waits: bool = False) -> None:
        self.service = service
        self.upstreams = tuple(upstreams)
        self.somebody_waits = somebody_waits
        self._handlers: dict[type[Message], list[Handler]] = {}
        self.timers: dict[str, Handler] = {}

    def hears(self, message_class: type[Message]) -> Callable[[Handler], Handler]:
        if message_class.SERVICE not in self.upstreams:
            raise ValueError(f"{self.service} does not listen to {message_class.SERVICE}")

        def remember(handler: Handler) -> Handler:
            self._handlers.setdefault(message_class, []).append(handler)
            return handler

        return remember

    def at(self, timer: str) -> Callable[[Handler], Handler]:
        def remember(handler: Handler) -> Handler:
            self.timers[timer] = handler
            return handler

        return remember

    def handlers_of(self, message: object) -> Sequence[Handler]:
        return self._handlers.get(type(message), ())  # type: ignore[arg-type]

    def consumer(self, upstream: str) -> str:
        """The stored name of the consumer; it never changes."""
        return f"{self.service}_on_{upstream}"


@dataclass(frozen=True, slots=True)
class Timer:
    """Something to be reminded of. Setting the same name and key again moves it."""

    name: str
    municipality: str
    key: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """No reminder is needed any more."""

    name: str
    municipality: str
    key: str
