"""Who may report for a seat that is not their own, and about what."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from valboas_people import seated
from valboas_reports import key, report, set_up, submit, told_fields, valboas_at_work

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import STOCKHOLM, CollaborationDocument, DutyPeriod, Role
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.standing_in import seats_stood_in_for, stands_in
from est_intake.domain.submission import Sender

BOVARD, FIELD = "bovard_norrangen", "faltgruppen"
DEADLINE = datetime(2026, 11, 18, 10, 0, tzinfo=STOCKHOLM)
IN_WEEK_46 = datetime(2026, 11, 12, 20, 0, tzinfo=UTC)


def document(**changes: object) -> CollaborationDocument:
    """The caretaker's substitute is the field group."""
    functions = tuple(
        each.model_copy(update={"substitute": FIELD}) if each.function_id == BOVARD else each
        for each in example_collaboration().functions
    )
    return example_collaboration().model_copy(update={"functions": functions, **changes})


def may_sign(by: str | None, now: datetime, **changes: object) -> bool:
    in_use = SetUpInUse(document(**changes), version=1)
    period = in_use.document.rhythm.period_of(IN_WEEK_46)
    return stands_in(BOVARD, by=by, set_up=in_use, period=period, now=now)


def duty(first_day: datetime, last_day: datetime) -> DutyPeriod:
    return DutyPeriod(
        function_id=BOVARD,
        filled_by="bosocial_utvecklare",
        first_day=first_day.date(),
        last_day=last_day.date(),
    )


def test_before_the_deadline_the_substitute_does_not_sign() -> None:
    assert not may_sign(FIELD, DEADLINE - timedelta(seconds=1))


def test_after_the_deadline_the_substitute_signs_and_nobody_else() -> None:
    assert may_sign(FIELD, DEADLINE)
    assert not may_sign("kommunpolisen", DEADLINE)
    assert not may_sign(None, DEADLINE)


@pytest.mark.parametrize(("days_after", "expected"), [(-1, False), (0, True), (1, True), (2, False)])
def test_in_its_period_of_duty_another_function_signs_also_before_the_deadline(
    days_after: int, expected: bool
) -> None:
    monday = datetime(2026, 11, 16, 8, tzinfo=UTC)
    on_duty = (duty(monday, monday + timedelta(days=1)),)

    assert (
        may_sign("bosocial_utvecklare", monday + timedelta(days=days_after), duty_periods=on_duty) is expected
    )


def test_the_seats_that_one_stands_in_for_are_those_that_were_due_last() -> None:
    in_use = SetUpInUse(document(), version=1)

    assert seats_stood_in_for(FIELD, set_up=in_use, now=DEADLINE) == (BOVARD,)
    assert seats_stood_in_for(BOVARD, set_up=in_use, now=DEADLINE) == ()


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path, clock=SetClock(DEADLINE)) as hosted:
        await set_up(hosted, functions=document().functions)
        await hosted.settled()
        yield hosted


async def for_the_caretaker(hosted: HostedService, happened_at: datetime) -> httpx.Response:
    return await submit(hosted, report(function=BOVARD, happened_at=happened_at.isoformat()))


async def test_a_substitutes_report_counts_for_the_seat_and_says_who_wrote_it(intake: HostedService) -> None:
    answer = await for_the_caretaker(intake, IN_WEEK_46)

    assert answer.status_code == 201
    found = (await intake.http.get(answer.headers["Location"], headers=key("coordinator"))).json()
    assert found["function"] == BOVARD
    assert (await intake.http.get(answer.headers["Location"], headers=key("neighbour"))).status_code == 200


async def test_a_substitutes_repeat_gets_the_first_receipt(intake: HostedService) -> None:
    body = report(function=BOVARD, happened_at=IN_WEEK_46.isoformat())

    first, second = await submit(intake, body), await submit(intake, body)

    assert (first.status_code, second.status_code) == (201, 200)


async def test_a_substitute_does_not_report_about_a_period_that_is_not_due_yet(intake: HostedService) -> None:
    answer = await for_the_caretaker(intake, DEADLINE - timedelta(hours=20))

    assert answer.status_code == 422
    assert told_fields(answer) == ["function"]


async def test_a_substitute_returns_nothing_to_report_for_the_seat(intake: HostedService) -> None:
    answer = await intake.http.put(
        "/v1/returns/2026-W46",
        json={"nothing_to_report": True, "function": BOVARD},
        headers=key("reporter"),
    )

    assert answer.status_code == 201, answer.text


async def test_a_substitutes_page_reports_for_the_seat_and_for_no_other(intake: HostedService) -> None:
    substitute = seated(intake, FIELD, clock=SetClock(DEADLINE))

    page = await substitute.get(f"/report?function={BOVARD}")
    strangers = await substitute.get("/report?function=kommunpolisen")

    assert f'name="function" value="{BOVARD}"' in page.text
    assert "rapporterar för Bovärd Norrängen" in page.text
    assert 'name="function"' not in strangers.text
    assert f"/report?function={BOVARD}" in (await substitute.get("/seat")).text


async def test_whoever_stands_in_is_told_so_where_they_come_in_and_what_was_heard(
    intake: HostedService,
) -> None:
    substitute, stranger = (
        seated(intake, each, clock=SetClock(DEADLINE)) for each in (FIELD, "kommunpolisen")
    )
    ways_in = ("/", "/report", "/seat")
    silent = [(await substitute.get(address)).text for address in ways_in]

    await intake.http.put("/v1/returns/2026-W46", json={"nothing_to_report": True}, headers=key("neighbour"))
    await intake.settled()
    heard = [(await substitute.get(address)).text for address in ways_in]

    assert ["Vecka 46: inget har hörts av." in page for page in silent] == [True, True, True]
    assert ["du är ersättare" in page.lower() for page in heard] == [False, False, True]
    assert "Vecka 46: inget att rapportera." in heard[-1]
    assert all(
        "Du är ersättare" not in page for page in [(await stranger.get(each)).text for each in ways_in]
    )


