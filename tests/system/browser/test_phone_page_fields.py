"""Every field of the phone page arrives as it was told, also without JavaScript; practice never does."""

import json
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.system.est_house import OPERATOR_TOKEN, EstHouse
from tests.system.recorded import events_of_intake, recorded_of
from tests.system.visitor import DESK, PHONE, Visitor

Visit = Callable[..., Visitor]

REPORTER = "bovard_norrangen"
COLLABORATION = "/v1/municipalities/9901/collaboration"
PROMISED_BYTES = 150_000
WITH_AND_WITHOUT = pytest.mark.parametrize(
    "scripts", [True, False], ids=["with JavaScript", "without JavaScript"]
)
LANGUAGES = pytest.mark.parametrize("language", ["sv", "en"])


@pytest.fixture(scope="module")
def malmo_is_in_use(house: EstHouse) -> Iterator[None]:
    """Thirty-two entries more: expected, elsewhere, positive; taken out of use again afterwards."""
    with house.http(OPERATOR_TOKEN) as client:
        before = client.get(COLLABORATION).json()
        set_up(client, {**before, "checklists": ["orebro", "malmo"]})
        yield
        set_up(client, before)


def set_up(client: httpx.Client, document: dict[str, object]) -> None:
    answer = client.put(COLLABORATION, json=document)
    assert answer.status_code == 200, answer.text


def choose(page: Page, entry_id: str) -> None:
    """An entry, wherever it stands; a closed part is opened first, as a person does."""
    chosen = page.locator(f'input[value="{entry_id}"]')
    if not chosen.is_visible():
        page.locator("details.entries-part", has=chosen).locator("summary").click()
    chosen.check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Skicka rapporten").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")


@WITH_AND_WITHOUT
def test_what_happened_arrives_with_every_field(on_a_phone: Visit, house: EstHouse, scripts: bool) -> None:
    page = opened(on_a_phone(REPORTER, scripts=scripts))
    choose(page, "orebro.6")
    page.get_by_role("radio", name="Någon annanstans").check()
    page.get_by_label("Vilket område?").select_option(label="Hamnen")
    page.get_by_role("radio", name="Välj tid").check()
    page.get_by_label("Från", exact=True).fill("2026-06-20T23:40")
    page.get_by_label("Till (frivilligt)", exact=True).fill("2026-06-21T01:10")
    page.get_by_role("group", name="Hur allvarligt?").get_by_role("radio", name="4").check()
    page.get_by_label("Berätta kort").fill("Bråk utanför kiosken.\nDet lugnade sig.")
    page.get_by_text("Har något redan gjorts?").click()
    page.get_by_label("Åtgärder").fill("Väktarna avvisade.")

    send(page)

    told = recorded_of(house, REPORTER)[-1]
    assert (told["checklist_entry"], told["area"], told["severity"]) == ("orebro.6", "9901R005", 4)
    assert moment(told["happened_at"]) == "2026-06-20T21:40"
    assert moment(told["happened_until"]) == "2026-06-20T23:10"
    assert told["has_measures"]
    expect(page.get_by_role("main")).to_contain_text("Det lugnade sig.")


@WITH_AND_WITHOUT
def test_the_form_asks_what_belongs_to_an_expected_event(
    on_a_phone: Visit, house: EstHouse, malmo_is_in_use: None, scripts: bool
) -> None:
    page = opened(on_a_phone("kommunpolisen", scripts=scripts))
    choose(page, "malmo.14")
    expect(page.get_by_role("group", name="När?", exact=True)).to_be_hidden()
    page.get_by_label("Från och med").fill(a_day_ahead(page))

    send(page)

    told = recorded_of(house, "kommunpolisen")[-1]
    assert (told["tense"], told["place"], told["point"]) == ("expected", None, None)
    assert moment(told["happened_at"]) < moment(told["happened_until"])


