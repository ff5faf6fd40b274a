"""Reminders kept by NATS itself: message schedules, one subject per timer."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Any

from faststream.nats import JStream, NatsMessage, PullSub
from nats.js.api import ConsumerConfig, DiscardPolicy, RetentionPolicy, StorageType, StreamConfig

from est_chassis.broker import Broker, declare, inbox_of
from est_chassis.failures import ChangedMeanwhile, Rejected, Unavailable
from est_chassis.logs import get_logger
from est_chassis.subscriptions import CancelTimer, Fired, Subscriptions, Timer

ACK_SECONDS = 30
LONGEST_DELAY_SECONDS = 60

log = get_logger(__name__)


class TimerFailed(Unavailable):
    """NATS did not take the timer; it is set again when the relay tries again."""


class TimerStream:
    """A service's timers. Setting one again moves it; a fired one may come twice, handlers know that."""

    def __init__(self, broker: Broker, subscriptions: Subscriptions, *, replicas: int = 1) -> None:
        self._broker = broker
        self._subscriptions = subscriptions
        self._replicas = replicas
        self._service = subscriptions.service

    @property
    def is_needed(self) -> bool:
        return bool(self._subscriptions.timers)

    @property
    def stream(self) -> str:
        return f"{self._service.upper()}_TIMERS"

    @property
    def _fired(self) -> str:
        return f"fired.*.{self._service}.>"

    @property
    def _complete(self) -> str:
        """Among the timers because the service may write there, and no municipality's."""
        return f"timer.all.{self._service}.complete"

    @property
    def _durable(self) -> str:
        return f"{self._service}_on_fired"

    def listen(self, fire: Callable[[Fired], Awaitable[None]]) -> None:
        """Hear timers go off; called before the broker starts."""
        if not self.is_needed:
            return

        async def on_fired(message: NatsMessage) -> None:
            await self._on_fired(message, fire)

        self._broker.faststream.subscriber(
            self._fired,
            durable=self._durable,
            stream=JStream(self.stream, declare=False),
            config=ConsumerConfig(ack_wait=ACK_SECONDS, max_deliver=-1),
            pull_sub=PullSub(batch_size=1, timeout=5.0),
            # Its own, like the connection's: nobody may listen to all inboxes.
            inbox_prefix=f"{inbox_of(self._service)}.".encode(),
            decoder=whole_message,
            title=f"{self._service}: timers",
        )(on_fired)

    async def declare(self) -> None:
        """Create the stream and what hears it, where they are missing; what listens goes on listening."""
        if self.is_needed:
            await declare(self._broker.jetstream, self._config())
            await self._broker.jetstream.add_consumer(self.stream, self._consumer())

    async def are_complete(self) -> bool:
        """Whether all that had been told when the stream was made has set its timers in it.

        Raises NotFoundError when the stream is not there.
        """
        if not self.is_needed:
            return True
        info = await self._broker.jetstream.stream_info(self.stream, subjects_filter=self._complete)
        return bool(info.state.subjects)

    async def say_complete(self) -> None:
        """Written last: where it is missing, the timers are set once more from the first one on."""
        if self.is_needed:
            await self._put(self._complete)

    async def apply(self, timer: Timer | CancelTimer) -> None:
        subject = f"timer.{timer.municipality}.{self._service}.{timer.name}.{timer.key}"
        if isinstance(timer, CancelTimer):
            await self._broker.jetstream.purge_stream(self.stream, subject=subject)
            return
        due = timer.due_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        fired = f"fired.{timer.municipality}.{self._service}.{timer.name}.{timer.key}"
        headers = {"Nats-Schedule": f"@at {due}", "Nats-Schedule-Target": fired}
        await self._put(subject, headers=headers)

    async def _put(self, subject: str, *, headers: dict[str, str] | None = None) -> None:
        answer = await self._broker.client.request(subject, b"", headers=headers, timeout=3)
        if "error" in json.loads(answer.data):
            raise TimerFailed(subject.split(".")[3])

    async def _on_fired(self, message: NatsMessage, fire: Callable[[Fired], Awaitable[None]]) -> None:
        fired = fired_of(message.raw_message.subject)
        attempt = message.raw_message.metadata.num_delivered
        try:
            await fire(fired)
        except (Unavailable, ChangedMeanwhile):
            await message.nack(delay=min(2 ** min(attempt or 1, 6), LONGEST_DELAY_SECONDS))
        except Rejected as refusal:
            # A rule says no to what was due: that is an answer, not a failure.
            log.info("timer_refused", timer=fired.timer, code=refusal.code)
            await message.ack()
        except Exception as failure:
            # Passing trouble or our own fault: either way it must not be lost, and not block the next one.
            log.error("timer_failed", timer=fired.timer, error=type(failure).__name__, attempt=attempt)
            await message.nack(delay=LONGEST_DELAY_SECONDS)
        else:
            await message.ack()

    def _consumer(self) -> ConsumerConfig:
        return ConsumerConfig(
            name=self._durable,
            durable_name=self._durable,
            filter_subject=self._fired,
            ack_wait=ACK_SECONDS,
            max_deliver=-1,
        )

    def _config(self) -> StreamConfig:
        return StreamConfig(
            name=self.stream,
            subjects=[f"timer.*.{self._service}.>", self._fired],
            retention=RetentionPolicy.LIMITS,
            storage=StorageType.FILE,
            discard=DiscardPolicy.OLD,
            num_replicas=self._replicas,
            allow_msg_schedules=True,
            allow_rollup_hdrs=True,
        )


def fired_of(subject: str) -> Fired:
    """fired.9901.notifier.alert_unanswered.<key>, taken apart."""
    _, municipality, _, name, key = subject.split(".", 4)
    return Fired(timer=name, municipality=municipality, key=key)


async def whole_message(message: Any) -> Any:
    """A decoder that leaves all to the handler: it needs the headers and answers for itself."""
    return message
