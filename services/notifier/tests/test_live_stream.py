"""The live stream, listened to over real HTTP: nothing is missed, nothing is repeated."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from duty_room import (
    COORDINATOR,
    NEIGHBOUR,
    REPORTER,
    TIB,
    DutyRoom,
    duty_room,
    flagged_problem,
    grave_incident,
    incident,
    published_picture,
    withdrawal,
)

from est_chassis.embedded.ports import free_port
from est_chassis.testing import FreshDatabase
from est_chassis.web.app import create_app
from est_notifier.domain.live import Bookmark

LIVE = "/v1/municipalities/9901/live"
BEGINNING = "intake:0;compiler:0;analysis:0;notifier:0"


class Listener:
    """A program that listens, loses contact, and goes on from where it was."""

    def __init__(self, http: httpx.AsyncClient, headers: dict[str, str]) -> None:
        self._http = http
        self._headers = headers
        self.bookmark = BEGINNING
        self.heard: list[tuple[str, int, str]] = []
        self.heartbeats = 0

    async def listen(self, *, until: int) -> None:
        """Listen until so many lines have been heard in all, then hang up."""
        headers = self._headers | {"Last-Event-ID": self.bookmark}
        async with asyncio.timeout(20), self._http.stream("GET", LIVE, headers=headers) as answer:
            assert answer.status_code == 200
            async for event in events_of(answer):
                self._take(event)
                if len(self.heard) >= until:
                    return

    def _take(self, event: dict[str, str]) -> None:
        self.bookmark = event.get("id", self.bookmark)
        if event.get("event") == "heartbeat":
            self.heartbeats += 1
        elif "data" in event:
            told = json.loads(event["data"])
            self.heard.append((told["upstream"], told["position"], told["fact"]))


async def events_of(answer: httpx.Response) -> AsyncIterator[dict[str, str]]:
    """Server-sent events, taken apart."""
    event: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if line:
            name, _, text = line.partition(": ")
            event[name] = text
        else:
            yield event
            event = {}


@asynccontextmanager
async def listened_to(room: DutyRoom) -> AsyncIterator[httpx.AsyncClient]:
    """The notifier's doors on a real port: a stream that never ends cannot be had in any other way."""
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(create_app(room.service), port=port, lifespan="off", log_config=None)
    )
    serving = asyncio.create_task(server.serve())
    await room.hosted.until(lambda: server.started)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as http:
            yield http
    finally:
        room.service.live.close()
        server.should_exit = True
        await serving


async def test_what_happens_reaches_those_who_listen(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url) as room, listened_to(room) as http:
        listener = Listener(http, TIB)
        listening = asyncio.create_task(listener.listen(until=6))
        await room.hears(incident(1))
        await room.hears(flagged_problem(weeks_ago=30), published_picture())
        await room.hears(withdrawal(1), grave_incident(2))
        await listening

    facts = [fact for _, _, fact in listener.heard]
    assert sorted(facts) == [
        "alert_raised",
        "incident_report_withdrawn",
        "incident_reported",
        "incident_reported",
        "picture_published",
        "problem_flagged",
    ]


async def test_whoever_loses_contact_again_and_again_misses_nothing_and_hears_nothing_twice(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room, listened_to(room) as http:
        listener, steady = Listener(http, TIB), Listener(http, COORDINATOR)
        listening = asyncio.create_task(steady.listen(until=60))
        for number in range(0, 40, 4):
            await room.hears(*(incident(number + each) for each in range(4)))
            await listener.listen(until=len(listener.heard) + 1)
            await room.hears(published_picture(version=number + 1), flagged_problem(weeks_ago=9))
        await asyncio.gather(listening, listener.listen(until=60))

    assert len(set(listener.heard)) == len(listener.heard) == 60
    assert sorted(listener.heard) == sorted(steady.heard)
    for upstream in ("intake", "compiler", "analysis"):
        positions = [position for from_, position, _ in listener.heard if from_ == upstream]
        assert positions == sorted(positions)


async def test_a_bookmark_holds_when_the_live_list_has_been_dropped_and_replayed(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room, listened_to(room) as http:
        await room.hears(*(incident(number) for number in range(10)))
        listener, whole = Listener(http, TIB), Listener(http, TIB)
        await listener.listen(until=4)

        async for _progress in room.service.rebuild(["live_entries_v4"]):
            continue
        await room.hears(*(incident(number) for number in range(10, 15)))
        await asyncio.gather(listener.listen(until=15), whole.listen(until=15))

    assert listener.heard == whole.heard
    assert [position for _, position, _ in whole.heard] == list(range(2, 17))


async def test_a_silent_stream_says_that_it_lives(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url, heartbeat_seconds=0.05) as room, listened_to(room) as http:
        listener = Listener(http, TIB)
        listening = asyncio.create_task(listener.listen(until=1))
        await room.hosted.until(lambda: listener.heartbeats >= 5)
        await room.hears(incident(1))
        await listening

    assert Bookmark.parse(listener.bookmark).of("intake") == 2


async def test_the_stream_is_neither_kept_nor_held_back_on_its_way(
    database: FreshDatabase, nats_url: str
) -> None:
    async with (
        duty_room(database, nats_url) as room,
        listened_to(room) as http,
        http.stream("GET", LIVE, headers=TIB) as answer,
    ):
        headers = answer.headers

    assert headers["content-type"].startswith("text/event-stream")
    assert headers["cache-control"] == "no-store"
    assert headers["x-accel-buffering"] == "no"


async def test_a_service_that_drains_lets_its_listeners_go(database: FreshDatabase, nats_url: str) -> None:
    async with (
        duty_room(database, nats_url) as room,
        listened_to(room) as http,
        asyncio.timeout(20),
        http.stream("GET", LIVE, headers=TIB) as answer,
    ):
        room.service.draining.set()
        heard = [event async for event in events_of(answer)]

    assert heard[0] == {"retry": "1000"}


@pytest.mark.parametrize(("headers", "status"), [({}, 401), (REPORTER, 403), (NEIGHBOUR, 404)])
async def test_only_those_on_duty_in_the_municipality_may_listen(
    database: FreshDatabase, nats_url: str, headers: dict[str, str], status: int
) -> None:
    async with duty_room(database, nats_url) as room:
        answer = await room.hosted.http.get(LIVE, headers=headers)

    assert answer.status_code == status


async def test_what_is_not_a_bookmark_is_named(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url) as room:
        answers = [
            await room.hosted.http.get(LIVE, headers=TIB | {"Last-Event-ID": "12"}),
            await room.hosted.http.get(LIVE, headers=TIB, params={"after": "weather:1"}),
        ]

    problems: list[Any] = [answer.json() for answer in answers]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert [problem["errors"][0]["field"] for problem in problems] == ["Last-Event-ID", "after"]
