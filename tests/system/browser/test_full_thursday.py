"""A full Thursday in Valboås: three coordinators at once, from draft to published and corrected."""

import pytest
from playwright.sync_api import Locator, Page, expect

from est_chassis.clock import SystemClock
from est_contracts.vocabulary import Week
from tests.system.browser.three_at_the_desk import Three, Visit, at_the_desk, pages, publish_by_all

#: A conflict is answered with 409, and words that are refused with 422; a browser complains of both.
ANSWERED_NO = ("409 (Conflict)", "422 (Unprocessable")
HISTORY = (
    "Öppnade sammanställningen.",
    "Skrev under ”Problembilder i korthet”",
    "Skrev under ”Till allmänheten”",
    "Bidrog med sin del (Fastighetsföretag).",
    "Bedömde ett område till 4 (Polis).",
    "Satte lägesnivån: Gul",
    "La till en rad",
    "Signerade för polisen.",
    "Publicerade version 1.",
    "Underskrifter föll",
    "Publicerade version 2:",
)
JOINT = "Problembilder i korthet, gemensam text"
TO_THE_PUBLIC = "Till allmänheten, gemensam text"


@pytest.fixture(scope="module")
def week() -> Week:
    return Week.of(SystemClock().now()).before(3)


def write(page: Page, label: str, words: str, *, save: bool = True) -> None:
    """Open the text under its heading, write, and save it by itself."""
    heading, _, kind = label.rpartition(", ")
    field = page.get_by_label(label, exact=True)
    if not field.is_visible():
        page.locator("summary").filter(has_text=f"{heading}, {kind[0].upper()}{kind[1:]}").click()
    field.fill(words)
    if save:
        box = page.locator(".text-box").filter(has=field)
        box.get_by_role("button", name="Spara", exact=True).click()
        page.wait_for_load_state()


def test_from_draft_to_published_and_corrected(visit: Visit, week: Week) -> None:
    address = f"/pictures/9901/{week}/compile"
    three = at_the_desk(visit, address)
    municipality = three.municipality.page

    two_write_at_once(three)
    all_choose_from_old_pages(three, address)
    each_adds_its_own(three, address)
    they_write_to_the_public(three, address)
    publish_by_all(three, address)
    expect(municipality.get_by_text("Publicerad, version 1")).to_be_visible()

    # Something was wrong: the signatures fall, all sign anew, and a corrected version is published.
    three.housing.open(address)
    write(three.housing.page, JOINT, "Bostäder: lamporna var hela.\nPolisen: fler stopp vid torget.")
    publish_by_all(three, address, is_correction=True)
    expect(municipality.get_by_text("Publicerad, version 2")).to_be_visible()

    compare_both_versions(three, week)
    three.municipality.open(address)
    municipality.get_by_role("link", name="Hela historiken").click()
    for told in HISTORY:
        expect(municipality.get_by_text(told).first).to_be_visible()
    for visitor in three:
        assert [each for each in visitor.complaints if not any(no in each for no in ANSWERED_NO)] == []
        assert visitor.barriers() == []


def two_write_at_once(three: Three) -> None:
    """The others see that the police write, and what two save at once is lost to neither."""
    municipality, police, housing = (visitor.page for visitor in three)
    write(police, JOINT, "Polisen: fler stopp vid torget.", save=False)
    expect(municipality.get_by_text("Polisen skriver här just nu.")).to_be_visible()
    expect(housing.get_by_text("Polisen skriver här just nu.")).to_be_visible()

    write(housing, JOINT, "Bostäder: trasiga lampor i porten.")
    box = police.locator(".text-box").filter(has=police.get_by_label(JOINT))
    box.get_by_role("button", name="Spara", exact=True).click()

    conflict = police.get_by_role("group", name="Två texter att välja mellan")
    expect(conflict).to_contain_text("Bostäder: trasiga lampor i porten.")
    expect(conflict).to_contain_text("Polisen: fler stopp vid torget.")
    assert three.police.barriers() == []
    conflict.get_by_role("button", name="Spara ihopredigerat").click()
    both = police.locator("#lagesbeskrivning")
    expect(both).to_contain_text("Bostäder: trasiga lampor i porten.")
    expect(both).to_contain_text("Polisen: fler stopp vid torget.")


def all_choose_from_old_pages(three: Three, address: str) -> None:
    """Each has the page open from before the others saved: what differs is merged, the same is asked."""
    for visitor in three:
        visitor.open(address)
    municipality, police, housing = (visitor.page for visitor in three)
    for number, page in enumerate(pages(three)):
        page.locator("#sentences input[type=checkbox]").nth(number).uncheck()
        page.get_by_role("button", name="Spara valet av meningar").click()
        page.wait_for_load_state()
    three.municipality.open(address)
    for number in range(len(three)):
        expect(municipality.locator("#sentences input[type=checkbox]").nth(number)).not_to_be_checked()

    choose_level(police, "Orange: ansträngt läge", "Polisen: många larm.")
    choose_level(housing, "Grön: ", "Bostäder: lugnt hos oss.")
    conflict = housing.get_by_role("group", name="Två texter att välja mellan")
    for told in ("Orange: ansträngt läge", "Polisen: många larm.", "Grön: ", "Bostäder: lugnt hos oss."):
        expect(conflict.locator(".conflict-both")).to_contain_text(told)
    assert three.housing.barriers() == []
    conflict.get_by_role("link", name="Behåll det som står").click()


def choose_level(page: Page, level: str, why: str) -> None:
    if not page.get_by_label(level).is_visible():
        page.locator("summary").filter(has_text="Ändra nivån").click()
    page.get_by_label(level).check()
    page.get_by_label("Varför den nivån?").fill(why)
    page.get_by_role("button", name="Spara nivån").click()
    page.wait_for_load_state()


