"""Servers on free ports, and requests written byte by byte, for the tests of the front door."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from est_single_machine.front_door.door import FrontDoor
from est_single_machine.front_door.routes import Routes
from est_single_machine.front_door.upstream import Upstream
from est_single_machine.front_door.who_asked import NOBODY, TrustedProxies


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[int]:
    """The app on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        configuration = uvicorn.Config(
            app, log_level="critical", lifespan="off", proxy_headers=False, timeout_keep_alive=30
        )
        server = uvicorn.Server(configuration)
        running = asyncio.ensure_future(server.serve(sockets=[listening]))
        yield listening.getsockname()[1]
        server.should_exit = server.force_exit = True
        await running


class Heard:
    """A service that remembers what it was asked for, byte by byte, and answers with it."""

    def __init__(self) -> None:
        self.targets: list[bytes] = []

    async def __call__(self, scope: dict[str, Any], _receive: Any, send: Any) -> None:
        query = scope["query_string"]
        target = scope["raw_path"] + (b"?" + query if query else b"")
        self.targets.append(target)
        headers = [(b"content-length", str(len(target)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": target})


@asynccontextmanager
async def door_to(service: Any, *, proxies: TrustedProxies = NOBODY) -> AsyncIterator[int]:
    """The door before one service that owns the start page and ``/reports``."""
    async with serving(service) as port:
        upstream = Upstream(lambda: port)
        door = FrontDoor(
            Routes({"intake": ["/", "/reports"]}), {"intake": upstream}, health=well, proxies=proxies
        )
        async with serving(door) as front:
            yield front
        upstream.close()


async def well() -> tuple[bool, dict[str, Any]]:
    return True, {}


def asking_for(target: bytes) -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"


async def raw_answer(port: int, request: bytes) -> tuple[int, bytes]:
    """Status and body of the answer to exactly these bytes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:"))
    body = await reader.readexactly(length)
    writer.close()
    return int(head[9:12]), body
