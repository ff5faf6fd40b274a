"""Reminders: who gets them before the deadline, who takes over after it, and how they go on."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from valboas_people import seated
from valboas_reports import key, report, set_up, submit, valboas_at_work

from est_chassis.clock import SetClock, SystemClock
from est_chassis.failures import NotFound
from est_chassis.subscriptions import CancelTimer, Fired, Timer
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import example_collaboration
from est_contracts.messages import ReturnReminded
from est_contracts.vocabulary import STOCKHOLM, Deadline, DutyPeriod, ReminderCause, Role
from est_intake.domain.period_watch import (
    FunctionDoesNotReport,
    FunctionHasBeenHeard,
    FunctionHasNoMailbox,
    FunctionWasJustReminded,
    PeriodWatch,
    Times,
)
from est_intake.domain.submission import Sender
from est_intake.publications import publications
from est_intake.read_models.coverage import silent_functions
from est_intake.subscriptions import subscriptions

MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
#: The reports of week 46 are due on Wednesday at ten; twenty hours before is Tuesday at two.
REMINDER = datetime(2026, 11, 17, 14, 0, tzinfo=STOCKHOLM)
DEADLINE = datetime(2026, 11, 18, 10, 0, tzinfo=STOCKHOLM)
PERIOD = "2026-W46"
BOVARD, FIELD, COORDINATOR = "bovard_norrangen", "faltgruppen", "samordnaren"
IN_WEEK_46 = datetime(2026, 11, 12, 20, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(MONDAY)


@pytest_asyncio.fixture
async def intake(
    database: FreshDatabase, nats_url: str, tmp_path: Path, clock: SetClock
) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path, clock=clock) as hosted:
        await set_up(hosted, **with_reminders())
        await hosted.settled()
        yield hosted


def with_reminders(**changes: object) -> dict[str, Any]:
    """The caretaker's substitute is the field group, and whoever is silent is reminded."""
    functions = tuple(
        each.model_copy(update={"substitute": FIELD}) if each.function_id == BOVARD else each
        for each in example_collaboration().functions
    )
    return {"deadline": Deadline(weekday=3, time="10:00"), "functions": functions, **changes}


async def fires(hosted: HostedService, timer: str, *, period: str = PERIOD) -> None:
    handler = subscriptions.timers[timer]
    await hosted.service.do(lambda app: handler(Fired(timer, "9901", period), app))


async def reminded(hosted: HostedService) -> list[tuple[str, str, ReminderCause]]:
    told = [message for message in await hosted.tells() if isinstance(message, ReturnReminded)]
    return [(each.function, each.addressed_to, each.cause) for each in told]


async def remind(hosted: HostedService, function: str, *, by: Sender | None = None) -> None:
    coordinator = by or Sender("9901", COORDINATOR, frozenset({Role.COORDINATOR}))
    await hosted.service.do(
        lambda app: app.reminding.remind_return(
            "9901", function=function, period_name=PERIOD, by=coordinator, silence=silent_functions
        )
    )


async def test_only_those_who_have_said_nothing_are_reminded(intake: HostedService, clock: SetClock) -> None:
    await submit(intake, report(happened_at=IN_WEEK_46.isoformat()), by="reporter")
    nothing = await intake.http.put(
        f"/v1/returns/{PERIOD}", json={"nothing_to_report": True}, headers=key("coordinator")
    )
    assert nothing.status_code == 201, nothing.text
    await intake.settled()
    clock.set(REMINDER)

    await fires(intake, "return_reminder")

    silent = {function for function, _, _ in await reminded(intake)}
    assert silent == {BOVARD, "kommunpolisen", "bosocial_utvecklare"}
    assert {cause for _, _, cause in await reminded(intake)} == {ReminderCause.SCHEDULE}


async def test_nobody_is_said_to_be_reminded_where_no_letter_can_go(intake: HostedService) -> None:
    with pytest.raises(FunctionHasNoMailbox):
        await remind(intake, BOVARD)

    assert await reminded(intake) == []


