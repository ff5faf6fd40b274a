"""A file is looked at, corrected and imported; at a meeting a coordinator writes down what is told."""

import html
import re
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import httpx
import pytest
import pytest_asyncio
from valboas_pages import PAGE, get, sit_down, valboas_to_look_at

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import CENTRUM, NORRANGEN
from est_contracts.messages import IncidentReported, IncidentReportWithdrawn, PeriodReturned
from est_contracts.vocabulary import STOCKHOLM, Coordinates, NamedPlace, Origin

FRIDAY = datetime(2026, 11, 20, 12, tzinfo=STOCKHOLM)
FILE = """Händelse;Datum;Stadsdel;Kommentar
Klotter på bussen;2026-11-19 21:40;Norrängen;Vid hållplatsen
Våld;i går;Hamnen;
"""


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str) -> AsyncIterator[HostedService]:
    places = (NamedPlace(place_id="stortorget", name="Stortorget", area_id=CENTRUM),)
    async with valboas_to_look_at(database, nats_url, clock=SetClock(FRIDAY), places=places) as hosted:
        await sit_down(hosted, "samordnaren")
        yield hosted


async def post(intake: HostedService, path: str, **fields: str) -> httpx.Response:
    return await intake.http.post(path, data=fields, headers=PAGE)


async def send_table(intake: HostedService, **fields: str) -> httpx.Response:
    """As the pages of an import send it: a form with files, that has none."""
    parts = {name: (None, text) for name, text in fields.items()}
    return await intake.http.post("/import", files=parts, headers=PAGE)


async def upload(intake: HostedService, content: bytes = FILE.encode()) -> httpx.Response:
    return await intake.http.post("/import/file", files={"file": ("rapporter.csv", content)}, headers=PAGE)


async def told(intake: HostedService, kind: type) -> list[Any]:
    return [message for message in await intake.tells() if isinstance(message, kind)]


def carried(page: httpx.Response) -> dict[str, str]:
    """What the page sends on when nothing is changed in it."""
    table = re.search(r'name="table" value="([^"]*)"', page.text)
    assert table is not None
    columns = {
        f"column-{name}": html.unescape(chosen[1])
        for name, options in re.findall(
            r'<select id="column-(\w+)"[^>]*>(.*?)</select>', page.text, re.DOTALL
        )
        if (chosen := re.search(r'<option value="([^"]*)" selected', options))
    }
    return {"table": html.unescape(table[1])} | columns


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"bara rubriker"])
async def test_what_is_no_table_is_said_to_be_none(intake: HostedService, content: bytes) -> None:
    answer = await upload(intake, content)

    assert answer.status_code == 422
    assert "Filen togs inte emot" in answer.text


async def test_nothing_is_recorded_while_one_looks_and_unknown_words_are_asked_about(
    intake: HostedService,
) -> None:
    page = await upload(intake)

    assert page.status_code == 200
    assert "Klotter på bussen</label>" in page.text
    assert "2 rader har fel" in page.text
    assert await told(intake, IncidentReported) == []


async def test_what_a_word_means_is_chosen_and_the_good_rows_are_imported_once(
    intake: HostedService,
) -> None:
    form = {
        "table": '{"rows": [["Händelse", "Datum", "Stadsdel", "Kommentar"],'
        ' ["Klotter på bussen", "2026-11-19 21:40", "Norrängen", "Vid hållplatsen"],'
        ' ["Våld", "i går", "Hamnen", ""]], "first": 2}',
        "column-checklist_entry": "Händelse",
        "column-happened_at": "Datum",
        "column-area": "Stadsdel",
        "column-text": "Kommentar",
        "written-checklist_entry-0": "Klotter på bussen",
        "meant-checklist_entry-0": "orebro.1",
    }
    first = await send_table(intake, act="import", **form)
    second = await send_table(intake, act="import", **form)
    faults = await send_table(intake, act="faults", **form)

    assert "Redan inlästa" in second.text and first.status_code == 200
    [report] = await told(intake, IncidentReported)
    assert (report.area, report.origin, report.checklist_entry) == (NORRANGEN, Origin.IMPORT, "orebro.1")
    assert faults.headers["content-type"].startswith("text/csv")
    assert len(faults.text.strip().splitlines()) >= 2 and ";Datum;" in faults.text


