"""Every format of an edition, over HTTP."""

import csv
import itertools
import json
from io import StringIO
from typing import Any

import httpx
from one_signs import one_signs
from test_pictures_api import COORDINATOR, READER, WEEK_47, put, reports_in_valboas, seat

from est_chassis.testing import HostedService
from est_compiler.api.edition_answers import EXAMPLE, EditionAnswer
from est_contracts.example_collaboration import CENTRUM, NORRANGEN
from est_contracts.examples import example_incident, example_of
from est_contracts.messages import CollaborationSetUp
from est_contracts.vocabulary import Role, Theme

EDITIONS = f"{WEEK_47}/editions"


async def edition(compiler: HostedService, name: str, **headers: str) -> httpx.Response:
    return await compiler.http.get(f"{EDITIONS}/{name}", headers=READER | headers)


async def five_reports(compiler: HostedService) -> None:
    """Four of vandalism in Norrängen, and one fire in Centrum."""
    await compiler.hears(
        one_signs(),
        *(example_incident(position, area=NORRANGEN) for position in (2, 3, 4, 5)),
        example_incident(6, area=CENTRUM, theme=Theme.FIRE, severity=5),
    )


def rows_of(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(written.removeprefix("\ufeff")), delimiter=";"))


async def test_the_suffix_says_the_format(compiler: HostedService) -> None:
    await five_reports(compiler)

    kinds = {
        suffix: (await edition(compiler, f"internal.{suffix}")).headers["content-type"]
        for suffix in ("json", "csv", "txt", "geojson")
    }

    assert kinds == {
        "json": "application/json",
        "csv": "text/csv; charset=utf-8",
        "txt": "text/plain; charset=utf-8",
        "geojson": "application/geo+json",
    }


async def test_without_a_suffix_the_reader_says_what_it_takes(compiler: HostedService) -> None:
    await five_reports(compiler)

    assert (await edition(compiler, "internal")).headers["content-type"] == "application/json"
    taken = await edition(compiler, "internal", Accept="text/csv;q=0.9, application/json")
    assert taken.headers["content-type"].startswith("text/csv")
    refused = await edition(compiler, "internal", Accept="image/png")
    assert (refused.status_code, refused.json()["type"]) == (406, "urn:est:problem:no_such_format")


async def test_what_does_not_exist_is_not_found(compiler: HostedService) -> None:
    await five_reports(compiler)

    assert (await edition(compiler, "secret")).status_code == 404
    assert (await edition(compiler, "general.docx")).status_code == 404
    assert (await compiler.http.get(f"{EDITIONS}/general?version=7", headers=READER)).status_code == 404
    assert (await compiler.http.get(f"{EDITIONS}/general?version=x", headers=READER)).status_code == 422


async def test_json_says_it_all_in_both_languages(compiler: HostedService) -> None:
    await five_reports(compiler)

    told = (await edition(compiler, "internal.json")).json()

    assert told["municipality_name"] == "Valboås"
    assert told["stated"]["standing"] == "draft"
    totals = next(block for block in told["blocks"] if block.get("name") == "totals")
    assert totals["rows"][0]["cells"][0] == {"value": 5, "hidden": False, "small": False, "too_few": False}
    assert totals["columns"][0]["words"] == {"sv": "v. 47", "en": "week 47"}


async def test_csv_is_one_tidy_table_that_a_swedish_spreadsheet_opens(compiler: HostedService) -> None:
    await five_reports(compiler)

    answer = await edition(compiler, "internal.csv")

    assert answer.content.startswith(b"\xef\xbb\xbfmunicipality;period;")
    assert answer.headers["content-disposition"].startswith(
        'attachment; filename="lagesbild-9901-2026-W47-internal.csv";'
    )
    rows = rows_of(answer.text)
    assert [
        (row["row"], row["value"], row["unit"])
        for row in rows
        if (row["block"], row["column"]) == ("areas", "now")
    ] == [(CENTRUM, "1", "reports"), (NORRANGEN, "4", "reports"), ("9901R005", "0", "reports")]


async def test_the_general_edition_hides_the_one_in_every_format(compiler: HostedService) -> None:
    await five_reports(compiler)

    rows = rows_of((await edition(compiler, "general.csv")).text)
    areas = {row["row"]: (row["value"], row["hidden"]) for row in rows
             if (row["block"], row["column"]) == ("areas", "now")}  # fmt: skip
    shapes = (await edition(compiler, "general.geojson")).json()
    on_the_map = {each["id"]: each["properties"] for each in shapes["features"]}
    text = (await edition(compiler, "general.txt")).text

    assert areas[CENTRUM] == ("", "fewer_than_3")
    assert areas[NORRANGEN] == ("", "kept_back")
    assert on_the_map[CENTRUM]["reports"] is None
    assert on_the_map[CENTRUM]["reports_hidden"] == "fewer_than_3"
    assert "färre än 3" in text


