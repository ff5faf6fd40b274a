"""A coordinator changes the set-up in a browser: every part lets everybody in, and areas come from a map."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from est_intake.pages.set_up.parts import PARTS
from tests.system.visitor import PHONE, Visitor

Visit = Callable[..., Visitor]


def faults_on(visitor: Visitor, path: str) -> list[str]:
    status = visitor.open(path).status
    wider = [f"wider than {width}" for width in visitor.wider_than_the_screen()]
    return [*([f"answers {status}"] if status != 200 else []), *visitor.barriers(), *wider]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_part_lets_everybody_in_on_every_screen(visit: Visit, language: str) -> None:
    coordinator = visit("samordnaren", screen=PHONE)
    pages = [f"/set-up/parts/{name}{page}?language={language}" for name in PARTS for page in ("", "/new")]

    assert {path: wrong for path in pages if (wrong := faults_on(coordinator, path))} == {}
    assert coordinator.complaints == []


def test_areas_from_a_map_are_looked_at_before_they_are_taken_over(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "areas.geojson"
    file.write_text(json.dumps(geojson("Nya udden")), "utf-8")
    coordinator = visit("samordnaren", screen=PHONE)
    page = coordinator.page

    coordinator.open("/set-up/areas/import?language=en")
    page.set_input_files("#file", str(file))
    page.get_by_role("button", name="Look at the areas").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    assert coordinator.barriers() == []
    assert coordinator.wider_than_the_screen() == []

    page.get_by_role("button", name="Take over the areas").click()
    expect(page.get_by_role("link", name="Nya udden")).to_be_visible()


def test_two_who_change_at_once_see_each_other(visit: Visit) -> None:
    first, second = visit("samordnaren"), visit("kommunpolisen")
    first.open("/set-up/parts/areas/things/9901R005?language=en")
    second.open("/set-up/parts/areas/things/9901R004?language=en")
    second.page.get_by_label("Name").fill("Stortorget")
    second.page.get_by_role("button", name="Save a new version").click()
    expect(second.page.get_by_role("link", name="Stortorget")).to_be_visible()

    first.page.get_by_label("Name").fill("Inre hamnen")
    first.page.get_by_role("button", name="Save a new version").click()
    expect(first.page.get_by_role("alert")).to_contain_text("Stortorget")
    assert first.barriers() == []

    first.page.get_by_role("button", name="Save a new version").click()
    expect(first.page.get_by_role("link", name="Inre hamnen")).to_be_visible()
    expect(first.page.get_by_role("link", name="Stortorget")).to_be_visible()


def geojson(name: str) -> dict[str, object]:
    ring = [[13.6, 58.9], [13.62, 58.9], [13.62, 58.91], [13.6, 58.91], [13.6, 58.9]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"namn": name}, "geometry": geometry}
    return {"type": "FeatureCollection", "features": [feature]}
