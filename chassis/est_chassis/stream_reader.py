"""Reading a stream from a place of one's own choice, in order, as it comes.

The place is kept by the reader, in PostgreSQL beside the effects; the broker keeps no cursor for us.
A consumer lives only as long as it is read from and needs no acknowledgements.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import NamedTuple
from uuid import uuid4

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from est_chassis.broker import last_message
from est_chassis.publishing import PREVIOUS_HEADER
from est_chassis.waiting import wait_at_most
from est_contracts.messages.message import POSITION_HEADER

CREDIT = 1000
WAIT_SECONDS = 5.0
LOOK_SECONDS = 0.5
FORGOTTEN_AFTER_SECONDS = 60.0


class ReaderLost(Exception):
    """The consumer is gone (the server restarted, perhaps); begin again from where you are."""


class Received(NamedTuple):
    """A message as it came, with its place in the stream and in the teller's log."""

    subject: str
    sequence: int
    position: int
    previous: int
    body: bytes


class StreamReader:
    """Reads one stream after a given sequence."""

    def __init__(self, client: Client, *, stream: str, consumer: str) -> None:
        self._client = client
        self._stream = stream
        self._consumer = f"{consumer}-{uuid4().hex[:8]}"
        self._arrived: list[Received] = []
        self._news = asyncio.Event()
        self._credit = 0
        self._lost = False
        self._reconnects = client.stats["reconnects"]

    async def batches(self, *, after: int) -> AsyncIterator[list[Received]]:
        """Whatever has arrived since the last batch, for ever; an empty batch is a sign of life."""
        inbox = self._client.new_inbox()
        subscription = await self._client.subscribe(
            inbox, cb=self._take, pending_msgs_limit=-1, pending_bytes_limit=-1
        )
        try:
            await self._create_consumer(after)
            while True:
                if self._credit < CREDIT // 2:
                    await self._ask_for_more(inbox)
                await self._wait()
                arrived, self._arrived = self._arrived, []
                self._news.clear()
                yield arrived
                if self._lost:
                    raise ReaderLost(self._stream)
        finally:
            await self._forget(subscription)

    async def last_sequence(self) -> int:
        sequence, _ = await last_message(self._client, self._stream)
        return sequence

    async def _create_consumer(self, after: int) -> None:
        config = ConsumerConfig(
            name=self._consumer,
            ack_policy=AckPolicy.NONE,
            deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
            opt_start_seq=after + 1,
            mem_storage=True,
            num_replicas=1,
            inactive_threshold=FORGOTTEN_AFTER_SECONDS,
        )
        await self._client.jetstream(timeout=3).add_consumer(self._stream, config)

    async def _ask_for_more(self, inbox: str) -> None:
        wanted = CREDIT - self._credit
        request = {"batch": wanted, "expires": int(WAIT_SECONDS * 1e9)}
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{self._stream}.{self._consumer}"
        self._credit += wanted
        await self._client.publish(subject, json.dumps(request).encode(), reply=inbox)

    async def _wait(self) -> None:
        for _look in range(int(2 * WAIT_SECONDS / LOOK_SECONDS)):
            if await wait_at_most(self._news, LOOK_SECONDS):
                return
            if self._client.stats["reconnects"] != self._reconnects:
                break
        # The server has been away, or not even the end of our own request was told.
        self._lost = True

    async def _take(self, message: Msg) -> None:
        headers = message.headers or {}
        status = headers.get("Status")
        if status is None:
            self._credit -= 1
            self._arrived.append(received(message))
        elif status == "408":
            self._credit = max(0, self._credit - int(headers.get("Nats-Pending-Messages", 0)))
        else:
            self._lost = True
        self._news.set()

    async def _forget(self, subscription: Subscription) -> None:
        if self._client.is_closed or self._client.is_draining:
            return
        await subscription.unsubscribe()
        if self._client.is_connected:
            # Nobody waits for the answer: a consumer that is not read from is forgotten by itself.
            await self._client.publish(f"$JS.API.CONSUMER.DELETE.{self._stream}.{self._consumer}")


def received(message: Msg) -> Received:
    headers = message.headers or {}
    # $JS.ACK.<stream>.<consumer>.<delivered>.<stream sequence>.<consumer sequence>.<time>.<pending>
    sequence = int(message.reply.split(".")[5])
    return Received(
        subject=message.subject,
        sequence=sequence,
        position=int(headers.get(POSITION_HEADER, 0)),
        previous=int(headers.get(PREVIOUS_HEADER, 0)),
        body=message.data,
    )
