"""What the public has told and nobody decides on: its words wait until their last day, and no longer."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from valboas_reports import set_up, valboas_at_work

from est_chassis.clock import SetClock
from est_chassis.subscriptions import Fired, Timer
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.vocabulary import STOCKHOLM, Role
from est_intake.application import Acceptance
from est_intake.domain.public_report import (
    REASONS_TO_REJECT,
    PublicNotice,
    PublicReport,
    PublicReportState,
    RejectionReason,
)
from est_intake.domain.submission import Sender
from est_intake.publications import publications
from est_intake.read_models.public_reports import find_public_report
from est_intake.subscriptions import subscriptions

COORDINATOR = Sender("9901", "samordnaren", frozenset({Role.COORDINATOR}))
NOW = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
LAST_DAY = date(2027, 2, 17)
NIGHT_AFTER = datetime(2027, 2, 18, 3, 0, tzinfo=STOCKHOLM)


def notice() -> PublicNotice:
    return PublicNotice(uuid4(), "9901", "orebro.1", text="Krossade rutor i busskuren.")


def received(*, kept_through: date | None = LAST_DAY) -> PublicReport:
    return PublicReport.told(notice(), area=None, kept_through=kept_through)


def test_what_nobody_has_decided_on_goes_the_day_after_its_last() -> None:
    report = received()

    report.let_go(today=LAST_DAY, unless_said=None)
    on_its_last_day = report.state
    report.let_go(today=LAST_DAY + timedelta(days=1), unless_said=None)

    assert (on_its_last_day, report.state) == (PublicReportState.WAITING, PublicReportState.REJECTED)


def test_what_was_received_without_a_last_day_goes_by_the_setting_and_stays_when_there_is_none() -> None:
    report = received(kept_through=None)

    report.let_go(today=date(2040, 1, 1), unless_said=None)
    before = report.state
    report.let_go(today=LAST_DAY + timedelta(days=1), unless_said=LAST_DAY)

    assert (before, report.state) == (PublicReportState.WAITING, PublicReportState.REJECTED)


def test_what_is_decided_on_stays_decided() -> None:
    report = received()
    report.accept(checklist_entry="orebro.1", area=None, by_function="samordnaren")

    report.let_go(today=date(2040, 1, 1), unless_said=None)

    assert (report.state, report.version) == (PublicReportState.ACCEPTED, 2)


def test_its_timer_rings_in_the_night_after_its_last_day() -> None:
    ringing, silent = (
        publications.timers_about(received(kept_through=day).pending_events[0]) for day in (LAST_DAY, None)
    )

    assert list(ringing) == [Timer("public_reports_overdue", "9901", key="2027-02-17", due_at=NIGHT_AFTER)]
    assert list(silent) == []


def test_that_nobody_decided_is_no_reason_that_a_coordinator_gives() -> None:
    assert RejectionReason.NOBODY_DECIDED not in REASONS_TO_REJECT


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest_asyncio.fixture
async def intake(
    database: FreshDatabase, nats_url: str, tmp_path: Path, clock: SetClock
) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path, clock=clock) as hosted:
        await set_up(hosted, open_to_the_public=True)
        await hosted.settled()
        yield hosted


async def told(intake: HostedService) -> UUID:
    sent = notice()
    await intake.service.do(lambda app: app.public_reporting.receive_public_report(sent))
    await intake.settled()
    return sent.request_id


async def rings(intake: HostedService) -> None:
    fired = Fired("public_reports_overdue", "9901", str(LAST_DAY))
    await intake.service.do(lambda app: subscriptions.timers[fired.timer](fired, app))
    await intake.settled()


async def standing(intake: HostedService, request_id: UUID) -> tuple[str, str | None, str | None]:
    row = await intake.service.ask(lambda cursor: find_public_report(cursor, "9901", request_id))
    assert row is not None
    return row.state, row.reason, row.words


async def words_kept(intake: HostedService) -> int:
    def counted(cursor: Any) -> int:
        return int(cursor.execute("SELECT count(*) AS n FROM public_report_words").fetchone()["n"])

    return await intake.service.ask(counted)


async def test_after_its_last_day_it_is_rejected_and_its_words_are_gone(
    intake: HostedService, clock: SetClock
) -> None:
    request_id = await told(intake)
    clock.set(NIGHT_AFTER - timedelta(days=1))
    await rings(intake)
    before = await standing(intake, request_id)

    clock.set(NIGHT_AFTER)
    await rings(intake)
    await rings(intake)

    assert before == ("waiting", None, "Krossade rutor i busskuren.")
    assert await standing(intake, request_id) == ("rejected", "nobody_decided", None)
    assert await words_kept(intake) == 0


async def test_what_a_coordinator_has_accepted_is_left_as_it_is(
    intake: HostedService, clock: SetClock
) -> None:
    request_id = await told(intake)
    found = Acceptance("orebro.1", happened_at=clock.now())
    await intake.service.do(
        lambda app: app.public_reporting.accept_public_report("9901", request_id, found=found, by=COORDINATOR)
    )
    await intake.settled()

    clock.set(NIGHT_AFTER)
    await rings(intake)

    assert (await standing(intake, request_id))[:2] == ("accepted", None)


async def test_whoever_told_it_is_told_until_when_it_is_kept_and_what_became_of_it(
    intake: HostedService, clock: SetClock
) -> None:
    request_id = await told(intake)
    waiting = (await intake.http.get(f"/tips/9901/{request_id}")).text

    clock.set(NIGHT_AFTER)
    await rings(intake)

    assert "raderas det du skrev" in waiting
    assert "Ingen hann avgöra det i tid" in (await intake.http.get(f"/tips/9901/{request_id}")).text
