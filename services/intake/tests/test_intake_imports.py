"""POST /v1/imports: which rows are the same report, and what is said of those that are not taken."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest_asyncio
from openpyxl import Workbook
from valboas_reports import key, told_fields, valboas_at_work

from est_chassis.clock import SystemClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase

TODAY = SystemClock().now().date().isoformat()
ADDRESS = "/v1/imports"


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        yield hosted


def rows(*lines: str, headings: str = "Punkt;Datum;Text") -> bytes:
    return "\n".join((headings, *lines)).replace("IDAG", f"{TODAY} 00:01").encode()


async def bring_in(intake: HostedService, content: bytes, *, by: str = "reporter", query: str = "") -> Any:
    answer = await intake.http.post(f"{ADDRESS}{query}", content=content, headers=key(by))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_file_without_the_columns_that_are_needed_is_refused_with_their_names(
    intake: HostedService,
) -> None:
    answer = await intake.http.post(ADDRESS, content=b"A;B\n1;2\n", headers=key("reporter"))
    unknown = await intake.http.post(
        f"{ADDRESS}?column=area:Finns inte", content=rows("1;IDAG;"), headers=key("reporter")
    )

    assert (answer.status_code, told_fields(answer)) == (
        422,
        ["column.checklist_entry", "column.happened_at"],
    )
    assert (unknown.status_code, told_fields(unknown)) == (422, ["column"])


async def test_two_rows_that_say_the_same_are_two_reports_and_stay_two(intake: HostedService) -> None:
    content = rows("1;IDAG;", "1;IDAG;")

    first, second = await bring_in(intake, content), await bring_in(intake, content)

    assert (first["recorded"], second["recorded"], second["repeated"]) == (2, 0, 2)


async def test_a_row_with_its_own_number_is_known_by_it_wherever_it_stands(intake: HostedService) -> None:
    headings = "Nr;Punkt;Datum;Text"
    await bring_in(intake, rows("7;1;IDAG;a", "8;2;IDAG;b", headings=headings))

    turned = await bring_in(intake, rows("8;2;IDAG;b", "9;3;IDAG;c", "7;1;IDAG;a", headings=headings))

    assert (turned["recorded"], turned["repeated"]) == (1, 2)


async def test_a_row_that_was_imported_with_other_words_is_refused_by_name(intake: HostedService) -> None:
    await bring_in(intake, rows("1;IDAG;Krossade rutor"))

    again = await bring_in(intake, rows("1;IDAG;Krossade lampor"))

    [outcome] = again["outcomes"]
    assert (outcome["outcome"], outcome["faults"][0]["row"]) == ("refused", 2)
    assert "redan inläst med andra ord" in outcome["faults"][0]["message_sv"]


async def test_a_file_that_was_imported_before_its_new_columns_were_read_becomes_no_second_report(
    intake: HostedService,
) -> None:
    await bring_in(intake, rows("1;IDAG;00:30", headings="Punkt;Datum;Anmärkning"))

    again = await bring_in(intake, rows("1;IDAG;00:02", headings="Punkt;Datum;Till"))

    assert (again["recorded"], again["refused"]) == (0, 1)
    assert "redan inläst" in again["outcomes"][0]["faults"][0]["message_sv"]


async def test_a_workbook_and_what_its_cells_mean(intake: HostedService) -> None:
    workbook, written = Workbook(), BytesIO()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Kategori", "När"])
    sheet.append(["Trasig lampa", f"{TODAY} 00:01"])
    workbook.save(written)

    without = await bring_in(intake, written.getvalue())
    meant = await bring_in(intake, written.getvalue(), query="?value=checklist_entry:Trasig lampa=orebro.1")

    assert (without["refused"], without["outcomes"][0]["faults"][0]["column"]) == (1, "Kategori")
    assert meant["recorded"] == 1


async def test_a_coordinator_brings_in_what_others_have_sent_and_a_reporter_only_ones_own(
    intake: HostedService,
) -> None:
    content = rows("1;IDAG;Bovärd Norrängen", headings="Punkt;Datum;Funktion")

    reporter = await bring_in(intake, content)
    coordinator = await bring_in(intake, content, by="coordinator")

    assert (reporter["refused"], reporter["outcomes"][0]["faults"][0]["column"]) == (1, "Funktion")
    assert coordinator["recorded"] == 1


async def test_a_heading_that_a_spreadsheet_would_take_for_a_formula_is_made_inert(
    intake: HostedService,
) -> None:
    content = b"=1+1;Datum\nvad;2026-01-01\n"
    query = "?column=checklist_entry:%3D1%2B1&faults_as=csv&preview=true"

    answer = await intake.http.post(f"{ADDRESS}{query}", content=content, headers=key("reporter"))

    assert "'=1+1" in answer.text
