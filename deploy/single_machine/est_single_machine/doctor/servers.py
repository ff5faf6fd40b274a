"""Checks of PostgreSQL and NATS: versions, durability, encryption, and timers that really go off."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import nats
import psycopg
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.api import StorageType, StreamConfig
from psycopg.conninfo import conninfo_to_dict

from est_chassis.clock import SystemClock
from est_single_machine.doctor.finding import Finding, bad, doubtful, good

OLDEST_POSTGRES = 150000
OLDEST_NATS = (2, 14)
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
CONNECT_TIMEOUT_SECONDS = 5.0
CLOCKS_APART_SECONDS = 2.0
SCHEDULE_DELAY = timedelta(milliseconds=300)
SCHEDULE_PATIENCE_SECONDS = 5.0
PROBE_STREAM = "EST_DOCTOR"


def postgres(url: str) -> Iterator[Finding]:
    """Version, whether what is acknowledged is on the disk, and its clock against ours."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            version = connection.info.server_version
            off = [name for name in DURABLE if _setting(connection, name) == "off"]
            apart = abs((_now(connection) - SystemClock().now()).total_seconds())
    except psycopg.Error as trouble:
        yield bad("PostgreSQL", str(trouble).splitlines()[0], "Is it up, and is the address right?")
        return
    seen = f"{version // 10000}.{version % 10000}"
    if version < OLDEST_POSTGRES:
        yield bad("PostgreSQL", seen, "Use version 15 or newer.")
    elif off:
        yield bad(
            "PostgreSQL", f"{', '.join(off)} is off", "Switch it on: acknowledged reports could be lost."
        )
    else:
        yield good("PostgreSQL", f"{seen}, writes through to the disk")
    if apart > CLOCKS_APART_SECONDS:
        yield bad("Clocks", f"PostgreSQL's differs by {apart:.1f} s", "Keep both right with NTP.")


def nats_server(url: str) -> list[Finding]:
    return asyncio.run(_nats(url))


def encryption(subject: str, url: str) -> Finding:
    """Over a network, passwords and reports want TLS."""
    host = _host(url)
    if _is_near(host):
        return good(f"TLS to {subject}", f"{host or 'a local socket'} is this computer")
    if urlsplit(url).scheme == "tls" or conninfo_like(url).get("sslmode") in (
        "require",
        "verify-ca",
        "verify-full",
    ):
        return good(f"TLS to {subject}", f"demanded for {host}")
    remedy = (
        "tls:// in the address" if "nats" in urlsplit(url).scheme else "sslmode=verify-full in the address"
    )
    return doubtful(f"TLS to {subject}", f"not demanded for {host}", f"Write {remedy}.")


def front(url: str | None) -> Finding:
    """People's sessions must not travel in the clear."""
    if url is None or _is_near(_host(url)):
        return good("TLS of the front door", "only this computer is served")
    if urlsplit(url).scheme == "https":
        return good("TLS of the front door", url)
    return bad("TLS of the front door", url, "Put a proxy with TLS in front, and say --front-url https://…")


def conninfo_like(url: str) -> dict[str, str]:
    if not url.startswith(("postgresql://", "postgres://")):
        return {}
    return {name: str(value) for name, value in conninfo_to_dict(url).items()}


async def _nats(url: str) -> list[Finding]:
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT_SECONDS):
            client = await nats.connect(url, allow_reconnect=False, error_cb=_quiet)
    except (NatsError, OSError, TimeoutError) as trouble:
        return [
            bad(
                "NATS",
                str(trouble) or type(trouble).__name__,
                "Is it up, and are address and password right?",
            )
        ]
    try:
        version = str(client.connected_server_version).strip("<>").rpartition(" ")[2]
        number = (client.connected_server_version.major, client.connected_server_version.minor)
        if number < OLDEST_NATS:
            return [bad("NATS", version, "Use version 2.14 or newer: older ones have no schedules.")]
        return [good("NATS", version), await _schedules(client)]
    finally:
        await client.close()


async def _schedules(client: Client) -> Finding:
    """Set a timer and wait for it to go off: the only proof that escalations will."""
    subject = "Timers"
    jetstream = client.jetstream(timeout=3)
    config = StreamConfig(
        name=PROBE_STREAM, subjects=["est_doctor.>"], storage=StorageType.MEMORY, allow_msg_schedules=True
    )
    try:
        await jetstream.add_stream(config)
        try:
            hearing = await jetstream.subscribe("est_doctor.fired", stream=PROBE_STREAM)
            due = (SystemClock().now() + SCHEDULE_DELAY).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            headers = {"Nats-Schedule": f"@at {due}", "Nats-Schedule-Target": "est_doctor.fired"}
            await jetstream.publish("est_doctor.timer", b"", headers=headers)
            await hearing.next_msg(timeout=SCHEDULE_PATIENCE_SECONDS)
        finally:
            await jetstream.delete_stream(PROBE_STREAM)
    except TimeoutError:
        return bad(
            subject, "a timer was set and never went off", "Escalations would not come. Look at NATS's log."
        )
    except NatsError as trouble:
        return bad(subject, str(trouble), "JetStream must be on, with room and the right to create a stream.")
    return good(subject, "one was set, and it went off")


async def _quiet(_trouble: Exception) -> None:
    """What goes wrong is told as a finding."""


def _setting(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
    return str(row[0]) if row else ""


def _now(connection: "psycopg.Connection[tuple[object, ...]]") -> datetime:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None and isinstance(row[0], datetime)
    return row[0]


def _host(url: str) -> str:
    return conninfo_like(url).get("host", "") if url.startswith("postgres") else urlsplit(url).hostname or ""


def _is_near(host: str) -> bool:
    if not host or host.startswith("/"):
        return True
    try:
        return all(ipaddress.ip_address(found[4][0]).is_loopback for found in socket.getaddrinfo(host, None))
    except (OSError, ValueError):
        return False
