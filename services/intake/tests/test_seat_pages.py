"""From a coordinator's link to a bound phone, and out again."""

import asyncio
import re
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from valboas_people import bound, browser, device_token, link_to, seated
from valboas_reports import report, set_up, valboas_at_work

from est_chassis.failures import NotFound
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_chassis.web.access import SEAT_COOKIE
from est_contracts.example_collaboration import example_collaboration
from est_intake.application import Intake
from est_intake.domain.invitation import TERMS, InvitationKind
from est_intake.pages.seats.devices import DEVICE_COOKIE
from est_intake.pages.seats.invitations import OPENED_PER_MINUTE

BOVARD = "bovard_norrangen"


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        await hosted.settled()
        yield hosted


@pytest.fixture
def coordinator(intake: HostedService) -> httpx.AsyncClient:
    return seated(intake, "samordnaren")


async def test_only_coordinators_keep_the_seats(intake: HostedService) -> None:
    reporter = seated(intake, "faltgruppen")

    assert (await reporter.get("/seats")).status_code == 403
    assert (await reporter.get(f"/seats/{BOVARD}")).status_code == 403
    assert (await reporter.post(f"/seats/{BOVARD}/invitations", data={"kind": "personal"})).status_code == 403


async def test_nobody_invites_to_a_coordinators_seat_in_another_organisation(
    coordinator: httpx.AsyncClient,
) -> None:
    theirs = await coordinator.post("/seats/kommunpolisen/invitations", data={"kind": "personal"})
    own = await coordinator.post("/seats/samordnaren/invitations", data={"kind": "personal"})

    assert (theirs.status_code, own.status_code) == (403, 200)


async def test_a_seat_that_is_not_there_cannot_be_invited_to(coordinator: httpx.AsyncClient) -> None:
    assert (await coordinator.get("/seats/nobody")).status_code == 404
    assert (await coordinator.post("/seats/nobody/invitations", data={"kind": "personal"})).status_code == 404
    assert (await coordinator.post(f"/seats/{BOVARD}/invitations", data={"kind": "x"})).status_code == 404


