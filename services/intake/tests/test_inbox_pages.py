"""The coordinators' inbox: what is shown of what has come in, and what is done with it."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest_asyncio
from valboas_pages import PAGE, sit_down, valboas_to_look_at, with_a_strategist

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN, example_collaboration
from est_contracts.messages import IncidentReportMarkedDuplicate, IncidentReportReinstated
from est_contracts.vocabulary import Coordinates, Origin, Role
from est_intake.application import Intake, as_submitted
from est_intake.domain.submission import Sender, Submission

FIELD_WORKERS = Sender("9901", "faltgruppen", frozenset({Role.REPORTER}))


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str) -> AsyncIterator[HostedService]:
    """Intake with Valboås set up, and its coordinator in the seat."""
    functions = with_a_strategist().functions
    async with valboas_to_look_at(database, nats_url, functions=functions) as hosted:
        await sit_down(hosted, "samordnaren")
        yield hosted


async def told(
    hosted: HostedService,
    *,
    ago: timedelta = timedelta(minutes=1),
    sender: Sender = FIELD_WORKERS,
    **changes: object,
) -> UUID:
    """A report of vandalism in Norrängen, with changes."""
    said: dict[str, object] = {
        "report_id": uuid4(),
        "municipality": "9901",
        "checklist_entry": "orebro.1",
        "happened_at": hosted.service.clock.now() - ago,
        "area": NORRANGEN,
        "severity": 3,
        "text": "Krossade rutor i cykelgaraget.",
    }
    submission = Submission(**(said | changes))  # type: ignore[arg-type]
    await hosted.service.do(lambda app: app.reporting.submit_report(submission, sender))
    await hosted.service.shown()
    return submission.report_id


async def see(hosted: HostedService, path: str = "/inbox") -> str:
    answer = await hosted.http.get(path, headers=PAGE)
    assert answer.status_code == 200, answer.text
    return answer.text


async def act(hosted: HostedService, report: UUID, name: str, **form: str) -> httpx.Response:
    data = {"back": "/inbox"} | form
    return await hosted.http.post(f"/inbox/{report}/{name}", data=data, headers=PAGE)


def row_of(page: str, report: UUID) -> str:
    found = re.search(rf'<article[^>]*id="report-{report}".*?</article>', page, re.DOTALL)
    assert found is not None
    return found[0]


async def test_a_report_stands_in_the_inbox_with_its_words_and_who_told(intake: HostedService) -> None:
    report = await told(intake)

    row = row_of(await see(intake), report)

    assert "Skadegörelse, Norrängen" in row
    assert "Krossade rutor i cykelgaraget." in row
    assert "Fältgruppen, Valboås kommun" in row
    assert "Ny" in row


async def test_a_point_is_shown_on_the_map_of_the_inbox_and_of_the_report(intake: HostedService) -> None:
    report = await told(intake, area=None, point=Coordinates(longitude=13.31, latitude=58.945))

    inbox, own = await see(intake), await see(intake, f"/inbox/{report}")

    assert 'class="pin"' in inbox and 'class="pin"' in own
    assert "utmärkt på kartan" in own


async def test_a_strategist_sees_that_a_report_is_there_and_no_way_to_what_is_for_others(
    intake: HostedService,
) -> None:
    original, report = await told(intake), await told(intake)
    await act(intake, report, "duplicate", duplicate_of=str(original))
    await sit_down(intake, "strategen")

    inbox = await see(intake)

    assert "Skadegörelse, Norrängen" in row_of(inbox, report)
    assert "Krossade rutor" not in inbox
    for way in set(re.findall(r'href="(/(?:inbox|public-reports)[^"]*)"', inbox)):
        await see(intake, way)


async def test_the_inbox_is_for_coordinators(intake: HostedService) -> None:
    await intake.http.post("/sign-in", data={"seat": "faltgruppen", "next": "/"}, headers=PAGE)

    assert (await intake.http.get("/inbox", headers=PAGE)).status_code == 403


async def test_a_filter_shows_what_was_asked_for_and_nothing_else(intake: HostedService) -> None:
    here, there = await told(intake), await told(intake, area=HAMNEN, severity=5)

    for wanted in ("area=9901R005", "severity=4"):
        page = await see(intake, f"/inbox?{wanted}")
        assert f"report-{there}" in page
        assert f"report-{here}" not in page


async def test_a_report_that_is_looked_at_waits_no_longer(intake: HostedService) -> None:
    report = await told(intake)

    answer = await act(intake, report, "looked-at")
    page = await see(intake, answer.headers["Location"])

    assert answer.status_code == 303
    assert "Rapporten är granskad." in page
    assert "Granskad" in row_of(page, report)
    assert f"/inbox/{report}/looked-at" not in row_of(page, report)


async def test_that_a_report_was_looked_at_is_undone_and_the_history_tells(intake: HostedService) -> None:
    report = await told(intake)
    answer = await act(intake, report, "looked-at")
    page = await see(intake, answer.headers["Location"])
    told_before = len(await intake.tells())

    undone = await act(intake, report, "not-looked-at")
    after = await see(intake, undone.headers["Location"])
    steps = re.findall(r"<li>\s*<strong>([^<]+)</strong>", await see(intake, f"/inbox/{report}"))

    assert f'action="/inbox/{report}/not-looked-at" data-act="undo"' in page
    assert f'action="/inbox/{report}/not-looked-at" data-act="not-looked-at"' in row_of(page, report)
    assert "Rapporten väntar på granskning igen." in after
    assert f'action="/inbox/{report}/looked-at"' in row_of(after, report)
    assert steps == ["Inrapporterad", "Granskad", "Väntar på granskning igen"]
    assert len(await intake.tells()) == told_before


async def test_what_may_be_the_same_incident_is_suggested_with_its_reasons(intake: HostedService) -> None:
    first = await told(intake)
    guards = Sender("9901", "bovard_norrangen", frozenset({Role.REPORTER}))
    second = await told(intake, sender=guards)

    page = await see(intake)

    assert "Dubblett?" in row_of(page, second)
    assert f'value="{first}"' in row_of(page, second)
    assert "Samma halvtimme." in row_of(page, second)
    assert "Dubblett?" not in row_of(page, first)


async def test_incidents_that_were_sent_together_are_not_suggested_as_one(intake: HostedService) -> None:
    together = uuid4()
    await told(intake, sent_together=together)
    second = await told(intake, sent_together=together)
    alone = await told(intake)

    page = await see(intake)

    assert "Dubblett?" not in row_of(page, second)
    assert f'value="{second}"' in row_of(page, alone)


async def test_a_duplicate_is_marked_and_the_mark_is_undone(intake: HostedService) -> None:
    first, second = await told(intake), await told(intake)

    answer = await act(intake, second, "duplicate", duplicate_of=str(first))
    page = await see(intake, answer.headers["Location"])
    assert "räknas inte" in page
    assert f'action="/inbox/{second}/reinstatement" data-act="undo"' in page
    await act(intake, second, "reinstatement")

    assert "Ny" in row_of(await see(intake), second)
    kinds = [type(message) for message in await intake.tells()]
    assert kinds[-2:] == [IncidentReportMarkedDuplicate, IncidentReportReinstated]


async def test_who_withdraws_an_original_is_told_of_the_duplicates_that_count_no_longer_with_it(
    intake: HostedService,
) -> None:
    original, *copies = [await told(intake) for _report in range(3)]
    for copy in copies:
        await act(intake, copy, "duplicate", duplicate_of=str(original))

    answer = await act(intake, original, "withdrawal", reason="mistake", back=f"/inbox/{original}")
    page = await see(intake, answer.headers["Location"])
    row = row_of(await see(intake), copies[0])
    await act(intake, copies[0], "reinstatement")

    assert "2 dubbletter räknas inte heller längre." in page
    assert "Ingen rapport räknar händelsen nu." in page
    assert all(f'action="/inbox/{copy}/reinstatement"' in page for copy in copies)
    assert "Originalet återtaget" in row
    assert "Originalet återtaget" not in row_of(await see(intake), copies[0])


async def test_the_page_of_an_original_shows_the_duplicates_that_it_stands_for(
    intake: HostedService,
) -> None:
    original, copy = await told(intake), await told(intake)
    await act(intake, copy, "duplicate", duplicate_of=str(original))

    page = await see(intake, f"/inbox/{original}")

    assert "De räknas inte: den här rapporten räknas i stället." in page
    assert f'href="/inbox/{copy}"' in page
    assert "Dubbletter av den" not in await see(intake, f"/inbox/{copy}")


async def test_a_duplicate_of_nothing_is_refused_kindly(intake: HostedService) -> None:
    report = await told(intake)

    answer = await act(intake, report, "duplicate", duplicate_of="")

    assert "Välj vilken rapport den är en dubblett av." in await see(intake, answer.headers["Location"])


async def test_what_another_coordinator_has_done_is_told_instead_of_done_twice(intake: HostedService) -> None:
    first, second, third = await told(intake), await told(intake), await told(intake)
    await act(intake, second, "duplicate", duplicate_of=str(first))

    answer = await act(intake, second, "duplicate", duplicate_of=str(third))

    page = await see(intake, answer.headers["Location"])
    assert 'class="notice notice-urgent done"' in page
    assert f"/inbox/{first}" in row_of(page, second)


async def test_a_report_is_moved_and_moved_back(intake: HostedService) -> None:
    report = await told(intake)

    answer = await act(intake, report, "area", area=CENTRUM)
    page = await see(intake, answer.headers["Location"])
    assert "Skadegörelse, Valboås centrum" in row_of(page, report)
    assert f'name="area" value="{NORRANGEN}"' in page
    await act(intake, report, "area", area=NORRANGEN)

    assert "Skadegörelse, Norrängen" in row_of(await see(intake), report)


async def test_erased_words_are_gone_from_the_inbox_and_cannot_be_brought_back(intake: HostedService) -> None:
    report = await told(intake)

    answer = await act(intake, report, "erasure")
    page = await see(intake, answer.headers["Location"])

    assert "Krossade" not in page
    assert "Texten är gallrad." in row_of(page, report)
    assert 'data-act="undo"' not in page


async def test_an_act_that_nobody_knows_is_not_found(intake: HostedService) -> None:
    report = await told(intake)

    assert (await act(intake, report, "deletion")).status_code == 404


async def test_after_an_act_one_comes_back_to_ones_own_house_only(intake: HostedService) -> None:
    report = await told(intake)

    answer = await act(intake, report, "looked-at", back="//elsewhere.example/inbox")

    assert answer.headers["Location"].startswith("/?")


async def test_a_questioned_word_is_marked_for_the_coordinator(intake: HostedService) -> None:
    report = await told(intake, text="En vit bil, MLB 84A, stod kvar.")

    assert "Kontrollera texten" in row_of(await see(intake), report)


async def test_a_report_from_an_unusual_door_is_marked(intake: HostedService) -> None:
    report = await told(intake, origin=Origin.IMPORT)

    assert "Inläst fil" in row_of(await see(intake), report)


async def test_news_are_counted_from_where_the_page_was_made(intake: HostedService) -> None:
    await told(intake)
    after = re.search(r'data-after="(\d+)"', await see(intake))
    assert after is not None
    await told(intake)
    await told(intake)

    answer = await intake.http.get(f"/inbox/news?after={after[1]}", headers=PAGE)

    assert answer.json() == {"new": 2}


async def test_the_areas_are_counted_beside_the_map(intake: HostedService) -> None:
    await told(intake)
    await told(intake, area=HAMNEN)

    page = await see(intake)

    assert re.search(r"area=9901R005[^>]*>Hamnen</a> 1", page)
    assert "<svg" in page


async def test_a_report_has_a_page_with_its_whole_history(intake: HostedService) -> None:
    report = await told(intake)
    await act(intake, report, "looked-at")
    await act(intake, report, "area", area=HAMNEN)
    await act(intake, report, "withdrawal", reason="mistake")

    page = await see(intake, f"/inbox/{report}")

    steps = re.findall(r"<li>\s*<strong>([^<]+)</strong>", page)
    assert steps == ["Inrapporterad", "Granskad", "Rättad", "Återtagen"]
    assert "område: från Norrängen till Hamnen" in page
    assert "Inrapporterad av misstag" in page
    assert "av Brottsförebyggande samordnare" in page


async def corrected(hosted: HostedService, report_id: UUID, **changes: object) -> None:
    def correct(app: Intake) -> None:
        found = app.reporting.report("9901", report_id, reader=FIELD_WORKERS)
        said: dict[str, Any] = {"text": found.text} | changes
        app.judging.correct_report(replace(as_submitted(found.report), **said), by=FIELD_WORKERS)

    await hosted.service.do(correct)
    await hosted.service.shown()


async def test_a_correction_tells_from_what_to_what_and_that_earlier_words_are_gone(
    intake: HostedService,
) -> None:
    report = await told(intake, severity=2)
    await corrected(intake, report, severity=5, checklist_entry="orebro.2", area=None)
    await corrected(intake, report, severity=4, text="Näktergalen sjöng.")
    await corrected(intake, report, text=None, severity=None)
    await corrected(intake, report, measures="Felanmält.")
    await corrected(intake, report, text="Rutan är lagad.", measures=None)

    page = await see(intake, f"/inbox/{report}")
    english = await see(intake, f"/inbox/{report}?language=en")

    first, second = (entry.words for entry in example_collaboration().checklists_in_use()[0].entries[:2])
    assert f"punkt: från {first.sv} till {second.sv}" in page
    assert re.search(r"allvarlighet: från 2 [^<]+ till 5 ", page)
    assert re.search(r"allvarlighet: från 4 [^<]+ till inte angivet", page)
    assert "område: från Norrängen till Hela kommunen" in page
    assert page.count("orden skrevs om; de tidigare orden är raderade") == 2
    assert page.count("ord har lagts till") == 1
    assert "orden togs bort och är raderade" in page
    assert "Krossade" not in page and "Näktergalen" not in page
    assert f"entry: from {first.en} to {second.en}" in english


async def test_a_report_that_nobody_has_sent_has_no_page(intake: HostedService) -> None:
    assert (await intake.http.get(f"/inbox/{uuid4()}", headers=PAGE)).status_code == 404


async def test_the_inbox_is_read_in_english_as_well(intake: HostedService) -> None:
    report = await told(intake)

    page = await see(intake, "/inbox?language=en")

    assert "<strong>1</strong> report counts, <strong>1</strong> waits to be looked at" in page
    assert "Vandalism, Norrängen" in row_of(page, report)


async def test_the_inbox_shows_the_reports_of_several_areas_at_once(intake: HostedService) -> None:
    there = [await told(intake, area=area) for area in (NORRANGEN, CENTRUM)]
    elsewhere = await told(intake, area=HAMNEN)

    page = await see(intake, f"/inbox?area={NORRANGEN},{CENTRUM}")

    assert all(f'id="report-{report}"' in page for report in there)
    assert f'id="report-{elsewhere}"' not in page
