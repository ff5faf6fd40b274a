"""Whatever a service takes passes the front door: what could be looked at can also be taken over."""

import html
import json
import re

import httpx

from est_chassis.web.bodies import LARGEST_BODY
from est_contracts.example_collaboration import example_collaboration
from est_intake.application.spreadsheets import LARGEST_FILE
from tests.system.est_house import OPERATOR_TOKEN, EstHouse

CHECK = "/v1/municipalities/9901/areas:check"
GOOD_ROWS = 3
#: In UTF-8 twice as long as in the file, and six times in the kind of form that has no files.
NOTE = "Å" * 3_900


def a_table_near_the_limit() -> bytes:
    """A few incidents, and a column of notes that nobody asked for, as an older program writes them."""
    good = [
        f"orebro.{number};2026-03-0{number};Norrängen;Krossade rutor" for number in range(1, 1 + GOOD_ROWS)
    ]
    notes = [f";;;;{NOTE}"] * 525
    table = "\n".join(["Punkt;Datum;Stadsdel;Kommentar;Bilaga", *good, *notes]).encode("cp1252")
    assert 0.95 * LARGEST_FILE < len(table) <= LARGEST_FILE
    return table


def send_on(http: httpx.Client, page: httpx.Response, act: str) -> httpx.Response:
    """Send the page's form as it stands, written as the form says."""
    [(tag, form)] = re.findall(
        r'<form method="post"( action="/import".*?)>(.*?)</form>', page.text, re.DOTALL
    )
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    texts = {name: html.unescape(value) for name, value in fields.items()} | {"act": act}
    if "multipart/form-data" in tag:
        return http.post("/import", files={name: (None, text) for name, text in texts.items()})
    return http.post("/import", data=texts)


def areas_of(size: int) -> bytes:
    """The areas of the example, in a file of that size."""
    areas = [area for area in example_collaboration().areas if area.polygon]
    features = [
        {
            "type": "Feature",
            "properties": {"omradeskod": area.area_id, "namn": area.name},
            "geometry": {"type": "Polygon", "coordinates": area.polygon},
        }
        for area in areas
    ]
    written = json.dumps({"type": "FeatureCollection", "features": features}, default=list)
    return written.encode().ljust(size)


def test_a_table_that_could_be_looked_at_can_be_imported(house: EstHouse) -> None:
    headers = {"Accept": "text/html", "Origin": house.front_url}
    with httpx.Client(base_url=house.front_url, timeout=60, headers=headers) as http:
        http.post("/sign-in", data={"seat": "samordnaren", "next": "/"})
        looked_at = http.post("/import/file", files={"file": ("rapporter.csv", a_table_near_the_limit())})
        assert looked_at.status_code == 200, looked_at.text
        imported = send_on(http, looked_at, "import")

    assert (looked_at.status_code, imported.status_code) == (200, 200)
    assert "Filen är inläst" in imported.text


def test_areas_of_the_size_that_intake_promises_pass_and_larger_ones_are_told_the_limit(
    house: EstHouse,
) -> None:
    with house.http(OPERATOR_TOKEN) as http:
        headers = {"Content-Type": "application/geo+json"}
        checked = http.post(CHECK, content=areas_of(LARGEST_BODY), headers=headers)
        too_large = http.post(CHECK, content=areas_of(LARGEST_BODY + 1), headers=headers)

    assert checked.status_code == 200, checked.text
    assert (too_large.status_code, too_large.json()["status"]) == (413, 413)
    assert "8 MiB" in too_large.json()["detail"]
