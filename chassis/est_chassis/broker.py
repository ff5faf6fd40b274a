"""The connection to NATS: streams, timers and the doors that are asked by message."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from faststream.middlewares import AckPolicy
from faststream.nats import NatsBroker
from faststream.security import SASLPlaintext
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import NotFoundError

from est_chassis.logs import get_logger, reason_of
from est_chassis.publishing import LARGEST_MESSAGE
from est_chassis.settings import ServiceSettings
from est_contracts.messages import Message, stream_of, subjects_of
from est_contracts.messages.message import POSITION_HEADER

RETRY_SECONDS = 1.0

log = get_logger(__name__)


def inbox_of(service: str) -> str:
    """Where a service's answers come in: a place of its own, so that nobody else may listen there."""
    return f"_INBOX_{service}"


def _security(settings: ServiceSettings) -> SASLPlaintext | None:
    if settings.nats_user is None or settings.nats_password is None:
        return None
    return SASLPlaintext(username=settings.nats_user, password=settings.nats_password.get_secret_value())


class Broker:
    """One connection per service. NATS may be away: nothing here ever stops the write path."""

    def __init__(self, settings: ServiceSettings) -> None:
        self._settings = settings
        self.connected = asyncio.Event()
        self.faststream = NatsBroker(
            settings.nats_url,
            name=settings.service,
            security=_security(settings),
            # A handler that raises must never make the message disappear: every handler answers for itself.
            ack_policy=AckPolicy.MANUAL,
            apply_types=False,
            max_reconnect_attempts=-1,
            reconnect_time_wait=RETRY_SECONDS,  # type: ignore[arg-type]
            connect_timeout=3,
            drain_timeout=3,
            graceful_timeout=3,
            inbox_prefix=inbox_of(settings.service),
            error_cb=self._on_error,
            disconnected_cb=self._on_disconnected,
            reconnected_cb=self._on_reconnected,
            logger=logging.getLogger("est.nats"),
            log_level=logging.DEBUG,
        )

    def tells(self, kinds: Sequence[type[Message]]) -> None:
        """Say in the AsyncAPI document what this service tells; the relay publishes it in atomic batches."""
        for kind in kinds:
            self.faststream.publisher(
                f"est.{{municipality}}.{kind.SERVICE}.{kind.FACT}.v{kind.VERSION}",
                schema=kind,
                title=f"{kind.SERVICE} tells {kind.__name__}",
                description=kind.__doc__,
            )

    @property
    def client(self) -> Client:
        return self.faststream.connection

    @property
    def jetstream(self) -> JetStreamContext:
        return self.client.jetstream(timeout=3)

    @property
    def is_connected(self) -> bool:
        return self.connected.is_set() and self.client.is_connected

    async def connect(self, *, before_start: Callable[[], Awaitable[None]]) -> None:
        """Try until it succeeds; the caller runs this in the background.

        `before_start` declares what the broker's own subscribers need.
        """
        while not self.connected.is_set():
            try:
                await self.faststream.connect()
                await ensure_stream(self.jetstream, self._settings.service, replicas=self._settings.replicas)
                await before_start()
                await self.faststream.start()
                self.connected.set()
            except (NatsError, OSError, TimeoutError) as failure:
                log.warning("nats_is_away", error=type(failure).__name__, delay_seconds=RETRY_SECONDS)
                await asyncio.sleep(RETRY_SECONDS)

    async def stop(self) -> None:
        self.connected.clear()
        await self.faststream.stop()

    async def _on_error(self, failure: Exception) -> None:
        # A permission that is missing shows itself only here: the caller sees a time-out.
        is_theirs = isinstance(failure, NatsError | OSError)
        told = f"{type(failure).__name__}: {failure}"[:200] if is_theirs else reason_of(failure)
        log.error("nats_error", error=told)

    async def _on_disconnected(self) -> None:
        log.warning("nats_disconnected")

    async def _on_reconnected(self) -> None:
        log.info("nats_reconnected")


def stream_config(service: str, *, replicas: int = 1) -> StreamConfig:
    """What a service tells is kept for ever, and nothing in it can be deleted."""
    return StreamConfig(
        name=stream_of(service),
        subjects=[subjects_of(service)],
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE,
        discard=DiscardPolicy.NEW,
        num_replicas=replicas,
        max_msg_size=LARGEST_MESSAGE,
        deny_delete=True,
        allow_atomic=True,
        allow_direct=True,
        duplicate_window=120,
    )


async def ensure_stream(jetstream: JetStreamContext, service: str, *, replicas: int = 1) -> None:
    """Create the service's stream, or bring its settings up to date."""
    await declare(jetstream, stream_config(service, replicas=replicas))


async def declare(jetstream: JetStreamContext, config: StreamConfig) -> None:
    try:
        await jetstream.stream_info(str(config.name))
    except NotFoundError:
        await jetstream.add_stream(config)
    else:
        await jetstream.update_stream(config)


async def last_message(client: Client, stream: str) -> tuple[int, dict[str, str]]:
    """The last sequence of a stream, and the headers of the last message in it that tells of a position.

    What somebody else has put there is passed over, and so is what can not be read any more.
    """
    jetstream = client.jetstream(timeout=3)
    state = (await jetstream.stream_info(stream)).state
    for sequence in range(state.last_seq, max(state.first_seq, 1) - 1, -1):
        headers = await headers_at(jetstream, stream, sequence)
        if POSITION_HEADER in headers:
            return state.last_seq, headers
    return state.last_seq, {}


async def headers_at(jetstream: JetStreamContext, stream: str, sequence: int) -> dict[str, str]:
    """A message's headers; none when there is no such message, or no longer."""
    try:
        message = await jetstream.get_msg(stream, seq=sequence, direct=True)
    except NotFoundError:
        return {}
    return dict(message.headers or {})


async def ask_api(client: Client, subject: str, body: dict[str, Any]) -> dict[str, Any]:
    """Ask JetStream itself; its errors come back as a dict under "error"."""
    answer = await client.request(f"$JS.API.{subject}", json.dumps(body).encode(), timeout=3)
    return dict(json.loads(answer.data))
