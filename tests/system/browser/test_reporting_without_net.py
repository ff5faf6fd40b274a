"""What is reported where there is no net: kept on the phone, visible, sent once, never lost."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.system.est_house import EstHouse
from tests.system.recorded import recorded_of
from tests.system.visitor import Visitor

Visit = Callable[..., Visitor]
Recorded = Callable[[], int]

REPORTER = "bovard_norrangen"
KEPT = "Sparad i telefonen"
SENDING = "**/v1/reports"


@pytest.fixture
def reporter(on_a_phone: Visit) -> Visitor:
    """On the phone page, which the phone can open without a net from now on."""
    visitor = on_a_phone(REPORTER)
    visitor.open("/report")
    visitor.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return visitor


@pytest.fixture
def recorded_more(house: EstHouse) -> Recorded:
    """How many more reports of the reporter's are recorded than when the test began."""
    before = len(recorded_of(house, REPORTER))
    return lambda: len(recorded_of(house, REPORTER)) - before


@pytest.fixture(autouse=True)
def nothing_is_routed_any_longer(reporter: Visitor) -> Iterator[None]:
    yield
    reporter.page.context.unroute_all(behavior="ignoreErrors")


def report(page: Page, entry: str, *, text: str = "") -> None:
    page.get_by_role("radio", name=entry, exact=True).check()
    if text:
        page.get_by_label("Berätta kort").fill(text)
    page.get_by_role("button", name="Skicka rapporten").click()


def waiting(page: Page) -> Locator:
    return page.get_by_role("region", name="I den här telefonen").get_by_role("listitem")


def sent(page: Page) -> Locator:
    return waiting(page).filter(has_text=re.compile(r"Skickad: v\. \d+ nr \d+"))


def test_two_reports_without_a_net_and_a_reload_are_exactly_two_when_it_is_back(
    reporter: Visitor, recorded_more: Recorded
) -> None:
    page = reporter.page
    page.context.set_offline(True)
    report(page, "Skadegörelse")
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.reload()
    report(page, "Brand", text="Det brann i en papperskorg.")
    expect(waiting(page)).to_have_count(2)
    page.reload()
    expect(waiting(page).filter(has_text="Väntar på nät")).to_have_count(2)
    assert recorded_more() == 0

    page.context.set_offline(False)

    expect(sent(page)).to_have_count(2)
    expect(page.get_by_text(KEPT)).to_have_count(0)
    page.reload()
    expect(sent(page)).to_have_count(2)
    assert recorded_more() == 2


def test_two_tabs_send_each_report_once(reporter: Visitor, recorded_more: Recorded) -> None:
    page = reporter.page
    other = page.context.new_page()
    other.goto(f"{reporter.front_url}/report")
    page.context.set_offline(True)
    report(page, "Skadegörelse")
    report(other, "Brand")
    expect(waiting(page)).to_have_count(2)
    expect(waiting(other)).to_have_count(2)

    page.context.set_offline(False)

    expect(sent(page)).to_have_count(2)
    expect(sent(other)).to_have_count(2)
    assert recorded_more() == 2


def test_a_net_that_goes_while_it_is_being_sent_loses_nothing(
    reporter: Visitor, recorded_more: Recorded
) -> None:
    page = reporter.page
    page.context.route(SENDING, lambda route: route.abort())
    report(page, "Otrygg plats", text="Lampan vid gångvägen är trasig.")
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(page.get_by_label("Berätta kort")).to_have_value("")
    page.context.unroute_all()

    page.get_by_role("button", name="Försök nu").click()

    expect(sent(page)).to_have_count(1)
    assert recorded_more() == 1


def test_an_answer_that_is_lost_after_recording_doubles_nothing(
    reporter: Visitor, recorded_more: Recorded
) -> None:
    def lose_the_answer(route: Route) -> None:
        assert route.fetch().status == 201
        route.abort()

    page = reporter.page
    page.context.route(SENDING, lose_the_answer, times=1)
    report(page, "Skadegörelse")
    expect(waiting(page)).to_have_count(1)
    assert recorded_more() == 1

    expect(sent(page)).to_have_count(1)

    assert recorded_more() == 1
    page.get_by_role("link", name="Visa kvittot").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")


def test_a_session_that_has_ended_loses_nothing(reporter: Visitor, recorded_more: Recorded) -> None:
    page = reporter.page
    cookies = page.context.cookies()
    page.context.clear_cookies()
    report(page, "Brand", text="Rök ur ett källarfönster.")
    expect(waiting(page)).to_contain_text("öppna din inbjudningslänk igen")
    assert recorded_more() == 0

    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.reload()

    expect(sent(page)).to_have_count(1)
    assert recorded_more() == 1