@WITH_AND_WITHOUT
def test_an_expected_event_without_a_day_is_asked_for_one(
    on_a_phone: Visit, malmo_is_in_use: None, scripts: bool
) -> None:
    page = opened(on_a_phone("kommunpolisen", scripts=scripts))
    choose(page, "malmo.14")

    page.get_by_role("button", name="Skicka rapporten").click()

    expect(page.get_by_role("alert")).to_contain_text("Ange vilken dag det väntas.")
    expect(page.locator('input[value="malmo.14"]')).to_be_checked()


def test_the_form_follows_what_an_entry_is_about(on_a_phone: Visit, malmo_is_in_use: None) -> None:
    page = opened(on_a_phone(REPORTER))

    choose(page, "malmo.22")
    expect(page.get_by_role("group", name="Hur mycket ökar det tryggheten?")).to_be_visible()
    expect(page.get_by_text("Peka ut platsen närmare")).to_be_hidden()
    choose(page, "malmo.16")
    expect(page.get_by_role("group", name="Vilket område kan påverkas?")).to_be_visible()
    choose(page, "orebro.4")
    expect(page.get_by_role("group", name="Hur mycket påverkar det?")).to_be_visible()
    expect(page.get_by_text("Peka ut platsen närmare")).to_be_visible()


def test_one_entry_of_forty_is_found_by_writing_a_piece_of_it(
    on_a_phone: Visit, malmo_is_in_use: None
) -> None:
    reporter = on_a_phone(REPORTER)
    page = opened(reporter)

    page.get_by_label("Sök bland punkterna").fill("extremism")

    expect(page.get_by_role("radio", name="Tecken på våldsbejakande extremism")).to_be_visible()
    expect(page.get_by_text("Passande punkter: 1")).to_be_visible()
    assert reporter.barriers() == []


def test_a_point_on_the_map_is_set_with_the_keyboard_and_says_which_area(
    on_a_phone: Visit, house: EstHouse
) -> None:
    reporter = on_a_phone(REPORTER)
    page = opened(reporter)
    choose(page, "orebro.7")
    page.get_by_text("Peka ut platsen närmare").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Välj på karta").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sätt punkten mitt i kartan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Punkten ligger i Norrängen.")).to_be_visible()
    assert reporter.barriers() == []
    assert reporter.strangers() == []

    send(page)

    point = recorded_of(house, REPORTER)[-1]["point"]
    assert 13 < point["longitude"] < 14 and 58 < point["latitude"] < 59


def test_a_point_elsewhere_chooses_that_area(on_a_phone: Visit, house: EstHouse) -> None:
    page = opened(on_a_phone(REPORTER))
    choose(page, "orebro.7")
    page.get_by_text("Peka ut platsen närmare").click()
    page.get_by_role("button", name="Välj på karta").click()
    expect(page.locator("#map")).to_be_visible()
    box = page.locator("#map").bounding_box()
    assert box is not None

    page.locator("#map").click(position={"x": box["width"] / 3, "y": box["height"] - 40})

    expect(page.locator("#point-told")).to_contain_text("Punkten ligger i ")
    expect(page.get_by_role("radio", name="Någon annanstans")).to_be_checked()
    send(page)
    assert recorded_of(house, REPORTER)[-1]["area"] != "9901R002"


@WITH_AND_WITHOUT
def test_several_incidents_of_one_sending_belong_together(
    on_a_phone: Visit, house: EstHouse, scripts: bool
) -> None:
    page = opened(on_a_phone(REPORTER, scripts=scripts))
    choose(page, "orebro.1")
    page.get_by_role("button", name="lägg till en till").click()
    expect(page.get_by_text("Berätta nu om nästa.")).to_be_visible()
    expect(page.locator('input[value="orebro.1"]')).not_to_be_checked()
    choose(page, "orebro.2")

    send(page)

    first, second = recorded_of(house, REPORTER)[-2:]
    assert (first["checklist_entry"], second["checklist_entry"]) == ("orebro.1", "orebro.2")
    assert first["sent_together"] == second["sent_together"] is not None


