"""The duty officer sees what happens while it happens, and takes an alert with one tap."""

from collections.abc import Callable
from statistics import median

from playwright.sync_api import expect

from tests.system.est_house import OPERATOR_TOKEN
from tests.system.visitor import Visitor

Visit = Callable[..., Visitor]
Report = Callable[..., dict[str, object]]

ATTEMPTS = 5
PROMISED_MILLISECONDS = 1_000

#: Sends a report as an app would, and tells how long it took until the line stood on the page.
UNTIL_IT_IS_SEEN = """async ({token, body}) => {
    const lines = document.getElementById("lines");
    const before = lines.children.length;
    const seen = new Promise((resolve) => {
        const watch = new MutationObserver(() => {
            if (lines.children.length > before) { watch.disconnect(); resolve(performance.now()); }
        });
        watch.observe(lines, {childList: true});
    });
    const sent = performance.now();
    const answer = await fetch("/v1/reports", {
        method: "POST",
        headers: {"Authorization": `Bearer ${token}`, "Content-Type": "application/json"},
        body: JSON.stringify({
            ...body, report_id: crypto.randomUUID(), happened_at: new Date().toISOString(),
        }),
    });
    if (answer.status !== 201) throw new Error(await answer.text());
    return await seen - sent;
}"""

#: The page as it is in a municipality in which nothing has happened yet.
EMPTIED = """() => {
    const lines = document.getElementById("lines"), words = document.createElement("p");
    words.dataset.nothingYet = "";
    lines.replaceChildren();
    lines.after(words);
}"""
A_MESSAGE_CAME = "document.dispatchEvent(new Event('htmx:sse:after:message'))"


def test_a_report_stands_on_the_duty_officers_page_within_a_second(visit: Visit) -> None:
    officer = visit("tib")
    officer.open("/live")
    expect(officer.page.locator("[data-contact-words]")).to_contain_text("Senaste kontakt")
    body = {
        "municipality": "9901",
        "function": "faltgruppen",
        "checklist_entry": "orebro.2",
        "area": "9901R005",
        "severity": 2,
    }

    took = [
        officer.page.evaluate(UNTIL_IT_IS_SEEN, {"token": OPERATOR_TOKEN, "body": body})
        for _attempt in range(ATTEMPTS)
    ]

    expect(officer.page.locator("#lines > li").first).to_contain_text("Brand i Hamnen")
    assert median(took) < PROMISED_MILLISECONDS, took
    assert officer.complaints == []


def test_a_sign_of_life_does_not_hide_that_nothing_has_come_in(visit: Visit) -> None:
    officer = visit("tib")
    officer.open("/live")
    expect(officer.page.locator("[data-contact-words]")).to_contain_text("Senaste kontakt")
    officer.page.evaluate(EMPTIED)
    nothing_yet = officer.page.locator("[data-nothing-yet]")

    officer.page.evaluate(A_MESSAGE_CAME)
    expect(nothing_yet).to_have_count(1)
    officer.page.evaluate("document.getElementById('lines').append(document.createElement('li'))")
    officer.page.evaluate(A_MESSAGE_CAME)
    expect(nothing_yet).to_have_count(0)


def test_an_alert_is_taken_with_one_tap(on_a_phone: Visit, report: Report) -> None:
    officer = on_a_phone("tib")
    officer.open("/live")
    expect(officer.page.locator("[data-contact-words]")).to_contain_text("Senaste kontakt")
    alert = officer.card("Brand i Ekparken")
    expect(alert).to_have_count(0)

    report(checklist_entry="orebro.2", area="9901R008", severity=5)
    expect(alert).to_contain_text("Tjänsteman i beredskap")
    assert officer.barriers() == []
    alert.get_by_role("button", name="Kvittera").tap()

    expect(alert).to_have_count(0)
    expect(officer.page.locator("#lines")).to_contain_text("Tjänsteman i beredskap har tagit larmet")
    assert officer.complaints == []


def test_an_alert_is_taken_without_javascript_too(visit: Visit, report: Report) -> None:
    substitute, officer = visit("tib_ersattare"), visit("tib", scripts=False)
    substitute.open("/live")
    report(checklist_entry="orebro.2", area="9901R009", severity=5)
    expect(substitute.card("Brand på Västerhöjden")).to_be_visible()

    officer.open("/live")
    officer.card("Brand på Västerhöjden").get_by_role("button", name="Kvittera").click()

    expect(officer.page.get_by_role("heading", level=1)).to_have_text("Jour")
    expect(officer.card("Brand på Västerhöjden")).to_have_count(0)
    expect(substitute.card("Brand på Västerhöjden")).to_have_count(0)


def test_the_page_tells_how_many_alerts_wait_in_the_title_of_the_tab(visit: Visit, report: Report) -> None:
    officer = visit("tib")
    officer.open("/live")

    report(checklist_entry="orebro.1", area="9901R010", severity=5)

    expect(officer.card("Skadegörelse i Södergården")).to_be_visible()
    assert officer.page.title().startswith("(")
