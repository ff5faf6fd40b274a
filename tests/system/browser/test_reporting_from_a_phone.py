"""The reporter's journey on a phone: from the start page to a receipt."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.system.visitor import Visitor

Visit = Callable[..., Visitor]

#: Its own area is Norrängen, so that the place is filled in beforehand.
REPORTER = "bovard_norrangen"


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_reporter_gets_from_the_start_page_to_a_receipt(on_a_phone: Visit, scripts: bool) -> None:
    reporter = on_a_phone(REPORTER, scripts=scripts)
    page = reporter.page
    reporter.open("/")

    page.get_by_role("main").get_by_role("link", name="Rapportera", exact=True).click()
    expect(page.get_by_role("radio", name="Norrängen")).to_be_checked()
    page.get_by_role("radio", name="Skadegörelse").check()
    page.get_by_role("group", name="Hur allvarligt?").get_by_role("radio", name="2").check()
    page.get_by_label("Berätta kort").fill("Klotter på garagen vid lekplatsen.")
    page.get_by_role("button", name="Skicka rapporten").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^Tack! v\. \d+ nr \d+$"))
    receipt = page.get_by_role("main")
    for told in ("Skadegörelse", "Norrängen", "2 av 5", "Klotter på garagen vid lekplatsen."):
        expect(receipt).to_contain_text(told)
    assert reporter.complaints == []


def test_the_button_that_sends_is_always_within_reach_of_the_thumb(on_a_phone: Visit) -> None:
    reporter = on_a_phone(REPORTER)
    reporter.open("/report")

    expect(reporter.page.get_by_role("button", name="Skicka rapporten")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_telephone_number_in_the_text_is_refused_and_the_text_is_kept(
    on_a_phone: Visit, scripts: bool
) -> None:
    reporter = on_a_phone(REPORTER, scripts=scripts)
    page = reporter.page
    reporter.open("/report")
    page.get_by_role("radio", name="Brand").check()
    page.get_by_label("Berätta kort").fill("Ring mig på 070-174 06 05 om branden.")

    page.get_by_role("button", name="Skicka rapporten").click()

    expect(page.get_by_role("alert")).to_contain_text("telefonnummer")
    expect(page.get_by_label("Berätta kort")).to_have_value("Ring mig på 070-174 06 05 om branden.")
    expect(page.get_by_role("radio", name="Brand")).to_be_checked()


def test_an_empty_form_says_what_is_missing_and_leads_there(on_a_phone: Visit) -> None:
    reporter = on_a_phone(REPORTER)
    reporter.open("/report")

    reporter.page.get_by_role("button", name="Skicka rapporten").click()
    reporter.page.get_by_role("alert").get_by_role("link", name="Välj vad du har sett.").click()

    expect(reporter.page.get_by_role("group", name="Vad har du sett?")).to_be_in_viewport()


def test_what_was_sent_by_mistake_can_be_taken_back(on_a_phone: Visit) -> None:
    reporter = on_a_phone("hamnvakten", scripts=False)
    page = reporter.page
    reporter.open("/report")
    page.get_by_role("radio", name="Brand").check()
    page.get_by_label("Berätta kort").fill("Det var ingen brand.")
    page.get_by_role("button", name="Skicka rapporten").click()

    page.get_by_role("link", name="mina rapporter", exact=True).click()
    mistaken = page.get_by_role("article").filter(has_text="Det var ingen brand.")
    mistaken.get_by_text("Ta tillbaka").click()
    mistaken.get_by_role("button").first.click()

    expect(page.get_by_role("article").filter(has_text="Det var ingen brand.")).to_contain_text("Återtagen")
