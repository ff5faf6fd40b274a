"""Valboås as intake's tests meet it: who holds a key, and what a report looks like."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from est_chassis.clock import Clock, SystemClock
from est_chassis.testing import HostedService, host
from est_chassis.testing.databases import FreshDatabase
from est_chassis.web.access import new_api_key
from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.vocabulary import Role
from est_intake.service import BESIDE_TABLES, build
from est_intake.settings import IntakeSettings

KEYS: dict[str, tuple[str | None, str | None, Role]] = {
    "reporter": ("9901", "faltgruppen", Role.REPORTER),
    "neighbour": ("9901", "bovard_norrangen", Role.REPORTER),
    # A program that speaks for no function at all.
    "unbound": ("9901", None, Role.REPORTER),
    "coordinator": ("9901", "samordnaren", Role.COORDINATOR),
    "unseated": ("9901", None, Role.COORDINATOR),
    "elsewhere": ("1280", "faltgruppen", Role.COORDINATOR),
    "strategist": ("9901", None, Role.STRATEGIST),
    "duty": ("9901", "tib", Role.DUTY_OFFICER),
    "operator": (None, None, Role.OPERATOR),
}


def key(name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {new_api_key(name, 'secret')[0]}"}


def keys_file(folder: Path) -> Path:
    entries = [
        {
            "key_id": name,
            "sha256": new_api_key(name, "secret")[1],
            "municipality": municipality,
            "function": function,
            "organisation": "valboas_kommun",
            "party": "municipality",
            "roles": [role],
            "name": name,
        }
        for name, (municipality, function, role) in KEYS.items()
    ]
    file = folder / "keys.json"
    file.write_text(json.dumps(entries))
    return file


@asynccontextmanager
async def valboas_at_work(
    database: FreshDatabase, nats_url: str, folder: Path, *, clock: Clock | None = None
) -> AsyncIterator[HostedService]:
    """Intake with Valboås set up."""
    settings = IntakeSettings(
        database_url=database.prepare("intake", beside_tables=BESIDE_TABLES),
        nats_url=nats_url,
        session_secret="only-for-tests-only-for-tests-32",
        api_keys_file=keys_file(folder),
        demo=True,
    )
    async with host(build(settings, clock=clock)) as hosted:
        await set_up(hosted, alert_minutes=15)
        yield hosted


async def set_up(hosted: HostedService, **changes: object) -> httpx.Response:
    document = example_collaboration().model_copy(update=changes)
    return await hosted.http.put(
        f"/v1/municipalities/{document.municipality}/collaboration",
        content=document.model_dump_json(),
        headers=key("operator") | {"Content-Type": "application/json"},
    )


def report(**changes: object) -> dict[str, Any]:
    happened_at = SystemClock().now() - timedelta(hours=2)
    return {
        "report_id": str(uuid4()),
        "municipality": "9901",
        "checklist_entry": "orebro.1",
        "area": NORRANGEN,
        "happened_at": happened_at.isoformat(),
        "severity": 3,
        "text": "Krossade rutor i cykelgaraget vid skolan.",
    } | changes


async def submit(hosted: HostedService, body: object, *, by: str = "reporter") -> httpx.Response:
    return await hosted.http.post("/v1/reports", json=body, headers=key(by))


def told_fields(answer: httpx.Response) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


def without_areas() -> tuple[Any, ...]:
    return tuple(each.model_copy(update={"area_ids": ()}) for each in example_collaboration().functions)
