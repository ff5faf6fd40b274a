"""What a service tells: from its own recorded event to a message, on purpose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from est_chassis.event_store import RecordedEvent
from est_chassis.failures import TooLargeToTell
from est_chassis.logs import reason_of
from est_chassis.publishing import LARGEST_BODY, Told
from est_chassis.subscriptions import CancelTimer, Timer
from est_contracts.messages import Message, Recorded


def _no_timers(_event: object) -> Sequence[Timer | CancelTimer]:
    return ()


class CanNotBeTold(Exception):
    """An event that no message can be made of, for a reason that trying again does not mend."""

    def __init__(self, recorded: RecordedEvent, reason: str) -> None:
        super().__init__(f"{recorded.name} at position {recorded.position}: {reason}")
        self.recorded = recorded
        self.reason = reason


class Publication(NamedTuple):
    """What follows from one event: the timers it sets or cancels, and the message that tells of it."""

    recorded: RecordedEvent
    timers: Sequence[Timer | CancelTimer]
    told: Told | None


@dataclass(frozen=True, slots=True)
class Publications:
    """A service's two functions: which message tells of an event, and which timers it sets or cancels."""

    message_about: Callable[[Any, Recorded], Message | None]
    timers_about: Callable[[Any], Sequence[Timer | CancelTimer]] = field(default=_no_timers)
    tells: tuple[type[Message], ...] = ()

    def publication(self, recorded: RecordedEvent) -> Publication:
        """What follows from an event; raises CanNotBeTold when it is the event that stands in the way."""
        timers = self.timers(recorded)
        try:
            told = self._told(recorded)
        except Exception as failure:
            raise CanNotBeTold(recorded, reason_of(failure)) from failure
        if told is not None and len(told.body) > LARGEST_BODY:
            raise CanNotBeTold(recorded, f"{len(told.body)} bytes, of {LARGEST_BODY} at most")
        return Publication(recorded, timers, told)

    def timers(self, recorded: RecordedEvent) -> Sequence[Timer | CancelTimer]:
        try:
            return self.timers_about(recorded.event)
        except Exception as failure:
            raise CanNotBeTold(recorded, reason_of(failure)) from failure

    def refuse_too_large(self, event: Any) -> None:
        """Refuse, before it is recorded, what no stream would take."""
        # Wherever it will stand: as many digits as a position can have.
        told = self._told(RecordedEvent(2**63 - 1, event))
        if told is not None and len(told.body) > LARGEST_BODY:
            raise TooLargeToTell(len(told.body), limit=LARGEST_BODY)

    def message(self, recorded: RecordedEvent) -> Message | None:
        """The message that tells of an event, or None when it is nobody else's business."""
        where = Recorded(
            message_id=recorded.message_id, position=recorded.position, recorded_at=recorded.recorded_at
        )
        return self.message_about(recorded.event, where)

    def _told(self, recorded: RecordedEvent) -> Told | None:
        message = self.message(recorded)
        return None if message is None else Told(recorded.position, message)
