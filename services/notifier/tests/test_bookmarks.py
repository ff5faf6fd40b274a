"""Bookmarks, and the live channel that goes by them: whatever happens, each line once and in order."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from est_notifier.channels.live import LiveChannel, Push
from est_notifier.domain.live import UPSTREAMS, Bookmark, InvalidBookmark, LiveEntry, Reading

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
POSITIONS = st.tuples(*(st.integers(0, 10**17) for _ in UPSTREAMS))


@given(POSITIONS)
def test_a_bookmark_reads_back_as_it_was_written(positions: tuple[int, ...]) -> None:
    bookmark = Bookmark(positions)

    assert Bookmark.parse(str(bookmark)) == bookmark


@given(st.text(max_size=60))
def test_what_is_not_a_bookmark_is_refused_and_nothing_else_happens(written: str) -> None:
    try:
        Bookmark.parse(written)
    except InvalidBookmark:
        return
    assert ":" in written


@pytest.mark.parametrize("written", ["", "12", "intake", "weather:1", "intake:-1", "intake:1;;compiler:2"])
def test_a_bookmark_of_somebody_else_is_refused(written: str) -> None:
    with pytest.raises(InvalidBookmark):
        Bookmark.parse(written)


def test_an_upstream_that_a_bookmark_does_not_name_has_not_been_read() -> None:
    assert str(Bookmark.parse("compiler:7")) == "intake:0;compiler:7;analysis:0;notifier:0"


class Log:
    """A live list in memory, read as the read model is read."""

    def __init__(self) -> None:
        self.entries: list[LiveEntry] = []

    def add(self, upstream: str, municipality: str) -> None:
        position = 1 + max((each.position for each in self.entries if each.upstream == upstream), default=0)
        moment = NOW + timedelta(seconds=len(self.entries))
        self.entries.append(LiveEntry(upstream, position, municipality, "told", moment, moment, {}))

    def positions(self, municipality: str) -> list[tuple[str, int]]:
        return [(each.upstream, each.position) for each in self.entries if each.municipality == municipality]

    def _end(self) -> Bookmark:
        return Bookmark.at({each.upstream: each.position for each in self.entries})

    async def bookmark(self) -> Bookmark:
        await _others_go_on()
        return self._end()

    async def beyond(self, bookmark: Bookmark, municipality: str | None, limit: int) -> Reading:
        await _others_go_on()
        reached, found = dict(self._end()), []
        for upstream in UPSTREAMS:
            lines = [
                each
                for each in self.entries
                if each.upstream == upstream
                and each.is_beyond(bookmark)
                and municipality in (None, each.municipality)
            ]
            if len(lines) >= limit:
                reached[upstream] = lines[limit - 1].position
            found += lines[:limit]
        found.sort(key=lambda each: each.recorded_at)
        return Reading(tuple(found), Bookmark.at(reached).together_with(bookmark))


async def _others_go_on() -> None:
    """What every reading of a real database lets happen."""
    for _turn in range(3):
        await asyncio.sleep(0)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(UPSTREAMS), st.sampled_from(["9901", "9902"])),
        st.tuples(st.just("listen"), st.integers(1, 6)),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_whoever_comes_and_goes_hears_each_line_once_and_in_order(
    steps: list[tuple[str, str | int]],
) -> None:
    asyncio.run(_come_and_go(steps))


async def _come_and_go(steps: list[tuple[str, str | int]]) -> None:
    log, heard, bookmark = Log(), [], Bookmark()
    channel = LiveChannel(log.beyond, log.bookmark, heartbeat_seconds=0.005, poll_seconds=60, tail=3)
    running = asyncio.create_task(channel.run())
    for what, how in [*steps, ("listen", 1000)]:
        if what != "listen":
            log.add(what, str(how))
            channel.wake()
            await asyncio.sleep(0)
            continue
        lines, bookmark = await _listen(channel, bookmark, most=int(how))
        heard += lines
    running.cancel()

    assert sorted(heard) == sorted(log.positions("9901"))
    for upstream in UPSTREAMS:
        positions = [position for name, position in heard if name == upstream]
        assert positions == sorted(positions)


async def _listen(
    channel: LiveChannel, bookmark: Bookmark, *, most: int
) -> tuple[list[tuple[str, int]], Bookmark]:
    """Listen until so many lines are heard, or the stream has nothing more to say."""
    heard: list[tuple[str, int]] = []
    signs_of_life = 0
    async for pushes in channel.follow("9901", bookmark):
        for push in pushes:
            bookmark = push.bookmark
            if push.entry is None:
                signs_of_life += 1
                continue
            heard.append((push.entry.upstream, push.entry.position))
            if len(heard) == most:
                return heard, bookmark
        if signs_of_life == 3:
            break
    return heard, bookmark


async def test_a_listener_who_falls_far_behind_and_one_who_does_not_hear_the_same() -> None:
    log = Log()
    channel = LiveChannel(log.beyond, log.bookmark, heartbeat_seconds=0.005, poll_seconds=60, tail=5)
    running = asyncio.create_task(channel.run())
    slow, steady = (channel.follow("9901", Bookmark()) for _listener in range(2))
    heard: list[int] = []
    heard_late: list[int] = []
    for line in range(1, 61):
        log.add("intake", "9901")
        channel.wake()
        heard += await _positions(steady, up_to=line)
        if line <= 3 or line == 60:
            heard_late += await _positions(slow, up_to=line)
    running.cancel()

    assert heard == heard_late == list(range(1, 61))


async def _positions(pushes: AsyncIterator[list[Push]], *, up_to: int) -> list[int]:
    """Listen until a position is heard, or the stream has said many times that there is nothing more."""
    positions: list[int] = []
    signs_of_life = 0
    while up_to not in positions and signs_of_life < 10:
        batch = await anext(pushes)
        positions += [push.entry.position for push in batch if push.entry]
        signs_of_life += sum(push.entry is None for push in batch)
    return positions
