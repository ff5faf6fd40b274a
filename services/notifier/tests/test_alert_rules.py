"""What calls for an alert, who is called, and how long one waits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.examples import example_id
from est_contracts.vocabulary import CollaborationDocument, Function, Polarity, Role, Theme, Week
from est_notifier.domain.escalation import escalation_chain
from est_notifier.domain.occasions import Cause, Occasion, calls_for_an_alert

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


def grave_report() -> Occasion:
    return Occasion(
        municipality="9901",
        cause=Cause.SEVERITY,
        concerns=example_id("report/1"),
        theme=Theme.FIRE,
        area=NORRANGEN,
        happened_at=NOW - timedelta(minutes=20),
        recorded_at=NOW,
        severity=5,
    )


def flagged_problem() -> Occasion:
    return replace(
        grave_report(), cause=Cause.PROBLEM, severity=None, happened_at=NOW, week=Week.parse("2026-W47")
    )


@pytest.mark.parametrize("severity", [None, 1, 4])
def test_a_less_grave_report_wakes_nobody(severity: int | None) -> None:
    assert not calls_for_an_alert(replace(grave_report(), severity=severity), now=NOW)


def test_what_happened_more_than_a_day_before_it_was_recorded_wakes_nobody() -> None:
    long_ago = replace(grave_report(), happened_at=NOW - timedelta(hours=24, seconds=1))
    within_the_day = replace(grave_report(), happened_at=NOW - timedelta(hours=24))

    assert not calls_for_an_alert(long_ago, now=NOW)
    assert calls_for_an_alert(within_the_day, now=NOW)


def test_what_we_hear_of_more_than_a_day_late_wakes_nobody() -> None:
    assert not calls_for_an_alert(grave_report(), now=NOW + timedelta(hours=25))


def test_something_good_wakes_nobody() -> None:
    assert not calls_for_an_alert(replace(grave_report(), polarity=Polarity.POSITIVE), now=NOW)


@pytest.mark.parametrize(("week", "calls"), [("2026-W45", False), ("2026-W46", True), ("2026-W47", True)])
def test_a_problem_of_this_week_or_the_last_calls_for_an_alert(week: str, calls: bool) -> None:
    occasion = replace(flagged_problem(), week=Week.parse(week))

    assert calls_for_an_alert(occasion, now=NOW) is calls


def test_a_report_of_the_gravest_kind_calls_for_an_alert() -> None:
    assert calls_for_an_alert(grave_report(), now=NOW)


def test_something_grave_that_is_expected_calls_for_an_alert() -> None:
    expected = replace(grave_report(), happened_at=NOW + timedelta(hours=30))

    assert calls_for_an_alert(expected, now=NOW)


def test_the_duty_officer_is_called_then_the_substitute_then_the_municipality_s_coordinator() -> None:
    assert escalation_chain(example_collaboration()) == ("tib", "tib_ersattare", "samordnaren")


def test_without_a_duty_officer_the_coordinator_is_called() -> None:
    collaboration = _without(Role.DUTY_OFFICER)

    assert escalation_chain(collaboration) == ("samordnaren",)


def test_nobody_is_called_twice() -> None:
    collaboration = example_collaboration()
    functions = tuple(_with_substitute(function, "samordnaren") for function in collaboration.functions)

    chain = escalation_chain(collaboration.model_copy(update={"functions": functions}))

    assert chain == ("tib", "samordnaren")


def _without(role: Role) -> CollaborationDocument:
    collaboration = example_collaboration()
    left = tuple(function for function in collaboration.functions if role not in function.roles)
    return collaboration.model_copy(update={"functions": left})


def _with_substitute(function: Function, substitute: str) -> Function:
    if function.function_id != "tib":
        return function
    return function.model_copy(update={"substitute": substitute})
