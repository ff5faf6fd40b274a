"""Alerts from end to end, on real PostgreSQL and NATS."""

import asyncio
from datetime import timedelta

import pytest
from duty_room import (
    NEIGHBOUR,
    REPORTER,
    SUBSTITUTE,
    TIB,
    Tell,
    alert_id,
    back_on_duty,
    correction,
    decided,
    duplicate,
    duty_room,
    flagged_problem,
    grave_incident,
    incident,
    problem_alert_id,
    reinstatement,
    withdrawal,
)

from est_chassis import inbox
from est_chassis.testing import FreshDatabase
from est_contracts.messages import (
    AlertAcknowledged,
    AlertEscalated,
    AlertRaised,
    ProblemConfirmed,
    ProblemDismissed,
)
from est_notifier.domain.alerts import AlertState

ALERTS = "/v1/municipalities/9901/alerts"


async def test_a_report_of_the_gravest_kind_calls_the_duty_officer(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(incident(1, severity=4), grave_incident(2))

        (raised,) = await room.hosted.tells()

    assert isinstance(raised, AlertRaised)
    assert (raised.alert_id, raised.function) == (alert_id(2), "tib")


async def test_the_duty_officer_does_not_wait_for_reports_to_be_gathered(
    database: FreshDatabase, nats_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "UPSTREAM_PACE_SECONDS", 3600)
    async with duty_room(database, nats_url) as room:
        await room.hears(incident(1, severity=4))
        await room.hears(grave_incident(2))

        told = await room.hosted.tells()

    assert [type(each) for each in told] == [AlertRaised]


async def test_a_report_corrected_to_the_gravest_kind_calls_the_duty_officer(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(incident(1, severity=3), correction(1, severity=5), correction(1, severity=5))

        (raised,) = await room.hosted.tells()

    assert isinstance(raised, AlertRaised)
    assert raised.alert_id == alert_id(1)


async def test_a_report_corrected_to_something_lesser_calls_nobody_any_more(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(grave_incident(1), correction(1, severity=2))

        await room.until_alert(1, is_in=AlertState.STOOD_DOWN)


async def test_a_duplicate_calls_nobody_any_more(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(grave_incident(1), grave_incident(2), duplicate(2, of=1))

        await room.until_alert(2, is_in=AlertState.STOOD_DOWN)
        await room.until_alert(1, is_in=AlertState.OPEN)


async def test_a_report_that_becomes_grave_again_calls_the_duty_officer_again(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(grave_incident(1), correction(1, severity=3), correction(1, severity=5))
        await room.until_alert(1, is_in=AlertState.OPEN)
        told = await room.hosted.tells()

    assert [each.function for each in told if isinstance(each, AlertRaised)] == ["tib", "tib"]
    assert len({each.recorded.message_id for each in told}) == len(told)


@pytest.mark.parametrize("away", [withdrawal(1), duplicate(1, of=2)], ids=["withdrawn", "duplicate"])
async def test_a_grave_report_that_counts_again_is_passed_on_until_somebody_answers(
    database: FreshDatabase, nats_url: str, away: Tell
) -> None:
    async with duty_room(database, nats_url, alert_seconds=1) as room:
        await room.hears(grave_incident(1), away, reinstatement(1))
        await room.until_alert(1, is_in=AlertState.EXHAUSTED)
        told = await room.hosted.tells()
        answer = await room.hosted.http.put(f"{ALERTS}/{alert_id(1)}/acknowledgement", headers=TIB)

    assert [type(each) for each in told] == [AlertRaised, AlertRaised, AlertEscalated, AlertEscalated]
    assert answer.json()["called"] == ["tib", "tib_ersattare", "samordnaren"]


async def test_a_duplicate_that_is_corrected_to_the_gravest_kind_calls_nobody_until_it_counts(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(incident(1, severity=3), duplicate(1, of=2), correction(1, severity=5))
        before = await room.hosted.tells()
        await room.hears(reinstatement(1))
        after = await room.hosted.tells()

    assert (before, [type(each) for each in after]) == ([], [AlertRaised])


async def test_a_report_of_something_old_wakes_nobody(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(
            grave_incident(1, ago=timedelta(hours=25)), grave_incident(2, ago=timedelta(hours=23))
        )

        (raised,) = await room.hosted.tells()

    assert isinstance(raised, AlertRaised)
    assert raised.alert_id == alert_id(2)


async def test_a_flagged_problem_calls_the_duty_officer_unless_its_week_is_long_gone(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(flagged_problem(weeks_ago=30), flagged_problem(weeks_ago=0))

        (raised,) = await room.hosted.tells()

    assert isinstance(raised, AlertRaised)
    assert raised.cause == "problem"


@pytest.mark.parametrize("decision", [ProblemConfirmed, ProblemDismissed])
async def test_a_problem_that_was_flagged_and_decided_while_we_were_away_calls_nobody_any_more(
    database: FreshDatabase, nats_url: str, decision: type[ProblemConfirmed] | type[ProblemDismissed]
) -> None:
    async with duty_room(database, nats_url, alert_seconds=1) as room:
        pass
    await room.is_told_meanwhile(flagged_problem(), decided(decision))
    async with back_on_duty(room):
        await room.until_alert_is(problem_alert_id(), AlertState.STOOD_DOWN)
        told = await room.hosted.tells()

    assert [type(each) for each in told] == [AlertRaised]


async def test_nobody_answers_and_the_alert_goes_on_until_there_is_nobody_left(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url, alert_seconds=1) as room:
        await room.hears(grave_incident(1))
        await room.until_alert(1, is_in=AlertState.EXHAUSTED)

        told = await room.hosted.tells()
        steps = [(each.from_function, each.to_function) for each in told if isinstance(each, AlertEscalated)]

    assert steps == [("tib", "tib_ersattare"), ("tib_ersattare", "samordnaren")]


async def test_who_answers_stops_the_escalation(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url, alert_seconds=1) as room:
        await room.hears(grave_incident(1), grave_incident(2))
        answer = await room.hosted.http.put(f"{ALERTS}/{alert_id(1)}/acknowledgement", headers=TIB)
        await room.until_alert(2, is_in=AlertState.EXHAUSTED)
        told = await room.hosted.tells()

    assert answer.json()["acknowledged_by"] == "tib"
    assert {each.alert_id for each in told if isinstance(each, AlertEscalated)} == {alert_id(2)}


async def test_an_alert_is_acknowledged_by_one_winner(database: FreshDatabase, nats_url: str) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(grave_incident(1))
        url = f"{ALERTS}/{alert_id(1)}/acknowledgement"
        answers = await asyncio.gather(
            *(room.hosted.http.put(url, headers=seat) for seat in (TIB, SUBSTITUTE) * 10)
        )
        told = [each for each in await room.hosted.tells() if isinstance(each, AlertAcknowledged)]

    (winner,) = told
    accepted = {answer.json()["acknowledged_by"] for answer in answers if answer.status_code == 200}
    assert accepted == {winner.function}
    assert sorted(answer.status_code for answer in answers) == [200] * 10 + [409] * 10


async def test_an_alert_about_a_withdrawn_report_is_stood_down(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(grave_incident(1), withdrawal(1))
        answer = await room.hosted.http.put(f"{ALERTS}/{alert_id(1)}/acknowledgement", headers=TIB)
        await room.until_alert(1, is_in=AlertState.STOOD_DOWN)

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:est:problem:alert_is_stood_down")


async def test_the_alerts_are_for_those_on_duty_in_the_municipality(
    database: FreshDatabase, nats_url: str
) -> None:
    async with duty_room(database, nats_url) as room:
        await room.hears(grave_incident(1))
        http = room.hosted.http
        answers = [
            await http.put(f"{ALERTS}/{alert_id(1)}/acknowledgement", headers=seat)
            for seat in ({}, REPORTER, NEIGHBOUR)
        ]
        elsewhere = await http.put(
            f"/v1/municipalities/9902/alerts/{alert_id(1)}/acknowledgement", headers=NEIGHBOUR
        )

    assert [answer.status_code for answer in answers] == [401, 403, 404]
    assert elsewhere.status_code == 404
