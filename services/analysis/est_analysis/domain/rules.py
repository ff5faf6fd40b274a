"""The rules by which the machine proposes that a problem recurs: named clauses, all of which must hold."""

from collections.abc import Callable

from est_analysis.domain.expected import level_of
from est_analysis.domain.history import History
from est_contracts.vocabulary import Polarity, Scope, Tense, Theme

Rule = Callable[[History], bool]

# One window in two hundred may look like this by chance.
GREATEST_CHANCE = 0.005


def recurs_in_three_of_four_weeks(history: History) -> bool:
    """The theme was reported in the area in at least three of four consecutive weeks."""
    return sum(1 for reports in history.window if reports) >= 3


def still_goes_on(history: History) -> bool:
    """The theme was reported in the judged week itself."""
    return history.window[-1] > 0


def is_above_its_own_history(history: History) -> bool:
    """The four weeks hold more than the series' own earlier weeks lead one to expect."""
    return level_of(history).chance_of_at_least(history.reports) <= GREATEST_CHANCE


RULES: tuple[Rule, ...] = (recurs_in_three_of_four_weeks, still_goes_on, is_above_its_own_history)


def reasons_to_flag(history: History) -> tuple[str, ...]:
    """The names of the rules when all of them hold, otherwise nothing."""
    if all(rule(history) for rule in RULES):
        return tuple(rule.__name__ for rule in RULES)
    return ()


def may_become_a_problem(theme: Theme, *, polarity: Polarity, scope: Scope, tense: Tense) -> bool:
    """Only what has occurred, here, and not for the better, counts towards a problem."""
    return (
        theme not in (Theme.POSITIVE, Theme.SURROUNDINGS)
        and polarity is not Polarity.POSITIVE
        and scope is not Scope.ELSEWHERE
        and tense is Tense.OCCURRED
    )
