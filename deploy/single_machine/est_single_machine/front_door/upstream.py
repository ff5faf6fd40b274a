"""A small HTTP/1.1 client towards our own services: connections kept open, bodies streamed both ways.

Written by hand because an event stream must pass chunk by chunk, and because a general client takes
several times as long for each request as the service behind it.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import SupportsIndex

import httptools

from est_single_machine.front_door.request import Headers, Request, RequestIsUnfit

# Where nobody listens that is said at once; a machine that stood still for a moment is not "away".
CONNECT_TIMEOUT_SECONDS = 10.0
HEAD_TIMEOUT_SECONDS = 60.0
# Far below the half minute after which the services close an idle connection themselves.
IDLE_SECONDS = 3.0
READ_BYTES = 64 * 1024


class ServiceIsAway(Exception):
    """Nobody listens at the service's address."""


class ServiceBrokeOff(Exception):
    """The connection ended, or was silent for too long, in the middle of an exchange."""


class Arrivals(asyncio.StreamReader):
    """What comes from a service, and how much of it nobody has read yet."""

    unread = 0

    def feed_data(self, data: Iterable[SupportsIndex]) -> None:
        arrived = bytes(data)
        self.unread += len(arrived)
        super().feed_data(arrived)

    async def read(self, n: int = -1) -> bytes:
        received = await super().read(n)
        self.unread -= len(received)
        return received


class Response:
    """The answer of a service: its head at once, its body as it comes."""

    def __init__(self, reader: Arrivals, *, head_only: bool) -> None:
        self.status = 0
        self.headers: Headers = []
        self._reader = reader
        self._head_only = head_only
        self._has_head = False
        self._is_complete = False
        self._has_more = False
        self._stays_open = False
        self._chunks: deque[bytes] = deque()
        self._parser = httptools.HttpResponseParser(self)

    @property
    def can_be_followed(self) -> bool:
        """Whether another request may be sent on the same connection."""
        is_over = self._is_complete and not self._has_more and not self._reader.unread
        return is_over and self._stays_open and not self._head_only

    async def read_head(self) -> None:
        while not self._has_head:
            await self._read()

    async def chunks(self) -> AsyncIterator[bytes]:
        while not self._head_only:
            while self._chunks:
                yield self._chunks.popleft()
            if self._is_complete:
                return
            await self._read()

    async def _read(self) -> None:
        try:
            received = await self._reader.read(READ_BYTES)
        except OSError as error:
            raise ServiceBrokeOff from error
        if not received:
            self._end_of_stream()
            return
        try:
            self._parser.feed_data(received)
        except httptools.HttpParserError as error:
            if not self._is_complete:
                raise ServiceBrokeOff from error
            self._has_more = True

    def _end_of_stream(self) -> None:
        names = {name for name, _ in self.headers}
        if not self._has_head or names & {b"content-length", b"transfer-encoding"}:
            raise ServiceBrokeOff
        # An answer without a length ends with its connection.
        self._is_complete = True

    # The parser calls these.  Whatever comes after the answer is nobody's.

    def on_message_begin(self) -> None:
        self._has_more = self._is_complete

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._has_head:
            self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        if self._has_more:
            return
        status = self._parser.get_status_code()
        if status < 200:
            self.headers.clear()
            return
        self.status = status
        self._has_head = True

    def on_body(self, chunk: bytes) -> None:
        if not self._has_more:
            self._chunks.append(chunk)

    def on_message_complete(self) -> None:
        self._is_complete = self._has_head
        # The parser knows it in this moment, and no longer when it has returned.
        self._stays_open = bool(self._parser.should_keep_alive())


Connection = tuple[Arrivals, asyncio.StreamWriter]


class Upstream:
    """One service's address, and the open connections to it."""

    def __init__(self, port: Callable[[], int | None], *, host: str = "127.0.0.1") -> None:
        self._port = port
        self._host = host
        self._idle: deque[tuple[float, int, Connection]] = deque()

    @asynccontextmanager
    async def exchange(self, request: Request, body: AsyncIterator[bytes]) -> AsyncIterator[Response]:
        """Send the request while its body arrives; give back the answer as soon as its head is there."""
        port = self._port()
        if port is None:
            raise ServiceIsAway
        head = request.head()
        connection = self._kept(port) or await self._connect(port)
        reader, writer = connection
        response = Response(reader, head_only=request.method == "HEAD")
        writer.write(head)
        # Most requests have no body: then there is nothing to send while the answer is waited for.
        sending = asyncio.ensure_future(_send(writer, request, body)) if request.has_body else None
        can_be_followed = False
        try:
            await _await_head(response, sending)
            yield response
            can_be_followed = response.can_be_followed and (sending is None or _has_succeeded(sending))
        finally:
            if sending is not None:
                sending.cancel()
                await asyncio.wait({sending})
            if can_be_followed:
                self._idle.append((time.monotonic(), port, connection))
            else:
                writer.close()

    def close(self) -> None:
        for _, _, (_, writer) in self._idle:
            writer.close()
        self._idle.clear()

    def _kept(self, port: int) -> Connection | None:
        """An open connection that the service has surely not closed in the meantime, the youngest first."""
        while self._idle:
            since, its_port, (reader, writer) = self._idle.pop()
            is_young = time.monotonic() - since < IDLE_SECONDS
            is_silent = not reader.unread and not reader.at_eof() and not writer.is_closing()
            if is_young and its_port == port and is_silent:
                return reader, writer
            writer.close()
        return None

    async def _connect(self, port: int) -> Connection:
        try:
            return await asyncio.wait_for(_opened(self._host, port), CONNECT_TIMEOUT_SECONDS)
        except (OSError, TimeoutError) as error:
            raise ServiceIsAway from error


async def _opened(host: str, port: int) -> Connection:
    loop = asyncio.get_running_loop()
    reader = Arrivals(loop=loop)
    protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
    transport, _ = await loop.create_connection(lambda: protocol, host, port)
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


async def _await_head(response: Response, sending: "asyncio.Future[None] | None") -> None:
    """Wait for the head of the answer.  A service may answer before it has heard everything (413)."""
    try:
        async with asyncio.timeout(HEAD_TIMEOUT_SECONDS):
            if sending is None:
                await response.read_head()
            else:
                await _await_head_while_sending(response, sending)
    except TimeoutError as error:
        raise ServiceBrokeOff from error


async def _await_head_while_sending(response: Response, sending: "asyncio.Future[None]") -> None:
    heading = asyncio.ensure_future(response.read_head())
    try:
        await asyncio.wait({heading, sending}, return_when=asyncio.FIRST_COMPLETED)
        if sending.done() and not isinstance(sending.exception(), OSError):
            sending.result()
        await heading
    finally:
        heading.cancel()


def _has_succeeded(sending: "asyncio.Future[None]") -> bool:
    return sending.done() and not sending.cancelled() and sending.exception() is None


async def _send(writer: asyncio.StreamWriter, request: Request, body: AsyncIterator[bytes]) -> None:
    left = request.announced_bytes
    async for chunk in body:
        if left is not None:
            left -= len(chunk)
            if left < 0:
                raise RequestIsUnfit
        writer.write(b"%x\r\n%b\r\n" % (len(chunk), chunk) if left is None else chunk)
        await writer.drain()
    if left:
        raise RequestIsUnfit
    if left is None:
        writer.write(b"0\r\n\r\n")
    await writer.drain()
