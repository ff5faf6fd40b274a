"""The compiler's door, seen from a coordinator's seat: how the demo compiles and signs pictures."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from est_contracts.vocabulary import Level, Party

SECONDS_TO_ANSWER = 30.0
LOOKS, SECONDS_BETWEEN_LOOKS = 240, 0.25


class CompilerSaidNo(Exception):
    """The compiler refuses what was asked; its own words say why."""


class NothingHasBeenHeard(Exception):
    """The compiler has not heard what was reported, however long one waits."""


@dataclass(frozen=True)
class Seat:
    """A coordinator's seat that has been taken, and the party it signs for."""

    party: Party
    client: httpx.Client
    municipality: str
    wait: Callable[[float], None] = field(default=time.sleep)

    @classmethod
    def taken(cls, address: str, *, function: str, party: Party, municipality: str) -> "Seat":
        """Sit down as the demo lets anybody do."""
        client = httpx.Client(base_url=address, timeout=SECONDS_TO_ANSWER)
        answer = client.post("/sign-in", data={"seat": function, "next": "/"}, headers={"Origin": address})
        if not answer.is_redirect:
            raise CompilerSaidNo(f"the seat {function} cannot be taken: HTTP {answer.status_code}")
        return cls(party, client, municipality)

    def wait_until_heard(self, period: str, *, events: int) -> None:
        """Wait, for a bounded time, until the compiler has heard so much of intake's log."""
        for _look in range(LOOKS):
            if self.ask("GET", self._picture(period))["made_from"] >= events:
                return
            self.wait(SECONDS_BETWEEN_LOOKS)
        raise NothingHasBeenHeard(f"{events} events of intake")

    def is_published(self, period: str) -> bool:
        return self.ask("GET", self._picture(period))["published"] is not None

    def open(self, period: str) -> None:
        self.ask("PUT", self._compilation(period))

    def has_begun(self, period: str) -> bool:
        """Whether anybody has written anything yet."""
        return bool(self.ask("GET", self._compilation(period))["texts"])

    def write(self, period: str, section: str, words: str, *, as_party: bool = False) -> None:
        """Write at a place where nothing stands: the joint text, or one's own party's part."""
        of = f"?party={self.party}" if as_party else ""
        self.ask("PUT", self._compilation(period, f"sections/{section}{of}"), {"words": words, "revision": 0})

    def contribute(self, period: str) -> None:
        self.ask("PUT", self._compilation(period, "contribution"))

    def add_row(self, period: str, row_id: str, row: Mapping[str, Any]) -> None:
        self.ask("PUT", self._compilation(period, f"rows/{row_id}"), {**row, "revision": 0})

    def adopt_sentences(self, period: str, most: int) -> None:
        """Let the first of the suggested sentences stand."""
        suggested = self.ask("GET", self._picture(period))["sentences"]
        for sentence in suggested[:most]:
            self.ask("PUT", self._compilation(period, f"sentences/{sentence['key']}?was=suggested"))

    def set_level(self, period: str, level: Level, words: str) -> None:
        told = {"level": level, "words": words, "revision": 0}
        self.ask("PUT", self._compilation(period, "level"), told)

    def assess(self, period: str, area: str, value: int) -> None:
        """Of an area that one's own party has not assessed yet."""
        self.ask("PUT", self._compilation(period, f"area-values/{area}"), {"value": value, "was": None})

    def value_priority(self, period: str, area: str, value: int) -> None:
        self.ask("PUT", self._compilation(period, f"priorities/{area}"), {"value": value, "was": None})

    def sign(self, period: str) -> None:
        """Sign exactly what the compilation says now."""
        seen = self.ask("GET", self._compilation(period))
        told = {"seen": seen["fingerprint"]} | {
            name: seen[name] for name in ("made_from", "made_from_analysis")
        }
        self.ask("PUT", self._compilation(period, f"signatures/{self.party}"), told)

    def publish(self, period: str) -> None:
        self.ask("PUT", f"{self._picture(period)}/publication", {})

    def ask(self, method: str, address: str, told: Mapping[str, Any] | None = None) -> Any:
        """The answer's JSON; a refusal is raised with the compiler's own words."""
        origin = str(self.client.base_url).rstrip("/")
        answer = self.client.request(method, address, json=told, headers={"Origin": origin})
        if answer.is_success:
            return answer.json() if answer.content else None
        raise CompilerSaidNo(f"{method} {address}: HTTP {answer.status_code} {answer.text[:400]}")

    def _picture(self, period: str) -> str:
        return f"/v1/municipalities/{self.municipality}/pictures/{period}"

    def _compilation(self, period: str, of_it: str = "") -> str:
        address = f"{self._picture(period)}/compilation"
        return f"{address}/{of_it}" if of_it else address