async def test_whoever_is_on_duty_for_a_seat_tells_of_the_period_that_is_due_next(
    intake: HostedService,
) -> None:
    await set_up(intake, functions=document().functions, duty_periods=(duty(DEADLINE, DEADLINE),))
    await intake.settled()
    on_duty = seated(intake, "bosocial_utvecklare", clock=SetClock(DEADLINE))

    seat, start = (await on_duty.get("/seat")).text, (await on_duty.get("/")).text

    assert f"/return?period=2026-W47&amp;function={BOVARD}" in seat
    assert "Du fyller platsen Bovärd Norrängen nu. Vecka 47: inget har hörts av." in start


async def test_a_note_that_was_left_is_told_of_before_the_first_report(intake: HostedService) -> None:
    by = Sender("9901", "samordnaren", frozenset({Role.COORDINATOR}))
    note = "Nycklarna ligger på kontoret."
    await intake.service.do(lambda app: app.inviting.write_note("9901", function=BOVARD, text=note, by=by))

    page = (await seated(intake, BOVARD, clock=SetClock(DEADLINE)).get("/report")).text

    assert "Det finns en överlämning till dig" in page
    assert "Nycklarna" not in page


async def test_a_substitute_says_on_the_page_that_there_is_nothing_to_report(intake: HostedService) -> None:
    substitute = seated(intake, FIELD, clock=SetClock(DEADLINE))
    address = f"/return/nothing?period=2026-W46&function={BOVARD}"
    assert "calm for Bovärd Norrängen" in (await substitute.get(f"{address}&language=en")).text

    answer = await substitute.post("/return/nothing", data={"period": "2026-W46", "function": BOVARD})

    assert answer.status_code == 303, answer.text
    assert (
        "Bovärd Norrängen har inget att rapportera"
        in (await substitute.get(answer.headers["Location"] + "&language=sv")).text
    )
    assert (await substitute.get("/return/nothing?period=2026-W46&function=kommunpolisen")).status_code == 404


async def test_a_substitute_hands_in_the_seats_checklist_on_the_page_and_comes_back_to_it(
    intake: HostedService,
) -> None:
    substitute = seated(intake, FIELD, clock=SetClock(DEADLINE))
    address = f"/return?period=2026-W46&function={BOVARD}"
    assert f"{address.replace('&', '&amp;')}" in (await substitute.get("/seat")).text
    answered = {
        "period": "2026-W46",
        "function": BOVARD,
        "checklist": "orebro",
        "revision": "0",
        "act": "save",
        "value-orebro.1-0": "3",
        "text-orebro.1-0": "Rutor i trapphuset",
    }

    answer = await substitute.post("/return", data=answered)

    assert answer.status_code == 303, answer.text
    assert "Bovärd Norrängen" in (await substitute.get(answer.headers["Location"])).text
    assert "Rutor i trapphuset" in (await substitute.get(address)).text
    returned = (await intake.http.get("/v1/returns/2026-W46", headers=key("neighbour"))).json()["returns"]
    assert [(each["function"], each["origin"]) for each in returned] == [(BOVARD, "form")]
    strangers = await substitute.get("/return?period=2026-W46&function=kommunpolisen")
    assert strangers.status_code == 404


async def test_who_stands_in_reads_what_was_left_for_the_seat(intake: HostedService) -> None:
    by = Sender("9901", "samordnaren", frozenset({Role.COORDINATOR}))
    note = "Nycklarna ligger på kontoret."
    await intake.service.do(lambda app: app.inviting.write_note("9901", function=BOVARD, text=note, by=by))

    substitutes = (await seated(intake, FIELD, clock=SetClock(DEADLINE)).get("/seat")).text
    others = (await seated(intake, "kommunpolisen", clock=SetClock(DEADLINE)).get("/seat")).text

    assert "Nycklarna ligger på kontoret." in substitutes
    assert "Nycklarna" not in others


async def test_a_substitute_does_not_change_what_the_seat_has_returned_itself(intake: HostedService) -> None:
    own: dict[str, object] = {"checklist": "orebro"}
    theirs = own | {"function": BOVARD}
    answered: dict[str, object] = {
        "answers": [{"checklist_entry": "orebro.1", "value": 3, "text": "Rutor i trapphuset"}]
    }
    other: dict[str, object] = {"answers": [{"checklist_entry": "orebro.1", "value": 1}]}

    async def hand_in(body: dict[str, object], by: str, period: str) -> int:
        answer = await intake.http.put(f"/v1/returns/{period}", json=body, headers=key(by))
        return answer.status_code

    assert await hand_in(own | answered, "neighbour", "2026-W46") == 201
    assert await hand_in(theirs | other, "reporter", "2026-W46") == 409
    kept = (await intake.http.get("/v1/returns/2026-W46", headers=key("neighbour"))).json()["returns"]
    assert [each["text"] for each in kept[0]["answers"]] == ["Rutor i trapphuset"]

    in_its_place = [await hand_in(theirs | each, "reporter", "2026-W45") for each in (answered, other)]
    assert in_its_place == [201, 200]
    assert await hand_in(own | answered, "neighbour", "2026-W45") == 200
