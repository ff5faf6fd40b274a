"""Every number agrees in every format: each is read back, and held against the others."""

import re
from typing import Any

import pytest
from opened_pictures import opened, set_up
from pdf_structure import Printed
from read_back import (
    Numbers,
    areas_from_json,
    figure,
    from_csv,
    from_geojson,
    from_json,
    from_page,
    from_text,
    in_no_area,
    is_figure,
    lines_from_csv,
    lines_of,
    said,
    tables_of,
)
from test_pictures_api import COORDINATOR, PICTURES, put

from est_chassis.testing import HostedService
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.examples import example_incident
from est_contracts.vocabulary import Theme

EDITIONS = f"{PICTURES}/2026-W47/editions"
#: A week that is published; and a month, and an area's quarter, that nobody has compiled.
TOLD = (
    f"{EDITIONS}/{{}}",
    f"{PICTURES}/2026-11/editions/{{}}",
    f"{PICTURES}/2026-Q4/editions/{{}}?scope={CENTRUM}",
)
IN_NO_AREA = "Inte fördelat på område"
#: What the tables beside charts leave out: it is drawn, or stands in the other formats.
NOT_BESIDE_CHARTS = {"Förändring", "I procent", "Väntade svar", "Inkomna svar"}


async def mixed_week(compiler: HostedService) -> None:
    """Many of one theme, some of others, over three areas and four in none; published and open."""
    kinds: list[tuple[str | None, Theme, int]] = [
        *[(NORRANGEN, Theme.VANDALISM, 3)] * 9,
        *[(CENTRUM, Theme.FIRE, 5)] * 3,
        *[(HAMNEN, Theme.DRUGS, 2)] * 2,
        (CENTRUM, Theme.VIOLENCE, 4),
        *[(None, Theme.OTHER, 4)] * 4,
    ]
    incidents = [
        example_incident(place, area=area, theme=theme, severity=severity)
        for place, (area, theme, severity) in enumerate(kinds, start=2)
    ]
    await compiler.hears(set_up(), *incidents)
    assert (await put(compiler, f"{PICTURES}/2026-W47/publication", {})).status_code == 201