async def test_a_reminder_that_comes_twice_reminds_once(intake: HostedService, clock: SetClock) -> None:
    clock.set(REMINDER)

    await fires(intake, "return_reminder")
    first = await reminded(intake)
    await fires(intake, "return_reminder")

    assert await reminded(intake) == first
    assert len(first) == 5


async def test_a_timer_that_was_moved_or_is_unknown_reminds_nobody(intake: HostedService) -> None:
    await fires(intake, "return_reminder")
    await fires(intake, "return_deadline")
    await fires(intake, "return_reminder", period="2026-W30")

    assert await reminded(intake) == []


async def test_a_reminder_after_the_deadline_is_none(intake: HostedService, clock: SetClock) -> None:
    clock.set(DEADLINE + timedelta(hours=1))

    await fires(intake, "return_reminder")

    assert await reminded(intake) == []


async def test_whoever_fills_the_seat_this_week_gets_the_reminder(
    intake: HostedService, clock: SetClock
) -> None:
    duty = DutyPeriod(
        function_id=BOVARD,
        filled_by=FIELD,
        first_day=MONDAY.date(),
        last_day=MONDAY.date() + timedelta(days=6),
    )
    await set_up(intake, **with_reminders(duty_periods=(duty,)))
    clock.set(REMINDER)

    await fires(intake, "return_reminder")

    assert (BOVARD, FIELD, ReminderCause.SCHEDULE) in await reminded(intake)


async def test_after_the_deadline_the_substitute_of_a_silent_seat_is_told_and_nobody_else(
    intake: HostedService, clock: SetClock
) -> None:
    clock.set(DEADLINE)

    await fires(intake, "return_deadline")
    await fires(intake, "return_deadline")

    assert await reminded(intake) == [(BOVARD, FIELD, ReminderCause.STANDING_IN)]


async def test_nobody_stands_in_for_a_seat_that_was_heard(intake: HostedService, clock: SetClock) -> None:
    await submit(intake, report(happened_at=IN_WEEK_46.isoformat()), by="neighbour")
    await intake.settled()
    clock.set(DEADLINE)

    await fires(intake, "return_deadline")

    assert await reminded(intake) == []


async def test_each_deadline_begins_the_next_watch(intake: HostedService, clock: SetClock) -> None:
    clock.set(DEADLINE)
    await fires(intake, "return_deadline")
    clock.set(REMINDER + timedelta(days=7))

    await fires(intake, "return_reminder", period="2026-W47")

    assert (FIELD, FIELD, ReminderCause.SCHEDULE) in await reminded(intake)


async def test_after_weeks_away_nobody_is_told_of_what_was_due_long_ago_and_the_watch_goes_on(
    intake: HostedService, clock: SetClock
) -> None:
    clock.set(DEADLINE + timedelta(days=24))
    await fires(intake, "return_deadline")
    assert await reminded(intake) == []

    clock.set(REMINDER + timedelta(days=28))
    await fires(intake, "return_reminder", period="2026-W50")

    assert len(await reminded(intake)) == 5


async def test_a_deadline_that_is_moved_moves_the_reminder(intake: HostedService, clock: SetClock) -> None:
    await set_up(intake, **with_reminders(deadline=Deadline(weekday=4, time="10:00", reminder_hours=5)))
    clock.set(REMINDER)
    await fires(intake, "return_reminder")
    assert await reminded(intake) == []

    clock.set(DEADLINE + timedelta(hours=19))
    await fires(intake, "return_reminder")

    assert len(await reminded(intake)) == 5


