"""Intake as people meet it: seats of the demo, the phone page, the list of reports."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio
from valboas_pages import PAGE, valboas_to_look_at, with_a_strategist

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService, host
from est_chassis.testing.databases import FreshDatabase
from est_chassis.web.languages import Language
from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.messages import IncidentReported
from est_contracts.vocabulary import Party, Role, Week
from est_intake.pages.soft_words import softly
from est_intake.pages.start import time_left
from est_intake.service import BESIDE_TABLES, build
from est_intake.settings import IntakeSettings

FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str) -> AsyncIterator[HostedService]:
    """Intake in demo mode, with Valboås set up; its client keeps cookies as a browser does."""
    functions = with_a_strategist().functions
    async with valboas_to_look_at(database, nats_url, functions=functions) as hosted:
        yield hosted


async def sit_down(hosted: HostedService, seat: str) -> None:
    answer = await hosted.http.post("/sign-in", data={"seat": seat, "next": "/report"}, headers=PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/report")


async def get(hosted: HostedService, path: str) -> httpx.Response:
    return await hosted.http.get(path, headers=PAGE)


def hidden(page: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None, name
    return found[1]


async def filled_in(hosted: HostedService, **changes: str) -> dict[str, str]:
    """The form as a browser sends it when somebody has chosen vandalism and nothing else."""
    page = await get(hosted, "/report")
    area = re.search(r'name="area" value="([^"]*)" checked', page.text)
    return {
        "report_id": hidden(page, "report_id"),
        "opened_at": hidden(page, "opened_at"),
        "checklist_entry": "orebro.1",
        "area": area[1] if area else "",
        "when": "just_now",
        "severity": "",
        "text": "",
    } | changes


async def send(hosted: HostedService, form: dict[str, str]) -> httpx.Response:
    return await hosted.http.post("/report", data=form, headers=PAGE)


async def told_reports(hosted: HostedService) -> list[IncidentReported]:
    return [message for message in await hosted.tells() if isinstance(message, IncidentReported)]


async def test_a_stranger_is_told_what_this_is_and_where_to_sign_in(intake: HostedService) -> None:
    page = await get(intake, "/")

    assert page.status_code == 200
    assert "En gemensam lägesbild" in page.text
    assert 'href="/sign-in' in page.text
    assert 'href="/open"' in page.text
    assert "112" in page.text


async def test_a_stranger_who_wants_to_report_is_led_to_the_seats(intake: HostedService) -> None:
    answer = await get(intake, "/report")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=/report")


async def test_a_newcomer_finds_one_seat_of_each_kind_first(intake: HostedService) -> None:
    page = await get(intake, "/sign-in")

    begin_here = page.text.split("Börja här")[1].split("<h2>")[0]
    assert re.findall(r'value="([a-z_]+)"', begin_here) == [
        "samordnaren",
        "bovard_norrangen",
        "tib",
        "strategen",
    ]


async def test_a_caretaker_reports_in_two_taps(intake: HostedService) -> None:
    await sit_down(intake, "bovard_norrangen")

    answer = await send(intake, await filled_in(intake))
    receipt = await get(intake, answer.headers["Location"])

    assert answer.status_code == 303
    assert "Norrängen" in receipt.text
    told = await told_reports(intake)
    assert f"Tack! v. {Week.of(told[0].happened_at).number} nr 1" in receipt.text
    assert [(each.area, each.function, each.party) for each in told] == [
        (NORRANGEN, "bovard_norrangen", Party.HOUSING)
    ]


async def test_a_double_tap_is_one_report(intake: HostedService) -> None:
    await sit_down(intake, "bovard_norrangen")
    form = await filled_in(intake)

    first, second = await send(intake, form), await send(intake, form)

    assert first.headers["Location"] == second.headers["Location"]
    assert len(await told_reports(intake)) == 1


async def test_a_form_sent_before_and_changed_is_offered_as_another_report(intake: HostedService) -> None:
    await sit_down(intake, "bovard_norrangen")
    form = await filled_in(intake)
    await send(intake, form)

    changed = await send(intake, form | {"severity": "5"})

    assert changed.status_code == 409
    assert "redan skickat" in changed.text
    assert hidden(changed, "report_id") != form["report_id"]


async def test_a_form_with_nothing_chosen_says_what_to_choose_and_keeps_the_text(
    intake: HostedService,
) -> None:
    await sit_down(intake, "bovard_norrangen")

    answer = await send(intake, await filled_in(intake, checklist_entry="", text="Rutor krossade <b>"))

    assert answer.status_code == 422
    assert "Välj vad du har sett." in answer.text
    assert "Rutor krossade &lt;b&gt;" in answer.text
    assert await told_reports(intake) == []


async def test_text_about_an_individual_is_stopped_with_every_reason(intake: HostedService) -> None:
    await sit_down(intake, "bovard_norrangen")

    answer = await send(intake, await filled_in(intake, text="Kalle 850709-9805 på Storgatan 12"))

    assert answer.status_code == 422
    assert "samordningsnummer" in answer.text
    assert "lägenhetsnummer" in answer.text
    assert await told_reports(intake) == []


async def test_every_page_of_a_reporter_says_whom_to_ring(intake: HostedService) -> None:
    await sit_down(intake, "bovard_norrangen")
    answer = await send(intake, await filled_in(intake))

    pages = [await get(intake, path) for path in ("/", "/report", "/my-reports", answer.headers["Location"])]

    assert all("112" in page.text and "114&nbsp;14" in page.text for page in pages)
    assert all("onsdag" in page.text and "10.00" in page.text for page in pages[:2])


@pytest.mark.parametrize(
    ("seat", "leads_to"),
    [("faltgruppen", "/my-reports"), ("samordnaren", "/inbox"), ("strategen", "/inbox")],
)
async def test_the_reports_are_ones_own_or_all_of_them(
    intake: HostedService, seat: str, leads_to: str
) -> None:
    await sit_down(intake, seat)

    assert (await get(intake, "/reports")).headers["Location"] == leads_to


async def test_a_strategist_sees_all_reports_without_their_words(intake: HostedService) -> None:
    await sit_down(intake, "faltgruppen")
    await send(intake, await filled_in(intake, text="Fältgruppens text"))
    await intake.settled()
    await sit_down(intake, "strategen")

    page = await get(intake, "/inbox")

    assert "Skadegörelse" in page.text
    assert "Fältgruppens text" not in page.text
    assert "data-act" not in page.text


async def test_the_start_page_counts_the_week_and_who_has_not_been_heard(
    database: FreshDatabase, nats_url: str
) -> None:
    # From Monday until the deadline the week that is due next is the one before.
    async with valboas_to_look_at(database, nats_url, clock=SetClock(FRIDAY)) as intake:
        await sit_down(intake, "faltgruppen")
        await send(intake, await filled_in(intake))
        await intake.settled()
        await sit_down(intake, "samordnaren")

        page = await get(intake, "/")

    figures = re.findall(r'class="figure">([^<]+)<', page.text)
    reporters = len(example_collaboration().functions_with(Role.REPORTER))
    assert figures == ["1", "1", str(reporters - 1)]
    assert "Vecka\N{NO-BREAK SPACE}47" in page.text


async def test_a_form_from_another_site_is_refused(intake: HostedService) -> None:
    await sit_down(intake, "bovard_norrangen")
    form = await filled_in(intake)

    answer = await intake.http.post("/report", data=form, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403


async def test_without_demo_nobody_takes_a_seat(database: FreshDatabase, nats_url: str) -> None:
    settings = IntakeSettings(
        database_url=database.prepare("intake", beside_tables=BESIDE_TABLES),
        nats_url=nats_url,
        session_secret="only-for-tests-only-for-tests-32",
    )
    async with host(build(settings)) as hosted:
        answer = await hosted.http.post("/sign-in", data={"seat": "samordnaren"}, headers=PAGE)

    assert answer.status_code == 404


SUNDAY_NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


def test_long_words_may_be_parted_at_their_joints() -> None:
    parted = softly("Annat otrygghetsskapande/ordningsstörande")

    assert parted.replace("\N{SOFT HYPHEN}", "-") == (
        "Annat otrygghets-skapande/\N{ZERO WIDTH SPACE}ordnings-störande"
    )


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=1, hours=1), "1 dag och 1 timme"),
        (timedelta(days=2, hours=22), "2 dagar och 22 timmar"),
        (timedelta(hours=3, minutes=1), "3 timmar och 1 minut"),
        (timedelta(minutes=12), "12 minuter"),
        (timedelta(), "0 minuter"),
    ],
)
def test_the_time_left_is_told_as_one_would_say_it(left: timedelta, words: str) -> None:
    assert time_left(SUNDAY_NOON, SUNDAY_NOON + left, language=Language.SWEDISH) == words


def test_the_time_left_is_told_in_english_as_well() -> None:
    left = time_left(SUNDAY_NOON, SUNDAY_NOON + timedelta(days=1, hours=3), language=Language.ENGLISH)

    assert left == "1 day and 3 hours"
