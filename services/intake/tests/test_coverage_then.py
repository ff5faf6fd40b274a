"""Past periods are covered by whoever was to report then, as the set-up had it at their deadline."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest_asyncio
from valboas_people import seated
from valboas_reports import key, report, submit, valboas_at_work

from est_chassis.clock import SetClock, SystemClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import CollaborationDocument, Function, ReportingPeriod, Role
from est_intake.domain.collaboration import Collaboration

NEW = Function(
    function_id="skolvarden", title="Skolvärden", organisation_id="valboas_kommun", roles=(Role.REPORTER,)
)
#: Valboås is set up today, and looked at nine weeks from now.
BEGUN = SystemClock().now()
CLOCK = SetClock(BEGUN + timedelta(weeks=9))


def with_the_new_one() -> CollaborationDocument:
    """A seat has come, one has gone and one is called otherwise."""
    functions = [each for each in example_collaboration().functions if each.function_id != "bovard_norrangen"]
    renamed = [
        each.model_copy(update={"title": "Fältteamet"}) if each.function_id == "faltgruppen" else each
        for each in functions
    ]
    return example_collaboration().model_copy(update={"functions": (*renamed, NEW)})


def recorded_at(intake: HostedService, document: CollaborationDocument, moment: datetime) -> None:
    """The next version of the set-up, as if it had been made at that moment."""
    with intake.service.store.unit_of_work() as work:
        collaboration = work.get(Collaboration, Collaboration.create_id("9901"))
        collaboration.amend(document)
        collaboration.pending_events[-1].__dict__["timestamp"] = moment
        work.save(collaboration)


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    """The set-up changes just after the deadline of the period after four weeks."""
    async with valboas_at_work(database, nats_url, tmp_path, clock=CLOCK) as hosted:
        deadline = example_collaboration().deadline
        changed_at = period_after(4).due_at(deadline.weekday, deadline.time) + timedelta(hours=1)
        recorded_at(hosted, with_the_new_one(), changed_at)
        await hosted.settled()
        yield hosted


def period_after(weeks: int) -> ReportingPeriod:
    return example_collaboration().rhythm.period_of(BEGUN + timedelta(weeks=weeks))


async def heard(intake: HostedService, period: ReportingPeriod) -> dict[str, str]:
    answer = await intake.http.get(
        f"/v1/municipalities/9901/periods/{period}/coverage", headers=key("coordinator")
    )
    return {each["function"]: each["heard"] for each in answer.json()["functions"]}


async def test_a_function_that_was_added_later_is_missing_in_no_period_before(intake: HostedService) -> None:
    before, after = await heard(intake, period_after(2)), await heard(intake, period_after(7))

    assert "skolvarden" not in before
    assert after["skolvarden"] == "missing"


async def test_a_function_that_has_gone_is_missing_in_the_periods_in_which_it_was_there(
    intake: HostedService,
) -> None:
    before, after = await heard(intake, period_after(2)), await heard(intake, period_after(7))

    assert before["bovard_norrangen"] == "missing"
    assert "bovard_norrangen" not in after


async def test_what_a_later_function_tells_of_an_earlier_period_is_shown(intake: HostedService) -> None:
    happened_at = period_after(2).starts_at + timedelta(hours=20)
    answer = await submit(
        intake, report(function="skolvarden", happened_at=happened_at.isoformat()), by="operator"
    )
    assert answer.status_code == 201, answer.text
    await intake.settled()

    assert (await heard(intake, period_after(2)))["skolvarden"] == "reported"


async def test_the_page_shows_each_column_by_the_set_up_of_its_time(intake: HostedService) -> None:
    coordinator = seated(intake, "samordnaren", clock=CLOCK)

    page = (await coordinator.get("/coverage", params={"period": str(period_after(7))})).text

    added, gone = row_of(page, "Skolvärden"), row_of(page, "Bovärd Norrängen")
    # Eight columns: the last three are due after the change.
    assert [cell(each) for each in added] == ["–"] * 5 + ["saknas"] * 3
    assert [cell(each) for each in gone] == ["saknas"] * 5 + ["–"] * 3
    assert "Fältteamet" in page and "Fältgruppen" not in page


async def test_before_there_was_anybody_to_listen_nobody_was_silent(intake: HostedService) -> None:
    assert await heard(intake, period_after(-3)) == {}


async def test_who_brings_in_what_was_told_before_the_set_up_is_not_late(intake: HostedService) -> None:
    period = period_after(-3)
    happened_at = (period.starts_at + timedelta(hours=20)).isoformat()
    old = report(happened_at=happened_at, source="papper:1", function="faltgruppen", report_id=str(uuid4()))
    assert (await submit(intake, old, by="operator")).status_code == 201
    await intake.settled()

    answer = await intake.http.get(
        f"/v1/municipalities/9901/periods/{period}/coverage", headers=key("coordinator")
    )

    told = {each["function"]: (each["heard"], each["is_late"]) for each in answer.json()["functions"]}
    assert told["faltgruppen"] == ("reported", False)
    assert told["bovard_norrangen"] == ("missing", False)


async def test_a_new_seat_is_not_told_that_it_was_missing_before_it_was_there(intake: HostedService) -> None:
    reporter = seated(intake, "skolvarden", clock=CLOCK, document=with_the_new_one())

    page = (await reporter.get("/my-reports")).text

    shown = re.findall(r'<li class="period-(\w+)">', page)
    assert set(shown) == {"awaited", "missing"}
    assert len(shown) < 6


def row_of(page: str, title: str) -> list[str]:
    """The cells of a function's row."""
    _before, _, rest = page.partition(f'<th scope="row">{title}</th>')
    return rest.partition("</tr>")[0].split("<td")[1:9]


def cell(html: str) -> str:
    return "saknas" if "saknas" in html else "–" if "Var inte med då" in html else html
