"""What analysis tells: flags and decisions. Newer evidence and the reasons of decisions stay here."""

from functools import singledispatch

from est_analysis.domain.measure import Measure, Plan
from est_analysis.domain.problem import Problem
from est_chassis.publications import Publications
from est_contracts.messages import (
    MeasureCompleted,
    MeasureDecided,
    Message,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
    Recorded,
)
from est_contracts.messages.analysis import Evidence
from est_contracts.vocabulary import Theme


@singledispatch
def message_about(_event: object, _recorded: Recorded) -> Message | None:
    """The message that tells of an event, or None when it is nobody else's business."""
    return None


@message_about.register(Problem.Flagged)
@message_about.register(Problem.FlaggedAgain)
def _(event: Problem.Flagged | Problem.FlaggedAgain, recorded: Recorded) -> ProblemFlagged:
    return ProblemFlagged(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        problem_id=event.originator_id,
        area=event.area,
        theme=Theme(event.theme),
        period=event.period,
        rules=tuple(event.rules),
        evidence=Evidence.model_validate(event.evidence),
    )


@message_about.register
def _(event: Problem.Confirmed, recorded: Recorded) -> ProblemConfirmed:
    return ProblemConfirmed(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        problem_id=event.originator_id,
    )


@message_about.register
def _(event: Problem.Dismissed, recorded: Recorded) -> ProblemDismissed:
    return ProblemDismissed(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        problem_id=event.originator_id,
    )


@message_about.register
def _(event: Measure.Decided, recorded: Recorded) -> MeasureDecided:
    plan = Plan.recorded(event.plan)
    return MeasureDecided(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        measure_id=event.measure_id,
        problem_id=event.problem_id,
        kind=plan.kind,
        function=plan.function,
        due_on=plan.due_on,
    )


@message_about.register
def _(event: Measure.Completed, recorded: Recorded) -> MeasureCompleted:
    return MeasureCompleted(
        recorded=recorded,
        municipality=event.municipality,
        happened_at=recorded.recorded_at,
        measure_id=event.measure_id,
        problem_id=event.problem_id,
    )


publications = Publications(
    message_about,
    tells=(ProblemFlagged, ProblemConfirmed, ProblemDismissed, MeasureDecided, MeasureCompleted),
)
