"""What one can do with problems."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from est_analysis.domain.decision_words import accepted_words
from est_analysis.domain.evidence import evidence_of
from est_analysis.domain.history import WINDOW_WEEKS, Series, SeriesWeeks, weeks_between
from est_analysis.domain.measure import Measure, MeasureSaysSomethingElse, Plan, ProblemIsNotConfirmed
from est_analysis.domain.problem import ConfirmationReason, DismissalReason, Problem, ProblemState
from est_analysis.domain.rules import reasons_to_flag, recurs_in_three_of_four_weeks
from est_analysis.domain.standing import Change, Place
from est_chassis.application import Application
from est_chassis.clock import Clock
from est_chassis.event_store import UnitOfWork
from est_chassis.failures import NotFound
from est_contracts.vocabulary import Week

# Free words are kept beside the log, so that they can be erased; they are in no event and no message.
BESIDE_TABLES = """
CREATE TABLE IF NOT EXISTS decision_words (
    problem_id uuid NOT NULL,
    version integer NOT NULL,
    words text NOT NULL,
    PRIMARY KEY (problem_id, version)
);
"""
ARE_THERE_WORDS = "SELECT EXISTS (SELECT FROM decision_words WHERE problem_id = %s) AS are_there"
ERASE_WORDS = "DELETE FROM decision_words WHERE problem_id = %s"
KEEP_WORDS = "INSERT INTO decision_words (problem_id, version, words) VALUES (%s, %s, %s)"


@dataclass(frozen=True)
class Known:
    """What was known when a message came: asked for only as far as a judgement needs it."""

    #: How far in the log of the one who told it.
    until: int
    #: What has changed the counts beyond a position, and where.
    changes_after: Callable[[int], Sequence[tuple[int, Change]]]
    weeks_around: Callable[[Series, Week, Sequence[Change]], SeriesWeeks]
    area_name: Callable[[Series], str]


@dataclass(frozen=True)
class Decision:
    """Who decides, having seen what, and in which words."""

    municipality: str
    function: str
    seen_version: int
    words: str | None = None


@dataclass(frozen=True)
class WantedMeasure:
    """A measure as it is to be decided."""

    municipality: str
    measure_id: UUID
    problem_id: UUID
    plan: Plan

    def is_said_by(self, measure: Measure) -> bool:
        return (measure.problem_id, measure.plan) == (self.problem_id, self.plan)


class Analysis(Application):
    """The use cases of analysis."""

    def __init__(self, work: UnitOfWork, clock: Clock) -> None:
        super().__init__(work, clock)
        # A batch is fed before its messages are handled: what changed with those that follow is yet to come.
        self._to_come: Sequence[tuple[int, Change]] | None = None

    def weigh(self, changes: Sequence[Change], *, known: Known) -> None:
        """Look again wherever a report has begun to count, or ceased to: with what was known by then."""
        if self._to_come is None:
            self._to_come = known.changes_after(known.until)
        self._to_come = [each for each in self._to_come if each[0] > known.until]
        for change in changes:
            if change.reports > 0:
                self._judge_around(change.place, known)
            else:
                self._renew_evidence(change.place, known)

    def _weeks_around(self, series: Series, week: Week, *, known: Known) -> SeriesWeeks:
        return known.weeks_around(series, week, [change for _position, change in self._to_come or ()])

    def _judge_around(self, place: Place, known: Known) -> None:
        """A late report also changes what later windows show."""
        weeks = self._weeks_around(place.series, place.week, known=known)
        for week in (place.week.before(-later) for later in range(WINDOW_WEEKS)):
            if weeks.reports(week):
                self._judge(weeks, week=week, known=known)

    def _judge(self, weeks: SeriesWeeks, *, week: Week, known: Known) -> None:
        """Look at a series as of a week; flag a problem when the rules propose one."""
        series, history = weeks.series, weeks.history(week)
        if not recurs_in_three_of_four_weeks(history):
            return
        problem = self.work.find(Problem, _id_of(series))
        if problem is not None and not problem.run_is_broken_at(week):
            history = history.leaving_out_the_run_since(problem.began)
        rules = reasons_to_flag(history)
        if not rules:
            return
        evidence = evidence_of(history, theme=series.theme, area_name=known.area_name(series))
        if problem is None:
            problem = Problem.flagged(series, week=week, rules=rules, evidence=evidence)
        else:
            problem.flag_again_or_renew(week=week, rules=rules, evidence=evidence)
        self.work.save(problem)

    def _renew_evidence(self, place: Place, known: Known) -> None:
        """A report counts here no longer: evidence that rested on it is renewed.

        A flag is not taken back by this: that is for people to decide.
        """
        series = place.series
        problem = self.work.find(Problem, _id_of(series))
        if problem is None or not 0 <= weeks_between(place.week, problem.last_seen) < WINDOW_WEEKS:
            return
        seen = self._weeks_around(series, problem.last_seen, known=known)
        history = seen.history(problem.last_seen).leaving_out_the_run_since(problem.began)
        evidence = evidence_of(history, theme=series.theme, area_name=known.area_name(series))
        problem.renew_evidence(week=problem.last_seen, evidence=evidence)
        self.work.save(problem)

    def confirm_problem(self, problem_id: UUID, *, reason: ConfirmationReason, decision: Decision) -> int:
        """Yes, this is a problem. The problem's version is returned."""
        problem, before = self._problem(problem_id, decision)
        problem.confirm(function=decision.function, reason=reason, seen_version=decision.seen_version)
        return self._decided(problem, decision, before=before)

    def dismiss_problem(self, problem_id: UUID, *, reason: DismissalReason, decision: Decision) -> int:
        """No, this is no problem. The problem's version is returned."""
        problem, before = self._problem(problem_id, decision)
        problem.dismiss(function=decision.function, reason=reason, seen_version=decision.seen_version)
        return self._decided(problem, decision, before=before)

    def erase_words(self, municipality: str, problem_id: UUID, *, by_function: str) -> None:
        """Let the words of every decision on a problem be forgotten; the same again is harmless."""
        problem = self.work.get(Problem, problem_id)
        if problem.municipality != municipality:
            raise NotFound(str(problem_id))
        # Words of a decision that shares our commit are not yet where we look.
        self.work.flush()
        found = self.work.cursor.execute(ARE_THERE_WORDS, (problem.id,)).fetchone()
        if found is None or not found["are_there"]:
            return
        problem.erase_words(function=by_function)
        self.work.write(ERASE_WORDS, (problem.id,))
        self.work.save(problem)

    def decide_measure(self, wanted: WantedMeasure, *, by_function: str) -> Measure:
        """Decide a measure against a confirmed problem. The same again is harmless."""
        key = Measure.create_id(wanted.municipality, wanted.measure_id)
        measure = self.work.find(Measure, key)
        if measure is not None:
            if not wanted.is_said_by(measure):
                raise MeasureSaysSomethingElse
            return measure
        problem = self.work.find(Problem, wanted.problem_id)
        if problem is None or problem.municipality != wanted.municipality:
            raise NotFound(str(wanted.problem_id))
        if problem.state is not ProblemState.CONFIRMED:
            raise ProblemIsNotConfirmed
        measure = Measure(
            municipality=wanted.municipality,
            measure_id=wanted.measure_id,
            problem_id=wanted.problem_id,
            plan=wanted.plan.as_recorded(),
            by_function=by_function,
        )
        self.work.save(measure)
        return measure

    def complete_measure(
        self, municipality: str, measure_id: UUID, *, problem_id: UUID, by_function: str
    ) -> Measure:
        """Say that a measure against a problem has been carried out."""
        measure = self.work.find(Measure, Measure.create_id(municipality, measure_id))
        if measure is None or measure.problem_id != problem_id:
            raise NotFound(str(measure_id))
        measure.complete(by_function=by_function)
        self.work.save(measure)
        return measure

    def _problem(self, problem_id: UUID, decision: Decision) -> tuple[Problem, int]:
        problem = self.work.get(Problem, problem_id)
        if problem.municipality != decision.municipality:
            raise NotFound(str(problem_id))
        return problem, problem.version

    def _decided(self, problem: Problem, decision: Decision, *, before: int) -> int:
        words = accepted_words(decision.words)
        if words and problem.version != before:
            self.work.write(KEEP_WORDS, (problem.id, problem.version, words))
        self.work.save(problem)
        return problem.version


def _id_of(series: Series) -> UUID:
    return Problem.create_id(series.municipality, area=series.area, theme=series.theme)
