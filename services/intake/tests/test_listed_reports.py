"""The list of reports, as programs read it: selected, paged, and the same as the log says."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest_asyncio
from report_acts import correct, delete, put, read, submitted
from valboas_reports import key, report, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import CENTRUM, HAMNEN
from est_contracts.vocabulary import Role
from est_intake.domain.submission import Sender

COORDINATOR = Sender("9901", "samordnaren", frozenset({Role.COORDINATOR}))


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        yield hosted


async def test_the_list_is_selected_and_turned_by_position(intake: HostedService) -> None:
    sent = [await submitted(intake, severity=severity) for severity in (1, 3, 5)]
    withdrawn = await submitted(intake, by="neighbour", severity=5)
    await put(intake, withdrawn, "withdrawal", by="coordinator", reason="mistake")
    await intake.settled()

    async def listed(query: str, *, by: str = "coordinator") -> list[str]:
        answer = await intake.http.get(f"/v1/reports{query}", headers=key(by))
        assert answer.status_code == 200, answer.text
        return [each["report_id"] for each in answer.json()["reports"]]

    first = (await intake.http.get("/v1/reports?limit=2&theme=vandalism", headers=key("coordinator"))).json()

    assert [each["report_id"] for each in first["reports"]] == [withdrawn["report_id"], sent[2]["report_id"]]
    assert await listed(first["next"].removeprefix("/v1/reports")) == [
        sent[1]["report_id"],
        sent[0]["report_id"],
    ]
    assert await listed("?state=withdrawn") == [withdrawn["report_id"]]
    assert await listed("?severity_at_least=3&state=new") == [sent[2]["report_id"], sent[1]["report_id"]]
    assert await listed("?function=bovard_norrangen", by="reporter") == [
        each["report_id"] for each in reversed(sent)
    ]
    assert await listed("?period=2019-W01") == []
    unknown = await intake.http.get("/v1/reports?free_text=x&period=2019-W60", headers=key("coordinator"))
    assert unknown.status_code == 422


async def test_those_who_may_not_read_words_get_none_in_the_list(intake: HostedService) -> None:
    await submitted(intake)
    await intake.settled()

    as_operator = await intake.http.get("/v1/reports?municipality=9901", headers=key("operator"))
    as_coordinator = await intake.http.get("/v1/reports", headers=key("coordinator"))

    assert [each["text"] for each in as_operator.json()["reports"]] == [None]
    assert [each["text"] for each in as_coordinator.json()["reports"]] == [report()["text"]]


async def test_a_key_that_speaks_for_no_function_has_no_reports_of_its_own(intake: HostedService) -> None:
    await submitted(intake)
    await intake.settled()

    answer = await intake.http.get("/v1/reports", headers=key("unbound"))

    assert (answer.status_code, answer.json()["reports"]) == (200, [])


async def test_before_a_position_beyond_all_others_is_everything(intake: HostedService) -> None:
    sent = await submitted(intake)
    await intake.settled()

    answers = [
        await intake.http.get(f"{address}?before={10**30}", headers=key("reporter"))
        for address in ("/v1/reports", "/v1/my-reports")
    ]

    assert [each.status_code for each in answers] == [200, 200]
    assert [each["report_id"] for answer in answers for each in answer.json()["reports"]] == [
        sent["report_id"]
    ] * 2


async def test_possible_duplicates_are_suggested_with_their_reasons(intake: HostedService) -> None:
    one = await submitted(intake)
    alike = await submitted(intake, by="neighbour", happened_at=one["happened_at"])
    await submitted(intake, checklist_entry="orebro.2")
    await submitted(intake, area=HAMNEN)
    await intake.settled()

    answer = await intake.http.get(f"/v1/reports/{one['report_id']}/duplicates", headers=key("coordinator"))

    assert [each["report_id"] for each in answer.json()["suggestions"]] == [alike["report_id"]]
    assert {"sv": "Samma område.", "en": "The same area."} in answer.json()["suggestions"][0]["reasons"]


async def listed(hosted: HostedService) -> dict[str, dict[str, Any]]:
    answer = await hosted.http.get("/v1/reports", headers=key("coordinator"))
    return {each["report_id"]: each for each in answer.json()["reports"]}


async def test_the_list_says_what_the_log_says_also_when_it_is_made_anew(intake: HostedService) -> None:
    untouched, corrected, seen, put_back, marked, withdrawn, erased, moved = [
        await submitted(intake, measures="Vaktmästaren är kontaktad.") for _ in range(8)
    ]
    for each in (corrected, seen, put_back):
        await put(intake, each, "looked-at", by="coordinator")
    await delete(intake, put_back, "looked-at", by="coordinator")
    point, until = {"longitude": 13.31, "latitude": 58.945}, intake.service.clock.now().isoformat()
    await correct(intake, corrected, area=None, point=point, happened_until=until, text=None)
    await put(intake, marked, "duplicate", by="coordinator", duplicate_of=untouched["report_id"])
    await put(intake, withdrawn, "withdrawal", by="reporter", reason="mistake")
    await delete(intake, erased, "text", by="coordinator")
    await intake.service.do(
        lambda app: app.judging.move_report("9901", UUID(moved["report_id"]), area=CENTRUM, by=COORDINATOR)
    )
    await intake.settled()

    first = await listed(intake)
    async for _progress in intake.service.rebuild(["recent_reports_v3"]):
        continue

    everything = (untouched, corrected, seen, put_back, marked, withdrawn, erased, moved)
    for sent in everything:
        row, stands = first[sent["report_id"]], await read(intake, sent)
        assert {name: stands[name] for name in row if name != "position"} == {
            name: value for name, value in row.items() if name != "position"
        }
    assert [first[sent["report_id"]]["state"] for sent in everything] == [
        "new", "new", "looked_at", "new", "duplicate", "withdrawn", "new", "new"
    ]  # fmt: skip
    assert await listed(intake) == first
