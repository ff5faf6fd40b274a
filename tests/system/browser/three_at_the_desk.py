"""Three coordinators at one desk, each in a browser of their own: they sit down, sign and publish."""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.system.visitor import PHONE, Visitor

Visit = Callable[..., Visitor]


class Three(NamedTuple):
    """Three coordinators, each with a browser of their own."""

    municipality: Visitor
    police: Visitor
    housing: Visitor


def at_the_desk(visit: Visit, address: str) -> Three:
    """One of the three opens the compilation, and all three sit down at it."""
    three = Three(visit("samordnaren"), visit("kommunpolisen", screen=PHONE), visit("bosocial_utvecklare"))
    three.municipality.open(address)
    three.municipality.page.get_by_role("button", name="Öppna sammanställningen").click()
    for visitor in three:
        visitor.open(address)
        expect(visitor.page.get_by_role("heading", name="Bildens rubriker")).to_be_visible()
    return three


def pages(three: Three) -> tuple[Page, ...]:
    return tuple(visitor.page for visitor in three)


def sign(page: Page, party: str) -> None:
    page.get_by_role("button", name=f"Skriv under för {party}").click()
    expect(page.get_by_role("button", name="Ta tillbaka vår underskrift")).to_be_visible()


def publish_by_all(three: Three, address: str, *, is_correction: bool = False) -> None:
    """All three sign what stands, and one of them publishes it."""
    parties = ("fastighetsföretagen", "polisen", "kommunen")
    for visitor, party in zip((three.housing, three.police, three.municipality), parties, strict=True):
        visitor.open(address)
        sign(visitor.page, party)
    page = three.municipality.page
    if is_correction:
        page.get_by_label("Varför rättas bilden?").select_option(value="late_reports")
        page.get_by_label("Vad är rättat?").fill("Lamporna i porten var hela.")
        page.get_by_role("button", name="Publicera rättad version 2").click()
    else:
        page.get_by_role("button", name="Publicera lägesbilden").click()
