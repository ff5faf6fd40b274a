"""The document that the law asks for, asked for by programs: of a year, published or not."""

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from valboas_coordinators import SAMORDNAREN, AtTheDoor, reports_in_valboas

from est_chassis.testing import HostedService
from est_contracts.vocabulary import Party, Role

PICTURES = "/v1/municipalities/9901/pictures"
YEAR = f"{PICTURES}/2026"
COMPILATION = f"{YEAR}/compilation"


async def compiled_year(compiler: HostedService) -> AtTheDoor:
    """The municipality alone signs, and has written what crime leads to."""
    await reports_in_valboas(compiler, signed_by=(Party.MUNICIPALITY,))
    samordnaren = AtTheDoor(compiler, SAMORDNAREN)
    await samordnaren.does(COMPILATION)
    words = {"words": "Handlare stänger tidigare.", "revision": 0}
    await samordnaren.does(f"{COMPILATION}/sections/konsekvenser", words)
    seen = await samordnaren.reads(COMPILATION)
    signature = {"seen": seen["fingerprint"], "made_from": seen["made_from"]}
    await samordnaren.does(f"{COMPILATION}/signatures/municipality", signature)
    await samordnaren.does(f"{YEAR}/publication", {})
    return samordnaren


def headings(document: dict[str, Any]) -> list[str]:
    return [each["name"] for each in document["blocks"] if each["block"] == "heading" and each["level"] == 2]


async def test_a_published_year_answers_part_by_part_and_names_what_is_missing(
    compiler: HostedService,
) -> None:
    samordnaren = await compiled_year(compiler)

    document = await samordnaren.reads(f"{YEAR}/documents/law")

    assert headings(document)[:2] == ["law_omfattning", "law_konsekvenser"]
    assert document["stated"]["standing"] == "published"
    missing = document["blocks"][0]["words"]["sv"]
    assert "konsekvenser" not in missing
    assert "Åtgärdsplan" in missing


async def test_the_document_can_be_had_as_text_in_either_language(compiler: HostedService) -> None:
    samordnaren = await compiled_year(compiler)

    swedish = await samordnaren.asks(f"{YEAR}/documents/law.txt")
    english = await samordnaren.asks(f"{YEAR}/documents/law.txt", language="en")

    assert swedish.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Handlare stänger tidigare." in swedish.text
    assert "2023:196" in english.text


async def test_the_document_can_be_had_as_a_pdf_with_its_own_title(compiler: HostedService) -> None:
    samordnaren = await compiled_year(compiler)

    printed = await samordnaren.asks(f"{YEAR}/documents/law.pdf")

    assert printed.headers["content-type"] == "application/pdf"
    assert "2023:196" in str(PdfReader(BytesIO(printed.content)).metadata)


async def test_who_signed_and_when_stands_in_every_format(compiler: HostedService) -> None:
    samordnaren = await compiled_year(compiler)

    document = await samordnaren.reads(f"{YEAR}/documents/law")
    others = [await samordnaren.asks(f"{YEAR}/documents/law.{form}") for form in ("txt", "csv", "pdf")]

    [table] = [each for each in document["blocks"] if each.get("name") == "signatures_table"]
    [row] = table["rows"]
    said = [each["sv"] for each in (row["words"], *row["cells"])]
    assert said[:2] == ["Kommun", "Brottsförebyggande samordnare"]
    text, rows, printed = others[0].text, others[1].text, printed_text(others[2].content)
    for words in said:
        assert all(unbroken(words) in unbroken(each) for each in (text, rows, printed)), words


def unbroken(words: str) -> str:
    """Without the ends of lines and other spaces."""
    return "".join(words.split())


def printed_text(document: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)


@pytest.mark.parametrize("period", ["2026-W47", "2026-Q4"])
async def test_a_picture_that_is_no_annual_analysis_is_refused_with_a_reason(
    compiler: HostedService, period: str
) -> None:
    await reports_in_valboas(compiler)

    answer = await AtTheDoor(compiler, SAMORDNAREN).asks(f"{PICTURES}/{period}/documents/law")

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:est:problem:picture_is_no_annual_analysis"


async def test_an_unknown_document_or_format_is_not_found(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    samordnaren = AtTheDoor(compiler, SAMORDNAREN)

    unknown = [
        await samordnaren.asks(f"{YEAR}/documents/{name}") for name in ("law.docx", "budget", "law.txt.exe")
    ]

    assert [answer.status_code for answer in unknown] == [404, 422, 422]


async def test_only_who_reads_pictures_reads_the_document(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    moderator = AtTheDoor(compiler, "moderator", role=Role.REPORTER)

    anonymous = await compiler.http.get(f"{YEAR}/documents/law")

    assert anonymous.status_code == 401
    assert (await moderator.asks(f"{YEAR}/documents/law")).status_code == 200


async def test_the_annual_picture_leads_to_the_document_and_to_the_indicators(
    compiler: HostedService,
) -> None:
    samordnaren = await compiled_year(compiler)

    annual = (await samordnaren.asks("/pictures/9901/2026")).text
    november = (await samordnaren.asks("/pictures/9901/2026-11")).text

    for form in ("pdf", "json", "csv", "txt"):
        [address] = re.findall(rf'href="([^"]+/documents/law\.{form}[^"]*)"', annual)
        assert (await samordnaren.asks(address.replace("&amp;", "&"))).status_code == 200
    assert 'href="/pictures/9901/2026/indicators"' in annual
    assert "/documents/law" not in november and "/indicators" not in november
