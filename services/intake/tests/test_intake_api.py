"""One report as programs hand it in: real PostgreSQL and NATS, real keys, the whole service."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio
from valboas_reports import key, report, submit, told_fields, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import NORRANGEN
from est_contracts.messages import (
    IncidentReported,
    IncidentReportWithdrawn,
)
from est_contracts.vocabulary import Theme, Week, WithdrawalReason
from est_intake.application import Intake


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        yield hosted


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
    assert "070-123 45 67" not in answer.text
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
