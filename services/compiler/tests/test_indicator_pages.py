"""The page of structural indicators: a form for each year, and a file that is read row by row."""

import re

import httpx
from at_the_desk import MUNICIPALITY, POLICE, look, seat, valboas
from open_desk_pages import OpenPage

from est_chassis.testing import HostedService

YEAR = "/pictures/9901/2026/indicators"
IN_A_BROWSER = {"Content-Type": "multipart/form-data; boundary=edge"}


def first_indicator(page: str) -> str:
    found = re.search(r'name="([a-z0-9_]+)\.value"', page)
    assert found is not None
    return found[1]


async def save(compiler: HostedService, **sent: str) -> httpx.Response:
    return await compiler.http.post(YEAR, data=sent, headers=seat(MUNICIPALITY))


async def read_in(compiler: HostedService, table: bytes) -> httpx.Response:
    body = (
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
        b"Content-Type: text/csv\r\n\r\n" + table + b"\r\n--edge--\r\n"
    )
    return await compiler.http.post(f"{YEAR}/table", content=body, headers=seat(MUNICIPALITY) | IN_A_BROWSER)


async def test_every_indicator_has_its_fields_with_unit_and_the_year_before(compiler: HostedService) -> None:
    await valboas(compiler)
    swedish, english = await look(compiler, at=YEAR), await look(compiler, at=YEAR, language="en")

    assert len(set(re.findall(r'name="[a-z0-9_]+\.value"', swedish))) == 37
    assert "Strukturella indikatorer" in swedish and "procent" in swedish
    assert "Structural indicators" in english and "per cent" in english

    name = first_indicator(swedish)
    await save(compiler, **{f"{name}.value": "12,5", f"{name}.source": "SCB"})
    assert "2026: 12,5" in await look(compiler, at="/pictures/9901/2027/indicators")


async def test_what_is_wrong_with_one_value_hinders_no_other(compiler: HostedService) -> None:
    await valboas(compiler)
    names = re.findall(r'name="([a-z0-9_]+)\.value"', await look(compiler, at=YEAR))
    right, wrong, nameless = names[:3]

    answer = await save(
        compiler,
        **{
            f"{right}.value": "7",
            f"{right}.source": "Kommunens statistik",
            f"{wrong}.value": "ungefär tio",
            f"{wrong}.source": "SCB",
            f"{nameless}.value": "3",
            f"{nameless}.source": "",
        },
    )

    assert answer.status_code == 422
    assert "Skriv ett tal" in answer.text and "ungefär tio" in answer.text
    assert "Skriv var värdet kommer ifrån" in answer.text
    page = await look(compiler, at=YEAR)
    assert 'value="7"' in page and "Kommunens statistik" in page and "ungefär tio" not in page


async def test_who_saves_from_an_old_page_loses_nobodys_value_and_is_told_of_both(
    compiler: HostedService,
) -> None:
    await valboas(compiler)
    old, other = [await OpenPage(compiler, by, at=YEAR).opened() for by in (MUNICIPALITY, POLICE)]
    first, second, *_rest = re.findall(r'name="([a-z0-9_]+)\.value"', old.text)
    await other.sends("", {f"{first}.value": "12,5", f"{first}.source": "SCB"})

    saved = await old.sends("", {f"{second}.value": "7", f"{second}.source": "Region Väst"})
    late = await old.sends("", {f"{first}.value": "13", f"{first}.source": "Kommunen"})

    assert (saved.status_code, late.status_code) == (303, 409)
    assert "Någon annan har skrivit 12,5 (SCB) sedan du läste." in late.text
    page = await look(compiler, at=YEAR)
    assert 'value="12,5"' in page and 'value="7"' in page and 'value="13"' not in page

    # The page that came back has read what stands; sent again, by who has seen both, it holds.
    again = await old.sends("")
    assert again.status_code == 303
    assert 'value="13"' in await look(compiler, at=YEAR)


async def test_a_file_is_read_row_by_row_and_fetched_as_it_was(compiler: HostedService) -> None:
    await valboas(compiler)
    name = first_indicator(await look(compiler, at=YEAR))
    table = (
        f"indikator;år;värde;källa\n{name};2026;9,5;Region Väst\n{name};2025;8;Region Väst\nokänd;2026;1;x\n"
    )

    outcome = await read_in(compiler, table.encode("cp1252"))
    fetched = await compiler.http.get(f"{YEAR}/table", headers=seat(MUNICIPALITY))

    assert outcome.status_code == 200, outcome.text
    assert "2 av 3 rader är sparade" in outcome.text
    assert "Det finns ingen sådan indikator." in outcome.text
    assert f"{name};2025;8;Region Väst" in fetched.text and f"{name};2026;9,5;Region Väst" in fetched.text
    assert "attachment" in fetched.headers["content-disposition"]


async def test_a_file_that_is_no_table_is_refused_with_advice(compiler: HostedService) -> None:
    await valboas(compiler)

    refused = await read_in(compiler, b"hej hopp")

    assert refused.status_code == 422
    assert "Filen har inte kolumnerna" in refused.text


async def test_the_annual_picture_takes_the_values_in_when_one_says_so(compiler: HostedService) -> None:
    await valboas(compiler)
    annual = "/pictures/9901/2026/compile"
    await compiler.http.post(f"{annual}/opening", data={"": ""}, headers=seat(MUNICIPALITY))
    name = first_indicator(await look(compiler, at=YEAR))
    await save(compiler, **{f"{name}.value": "41", f"{name}.source": "SCB"})
    page = await look(compiler, at=annual)
    assert f'href="{YEAR}"' in page and "har fått nya värden" in page

    taken = await compiler.http.post(
        f"{annual}/indicators", data={"at": "sentences"}, headers=seat(MUNICIPALITY)
    )

    assert taken.status_code == 303, taken.text
    page = await look(compiler, at=annual)
    assert "har fått nya värden" not in page and ">41<" in page


async def test_only_years_and_coordinators_have_the_page(compiler: HostedService) -> None:
    await valboas(compiler)

    week = await compiler.http.get("/pictures/9901/2026-W47/indicators", headers=seat(MUNICIPALITY))
    stranger = await compiler.http.get(YEAR, headers={"Accept": "text/html"})

    assert (week.status_code, stranger.status_code) == (404, 303)
