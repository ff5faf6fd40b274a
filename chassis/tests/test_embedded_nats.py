"""The embedded NATS is a real one: what it has acknowledged it keeps, and its clients sign in."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import nats
import pytest
from nats.aio.client import Client
from nats.errors import Error as NatsError

from est_chassis.embedded import DirectoryInUse, EmbeddedNats, TemporaryNats

Answer = TypeVar("Answer")
ACCOUNTS = """
accounts {
  EST {
    jetstream: enabled
    users: [
      {user: teller, password: told, permissions: {publish: ["est.>"], subscribe: ["_INBOX.>"]}}
      {user: hearer, password: heard, permissions: {publish: ["_INBOX.>"], subscribe: ["est.>"]}}
    ]
  }
}
"""


@pytest.fixture
def server() -> Iterator[TemporaryNats]:
    with TemporaryNats() as running:
        yield running


def with_client(url: str, work: Callable[[Client], Awaitable[Answer]]) -> Answer:
    async def connected() -> Answer:
        client = await nats.connect(url, connect_timeout=20, allow_reconnect=False)
        try:
            return await work(client)
        finally:
            await client.close()

    return asyncio.run(connected())


async def make_stream_and_publish(client: Client) -> None:
    stream = client.jetstream()
    await stream.add_stream(name="NOTES", subjects=["notes.>"])
    await stream.publish("notes.one", b"before")


async def last_note(client: Client) -> bytes:
    message = await client.jetstream().get_last_msg("NOTES", "notes.one")
    return message.data or b""


def test_what_was_acknowledged_survives_a_kill(server: TemporaryNats) -> None:
    url = server.url
    with_client(url, make_stream_and_publish)

    server.kill()
    server.start()

    assert server.url == url
    assert with_client(url, last_note) == b"before"


def test_another_start_on_the_same_directory_finds_the_same_messages(tmp_path: Path) -> None:
    with EmbeddedNats(tmp_path / "state") as first:
        with_client(first.url, make_stream_and_publish)

    with EmbeddedNats(tmp_path / "state") as second:
        assert with_client(second.url, last_note) == b"before"


def test_a_server_that_outlived_its_starter_is_ended_first(tmp_path: Path) -> None:
    abandoned = EmbeddedNats(tmp_path / "state")
    abandoned.start()
    with_client(abandoned.url, make_stream_and_publish)
    # What the operating system does when the starter dies.
    abandoned._lock.release()

    with EmbeddedNats(tmp_path / "state") as second:
        assert with_client(second.url, last_note) == b"before"
        assert not abandoned.is_running


def test_two_cannot_work_with_one_directory(tmp_path: Path) -> None:
    with EmbeddedNats(tmp_path / "state"), pytest.raises(DirectoryInUse):
        EmbeddedNats(tmp_path / "state").start()


def test_a_taken_port_is_passed_by() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with TemporaryNats(preferred_port=port) as server:
            assert server.port != port
            with_client(server.url, make_stream_and_publish)


def test_every_message_is_written_through_to_the_disk(server: TemporaryNats) -> None:
    assert "sync_interval: always" in (server.directory / "nats.conf").read_text()
    assert (server.directory / "nats.conf").stat().st_mode & 0o077 == 0


def test_nobody_comes_in_without_the_password(server: TemporaryNats) -> None:
    with pytest.raises(NatsError, match="Authorization"):
        with_client(f"nats://127.0.0.1:{server.port}", make_stream_and_publish)


def test_accounts_may_be_given_with_what_each_may_tell_and_hear(tmp_path: Path) -> None:
    (tmp_path / "accounts.conf").write_text(ACCOUNTS)

    async def tell(client: Client) -> bool:
        await client.publish("est.note", b"")
        await client.flush()
        return client.is_connected

    with TemporaryNats(accounts_file=tmp_path / "accounts.conf") as server:
        assert with_client(server.url_for("teller", "told"), tell)
        with pytest.raises(NatsError, match="Authorization"):
            with_client(server.url_for("teller", "guessed"), tell)
