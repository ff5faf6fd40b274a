"""Moments at the borders of weeks and years land in the right ISO week, from the door to the picture."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import est_compiler.service
import est_intake.service
from est_chassis.clock import SetClock
from est_chassis.testing import FreshDatabase, HostedService, host
from est_compiler.settings import CompilerSettings
from est_contracts.vocabulary import Party, Role
from est_intake.settings import IntakeSettings
from est_single_machine.demo import valboas_document
from est_single_machine.keys import KeyHolder, add_key

STOCKHOLM = ZoneInfo("Europe/Stockholm")
LATER = SetClock(datetime(2027, 1, 5, 12, tzinfo=STOCKHOLM))
SECRET = "only-for-tests-only-for-tests-32"

# As the wall clock in Stockholm shows it; `fold` is the second time the hour passes on 25 October.
MOMENTS = {
    datetime(2026, 10, 25, 2, 30, tzinfo=STOCKHOLM): "2026-W43",
    datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=STOCKHOLM).astimezone(UTC): "2026-W43",
    datetime(2026, 10, 26, 0, 0, tzinfo=STOCKHOLM): "2026-W44",
    datetime(2026, 12, 31, 23, 59, tzinfo=STOCKHOLM): "2026-W53",
    datetime(2027, 1, 3, 23, 59, 59, tzinfo=STOCKHOLM): "2026-W53",
    datetime(2027, 1, 4, 0, 0, tzinfo=STOCKHOLM): "2027-W01",
}
EXPECTED = {"2026-W42": 0, "2026-W43": 2, "2026-W44": 1, "2026-W52": 0, "2026-W53": 2, "2027-W01": 1}


async def test_reports_at_the_borders_land_in_the_right_week(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    operator, coordinator = keys(tmp_path / "keys.json")
    common: dict[str, Any] = {
        "nats_url": nats_url,
        "session_secret": SECRET,
        "api_keys_file": tmp_path / "keys.json",
    }
    intake_url = database.prepare("intake", beside_tables=est_intake.service.BESIDE_TABLES)
    intake = est_intake.service.build(IntakeSettings(database_url=intake_url, **common), clock=LATER)
    compiler_url = database.prepare("compiler")
    compiler = est_compiler.service.build(CompilerSettings(database_url=compiler_url, **common), clock=LATER)

    async with host(intake) as door, host(compiler) as pictures:
        await set_up(door, operator)
        receipts = [await submit(door, moment, operator) for moment in MOMENTS]
        await pictures.until(lambda: facts_in(pictures) == len(MOMENTS))
        counts = {week: await reports_in(pictures, week, coordinator) for week in EXPECTED}

    assert [receipt["period"] for receipt in receipts] == list(MOMENTS.values())
    assert counts == EXPECTED


def keys(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """An operator's and a coordinator's, as headers."""
    operator = KeyHolder(key_id="operator", name="Drift", roles=(Role.OPERATOR,))
    coordinator = KeyHolder(
        key_id="samordnare",
        name="Samordnare",
        roles=(Role.COORDINATOR,),
        municipality="9901",
        function="samordnare",
        organisation="kommunen",
        party=Party.MUNICIPALITY,
    )
    tokens = [add_key(path, holder) for holder in (operator, coordinator)]
    first, second = ({"Authorization": f"Bearer {token}"} for token in tokens)
    return first, second


async def set_up(door: HostedService, operator: dict[str, str]) -> None:
    content = valboas_document().model_dump_json()
    headers = operator | {"Content-Type": "application/json"}
    answer = await door.http.put("/v1/municipalities/9901/collaboration", content=content, headers=headers)
    assert answer.status_code == 201, answer.text


async def submit(door: HostedService, moment: datetime, operator: dict[str, str]) -> dict[str, Any]:
    body = {
        "report_id": str(uuid4()),
        "municipality": "9901",
        "function": "faltgruppen",
        "checklist_entry": "orebro.1",
        "area": "9901R002",
        "happened_at": moment.isoformat(),
    }
    answer = await door.http.post("/v1/reports", json=body, headers=operator)
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


def facts_in(pictures: HostedService) -> int:
    with pictures.service.store.cursor() as cursor:
        row = cursor.execute("SELECT count(*) AS facts FROM facts_v4").fetchone()
    return int(row["facts"]) if row else 0


async def reports_in(pictures: HostedService, week: str, coordinator: dict[str, str]) -> int:
    answer = await pictures.http.get(f"/v1/municipalities/9901/pictures/{week}", headers=coordinator)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["picture"]["total"]["now"]["reports"])