def test_what_another_seat_wrote_on_the_phone_is_not_sent_in_ones_own_name(
    reporter: Visitor, house: EstHouse, recorded_more: Recorded
) -> None:
    page, before = reporter.page, len(recorded_of(house, "faltgruppen"))
    page.context.set_offline(True)
    report(page, "Skadegörelse")
    expect(waiting(page)).to_have_count(1)
    page.context.route(SENDING, lambda route: route.abort())
    page.context.set_offline(False)
    reporter.choose_seat("faltgruppen")
    page.context.unroute_all()

    reporter.open("/report")
    expect(waiting(page)).to_contain_text("skriven av Bovärd Norrängen")
    assert (recorded_more(), len(recorded_of(house, "faltgruppen")) - before) == (0, 0)
    reporter.choose_seat(REPORTER)
    reporter.open("/report")

    expect(sent(page)).to_have_count(1)
    assert (recorded_more(), len(recorded_of(house, "faltgruppen")) - before) == (1, 0)


def test_a_report_that_is_refused_says_why_and_goes_back_into_the_form(
    reporter: Visitor, recorded_more: Recorded
) -> None:
    page = reporter.page
    page.context.set_offline(True)
    report(page, "Brand", text="Ring mig på 070-174 06 05 om branden.")
    expect(waiting(page)).to_have_count(1)
    page.context.set_offline(False)
    expect(waiting(page).filter(has_text="Nekad")).to_contain_text("telefonnummer")
    assert reporter.barriers() == []

    page.get_by_role("button", name="Rätta").click()
    expect(page.get_by_role("radio", name="Brand")).to_be_checked()
    expect(page.get_by_label("Berätta kort")).to_have_value("Ring mig på 070-174 06 05 om branden.")
    page.get_by_label("Berätta kort").fill("Branden är släckt.")
    page.get_by_role("button", name="Skicka rapporten").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")
    assert recorded_more() == 1


def test_a_service_that_is_busy_is_asked_again_by_itself(reporter: Visitor, recorded_more: Recorded) -> None:
    page = reporter.page
    page.context.route(
        SENDING, lambda route: route.fulfill(status=503, headers={"Retry-After": "1"}, body="{}"), times=1
    )

    report(page, "Skadegörelse")

    expect(sent(page)).to_have_count(1)
    assert recorded_more() == 1


def test_what_waits_can_be_removed_and_is_never_sent(reporter: Visitor, recorded_more: Recorded) -> None:
    page = reporter.page
    page.context.set_offline(True)
    report(page, "Skadegörelse")
    page.get_by_role("button", name="Ta bort").click()
    expect(waiting(page)).to_have_count(1)
    page.get_by_role("button", name="Tryck igen").click()
    expect(waiting(page)).to_have_count(0)

    page.context.set_offline(False)
    page.reload()

    expect(page.get_by_role("button", name="Skicka rapporten")).to_be_visible()
    assert recorded_more() == 0


def test_what_waits_stands_on_my_reports_too_and_can_be_removed_there(
    reporter: Visitor, recorded_more: Recorded
) -> None:
    page = reporter.page
    page.context.set_offline(True)
    report(page, "Skadegörelse")
    expect(waiting(page)).to_have_count(1)
    report(page, "Brand", text="Rök ur en container.")
    expect(waiting(page)).to_have_count(2)

    page.goto(f"{reporter.front_url}/my-reports")

    expect(page.get_by_role("heading", level=1)).to_have_text("Mina rapporter")
    expect(waiting(page).filter(has_text="Väntar på nät")).to_have_count(2)
    assert reporter.barriers() == []
    assert reporter.wider_than_the_screen() == []
    waiting(page).filter(has_text="Skadegörelse").get_by_role("button", name="Ta bort").click()
    page.get_by_role("button", name="Tryck igen").click()
    expect(waiting(page)).to_have_count(1)

    page.context.set_offline(False)
    page.goto(f"{reporter.front_url}/my-reports")

    expect(sent(page)).to_have_count(1)
    assert recorded_more() == 1
    assert reporter.barriers() == []


def test_a_refused_report_goes_from_my_reports_back_into_the_form(reporter: Visitor) -> None:
    page = reporter.page
    page.context.set_offline(True)
    report(page, "Brand", text="Ring mig på 070-174 06 05 om branden.")
    expect(waiting(page)).to_have_count(1)
    page.context.set_offline(False)
    expect(waiting(page).filter(has_text="Nekad")).to_have_count(1)

    reporter.open("/my-reports")
    page.get_by_role("button", name="Rätta").click()

    expect(page.get_by_label("Berätta kort")).to_have_value("Ring mig på 070-174 06 05 om branden.")
    expect(page.get_by_role("alert")).to_contain_text("telefonnummer")
    expect(waiting(page)).to_have_count(0)


