"""The coordinators' inbox, as they sit before it: by keyboard, two at once, while reports come in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.system.visitor import Visitor

Visit = Callable[..., Visitor]
Report = Callable[..., dict[str, object]]

#: Nothing else in the demo happens here this often, and it is the latest of all.
RINGVAGEN = "9901R015"


@pytest.fixture
def two_alike(report: Report) -> tuple[str, str]:
    """Two reports of what may be one incident, the second from another function."""
    first = report(checklist_entry="orebro.7", area=RINGVAGEN, text="Gatlyktorna är släckta.")
    second = report(
        checklist_entry="orebro.7", area=RINGVAGEN, function="parkarbetarna", text="Det är mörkt vid backen."
    )
    return str(first["report_id"]), str(second["report_id"])


def selected(page: Page) -> str:
    """The row that the keys are about."""
    return str(page.evaluate("document.querySelector('[aria-current=true].inbox-row')?.id ?? ''"))


def opened_at(visit: Visit, report_id: str) -> Visitor:
    coordinator = visit("samordnaren")
    coordinator.open_until("/inbox", shows="Det är mörkt vid backen.")
    expect(coordinator.page.locator(f"#report-{report_id}")).to_be_visible()
    return coordinator


def test_a_duplicate_is_found_marked_and_undone_by_keyboard_alone(
    visit: Visit, two_alike: tuple[str, str]
) -> None:
    _first, second = two_alike
    coordinator = opened_at(visit, second)
    page, row = coordinator.page, coordinator.page.locator(f"#report-{second}")

    page.keyboard.press("j")
    assert selected(page) == f"report-{second}"
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    expect(row.get_by_text("Dubblett av")).to_be_visible()
    expect(page.get_by_text("Rapporten är en dubblett och räknas inte.")).to_be_visible()

    page.keyboard.press("z")
    expect(page.get_by_text("Rapporten räknas igen.")).to_be_visible()
    expect(row.get_by_text("Dubblett av")).to_have_count(0)
    assert coordinator.complaints == []


def test_a_report_is_looked_at_moved_and_opened_by_keyboard_alone(
    visit: Visit, two_alike: tuple[str, str]
) -> None:
    _first, second = two_alike
    coordinator = opened_at(visit, second)
    page, row = coordinator.page, coordinator.page.locator(f"#report-{second}")

    page.keyboard.press("j")
    page.keyboard.press("g")
    expect(page.get_by_text("Rapporten är granskad.")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("Rapporten väntar på granskning igen.")).to_be_visible()
    page.keyboard.press("g")
    expect(page.get_by_text("Rapporten är granskad.")).to_be_visible()
    assert coordinator.shows_focus()
    page.keyboard.press("o")
    page.keyboard.type("Hamnen")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row.get_by_role("heading")).to_contain_text("Hamnen")
    page.keyboard.press("z")
    expect(row.get_by_role("heading")).to_contain_text("Ringvägen")

    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{coordinator.front_url}/inbox/{second}")
    expect(page.get_by_role("listitem").filter(has_text="Rättad")).to_have_count(2)


def test_who_is_quicker_than_the_answer_loses_nothing(visit: Visit, two_alike: tuple[str, str]) -> None:
    _first, second = two_alike
    coordinator = opened_at(visit, second)
    page, row = coordinator.page, coordinator.page.locator(f"#report-{second}")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/looked-at", hold)
    page.keyboard.press("j")
    with page.expect_request("**/looked-at"):
        page.keyboard.press("g")
    page.keyboard.press("o")
    page.keyboard.type("Hamnen")
    expect(row.get_by_label("Område", exact=True)).to_be_focused()
    held[0].continue_()
    expect(page.get_by_text("Rapporten är granskad.")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(row.get_by_role("heading")).to_contain_text("Hamnen")


def test_the_keys_can_be_turned_off(visit: Visit, two_alike: tuple[str, str]) -> None:
    coordinator = opened_at(visit, two_alike[1])
    page = coordinator.page

    page.get_by_label("Kortkommandon").uncheck()
    page.keyboard.press("j")

    assert selected(page) == ""


def test_what_comes_in_is_told_without_moving_what_one_reads(
    visit: Visit, report: Report, two_alike: tuple[str, str]
) -> None:
    coordinator = opened_at(visit, two_alike[1])
    page, rows = coordinator.page, coordinator.page.locator(".inbox-row")
    before = rows.first.get_attribute("id")

    arrived = report(checklist_entry="orebro.2", area=RINGVAGEN)
    expect(page.get_by_role("link", name="1 ny rapport")).to_be_visible()
    assert rows.first.get_attribute("id") == before
    page.get_by_role("link", name="1 ny rapport").click()

    expect(page.locator(f"#report-{arrived['report_id']}")).to_be_visible()


def test_two_coordinators_do_not_undo_each_other_unseen(visit: Visit, two_alike: tuple[str, str]) -> None:
    _first, second = two_alike
    one, other = opened_at(visit, second), opened_at(visit, second)
    row = other.page.locator(f"#report-{second}")

    for coordinator in (one, other):
        mine = coordinator.page.locator(f"#report-{second}")
        mine.get_by_text("Dubblett", exact=True).click()
        mine.get_by_role("button", name="Det är samma händelse").click()
        expect(mine.get_by_text("Dubblett av")).to_be_visible()

    expect(row.get_by_role("button", name="Räkna den igen")).to_be_visible()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_nobody_is_kept_out_of_the_inbox(visit: Visit, two_alike: tuple[str, str], language: str) -> None:
    coordinator = opened_at(visit, two_alike[1])

    for path in ("/inbox", f"/inbox/{two_alike[1]}"):
        coordinator.open(f"{path}?language={language}")
        coordinator.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert coordinator.barriers_on_any_screen() == []
        assert coordinator.wider_than_the_screen() == []
