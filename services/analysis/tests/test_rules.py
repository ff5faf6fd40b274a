"""When do the rules propose a problem?"""

import pytest
from histories import history, history_of_a_new_municipality

from est_analysis.domain.expected import Level, level_of
from est_analysis.domain.rules import (
    is_above_its_own_history,
    may_become_a_problem,
    reasons_to_flag,
    recurs_in_three_of_four_weeks,
    still_goes_on,
)
from est_contracts.vocabulary import Polarity, Scope, Tense, Theme


def test_two_weeks_of_four_are_not_recurring() -> None:
    assert not recurs_in_three_of_four_weeks(history(0, 9, 0, 9))


def test_three_weeks_of_four_are_recurring_in_any_order() -> None:
    assert recurs_in_three_of_four_weeks(history(2, 0, 3, 4))


def test_a_problem_that_was_not_reported_this_week_does_not_still_go_on() -> None:
    assert not still_goes_on(history(6, 5, 7, 0))


def test_what_is_as_usual_is_not_above_its_own_history() -> None:
    assert not is_above_its_own_history(history(5, 6, 4, 5, earlier=(5, 4, 6, 5) * 13))


def test_what_is_far_more_than_usual_is_above_its_own_history() -> None:
    assert is_above_its_own_history(history(2, 6, 5, 7))


def test_a_flag_names_every_rule_that_holds() -> None:
    assert reasons_to_flag(history(2, 6, 5, 7)) == (
        "recurs_in_three_of_four_weeks",
        "still_goes_on",
        "is_above_its_own_history",
    )


def test_nothing_is_flagged_when_one_rule_does_not_hold() -> None:
    assert reasons_to_flag(history(6, 5, 7, 0)) == ()


def test_a_new_municipality_is_not_flooded_with_flags() -> None:
    assert reasons_to_flag(history_of_a_new_municipality(1, 1, 1, 1)) == ()


def test_a_new_municipality_is_told_of_what_is_great_anywhere() -> None:
    assert reasons_to_flag(history_of_a_new_municipality(0, 6, 5, 7))


def test_a_problems_own_run_does_not_become_the_new_normal() -> None:
    with_its_run = history(6, 5, 6, 7, earlier=(0,) * 40 + (6,) * 12)

    without_its_run = with_its_run.leaving_out_the_run_since(with_its_run.first_week.before(12))

    assert level_of(without_its_run).mean < 0.5 < level_of(with_its_run).mean


@pytest.mark.parametrize("reports", [0, 1, 5, 40, 400])
def test_a_chance_is_a_chance(reports: int) -> None:
    chance = Level(mean=2.1, shape=20.0).chance_of_at_least(reports)

    assert 0.0 <= chance <= 1.0


def test_the_chances_are_those_of_the_negative_binomial_distribution() -> None:
    # Mean 8 in four weeks and shape 4: P(X >= 1) = 1 - (4 / 12) ** 4.
    assert Level(mean=2.0, shape=4.0).chance_of_at_least(1) == pytest.approx(1 - (4 / 12) ** 4)


@pytest.mark.parametrize(
    ("theme", "polarity", "scope", "tense"),
    [
        (Theme.POSITIVE, Polarity.NEGATIVE, Scope.PLACE, Tense.OCCURRED),
        (Theme.SURROUNDINGS, Polarity.NEGATIVE, Scope.PLACE, Tense.OCCURRED),
        (Theme.FIRE, Polarity.POSITIVE, Scope.PLACE, Tense.OCCURRED),
        (Theme.FIRE, Polarity.NEGATIVE, Scope.ELSEWHERE, Tense.OCCURRED),
        (Theme.FIRE, Polarity.NEGATIVE, Scope.PLACE, Tense.EXPECTED),
    ],
)
def test_what_is_good_or_elsewhere_or_only_expected_becomes_no_problem(
    theme: Theme, polarity: Polarity, scope: Scope, tense: Tense
) -> None:
    assert not may_become_a_problem(theme, polarity=polarity, scope=scope, tense=tense)


def test_what_happened_here_may_become_a_problem() -> None:
    assert may_become_a_problem(
        Theme.FIRE, polarity=Polarity.NEGATIVE, scope=Scope.PLACE, tense=Tense.OCCURRED
    )
