"""What becomes of a recorded report, as programs see it: corrected, withdrawn, judged, its words erased."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from report_acts import correct, correction_of, delete, put, read, submitted, told
from valboas_reports import key, report, submit, told_fields, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.messages import (
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportTextErased,
    IncidentReportWithdrawn,
)
from est_contracts.vocabulary import Coordinates, Origin, Role
from est_intake.domain.submission import Sender

COORDINATOR = Sender("9901", "samordnaren", frozenset({Role.COORDINATOR}))


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        yield hosted


async def test_a_correction_without_the_revision_it_changes_is_refused(intake: HostedService) -> None:
    sent = await submitted(intake)

    answer = await intake.http.put(
        f"/v1/reports/{sent['report_id']}", json=correction_of(sent, severity=5), headers=key("reporter")
    )

    assert (answer.status_code, answer.json()["type"]) == (428, "urn:est:problem:version_is_missing")
    assert (await read(intake, sent))["severity"] == 3


async def test_of_two_corrections_at_once_one_is_told_to_look_again(intake: HostedService) -> None:
    sent = await submitted(intake)

    answers = await asyncio.gather(*(correct(intake, sent, severity=severity) for severity in (4, 5)))

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert [message.revision for message in await told(intake, IncidentReportCorrected)] == [2]


async def test_a_correction_is_told_and_its_former_words_are_gone(intake: HostedService) -> None:
    sent = await submitted(intake, measures="Vaktmästaren är kontaktad.")

    answer = await correct(intake, sent, severity=5, area=CENTRUM, text="Rutorna är krossade igen.")
    corrections = await told(intake, IncidentReportCorrected)
    kept = await intake.service.ask(
        lambda cursor: cursor.execute("SELECT text, measures FROM report_texts").fetchall()
    )

    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    assert (answer.json()["severity"], answer.json()["area"]) == (5, CENTRUM)
    assert kept == [{"text": "Rutorna är krossade igen.", "measures": None}]
    assert [(each.severity, each.area, each.has_measures) for each in corrections] == [(5, CENTRUM, False)]
    assert (corrections[0].function, corrections[0].revision) == ("faltgruppen", 2)


async def test_the_same_correction_again_changes_nothing(intake: HostedService) -> None:
    sent = await submitted(intake)
    await correct(intake, sent, severity=5)

    again = await correct(intake, sent, severity=5)

    assert (again.status_code, again.json()["revision"]) == (200, 2)
    assert len(await told(intake, IncidentReportCorrected)) == 1


async def test_a_report_sent_again_after_its_correction_gets_its_first_receipt(intake: HostedService) -> None:
    sent = await submitted(intake)
    await correct(intake, sent, severity=5, text="Något annat.")

    again = await submit(intake, sent)

    assert again.status_code == 200
    assert (await read(intake, sent))["text"] == "Något annat."


async def test_each_field_in_the_way_of_a_correction_is_named(intake: HostedService) -> None:
    sent = await submitted(intake)

    answer = await correct(intake, sent, area="9901R999", place="okand", measures="Ring 070-123 45 67")

    assert (answer.status_code, told_fields(answer)) == (422, ["area", "place", "measures"])
    assert "070-123 45 67" not in answer.text


async def test_only_its_own_function_corrects_a_report(intake: HostedService) -> None:
    sent = await submitted(intake)

    answers = [
        await correct(intake, sent, severity=1, by=who) for who in ("neighbour", "coordinator", "elsewhere")
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_a_withdrawn_report_takes_no_correction_until_it_counts_again(intake: HostedService) -> None:
    sent = await submitted(intake)
    await put(intake, sent, "withdrawal", by="reporter", reason="mistake")

    refused = await correct(intake, sent, severity=5)
    reinstated = await delete(intake, sent, "withdrawal", by="reporter")
    corrected = await correct(intake, sent, severity=5)

    assert (refused.status_code, refused.json()["type"]) == (409, "urn:est:problem:report_counts_no_more")
    assert (reinstated, corrected.status_code) == (204, 200)
    assert len(await told(intake, IncidentReportReinstated)) == 1


async def test_a_reporter_does_not_undo_what_a_coordinator_withdrew(intake: HostedService) -> None:
    sent = await submitted(intake)
    await put(intake, sent, "withdrawal", by="coordinator", reason="other")

    assert await delete(intake, sent, "withdrawal", by="reporter") == 404
    assert await delete(intake, sent, "withdrawal", by="coordinator") == 204
    assert len(await told(intake, IncidentReportWithdrawn)) == 1


async def test_a_coordinator_marks_a_duplicate_and_takes_it_back(intake: HostedService) -> None:
    original, copy = await submitted(intake), await submitted(intake)
    which = {"duplicate_of": original["report_id"]}

    marked = await put(intake, copy, "duplicate", by="coordinator", **which)
    state = (await read(intake, copy))["state"]
    taken_back = await delete(intake, copy, "duplicate", by="coordinator")

    assert (marked, state, taken_back) == (204, "duplicate", 204)
    assert (await read(intake, copy))["state"] == "new"
    marks = await told(intake, IncidentReportMarkedDuplicate)
    assert [(str(each.report_id), str(each.duplicate_of)) for each in marks] == [
        (copy["report_id"], original["report_id"])
    ]
    assert len(await told(intake, IncidentReportReinstated)) == 1


async def test_a_coordinator_who_withdraws_an_original_is_told_which_duplicates_count_no_longer(
    intake: HostedService,
) -> None:
    original, copy, own = [await submitted(intake) for _ in range(3)]
    for each in (copy, own):
        await put(intake, each, "duplicate", by="coordinator", duplicate_of=original["report_id"])
    await put(intake, own, "withdrawal", by="reporter", reason="mistake")

    answers = [
        await intake.http.put(
            f"/v1/reports/{original['report_id']}/withdrawal", json={"reason": "mistake"}, headers=key(who)
        )
        for who in ("reporter", "coordinator")
    ]

    assert [answer.json()["uncounted_duplicates"] for answer in answers] == [None, [copy["report_id"]]]


async def test_a_report_is_no_duplicate_of_itself_of_a_duplicate_or_of_what_does_not_exist(
    intake: HostedService,
) -> None:
    original, copy, third = [await submitted(intake) for _ in range(3)]
    await put(intake, copy, "duplicate", by="coordinator", duplicate_of=original["report_id"])

    answers = [
        await put(intake, third, "duplicate", by="coordinator", duplicate_of=third["report_id"]),
        await put(intake, third, "duplicate", by="coordinator", duplicate_of=copy["report_id"]),
        await put(intake, third, "duplicate", by="coordinator", duplicate_of=str(uuid4())),
        await put(intake, third, "duplicate", by="reporter", duplicate_of=original["report_id"]),
    ]

    assert answers == [409, 409, 422, 403]
    assert (await read(intake, third))["state"] == "new"


async def test_a_coordinator_looks_at_a_report_and_its_own_function_makes_it_new(
    intake: HostedService,
) -> None:
    sent = await submitted(intake)

    looked_at = await put(intake, sent, "looked-at", by="coordinator")
    state = (await read(intake, sent))["state"]
    await correct(intake, sent, severity=5)

    assert (looked_at, state) == (204, "looked_at")
    assert (await read(intake, sent))["state"] == "new"
    assert await put(intake, sent, "looked-at", by="reporter") == 403


async def test_a_coordinator_who_looked_at_the_wrong_report_lets_it_wait_again(intake: HostedService) -> None:
    sent = await submitted(intake)
    await put(intake, sent, "looked-at", by="coordinator")

    by_reporter = await delete(intake, sent, "looked-at", by="reporter")
    answers = [await delete(intake, sent, "looked-at", by="coordinator") for _twice in range(2)]
    history = await intake.http.get(f"/v1/reports/{sent['report_id']}/history", headers=key("coordinator"))

    assert (by_reporter, answers, (await read(intake, sent))["state"]) == (403, [204, 204], "new")
    assert [step["step"] for step in history.json()["steps"]] == ["submitted", "looked_at", "put_back"]


@pytest.mark.parametrize("who", ["reporter", "coordinator"])
async def test_erased_words_are_gone_and_the_incident_still_counts(intake: HostedService, who: str) -> None:
    sent = await submitted(intake, measures="Vaktmästaren är kontaktad.")

    erased = await delete(intake, sent, "text", by=who)
    again = await delete(intake, sent, "text", by=who)
    kept = await intake.service.ask(lambda cursor: cursor.execute("SELECT * FROM report_texts").fetchall())
    now = await read(intake, sent)

    assert (erased, again, kept) == (204, 204, [])
    assert (now["text"], now["measures"], now["text_is_erased"], now["state"]) == (None, None, True, "new")
    assert len(await told(intake, IncidentReportTextErased)) == 1


async def test_no_words_come_back_to_an_erased_report(intake: HostedService) -> None:
    sent = await submitted(intake)
    await delete(intake, sent, "text", by="coordinator")

    with_words = await correct(intake, sent, severity=5)
    repeated = await submit(intake, sent)
    without = await correct(intake, sent, severity=5, text=None)
    kept = await intake.service.ask(lambda cursor: cursor.execute("SELECT * FROM report_texts").fetchall())

    assert (with_words.status_code, with_words.json()["type"]) == (409, "urn:est:problem:words_are_erased")
    assert (repeated.status_code, without.status_code, kept) == (200, 200, [])
    assert (without.json()["severity"], without.json()["has_text"]) == (5, True)


async def test_nobody_else_erases_the_words_of_a_report(intake: HostedService) -> None:
    sent = await submitted(intake)

    assert [await delete(intake, sent, "text", by=who) for who in ("neighbour", "elsewhere", "duty")] == [
        404,
        404,
        403,
    ]
    assert (await read(intake, sent))["text"] == sent["text"]


async def test_the_whole_history_is_told_in_order_and_without_words(intake: HostedService) -> None:
    sent = await submitted(intake, text="kanariefågel")
    await correct(intake, sent, severity=5, text="näktergal")
    await put(intake, sent, "looked-at", by="coordinator")
    await delete(intake, sent, "text", by="coordinator")
    await put(intake, sent, "withdrawal", by="reporter", reason="mistake")

    answer = await intake.http.get(f"/v1/reports/{sent['report_id']}/history", headers=key("coordinator"))
    steps = answer.json()["steps"]

    assert [(step["step"], step["by_function"]) for step in steps] == [
        ("submitted", "faltgruppen"),
        ("corrected", "faltgruppen"),
        ("looked_at", "samordnaren"),
        ("text_erased", "samordnaren"),
        ("withdrawn", "faltgruppen"),
    ]
    assert (steps[1]["changed"], steps[4]["reason"]) == (["severity"], "mistake")
    assert steps[1]["changes"] == [{"field": "severity", "before": sent["severity"], "after": 5}]
    assert [step["words_change"] for step in steps] == [None, "rewritten", None, None, None]
    assert [step["position"] for step in steps] == (await read(intake, sent))["positions"]
    assert "kanarie" not in answer.text
    assert "näktergal" not in answer.text


async def test_the_area_is_found_by_the_point_unless_it_is_named(intake: HostedService) -> None:
    in_norrangen = {"longitude": 13.31, "latitude": 58.945}
    found = await submitted(intake, area=None, point=in_norrangen)
    named = await submitted(intake, area=HAMNEN, point=in_norrangen)
    outside = await submitted(intake, area=None, point={"longitude": 13.6, "latitude": 58.8})

    incidents = await told(intake, IncidentReported)

    assert [each.area for each in incidents] == [NORRANGEN, HAMNEN, None]
    assert incidents[0].point == Coordinates(longitude=13.31, latitude=58.945)
    assert (await submit(intake, found)).status_code == 200
    assert (await submit(intake, named)).status_code == 200
    assert (await submit(intake, outside)).status_code == 200


async def test_several_incidents_of_one_sending_belong_together(intake: HostedService) -> None:
    together = str(uuid4())
    reports = [report(sent_together=together, checklist_entry=f"orebro.{number}") for number in (1, 2)]

    await intake.http.post("/v1/reports:batch", json={"reports": reports}, headers=key("reporter"))

    assert [each.sent_together for each in await told(intake, IncidentReported)] == [UUID(together)] * 2


async def test_the_door_says_where_a_report_came_from(intake: HostedService) -> None:
    own, brought = report(), report(function="kommunpolisen", source="polisen:1")
    await submit(intake, own)
    await submit(intake, brought, by="operator")
    forged = await submit(intake, report(origin="meeting"))

    assert forged.status_code == 422
    assert [each.origin for each in await told(intake, IncidentReported)] == [Origin.PROGRAM, Origin.IMPORT]


async def test_an_operator_corrects_facts_without_taking_away_words_that_operators_do_not_see(
    intake: HostedService,
) -> None:
    sent = await submitted(intake, measures="Vaktmästaren är kontaktad.")

    answer = await intake.http.put(
        f"/v1/reports/{sent['report_id']}?municipality=9901",
        json=correction_of(sent, severity=1, text=None),
        headers=key("operator") | {"If-Match": '"1"'},
    )
    now = await read(intake, sent)

    assert (answer.status_code, answer.json()["text"], answer.json()["severity"]) == (200, None, 1)
    assert (now["text"], now["measures"]) == (sent["text"], sent["measures"])
