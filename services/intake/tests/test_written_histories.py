"""What programs read of the history of a return, and of a block of counts."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest_asyncio
from valboas_reports import key, valboas_at_work

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import CENTRUM, NORRANGEN
from est_contracts.vocabulary import STOCKHOLM
from est_intake.api.written_histories import WrittenHistory


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    clock = SetClock(datetime(2026, 11, 20, 12, tzinfo=STOCKHOLM))
    async with valboas_at_work(database, nats_url, tmp_path, clock=clock) as hosted:
        yield hosted


async def send(intake: HostedService, to: str, body: dict[str, Any], *, by: str) -> dict[str, Any]:
    answer = await intake.http.put(f"/v1/{to}", json=body, headers=key(by))
    assert answer.status_code in (200, 201), answer.text
    told: dict[str, Any] = answer.json()
    return told


async def steps_of(intake: HostedService, what: str, *, by: str) -> list[dict[str, Any]]:
    answer = await intake.http.get(f"/v1/{what}/history", headers=key(by))
    assert answer.status_code == 200, answer.text
    WrittenHistory.model_validate_json(answer.content)
    assert "Krossade" not in answer.text
    told: list[dict[str, Any]] = answer.json()["steps"]
    return told


async def asked(intake: HostedService, what: str, *, by: str) -> int:
    return (await intake.http.get(f"/v1/{what}/history", headers=key(by))).status_code


def changed(step: dict[str, Any]) -> list[tuple[object, ...]]:
    names = ("checklist_entry", "area", "before", "after", "is_new", "is_gone")
    return [tuple(change[name] for name in names) for change in step["changes"]]


async def test_the_history_of_a_return_is_told_to_its_function_and_to_coordinators(
    intake: HostedService,
) -> None:
    answer = {"checklist_entry": "orebro.1", "area": NORRANGEN, "value": 3, "text": "Krossade rutor"}
    first = {"checklist": "orebro", "answers": [answer, {"checklist_entry": "orebro.2", "value": 1}]}
    second = {
        "checklist": "orebro",
        "answers": [answer | {"value": 4}],
        "area_assessments": [{"area": NORRANGEN, "value": 2}],
    }
    receipt = await send(intake, "returns/2026-W47", first, by="neighbour")
    await send(intake, "returns/2026-W47", second, by="neighbour")
    history = f"returns/{receipt['return_id']}"
    await intake.http.delete(f"/v1/{history}/text", headers=key("coordinator"))

    own = await steps_of(intake, history, by="neighbour")
    seen = await steps_of(intake, history, by="coordinator")
    others = [await asked(intake, history, by=who) for who in ("reporter", "duty")]

    assert [(each["step"], each["by_function"], each["replaced_words"]) for each in own] == [
        ("handed_in", "bovard_norrangen", False),
        ("revised", "bovard_norrangen", True),
        ("text_erased", "samordnaren", False),
    ]
    assert changed(own[1]) == [
        ("orebro.1", NORRANGEN, 3, 4, False, False),
        ("orebro.2", None, 1, None, False, True),
        (None, NORRANGEN, None, 2, True, False),
    ]
    assert seen == own
    assert others == [404, 403]


async def test_the_history_of_a_block_is_told_to_its_organisation_and_to_coordinators(
    intake: HostedService,
) -> None:
    row = {"checklist_entry": "orebro.1", "number": 3, "area": CENTRUM, "text": "Krossade rutor"}
    block = {"period": "2026-W47", "function": "kommunpolisen", "counts": [row]}
    history = f"count-blocks/{uuid4()}"
    by_operator = f"{history}?municipality=9901"
    await send(intake, by_operator, block, by="operator")
    await send(intake, by_operator, block | {"counts": [row | {"in_public": False}]}, by="operator")
    await intake.http.put(f"/v1/{history}/withdrawal?municipality=9901", headers=key("operator"))

    steps = await steps_of(intake, history, by="coordinator")
    operators = await intake.http.get(f"/v1/{history}/history?municipality=9901", headers=key("operator"))
    others = [await asked(intake, history, by=who) for who in ("reporter", "duty")]

    assert [each["step"] for each in steps] == ["handed_in", "revised", "withdrawn", "text_erased"]
    assert changed(steps[1]) == [
        ("orebro.1", CENTRUM, 3, None, False, True),
        ("orebro.1", CENTRUM, None, 3, True, False),
    ]
    assert [change["in_public"] for change in steps[1]["changes"]] == [True, False]
    assert operators.json()["steps"] == steps
    assert others == [404, 403]
