"""Taking a seat, and what one meets without one."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.system.visitor import Visitor

Visit = Callable[..., Visitor]


def test_a_stranger_is_told_what_this_is_and_where_to_try_it(visit: Visit) -> None:
    stranger = visit()
    stranger.open("/")

    expect(stranger.page.get_by_role("heading", level=1)).to_contain_text("lägesbild")
    stranger.page.get_by_role("link", name="Prova demoversionen").click()

    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Välj din plats")


def test_a_page_that_needs_a_seat_asks_for_one_and_then_opens(visit: Visit) -> None:
    stranger = visit()
    stranger.open("/problems")
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Välj din plats")

    stranger.page.locator('button[value="samordnaren"]').first.click()

    expect(stranger.page).to_have_url(f"{stranger.front_url}/problems")
    expect(stranger.page.locator(".seat-name")).to_have_text("Brottsförebyggande samordnare")


def test_a_seat_sees_its_own_pages_and_no_others(visit: Visit) -> None:
    reporter = visit()
    reporter.choose_seat("faltgruppen")
    menu = reporter.page.get_by_role("navigation", name="Huvudmeny")

    expect(menu.get_by_role("link", name="Rapportera")).to_be_visible()
    expect(menu.get_by_role("link", name="Problem")).to_have_count(0)

    answer = reporter.open("/problems")
    assert answer.status == 403
    expect(reporter.page.get_by_role("heading", level=1)).to_contain_text("Behörighet saknas")


def test_whoever_signs_out_is_a_stranger_again(visit: Visit) -> None:
    reporter = visit()
    reporter.choose_seat("faltgruppen")

    reporter.page.get_by_role("button", name="Logga ut").click()

    expect(reporter.page.get_by_role("link", name="Logga in")).to_be_visible()
    reporter.open("/report")
    expect(reporter.page.get_by_role("heading", level=1)).to_have_text("Välj din plats")


def test_a_seat_is_found_by_searching_for_it_or_for_its_organisation(visit: Visit) -> None:
    stranger = visit()
    page = stranger.page
    stranger.open("/sign-in")
    seat = page.locator('.seat-group button[value="faltgruppen"]')
    search = page.get_by_label("Sök plats eller organisation")
    expect(seat).to_be_hidden()

    search.fill("fält")
    expect(seat).to_be_visible()
    expect(page.locator(".seat-group:visible")).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text("Platser som visas:")
    search.fill("")
    expect(seat).to_be_hidden()
    assert stranger.barriers() == []

    search.fill("fält")
    search.press("Enter")
    expect(page).to_have_url(f"{stranger.front_url}/sign-in")
    seat.click()
    expect(page.locator(".seat-name")).to_contain_text("Fält")


def test_without_javascript_a_seat_is_found_in_its_folded_group(visit: Visit) -> None:
    reporter = visit(scripts=False)
    reporter.choose_seat("faltgruppen")
    reporter.open("/sign-in")

    expect(reporter.page.get_by_label("Sök plats eller organisation")).to_be_hidden()
    expect(reporter.page.locator(".seat-name")).to_contain_text("Fält")
