"""kill -9 of every part in turn, under load; the short form is a test, the long one a benchmark."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from est_contracts.vocabulary import Party, Role
from tests.system.est_house import SERVERS, SERVICES, EstHouse, est_house
from tests.system.ledger import Clients, LiveListener, differences, settled

PARTS = (*SERVICES, *SERVERS)
RECOVERY_SECONDS = 40


@dataclass
class Survival:
    """What was seen: how much was acknowledged, and what was not as it should be."""

    acknowledged: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    unanswered: int = 0
    kills: int = 0
    faults: dict[str, dict[str, int]] = field(default_factory=dict)
    pushed_lost: int = 0
    recovery_seconds: dict[str, float] = field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        slowest = max(self.recovery_seconds.values(), default=0.0)
        return {
            "kills": self.kills,
            "acknowledged": self.acknowledged,
            "lost_twice_phantom": self.faults or "none",
            "not_pushed": self.pushed_lost,
            "unanswered": self.unanswered,
            "answered_503": self.statuses.get(503, 0) + self.statuses.get(502, 0),
            "slowest_recovery_s": slowest,
        }


def kill_each_in_turn(directory: Path, *, rounds: int, clients: int, pause_seconds: float) -> Survival:
    seen = Survival()
    with est_house(directory) as house:
        token = house.key_for("jour", Role.DUTY_OFFICER, function="tib", party=Party.MUNICIPALITY)
        listener = LiveListener(house.front_url, token)
        listener.start()
        with Clients(house.front_url, count=clients) as posting:
            for _round in range(rounds):
                for part in PARTS:
                    time.sleep(pause_seconds)
                    seen.recovery_seconds[part] = max(seen.recovery_seconds.get(part, 0), _kill(house, part))
                    seen.kills += 1
            time.sleep(pause_seconds)
        ledger = posting.ledger
        found = settled(house, len(ledger.acknowledged))
        listener.wait_until(lambda heard: len(set(heard)) >= len(ledger.acknowledged))
        listener.stop()
    seen.acknowledged, seen.unanswered = len(ledger.acknowledged), ledger.unanswered
    seen.statuses = dict(ledger.statuses)
    seen.faults = differences(ledger.acknowledged, found)
    seen.pushed_lost = len(set(ledger.acknowledged) - set(listener.heard))
    return seen


def _kill(house: EstHouse, part: str) -> float:
    """Kill a part and wait until the house says that everything is ready again; the seconds it took."""
    began = time.monotonic()
    killed = house.kill(part)
    deadline = began + RECOVERY_SECONDS
    with house.http() as http:
        while time.monotonic() < deadline:
            if house.pid_of(part) not in (None, killed) and http.get("/health").status_code == 200:
                return time.monotonic() - began
            time.sleep(0.1)
    raise AssertionError(f"{part} did not come back within {RECOVERY_SECONDS} s")
