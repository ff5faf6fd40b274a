"""An alert stands exactly when somebody is needed, however the messages come."""

from collections.abc import Sequence
from itertools import count, pairwise
from typing import Any
from uuid import UUID, uuid4

from duty_room import (
    Tell,
    alert_id,
    correction,
    decided,
    duplicate,
    flagged_problem,
    grave_incident,
    incident,
    problem_alert_id,
    reinstatement,
    withdrawal,
)
from fed_by_hand import fed_by_hand
from hypothesis import example, given, settings
from hypothesis import strategies as st

from est_chassis.testing import FreshDatabase
from est_contracts.messages import ProblemConfirmed, ProblemDismissed
from est_contracts.vocabulary import Polarity
from est_notifier.domain.alerts import AlertState

GRAVE, LESSER, GOOD = {"severity": 5}, {"severity": 3}, {"severity": 5, "polarity": Polarity.POSITIVE}
SAYS: dict[str, dict[str, Any]] = {"grave": GRAVE, "lesser": LESSER, "good": GOOD}
TURNS = {"withdrawn": False, "duplicate": False, "reinstated": True}

tellings = st.sampled_from(sorted(SAYS))
steps_of_a_report = st.sampled_from([*SAYS, *TURNS])
steps_of_a_problem = st.sampled_from(["flagged last week", "flagged this week", "confirmed", "dismissed"])
numbers = count(1)


def telling(number: int, says: str) -> Tell:
    return incident(number, **SAYS[says])


def step_of_report(number: int, step: str) -> Tell:
    match step:
        case "withdrawn":
            return withdrawal(number)
        case "duplicate":
            return duplicate(number, of=0)
        case "reinstated":
            return reinstatement(number)
        case _:
            return correction(number, **SAYS[step])


def step_of_problem(problem_id: UUID, step: str) -> Tell:
    match step:
        case "confirmed":
            return decided(ProblemConfirmed, problem_id)
        case "dismissed":
            return decided(ProblemDismissed, problem_id)
        case _:
            return flagged_problem(weeks_ago=int(step == "flagged last week"), problem_id=problem_id)


def test_an_alert_stands_exactly_when_the_report_counts_and_is_of_the_gravest_kind(
    database: FreshDatabase,
) -> None:
    people = st.sampled_from(["acknowledged", "unanswered"])

    @settings(max_examples=40, deadline=None)
    @given(tellings, st.lists(st.one_of(steps_of_a_report, people), max_size=8))
    @example("grave", ["lesser", "grave"])
    @example("grave", ["unanswered", "withdrawn", "reinstated", "unanswered"])
    @example("lesser", ["duplicate", "grave", "reinstated"])
    def live(first: str, life: list[str]) -> None:
        number = next(numbers)
        alert = alert_id(number)
        says, counts, is_answered = first, True, False
        notifier.hears(telling(number, first))
        for step in life:
            if step == "acknowledged":
                if notifier.is_calling(alert):
                    notifier.acknowledge(alert)
                    is_answered = True
            elif step == "unanswered":
                notifier.rings(*notifier.timers_of(alert))
            else:
                notifier.hears(step_of_report(number, step))
                says, counts = (says, TURNS[step]) if step in TURNS else (step, counts)
            asks = says == "grave" and counts
            assert notifier.is_calling(alert) == (asks and not is_answered)

    with fed_by_hand(database) as notifier:
        live()


def test_the_same_messages_in_any_batches_give_the_same_alerts_and_escalations(
    database: FreshDatabase,
) -> None:
    @settings(max_examples=40, deadline=None)
    @given(
        tellings, st.lists(steps_of_a_report, max_size=8), st.lists(steps_of_a_problem, max_size=6), st.data()
    )
    def tell(first: str, life: list[str], problem: list[str], drawn: st.DataObject) -> None:
        stories = []
        for batches in (one_by_one, lambda told: in_some_batches(told, drawn)):
            number, problem_id = next(numbers), uuid4()
            alerts = (
                alert_id(number),
                *(problem_alert_id(weeks_ago=weeks, problem_id=problem_id) for weeks in (0, 1)),
            )
            told = [telling(number, first), *(step_of_report(number, step) for step in life)]
            for batch in (*batches(told), *batches([step_of_problem(problem_id, step) for step in problem])):
                notifier.hears(*batch)
                if batches is one_by_one:
                    notifier.reads_its_own_log()
            for alert in alerts:
                notifier.ring_until_nobody_is_left(alert)
            stories.append([notifier.story_of(alert) for alert in alerts])
        assert stories[0] == stories[1]

    with fed_by_hand(database) as notifier:
        tell()


def one_by_one(told: Sequence[Tell]) -> list[Sequence[Tell]]:
    return [[each] for each in told]


def in_some_batches(told: Sequence[Tell], drawn: st.DataObject) -> list[Sequence[Tell]]:
    cuts = drawn.draw(st.sets(st.integers(1, len(told)))) if told else ()
    edges = sorted({0, *cuts, len(told)})
    return [told[begin:end] for begin, end in pairwise(edges)]


def test_who_has_answered_once_is_not_called_again(database: FreshDatabase) -> None:
    with fed_by_hand(database) as notifier:
        notifier.hears(grave_incident(1))
        notifier.acknowledge(alert_id(1))
        notifier.hears(withdrawal(1), reinstatement(1))
        alert = notifier.alert(alert_id(1))

    assert alert is not None
    assert (alert.state, alert.acknowledged_by) == (AlertState.ACKNOWLEDGED, "tib")


def test_a_timer_of_an_earlier_time_does_not_ring_for_an_alert_that_is_raised_again(
    database: FreshDatabase,
) -> None:
    with fed_by_hand(database) as notifier:
        notifier.hears(grave_incident(1))
        before = notifier.timers_of(alert_id(1))
        notifier.hears(withdrawal(1), reinstatement(1))
        notifier.rings(*before)
        alert = notifier.alert(alert_id(1))

    assert alert is not None
    assert (alert.function, alert.state) == ("tib", AlertState.OPEN)


def test_what_is_handled_late_is_judged_by_what_is_known_by_then(database: FreshDatabase) -> None:
    with fed_by_hand(database) as notifier:
        notifier.hears(incident(1, severity=3))
        notifier.buries(correction(1, severity=5), flagged_problem())
        notifier.hears(withdrawal(1))
        notifier.hears(decided(ProblemDismissed))
        notifier.handles_the_dead_letters()

    assert (notifier.alert(alert_id(1)), notifier.alert(problem_alert_id())) == (None, None)
