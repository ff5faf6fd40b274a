"""What changes in a request and in an answer on their way through the front door."""

from collections.abc import Iterable, Mapping
from typing import Any

from est_single_machine.front_door.request import Headers, Request
from est_single_machine.front_door.who_asked import TrustedProxies

# They speak of one connection, not of the message: RFC 9110, section 7.6.1.
HOP_BY_HOP = frozenset({
    b"connection",
    b"keep-alive",
    b"proxy-authenticate",
    b"proxy-authorization",
    b"proxy-connection",
    b"te",
    b"trailer",
    b"transfer-encoding",
    b"upgrade",
})  # fmt: skip
# What a client says here is not believed, and of a proxy that we trust only who came to it.
SAID_BY_US = frozenset(
    {b"forwarded", b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-real-ip"}
)
# The server in front has answered "100 Continue" already.
SETTLED = frozenset({b"expect"})

Scope = Mapping[str, Any]


def forwarded(scope: Scope, *, target: bytes, scheme: str, proxies: TrustedProxies) -> Request:
    """The request as the service gets it."""
    headers: Headers = list(scope["headers"])
    has_body = any(name in (b"content-length", b"transfer-encoding") for name, _ in headers)
    kept = list(_without(headers, HOP_BY_HOP | SAID_BY_US | SETTLED | _named_by_connection(headers)))
    host = next((value for name, value in headers if name == b"host"), b"")
    client = scope.get("client")
    kept += [
        (b"x-forwarded-for", proxies.client_address(client[0] if client else None, headers).encode()),
        (b"x-forwarded-proto", scheme.encode()),
        (b"x-forwarded-host", host),
    ]
    return Request(method=scope["method"], target=target, headers=kept, has_body=has_body)


def answered(headers: Headers) -> Headers:
    """The headers as the client gets them; the server in front writes its own Date and Server."""
    leave_out = HOP_BY_HOP | {b"date", b"server"} | _named_by_connection(headers)
    return list(_without(headers, leave_out))


def target_of(scope: Scope, *, path: bytes | None = None) -> bytes:
    """Path and query as they came, or with another path.  Nothing is decoded: that could end the line."""
    way: bytes = scope["raw_path"] if path is None else path
    query: bytes = scope["query_string"]
    return way + b"?" + query if query else way


def _named_by_connection(headers: Iterable[tuple[bytes, bytes]]) -> frozenset[bytes]:
    named = [value for name, value in headers if name == b"connection"]
    return frozenset(token.strip().lower() for value in named for token in value.split(b","))


def _without(headers: Headers, names: frozenset[bytes]) -> Iterable[tuple[bytes, bytes]]:
    return (header for header in headers if header[0] not in names)
