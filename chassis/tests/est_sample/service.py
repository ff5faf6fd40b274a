"""A service without a house behind it: no database, no broker, everything at hand."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter

from est_chassis.clock import SetClock
from est_chassis.failures import NotFound, UnknownReadModel
from est_chassis.metrics import Metrics
from est_chassis.settings import ServiceSettings
from est_chassis.web.access import Caller, CallerKind, CredentialSource
from est_chassis.web.quotas import Quotas
from est_contracts.vocabulary import Party, Role

THURSDAY = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)
ADDRESS = "http://testserver"
SECRET = "a secret that only the tests know"
COORDINATOR = Caller(
    CallerKind.SEAT,
    name="Trygghetssamordnare",
    municipality="9901",
    function="samordnare",
    organisation="valboas_kommun",
    party=Party.MUNICIPALITY,
    roles=frozenset({Role.COORDINATOR, Role.REPORTER}),
)


class SampleSettings(ServiceSettings):
    service = "sample"


@dataclass
class SampleLetter:
    letter: int
    body: bytes = b'{"report_id": "1"}'

    def summary(self) -> dict[str, Any]:
        return {"letter": self.letter, "reason": "no such area"}


@dataclass
class SampleProgress:
    done: int

    def as_dict(self) -> dict[str, Any]:
        return {"done": self.done, "total": 2}


@dataclass
class SampleService:
    """Stands behind the door without a database or a broker."""

    settings: ServiceSettings
    routers: Sequence[APIRouter] = ()
    name: str = "sample"
    clock: SetClock = field(default_factory=lambda: SetClock(THURSDAY))
    metrics: Metrics = field(default_factory=Metrics)
    quotas: Quotas = field(default_factory=Quotas)
    parts: dict[str, bool | str] = field(default_factory=lambda: {"database": True, "nats": True})
    credentials: Sequence[CredentialSource] = ()
    letters: dict[int, SampleLetter] = field(default_factory=lambda: {7: SampleLetter(7)})

    def ready(self) -> Mapping[str, bool | str]:
        return self.parts

    async def status(self) -> Mapping[str, Any]:
        return {"service": self.name}

    async def dead_letters(self) -> Sequence[SampleLetter]:
        return list(self.letters.values())

    async def dead_letter(self, letter: int) -> SampleLetter:
        if letter not in self.letters:
            raise NotFound
        return self.letters[letter]

    async def replay_dead_letter(self, letter: int) -> None:
        await self.dead_letter(letter)
        del self.letters[letter]

    async def rebuild(self, names: Sequence[str] = ()) -> AsyncIterator[SampleProgress]:
        if names and list(names) != ["recent_reports_v1"]:
            raise UnknownReadModel(["recent_reports_v1"])
        for done in (1, 2):
            yield SampleProgress(done)
