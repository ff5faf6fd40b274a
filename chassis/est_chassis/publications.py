"""What a service tells: from its own recorded event to a message, on purpose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from est_chassis.event_store import RecordedEvent
from est_chassis.subscriptions import CancelTimer, Timer
from est_contracts.messages import Message, Recorded


def _no_timers(_event: object) -> Sequence[Timer | CancelTimer]:
    return ()


@dataclass(frozen=True, slots=True)
class Publications:
    """A service's two functions: which message tells of an event, and which timers it sets or cancels."""

    message_about: Callable[[Any, Recorded], Message | None]
    timers_about: Callable[[Any], Sequence[Timer | CancelTimer]] = field(default=_no_timers)
    tells: tuple[type[Message], ...] = ()

    def message(self, recorded: RecordedEvent) -> Message | None:
        told = Recorded(
            message_id=recorded.message_id, position=recorded.position, recorded_at=recorded.recorded_at
        )
        return self.message_about(recorded.event, told)
