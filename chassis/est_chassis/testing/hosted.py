"""A service that runs inside a test: it hears messages, tells others, and answers at its doors."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import groupby
from typing import Any

import httpx
import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError

from est_chassis.broker import ensure_stream, last_message
from est_chassis.publishing import Told, publish
from est_chassis.relay import LARGEST_BATCH
from est_chassis.service import Service
from est_chassis.stream_reader import StreamReader
from est_chassis.web.app import create_app
from est_contracts.messages import Message, Recorded, message_class, stream_of
from est_contracts.messages.message import POSITION_HEADER

PATIENCE_SECONDS = 30.0
LOOK_SECONDS = 0.01


class HostedService:
    """What a test says to a service, and what it hears from it."""

    def __init__(self, service: Service[Any], client: Client, http: httpx.AsyncClient) -> None:
        self.service = service
        self.http = http
        self._client = client

    async def nats_is_back(self) -> None:
        """Wait until a server that was started again answers questions about streams."""
        for _look in range(int(PATIENCE_SECONDS / LOOK_SECONDS)):
            try:
                await self._client.jetstream(timeout=0.2).account_info()
            except (NatsError, TimeoutError):
                await asyncio.sleep(LOOK_SECONDS)
            else:
                return
        raise AssertionError("NATS did not come back")

    async def hears(self, *messages: Message) -> None:
        """Tell the messages on their own streams, in order, and wait until they are taken in."""
        for service, told in groupby(messages, key=lambda message: message.SERVICE):
            await self._tell_in_the_name_of(service, list(told))
        last = {message.SERVICE: message.recorded.position for message in messages}
        await self.until(lambda: all(self._has_taken_in(upstream, at) for upstream, at in last.items()))
        await self.settled()

    async def _tell_in_the_name_of(self, service: str, messages: list[Message]) -> None:
        await ensure_stream(self._client.jetstream(), service)
        sequence, headers = await last_message(self._client, stream_of(service))
        previous = int(headers.get(POSITION_HEADER, 0))
        for begin in range(0, len(messages), LARGEST_BATCH):
            told = [Told(each.recorded.position, each) for each in messages[begin : begin + LARGEST_BATCH]]
            sequence = await publish(self._client, told, previous=previous, last_sequence=sequence)
            previous = told[-1].position

    async def settled(self) -> None:
        """Wait until everything recorded is told and taken in by the service's own read models."""
        last = await asyncio.to_thread(self.service.store.last_position)
        await self.until(lambda: self._has_taken_in(self.service.name, last))

    async def tells(self) -> list[Message]:
        """Everything that the service has told so far, once what is recorded has been told."""
        await self.settled()
        last = await asyncio.to_thread(self.service.store.last_position)
        await self.until(lambda: self.service.relay.has_read(last))
        stream = stream_of(self.service.name)
        total, _ = await last_message(self._client, stream)
        if not total:
            return []
        told: list[Message] = []
        async for batch in StreamReader(self._client, stream=stream, consumer="test").batches(after=0):
            for one in batch:
                kind = message_class(one.subject)
                assert kind is not None, one.subject
                told.append(kind.model_validate_json(one.body))
            if len(told) >= total:
                break
        return told

    async def until(self, holds: Callable[[], bool]) -> None:
        """Look again and again until it holds, for a bounded time."""
        for _look in range(int(PATIENCE_SECONDS / LOOK_SECONDS)):
            if await asyncio.to_thread(holds):
                return
            await asyncio.sleep(LOOK_SECONDS)
        raise AssertionError("it did not come to hold in time")

    def _has_taken_in(self, upstream: str, position: int) -> bool:
        return self.service.fact_intake.place(upstream).position >= position


@asynccontextmanager
async def host(service: Service[Any]) -> AsyncIterator[HostedService]:
    """Start a service, wait until it is ready, and stop it at the end."""
    client = await nats.connect(
        service.settings.nats_url, max_reconnect_attempts=-1, reconnect_time_wait=LOOK_SECONDS
    )
    for upstream in service.subscriptions.upstreams:
        await ensure_stream(client.jetstream(), upstream)
    transport = httpx.ASGITransport(app=create_app(service))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        await service.start()
        hosted = HostedService(service, client, http)
        try:
            for _look in range(int(PATIENCE_SECONDS / LOOK_SECONDS)):
                if all(part is True for part in service.ready().values()):
                    break
                await asyncio.sleep(LOOK_SECONDS)
            yield hosted
        finally:
            await service.stop()
            await client.close()


def recorded(position: int, *, at: datetime, message_id: str | None = None) -> Recorded:
    """Where a message of a test stands in its teller's log."""
    return Recorded(message_id=message_id or f"test:{position}", position=position, recorded_at=at)