async def test_place_point_and_end_come_with_the_row_and_their_faults_are_named(
    intake: HostedService,
) -> None:
    file = (
        "Händelse;Datum;Till;Platsnamn;Lat;Long\n"
        "Skadegörelse;2026-11-19 21:40;22:15;Stortorget;58,9251;13,3104\n"
        "Skadegörelse;2026-11-19 21:40;;Fontänen;;\n"
        "Skadegörelse;2026-11-18;sent;;58,9251;\n"
        "Skadegörelse;2026-11-18 21:40;2026-11-18 20:00;;;\n"
        "Skadegörelse;2026-11-18 21:40;;;1,5;1,5\n"
    )
    preview = await upload(intake, file.encode())
    meant = {"written-place-0": "Fontänen", "meant-place-0": "stortorget"}

    done = await send_table(intake, act="import", **carried(preview), **meant)

    first, second = await told(intake, IncidentReported)
    assert (first.place, first.area, first.point) == (
        "stortorget", CENTRUM, Coordinates(longitude=13.3104, latitude=58.9251)
    )  # fmt: skip
    assert first.happened_until == datetime(2026, 11, 19, 22, 15, tzinfo=STOCKHOLM)
    assert (second.place, second.point, second.happened_until) == ("stortorget", None, None)
    assert "4 rader har fel" in preview.text and "Fontänen</label>" in preview.text
    named = re.findall(r"<tr><th scope=\"row\">(\d+)</th><td>([^<]*)</td>", done.text)
    assert named == [("4", "Till"), ("4", "Lat"), ("5", "Till"), ("6", "Lat")]


async def test_a_table_that_was_tampered_with_on_the_way_is_refused(intake: HostedService) -> None:
    answer = await send_table(intake, act="import", table='{"rows": 3}')

    assert answer.status_code == 422


async def test_what_the_page_carries_can_be_sent_on(intake: HostedService) -> None:
    page = await upload(intake)

    again = await send_table(intake, act="look", **carried(page))

    assert again.status_code == 200
    assert "Klotter på bussen</label>" in again.text


def a_row(**changes: str) -> dict[str, str]:
    return {
        "report_id": "0c2d6f0e-2f0b-4a43-9a51-2a1a5c3f6c77",
        "function": "bovard_norrangen",
        "checklist_entry": "orebro.1",
        "area": NORRANGEN,
        "moment": "2026-11-19T21:40",
        "severity": "3",
        "text": "Krossade rutor",
    } | changes


async def test_a_row_that_lacks_what_is_needed_stays_and_says_what(intake: HostedService) -> None:
    answer = await post(intake, "/meeting", **a_row(function="", moment="", text="Krossade <rutor>"))

    assert answer.status_code == 422
    assert "Välj vem som berättar" in answer.text and "Ange dag och klockslag" in answer.text
    assert "Krossade &lt;rutor&gt;" in answer.text


async def test_what_is_told_at_a_meeting_is_the_functions_and_says_who_wrote_it_down(
    intake: HostedService,
) -> None:
    added = await post(intake, "/meeting", **a_row())
    page = await get(intake, added.headers["Location"])
    undone = await post(intake, "/meeting/0c2d6f0e-2f0b-4a43-9a51-2a1a5c3f6c77/undo")
    after = await get(intake, undone.headers["Location"])

    [report] = await told(intake, IncidentReported)
    assert (report.function, report.origin) == ("bovard_norrangen", Origin.MEETING)
    assert 'value="bovard_norrangen" selected' in page.text and "Krossade rutor" in page.text
    assert len(await told(intake, IncidentReportWithdrawn)) == 1
    assert "Ångrad" in after.text


