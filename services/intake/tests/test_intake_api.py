"""Intake as programs meet it: real PostgreSQL and NATS, real keys, the whole service."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import nats
import pytest
import pytest_asyncio

from est_chassis.clock import SystemClock
from est_chassis.testing import HostedService, host
from est_chassis.testing.databases import FreshDatabase
from est_chassis.web.access import new_api_key
from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.messages import (
    CollaborationSetUp,
    IncidentReported,
    IncidentReportWithdrawn,
)
from est_contracts.vocabulary import Role, Theme, Week, WithdrawalReason
from est_intake.application import Intake
from est_intake.service import BESIDE_TABLES, build
from est_intake.settings import IntakeSettings

KEYS: dict[str, tuple[str | None, str | None, Role]] = {
    "reporter": ("9901", "faltgruppen", Role.REPORTER),
    "neighbour": ("9901", "bovard_norrangen", Role.REPORTER),
    "coordinator": ("9901", "samordnaren", Role.COORDINATOR),
    "elsewhere": ("1280", "faltgruppen", Role.COORDINATOR),
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


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    """Intake with Valboås set up."""
    settings = IntakeSettings(
        database_url=database.prepare("intake", beside_tables=BESIDE_TABLES),
        nats_url=nats_url,
        session_secret="only-for-tests-only-for-tests-32",
        api_keys_file=keys_file(tmp_path),
    )
    Intake.forget_set_ups()
    async with host(build(settings)) as hosted:
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


async def test_a_report_is_recorded_and_can_be_read_at_its_address(intake: HostedService) -> None:
    sent = report()

    answer = await submit(intake, sent)
    read = await intake.http.get(answer.headers["Location"], headers=key("reporter"))

    assert (answer.status_code, answer.json()["repeated"]) == (201, False)
    assert answer.json()["period"] == str(Week.of(datetime.fromisoformat(sent["happened_at"])))
    assert (read.status_code, read.json()["text"]) == (200, sent["text"])
    assert (read.json()["theme"], read.json()["function"]) == ("vandalism", "faltgruppen")


async def test_the_same_report_again_gets_the_first_receipt(intake: HostedService) -> None:
    sent = report()
    first = await submit(intake, sent)

    again = await submit(intake, sent)

    assert again.status_code == 200
    assert again.json() == first.json() | {"repeated": True}
    assert len([told for told in await intake.tells() if isinstance(told, IncidentReported)]) == 1


async def test_the_same_moment_in_another_zone_is_the_same_report(intake: HostedService) -> None:
    sent = report(happened_at="2026-11-20T21:40:00+01:00")
    await submit(intake, sent)

    again = await submit(intake, sent | {"happened_at": "2026-11-20T20:40:00Z", "function": "faltgruppen"})

    assert again.status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Något annat."},
        {"text": None},
        {"severity": 4},
        {"severity": None},
        {"area": None},
        {"checklist_entry": "orebro.2"},
        {"source": "app:1"},
    ],
)
async def test_another_content_under_the_same_id_is_a_conflict(
    intake: HostedService, change: dict[str, object]
) -> None:
    sent = report()
    await submit(intake, sent)

    answer = await submit(intake, sent | change)

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:est:problem:report_says_something_else"


async def test_nobody_is_told_that_another_function_used_the_same_id(intake: HostedService) -> None:
    sent = report()
    await submit(intake, sent)

    answer = await submit(intake, sent, by="neighbour")

    assert answer.status_code == 409


async def test_many_at_once_with_the_same_id_are_one_report(intake: HostedService) -> None:
    sent = report()

    answers = await asyncio.gather(*(submit(intake, sent) for _ in range(20)))

    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.json()["recorded_at"] for answer in answers}) == 1


async def test_one_conflict_in_a_crowd_spoils_nobody_elses_report(intake: HostedService) -> None:
    taken = report()
    await submit(intake, taken)

    crowd = [report() for _ in range(30)] + [taken | {"severity": 5}, report(area="9901R999")]
    answers = await asyncio.gather(*(submit(intake, each) for each in crowd))

    assert [answer.status_code for answer in answers] == [201] * 30 + [409, 422]


async def test_each_field_in_the_way_is_named_and_nothing_is_recorded(intake: HostedService) -> None:
    answer = await submit(intake, report(area="9901R999", text="Ring 070-123 45 67"))

    assert answer.status_code == 422
    assert told_fields(answer) == ["area", "text"]
    assert "070" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert not any(isinstance(told, IncidentReported) for told in await intake.tells())


async def test_what_cannot_be_read_says_which_field(intake: HostedService) -> None:
    answer = await submit(intake, report(severity=9, report_id="17", extra=1))

    assert answer.status_code == 422
    assert set(told_fields(answer)) == {"severity", "report_id", "extra"}


async def test_another_municipality_looks_like_one_that_does_not_take_part(intake: HostedService) -> None:
    foreign = await submit(intake, report(), by="elsewhere")
    absent = await submit(intake, report(municipality="1281"), by="operator")

    assert (foreign.status_code, absent.status_code) == (422, 422)
    assert foreign.json() == absent.json()
    assert told_fields(foreign) == ["municipality"]


async def test_without_a_key_or_the_right_role_nothing_is_said(intake: HostedService) -> None:
    nobody = await intake.http.post("/v1/reports", json=report())
    duty_officer = await submit(intake, report(), by="duty")

    assert (nobody.status_code, duty_officer.status_code) == (401, 403)
    assert "detail" not in nobody.json()


async def test_free_text_is_in_no_event_and_no_message(intake: HostedService) -> None:
    await submit(intake, report(text="kanariefågel i texten"))

    told = await intake.tells()
    events = await intake.service.ask(lambda cursor: cursor.execute("SELECT state FROM events").fetchall())

    assert not any(b"kanarie" in message.body() for message in told)
    assert not any(b"kanarie" in bytes(row["state"]) for row in events)
    assert [message.has_text for message in told if isinstance(message, IncidentReported)] == [True]


async def test_an_erased_text_leaves_the_report_and_its_receipt(intake: HostedService) -> None:
    sent = report()
    await submit(intake, sent)
    await erase_texts(intake)

    read = await intake.http.get(f"/v1/reports/{sent['report_id']}", headers=key("coordinator"))
    again = await submit(intake, sent)
    texts = await intake.service.ask(lambda cursor: cursor.execute("SELECT * FROM report_texts").fetchall())

    assert (read.status_code, read.json()["text"]) == (200, None)
    assert (again.status_code, texts) == (200, [])


async def erase_texts(hosted: HostedService) -> None:
    def erase(app: Intake) -> None:
        app.work.cursor.execute("DELETE FROM report_texts")

    await hosted.service.do(erase)


async def test_a_report_is_read_by_its_own_function_and_by_coordinators_only(intake: HostedService) -> None:
    sent = report()
    await submit(intake, sent)
    address = f"/v1/reports/{sent['report_id']}"

    answers = {
        who: await intake.http.get(address, headers=key(who))
        for who in ("reporter", "coordinator", "neighbour", "elsewhere")
    }
    operator = await intake.http.get(address, params={"municipality": "9901"}, headers=key("operator"))

    assert {who: answer.status_code for who, answer in answers.items()} == {
        "reporter": 200,
        "coordinator": 200,
        "neighbour": 404,
        "elsewhere": 404,
    }
    assert answers["coordinator"].json()["text"] == sent["text"]
    assert operator.json()["text"] is None


async def test_a_withdrawn_report_is_told_once(intake: HostedService) -> None:
    sent = report()
    await submit(intake, sent)
    address = f"/v1/reports/{sent['report_id']}/withdrawal"

    first = await intake.http.put(address, json={"reason": "duplicate"}, headers=key("coordinator"))
    again = await intake.http.put(address, json={"reason": "duplicate"}, headers=key("reporter"))
    other = await intake.http.put(address, json={"reason": "mistake"}, headers=key("reporter"))
    neighbour = await intake.http.put(address, json={"reason": "duplicate"}, headers=key("neighbour"))

    assert [each.status_code for each in (first, again, other, neighbour)] == [200, 200, 409, 404]
    withdrawn = [told for told in await intake.tells() if isinstance(told, IncidentReportWithdrawn)]
    assert [told.reason for told in withdrawn] == [WithdrawalReason.DUPLICATE]


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


def without_areas() -> tuple[Any, ...]:
    return tuple(each.model_copy(update={"area_ids": ()}) for each in example_collaboration().functions)


async def test_a_collaboration_is_set_up_read_and_amended(intake: HostedService) -> None:
    amended = await set_up(intake, alert_minutes=5)
    unchanged = await set_up(intake, alert_minutes=5)
    await intake.settled()
    read = await intake.http.get("/v1/municipalities/9901/collaboration", headers=key("reporter"))

    assert [amended.headers["ETag"], unchanged.headers["ETag"], read.headers["ETag"]] == ['"2"'] * 3
    assert read.json()["alert_minutes"] == 5
    versions = [told.version for told in await intake.tells() if isinstance(told, CollaborationSetUp)]
    assert versions == [1, 2]


async def test_a_collaboration_changed_meanwhile_is_not_overwritten(intake: HostedService) -> None:
    await set_up(intake, alert_minutes=5)

    answer = await intake.http.put(
        "/v1/municipalities/9901/collaboration",
        content=example_collaboration().model_copy(update={"alert_minutes": 7}).model_dump_json(),
        headers=key("operator") | {"Content-Type": "application/json", "If-Match": '"1"'},
    )

    assert answer.status_code == 412


async def test_a_report_is_judged_by_the_set_up_of_the_moment(intake: HostedService) -> None:
    await submit(intake, report())
    fewer = tuple(area for area in example_collaboration().areas if area.area_id != NORRANGEN)

    await set_up(intake, areas=fewer, functions=without_areas())
    answer = await submit(intake, report())

    assert told_fields(answer) == ["area"]


async def test_only_operators_set_up_and_only_members_read(intake: HostedService) -> None:
    address = "/v1/municipalities/9901/collaboration"
    document = example_collaboration().model_dump(mode="json")

    put = await intake.http.put(address, json=document, headers=key("coordinator"))
    elsewhere = await intake.http.get(address, headers=key("elsewhere"))
    absent = await intake.http.get("/v1/municipalities/1281/collaboration", headers=key("operator"))
    wrong = await intake.http.put(
        "/v1/municipalities/1281/collaboration", json=document, headers=key("operator")
    )

    assert [each.status_code for each in (put, elsewhere, absent, wrong)] == [403, 404, 404, 422]


async def test_checklists_are_open_to_everyone(intake: HostedService) -> None:
    known = await intake.http.get("/v1/checklists/orebro")
    unknown = await intake.http.get("/v1/checklists/nowhere")

    assert (known.status_code, unknown.status_code) == (200, 404)
    assert known.json()["entries"][0]["entry_id"] == "orebro.1"


async def test_a_report_by_nats_request_meets_the_same_rules(intake: HostedService, nats_url: str) -> None:
    sent = report()
    client = await nats.connect(nats_url)

    async def ask(body: object, headers: dict[str, str] | None) -> tuple[str, dict[str, Any]]:
        subject = "ask.9901.intake.submit_report.v1"
        answer = await client.request(subject, json.dumps(body).encode(), headers=headers, timeout=5)
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


@pytest.mark.parametrize(
    ("happened_at", "week"),
    [
        ("2024-12-31T23:59:00+01:00", "2025-W01"),
        ("2026-10-25T02:30:00+02:00", "2026-W43"),
        ("2026-10-25T02:30:00+01:00", "2026-W43"),
        ("2026-10-25T23:59:59+01:00", "2026-W43"),
        ("2026-10-26T00:00:00+01:00", "2026-W44"),
    ],
)
async def test_a_report_lands_in_the_week_of_stockholm(
    intake: HostedService, happened_at: str, week: str
) -> None:
    answer = await submit(intake, report(happened_at=happened_at))

    assert (answer.status_code, answer.json()["period"]) == (201, week)


async def test_what_was_reported_is_what_is_told(intake: HostedService) -> None:
    sent = report(source="app:17", text=None)
    await submit(intake, sent)

    told = [message for message in await intake.tells() if isinstance(message, IncidentReported)]

    assert [message.report_id for message in told] == [UUID(sent["report_id"])]
    assert told[0].happened_at == datetime.fromisoformat(sent["happened_at"])
    assert (told[0].theme, told[0].area, told[0].severity) == (Theme.VANDALISM, NORRANGEN, 3)
    assert (told[0].function, told[0].organisation, told[0].source) == (
        "faltgruppen",
        "valboas_kommun",
        "app:17",
    )
