"""What the web side asks of the service it stands in front of, and nothing more."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Protocol

from fastapi import APIRouter
from prometheus_client import CollectorRegistry

from est_chassis.clock import Clock
from est_chassis.settings import ServiceSettings
from est_chassis.web.credentials import CredentialSource
from est_chassis.web.quotas import Quotas


class ShownMetrics(Protocol):
    """What the service counts."""

    @property
    def registry(self) -> CollectorRegistry: ...


class ShownLetter(Protocol):
    """A message that was given up."""

    @property
    def body(self) -> bytes: ...

    def summary(self) -> dict[str, Any]: ...


class ShownProgress(Protocol):
    """How far a rebuild has come."""

    def as_dict(self) -> dict[str, Any]: ...


class ServedService(Protocol):
    """A service as the front sees it."""

    @property
    def name(self) -> str: ...

    @property
    def settings(self) -> ServiceSettings: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def routers(self) -> Sequence[APIRouter]: ...

    @property
    def credentials(self) -> Sequence[CredentialSource]:
        """Its own ways of knowing callers, asked in this order."""
        ...

    @property
    def quotas(self) -> Quotas: ...

    @property
    def metrics(self) -> ShownMetrics: ...

    def ready(self) -> Mapping[str, bool | str]:
        """Each part it leans on: True, or False or the reason why not."""
        ...

    async def status(self) -> Mapping[str, Any]:
        """Positions, lag, versions: what an operator looks at first."""
        ...

    async def dead_letters(self) -> Sequence[ShownLetter]: ...

    async def dead_letter(self, letter: int) -> ShownLetter:
        """Raises NotFound when there is none."""
        ...

    async def replay_dead_letter(self, letter: int) -> None:
        """Raises NotFound when there is none, and what the handler raises when it still cannot be handled."""
        ...

    def rebuild(self, names: Sequence[str] = ()) -> AsyncIterator[ShownProgress]:
        """Drop and replay read models (all when none is named), telling how far it has come.

        Raises UnknownReadModel before anything is told.
        """
        ...
