"""Many reports at once, and reports by NATS request."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import nats
import pytest_asyncio
from valboas_reports import key, report, set_up, submit, told_fields, valboas_at_work, without_areas

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        yield hosted


async def test_a_batch_tells_the_outcome_of_each_report(intake: HostedService) -> None:
    taken = report()
    await submit(intake, taken)
    fresh = report()

    answer = await intake.http.post(
        "/v1/reports:batch",
        json={
            "reports": [fresh, taken, taken | {"severity": 1}, fresh, report(area="9901R999"), {"a": 1}, 7]
        },
        headers=key("reporter"),
    )

    outcomes = answer.json()["outcomes"]
    assert answer.status_code == 200
    assert [outcome["status"] for outcome in outcomes] == [201, 200, 409, 200, 422, 422, 422]
    assert [outcome["outcome"] for outcome in outcomes][:3] == ["recorded", "repeated", "refused"]
    assert outcomes[4]["problem"]["errors"][0]["field"] == "area"
    assert outcomes[0]["receipt"]["report_id"] == fresh["report_id"]


async def test_a_thousand_reports_in_a_batch_are_recorded_and_repeated(intake: HostedService) -> None:
    batch = {"reports": [report(text=None) for _ in range(1_000)]}

    first = await intake.http.post("/v1/reports:batch", json=batch, headers=key("reporter"))
    again = await intake.http.post("/v1/reports:batch", json=batch, headers=key("reporter"))

    assert {outcome["outcome"] for outcome in first.json()["outcomes"]} == {"recorded"}
    assert {outcome["outcome"] for outcome in again.json()["outcomes"]} == {"repeated"}


async def test_a_batch_larger_than_a_thousand_is_refused(intake: HostedService) -> None:
    answer = await intake.http.post(
        "/v1/reports:batch", json={"reports": [{}] * 1_001}, headers=key("reporter")
    )

    assert (answer.status_code, told_fields(answer)) == (422, ["reports"])


async def test_one_batch_of_an_operator_may_hold_several_municipalities(intake: HostedService) -> None:
    await set_up(intake, municipality="1280", name="Malmö", areas=(), functions=without_areas())
    reports = [
        report(municipality=code, area=None, function="faltgruppen", happened_at="2019-03-01T12:00:00Z")
        for code in ("9901", "1280", "1281")
    ]

    answer = await intake.http.post("/v1/reports:batch", json={"reports": reports}, headers=key("operator"))

    assert [outcome["status"] for outcome in answer.json()["outcomes"]] == [201, 201, 422]


async def test_a_report_by_nats_request_meets_the_same_rules(intake: HostedService, nats_url: str) -> None:
    sent = report()
    client = await nats.connect(nats_url)

    async def ask(body: object, headers: dict[str, str] | None) -> tuple[str, dict[str, Any]]:
        subject = "ask.9901.intake.submit_report.v1"
        answer = await client.request(subject, json.dumps(body).encode(), headers=headers, timeout=20)
        return (answer.headers or {})["Est-Status"], json.loads(answer.data)

    first = await ask(sent, key("reporter"))
    again = await ask(sent, key("reporter"))
    refused = await ask(report(area="9901R999"), key("reporter"))
    elsewhere = await ask(report(municipality="1280"), key("operator"))
    broken = await ask("7", key("reporter"))
    nobody = await ask(sent, None)
    await client.close()

    assert [status for status, _ in (first, again, refused, elsewhere, broken, nobody)] == [
        "201",
        "200",
        "422",
        "422",
        "422",
        "401",
    ]
    assert UUID(first[1]["report_id"]) == UUID(sent["report_id"])
    assert refused[1]["errors"][0]["field"] == "area"
