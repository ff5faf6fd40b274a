"""Fills the demo municipality: sets it up, hands in two years of reports, and holds the latest meetings."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from est_single_machine.demo.document import valboas_document
from est_single_machine.demo.meetings import hold_meetings
from est_single_machine.demo.quiet import NothingToReport, nothing_to_report
from est_single_machine.demo.simulator import reports_until
from est_single_machine.intake_door import IntakeDoor

SEED = 9901
WEEKS = 104
HANDED_IN_TOGETHER = 200
#: Returns come one by one; intake commits together what comes at once.
HANDS = 8

Progress = Callable[[int, int], None]


@dataclass
class Simulation:
    """What became of the simulated reports."""

    reports: int = 0
    recorded: int = 0
    already_there: int = 0
    quiet: int = 0
    published: tuple[str, ...] = ()
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
    simulation = fill(door, today=today, seed=seed, weeks=weeks, progress=progress)
    simulation.published = hold_meetings(
        address, document=valboas_document(), today=today, events=simulation.recorded + simulation.quiet
    )
    return simulation


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
    quiet = list(nothing_to_report(reports, document=document, today=today, seed=seed))
    with ThreadPoolExecutor(HANDS) as hands:
        # Asked for, so that what one of them raises is raised here.
        list(hands.map(partial(_return_nothing, door, document.municipality), quiet))
    simulation.quiet = len(quiet)
    return simulation


def _return_nothing(door: IntakeDoor, municipality: str, told: NothingToReport) -> None:
    door.return_nothing(municipality, function=told.function, period=told.period)


def _settle(simulation: Simulation, outcome: str, *, reason: str) -> None:
    if outcome == "recorded":
        simulation.recorded += 1
    elif outcome == "repeated":
        simulation.already_there += 1
    else:
        simulation.refused[reason] += 1
