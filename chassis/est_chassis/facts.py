"""A fact on its way in: a message from upstream or an event of the service's own log."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from est_chassis.event_store import RecordedEvent
from est_chassis.logs import QuotesNothing
from est_chassis.stream_reader import Received
from est_contracts.messages import message_class


class Undecodable(QuotesNothing):
    """The body is not what its subject promises. Its text says only where."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is to be taken in, and its place. `previous` is None where gaps are no sign of loss."""

    position: int
    sequence: int
    previous: int | None
    subject: str
    body: bytes
    own: RecordedEvent | None = None

    def payload(self) -> Any | None:
        """The recorded event, or the message as it is told today; None when nobody here knows its kind."""
        if self.own is not None:
            return self.own
        kind = message_class(self.subject)
        if kind is None:
            return None
        try:
            return kind.model_validate_json(self.body).current()
        except ValidationError as failure:
            # The error's own text quotes the body: only where and what kind may be told.
            raise Undecodable(", ".join(map(_where, failure.errors()[:3]))) from None


def _where(error: ErrorDetails) -> str:
    """The place of an error; a name that the body brought with it is not among those that may be told."""
    known = error["loc"][:-1] if error["type"] == "extra_forbidden" else error["loc"]
    names = [str(part) if str(part).replace("_", "").isalnum() else "?" for part in known]
    names += ["?"] * (len(error["loc"]) - len(known))
    return f"{'.'.join(names)}: {error['type']}"


def from_stream(received: Received) -> Fact:
    return Fact(received.position, received.sequence, received.previous, received.subject, received.body)


def from_own_log(recorded: RecordedEvent) -> Fact:
    return Fact(recorded.position, recorded.position, None, recorded.name, b"", own=recorded)
