"""A municipality that reports by the fortnight: every page and answer speaks of its own periods."""

import re
from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest_asyncio
from valboas_pages import PAGE, get, sit_down, valboas_to_look_at

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import CENTRUM
from est_contracts.vocabulary import STOCKHOLM

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=STOCKHOLM)

FORTNIGHT = "2026-W46-W47"


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str) -> AsyncIterator[HostedService]:
    rhythm = {"period_days": 14, "periods_begin_on": date(2026, 11, 9)}
    async with valboas_to_look_at(database, nats_url, clock=SetClock(SUNDAY), **rhythm) as hosted:
        yield hosted


async def submit(intake: HostedService, *, day: int) -> httpx.Response:
    report = {
        "report_id": str(uuid4()),
        "municipality": "9901",
        "checklist_entry": "orebro.1",
        "area": CENTRUM,
        "happened_at": datetime(2026, 11, day, 21, tzinfo=STOCKHOLM).isoformat(),
    }
    answer = await intake.http.post("/v1/reports", json=report, headers={"Origin": PAGE["Origin"]})
    await intake.settled()
    return answer


def figures(page: httpx.Response) -> list[tuple[str, str]]:
    """The key figures of a page: what each is called, and its number."""
    return re.findall(r'<dt>([^<]+)</dt>\s*<dd class="figure">([^<]+)</dd>', page.text)


async def post(intake: HostedService, path: str, **fields: Any) -> None:
    answer = await intake.http.post(path, data={"period": FORTNIGHT} | fields, headers=PAGE)
    assert answer.status_code == 303
    await intake.settled()


async def test_the_start_page_and_coverage_know_the_same_of_who_has_been_heard(intake: HostedService) -> None:
    await sit_down(intake, "faltgruppen")
    await submit(intake, day=10)
    await sit_down(intake, "bovard_norrangen")
    await post(intake, "/return/nothing")
    await sit_down(intake, "kommunpolisen")
    row = {"entry": "orebro.1", "area": CENTRUM, "number": "13", "elsewhere": "no", "text": ""}
    await post(intake, "/counts", act="save", revision="0", **row)
    await sit_down(intake, "samordnaren")

    start, coverage = figures(await get(intake, "/")), figures(await get(intake, "/coverage"))

    assert start == [
        ("Rapporter den här perioden", "1"),
        ("Funktioner som har hörts av", "3"),
        ("Har inte hörts av", "2"),
    ]
    assert coverage == [("Rapporterat", "2"), ("Inget att rapportera", "1"), ("Väntas", "2")]


async def test_the_start_page_counts_the_reports_of_the_whole_period(intake: HostedService) -> None:
    await sit_down(intake, "faltgruppen")
    for day in (8, 9, 15, 16, 21):
        await submit(intake, day=day)

    start = await get(intake, "/")

    assert "Vecka\xa046–47, 2026" in start.text
    assert figures(start)[0] == ("Dina rapporter den här perioden", "4")


async def test_a_receipt_says_the_period_of_the_municipality(intake: HostedService) -> None:
    await sit_down(intake, "faltgruppen")

    answers = [await submit(intake, day=day) for day in (8, 9, 21)]

    assert [each.json()["period"] for each in answers] == ["2026-W44-W45", FORTNIGHT, FORTNIGHT]


async def test_a_reports_own_page_leads_to_the_picture_of_its_period(intake: HostedService) -> None:
    await sit_down(intake, "faltgruppen")
    report_id = (await submit(intake, day=10)).json()["report_id"]
    await sit_down(intake, "samordnaren")

    page = await get(intake, f"/inbox/{report_id}")

    assert f'href="/pictures/9901/{FORTNIGHT}"' in page.text
