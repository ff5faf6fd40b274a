"""A load generator that can share two cores with what it measures: raw HTTP/1.1 over kept connections."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import cast


@dataclass
class Tally:
    """What a run saw: when each answer came and which status it had. Times in seconds."""

    answered: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    took: float = 0.0

    @property
    def per_second(self) -> float:
        return self.answered / self.took if self.took else 0.0

    def percentile(self, share: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Client(asyncio.Protocol):
    """One connection that sends its next request as soon as the last one is answered."""

    def __init__(self, requests: Iterator[bytes], tally: Tally, done: asyncio.Future[None]) -> None:
        self._requests = requests
        self._tally = tally
        self._done = done
        self._received = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclass of asyncio's.
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head_ends = self._received.find(b"\r\n\r\n")
        if head_ends < 0:
            return
        head = self._received[:head_ends].lower()
        at = head.find(b"content-length: ")
        length = int(head[at + 16 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._received) < head_ends + 4 + length:
            return
        status = int(head[9:12])
        self._tally.statuses[status] = self._tally.statuses.get(status, 0) + 1
        self._tally.answered += 1
        self._tally.seconds.append(perf_counter() - self._sent_at)
        self._received = b""
        self._send()

    def connection_lost(self, _error: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(None)

    def _send(self) -> None:
        request = next(self._requests, None)
        assert self._transport is not None
        if request is None:
            self._transport.close()
            return
        self._sent_at = perf_counter()
        self._transport.write(request)


async def run(port: int, *, clients: int, requests: Callable[[], Iterator[bytes]]) -> Tally:
    """Send everything that `requests` gives, over `clients` connections; each takes its next one itself."""
    loop = asyncio.get_running_loop()
    tally = Tally()
    shared = requests()
    ends: list[asyncio.Future[None]] = [loop.create_future() for _ in range(clients)]
    began = perf_counter()
    for end in ends:
        await loop.create_connection(partial(Client, shared, tally, end), "127.0.0.1", port)
    await asyncio.gather(*ends)
    tally.took = perf_counter() - began
    return tally


def post(path: str, body: bytes, *, token: str = "") -> bytes:
    """A POST as it travels."""
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{authorization}"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body
