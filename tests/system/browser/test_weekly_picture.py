"""The coordinator publishes a week's picture, and corrects it when more has come in."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from est_chassis.clock import SystemClock
from est_contracts.vocabulary import Week
from tests.system.browser.three_at_the_desk import Visit, at_the_desk, publish_by_all

Report = Callable[..., dict[str, object]]


@pytest.fixture
def unpublished_week() -> Week:
    """The demo's coordinators have published the latest weeks themselves."""
    return Week.of(SystemClock().now()).before(6)


def test_the_week_is_published_and_corrected_and_the_first_version_stays(
    visit: Visit, report: Report, unpublished_week: Week
) -> None:
    here = f"/pictures/9901/{unpublished_week}"
    three = at_the_desk(visit, f"{here}/compile")
    coordinator, page = three.municipality, three.municipality.page
    coordinator.open(here)
    before = page.get_by_role("heading", level=1).inner_text()
    # Nobody publishes alone what three parties sign.
    expect(page.get_by_role("button", name=re.compile("Publicera"))).to_have_count(0)
    expect(page.get_by_text("när också polisen och fastighetsföretagen har skrivit under")).to_be_visible()

    publish_by_all(three, f"{here}/compile")
    coordinator.open(here)
    expect(page.get_by_text("Publicerad, version 1")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(before)

    report(happened_at=(unpublished_week.starts_at + timedelta(days=2)).isoformat())
    coordinator.open_until(here, shows="Efter publiceringen")
    assert coordinator.barriers() == []
    for visitor in three:
        visitor.open(f"{here}/compile")
        visitor.page.get_by_role("button", name="Ta tillbaka vår underskrift").click()
        expect(visitor.page.get_by_role("button", name="Ta tillbaka vår underskrift")).to_have_count(0)
    publish_by_all(three, f"{here}/compile", is_correction=True)

    coordinator.open(here)
    expect(page.get_by_text("Publicerad, version 2")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    coordinator.open(f"{here}?version=1")
    expect(page.get_by_role("heading", level=1)).to_have_text(before)
    assert coordinator.complaints == []


def test_every_drawing_has_words_and_numbers_beside_it(visit: Visit) -> None:
    coordinator = visit("samordnaren")
    coordinator.open("/pictures")
    drawings = coordinator.page.get_by_role("figure")
    expect(drawings.first).to_be_visible()

    for drawing in drawings.all():
        title = drawing.get_by_role("heading").inner_text()
        expect(drawing.get_by_role("img")).to_have_accessible_name(re.compile(re.escape(title)))
        drawing.get_by_text("Visa siffrorna").click()
        expect(drawing.get_by_role("table")).to_be_visible()


def test_the_picture_can_be_read_without_javascript(visit: Visit) -> None:
    strategist = visit("lokalpolischefen", scripts=False)
    strategist.open("/pictures")

    expect(strategist.page.get_by_role("figure").first).to_be_visible()
    strategist.page.get_by_role("link", name="Alla lägesbilder").click()
    expect(strategist.page.get_by_role("table", name="Perioder, de senaste först")).to_be_visible()
