"""Who writes sees what the guard finds meanwhile, and mends it with a tap."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Response, expect

from tests.system.visitor import Visitor

Visit = Callable[..., Visitor]

REPORTER = "bovard_norrangen"
TEXT = 'textarea[name="text"]'
CHECKED = "/v1/texts:check"


class Writer:
    """Somebody who writes in a guarded field."""

    def __init__(self, visitor: Visitor, *, address: str = "/report") -> None:
        self.visitor, self.page = visitor, visitor.page
        visitor.open(address)

    @property
    def field(self) -> Locator:
        return self.page.locator(TEXT)

    @property
    def panel(self) -> Locator:
        return self.page.locator(f"{TEXT} + .guard")

    @property
    def told(self) -> Locator:
        return self.panel.locator(".guard-summary")

    @property
    def marked(self) -> Locator:
        return self.panel.locator("mark")

    def writes(self, text: str) -> None:
        self.field.focus()
        self.field.fill(text)

    def presses(self, label: str, *, on: str) -> None:
        self.page.get_by_role("button", name=f"{label}: {on}", exact=True).click()


def test_what_must_go_is_marked_and_one_tap_removes_it(on_a_phone: Visit) -> None:
    writer = Writer(on_a_phone(REPORTER))

    writer.writes("Bråk på Storgatan 12, ring 070-174 06 05.")

    expect(writer.marked).to_have_text(["12", "070-174 06 05"])
    expect(writer.told).to_contain_text("2 ställen måste bort")
    expect(writer.told).to_contain_text("telefonnummer")
    writer.presses("Ta bort", on="12")
    expect(writer.marked).to_have_text(["070-174 06 05"])
    writer.presses("Ta bort", on="070-174 06 05")
    expect(writer.field).to_have_value("Bråk på Storgatan, ring.")
    expect(writer.told).to_contain_text("Inget mer att ändra")


def test_what_was_removed_can_be_brought_back_as_one_is_used_to(visit: Visit) -> None:
    writer = Writer(visit(REPORTER))
    writer.writes("Bråk på Storgatan 12 i natt")
    writer.presses("Ta bort", on="12")
    expect(writer.field).to_have_value("Bråk på Storgatan i natt")

    writer.page.keyboard.press("Control+z")

    expect(writer.field).to_have_value("Bråk på Storgatan 12 i natt")


def test_a_name_is_a_question_that_is_asked_once(visit: Visit) -> None:
    writer = Writer(visit(REPORTER))
    writer.writes("Killen heter Nettan")
    expect(writer.marked).to_have_text(["Nettan"])
    expect(writer.told).to_contain_text("Ett ställe att titta på.")

    writer.presses("Behåll", on="Nettan")
    expect(writer.marked).to_have_count(0)
    with writer.page.expect_response(lambda answer: CHECKED in answer.url):
        writer.field.press_sequentially(" och ropar")

    expect(writer.marked).to_have_count(0)


def test_what_must_go_cannot_be_kept(visit: Visit) -> None:
    writer = Writer(visit(REPORTER))

    writer.writes("Ring 070-174 06 05")

    expect(writer.marked).to_have_count(1)
    expect(writer.page.get_by_role("button", name="Behåll")).to_have_count(0)


def test_signs_that_count_double_in_a_browser_move_nothing(visit: Visit) -> None:
    writer = Writer(visit(REPORTER))

    writer.writes("😀😀 Bråk på Storgatan 12 igen 😀")
    writer.presses("Ta bort", on="12")

    expect(writer.field).to_have_value("😀😀 Bråk på Storgatan igen 😀")


def test_the_server_never_repeats_what_was_written(visit: Visit) -> None:
    writer = Writer(visit(REPORTER))
    answers = list[Response]()
    writer.page.on("response", lambda answer: answers.append(answer) if CHECKED in answer.url else None)

    writer.writes("Johan Andersson, 070-174 06 05")
    expect(writer.marked).to_have_text(["Johan Andersson", "070-174 06 05"])

    assert answers
    assert [text for answer in answers if "Andersson" in (text := answer.text()) or "174" in text] == []


def test_without_a_connection_nothing_is_said(visit: Visit) -> None:
    writer = Writer(visit(REPORTER))
    writer.writes("Ring 070-174 06 05")
    expect(writer.marked).to_have_count(1)

    writer.page.context.set_offline(True)
    writer.writes("Ring 070-174 06 05 eller 070-174 06 12")

    expect(writer.marked).to_have_count(0)
    expect(writer.told).to_have_text("")


def test_it_speaks_the_language_of_the_page(visit: Visit) -> None:
    reporter = visit(REPORTER)
    writer = Writer(reporter, address="/report?language=en")

    writer.writes("Fight at Storgatan 12")

    expect(writer.told).to_contain_text("One passage must go before you send.")
    expect(writer.told).to_contain_text("house or flat number")
    writer.presses("Remove", on="12")
    expect(writer.field).to_have_value("Fight at Storgatan")


@pytest.mark.parametrize("dark", [False, True], ids=["by day", "in the dark"])
def test_the_conversation_lets_everybody_in_on_every_screen(on_a_phone: Visit, dark: bool) -> None:
    writer = Writer(on_a_phone(REPORTER, dark=dark))
    writer.writes("Johan Andersson på Storgatan 12, bil DUM 123, " + "mycket lång text om bråket, " * 3)
    expect(writer.marked).to_have_text(["Johan Andersson", "12", "DUM 123"])

    assert writer.visitor.barriers() == []
    assert writer.visitor.wider_than_the_screen() == []
    assert writer.visitor.complaints == []


def test_without_javascript_the_text_comes_back_with_what_was_found_and_why(visit: Visit) -> None:
    reporter = visit(REPORTER, scripts=False)
    reporter.open("/report")
    page = reporter.page
    page.get_by_role("radio", name="Brand").check()
    page.locator(TEXT).fill("Brand utanför Storgatan 12, ring anna@example.se.")

    page.get_by_role("button", name="Skicka rapporten").click()

    told = page.get_by_role("alert")
    expect(told).to_contain_text("gatu- eller lägenhetsnummer")
    expect(told).to_contain_text("e-postadress")
    expect(page.locator(TEXT)).to_have_value("Brand utanför Storgatan 12, ring anna@example.se.")
    assert "12" not in told.inner_text()
