"""Every page that a seat can get to: nobody is kept out, nothing sticks out, nothing complains."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from est_chassis.clock import SystemClock
from est_chassis.web.languages import Language
from est_contracts.vocabulary import STOCKHOLM, Week
from tests.system.est_house import EstHouse
from tests.system.visitor import PHONE, Visitor, shape_of, visiting

Visit = Callable[..., Visitor]
Report = Callable[..., dict[str, object]]

SEATS = {
    "a stranger": None,
    "reporter": "bovard_norrangen",
    "coordinator": "samordnaren",
    "strategist": "lokalpolischefen",
    "duty officer": "tib",
    "recipient": "socialchefen",
}
#: Between them they get to every page there is; what the others see is a part of it.
SEE_IT_ALL = (None, "bovard_norrangen", "samordnaren")
SEATS_AND_LANGUAGES = [
    pytest.param(seat, language, id=f"{name}-{language}")
    for name, seat in SEATS.items()
    for language in Language
    if language is Language.SWEDISH or seat in SEE_IT_ALL
]
#: For programs, and what changes something; a page is none of them.
NOT_PAGES = ("/v1/", "/openapi/", "/sign-out", "/ogc")
#: Files to be saved, or to be followed by another program.
FILES = re.compile(r"\.(csv|geojson|json|pdf|txt|xml)(\?|$)")
#: The switch to the other language: the same page once more.
SWITCH = re.compile(r"[?&]language=")
MANY_PAGES = 80

LOOK_MILLISECONDS = 200
HAS_LETTERS = "async () => (await (await fetch('/distributions')).text()).includes('/letter')"


@pytest.fixture(scope="module", autouse=True)
def a_picture_is_sent_and_another_being_compiled(house: EstHouse, browser: Browser) -> None:
    """Some pages lead on only when something has been done; the demo's coordinators have done it."""
    with visiting(browser, house.front_url) as coordinator:
        coordinator.sit_down("samordnaren")
        coordinator.open("/distributions")
        coordinator.page.wait_for_function(HAS_LETTERS, polling=LOOK_MILLISECONDS)
        coordinator.open(f"/pictures/9901/{Week.of(SystemClock().now())}/compile")
        expect(coordinator.page.get_by_role("heading", name="Bildens rubriker")).to_be_visible()


def faulty_pages(
    visitor: Visitor, *, language: Language = Language.SWEDISH, on_every_screen: bool = False
) -> dict[str, str]:
    """Follows links from the start page until no new kind of page turns up, and tells what is wrong where."""
    waiting, seen, faults = ["/", "/no-such-page", "/open"], set[str](), dict[str, str]()
    while waiting and len(seen) < MANY_PAGES:
        path = waiting.pop(0)
        if shape_of(path) in seen or path.startswith(NOT_PAGES) or SWITCH.search(path) or FILES.search(path):
            continue
        seen.add(shape_of(path))
        wrong = faults_of(visitor, path, language=language, on_every_screen=on_every_screen)
        if wrong:
            faults[path] = "; ".join(wrong)
        waiting += visitor.links()
    assert len(seen) < MANY_PAGES
    return faults


def faults_of(visitor: Visitor, path: str, *, language: Language, on_every_screen: bool) -> list[str]:
    visitor.complaints.clear()
    answer = visitor.open(path)
    status, spoken = answer.status, answer.headers.get("content-language", language)
    wanted = 404 if path == "/no-such-page" else 200
    # A browser complains of every answer that is not 200, also of those that ought not to be.
    complaints = [each for each in visitor.complaints if not (wanted == 404 and path in each)]
    return [
        *([f"answers {status}"] if status != wanted else []),
        *([f"speaks {spoken}"] if spoken != language else []),
        *(visitor.barriers_on_any_screen() if on_every_screen else visitor.barriers()),
        *(visitor.barriers_in_the_dark() if on_every_screen else []),
        *[f"wider than {width}" for width in visitor.wider_than_the_screen()],
        *complaints,
    ]


@pytest.mark.parametrize(("seat", "language"), SEATS_AND_LANGUAGES)
def test_every_page_lets_everybody_in_on_every_screen_and_in_the_dark(
    visit: Visit, seat: str | None, language: Language
) -> None:
    """A screen reader reads the same on every screen: those who see it all try each of them, in Swedish."""
    visitor = visit(seat, screen=PHONE, language=language)
    on_every_screen = language is Language.SWEDISH and seat in SEE_IT_ALL

    assert faulty_pages(visitor, language=language, on_every_screen=on_every_screen) == {}
    assert visitor.strangers() == []


