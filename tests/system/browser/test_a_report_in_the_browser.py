"""From a reporter's phone to the duty officer's screen, as people see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

Seated = Callable[..., Page]

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WITHOUT_SCRIPTS: dict[str, Any] = {**PHONE, "java_script_enabled": False}

WITHIN_A_MOMENT = 3_000


def fill_in(page: Page, *, entry: str, area: str, severity: int | None = None, text: str = "") -> None:
    page.goto("/report")
    page.get_by_label(entry).check()
    page.locator("#other_area").select_option(label=area)
    if severity is not None:
        page.locator(f"#severity-{severity}").check()
    page.locator("#text").fill(text)


def send(page: Page) -> None:
    page.get_by_role("button", name="Skicka rapporten").click()


def test_a_report_from_a_phone_is_seen_by_the_duty_officer_who_takes_the_alert_in_one_tap(
    seated: Seated, said_by_the_browser: list[str]
) -> None:
    duty_officer = seated("tib")
    duty_officer.goto("/live")
    expect(duty_officer.locator("[data-contact]")).to_have_attribute("data-state", "fresh")
    reporter = seated("faltgruppen", **PHONE)

    fill_in(
        reporter, entry="Skadegörelse", area="Norrängen", severity=5, text="Krossade rutor i cykelgaraget."
    )
    send(reporter)

    alert = duty_officer.locator("#alerts article")
    expect(alert).to_contain_text("Skadegörelse i Norrängen", timeout=WITHIN_A_MOMENT)
    expect(reporter.get_by_role("heading", level=1)).to_have_text("Tack, rapporten är registrerad")

    alert.get_by_role("button", name="Kvittera").click()

    expect(duty_officer.locator("#alerts")).to_contain_text("Inga larm väntar på svar")
    expect(duty_officer.locator("#lines li").first).to_contain_text("Kvitterat")
    assert said_by_the_browser == []


def test_a_report_can_be_sent_without_scripts(seated: Seated) -> None:
    reporter = seated("faltgruppen", **WITHOUT_SCRIPTS)

    fill_in(reporter, entry="Otrygg plats", area="Torget")
    send(reporter)

    expect(reporter.get_by_role("heading", level=1)).to_have_text("Tack, rapporten är registrerad")
    expect(reporter.locator("main")).to_contain_text("Torget")


def test_what_could_point_to_a_person_is_refused_and_the_words_are_kept(seated: Seated) -> None:
    reporter = seated("faltgruppen", **WITHOUT_SCRIPTS)

    fill_in(reporter, entry="Övrigt", area="Hamnen", text="Ring 070-123 45 67 om det händer igen.")
    send(reporter)

    expect(reporter).to_have_url("/report")
    expect(reporter.locator("#text")).to_have_value("Ring 070-123 45 67 om det händer igen.")
    expect(reporter.locator("main")).to_contain_text("telefonnummer")


def test_a_coordinator_sees_the_week_in_charts_with_their_numbers_and_publishes_it(seated: Seated) -> None:
    reporter = seated("faltgruppen", **PHONE)
    fill_in(reporter, entry="Brand", area="Norrängen", severity=3)
    send(reporter)
    expect(reporter.get_by_role("heading", level=1)).to_have_text("Tack, rapporten är registrerad")
    coordinator = seated("samordnaren")

    coordinator.goto("/pictures")
    charts = coordinator.locator("figure:has(svg[role=img])")
    expect(charts.first).to_be_visible()
    for number in range(charts.count()):
        expect(charts.nth(number).locator("table").first).to_have_count(1)

    coordinator.get_by_role("button", name="Publicera lägesbilden").click()

    expect(coordinator.locator("main")).to_contain_text("Version 1")


def test_a_reporter_of_one_area_is_asked_for_that_area_first(seated: Seated) -> None:
    reporter = seated("bovard_norrangen", **PHONE)

    reporter.goto("/report")

    expect(reporter.get_by_role("radio", name="Norrängen")).to_be_visible()
    expect(reporter.locator("#other_area")).to_be_hidden()
