"""Everything can be done without a mouse, and one always sees where one is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.system.visitor import Visitor

Visit = Callable[..., Visitor]

STOPS = 30
#: A laptop's screen, enlarged to 150 %.
LOW = (1280, 540)
PAGES = ("/", "/report", "/my-reports", "/inbox", "/pictures", "/problems", "/live", "/distributions")


def test_the_first_stop_leads_past_the_menu(visit: Visit) -> None:
    coordinator = visit("samordnaren")
    page = coordinator.page
    coordinator.open("/pictures")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize("path", PAGES)
def test_every_stop_shows_where_one_is(visit: Visit, path: str) -> None:
    coordinator = visit("samordnaren", screen=LOW)
    coordinator.open(path)

    assert hidden_stops(coordinator) == []


def test_beside_a_long_inbox_no_stop_stays_below_the_screen(
    visit: Visit, report: Callable[..., dict[str, object]]
) -> None:
    for _ in range(12):
        report()
    coordinator = visit("samordnaren", screen=LOW)
    coordinator.open("/inbox")

    assert hidden_stops(coordinator) == []


def hidden_stops(visitor: Visitor) -> list[str]:
    """Where the Tab key comes to without one seeing it."""
    page, hidden = visitor.page, list[str]()
    for stop in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break  # The page is at its end.
        if not visitor.shows_focus():
            hidden.append(f"{stop}: {page.evaluate('document.activeElement.outerHTML.slice(0, 120)')}")
    return hidden


def test_a_report_is_sent_with_the_keyboard_alone(visit: Visit) -> None:
    reporter = visit("bovard_norrangen")
    page = reporter.page
    reporter.open("/report")
    page.get_by_role("main").focus()

    def tab_to(named: str) -> None:
        for _stop in range(STOPS):
            page.keyboard.press("Tab")
            if named in page.evaluate("document.activeElement.id + ' ' + document.activeElement.innerText"):
                return
        raise AssertionError(f"the Tab key never came to {named}")

    tab_to("entry-")
    page.keyboard.press("Space")
    tab_to("Skicka rapporten")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")
