"""One switch in the header, and the whole house speaks English; with or without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from est_chassis.web.languages import Language
from tests.system.visitor import Visitor

Visit = Callable[..., Visitor]
Report = Callable[..., dict[str, object]]


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_switch_keeps_the_page_and_the_other_pages_follow(visit: Visit, scripts: bool) -> None:
    coordinator = visit("samordnaren", scripts=scripts)
    page = coordinator.page
    coordinator.open("/pictures/9901?until=2026-W40")

    page.get_by_role("link", name="English", exact=True).click()

    expect(page).to_have_url(re.compile(r"/pictures/9901\?until=2026-W40&language=en$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Problems").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recurring problems")
    page.get_by_role("link", name="Svenska", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Återkommande problem")


def test_a_browser_that_speaks_english_is_met_in_english(visit: Visit) -> None:
    stranger = visit(language=Language.ENGLISH)
    stranger.open("/sign-in")

    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Choose your seat")


def test_the_live_page_and_what_comes_in_speak_english(visit: Visit, report: Report) -> None:
    officer = visit("tib", language=Language.ENGLISH)
    officer.open("/live")
    expect(officer.page.locator("[data-contact-words]")).to_have_text(re.compile(r"Last contact \d+ s ago"))

    report(checklist_entry="orebro.2", area="9901R007", severity=2)

    expect(officer.page.locator("#lines > li").first).to_contain_text(re.compile(r"Fire in \w+"))
    expect(officer.page.locator("#lines > li").first).to_contain_text("severity 2 of 5")
    assert officer.complaints == []
