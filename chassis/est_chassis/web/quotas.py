"""How much one caller may ask for: counted in the memory of the process, told in words and in headers."""

import math
from collections.abc import Mapping
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from est_chassis.clock import SystemClock
from est_chassis.web.callers import Caller
from est_chassis.web.problems import Problem
from est_contracts.vocabulary import Words

# One household has that many addresses of the longer kind.
HOUSEHOLD_BITS: Final = 64
UNKNOWN: Final = "unknown"
# One of them, and several.
_SPANS: Final[Mapping[str, tuple[Words, Words]]] = {
    "second": (Words(sv="sekund", en="second"), Words(sv="{n} sekunder", en="{n} seconds")),
    "minute": (Words(sv="minut", en="minute"), Words(sv="{n} minuter", en="{n} minutes")),
    "hour": (Words(sv="timme", en="hour"), Words(sv="{n} timmar", en="{n} hours")),
    "day": (Words(sv="dygn", en="day"), Words(sv="{n} dygn", en="{n} days")),
}


class Quotas:
    """What has been used of one service, by whichever door."""

    def __init__(self) -> None:
        self._used = MovingWindowRateLimiter(MemoryStorage())
        # The library counts in the time of the computer, whatever clock the service goes by.
        self._clock = SystemClock()

    def take(self, limit: RateLimitItem, name: str, who: str) -> float | None:
        """Use one; when there is none left, the seconds until there is."""
        if self._used.hit(limit, name, who):
            return None
        free_at = self._used.get_window_stats(limit, name, who).reset_time
        return max(free_at - self._clock.now().timestamp(), 0)

    def use(self, *, name: str, who: str, limit: str) -> None:
        """Count one of `name` against a limit such as "600/minute"; over it, 429 and when to return."""
        allowed = _parsed(limit)
        wait_seconds = self.take(allowed, name, who)
        if wait_seconds is not None:
            raise _used_up(allowed, name=name, wait_seconds=max(math.ceil(wait_seconds), 1))

    def use_key_of(self, caller: Caller) -> None:
        """A key with a quota uses one of it each time it comes in."""
        if caller.quota_per_minute is not None:
            self.use(name="key", who=caller.key_id or "", limit=f"{caller.quota_per_minute}/minute")


def quota(request: Request, *, name: str, who: str, limit: str) -> None:
    """The same for whoever has a request in hand."""
    quotas_of(request).use(name=name, who=who, limit=limit)


def quotas_of(request: Request) -> Quotas:
    """What has been used of the service that the request came to."""
    quotas: Quotas = request.app.state.service.quotas
    return quotas


@cache
def _parsed(limit: str) -> RateLimitItem:
    return parse(limit)


def client_address(request: Request) -> str:
    """The address outside our front door; the server believes the front door alone about it."""
    try:
        address = ip_address(request.client.host if request.client else UNKNOWN)
    except ValueError:
        return UNKNOWN
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, HOUSEHOLD_BITS), strict=False))


def _used_up(limit: RateLimitItem, *, name: str, wait_seconds: int) -> Problem:
    span = _span(limit)
    return Problem(
        429,
        "quota_used_up",
        Words(
            sv=f"Gränsen är {limit.amount} per {span.sv}. Försök igen om {wait_seconds} s.",
            en=f"The limit is {limit.amount} per {span.en}. Try again in {wait_seconds} s.",
        ),
        headers={
            "Retry-After": str(wait_seconds),
            "RateLimit-Policy": f'"{name}";q={limit.amount};w={limit.get_expiry()}',
            "RateLimit": f'"{name}";r=0;t={wait_seconds}',
        },
    )


def _span(limit: RateLimitItem) -> Words:
    one, several = _SPANS[limit.GRANULARITY.name]
    n = limit.multiples
    return one if n == 1 else Words(sv=several.sv.format(n=n), en=several.en.format(n=n))
