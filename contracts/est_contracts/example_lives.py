"""Lives of reports: told, and then whatever may become of them, for the tests of those who count them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from est_contracts.examples import example_id, example_of
from est_contracts.messages import (
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportTextErased,
    IncidentReportWithdrawn,
    Message,
)

Told = IncidentReported | IncidentReportCorrected


class Step(StrEnum):
    """What may become of a report."""

    TOLD = "told"
    CORRECTED = "corrected"
    MARKED_DUPLICATE = "marked_duplicate"
    WITHDRAWN = "withdrawn"
    REINSTATED = "reinstated"
    TEXT_ERASED = "text_erased"


@dataclass(frozen=True)
class ReportLife:
    """Where a report stands, as the rules of intake have it."""

    is_told: bool = False
    is_duplicate: bool = False
    is_withdrawn: bool = False
    is_erased: bool = False

    @property
    def counts(self) -> bool:
        return self.is_told and not self.is_duplicate and not self.is_withdrawn

    @cached_property
    def steps_ahead(self) -> tuple[Step, ...]:
        """All that may happen to it now."""
        if not self.is_told:
            return (Step.TOLD,)
        allowed = {
            Step.CORRECTED: not self.is_withdrawn,
            Step.MARKED_DUPLICATE: self.counts,
            Step.WITHDRAWN: not self.is_withdrawn,
            Step.REINSTATED: not self.counts,
            Step.TEXT_ERASED: not self.is_erased,
        }
        return tuple(step for step, may in allowed.items() if may)

    def after(self, step: Step) -> "ReportLife":
        match step:
            case Step.TOLD:
                return replace(self, is_told=True)
            case Step.CORRECTED:
                return self
            case Step.MARKED_DUPLICATE:
                return replace(self, is_duplicate=True)
            case Step.WITHDRAWN:
                return replace(self, is_withdrawn=True)
            case Step.REINSTATED:
                return replace(self, is_duplicate=False, is_withdrawn=False)
            case Step.TEXT_ERASED:
                return replace(self, is_erased=True)


class Turn(NamedTuple):
    """Which report something happens to, and which of all that may happen to it."""

    report: int
    choice: int
    #: What it says from now on, if it says anything.
    says: Mapping[str, object] = {}


def steps_of(turns: Iterable[Turn]) -> list[tuple[Turn, Step]]:
    """What happens at each turn: a choice beyond what may happen begins anew."""
    lives: dict[int, ReportLife] = {}
    steps = []
    for turn in turns:
        life = lives.get(turn.report, ReportLife())
        step = life.steps_ahead[turn.choice % len(life.steps_ahead)]
        lives[turn.report] = life.after(step)
        steps.append((turn, step))
    return steps


def life_of(*steps: Step) -> list[Turn]:
    """One report that is told, to which these things happen; each time it speaks it is graver."""
    life, turns = ReportLife().after(Step.TOLD), [Turn(0, 0, {"severity": 1})]
    for severity, step in enumerate(steps, start=2):
        turns.append(Turn(0, life.steps_ahead.index(step), {"severity": severity}))
        life = life.after(step)
    return turns


def told_lives(turns: Iterable[Turn], *, begin: int = 1) -> list[Message]:
    """The lives as intake tells of them, one position each."""
    return [
        _message(step, turn=turn, position=position)
        for position, (turn, step) in enumerate(steps_of(turns), start=begin)
    ]


def counting_after(told: Iterable[Message]) -> dict[UUID, Told]:
    """What each report says that counts, read from the messages alone."""
    said: dict[UUID, Told] = {}
    counting: dict[UUID, bool] = {}
    for message in told:
        match message:
            case IncidentReported():
                said[message.report_id], counting[message.report_id] = message, True
            case IncidentReportCorrected():
                said[message.report_id] = message
            case IncidentReportWithdrawn() | IncidentReportMarkedDuplicate():
                counting[message.report_id] = False
            case IncidentReportReinstated():
                counting[message.report_id] = True
            case _:
                continue
    return {report_id: each for report_id, each in said.items() if counting[report_id]}


def _message(step: Step, *, turn: Turn, position: int) -> Message:
    of = {"report_id": example_id(f"life/{turn.report}")}
    match step:
        case Step.TOLD:
            return example_of(IncidentReported, position=position, **of, **turn.says)
        case Step.CORRECTED:
            return example_of(IncidentReportCorrected, position=position, **of, **turn.says)
        case Step.MARKED_DUPLICATE:
            original = example_id("life/original")
            return example_of(IncidentReportMarkedDuplicate, position=position, **of, duplicate_of=original)
        case Step.WITHDRAWN:
            return example_of(IncidentReportWithdrawn, position=position, **of)
        case Step.REINSTATED:
            return example_of(IncidentReportReinstated, position=position, **of)
        case Step.TEXT_ERASED:
            return example_of(IncidentReportTextErased, position=position, **of)
