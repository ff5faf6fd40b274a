"""A new reporter with a phone: from the coordinator's link to a receipt, counted in taps."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.system.visitor import Visitor

Visit = Callable[..., Visitor]

FEWEST_ASKED_FOR = 8


class Thumb:
    """Taps, and counts them."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, on: Locator) -> None:
        self.taps += 1
        on.tap()


@pytest.fixture
def link(visit: Visit) -> Callable[[str], str]:
    """What a coordinator is shown once, as a path."""

    def made(kind: str) -> str:
        coordinator = visit("samordnaren")
        coordinator.open("/seats/bovard_norrangen")
        coordinator.page.get_by_role("button", name=kind).click()
        address = coordinator.page.get_by_label("Länk").input_value()
        assert coordinator.barriers() == []
        assert coordinator.wider_than_the_screen() == []
        return address.removeprefix(coordinator.front_url)

    return made


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_new_reporter_gets_from_the_link_to_a_receipt_in_a_few_taps(
    on_a_phone: Visit, link: Callable[[str], str], scripts: bool
) -> None:
    path = link("Personlig länk")
    reporter, thumb = on_a_phone(scripts=scripts), Thumb()
    page = reporter.page

    # Opening the link in the letter is a tap, too.
    thumb.taps += 1
    reporter.open(path)
    thumb.tap(page.get_by_role("button", name="Börja rapportera"))
    thumb.tap(page.get_by_role("radio", name=re.compile("^Skadegörelse")).first)
    thumb.tap(page.get_by_role("button", name="Skicka rapporten"))

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^Tack! v\. \d+ nr \d+$"))
    expect(page.get_by_role("main")).to_contain_text("Norrängen")
    assert thumb.taps <= FEWEST_ASKED_FOR
    assert reporter.complaints == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_on_the_way_let_everybody_in(
    on_a_phone: Visit, link: Callable[[str], str], language: str
) -> None:
    path = link("QR-kod")
    reporter = on_a_phone()

    for address in (f"{path}?language={language}", "/invitation/leads-nowhere"):
        reporter.open(address)
        assert reporter.barriers() == []
        assert reporter.wider_than_the_screen() == []
    reporter.open(path)
    reporter.page.locator("form .invitation-begin").click()
    reporter.page.wait_for_url("**/report")
    for address in ("/seat", "/my-reports"):
        assert reporter.open(address).status == 200
        assert reporter.barriers() == []
        assert reporter.wider_than_the_screen() == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_of_seats_let_everybody_in(visit: Visit, language: str) -> None:
    coordinator = visit("samordnaren")

    for address in ("/seats", "/seats/bovard_norrangen", "/my-reports"):
        assert coordinator.open(f"{address}?language={language}").status == 200
        assert coordinator.barriers() == []
        assert coordinator.wider_than_the_screen() == []


def test_a_device_that_leaves_its_seat_is_nobody_again(on_a_phone: Visit, link: Callable[[str], str]) -> None:
    path = link("Personlig länk")
    reporter = on_a_phone()
    reporter.open(path)
    reporter.page.get_by_role("button", name="Börja rapportera").tap()
    reporter.page.wait_for_url("**/report")
    reporter.open("/seat")

    reporter.page.get_by_role("button", name="Lämna den här platsen").tap()

    expect(reporter.page.get_by_role("link", name="Logga in")).to_be_visible()
    assert reporter.open(path).status == 409


def test_the_other_services_know_a_device_by_the_seat_it_was_lent(
    on_a_phone: Visit, link: Callable[[str], str]
) -> None:
    path = link("Personlig länk")
    reporter = on_a_phone()
    reporter.open(path)
    reporter.page.get_by_role("button", name="Börja rapportera").tap()
    reporter.page.wait_for_url("**/report")

    # A reporter is known there and told that the page is for others: a stranger would be led to sign in.
    assert reporter.open("/problems").status == 403
    expect(reporter.page.get_by_role("link", name="Din plats")).to_be_visible()
