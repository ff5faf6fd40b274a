"""Whom the front door believes about who asked: the proxies that were named to it, and nobody else."""

from typing import Any

import pytest
import typer
from opened_door import door_to, raw_answer

from est_single_machine.commands.up import proxies_named
from est_single_machine.front_door.who_asked import NOBODY, TrustedProxies

Lines = list[tuple[bytes, bytes]]

PROXIES = TrustedProxies.named("127.0.0.1, 10.0.0.0/8 fd00::/8")
STRANGER = "203.0.113.9"


def x_forwarded_for(*lines: bytes) -> Lines:
    return [(b"x-forwarded-for", line) for line in lines]


def forwarded(*lines: bytes) -> Lines:
    return [(b"forwarded", line) for line in lines]


@pytest.mark.parametrize("headers", [x_forwarded_for(b"192.0.2.7"), forwarded(b"for=192.0.2.7")])
def test_nobody_is_believed_who_was_not_named(headers: Lines) -> None:
    assert PROXIES.client_address(STRANGER, headers) == STRANGER
    assert NOBODY.client_address("127.0.0.1", headers) == "127.0.0.1"


@pytest.mark.parametrize(
    ("headers", "client"),
    [
        (x_forwarded_for(b"192.0.2.7"), "192.0.2.7"),
        (x_forwarded_for(b"192.0.2.7:4711"), "192.0.2.7"),
        (x_forwarded_for(b"6.6.6.6, 192.0.2.7"), "192.0.2.7"),
        (x_forwarded_for(b"6.6.6.6", b"192.0.2.7"), "192.0.2.7"),
        (x_forwarded_for(b"6.6.6.6, 192.0.2.7, 10.1.2.3"), "192.0.2.7"),
        (x_forwarded_for(b"6.6.6.6, 192.0.2.7", b"10.1.2.3,,"), "192.0.2.7"),
        (x_forwarded_for(b"10.9.9.9, 10.1.2.3"), "10.9.9.9"),
        (x_forwarded_for(b"2001:db8::7"), "2001:db8::7"),
        (x_forwarded_for(b"[2001:db8::7]:4711, fd00::1"), "2001:db8::7"),
        (x_forwarded_for(b"::ffff:192.0.2.7"), "192.0.2.7"),
        (forwarded(b"for=192.0.2.7;proto=https;by=10.1.2.3"), "192.0.2.7"),
        (forwarded(b'for=6.6.6.6, proto=https; For="[2001:db8::7]:4711"', b"for=10.1.2.3"), "2001:db8::7"),
        (forwarded(b'for="6.6.6.6', b"for=192.0.2.7"), "192.0.2.7"),
        ([*x_forwarded_for(b"192.0.2.7"), *forwarded(b"proto=https")], "192.0.2.7"),
        ([*x_forwarded_for(b"6.6.6.6, 192.0.2.7"), *forwarded(b"for=192.0.2.7")], "192.0.2.7"),
    ],
)
def test_the_nearest_address_that_is_no_trusted_proxys_is_the_clients(headers: Lines, client: str) -> None:
    assert PROXIES.client_address("127.0.0.1", headers) == client


@pytest.mark.parametrize(
    "headers",
    [
        [],
        x_forwarded_for(b""),
        x_forwarded_for(b"unknown"),
        x_forwarded_for(b"192.0.2.7, somebody"),
        x_forwarded_for(b"192.0.2.999"),
        x_forwarded_for(b"fe80::1%eth0"),
        x_forwarded_for(b"\xff\xfe"),
        forwarded(b"for=_hidden"),
        forwarded(b"for=192.0.2.7, by=10.1.2.3"),
        [*x_forwarded_for(b"192.0.2.7"), *forwarded(b"for=192.0.2.8")],
    ],
)
def test_where_nothing_certain_is_told_the_proxy_itself_is_who_asked(headers: Lines) -> None:
    assert PROXIES.client_address("127.0.0.1", headers) == "127.0.0.1"


def test_past_what_is_no_address_nobody_looks() -> None:
    assert PROXIES.client_address("127.0.0.1", x_forwarded_for(b"6.6.6.6, what, 10.1.2.3")) == "10.1.2.3"


def test_a_caller_without_an_address_is_unknown() -> None:
    assert PROXIES.client_address(None, x_forwarded_for(b"192.0.2.7")) == "unknown"


@pytest.mark.parametrize("written", ["*", "10.0.0.0/33", "10.0.0.5/8", "proxy.example.se"])
def test_what_is_no_address_or_network_is_not_trusted_but_refused(written: str) -> None:
    with pytest.raises(typer.BadParameter, match=r"10\.0\.0\.5"):
        proxies_named(written)


class TellsWhoAsked:
    """A service that answers with all that it was told about who asked."""

    async def __call__(self, scope: dict[str, Any], _receive: Any, send: Any) -> None:
        told = [name + b"=" + value for name, value in scope["headers"] if b"forwarded" in name]
        content = b"\n".join(each for each in told if b"-proto" not in each and b"-host" not in each)
        headers = [(b"content-length", str(len(content)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})


ASKED = (
    b"GET /reports HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
    b"X-Forwarded-For: 6.6.6.6\r\nForwarded: for=[2001:db8::7]\r\n"
    b"X-Forwarded-For: 2001:db8::7, 10.1.2.3\r\n\r\n"
)


@pytest.mark.asyncio
@pytest.mark.parametrize(("proxies", "client"), [(PROXIES, b"2001:db8::7"), (NOBODY, b"127.0.0.1")])
async def test_a_service_hears_one_address_and_never_a_clients_own_word(
    proxies: TrustedProxies, client: bytes
) -> None:
    async with door_to(TellsWhoAsked(), proxies=proxies) as port:
        answer = await raw_answer(port, ASKED)

    assert answer == (200, b"x-forwarded-for=" + client)
