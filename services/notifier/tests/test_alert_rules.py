"""What calls for an alert, who is called, and how long one waits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.examples import example_id
from est_contracts.vocabulary import CollaborationDocument, DutyPeriod, Function, Polarity, Role, Theme, Week
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
    assert escalation_chain(example_collaboration(), now=NOW) == ("tib", "tib_ersattare", "samordnaren")


def test_without_a_duty_officer_the_coordinator_is_called() -> None:
    collaboration = _without(Role.DUTY_OFFICER)

    assert escalation_chain(collaboration, now=NOW) == ("samordnaren",)


def test_nobody_is_called_twice() -> None:
    collaboration = example_collaboration()
    functions = tuple(_with_substitute(function, "samordnaren") for function in collaboration.functions)

    chain = escalation_chain(collaboration.model_copy(update={"functions": functions}), now=NOW)

    assert chain == ("tib", "samordnaren")


@pytest.mark.parametrize(
    ("now", "chain"),
    [
        # Swedish time: the day begins an hour before UTC's.
        (datetime(2026, 11, 19, 22, 59, tzinfo=UTC), ("tib", "tib_ersattare", "samordnaren")),
        (datetime(2026, 11, 19, 23, 0, tzinfo=UTC), ("kommunpolisen", "tib_ersattare", "samordnaren")),
        (datetime(2026, 11, 21, 22, 59, tzinfo=UTC), ("kommunpolisen", "tib_ersattare", "samordnaren")),
        (datetime(2026, 11, 21, 23, 0, tzinfo=UTC), ("tib", "tib_ersattare", "samordnaren")),
    ],
)
def test_whoever_fills_the_duty_officer_s_seat_that_day_is_called(
    now: datetime, chain: tuple[str, ...]
) -> None:
    assert escalation_chain(_on_duty_on_friday_and_saturday("kommunpolisen"), now=now) == chain


def test_a_substitute_who_has_the_duty_is_called_once() -> None:
    collaboration = _on_duty_on_friday_and_saturday("tib_ersattare")

    assert escalation_chain(collaboration, now=NOW) == ("tib_ersattare", "samordnaren")


def test_whoever_could_not_answer_an_alert_is_not_called_in_the_duty_officer_s_place() -> None:
    collaboration = _on_duty_on_friday_and_saturday("faltgruppen")

    assert escalation_chain(collaboration, now=NOW) == ("tib", "tib_ersattare", "samordnaren")


def _on_duty_on_friday_and_saturday(function: str) -> CollaborationDocument:
    duty = DutyPeriod(
        function_id="tib",
        filled_by=function,
        first_day=date(2026, 11, 20),
        last_day=date(2026, 11, 21),
    )
    return example_collaboration().model_copy(update={"duty_periods": (duty,)})


def _without(role: Role) -> CollaborationDocument:
    collaboration = example_collaboration()
    left = tuple(function for function in collaboration.functions if role not in function.roles)
    return collaboration.model_copy(update={"functions": left})


def _with_substitute(function: Function, substitute: str) -> Function:
    if function.function_id != "tib":
        return function
    return function.model_copy(update={"substitute": substitute})
