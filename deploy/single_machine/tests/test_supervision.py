"""What ends is started again, not too eagerly and not for ever; and everything ends in order."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from est_chassis.embedded import free_port
from est_chassis.embedded.server_process import Command, ServerProcess
from est_single_machine import supervisor as supervision
from est_single_machine.parts import end_if_still_ours, listens, started
from est_single_machine.supervisor import Record, Supervisor

STAYS = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit()); signal.pause()"
ENDS_AT_ONCE = "raise SystemExit(1)"


class Program:
    """A part of the house that is a real process."""

    def __init__(self, name: str, program: str, place: Path, ended: list[str] | None = None) -> None:
        self.name = name
        self._ended = [] if ended is None else ended
        words = [sys.executable, "-S", "-c", program]
        self._process = ServerProcess(Command(words=words, log_file=place / f"{name}.log"))

    @property
    def is_running(self) -> bool:
        return self._process.is_running

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def start(self) -> None:
        self._process.start()

    def stop(self) -> None:
        self._process.kill()
        self._ended.append(self.name)


@asynccontextmanager
async def supervised(*parts: Program) -> AsyncIterator[tuple[Supervisor, list[str]]]:
    told: list[str] = []
    supervisor = Supervisor(tell=lambda name, what: told.append(f"{name} {what}"))
    for part in parts:
        await supervisor.start(part)
    yield supervisor, told
    await supervisor.stop([[part.name for part in parts]])


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.to_thread(lambda: psutil.cpu_percent(interval=0.02))


@pytest.mark.asyncio
async def test_a_part_that_is_killed_is_started_again(tmp_path: Path) -> None:
    part = Program("intake", STAYS, tmp_path)
    async with supervised(part) as (supervisor, told):
        first = part.pid
        assert first is not None
        psutil.Process(first).kill()
        await until(lambda: part.is_running and part.pid != first)

        assert supervisor.records["intake"].restarts == 1
        assert told == ["intake has ended; starting it again in 0.2 s"]


@pytest.mark.asyncio
async def test_a_part_that_ends_at_once_is_given_up_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "MOST_FAILURES_IN_A_ROW", 2)
    async with supervised(Program("intake", ENDS_AT_ONCE, tmp_path)) as (supervisor, told):
        await until(lambda: supervisor.records["intake"].is_given_up)

        assert supervisor.records["intake"].restarts == 2
        assert told[-1].endswith("given up. See its log.")


def test_the_delay_doubles_up_to_half_a_minute() -> None:
    delays = [Record(started_at=0, failures=failures).delay_seconds for failures in (1, 2, 3, 12)]

    assert delays == [0.2, 0.4, 0.8, 30.0]


@pytest.mark.asyncio
async def test_layers_end_one_after_the_other(tmp_path: Path) -> None:
    ended: list[str] = []
    supervisor = Supervisor(tell=lambda _name, _what: None)
    for name in ("postgresql", "nats", "intake"):
        await supervisor.start(Program(name, STAYS, tmp_path, ended))

    await supervisor.stop([["intake"], ["nats"], ["postgresql"]])

    assert ended == ["intake", "nats", "postgresql"]


@pytest.mark.asyncio
async def test_a_part_that_is_stopped_stays_stopped(tmp_path: Path) -> None:
    part = Program("intake", STAYS, tmp_path)
    async with supervised(part) as (_supervisor, told):
        pass

    assert (part.is_running, told) == (False, [])


def test_a_process_left_behind_is_ended(tmp_path: Path) -> None:
    part = Program("intake", STAYS, tmp_path)
    part.start()
    assert part.pid is not None
    noted = started(part.pid)
    assert noted is not None

    assert end_if_still_ours(noted)
    assert not part.is_running


def test_somebody_else_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    part = Program("other", STAYS, tmp_path)
    part.start()
    assert part.pid is not None
    noted = started(part.pid)
    assert noted is not None

    assert not end_if_still_ours(noted.model_copy(update={"created_at": noted.created_at - 60}))
    assert part.is_running
    part.stop()


def test_a_process_that_is_gone_is_no_trouble() -> None:
    assert started(2**22 + free_port()) is None


def test_a_port_that_another_program_was_quicker_to_take_is_not_ours(tmp_path: Path) -> None:
    part = Program("intake", STAYS, tmp_path)
    part.start()
    assert part.pid is not None

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert listens(os.getpid(), port)
        assert not listens(part.pid, port)
    part.stop()