async def test_place_and_end_are_told_at_the_meeting_too(intake: HostedService) -> None:
    told_there = a_row(area="", place="stortorget", until="2026-11-19T22:15")
    refused = await post(intake, "/meeting", **told_there | {"until": "2026-11-19T20:00"})
    unread = await post(intake, "/meeting", **told_there | {"until": "sent"})

    added = await post(intake, "/meeting", **told_there)

    page = await get(intake, added.headers["Location"])
    [report] = await told(intake, IncidentReported)
    assert (report.place, report.area) == ("stortorget", CENTRUM)
    assert report.happened_until == datetime(2026, 11, 19, 22, 15, tzinfo=STOCKHOLM)
    assert (refused.status_code, unread.status_code) == (422, 422)
    assert 'id="until-error"' in refused.text and 'id="until-error"' in unread.text
    assert '<option value="stortorget" selected' in refused.text and "Stortorget" in page.text


async def test_what_has_been_done_already_is_told_at_the_meeting_and_guarded(intake: HostedService) -> None:
    refused = await post(intake, "/meeting", **a_row(measures="Ringt 070-123 45 67."))
    added = await post(intake, "/meeting", **a_row(measures="Glasmästare är beställd."))

    page = await get(intake, added.headers["Location"])
    assert refused.status_code == 422 and 'id="measures-error"' in refused.text
    assert "Redan gjort: Glasmästare är beställd." in page.text


async def test_the_period_that_one_talks_about_around_the_table_is_the_one_that_is_over(
    intake: HostedService,
) -> None:
    page = await get(intake, "/meeting")

    assert 'value="2026-W46" checked' in page.text
    assert 'value="2026-W47" checked' not in page.text


async def test_nothing_is_told_of_the_period_that_is_chosen_at_the_meeting(intake: HostedService) -> None:
    before = await post(intake, "/meeting/nothing", function="faltgruppen", period="2026-W46")
    long_ago = await post(intake, "/meeting/nothing", function="faltgruppen", period="2026-W40")
    page = await get(intake, before.headers["Location"])

    assert (before.status_code, long_ago.status_code) == (303, 404)
    [returned] = await told(intake, PeriodReturned)
    assert (returned.function, returned.period) == ("faltgruppen", "2026-W46")
    assert "Fältgruppen, vecka 46" in page.text


async def test_a_function_says_at_the_meeting_that_it_has_nothing_or_goes_through_the_list(
    intake: HostedService,
) -> None:
    nothing = await post(intake, "/meeting/nothing", function="faltgruppen", period="2026-W47")
    page = await get(intake, "/return?function=bovard_norrangen")
    returned = await post(
        intake,
        "/return",
        period="2026-W47",
        checklist="orebro",
        function="bovard_norrangen",
        act="save",
        **{"value-orebro.1-0": "3"},
    )
    receipt = await get(intake, returned.headers["Location"])
    coverage = await get(intake, "/coverage")

    assert (nothing.status_code, returned.status_code, receipt.status_code) == (303, 303, 200)
    assert "Du för protokollet" in page.text
    assert [(each.function, each.nothing_to_report) for each in await told(intake, PeriodReturned)] == [
        ("faltgruppen", True),
        ("bovard_norrangen", False),
    ]
    assert "av Brottsförebyggande samordnare" in coverage.text


async def test_a_reporter_neither_keeps_the_minutes_nor_signs_for_others(intake: HostedService) -> None:
    await sit_down(intake, "bovard_norrangen")

    meeting = await get(intake, "/meeting")
    others = await get(intake, "/return?function=faltgruppen")

    assert (meeting.status_code, others.status_code) == (403, 404)


@pytest.mark.parametrize(
    "table",
    ["[" * 30_000, '{"rows": [["a", "b"], ["c", "d"]], "first": 1e999}', '{"rows": [["\\u0000"], [1]]}'],
)
async def test_a_table_that_no_page_of_ours_has_written_is_refused(intake: HostedService, table: str) -> None:
    answer = await send_table(intake, table=table)

    assert answer.status_code == 422
