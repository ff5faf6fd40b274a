"""What may happen to a problem."""

import pytest
from eventsourcing.domain import Aggregate
from histories import NORRANGEN, WEEK_47, history

from est_analysis.domain.decision_words import WordsPointAtSomebody, accepted_words
from est_analysis.domain.evidence import Evidence, evidence_of
from est_analysis.domain.problem import (
    ConfirmationReason,
    DismissalReason,
    EvidenceHasChanged,
    Problem,
    ProblemState,
)
from est_contracts.vocabulary import Theme, Week

RULES = ("recurs_in_three_of_four_weeks", "is_above_its_own_history")


def evidence(*window: int) -> Evidence:
    return evidence_of(history(*window), theme=Theme.VANDALISM, area_name="Norrängen")


def flagged_problem(week: Week = WEEK_47) -> Problem:
    return Problem.flagged(NORRANGEN, week=week, rules=RULES, evidence=evidence(0, 6, 5, 7))


def test_a_decision_on_evidence_that_has_changed_since_is_refused() -> None:
    problem = flagged_problem()
    problem.renew_evidence(week=WEEK_47, evidence=evidence(0, 6, 5, 8))

    with pytest.raises(EvidenceHasChanged):
        problem.confirm(function="samordnaren", reason=ConfirmationReason.SEEN_BY_US, seen_version=1)
    with pytest.raises(EvidenceHasChanged):
        problem.dismiss(function="samordnaren", reason=DismissalReason.CHANCE, seen_version=1)


def test_a_flagged_problem_can_be_confirmed() -> None:
    problem = flagged_problem()

    problem.confirm(function="samordnaren", reason=ConfirmationReason.SEEN_BY_US, seen_version=1)

    assert problem.state is ProblemState.CONFIRMED
    assert problem.reason is ConfirmationReason.SEEN_BY_US


def test_the_same_decision_again_changes_nothing() -> None:
    problem = flagged_problem()
    problem.dismiss(function="samordnaren", reason=DismissalReason.CHANCE, seen_version=1)

    problem.dismiss(function="samordnaren", reason=DismissalReason.CHANCE, seen_version=1)

    assert problem.version == 2


def test_people_may_change_their_minds() -> None:
    problem = flagged_problem()
    problem.dismiss(function="samordnaren", reason=DismissalReason.CHANCE, seen_version=1)

    problem.confirm(function="kommunpolisen", reason=ConfirmationReason.SEEN_BY_US, seen_version=2)

    assert problem.state is ProblemState.CONFIRMED


def test_while_the_run_goes_on_there_is_newer_evidence_and_no_new_flag() -> None:
    problem = flagged_problem()
    problem.dismiss(function="samordnaren", reason=DismissalReason.CHANCE, seen_version=1)

    problem.flag_again_or_renew(week=WEEK_47.next, rules=RULES, evidence=evidence(6, 5, 7, 9))

    assert problem.state is ProblemState.DISMISSED
    assert problem.last_seen == WEEK_47.next
    assert problem.evidence.counts == (6, 5, 7, 9)


def test_the_same_evidence_again_is_no_news() -> None:
    problem = flagged_problem()

    problem.flag_again_or_renew(week=WEEK_47, rules=RULES, evidence=evidence(0, 6, 5, 7))

    assert problem.version == 1


def test_a_late_report_does_not_turn_the_evidence_back() -> None:
    problem = flagged_problem()

    problem.flag_again_or_renew(week=WEEK_47.previous, rules=RULES, evidence=evidence(1, 0, 6, 5))

    assert problem.last_seen == WEEK_47


def test_four_quiet_weeks_break_the_run_and_three_do_not() -> None:
    problem = flagged_problem()

    assert not problem.run_is_broken_at(WEEK_47.before(-4))
    assert problem.run_is_broken_at(WEEK_47.before(-5))


def test_a_dismissed_problem_is_flagged_again_after_the_run_was_broken() -> None:
    problem = flagged_problem()
    problem.dismiss(function="samordnaren", reason=DismissalReason.CHANCE, seen_version=1)

    problem.flag_again_or_renew(week=WEEK_47.before(-5), rules=RULES, evidence=evidence(0, 4, 5, 7))

    assert problem.state is ProblemState.FLAGGED
    assert problem.reason is None


def test_the_same_theme_in_the_same_area_is_the_same_problem() -> None:
    assert flagged_problem().id == Problem.create_id("9901", area="9901R002", theme="vandalism")


def test_a_problem_comes_back_from_its_events_as_it_was() -> None:
    problem = flagged_problem()
    problem.renew_evidence(week=WEEK_47.next, evidence=evidence(6, 5, 7, 9))
    problem.dismiss(function="samordnaren", reason=DismissalReason.MORE_REPORTING, seen_version=2)
    problem.flag_again_or_renew(week=WEEK_47.before(-8), rules=RULES, evidence=evidence(0, 4, 5, 7))
    problem.confirm(function="samordnaren", reason=ConfirmationReason.SEEN_BY_US, seen_version=4)

    read_back: Aggregate | None = None
    for recorded in problem.collect_events():
        read_back = recorded.mutate(read_back)

    assert isinstance(read_back, Problem)
    assert read_back.__dict__ == problem.__dict__
    for name, kept in problem.__dict__.items():
        assert type(read_back.__dict__[name]) is type(kept), name


@pytest.mark.parametrize(
    "written", ["Ring 070-123 45 67", "19850709-1234", "skriv till anna@valboas.example"]
)
def test_words_that_point_at_somebody_are_refused(written: str) -> None:
    with pytest.raises(WordsPointAtSomebody):
        accepted_words(written)


def test_words_are_kept_without_superfluous_blanks() -> None:
    assert accepted_words("  Skolan hade  öppet hus, 2026.\n") == "Skolan hade öppet hus, 2026."
    assert accepted_words("   ") is None
    assert accepted_words(None) is None
