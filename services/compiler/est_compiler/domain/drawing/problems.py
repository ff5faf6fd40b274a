"""Problems and measures as analysis has told of them, as far as they belong to a picture's time and place."""

from datetime import date, timedelta

from est_compiler.domain.drawing.names import Names
from est_compiler.domain.knowledge import Knowledge, ToldMeasure, ToldProblem
from est_compiler.domain.picture import MeasureInPicture, ProblemInPicture
from est_contracts.vocabulary import Theme

CONFIRMED, PROPOSED, DISMISSED = "confirmed", "proposed", "dismissed"
#: What is found and decided while the picture is put together, in the days after its period, stands in it.
PUT_TOGETHER_WITHIN = timedelta(days=14)

_STATES = (CONFIRMED, PROPOSED, DISMISSED)
_THEMES = list(Theme)


def problems(known: Knowledge, names: Names) -> tuple[ProblemInPicture, ...]:
    """Confirmed ones first, then those that are proposed, then those that were dismissed."""
    belonging = (each for each in known.problems if belongs(each, known))
    return tuple(
        sorted(
            (_problem(each, known, names) for each in belonging),
            key=lambda each: (
                _STATES.index(each.state),
                names.area_order(each.area),
                _THEMES.index(each.theme),
                each.problem,
            ),
        )
    )


def belongs(problem: ToldProblem, known: Knowledge) -> bool:
    return (
        is_of_the_scope(problem, known)
        and was_flagged_in_time(problem, known)
        and was_not_dismissed_before(problem, known)
    )


def is_of_the_scope(problem: ToldProblem, known: Knowledge) -> bool:
    return known.areas is None or problem.area in known.areas


def was_flagged_in_time(problem: ToldProblem, known: Knowledge) -> bool:
    return problem.flagged_on <= _put_together_by(known)


def was_not_dismissed_before(problem: ToldProblem, known: Knowledge) -> bool:
    """A dismissed problem is told of once: in the period in which it was alive last."""
    return problem.state != DISMISSED or problem.changed_on >= known.period.first_day


def _problem(told: ToldProblem, known: Knowledge, names: Names) -> ProblemInPicture:
    decided = (each for each in told.measures if each.decided_on <= _put_together_by(known))
    return ProblemInPicture(
        problem=told.problem,
        area=told.area,
        area_name=names.area(told.area),
        theme=told.theme,
        state=told.state,
        flagged_on=told.flagged_on,
        changed_on=told.changed_on,
        evidence=told.evidence,
        measures=tuple(
            _measure(each, names)
            for each in sorted(decided, key=lambda each: (each.decided_on, each.measure))
        ),
    )


def _measure(told: ToldMeasure, names: Names) -> MeasureInPicture:
    return MeasureInPicture(
        measure=told.measure,
        kind=told.kind,
        function=told.function,
        title=names.function(told.function),
        decided_on=told.decided_on,
        due_on=told.due_on,
        completed_on=told.completed_on,
    )


def _put_together_by(known: Knowledge) -> date:
    return known.period.last_day + PUT_TOGETHER_WITHIN
