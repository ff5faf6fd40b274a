"""What makes a web app of the phone page, and the receipts that it ends with."""

import re
from collections.abc import AsyncIterator
from datetime import date

import pytest_asyncio
from valboas_pages import PAGE, sit_down, valboas_to_look_at

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import NORRANGEN
from est_contracts.vocabulary import ReportingPeriod, Words
from est_intake.pages.reporting.receipts import period_in_words

ENGLISH = {**PAGE, "Accept-Language": "en"}


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str) -> AsyncIterator[HostedService]:
    """Intake with Valboås set up, and the caretaker of Norrängen in their seat."""
    async with valboas_to_look_at(database, nats_url) as hosted:
        await sit_down(hosted, "bovard_norrangen")
        yield hosted


async def send(hosted: HostedService, **fields: str) -> str:
    """Where a report leads when it has been sent."""
    form = {"checklist_entry": "orebro.1", "area": NORRANGEN, "when": "just_now", **fields}
    answer = await hosted.http.post("/report", data=form, headers=PAGE)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


async def title_of(hosted: HostedService, path: str, headers: dict[str, str] = PAGE) -> str:
    found = re.search(r"<h1>([^<]*)</h1>", (await hosted.http.get(path, headers=headers)).text)
    assert found is not None
    return found[1]


async def test_the_service_worker_may_keep_the_whole_house_but_is_never_kept_itself(
    intake: HostedService,
) -> None:
    worker = await intake.http.get("/service-worker.js")

    assert worker.headers["content-type"].startswith("text/javascript")
    assert (worker.headers["service-worker-allowed"], worker.headers["cache-control"]) == ("/", "no-cache")
    assert re.match(r'const VERSION = "[0-9a-f]{16}";\n', worker.text)


async def test_the_manifest_leads_to_the_phone_page_and_to_pictures_that_exist(intake: HostedService) -> None:
    told = (await intake.http.get("/manifest.webmanifest")).json()

    assert (told["start_url"], told["display"]) == ("/report", "standalone")
    for icon in told["icons"]:
        assert (await intake.http.get(icon["src"])).headers["content-type"] == icon["type"]


async def test_the_areas_of_the_map_are_asked_for_again_only_when_they_have_changed(
    intake: HostedService,
) -> None:
    first = await intake.http.get("/report/areas.geojson", headers=PAGE)
    again = await intake.http.get(
        "/report/areas.geojson", headers={**PAGE, "If-None-Match": first.headers["etag"]}
    )

    own = [each["properties"] for each in first.json()["features"] if each["properties"]["is_own"]]
    assert [(each["area_id"], each["name"]) for each in own] == [(NORRANGEN, "Norrängen")]
    assert (first.status_code, again.status_code) == (200, 304)


async def test_a_stranger_gets_no_map(intake: HostedService) -> None:
    intake.http.cookies.clear()

    answer = await intake.http.get("/report/areas.geojson")

    assert answer.status_code == 401


async def test_each_function_counts_its_own_receipts(intake: HostedService) -> None:
    first, second = await send(intake), await send(intake)
    await sit_down(intake, "faltgruppen")
    other = await send(intake)

    assert (await title_of(intake, other)).endswith(" nr 1")
    await sit_down(intake, "bovard_norrangen")
    assert (await title_of(intake, first)).endswith(" nr 1")
    assert (await title_of(intake, second)).endswith(" nr 2")
    assert re.fullmatch(r"Thank you! week \d+ no\. 2", await title_of(intake, second, ENGLISH))


async def test_a_receipt_keeps_its_number_when_another_is_taken_back(intake: HostedService) -> None:
    first, second = await send(intake), await send(intake)
    report_id = first.split("/")[2]
    await intake.http.put(f"/v1/reports/{report_id}/withdrawal", json={"reason": "mistake"}, headers=PAGE)
    await intake.settled()

    assert (await title_of(intake, second)).endswith(" nr 2")
    assert await title_of(intake, first) == "Rapporten är återtagen"


async def test_the_queue_is_told_the_number_at_once(intake: HostedService) -> None:
    sent = await send(intake)

    told = (await intake.http.get(sent.replace("/receipt", "/number"), headers=PAGE)).json()

    assert told["number"] == 1
    assert told["period_sv"].startswith("v. ") and told["period_en"].startswith("week ")


async def test_nobody_elses_receipt_is_shown(intake: HostedService) -> None:
    sent = await send(intake)
    await sit_down(intake, "faltgruppen")

    for path in (sent, sent.replace("/receipt", "/number")):
        assert (await intake.http.get(path, headers=PAGE)).status_code == 404


async def test_practice_is_judged_like_earnest_and_tells_nobody(intake: HostedService) -> None:
    form = {"checklist_entry": "orebro.2", "area": NORRANGEN, "when": "just_now", "practice": "yes"}
    before = await intake.tells()

    refused = await intake.http.post("/report", data={**form, "text": "Ring 070-174 06 05"}, headers=PAGE)
    passed = await intake.http.post("/report", data={**form, "text": "Det brinner."}, headers=PAGE)

    assert (refused.status_code, passed.status_code) == (422, 200)
    assert "Så här hade det blivit" in passed.text
    assert await intake.tells() == before


async def test_the_next_incident_of_a_sending_begins_where_the_last_one_was(intake: HostedService) -> None:
    form = {
        "checklist_entry": "orebro.2", "area": NORRANGEN, "when": "just_now", "then": "another",
        "sent_together": "0b981664-6c52-497e-80ea-603e32135878",
    }  # fmt: skip

    answer = await intake.http.post("/report", data=form, headers=PAGE)
    page = await intake.http.get(answer.headers["Location"], headers=PAGE)

    assert 'name="sent_together" value="0b981664-6c52-497e-80ea-603e32135878"' in page.text
    assert 'name="is_one_of_several" value="yes"' in page.text
    assert re.search(rf'value="{NORRANGEN}" checked', page.text)


async def test_the_form_speaks_english_too(intake: HostedService) -> None:
    page = await intake.http.get("/report", headers=ENGLISH)

    assert "What have you seen?" in page.text
    assert "A crime right now" in page.text
    assert "Vad har du sett" not in page.text


def test_a_fortnight_is_told_by_both_its_weeks() -> None:
    assert period_in_words(ReportingPeriod(date(2026, 11, 16), 7)) == Words(sv="v. 47", en="week 47")
    assert period_in_words(ReportingPeriod(date(2026, 11, 9), 14)) == Words(sv="v. 46–47", en="weeks 46–47")
    assert period_in_words(ReportingPeriod(date(2026, 12, 21), 14)).sv == "v. 52–53"