async def test_areas_are_shapes_that_a_map_can_draw(compiler: HostedService) -> None:
    await five_reports(compiler)

    shapes = (await edition(compiler, "internal.geojson")).json()

    centrum = next(each for each in shapes["features"] if each["id"] == CENTRUM)
    ring = centrum["geometry"]["coordinates"][0]
    assert centrum["geometry"]["type"] == "Polygon"
    assert ring[0] == ring[-1]
    assert turns_left(ring)
    assert (centrum["properties"]["reports"], centrum["properties"]["severe"]) == (1, 1)
    assert shapes["bbox"] == [13.3, 58.92, 13.42, 58.95]


def turns_left(ring: list[list[float]]) -> bool:
    """Counterclockwise, as RFC 7946 has it."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) > 0


async def test_plain_text_keeps_to_its_width_and_speaks_swedish(compiler: HostedService) -> None:
    await five_reports(compiler)

    text = (await edition(compiler, "plain_text.txt")).text

    assert text.startswith("VECKOLÄGESBILD\nValboås, vecka 47 (2026-11-16 – 2026-11-22)\n")
    assert max(len(line) for line in text.splitlines()) <= 72
    assert "Norrängen" in text
    english = (await compiler.http.get(f"{EDITIONS}/plain_text.txt?language=en", headers=READER)).text
    assert "Reports by area" in english


async def test_plain_text_says_where_the_picture_is_found_also_where_it_has_been_pasted(
    compiler: HostedService,
) -> None:
    await five_reports(compiler)
    where = "Lägesbilden: http://testserver/pictures/9901/2026-W47"

    page = (await compiler.http.get("/pictures/9901/2026-W47?edition=plain_text", headers=READER)).text

    assert where in (await edition(compiler, "plain_text.txt")).text
    assert where in page


async def test_plain_text_leaves_no_heading_alone(compiler: HostedService) -> None:
    await compiler.hears(one_signs())

    text = (await edition(compiler, "internal.txt")).text

    for heading in ("Rapporter per tema", "När har det hänt?", "Hur har det sett ut över tid?"):
        assert f"\n{heading}\nInget att visa.\n" in text


async def test_plain_text_gives_what_is_said_in_words_lines_of_their_own(compiler: HostedService) -> None:
    await five_reports(compiler)

    text = (await edition(compiler, "internal.txt")).text
    name, organisation, *numbers = text.partition("De som inte har hörts")[2].splitlines()[1:5]

    assert name == "- Brottsförebyggande samordnare"
    assert organisation.startswith("  Organisation: ")
    assert numbers == ["  Väntade svar: 1", "  Inkomna svar: 0"]


async def test_a_published_version_is_told_as_it_was_frozen(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    await put(compiler, f"{WEEK_47}/publication", {})
    await compiler.hears(example_incident(4))

    frozen = (await edition(compiler, "internal.json")).json()
    now = (await compiler.http.get(f"{EDITIONS}/internal.json?version=now", headers=READER)).json()
    then = (await compiler.http.get(f"{EDITIONS}/internal.json?as_of=2", headers=READER)).json()

    assert (frozen["stated"]["standing"], frozen["stated"]["version"]) == ("published", 1)
    assert [reports_in(each) for each in (frozen, now, then)] == [2, 3, 1]
    assert then["stated"]["standing"] == "as_known"


def reports_in(told: dict[str, Any]) -> int:
    totals = next(block for block in told["blocks"] if block.get("name") == "totals")
    return int(totals["rows"][0]["cells"][0]["value"])


async def test_words_that_look_like_formulas_are_only_words(compiler: HostedService) -> None:
    set_up = example_of(CollaborationSetUp, position=1)
    areas = tuple(
        area.model_copy(update={"name": "=1+1"}) if area.area_id == NORRANGEN else area
        for area in set_up.document.areas
    )
    document = set_up.document.model_copy(update={"areas": areas})
    await compiler.hears(
        set_up.model_copy(update={"document": document}), example_incident(2, area=NORRANGEN)
    )

    rows = rows_of((await edition(compiler, "internal.csv")).text)

    assert {row["row_name"] for row in rows if row["row"] == NORRANGEN} == {"'=1+1"}


async def test_nobody_reads_another_municipalitys_editions(compiler: HostedService) -> None:
    await five_reports(compiler)

    stranger = seat(Role.COORDINATOR, municipality="1490")

    assert (await compiler.http.get(f"{EDITIONS}/general", headers=stranger)).status_code == 404
    assert (await compiler.http.get(f"{EDITIONS}/general")).status_code == 401
    assert (await compiler.http.get(f"{EDITIONS}/internal.json", headers=COORDINATOR)).status_code == 200


async def test_what_the_document_shows_is_what_is_answered(compiler: HostedService) -> None:
    await five_reports(compiler)
    document = (await compiler.http.get("/openapi.json")).json()

    path = document["paths"]["/v1/municipalities/{code}/pictures/{period}/editions/{edition}"]["get"]
    example = path["responses"]["200"]["content"]["application/json"]["example"]
    told = json.loads((await edition(compiler, "general.json")).text)

    assert set(example) <= set(told)
    EditionAnswer.model_validate(EXAMPLE)
    EditionAnswer.model_validate(told)
