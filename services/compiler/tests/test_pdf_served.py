"""PDFs over HTTP: every edition of a picture, with the numbers that the other formats have."""

import httpx
import pytest
from pdf_structure import Printed
from test_edition_formats import EDITIONS, edition, five_reports, rows_of
from test_pictures_api import READER, WEEK_47, put

from est_chassis.testing import HostedService
from est_compiler.domain.viewing.view import HIDDEN_WORDS, KEPT_BACK_WORDS
from est_compiler.formats.as_csv import KEPT_BACK, SMALL
from est_contracts.vocabulary import Edition

AT_LENGTH = {SMALL: HIDDEN_WORDS.sv, KEPT_BACK: KEPT_BACK_WORDS.sv}
SHORTLY = {SMALL: "<3", KEPT_BACK: "dold"}
#: Tables whose rows have names that fit on a line.
TABLES = {"totals", "themes", "areas", "organisations"}


def printed(answer: httpx.Response) -> Printed:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return Printed(answer.content)


async def test_an_edition_can_be_asked_for_as_a_pdf(compiler: HostedService) -> None:
    await five_reports(compiler)

    by_suffix = await edition(compiler, "general.pdf")
    by_header = await edition(compiler, "general", Accept="application/pdf")

    assert printed(by_suffix).title == "Veckolägesbild · Vecka 47 · Valboås · Allmän utgåva"
    assert by_header.content == by_suffix.content
    assert by_suffix.headers["content-disposition"] == (
        'inline; filename="lagesbild-9901-2026-W47-general.pdf";'
        " filename*=UTF-8''L%C3%A4gesbild%20Valbo%C3%A5s%20vecka%2047%20allm%C3%A4n%20utg%C3%A5va.pdf"
    )


async def test_a_pdf_is_in_the_readers_language(compiler: HostedService) -> None:
    await five_reports(compiler)

    document = printed(await edition(compiler, "internal.pdf", **{"Accept-Language": "en"}))

    assert document.language == "en-GB"
    assert "Page 1 of" in document.text


@pytest.mark.parametrize("name", [Edition.INTERNAL, Edition.GENERAL, Edition.DUTY_OFFICER])
async def test_the_numbers_on_paper_are_those_of_the_table(compiler: HostedService, name: Edition) -> None:
    await five_reports(compiler)

    rows = rows_of((await edition(compiler, f"{name}.csv")).text)
    text = printed(await edition(compiler, f"{name}.pdf")).text

    together = rows_together(rows)
    assert len(together) >= 2
    assert [row for row in together if not is_on_paper(row, text)] == []


async def test_a_published_version_is_printed_as_it_was_frozen(compiler: HostedService) -> None:
    await five_reports(compiler)
    await put(compiler, f"{WEEK_47}/publication", {})

    first = await compiler.http.get(f"{EDITIONS}/internal.pdf?version=1", headers=READER)
    again = await compiler.http.get(f"{EDITIONS}/internal.pdf", headers=READER)

    assert "Version 1, publicerad" in printed(first).text
    assert again.content == first.content
    assert again.headers["etag"] == first.headers["etag"]


async def test_a_picture_is_printed_as_it_was_known(compiler: HostedService) -> None:
    await five_reports(compiler)

    document = printed(await compiler.http.get(f"{EDITIONS}/internal.pdf?as_of=3", headers=READER))

    assert "Så som det var känt" in document.text
    assert "2 rapporter" in document.text


async def test_a_pdf_is_for_those_who_may_read_pictures(compiler: HostedService) -> None:
    await five_reports(compiler)

    assert (await compiler.http.get(f"{EDITIONS}/internal.pdf")).status_code == 401


def rows_together(rows: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """The cells of each row of these tables."""
    together: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        if row["block"] in TABLES:
            together.setdefault((row["block"], row["row"]), []).append(row)
    return list(together.values())


def is_on_paper(cells: list[dict[str, str]], text: str) -> bool:
    """Each row in the order of its columns; behind a chart what is hidden is written shortly."""
    return any(
        " ".join([cells[0]["row_name"], *(_number(cell, hidden_as) for cell in cells)]) in text
        for hidden_as in (AT_LENGTH, SHORTLY)
    )


def _number(cell: dict[str, str], hidden_as: dict[str, str]) -> str:
    if cell["hidden"]:
        return hidden_as[cell["hidden"]]
    if not cell["value"]:
        return "–"
    value = int(cell["value"])
    sign = ("+" if value else "±") if cell["unit"] == "change" and value >= 0 else ""
    return f"{sign}{value}".replace("-", "−")