def test_a_stranger_reads_an_open_picture_without_an_account(visit: Visit) -> None:
    stranger = visit(None, screen=PHONE)
    stranger.open("/open")

    stranger.page.get_by_role("main").get_by_role("link", name="Valboås").click()
    stranger.page.get_by_role("rowheader").get_by_role("link").first.click()

    expect(stranger.page.get_by_text("Allmän utgåva, version")).to_be_visible()
    assert stranger.barriers() == []
    assert stranger.wider_than_the_screen() == []


def test_a_page_that_is_not_for_the_seat_says_so_in_the_frame_of_the_house(visit: Visit) -> None:
    reporter = visit("bovard_norrangen", screen=PHONE)

    assert reporter.open("/distributions").status == 403
    assert reporter.barriers() == []
    assert reporter.wider_than_the_screen() == []
    assert "/sign-in" in reporter.links()


def test_what_a_reporter_is_answered_lets_everybody_in(visit: Visit) -> None:
    reporter = visit("bovard_norrangen", screen=PHONE)
    reporter.open("/report")
    send = reporter.page.get_by_role("button", name="Skicka rapporten")

    send.click()
    expect(reporter.page.get_by_role("alert")).to_be_visible()
    assert reporter.barriers() == []
    assert reporter.wider_than_the_screen() == []

    reporter.page.get_by_role("radio", name="Annat otrygghetsskapande").check()
    send.click()
    expect(reporter.page.get_by_role("heading", level=1)).to_contain_text("Tack")
    assert reporter.barriers() == []
    assert reporter.wider_than_the_screen() == []


def test_what_a_refused_form_answers_lets_everybody_in(visit: Visit) -> None:
    coordinator = visit("samordnaren", screen=PHONE)

    for path, wrong in REFUSED_FORMS.items():
        coordinator.open(path)
        with coordinator.page.expect_navigation() as answered:
            coordinator.page.evaluate(SENT_AS_WITHOUT_JAVASCRIPT, wrong)
        assert (path, answered.value.status) == (path, 422)
        assert (path, coordinator.barriers()) == (path, [])
        assert (path, coordinator.wider_than_the_screen()) == (path, [])


def test_what_is_said_of_a_file_before_and_after_it_is_imported_lets_everybody_in(visit: Visit) -> None:
    reporter = visit("bovard_norrangen", screen=PHONE)
    page = reporter.page
    table = A_TABLE.format(today=SystemClock().now().astimezone(STOCKHOLM).date()).encode()
    for content, heading in ((b"bara rubriker", "Läs in en fil"), (table, "Vad betyder kolumnerna?")):
        reporter.open("/import")
        page.get_by_label("Filen").set_input_files(
            {"name": "rapporter.csv", "mimeType": "text/csv", "buffer": content}
        )
        page.get_by_role("button", name="Titta på filen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert reporter.barriers() == []
        assert reporter.wider_than_the_screen() == []

    page.get_by_role("button", name="Läs in 1 rad").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Filen är inläst")
    assert reporter.barriers() == []
    assert reporter.wider_than_the_screen() == []


A_NUMBER = "Ring mig på 070-174 06 05."
#: What is written in which field, so that the answer has an error to show at it.
REFUSED_FORMS = {
    "/report": {"text": A_NUMBER, "measures": A_NUMBER},
    "/return": {"text-orebro.1-0": A_NUMBER, "measures-orebro.1-0": A_NUMBER},
    "/counts": {"number": "många", "text": A_NUMBER},
    "/meeting": {"text": A_NUMBER, "moment": ""},
    "/compilation": {"act": "save", "text": A_NUMBER},
}
A_TABLE = "Händelse;Datum;Kommentar\nBrand;{today} 00:01;Vid hållplatsen\nVåld;i går;Vid torget\n"
SENT_AS_WITHOUT_JAVASCRIPT = """wrong => {
    const form = document.querySelector("main form:has(textarea)");
    const field = (name) => Object.assign(document.createElement("input"), {type: "hidden", name});
    const added = (name) => form.appendChild(field(name));
    for (const [name, text] of Object.entries(wrong)) {
        (form.querySelector(`[name="${name}"]:not(button)`) ?? added(name)).value = text;
    }
    form.noValidate = true;
    HTMLFormElement.prototype.submit.call(form);
}"""
