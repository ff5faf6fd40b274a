"""The next deadline: that of the period that is due next, the same on every page of every rhythm."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as some
from valboas_pages import PAGE, sit_down, valboas_to_look_at

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import STOCKHOLM, Deadline, ReportingPeriod
from est_intake.domain.collaboration import SetUpInUse

A_MONDAY = date(2026, 11, 16)
ANY_MOMENT = some.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=STOCKHOLM) + timedelta(minutes=minutes)
)


@given(
    now=ANY_MOMENT,
    days=some.sampled_from((7, 14)),
    begins_after=some.integers(0, 13),
    weekday=some.integers(1, 7),
    clock_time=some.sampled_from(("00:00", "09:00", "23:59")),
)
def test_in_every_rhythm_the_next_deadline_is_the_first_of_all_periods_that_lies_ahead(
    now: datetime, days: int, begins_after: int, weekday: int, clock_time: str
) -> None:
    changes = {
        "period_days": days,
        "periods_begin_on": A_MONDAY + timedelta(days=begins_after),
        "deadline": Deadline(weekday=weekday, time=clock_time),
    }
    set_up = SetUpInUse(example_collaboration().model_copy(update=changes), version=1)

    deadline = set_up.next_deadline(now)

    present = set_up.document.rhythm.period_of(now)
    assert deadline == min(due for due in map(set_up.due_at, around(present)) if due > now)
    assert deadline == set_up.due_at(set_up.period_awaited(now))


def around(present: ReportingPeriod) -> list[ReportingPeriod]:
    return [present.previous.previous.previous, present.previous.previous, present.previous, present]


WEDNESDAY_AT_NINE = Deadline(weekday=3, time="09:00")
THURSDAY_AT_EIGHT = Deadline(weekday=4, time="08:00")


def rhythm(days: int, begins_on: str, deadline: Deadline) -> dict[str, Any]:
    return {"period_days": days, "periods_begin_on": date.fromisoformat(begins_on), "deadline": deadline}


@pytest.mark.parametrize(
    ("now", "changes", "expected"),
    [
        ("22T12", rhythm(7, "2026-11-16", WEDNESDAY_AT_NINE), "onsdag 25 november kl. 09.00"),
        ("24T12", rhythm(7, "2026-11-16", WEDNESDAY_AT_NINE), "onsdag 25 november kl. 09.00"),
        ("22T12", rhythm(14, "2026-11-09", WEDNESDAY_AT_NINE), "onsdag 25 november kl. 09.00"),
        ("22T12", rhythm(14, "2026-11-16", WEDNESDAY_AT_NINE), "onsdag 2 december kl. 09.00"),
        ("24T12", rhythm(14, "2026-11-09", WEDNESDAY_AT_NINE), "onsdag 25 november kl. 09.00"),
        ("25T12", rhythm(14, "2026-11-09", WEDNESDAY_AT_NINE), "onsdag 9 december kl. 09.00"),
        ("25T12", rhythm(14, "2026-11-19", THURSDAY_AT_EIGHT), "torsdag 3 december kl. 08.00"),
        ("19T07", rhythm(7, "2026-11-19", THURSDAY_AT_EIGHT), "torsdag 19 november kl. 08.00"),
    ],
)
async def test_every_page_tells_the_same_deadline(
    database: FreshDatabase, nats_url: str, now: str, changes: dict[str, Any], expected: str
) -> None:
    clock = SetClock(datetime.fromisoformat(f"2026-11-{now}:00+01:00"))
    told: dict[str, list[str]] = {}

    async with valboas_to_look_at(database, nats_url, clock=clock, **changes) as hosted:
        await sit_down(hosted, "samordnaren")
        for path in ("/", "/coverage"):
            told[path] = deadlines_told(await get(hosted, path))
        await sit_down(hosted, "faltgruppen")
        for path in ("/report", "/my-reports", "/return", "/return/nothing"):
            told[path] = deadlines_told(await get(hosted, path))

    assert told == {page: [expected] for page in told}


async def test_a_receipt_tells_the_deadline_of_the_period_that_the_report_is_counted_in(
    database: FreshDatabase, nats_url: str
) -> None:
    clock = SetClock(datetime.fromisoformat("2026-11-24T12:00:00+01:00"))
    changes = rhythm(7, "2026-11-16", WEDNESDAY_AT_NINE)
    said_of = {
        "just_now": "före stopptiden, onsdag 2 december kl. 09.00.",
        "2026-11-22T12:00": "före stopptiden, onsdag 25 november kl. 09.00.",
        "2026-11-13T12:00": "Stopptiden för v. 46 har passerat. Samordnarna läser den ändå.",
    }

    async with valboas_to_look_at(database, nats_url, clock=clock, **changes) as hosted:
        await sit_down(hosted, "faltgruppen")
        receipts = {happened: plain(await reported(hosted, happened=happened)) for happened in said_of}

    for happened, words in said_of.items():
        assert words in receipts[happened]


async def get(hosted: HostedService, path: str) -> httpx.Response:
    answer = await hosted.http.get(path, headers=PAGE)
    assert answer.status_code == 200
    return answer


async def reported(hosted: HostedService, *, happened: str) -> httpx.Response:
    """The receipt of a report that was sent by its form."""
    form = (await get(hosted, "/report")).text
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    when = {"when": "just_now"} if happened == "just_now" else {"when": "chosen", "moment": happened}
    sent |= {"checklist_entry": "orebro.1", "severity": "3", "other_area": "9901R001"} | when
    answer = await hosted.http.post("/report", data=sent, headers=PAGE)
    assert answer.status_code == 303
    return await get(hosted, answer.headers["Location"])


def plain(page: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text).replace("\u202f", " "))


def deadlines_told(page: httpx.Response) -> list[str]:
    text = plain(page)
    return re.findall(r"[Ss]topptid(?: för rapporter |en, |: | )(\w+dag \d+ \w+ kl\. \d\d\.\d\d)", text)