async def test_a_real_timer_goes_off_by_itself(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    soon = SystemClock().now().astimezone(STOCKHOLM) + timedelta(hours=2)
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        deadline = Deadline(weekday=soon.isoweekday(), time=soon.strftime("%H:%M"))
        await set_up(hosted, deadline=deadline)
        events: list[int] = []

        def all_are_reminded() -> bool:
            with hosted.service.store.cursor() as cursor:
                row = cursor.execute(
                    "SELECT count(*) AS n FROM events WHERE topic = 'intake.period_watch.function_reminded'"
                ).fetchone()
            events.append(row["n"] if row else 0)
            return events[-1] == 5

        await hosted.until(all_are_reminded)


async def test_a_coordinator_reminds_one_function_and_not_twice_at_once(
    intake: HostedService, clock: SetClock
) -> None:
    await remind(intake, FIELD)
    with pytest.raises(FunctionWasJustReminded):
        await remind(intake, FIELD)
    clock.advance(timedelta(hours=13))
    await remind(intake, FIELD)

    assert await reminded(intake) == [(FIELD, FIELD, ReminderCause.COORDINATOR)] * 2


async def test_a_coordinator_reminds_all_who_are_silent_with_one_tap(
    intake: HostedService, clock: SetClock
) -> None:
    await submit(intake, report(happened_at=IN_WEEK_46.isoformat()), by="reporter")
    await intake.settled()
    await remind(intake, "kommunpolisen")
    coordinator = seated(intake, COORDINATOR, clock=clock)

    first = await coordinator.post("/coverage/reminders/all", data={"period": PERIOD})
    again = await coordinator.post("/coverage/reminders/all", data={"period": PERIOD})

    page = await coordinator.get(first.headers["Location"] + "&language=en")
    nobody = await coordinator.get(again.headers["Location"] + "&language=en")
    # The caretaker has no mailbox.
    functions = [function for function, _, _ in await reminded(intake)]
    assert sorted(functions) == sorted(["kommunpolisen", "bosocial_utvecklare", COORDINATOR])
    assert "2 reminders are handed over" in page.text and "No reminder is sent" in nobody.text
    assert "Remind all 4 who have not been heard" in page.text


async def test_only_coordinators_remind_all(intake: HostedService, clock: SetClock) -> None:
    reporter = seated(intake, FIELD, clock=clock)

    answer = await reporter.post("/coverage/reminders/all", data={"period": PERIOD})

    assert answer.status_code == 403
    assert await reminded(intake) == []


async def test_a_coordinator_reminds_nobody_who_has_been_heard_or_does_not_report(
    intake: HostedService,
) -> None:
    await submit(intake, report(happened_at=IN_WEEK_46.isoformat()), by="reporter")
    await intake.settled()

    with pytest.raises(FunctionHasBeenHeard):
        await remind(intake, FIELD)
    with pytest.raises(FunctionDoesNotReport):
        await remind(intake, "tib")
    with pytest.raises(NotFound):
        await remind(intake, "nobody")


@pytest.mark.parametrize(
    "stranger",
    [
        Sender("9901", FIELD, frozenset({Role.REPORTER})),
        Sender("1280", COORDINATOR, frozenset({Role.COORDINATOR})),
    ],
)
async def test_only_the_municipalitys_coordinators_remind(intake: HostedService, stranger: Sender) -> None:
    with pytest.raises(NotFound):
        await remind(intake, BOVARD, by=stranger)


def watch(now: datetime = MONDAY, *, remind_at: datetime | None = REMINDER) -> PeriodWatch:
    return PeriodWatch.over(PERIOD, municipality="9901", times=Times(remind_at, DEADLINE), now=now)


def timers_after(one: PeriodWatch) -> list[Timer | CancelTimer]:
    return [timer for event in one.collect_events() for timer in publications.timers_about(event)]


def test_a_watch_sets_both_timers_and_cancels_them_when_it_closes() -> None:
    one = watch()
    begun = timers_after(one)
    one.close()

    assert begun == [
        Timer("return_reminder", "9901", key=PERIOD, due_at=REMINDER),
        Timer("return_deadline", "9901", key=PERIOD, due_at=DEADLINE),
    ]
    assert all(isinstance(timer, CancelTimer) for timer in timers_after(one))


def test_a_period_that_is_over_sets_no_timer() -> None:
    assert timers_after(watch(DEADLINE)) == []


def test_where_nobody_is_to_be_reminded_only_the_deadline_is_waited_for() -> None:
    timers = timers_after(watch(remind_at=None))

    assert [type(timer) for timer in timers] == [CancelTimer, Timer]
