"""Fills the demo municipality: sets it up, and hands in two years of simulated reports."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from est_single_machine.demo.document import valboas_document
from est_single_machine.demo.simulator import reports_until
from est_single_machine.intake_door import IntakeDoor

SEED = 9901
WEEKS = 104
HANDED_IN_TOGETHER = 200

Progress = Callable[[int, int], None]


@dataclass
class Simulation:
    """What became of the simulated reports."""

    reports: int = 0
    recorded: int = 0
    already_there: int = 0
    refused: Counter[str] = field(default_factory=Counter)


def simulate(
    *,
    address: str,
    key: str,
    today: datetime,
    seed: int = SEED,
    weeks: int = WEEKS,
    progress: Progress = lambda _done, _total: None,
) -> Simulation:
    """Fill Valboås up to this moment. The key is an operator's: it sets up, and speaks for every function."""
    door = IntakeDoor.at(address, key=key)
    return fill(door, today=today, seed=seed, weeks=weeks, progress=progress)


def fill(
    door: IntakeDoor,
    *,
    today: datetime,
    seed: int = SEED,
    weeks: int = WEEKS,
    progress: Progress = lambda _done, _total: None,
) -> Simulation:
    """Running it twice changes nothing; running it next week adds a week."""
    document = valboas_document()
    if not door.has_collaboration(document.municipality):
        door.set_up(document)
    reports = list(reports_until(today, document=document, seed=seed, weeks=weeks))
    simulation = Simulation(reports=len(reports))
    progress(0, len(reports))
    for begin in range(0, len(reports), HANDED_IN_TOGETHER):
        batch = reports[begin : begin + HANDED_IN_TOGETHER]
        for outcome in door.submit(batch):
            _settle(simulation, outcome.outcome, reason=outcome.reason)
        progress(begin + len(batch), len(reports))
    return simulation


def _settle(simulation: Simulation, outcome: str, *, reason: str) -> None:
    if outcome == "recorded":
        simulation.recorded += 1
    elif outcome == "repeated":
        simulation.already_there += 1
    else:
        simulation.refused[reason] += 1
