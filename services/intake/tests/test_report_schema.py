"""A municipality's report as a JSON Schema, and the checklists that it has made itself."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import pytest_asyncio
from valboas_reports import key, report, set_up, submit, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.vocabulary import Checklist, ChecklistEntry, Polarity, Scope, Tense, Theme, Words

ADDRESS = "/v1/municipalities/9901/report-schema"
SCHOOL_LIST = Checklist(
    checklist_id="skolornas",
    version=1,
    title=Words(sv="Skolornas egen lista", en="The schools' own list"),
    entries=(
        ChecklistEntry(
            entry_id="skolornas.1",
            words=Words(sv="Otrygg skolväg", en="Unsafe way to school"),
            polarity=Polarity.NEGATIVE,
            scope=Scope.PLACE,
            tense=Tense.OCCURRED,
            scale=None,
            theme=Theme.OTHER,
        ),
    ),
)


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        await hosted.settled()
        yield hosted


async def read(intake: HostedService, address: str = ADDRESS, *, by: str = "reporter") -> dict[str, Any]:
    answer = await intake.http.get(address, headers=key(by))
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


async def test_what_fits_the_schema_is_recorded(intake: HostedService) -> None:
    schema, sent = await read(intake), report(function="faltgruppen")

    jsonschema_rs.validate(schema, sent)

    assert (await submit(intake, sent)).status_code == 201


@pytest.mark.parametrize(
    "change",
    [
        {"area": "9901R999"},
        {"checklist_entry": "malmo.1"},
        {"function": "nobody"},
        {"severity": 6},
        {"municipality": "1280"},
        {"colour": "red"},
    ],
)
async def test_what_does_not_fit_the_schema_is_refused(intake: HostedService, change: dict[str, Any]) -> None:
    schema, sent = await read(intake), report(**change)

    assert not jsonschema_rs.is_valid(schema, sent)
    assert (await submit(intake, sent)).status_code == 422


async def test_every_choice_has_a_title_in_both_languages(intake: HostedService) -> None:
    schema = await read(intake)

    choices = [
        choice
        for name in ("checklist_entry", "area", "function", "severity")
        for choice in schema["properties"][name]["oneOf"]
        if "const" in choice
    ]

    assert len(choices) > 20
    assert [
        choice for choice in choices if set(choice["x-titles"]) != {"sv", "en"} or not choice["title"]
    ] == []


async def test_the_schema_is_for_those_who_report_there(intake: HostedService) -> None:
    assert (await intake.http.get(ADDRESS)).status_code == 401
    assert (await intake.http.get(ADDRESS, headers=key("elsewhere"))).status_code == 404


async def test_an_own_checklist_is_read_by_those_who_take_part(intake: HostedService) -> None:
    answer = await set_up(intake, checklists=("orebro", "skolornas"), own_checklists=(SCHOOL_LIST,))
    assert answer.is_success, answer.text
    await intake.settled()

    own = await read(intake, "/v1/checklists/skolornas")
    named = await read(intake, "/v1/checklists/skolornas?municipality=9901", by="operator")
    schema = await read(intake)

    assert own == named
    assert own["entries"][0]["entry_id"] == "skolornas.1"
    entries = [choice["const"] for choice in schema["properties"]["checklist_entry"]["oneOf"]]
    assert "skolornas.1" in entries
    for stranger in ({}, key("elsewhere")):
        hidden = await intake.http.get("/v1/checklists/skolornas?municipality=9901", headers=stranger)
        assert hidden.status_code == 404