@WITH_AND_WITHOUT
def test_practice_goes_all_the_way_and_never_counts(
    on_a_phone: Visit, house: EstHouse, scripts: bool
) -> None:
    reporter = on_a_phone(REPORTER, scripts=scripts)
    page, before = opened(reporter), events_of_intake(house)
    page.get_by_role("link", name="Öva först").click()
    expect(page.get_by_role("note")).to_contain_text("Inget sparas")
    choose(page, "orebro.2")
    page.get_by_label("Berätta kort").fill("Ring mig på 070-174 06 05.")
    page.get_by_role("button", name="Skicka övningen").click()
    expect(page.get_by_role("alert")).to_contain_text("telefonnummer")
    page.get_by_label("Berätta kort").fill("Det brinner inte.")
    page.get_by_role("button", name="Skicka övningen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Så här hade det blivit")

    page.get_by_role("link", name="Rapportera på riktigt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rapportera")
    assert events_of_intake(house) == before


def test_the_phone_page_is_light_to_fetch(on_a_phone: Visit) -> None:
    reporter = on_a_phone(REPORTER)
    page = reporter.page
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    fetched: list[int] = []
    session.on("Network.loadingFinished", lambda event: fetched.append(int(event["encodedDataLength"])))

    reporter.open("/report")
    page.wait_for_load_state("networkidle")

    resources = json.loads(page.evaluate("JSON.stringify(performance.getEntriesByType('resource'))"))
    assert len(fetched) > 8
    assert not any("leaflet" in each["name"] for each in resources)
    assert 10_000 < sum(fetched) < PROMISED_BYTES, sum(fetched)


@LANGUAGES
@pytest.mark.parametrize("path", ["/report", "/report?practice"])
def test_the_phone_page_lets_everybody_in(
    visit: Visit, malmo_is_in_use: None, path: str, language: str
) -> None:
    for screen in ((320, 700), PHONE, DESK):
        reporter = visit(REPORTER, screen=screen)
        reporter.open(f"{path}{'&' if '?' in path else '?'}language={language}")
        assert reporter.barriers() == []
        reporter.page.locator(".send button").click()
        expect(reporter.page.get_by_role("alert")).to_be_visible()
        assert reporter.barriers() == []
        assert reporter.wider_than_the_screen() == []


@LANGUAGES
def test_what_waits_and_the_receipt_let_everybody_in(on_a_phone: Visit, language: str) -> None:
    reporter = on_a_phone(REPORTER)
    page = reporter.page
    reporter.open(f"/report?language={language}")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    choose(page, "orebro.1")
    page.locator(".send button").click()
    expect(page.locator(".waiting-one")).to_have_count(1)
    assert reporter.barriers() == []
    assert reporter.wider_than_the_screen() == []

    page.context.set_offline(False)
    page.locator(".waiting-sent a").click()

    expect(page.locator(".receipt-mark")).to_be_visible()
    assert reporter.barriers() == []
    assert reporter.wider_than_the_screen() == []


def test_the_page_can_be_put_among_the_apps_of_a_phone(on_a_phone: Visit) -> None:
    page = opened(on_a_phone(REPORTER))

    told = page.evaluate(
        "async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()"
    )
    icons = [page.request.get(f"{page.url.split('/report')[0]}{each['src']}") for each in told["icons"]]

    assert (told["start_url"], told["display"], told["scope"]) == ("/report", "standalone", "/")
    assert {each.status for each in icons} == {200}
    errors = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    # Every browser of a test is a private one.
    assert {each["errorId"] for each in errors["installabilityErrors"]} <= {"in-incognito"}


def opened(reporter: Visitor) -> Page:
    reporter.open("/report")
    return reporter.page


def a_day_ahead(page: Page) -> str:
    return str(page.get_by_label("Till och med").get_attribute("max"))


def moment(recorded: dict[str, str]) -> str:
    return recorded["_data_"][:16]
