"""The change feed: from a position, in order, complete, and only what a key may see."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest_asyncio
from report_acts import correct, delete, put, submitted
from valboas_reports import key, report, set_up, submit, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase

REPORTED = "est.intake.incident_reported.v2"
WITHDRAWN = "est.intake.incident_report_withdrawn.v1"


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        yield hosted


async def follow(
    intake: HostedService, address: str = "/v1/changes", *, by: str = "coordinator"
) -> httpx.Response:
    answer = await intake.http.get(address, headers=key(by))
    assert answer.status_code == 200, answer.text
    return answer


def told(answer: httpx.Response) -> list[tuple[str, str]]:
    return [
        (change["type"], change["body"]["report_id"])
        for change in answer.json()["changes"]
        if "report_id" in change["body"]
    ]


async def withdraw(intake: HostedService, sent: dict[str, Any], *, by: str) -> None:
    await intake.http.put(
        f"/v1/reports/{sent['report_id']}/withdrawal", json={"reason": "mistake"}, headers=key(by)
    )


async def test_what_has_happened_is_told_in_order_and_as_on_the_stream(intake: HostedService) -> None:
    first, second = report(), report()
    await submit(intake, first)
    await submit(intake, second)
    await withdraw(intake, first, by="reporter")
    await intake.settled()

    answer = await follow(intake)

    assert told(answer) == [
        (REPORTED, first["report_id"]),
        (REPORTED, second["report_id"]),
        (WITHDRAWN, first["report_id"]),
    ]
    streamed = [message.model_dump(mode="json") for message in await intake.tells()]
    assert [change["body"] for change in answer.json()["changes"]] == streamed
    assert answer.headers["Est-Position"] == str(answer.json()["position"])
    assert answer.headers["Link"] == f'<{answer.json()["next"]}>; rel="next"'


async def test_the_next_address_goes_on_where_the_last_answer_ended(intake: HostedService) -> None:
    sent = [report() for _ in range(7)]
    for each in sent:
        await submit(intake, each)
    await intake.settled()

    pages = [await follow(intake, "/v1/changes?limit=3")]
    while pages[-1].json()["changes"]:
        pages.append(await follow(intake, pages[-1].json()["next"]))

    assert [report_id for page in pages for _, report_id in told(page)] == [
        each["report_id"] for each in sent
    ]
    assert pages[-1].json()["position"] == pages[-2].json()["position"]


async def test_a_reporters_key_follows_its_own_function_only(intake: HostedService) -> None:
    own, others = report(), report()
    await submit(intake, own)
    await submit(intake, others, by="neighbour")
    await withdraw(intake, others, by="neighbour")
    await withdraw(intake, own, by="coordinator")
    await intake.settled()

    answer = await follow(intake, by="reporter")

    assert told(answer) == [(REPORTED, own["report_id"]), (WITHDRAWN, own["report_id"])]
    assert "est.intake.collaboration_set_up.v2" in {change["type"] for change in answer.json()["changes"]}


async def test_all_that_becomes_of_a_duplicate_is_followed_by_its_own_function_and_no_other(
    intake: HostedService,
) -> None:
    original, copy = await submitted(intake, by="neighbour"), await submitted(intake)
    await put(intake, copy, "duplicate", by="coordinator", duplicate_of=original["report_id"])
    await correct(intake, copy, severity=5)
    await put(intake, copy, "withdrawal", by="coordinator", reason="mistake")
    await delete(intake, copy, "withdrawal", by="coordinator")
    await delete(intake, copy, "text", by="reporter")
    await intake.settled()

    own, neighbours = [told(await follow(intake, by=who)) for who in ("reporter", "neighbour")]

    assert [kind.split(".")[-2].removeprefix("incident_report") for kind, _report in own] == [
        "ed", "_marked_duplicate", "_corrected", "_withdrawn", "_reinstated", "_text_erased",
    ]  # fmt: skip
    assert {report_id for _kind, report_id in own} == {copy["report_id"]}
    assert neighbours == [(REPORTED, original["report_id"])]


async def test_a_page_of_what_is_others_leads_on_all_the_same(intake: HostedService) -> None:
    foreign = [report() for _ in range(3)]
    for each in foreign:
        await submit(intake, each, by="neighbour")
        await withdraw(intake, each, by="neighbour")
    own = report()
    await submit(intake, own)
    await intake.settled()

    address, found = "/v1/changes?limit=1", list[tuple[str, str]]()
    for _page in range(12):
        answer = await follow(intake, address, by="reporter")
        address, found = answer.json()["next"], found + told(answer)

    assert found == [(REPORTED, own["report_id"])]


async def test_another_municipality_is_not_to_be_seen(intake: HostedService) -> None:
    await submit(intake, report())
    await intake.settled()

    elsewhere = await follow(intake, by="elsewhere")
    operator = await follow(intake, "/v1/changes?municipality=9901", by="operator")
    nowhere = await intake.http.get("/v1/changes", headers=key("operator"))

    assert elsewhere.json()["changes"] == []
    assert len(operator.json()["changes"]) == 2
    assert "municipality=9901" in operator.json()["next"]
    assert nowhere.status_code == 422


async def test_whoever_waits_hears_of_a_report_when_it_comes(intake: HostedService) -> None:
    await intake.settled()
    position = (await follow(intake)).json()["position"]
    sent = report()

    waiting = asyncio.create_task(follow(intake, f"/v1/changes?after={position}&wait=30"))
    await asyncio.sleep(0)
    await submit(intake, sent)
    async with asyncio.timeout(20):
        answer = await waiting

    assert told(answer) == [(REPORTED, sent["report_id"])]


async def test_whoever_waits_in_vain_keeps_the_position(intake: HostedService) -> None:
    await intake.settled()
    position = (await follow(intake)).json()["position"]

    answer = await follow(intake, f"/v1/changes?after={position}&wait=1")

    assert (answer.json()["changes"], answer.json()["position"]) == ([], position)


async def test_a_position_that_the_log_has_not_come_to_is_refused_with_advice(intake: HostedService) -> None:
    """As after a restore from an earlier copy: to answer with nothing would hide all that comes up to it."""
    await intake.settled()
    last = (await follow(intake)).json()["position"]

    answer = await intake.http.get(f"/v1/changes?after={last + 1}", headers=key("coordinator"))

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:est:problem:position_is_ahead"
    assert [each["field"] for each in answer.json()["errors"]] == ["after"]
    assert (await follow(intake, f"/v1/changes?after={last}")).status_code == 200


async def test_a_crowd_of_reports_is_followed_without_a_gap_or_a_repeat(intake: HostedService) -> None:
    sent = [report(text=None) for _ in range(300)]
    crowd = asyncio.gather(*(submit(intake, each) for each in sent))

    address, seen, positions = "/v1/changes?limit=20", list[str](), list[int]()
    while len(seen) < len(sent):
        answer = await follow(intake, f"{address}&wait=5")
        address = answer.json()["next"]
        seen += [report_id for _, report_id in told(answer)]
        positions += [change["position"] for change in answer.json()["changes"]]
    await crowd

    assert sorted(seen) == sorted(each["report_id"] for each in sent)
    assert positions == sorted(set(positions))


async def test_nothing_of_a_text_or_a_key_is_told(intake: HostedService) -> None:
    order = {"function": "faltgruppen", "name": "Appen", "scopes": ["changes:read"]}
    issued = (await intake.http.post("/v1/keys", json=order, headers=key("coordinator"))).json()
    await submit(intake, report(text="kanariefågel i texten"))
    await set_up(intake, alert_minutes=20)
    await intake.settled()

    answer = await intake.http.get("/v1/changes", headers={"Authorization": f"Bearer {issued['token']}"})

    assert "kanarie" not in answer.text
    assert "sha256" not in answer.text
    assert len(answer.json()["changes"]) == 3


async def test_limits_are_told(intake: HostedService) -> None:
    for wrong in ("after=-1", "limit=0", "limit=501", "wait=31", "after=x"):
        answer = await intake.http.get(f"/v1/changes?{wrong}", headers=key("coordinator"))
        assert answer.status_code == 422, wrong