async def test_a_link_says_whose_seat_it_is_and_one_tap_leads_to_the_report(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    link = await link_to(coordinator, BOVARD)

    landing = await browser(intake).get(link)
    phone, answer = await bound(intake, link)

    assert "Bovärd Norrängen" in landing.text and "Valboåsbostäder" in landing.text
    assert "Lägg till på hemskärmen" in landing.text and "112" in landing.text
    assert (answer.status_code, answer.headers["Location"]) == (303, "/report")
    cookie = answer.headers["set-cookie"]
    assert "est_device=" in cookie and "HttpOnly" in cookie and f"Max-Age={400 * 86400}" in cookie
    form = await phone.get("/report")
    assert form.status_code == 200
    assert "Bovärd Norrängen" in form.text


async def test_a_link_is_opened_while_somebody_elses_writing_takes_its_time(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    link = await link_to(coordinator, BOVARD)
    is_written = threading.Event()
    writing = asyncio.ensure_future(intake.service.do(lambda _app: is_written.wait(10)))

    landing = await browser(intake).get(link)
    is_written.set()

    assert landing.status_code == 200
    await asyncio.wait({writing})


async def test_whoever_tries_links_is_told_to_wait_and_a_whole_staff_is_not(intake: HostedService) -> None:
    stranger = browser(intake)
    answers = [await stranger.get("/invitation/" + "x" * 43) for _ in range(OPENED_PER_MINUTE)]
    one_more = await stranger.get("/invitation/" + "x" * 43)
    by_post = await stranger.post("/invitation/" + "x" * 43, data={"device": "y" * 43})

    assert {answer.status_code for answer in answers} == {404}
    assert (one_more.status_code, by_post.status_code) == (429, 429)
    assert 2 * TERMS[InvitationKind.SHARED].devices <= OPENED_PER_MINUTE


async def test_the_landing_page_speaks_english_too(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    link = await link_to(coordinator, BOVARD)

    landing = await browser(intake).get(f"{link}?language=en")

    assert "Begin to report" in landing.text


async def test_what_opens_the_seat_is_recorded_nowhere(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    link = await link_to(coordinator, BOVARD)
    phone, _answer = await bound(intake, link)
    await intake.settled()

    with intake.service.store.cursor() as cursor:
        recorded = cursor.execute("SELECT convert_from(state, 'UTF8') AS state FROM events").fetchall()
    kept = " ".join(row["state"] for row in recorded)
    assert link.rpartition("/")[2] not in kept
    assert phone.cookies[DEVICE_COOKIE] not in kept


async def test_a_second_tap_binds_the_same_device_and_a_second_phone_is_told_why_not(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    link = await link_to(coordinator, BOVARD)
    phone = browser(intake)
    form = {"device": await device_token(phone, link)}

    first, second = await phone.post(link, data=form), await phone.post(link, data=form)
    other = await browser(intake).get(link)
    late = await browser(intake).post(link, data={"device": "x" * 43})

    assert (first.status_code, second.status_code) == (303, 303)
    assert (other.status_code, late.status_code) == (409, 409)
    assert "redan använd" in other.text and "redan använd" in late.text


async def test_a_used_link_says_what_to_do_and_whom_to_ask(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    link = await link_to(coordinator, BOVARD)
    await bound(intake, link)

    on_a_new_phone = await browser(intake).get(link)
    in_english = await browser(intake).get(link, params={"language": "en"})
    leads_nowhere = await browser(intake).get("/invitation/" + "x" * 43)

    assert on_a_new_phone.status_code == 409 and "set-cookie" not in on_a_new_phone.headers
    told = on_a_new_phone.text
    assert "Be om en ny länk till platsen Bovärd Norrängen, Valboåsbostäder." in told
    asked = [example_collaboration().function(each) for each in ("bosocial_utvecklare", "samordnaren")]
    places = [told.index(f"<strong>{each.title}</strong>") for each in asked]
    assert places == sorted(places)
    assert all(f'href="mailto:{each.email}"' in told for each in asked)
    assert "Ask for a new link to the seat" in in_english.text
    assert "to-ask" in told and "to-ask" not in leads_nowhere.text


async def test_a_second_tab_of_the_browser_that_took_the_seat_is_led_on_and_given_no_token(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    link = await link_to(coordinator, BOVARD)
    phone = browser(intake)
    first_tab, second_tab = await device_token(phone, link), await device_token(phone, link)
    await phone.post(link, data={"device": first_tab})

    answer = await phone.post(link, data={"device": second_tab})
    with_its_token = browser(intake)
    with_its_token.cookies.set(DEVICE_COOKIE, second_tab)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/report")
    assert "set-cookie" not in answer.headers and phone.cookies[DEVICE_COOKIE] == first_tab
    assert (await with_its_token.get("/report")).status_code != 200


async def test_whoever_opens_the_own_link_again_goes_straight_to_the_report(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    link = await link_to(coordinator, BOVARD)
    phone, _answer = await bound(intake, link)

    again = await phone.get(link)

    assert (again.status_code, again.headers["Location"]) == (303, "/report")


async def test_a_qr_code_on_the_wall_binds_several_phones(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    link = await link_to(coordinator, "faltgruppen", kind="shared")

    answers = [(await bound(intake, link))[1].status_code for _phone in range(3)]
    await intake.settled()
    page = await coordinator.get("/seats/faltgruppen")

    assert answers == [303, 303, 303]
    assert page.text.count("Återkalla enheten") == 3
    assert "Har anslutit 3 av 60" in page.text


async def test_a_link_that_leads_nowhere_says_so(intake: HostedService) -> None:
    stranger = browser(intake)

    assert (await stranger.get("/invitation/" + "x" * 43)).status_code == 404
    assert (await stranger.post("/invitation/" + "x" * 43, data={"device": "y" * 43})).status_code == 404


async def test_whoever_tries_links_at_random_disturbs_nobody_who_writes(intake: HostedService) -> None:
    with intake.service.store.unit_of_work(careful=False) as work:
        touched = work.touched
        with pytest.raises(NotFound):
            Intake(work, intake.service.clock).inviting.invitation("0" * 64)

        assert work.touched == touched


async def test_a_page_elsewhere_cannot_bind_a_device(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    link = await link_to(coordinator, BOVARD)
    phone = browser(intake)

    answer = await phone.post(
        link, data={"device": "x" * 43}, headers={"Origin": "https://elsewhere.example"}
    )

    assert answer.status_code == 403


async def test_a_revoked_link_binds_nobody_more_and_keeps_whom_it_has_bound(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    link = await link_to(coordinator, "faltgruppen", kind="shared")
    phone, _answer = await bound(intake, link)
    await intake.settled()
    page = await coordinator.get("/seats/faltgruppen")
    (revocation,) = re.findall(r'action="(/seats/faltgruppen/invitations/[^"]+/revocation)"', page.text)

    answer = await coordinator.post(revocation)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/seats/faltgruppen")
    assert "Öppna länkar" not in (await coordinator.get("/seats/faltgruppen")).text
    assert (await browser(intake).get(link)).status_code == 409
    assert (await phone.get("/report")).status_code == 200


async def test_a_revoked_device_is_out_at_once_whatever_seat_was_lent_to_it(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    phone, _answer = await bound(intake, await link_to(coordinator, BOVARD))
    await phone.get("/report")
    assert SEAT_COOKIE in phone.cookies
    assert (await phone.post("/v1/reports", json=report())).status_code == 201
    await intake.settled()
    page = await coordinator.get(f"/seats/{BOVARD}")
    (revocation,) = re.findall(r'action="(/seats/[^"]+/devices/[^"]+/revocation)"', page.text)

    assert (await coordinator.post(revocation)).status_code == 303

    assert (await phone.post("/v1/reports", json=report())).status_code == 401
    sent_away = await phone.get("/report")
    assert (sent_away.status_code, sent_away.headers["Location"]) == (303, "/sign-in?next=/report")
    assert "Ingen enhet är ansluten" in (await coordinator.get(f"/seats/{BOVARD}")).text


async def test_a_coordinator_of_another_organisation_revokes_nothing_of_ours(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    phone, _answer = await bound(intake, await link_to(coordinator, "samordnaren"))
    await intake.settled()
    page = await coordinator.get("/seats/samordnaren")
    (revocation,) = re.findall(r'action="(/seats/[^"]+/devices/[^"]+/revocation)"', page.text)

    answer = await seated(intake, "kommunpolisen").post(revocation)

    assert answer.status_code == 403
    assert (await phone.get("/report")).status_code == 200


async def test_a_device_leaves_its_seat_by_itself(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    phone, _answer = await bound(intake, await link_to(coordinator, BOVARD))
    token = phone.cookies[DEVICE_COOKIE]
    assert "Lämna den här platsen" in (await phone.get("/seat")).text

    answer = await phone.post("/seat/leave")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert DEVICE_COOKIE not in phone.cookies
    phone.cookies.set(DEVICE_COOKIE, token)
    assert (await phone.get("/report")).status_code == 303


async def test_a_seat_that_the_collaboration_no_longer_has_lets_its_devices_out(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    phone, _answer = await bound(intake, await link_to(coordinator, BOVARD))
    others = tuple(each for each in example_collaboration().functions if each.function_id != BOVARD)

    await set_up(intake, functions=others)
    await intake.settled()

    assert (await phone.post("/v1/reports", json=report())).status_code == 401


async def test_a_note_meets_whoever_fills_the_seat_next_and_can_be_erased(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    note = {"note": "Börja med cykelgaragen.\r\nNyckeln finns i expeditionen."}
    await coordinator.post(f"/seats/{BOVARD}/note", data=note)
    phone, _answer = await bound(intake, await link_to(coordinator, BOVARD))

    assert "Börja med cykelgaragen." in (await phone.get("/seat")).text
    assert "cykelgaragen" not in (await seated(intake, "faltgruppen").get("/seat")).text

    await coordinator.post(f"/seats/{BOVARD}/note", data={"note": ""})
    assert "cykelgaragen" not in (await phone.get("/seat")).text
    with intake.service.store.cursor() as cursor:
        assert cursor.execute("SELECT * FROM seat_notes").fetchall() == []


async def test_a_note_about_an_individual_is_refused_and_kept_on_the_page(
    coordinator: httpx.AsyncClient,
) -> None:
    answer = await coordinator.post(f"/seats/{BOVARD}/note", data={"note": "Ring 070-174 06 05"})

    assert answer.status_code == 422
    assert "telefonnummer" in answer.text and "Ring 070-174 06 05" in answer.text


async def test_the_day_on_which_a_device_came_last_is_all_that_is_remembered_of_its_visits(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    phone, _answer = await bound(intake, await link_to(coordinator, BOVARD))
    await phone.get("/report")
    await intake.settled()

    page = await coordinator.get(f"/seats/{BOVARD}")

    assert "Senast här" in page.text
    with intake.service.store.cursor() as cursor:
        (row,) = cursor.execute("SELECT * FROM device_sightings").fetchall()
    assert set(row) == {"device_id", "seen_on"}


async def test_a_note_about_a_seat_that_is_no_more_is_gone_with_the_seat(
    intake: HostedService, coordinator: httpx.AsyncClient
) -> None:
    for seat in (BOVARD, "faltgruppen"):
        await coordinator.post(f"/seats/{seat}/note", data={"note": "Börja med cykelgaragen."})
    others = tuple(each for each in example_collaboration().functions if each.function_id != BOVARD)

    await set_up(intake, functions=others)

    with intake.service.store.cursor() as cursor:
        kept = cursor.execute("SELECT function FROM seat_notes").fetchall()
    assert [row["function"] for row in kept] == ["faltgruppen"]
