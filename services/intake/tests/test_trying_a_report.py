"""POST /v1/reports:test: everything is checked as in earnest, and nothing is recorded."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from valboas_reports import key, report, submit, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        yield hosted


async def attempt(intake: HostedService, body: object, *, by: str = "reporter") -> httpx.Response:
    return await intake.http.post("/v1/reports:test", json=body, headers=key(by))


async def kept(intake: HostedService) -> tuple[int, int]:
    """How many events, and how many texts."""
    return await intake.service.ask(
        lambda cursor: (
            len(cursor.execute("SELECT 1 FROM events").fetchall()),
            len(cursor.execute("SELECT 1 FROM report_texts").fetchall()),
        )
    )


async def test_a_good_report_would_be_recorded_and_is_not(intake: HostedService) -> None:
    before, sent = await kept(intake), report()

    answer = await attempt(intake, sent)
    again = await attempt(intake, sent)

    assert (answer.status_code, answer.json()["would_be"], answer.json()["status"]) == (200, "recorded", 201)
    assert answer.json()["receipt"]["report_id"] == sent["report_id"]
    assert again.json()["would_be"] == "recorded"
    assert await kept(intake) == before
    assert (await submit(intake, sent)).status_code == 201


async def test_what_is_recorded_already_would_be_repeated(intake: HostedService) -> None:
    sent = report()
    first = await submit(intake, sent)

    answer = await attempt(intake, sent)

    assert (answer.json()["would_be"], answer.json()["status"]) == ("repeated", 200)
    assert answer.json()["receipt"] == first.json() | {"repeated": True}


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"area": "9901R999"}, 422, "area"),
        ({"text": "Ring 070-174 06 05"}, 422, "text"),
        ({"municipality": "1280"}, 422, "municipality"),
        ({"severity": 9}, 422, "severity"),
    ],
)
async def test_a_refusal_is_the_one_that_would_have_come(
    intake: HostedService, change: dict[str, object], status: int, field: str
) -> None:
    sent, before = report() | change, await kept(intake)

    answer = await attempt(intake, sent)
    in_earnest = await submit(intake, sent)

    assert (answer.status_code, answer.json()["would_be"]) == (200, "refused")
    assert answer.json()["problem"] == in_earnest.json()
    assert (answer.json()["status"], in_earnest.status_code) == (status, status)
    assert [error["field"] for error in answer.json()["problem"]["errors"]] == [field]
    assert await kept(intake) == before


async def test_what_cannot_be_read_is_told_of_too(intake: HostedService) -> None:
    headers = key("reporter")

    broken = await intake.http.post(
        "/v1/reports:test", content=b"{", headers=headers | {"Content-Type": "application/json"}
    )
    form = await intake.http.post("/v1/reports:test", data={"a": "1"}, headers=headers)
    conflict = report()
    await submit(intake, conflict)
    other = await attempt(intake, conflict | {"severity": 1})

    assert [each.json()["status"] for each in (broken, form, other)] == [400, 415, 409]


async def test_who_may_not_report_may_not_try(intake: HostedService) -> None:
    assert (await intake.http.post("/v1/reports:test", json=report())).status_code == 401
    assert (await attempt(intake, report(), by="duty")).status_code == 403
