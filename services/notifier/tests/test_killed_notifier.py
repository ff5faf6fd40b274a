"""The notifier is killed while people listen: they come back, and nothing is missed or heard twice."""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import suppress

import httpx
import nats
from duty_room import SECRET, TIB, Places, Tell, incident, set_up
from nats.aio.client import Client

from est_chassis.broker import ensure_stream
from est_chassis.embedded.ports import free_port
from est_chassis.publishing import Told, publish
from est_chassis.testing import FreshDatabase
from est_notifier.domain.live import Bookmark

REPORTS = 240
KILLED_AFTER = (80, 160)
RETRY_SECONDS = 0.05
LISTENERS = 3
BATCH = 4


class Process:
    """The notifier as it runs in production: a process of its own."""

    def __init__(self, database: FreshDatabase, nats_url: str) -> None:
        self.port = free_port()
        self._environment = os.environ | {
            "EST_DATABASE_URL": database.prepare("notifier"),
            "EST_NATS_URL": nats_url,
            "EST_HTTP_PORT": str(self.port),
            "EST_SESSION_SECRET": SECRET,
            "EST_DEMO": "true",
            "EST_LOG_LEVEL": "error",
        }
        self._process = self._start()

    def kill_and_start(self) -> None:
        """kill -9, and then again from the beginning."""
        self.kill()
        self._process = self._start()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen([sys.executable, "-m", "est_notifier"], env=self._environment)


class Listener:
    """Listens, loses contact, and comes back to where it was, until everything is heard."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}/v1/municipalities/9901/live"
        self._bookmark = str(Bookmark())
        self.heard: list[int] = []
        self._news = asyncio.Event()

    async def has_heard(self, count: int) -> None:
        while len(self.heard) < count:
            self._news.clear()
            await self._news.wait()

    async def listen(self) -> None:
        async with httpx.AsyncClient() as http:
            while len(self.heard) < REPORTS:
                with suppress(httpx.HTTPError):
                    await self._keep_contact(http)
                await asyncio.sleep(RETRY_SECONDS)

    async def _keep_contact(self, http: httpx.AsyncClient) -> None:
        headers = TIB | {"Last-Event-ID": self._bookmark}
        async with http.stream("GET", self._url, headers=headers) as answer:
            async for line in answer.aiter_lines():
                if line.startswith("id: "):
                    self._bookmark = line.removeprefix("id: ")
                elif line.startswith('data: {"'):
                    self.heard.append(json.loads(line.removeprefix("data: "))["position"])
                    self._news.set()
                if len(self.heard) == REPORTS:
                    return


async def test_a_killed_notifier_tells_everybody_everything_once(
    database: FreshDatabase, nats_url: str
) -> None:
    process = Process(database, nats_url)
    listeners = [Listener(process.port) for _listener in range(LISTENERS)]
    listening = [asyncio.create_task(each.listen()) for each in listeners]
    try:
        async with asyncio.timeout(60):
            await _tell_and_kill(process, nats_url, somebody=listeners[0])
            await asyncio.gather(*listening)
    finally:
        for task in listening:
            task.cancel()
        await asyncio.to_thread(process.kill)

    assert [each.heard for each in listeners] == [list(range(2, REPORTS + 2))] * LISTENERS


async def _tell_and_kill(process: Process, nats_url: str, *, somebody: Listener) -> None:
    places, client = Places(), await nats.connect(nats_url)
    for upstream in ("intake", "compiler", "analysis"):
        await ensure_stream(client.jetstream(), upstream)
    await _tell(client, places, set_up())
    for number in range(0, REPORTS, BATCH):
        await _tell(client, places, *(incident(number + each) for each in range(BATCH)))
        if number in KILLED_AFTER:
            # To kill it before it has told anything would prove nothing.
            await somebody.has_heard(number // 2)
            await asyncio.to_thread(process.kill_and_start)
    await client.close()


async def _tell(client: Client, places: Places, *told: Tell) -> None:
    messages = [tell(places) for tell in told]
    first = messages[0].recorded.position
    batch = [Told(message.recorded.position, message) for message in messages]
    await publish(client, batch, previous=first - 1, last_sequence=first - 1)