async def got(compiler: HostedService, address: str) -> Any:
    answer = await compiler.http.get(address, headers=COORDINATOR | {"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer


def told_in_all(numbers: Numbers, found: Numbers) -> Numbers:
    """What a format must tell: the tables that it has, and nothing of another."""
    tables = {table for table, _row, _column in found}
    return {key: value for key, value in numbers.items() if key[0] in tables}


@pytest.mark.parametrize("edition", ["internal", "general", "duty_officer", "plain_text"])
async def test_files_for_programs_tell_the_same(compiler: HostedService, edition: str) -> None:
    await mixed_week(compiler)

    for address in TOLD:
        told = (await got(compiler, address.format(f"{edition}.json"))).json()
        table = from_csv((await got(compiler, address.format(f"{edition}.csv"))).text)
        shapes = from_geojson((await got(compiler, address.format(f"{edition}.geojson"))).json())
        rest = {key[2]: shapes.pop(key) for key in list(shapes) if key[1] == IN_NO_AREA}

        assert table == from_json(told) | areas_from_json(told), address
        assert shapes == areas_from_json(told), address
        assert ((rest["reports"], rest["previous"]) if rest else None) == in_no_area(told), address
        assert {"totals", "themes"} <= {name for name, _row, _column in table}, address


@pytest.mark.parametrize("edition", ["internal", "general", "duty_officer", "plain_text"])
async def test_plain_text_tells_the_same(compiler: HostedService, edition: str) -> None:
    await mixed_week(compiler)

    for address in TOLD:
        told = (await got(compiler, address.format(f"{edition}.json"))).json()
        text = from_text((await got(compiler, address.format(f"{edition}.txt"))).text, told)

        numbers = from_json(told)
        assert text.items() <= numbers.items(), address
        # Rows of hours and weeks leave out what is nothing; all else is there, zeros too.
        left_out = {key[0]: value for key, value in numbers.items() if key not in text and key[0] != "hours"}
        assert left_out in ({}, {"weeks": "0"}, {"weeks": "–"}), address
        assert {"totals", "themes"} <= {table for table, _row, _column in text}, address


@pytest.mark.parametrize(
    ("edition", "address"),
    [("internal", "/pictures/9901/2026-W47"), ("general", "/open/9901/2026-W47/v1")],
)
async def test_the_page_tells_the_same(compiler: HostedService, edition: str, address: str) -> None:
    await mixed_week(compiler)

    told = (await got(compiler, f"{EDITIONS}/{edition}.json")).json()
    page = from_page((await got(compiler, address)).text, told)

    numbers = from_json(told)
    on_the_page = {key: value for key, value in page.items() if key in numbers}
    assert {key: numbers[key] for key in on_the_page} == on_the_page
    assert {"themes", "severities", "areas"} <= {table for table, _row, _column in on_the_page}
    missing = {key for key in told_in_all(numbers, on_the_page) if key not in on_the_page}
    assert {column for table, _row, column in missing if table != "hours"} <= NOT_BESIDE_CHARTS


@pytest.mark.parametrize("edition", ["internal", "general", "duty_officer"])
async def test_paper_tells_the_same(compiler: HostedService, edition: str) -> None:
    await mixed_week(compiler)

    told = (await got(compiler, f"{EDITIONS}/{edition}.json")).json()
    paper = Printed((await got(compiler, f"{EDITIONS}/{edition}.pdf")).content).text

    for table in tables_of(told):
        for name, cells in printed_rows(table):
            assert stands_on(paper, name, cells), (table["name"], name, cells)


def printed_rows(table: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The rows of numbers as they are printed: hours stand below each other, weekdays side by side."""
    rows = [
        (said(row["words"]), [figure(cell) for cell in row["cells"]])
        for row in table["rows"]
        if all(is_figure(cell) for cell in row["cells"])
    ]
    if table["name"] != "hours":
        return rows
    columns = zip(*(cells for _name, cells in rows), strict=True)
    return [
        (said(each["words"]), list(column)) for each, column in zip(table["columns"], columns, strict=True)
    ]


def stands_on(paper: str, name: str, cells: list[str]) -> bool:
    """The row as it is printed: signs around changes, `<3` where there is no room for more."""
    shapes = {"färre än 3": r"(färre än 3|<3)", "visas inte": r"(visas inte|dold)", "–": "–"}
    written = [shapes.get(cell) or rf"[+±]?{re.escape(cell.replace('-', '−'))}(\s*%)?" for cell in cells]
    return re.search(r"\s*".join([re.escape(name), *written]), paper) is not None


@pytest.mark.parametrize("edition", ["internal", "general", "duty_officer"])
async def test_lines_tell_the_same(compiler: HostedService, edition: str) -> None:
    await mixed_week(compiler)

    told = (await got(compiler, f"{EDITIONS}/{edition}.json")).json()
    lines = lines_of(told)
    text = " ".join((await got(compiler, f"{EDITIONS}/{edition}.txt")).text.split())
    paper = Printed((await got(compiler, f"{EDITIONS}/{edition}.pdf")).content).text

    assert lines_from_csv((await got(compiler, f"{EDITIONS}/{edition}.csv")).text) == lines
    for _block, words, number in lines:
        assert says(words, number), words
        assert words in text
        assert words in paper


def says(words: str, number: str) -> bool:
    """The number itself, or the numbers that it is the sum of."""
    return number in words or number == str(sum(int(each) for each in re.findall(r"[0-9]+", words)))


async def test_the_numbers_are_those_that_were_reported(compiler: HostedService) -> None:
    await mixed_week(compiler)

    numbers = from_json((await got(compiler, f"{EDITIONS}/internal.json")).json())
    general = from_json((await got(compiler, f"{EDITIONS}/general.json")).json())

    assert numbers["totals", "Rapporter", "v. 47"] == "19"
    assert numbers["themes", "Skadegörelse", "v. 47"] == "9"
    assert general["themes", "Narkotika", "v. 47"] == "färre än 3"
    assert general["themes", "Våld", "v. 47"] == "färre än 3"
    assert general["themes", "Brand", "v. 47"] == "3"


async def test_the_features_of_a_map_add_up_to_all_reports(compiler: HostedService) -> None:
    await mixed_week(compiler)

    features = (await got(compiler, f"{EDITIONS}/internal.geojson")).json()["features"]

    told = [each["properties"] for each in features]
    assert sum(each["reports"] for each in told) == 19
    assert sum(each["severe"] for each in told) == 8
    [rest] = [each for each in features if each["properties"]["level"] == "undivided"]
    assert (rest["id"], rest["geometry"], rest["properties"]["area"]) == ("undivided", None, None)
    assert (rest["properties"]["reports"], rest["properties"]["severe"]) == (4, 4)


async def test_a_map_program_is_told_the_same_as_the_general_edition(compiler: HostedService) -> None:
    await mixed_week(compiler)

    layer = (await got(compiler, "/ogc/collections/areas-9901/items")).json()["features"]
    around = (await got(compiler, "/ogc/collections/areas-9901/items?bbox=13,58,14,59")).json()["features"]
    edition = (await got(compiler, f"{EDITIONS}/general.geojson")).json()["features"]

    assert [each["id"] for each in layer] == [f"2026-W47.{each['id']}" for each in edition]
    for shown, own in zip(layer, edition, strict=True):
        assert own["properties"].items() <= shown["properties"].items()
    # What lies nowhere lies in no box.
    assert around == layer[:-1] and layer[-1]["properties"]["level"] == "undivided"
    alone = await got(compiler, "/ogc/collections/areas-9901/items/2026-W47.undivided")
    assert alone.json()["properties"] == layer[-1]["properties"]


async def test_the_open_list_and_its_totals_agree(compiler: HostedService) -> None:
    await opened(compiler)

    listed = (await got(compiler, "/open/9901")).text
    totals = (await got(compiler, "/open/9901/totals.csv")).text

    assert re.search(r'Vecka.47, 2026</a></th>\s*<td class="number">7</td>', listed)
    assert ";2;" in totals
    assert re.search(r"2026-W47;week;.*;7;;", totals)