def test_several_incidents_without_a_net_belong_to_one_sending(reporter: Visitor, house: EstHouse) -> None:
    page = reporter.page
    page.context.set_offline(True)
    page.get_by_role("radio", name="Skadegörelse").check()
    page.get_by_role("button", name="lägg till en till").click()
    expect(waiting(page)).to_have_count(1)
    report(page, "Brand")
    expect(waiting(page)).to_have_count(2)
    report(page, "Arrangemang")
    expect(waiting(page)).to_have_count(3)

    page.context.set_offline(False)

    expect(sent(page)).to_have_count(3)
    first, second, third = recorded_of(house, REPORTER)[-3:]
    assert first["sent_together"] == second["sent_together"] is not None
    assert third["sent_together"] is None


def test_the_phone_keeps_the_empty_form_and_what_waits_and_nothing_else(reporter: Visitor) -> None:
    page = reporter.page
    report(page, "Skadegörelse", text="Det här ska inte ligga kvar.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")
    for path in ("/report", "/", "/reports", "/my-reports", "/report?practice"):
        reporter.open(path)

    kept = page.evaluate(KEPT_ADDRESSES)

    pages = sorted(address for address in kept if not address.startswith("/static/"))
    assert pages == ["/my-reports/waiting", "/report"]
    assert not any("leaflet" in address for address in kept)
    form, waits = (page.evaluate(KEPT_PAGE, address) for address in ("/report", "/my-reports/waiting"))
    assert 'class="form report-form"' in form and 'id="waiting"' in waits
    assert "data-practice" not in form and "Det här ska inte ligga kvar" not in form + waits
    assert "receipt-number" not in waits


def test_the_words_of_a_report_leave_the_phone_when_it_is_sent(reporter: Visitor) -> None:
    page = reporter.page
    page.context.set_offline(True)
    report(page, "Otrygg plats", text="Buskarna skymmer vid cykelstället.")
    expect(waiting(page)).to_have_count(1)
    assert "Buskarna" in page.evaluate(KEPT_REPORTS)

    page.context.set_offline(False)
    expect(sent(page)).to_have_count(1)

    assert "Buskarna" not in page.evaluate(KEPT_REPORTS)


def test_what_is_being_written_outlives_a_reload_and_ends_with_the_report(reporter: Visitor) -> None:
    page = reporter.page
    page.get_by_role("radio", name="Otrygg plats").check()
    page.get_by_label("Berätta kort").fill("Trasig lampa vid tunneln.")
    page.get_by_text("Har något redan gjorts?").click()
    page.get_by_label("Åtgärder").fill("Felanmält.")

    page.reload()

    expect(page.get_by_role("radio", name="Otrygg plats")).to_be_checked()
    expect(page.get_by_label("Berätta kort")).to_have_value("Trasig lampa vid tunneln.")
    expect(page.get_by_label("Åtgärder")).to_have_value("Felanmält.")
    page.get_by_role("button", name="Skicka rapporten").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")
    reporter.open("/report")
    expect(page.get_by_label("Berätta kort")).to_have_value("")


def test_another_page_says_that_it_needs_a_net(reporter: Visitor) -> None:
    page = reporter.page
    page.context.set_offline(True)

    page.goto(f"{reporter.front_url}/reports")

    expect(page.get_by_role("heading", name="Inget nät")).to_be_visible()
    page.get_by_role("link", name="öppna formuläret").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rapportera")


def test_who_leaves_the_seat_leaves_no_form_behind(reporter: Visitor) -> None:
    reporter.page.get_by_role("button", name="Logga ut").click()
    expect(reporter.page.get_by_role("link", name="Logga in").first).to_be_visible()

    kept = reporter.page.evaluate(KEPT_ADDRESSES)

    assert [address for address in kept if not address.startswith("/static/")] == []


def test_a_new_version_of_the_worker_forgets_what_an_earlier_one_kept(reporter: Visitor) -> None:
    page = reporter.page
    page.evaluate("() => caches.open('est-report-earlier').then(() => caches.open('somebody-elses'))")

    page.evaluate(INSTALL_AGAIN)
    page.wait_for_function("async () => !(await caches.keys()).includes('est-report-earlier')")

    assert "somebody-elses" in page.evaluate("caches.keys()")


def test_a_browser_that_keeps_nothing_says_so_and_sends_all_the_same(
    on_a_phone: Visit, recorded_more: Recorded
) -> None:
    private = on_a_phone(REPORTER)
    private.page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('private'); };")
    private.open("/report")
    expect(private.page.get_by_text("kan inte spara rapporter utan nät")).to_be_visible()

    report(private.page, "Skadegörelse")

    expect(private.page.get_by_role("heading", level=1)).to_contain_text("Tack!")
    assert recorded_more() == 1


KEPT_ADDRESSES = """async () => {
    const addresses = [];
    for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) {
            addresses.push(new URL(request.url).pathname);
        }
    }
    return addresses;
}"""
KEPT_PAGE = "async address => (await caches.match(address)).text()"
KEPT_REPORTS = "async () => JSON.stringify(await estQueue.all())"
INSTALL_AGAIN = """async () => {
    await (await navigator.serviceWorker.ready).unregister();
    await navigator.serviceWorker.register("/service-worker.js");
}"""
