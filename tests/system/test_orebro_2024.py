"""What the police have told of Örebro in 2024: every format says what a count of the file says.

The count reads the file and the documented table of types by itself; nothing of the import is used for it.
"""

import csv
import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from est_single_machine.polisen import import_polisen
from tests.system.est_house import OPERATOR_TOKEN, est_house
from tests.system.test_templates import until

REPOSITORY = Path(__file__).parents[2]
BESIDE_THE_REPOSITORY = REPOSITORY.parent / "shared" / "data" / "polisen-events.jsonl.gz"
ARCHIVE = Path(os.environ.get("EST_POLISEN_FILE", BESIDE_THE_REPOSITORY))
PICTURE = "/v1/municipalities/1880/pictures/2024"
MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
TYPE = re.compile(
    r"^\| (?P<type>[^|]+) \| `(?P<entry>[a-z]+\.\d+)` [^|]*\| (?P<theme>[^|]+) \|$", re.MULTILINE
)
WHEN = re.compile(r"(\d+) ([a-zåäö]+) (\d+)[.:](\d\d)")


@dataclass(frozen=True)
class Told:
    """An event of the police as this test reads it."""

    year: int
    weekday: int
    hour: int
    entry: str
    theme: str


def told_of_orebro() -> Iterator[Told]:
    """What is EST's business in Örebro, by the table that the documentation prints."""
    table = (REPOSITORY / "docs" / "polisen-import.md").read_text("utf-8")
    meanings = {
        found["type"].strip(): (found["entry"], found["theme"].strip()) for found in TYPE.finditer(table)
    }
    for line in gzip.decompress(ARCHIVE.read_bytes()).decode("utf-8").split("\n"):
        told: dict[str, Any] = json.loads(line) if line else {"location": {"name": ""}}
        if told["location"]["name"].strip().lower() != "örebro" or told["type"].strip() not in meanings:
            continue
        day, month, hour, _minute = WHEN.match(told["name"].lower()).groups()  # type: ignore[union-attr]
        number = MONTHS.index(month) + 1
        told_in_year, told_in_month = int(told["datetime"][:4]), int(told["datetime"][5:7])
        year = told_in_year - 1 if number > told_in_month + 6 else told_in_year
        weekday = datetime(year, number, int(day)).weekday()  # noqa: DTZ001 - a day by the calendar
        yield Told(year, weekday, int(hour), *meanings[told["type"].strip()])


def in_2024() -> list[Told]:
    return [each for each in told_of_orebro() if each.year == 2024]


def by_theme(year: int) -> dict[str, int]:
    return dict(Counter(each.theme for each in told_of_orebro() if each.year == year))


def by_weekday_and_hour(held: list[Told]) -> list[list[int]]:
    hours = [[0] * 24 for _day in range(7)]
    for each in held:
        hours[each.weekday][each.hour] += 1
    return hours


def row_of(theme: str, number: int, *, before: int) -> str:
    """A theme as the table of text and print says it: now, the difference, in per cent of ten or more."""
    change = number - before
    share = f"{round(100 * change / before):+d} %" if before >= 10 else "för få"
    return f"{theme} {number} {change:+d} {share} {before}".replace("-", "\N{MINUS SIGN}")


