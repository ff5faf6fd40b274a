"""My reports on the page: how one takes back, corrects and erases what one has sent."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest_asyncio
from own_reports import NOW, mine, sent
from valboas_people import seated
from valboas_reports import valboas_at_work

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import HAMNEN, NORRANGEN
from est_contracts.messages import IncidentReportCorrected
from est_intake.pages.reporting.told_times import as_field


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path, clock=SetClock(NOW)) as hosted:
        await hosted.settled()
        yield hosted


async def test_a_reporter_takes_back_and_regrets(intake: HostedService) -> None:
    report_id = await sent(intake)
    reporter = seated(intake, "faltgruppen", clock=SetClock(NOW))

    withdrawn = await reporter.post(f"/my-reports/{report_id}/withdrawal", data={"reason": "mistake"})
    assert (withdrawn.status_code, withdrawn.headers["Location"]) == (303, f"/my-reports#report-{report_id}")
    assert "Återtagen" in (await reporter.get("/my-reports")).text

    await reporter.post(f"/my-reports/{report_id}/reinstatement")
    assert "Återtagen" not in (await reporter.get("/my-reports")).text


async def test_a_reporter_erases_the_words_and_keeps_the_report(intake: HostedService) -> None:
    report_id = await sent(intake, text="Det här ångrar jag.")
    reporter = seated(intake, "faltgruppen", clock=SetClock(NOW))

    await reporter.post(f"/my-reports/{report_id}/erasure")

    page = await reporter.get("/my-reports")
    assert "Det här ångrar jag." not in page.text
    assert "Orden är raderade" in page.text and "v. 47 nr 1" in page.text


async def corrected(reporter: httpx.AsyncClient, report_id: str, **changes: str) -> httpx.Response:
    page = await reporter.get(f"/my-reports/{report_id}/correction")
    assert page.status_code == 200, page.text
    moment = re.search(r'name="moment" type="datetime-local" value="([^"]+)"', page.text)
    revision = re.search(r'name="revision" value="(\d+)"', page.text)
    assert moment is not None and revision is not None
    form = {
        "revision": revision[1],
        "checklist_entry": "orebro.1",
        "area": NORRANGEN,
        "moment": moment[1],
        "severity": "3",
        "text": "Krossade rutor.",
        "measures": "",
    }
    return await reporter.post(f"/my-reports/{report_id}/correction", data=form | changes)


async def test_a_reporter_corrects_what_was_wrong(intake: HostedService) -> None:
    report_id = await sent(intake)
    reporter = seated(intake, "faltgruppen", clock=SetClock(NOW))

    answer = await corrected(reporter, report_id, area=HAMNEN, severity="5", text="Två rutor i hamnen.")

    assert answer.status_code == 303, answer.text
    page = (await reporter.get("/my-reports")).text
    assert "Hamnen" in page and "Två rutor i hamnen." in page and "Rättad" in page


async def test_what_lasted_is_moved_with_its_end(intake: HostedService) -> None:
    began = NOW - timedelta(hours=5)
    report_id = await sent(intake, at=began, happened_until=(began + timedelta(hours=1)).isoformat())
    reporter = seated(intake, "faltgruppen", clock=SetClock(NOW))
    later = as_field(began + timedelta(hours=2))

    past_its_end = await corrected(reporter, report_id, moment=later, until=as_field(began))
    no_moment = await corrected(reporter, report_id, until="klockan tre")
    moved = await corrected(reporter, report_id, moment=later, until=as_field(began + timedelta(hours=3)))

    assert (past_its_end.status_code, no_moment.status_code, moved.status_code) == (422, 422, 303)
    assert 'href="#until"' in past_its_end.text and 'href="#until"' in no_moment.text
    (told,) = [each for each in await intake.tells() if isinstance(each, IncidentReportCorrected)]
    assert told.happened_until == began + timedelta(hours=3)


async def test_a_correction_about_an_individual_is_refused_and_shown_again(intake: HostedService) -> None:
    report_id = await sent(intake)
    reporter = seated(intake, "faltgruppen", clock=SetClock(NOW))

    answer = await corrected(reporter, report_id, text="Ring 070-174 06 05.")

    assert answer.status_code == 422
    assert "telefonnummer" in answer.text and "Ring 070-174 06 05." in answer.text


async def test_a_correction_of_what_somebody_else_has_changed_changes_nothing(intake: HostedService) -> None:
    report_id = await sent(intake)
    reporter = seated(intake, "faltgruppen", clock=SetClock(NOW))
    await corrected(reporter, report_id, severity="4")

    late = await corrected(reporter, report_id, severity="1", revision="1")

    assert late.status_code == 422
    (own,) = (await mine(intake))["reports"]
    assert own["severity"] == 4


async def test_nobody_corrects_the_report_of_another_seat(intake: HostedService) -> None:
    report_id = await sent(intake, by="neighbour")
    stranger = seated(intake, "faltgruppen", clock=SetClock(NOW))

    assert (await stranger.get(f"/my-reports/{report_id}/correction")).status_code == 404
    assert (await stranger.post(f"/my-reports/{report_id}/erasure")).status_code == 404
