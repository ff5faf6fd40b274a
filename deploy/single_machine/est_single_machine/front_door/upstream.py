"""A small HTTP/1.1 client towards our own services: connections kept open, bodies streamed both ways.

Written by hand because an event stream must pass chunk by chunk, and because a general client takes
several times as long for each request as the service behind it.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httptools

CONNECT_TIMEOUT_SECONDS = 2.0
HEAD_TIMEOUT_SECONDS = 60.0
# Below the five seconds after which the services close an idle connection themselves.
IDLE_SECONDS = 3.0
READ_BYTES = 64 * 1024

Headers = list[tuple[bytes, bytes]]


class ServiceIsAway(Exception):
    """Nobody listens at the service's address."""


class ServiceBrokeOff(Exception):
    """The connection ended, or was silent for too long, in the middle of an exchange."""


@dataclass(frozen=True)
class Request:
    """What is asked of a service; ``has_body`` says whether anything follows the head."""

    method: str
    target: bytes
    headers: Headers
    has_body: bool


class Response:
    """The answer of a service: its head at once, its body as it comes."""

    def __init__(self, reader: asyncio.StreamReader, *, head_only: bool) -> None:
        self.status = 0
        self.headers: Headers = []
        self._reader = reader
        self._head_only = head_only
        self._has_head = False
        self._is_complete = False
        self._chunks: deque[bytes] = deque()
        self._parser = httptools.HttpResponseParser(self)

    @property
    def can_be_followed(self) -> bool:
        """Whether another request may be sent on the same connection."""
        return self._is_complete and not self._head_only and bool(self._parser.should_keep_alive())

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
            raise ServiceBrokeOff from error

    def _end_of_stream(self) -> None:
        names = {name for name, _ in self.headers}
        if not self._has_head or names & {b"content-length", b"transfer-encoding"}:
            raise ServiceBrokeOff
        # An answer without a length ends with its connection.
        self._is_complete = True

    # The parser calls these.

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._has_head:
            self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:
            self.headers.clear()
            return
        self.status = status
        self._has_head = True

    def on_body(self, chunk: bytes) -> None:
        self._chunks.append(chunk)

    def on_message_complete(self) -> None:
        self._is_complete = self._has_head


Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


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
        connection = self._kept(port) or await self._connect(port)
        reader, writer = connection
        response = Response(reader, head_only=request.method == "HEAD")
        writer.write(_head_of(request))
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
            if is_young and its_port == port and not reader.at_eof() and not writer.is_closing():
                return reader, writer
            writer.close()
        return None

    async def _connect(self, port: int) -> Connection:
        try:
            opening = asyncio.open_connection(self._host, port)
            return await asyncio.wait_for(opening, CONNECT_TIMEOUT_SECONDS)
        except (OSError, TimeoutError) as error:
            raise ServiceIsAway from error


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


def _is_chunked(request: Request) -> bool:
    return request.has_body and all(name != b"content-length" for name, _ in request.headers)


def _head_of(request: Request) -> bytes:
    headers = list(request.headers)
    if _is_chunked(request):
        headers.append((b"transfer-encoding", b"chunked"))
    lines = [b"%b %b HTTP/1.1\r\n" % (request.method.encode("ascii"), request.target)]
    lines += [b"%b: %b\r\n" % header for header in headers]
    return b"".join([*lines, b"\r\n"])


async def _send(writer: asyncio.StreamWriter, request: Request, body: AsyncIterator[bytes]) -> None:
    is_chunked = _is_chunked(request)
    async for chunk in body:
        writer.write(b"%x\r\n%b\r\n" % (len(chunk), chunk) if is_chunked else chunk)
        await writer.drain()
    if is_chunked:
        writer.write(b"0\r\n\r\n")
    await writer.drain()
