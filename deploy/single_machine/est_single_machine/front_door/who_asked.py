"""Who asked: the address of the client, also when a proxy that we trust stands in between."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, Self

from est_single_machine.front_door.request import Headers

Address = IPv4Address | IPv6Address
#: From the client inwards, as proxies have told it; None is what is no address.
Way = Sequence[Address | None]

UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class TrustedProxies:
    """The proxies in front of our door that are believed about who came to them; nobody, unless named."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def named(cls, written: str) -> Self:
        """From addresses and networks with spaces or commas between; ValueError for anything else."""
        return cls(tuple(ip_network(each) for each in re.split(r"[\s,]+", written) if each))

    def client_address(self, peer: str | None, headers: Headers) -> str:
        """The nearest address that is not a trusted proxy's: those further out are what it says itself."""
        met = address_in(peer or "")
        if met is None or not self._trust(met):
            return peer or UNKNOWN
        told = {
            self._outermost(way, met=met) for way in (x_forwarded_for(headers), forwarded_for(headers)) if way
        }
        # Of two that contradict each other the client may have written one: neither is believed.
        return str(told.pop() if len(told) == 1 else met)

    def _outermost(self, way: Way, *, met: Address) -> Address:
        for address in reversed(way):
            if address is None:
                return met
            met = address
            if not self._trust(address):
                return met
        return met

    def _trust(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


NOBODY: Final = TrustedProxies()


def x_forwarded_for(headers: Headers) -> Way:
    """All lines of the header are one list: each proxy may have added to the last or begun another."""
    return [address_in(each) for each in _listed(headers, b"x-forwarded-for")]


def forwarded_for(headers: Headers) -> Way:
    """The same by RFC 7239; empty where it says nothing about addresses."""
    named = [_for_of(each) for each in _listed(headers, b"forwarded")]
    if all(each is None for each in named):
        return []
    return [address_in(each or "") for each in named]


def address_in(written: str) -> Address | None:
    """With or without a port and brackets; what comes over IPv6 from an IPv4 address is that address."""
    bare = written.strip().strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        return address
    # A zone is known on one machine only.
    return None if address.scope_id else address.ipv4_mapped or address


def _listed(headers: Headers, wanted: bytes) -> list[str]:
    """Divided at every comma: a quotation mark that somebody left open swallows nothing."""
    lines = b",".join(value for name, value in headers if name == wanted).decode("latin-1")
    return [each.strip() for each in lines.split(",") if each.strip()]


def _for_of(element: str) -> str | None:
    pairs = (pair.partition("=") for pair in element.split(";"))
    return next((value for name, _, value in pairs if name.strip().lower() == "for"), None)