if ARCHIVE.exists():

    @pytest.fixture(scope="module")
    def orebro(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
        """A house of its own: another test sets Örebro up from its template."""
        folder = tmp_path_factory.mktemp("orebro")
        lines = gzip.decompress(ARCHIVE.read_bytes()).decode("utf-8").split("\n")
        (folder / "events.jsonl").write_text("\n".join(line for line in lines if '"Örebro"' in line), "utf-8")
        with est_house(folder / "est") as house, house.http(OPERATOR_TOKEN) as http:
            account = import_polisen(
                folder / "events.jsonl", address=house.front_url, operator_key=OPERATOR_TOKEN
            )
            assert (account.accounted, account.refused) == (account.lines, Counter())
            until(lambda: _heard(http) == account.recorded.total())
            yield http

    def _heard(http: httpx.Client) -> int:
        years = [http.get(f"/v1/municipalities/1880/pictures/{year}") for year in range(2022, 2026)]
        if any(answer.status_code != httpx.codes.OK for answer in years):
            return 0
        return sum(answer.json()["picture"]["total"]["now"]["reports"] for answer in years)

    def edition(http: httpx.Client, form: str) -> httpx.Response:
        answer = http.get(f"{PICTURE}/editions/internal.{form}?version=now")
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer

    def test_the_picture_counts_what_the_file_holds(orebro: httpx.Client) -> None:
        picture: dict[str, Any] = orebro.get(PICTURE).json()["picture"]
        held = in_2024()

        entries = {each["entry"]: each["now"]["reports"] for each in picture["entries"]}
        assert picture["total"]["now"]["reports"] == len(held) > 100
        assert +Counter(entries) == Counter(each.entry for each in held)
        assert picture["weekday_hours"]["now"] == by_weekday_and_hour(held)
        assert picture["total"]["previous"]["reports"] == sum(by_theme(2023).values())
        # The file begins in September 2022: what is known of a part of a year is not held against a year.

        assert picture["total"]["before_previous"] is None

    def test_weeks_and_months_of_the_year_are_the_same_reports(orebro: httpx.Client) -> None:
        months = [orebro.get(f"/v1/municipalities/1880/pictures/2024-{month:02}") for month in range(1, 13)]

        counted = [answer.json()["picture"]["total"]["now"]["reports"] for answer in months]
        assert sum(counted) == len(in_2024())

    def test_the_json_edition_says_the_same(orebro: httpx.Client) -> None:
        blocks = edition(orebro, "json").json()["blocks"]
        [themes] = [each["table"] for each in blocks if each.get("name") == "themes_chart"]
        [hours] = [each["table"] for each in blocks if each.get("name") == "hours_chart"]

        now = {row["words"]["sv"]: row["cells"][0]["value"] for row in themes["rows"]}
        assert {name: number for name, number in now.items() if number} == by_theme(2024)
        told = [[cell["value"] for cell in row["cells"]] for row in hours["rows"]]
        assert told == by_weekday_and_hour(in_2024())

    def test_the_csv_says_the_same(orebro: httpx.Client) -> None:
        text = edition(orebro, "csv").content.decode("utf-8-sig")
        table = list(csv.DictReader(StringIO(text), delimiter=";"))
        rows = [row for row in table if row["block"] == "themes"]
        hours = [int(row["value"]) for row in table if row["block"] == "hours"]

        assert hours == [number for day in by_weekday_and_hour(in_2024()) for number in day]
        for column, year in (("now", 2024), ("previous", 2023)):
            told = {row["row_name"]: int(row["value"]) for row in rows if row["column"] == column}
            assert {name: number for name, number in told.items() if number} == by_theme(year)

    def test_the_plain_text_and_the_print_say_the_same(orebro: httpx.Client) -> None:
        pages = PdfReader(BytesIO(edition(orebro, "pdf").content)).pages
        printed = "\n".join(page.extract_text() for page in pages)
        before = by_theme(2023)

        for text in (edition(orebro, "txt").text, printed):
            spaced = re.sub(r"[ \u00a0]+", " ", text)
            for theme, number in by_theme(2024).items():
                assert re.search(rf"{re.escape(row_of(theme, number, before=before[theme]))}(?!\d)", spaced)
        by_hour = zip(*by_weekday_and_hour(in_2024()), strict=True)
        for hour, days in enumerate(by_hour):
            assert f"\n{hour:02} {' '.join(map(str, days))}\n" in printed

    def test_no_area_is_invented_for_the_map_but_all_is_told(orebro: httpx.Client) -> None:
        collection = edition(orebro, "geojson").json()

        [told] = collection["features"]
        assert (collection["municipality"], told["geometry"]) == ("1880", None)
        assert (told["properties"]["level"], told["properties"]["area"]) == ("undivided", None)
        assert told["properties"]["reports"] == len(in_2024())
        assert told["properties"]["previous"] == sum(by_theme(2023).values())