def each_adds_its_own(three: Three, address: str) -> None:
    """A party's part, an assessment, the level, the sentences and a row of the table."""
    municipality, police, housing = (visitor.page for visitor in three)
    write(housing, "Problembilder i korthet, fastighetsföretagens del", "Lampor beställda till onsdag.")
    housing.get_by_role("button", name="Bidra med er del").click()
    expect(housing.get_by_text("De andra parterna läser den.")).to_be_visible()
    police.get_by_label("Hamnen, Polis", exact=True).select_option("4")
    police.get_by_role("button", name="Spara bedömningen").click()
    expect(police.get_by_label("Hamnen, Polis", exact=True)).to_have_value("4")

    three.municipality.open(address)
    choose_level(municipality, "Gul: förhöjd uppmärksamhet", "Två platser kräver mer närvaro.")
    municipality.get_by_role("button", name="Spara valet av meningar").click()
    municipality.locator("summary").filter(has_text="Lägg till en rad").first.click()
    row = municipality.locator("details[open] .row-form").first
    row.get_by_label("Vad?").fill("Skadegörelse på lampor")
    row.get_by_label("Troliga orsaker").fill("Skymda portar")
    row.get_by_label("Insatser").fill("Byta lampor")
    row.get_by_role("button", name="Spara raden").click()
    expect(municipality.get_by_text("Skadegörelse på lampor").first).to_be_visible()


def they_write_to_the_public(three: Three, address: str) -> None:
    """What points out somebody is refused, what may do so is asked about; both pages let everybody in."""
    three.municipality.open(address)
    page = three.municipality.page
    box = page.locator("#public")
    for words, answer in (("Ring 070-123 45 67.", "070"), ("Bilen ABC 123 stod där.", "Jag har tittat:")):
        write(page, TO_THE_PUBLIC, words)
        expect(page.get_by_role("alert")).to_be_visible()
        expect(box).to_contain_text(answer)
        assert three.municipality.barriers() == []
    write(page, TO_THE_PUBLIC, "Lamporna vid torget är lagade.")
    expect(box).to_contain_text("Lamporna vid torget är lagade.")


def compare_both_versions(three: Three, week: Week) -> None:
    """What only one of the two says is told by a word, on every screen."""
    three.municipality.open(f"/pictures/9901/{week}/compare?versions=1,2")
    page = three.municipality.page
    expect(
        page.locator(".only-here").filter(has_text="Bara här: Bostäder: lamporna var hela.")
    ).to_be_visible()
    expect(page.get_by_text("Lamporna vid torget är lagade.")).to_be_visible()
    assert three.municipality.barriers_on_any_screen() == []
    assert three.municipality.wider_than_the_screen() == []


def test_what_three_choose_for_a_quarter_from_old_pages_is_lost_to_none(visit: Visit, week: Week) -> None:
    last = week.days[-1]
    address = f"/pictures/9901/{last.year}-Q{(last.month + 2) // 3}/compile"
    three = at_the_desk(visit, address)
    for visitor in three:
        visitor.open(address)
    municipality, police, housing = pages(three)

    value_area(police, 0, "3")
    value_area(housing, 1, "2")
    expect(fields_of(housing).nth(0)).to_have_value("3")
    expect(fields_of(housing).nth(1)).to_have_value("2")

    # The municipality has both fields as they were at first.
    value_area(municipality, 0, "1")
    conflict = municipality.get_by_role("group", name="Två val att välja mellan")
    expect(conflict).to_contain_text("Det som står: 3")
    expect(conflict).to_contain_text("Ditt val: 1")
    assert three.municipality.barriers() == []
    expect(fields_of(municipality).nth(1)).to_have_value("2")
    municipality.get_by_role("button", name="Spara värdena").click()
    three.police.open(address)
    expect(fields_of(police).nth(0)).to_have_value("1")
    expect(fields_of(police).nth(1)).to_have_value("2")


def fields_of(page: Page) -> Locator:
    return page.locator("#priorities select")


def value_area(page: Page, number: int, value: str) -> None:
    fields_of(page).nth(number).select_option(value)
    page.get_by_role("button", name="Spara värdena").click()
    page.wait_for_load_state()


def test_the_work_fits_every_screen_and_is_done_by_keyboard_and_without_javascript(
    visit: Visit, week: Week
) -> None:
    coordinator = visit("samordnaren")
    coordinator.open(f"/pictures/9901/{week.before(1)}/compile")
    coordinator.page.get_by_role("button", name="Öppna sammanställningen").press("Enter")
    summary = coordinator.page.locator("summary").filter(has_text="Operativa mål, Gemensam text")
    summary.press("Enter")
    expect(coordinator.page.get_by_label("Operativa mål, gemensam text")).to_be_focused()
    coordinator.page.keyboard.type("Lampor på plats före fredag.")
    coordinator.page.keyboard.press("Tab")
    coordinator.page.keyboard.press("Enter")
    expect(coordinator.page.locator("#operativa_mal")).to_contain_text("Lampor på plats före fredag.")
    assert coordinator.barriers_on_any_screen() == []
    assert coordinator.wider_than_the_screen() == []

    plain = visit("kommunpolisen", scripts=False)
    plain.open(f"/pictures/9901/{week.before(1)}/compile")
    write(plain.page, "Operativa mål, polisens del", "Vi går förbi varje kväll.")
    expect(plain.page.locator("#operativa_mal-police")).to_contain_text("Vi går förbi varje kväll.")
