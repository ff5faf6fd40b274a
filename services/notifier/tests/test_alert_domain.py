"""One alert: raised, passed on, answered once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from eventsourcing.application import Application

from est_contracts.example_collaboration import HAMNEN, NORRANGEN
from est_contracts.examples import example_id
from est_contracts.vocabulary import Theme
from est_notifier.domain.alerts import Alert, AlertState
from est_notifier.domain.occasions import Cause, Occasion
from est_notifier.domain.refusals import AlertIsAcknowledged, AlertIsStoodDown

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
PATIENCE = timedelta(minutes=15)


def raised_alert(*chain: str) -> Alert:
    occasion = Occasion(
        municipality="9901",
        cause=Cause.SEVERITY,
        concerns=example_id("report/1"),
        theme=Theme.FIRE,
        area=NORRANGEN,
        happened_at=NOW,
        recorded_at=NOW,
        severity=5,
    )
    return Alert.raised(occasion, chain=chain or ("tib", "tib_ersattare"), now=NOW, patience=PATIENCE)


def raised_again(alert: Alert, *chain: str, now: datetime = NOW) -> Alert:
    occasion = replace(_occasion_of(alert), theme=Theme.VIOLENCE, area=HAMNEN)
    alert.raise_again(occasion, chain=chain or ("tib", "tib_ersattare"), now=now, patience=PATIENCE)
    return alert


def unanswered_alert() -> Alert:
    """Nobody has answered, and everybody has been called."""
    alert = raised_alert()
    alert.leave_unanswered(step=1, now=NOW + PATIENCE)
    alert.leave_unanswered(step=2, now=NOW + 2 * PATIENCE)
    return alert


def kinds_of(alert: Alert) -> list[str]:
    return [type(each).__name__ for each in alert.collect_events()]


def test_an_acknowledged_alert_is_not_acknowledged_by_another() -> None:
    alert = raised_alert()
    alert.acknowledge(function="tib", now=NOW)

    with pytest.raises(AlertIsAcknowledged):
        alert.acknowledge(function="tib_ersattare", now=NOW)


def test_an_alert_that_is_stood_down_cannot_be_acknowledged() -> None:
    alert = raised_alert()
    alert.stand_down()

    with pytest.raises(AlertIsStoodDown):
        alert.acknowledge(function="tib", now=NOW)


def test_who_has_acknowledged_may_say_so_again_and_nothing_more_is_recorded() -> None:
    alert = raised_alert()
    alert.acknowledge(function="tib", now=NOW)
    alert.acknowledge(function="tib", now=NOW + PATIENCE)

    assert kinds_of(alert) == ["Raised", "Notified", "Acknowledged"]


def test_the_first_on_the_chain_is_called_at_once_and_has_the_whole_time_to_answer() -> None:
    alert = raised_alert()

    assert (alert.function, alert.step, alert.answer_by) == ("tib", 1, NOW + PATIENCE)


def test_an_unanswered_alert_goes_to_the_next_on_the_chain() -> None:
    alert = raised_alert()
    alert.leave_unanswered(step=1, now=NOW + PATIENCE)

    assert (alert.function, alert.step, alert.state) == ("tib_ersattare", 2, AlertState.OPEN)
    assert kinds_of(alert) == ["Raised", "Notified", "Escalated", "Notified"]


def test_a_reminder_that_comes_twice_or_too_late_changes_nothing() -> None:
    alert = raised_alert()
    alert.leave_unanswered(step=1, now=NOW + PATIENCE)
    alert.leave_unanswered(step=1, now=NOW + PATIENCE)
    alert.acknowledge(function="tib_ersattare", now=NOW + PATIENCE)
    alert.leave_unanswered(step=2, now=NOW + 2 * PATIENCE)

    assert kinds_of(alert) == ["Raised", "Notified", "Escalated", "Notified", "Acknowledged"]


def test_an_alert_is_exhausted_when_nobody_is_left() -> None:
    assert unanswered_alert().state == AlertState.EXHAUSTED


def test_an_alert_with_nobody_to_call_says_so_at_once() -> None:
    alert = raised_alert("tib")
    nobody = Alert.raised(_occasion_of(alert), chain=(), now=NOW, patience=PATIENCE)

    assert kinds_of(nobody) == ["Raised", "Exhausted"]


def test_an_exhausted_alert_can_still_be_acknowledged() -> None:
    alert = unanswered_alert()
    alert.acknowledge(function="tib", now=NOW + timedelta(hours=1))

    assert (alert.state, alert.acknowledged_by) == (AlertState.ACKNOWLEDGED, "tib")


def test_nobody_more_is_woken_by_an_alert_that_has_grown_old() -> None:
    alert = raised_alert()
    alert.leave_unanswered(step=1, now=NOW + timedelta(hours=25))

    assert (alert.function, alert.state) == ("tib", AlertState.EXHAUSTED)


def test_an_answered_alert_is_not_stood_down() -> None:
    alert = raised_alert()
    alert.acknowledge(function="tib", now=NOW)
    alert.stand_down()

    assert alert.state == AlertState.ACKNOWLEDGED


def test_an_alert_that_stands_is_not_raised_again() -> None:
    answered = raised_alert()
    answered.acknowledge(function="tib", now=NOW)
    for alert in (raised_alert(), unanswered_alert(), answered):
        before = alert.version
        assert raised_again(alert).version == before


def test_an_alert_that_is_raised_again_begins_with_the_first_and_says_what_is_said_now() -> None:
    alert = raised_alert()
    alert.leave_unanswered(step=1, now=NOW + PATIENCE)
    alert.stand_down()
    later = NOW + timedelta(hours=30)
    raised_again(alert, "kommunpolisen", "samordnaren", now=later)

    assert (alert.called, alert.state, alert.answer_by) == (
        ("kommunpolisen",),
        AlertState.OPEN,
        later + PATIENCE,
    )
    assert (alert.theme, alert.area) == (Theme.VIOLENCE, HAMNEN)
    assert kinds_of(alert)[-2:] == ["RaisedAgain", "Notified"]


def test_the_steps_of_an_alert_that_is_raised_again_go_on_counting() -> None:
    alert = raised_alert()
    alert.stand_down()
    raised_again(alert)
    alert.leave_unanswered(step=1, now=NOW + PATIENCE)
    before = alert.called
    alert.leave_unanswered(step=2, now=NOW + PATIENCE)

    assert (before, alert.called, alert.step) == (("tib",), ("tib", "tib_ersattare"), 3)


def test_an_alert_that_stands_says_what_its_report_says_now() -> None:
    alert = raised_alert()
    says_now = replace(_occasion_of(alert), theme=Theme.VIOLENCE, area=HAMNEN)
    alert.restate(says_now)
    alert.restate(says_now)

    assert (alert.theme, alert.area, alert.state) == (Theme.VIOLENCE, HAMNEN, AlertState.OPEN)
    assert kinds_of(alert) == ["Raised", "Notified", "Restated"]


def test_an_alert_that_is_stood_down_is_not_changed() -> None:
    alert = raised_alert()
    alert.stand_down()
    alert.restate(replace(_occasion_of(alert), area=HAMNEN))

    assert alert.area == NORRANGEN


def test_an_alert_reads_back_as_it_was() -> None:
    alert = unanswered_alert()
    alert.restate(replace(_occasion_of(alert), area=HAMNEN))
    alert.stand_down()
    raised_again(alert)
    alert.acknowledge(function="tib", now=NOW + timedelta(hours=1))
    log: Application[UUID] = Application()
    log.save(alert)

    read: object = log.repository.get(alert.id)

    assert isinstance(read, Alert)
    assert {name: (type(each), each) for name, each in vars(read).items()} == {
        name: (type(each), each) for name, each in vars(alert).items()
    }


def _occasion_of(alert: Alert) -> Occasion:
    return Occasion(
        municipality=alert.municipality,
        cause=alert.cause,
        concerns=example_id("report/2"),
        theme=alert.theme,
        area=alert.area,
        happened_at=NOW,
        recorded_at=NOW,
        severity=5,
    )
