"""The return as people meet it: the whole checklist on a page, or nothing to report in one tap."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx
import pytest
import pytest_asyncio
from valboas_pages import PAGE, get, sit_down, valboas_to_look_at

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import CENTRUM, NORRANGEN
from est_contracts.messages import PeriodReturned
from est_contracts.vocabulary import STOCKHOLM, RiskScale

#: A Friday; reports of the week are due on the Wednesday after it.
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=STOCKHOLM)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(FRIDAY)


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, clock: SetClock) -> AsyncIterator[HostedService]:
    changes = {"checklists": ("malmo", "orebro"), "risk_scale": RiskScale(lowest=1, highest=5)}
    async with valboas_to_look_at(database, nats_url, clock=clock, **changes) as hosted:
        await sit_down(hosted, "bovard_norrangen")
        yield hosted


async def save(intake: HostedService, **fields: str) -> httpx.Response:
    form = {"period": "2026-W47", "checklist": "malmo", "revision": "0", "act": "save"} | fields
    return await intake.http.post("/return", data=form, headers=PAGE)


async def told(intake: HostedService) -> list[PeriodReturned]:
    return [message for message in await intake.tells() if isinstance(message, PeriodReturned)]


async def test_an_empty_return_is_not_taken_and_says_so(intake: HostedService) -> None:
    answer = await save(intake)

    assert answer.status_code == 422
    assert "Periodrapporten är tom" in answer.text


async def test_what_points_out_somebody_is_shown_at_its_own_field_and_kept(intake: HostedService) -> None:
    answer = await save(
        intake,
        **{
            "value-malmo.1-0": "2",
            "value-malmo.2-0": "4",
            "text-malmo.2-0": "Ring 070-123 45 67",
            "assessed-9901R002": "2",
            "assessed_text-9901R002": "Se 850709-9805",
        },
    )

    assert answer.status_code == 422
    assert 'href="#text-malmo.2-0"' in answer.text
    assert 'href="#assessed_text-9901R002"' in answer.text
    assert "Ring 070-123 45 67</textarea>" in answer.text
    assert await told(intake) == []


async def test_all_32_entries_and_every_area_stand_on_one_page_in_their_groups(intake: HostedService) -> None:
    page = await get(intake, "/return")

    assert len(set(re.findall(r'name="value-(malmo\.\d+)-0"', page.text))) == 32
    assert page.text.count('<h2 id="group-') == 4
    assert len(set(re.findall(r'name="assessed-(\w+)"', page.text))) == 3
    assert "Mycket stort problem" in page.text and "Mycket stor påverkan" in page.text
    assert "2026-W47" in page.text


async def test_a_caretaker_goes_through_the_list_and_changes_it_later(intake: HostedService) -> None:
    first = await save(intake, **{"value-malmo.20-0": "3", "area-malmo.20-0": NORRANGEN, "risk_value": "2"})
    receipt = await get(intake, first.headers["Location"])
    page = await get(intake, "/return?period=2026-W47")
    revision = re.search(r'name="revision" value="(\d)"', page.text)
    second = await save(intake, **{"value-malmo.20-0": "4", "area-malmo.20-0": NORRANGEN, "revision": "1"})

    assert (first.status_code, second.status_code) == (303, 303)
    assert "1 av 32 punkter" in receipt.text
    assert revision is not None and revision[1] == "1"
    assert re.search(r'id="value-malmo.20-0-3" name="value-malmo.20-0" value="3" checked', page.text)
    assert [(each.revision, each.answers[0].value, each.risk_value) for each in await told(intake)] == [
        (1, 3, 2),
        (2, 4, None),
    ]


async def test_two_who_fill_the_same_seat_do_not_overwrite_each_other(intake: HostedService) -> None:
    await save(intake, **{"value-malmo.1-0": "3"})

    other = await save(intake, **{"value-malmo.1-0": "5"})

    assert other.status_code == 422
    assert "har ändrats sedan du öppnade den" in other.text
    assert len(await told(intake)) == 1


async def test_an_entry_is_answered_for_one_more_area_without_saving(intake: HostedService) -> None:
    page = await save(intake, **{"value-malmo.1-0": "3", "act": "more:malmo.1"})
    saved = await save(
        intake,
        **{
            "rows-malmo.1": "2",
            "value-malmo.1-0": "3",
            "value-malmo.1-1": "1",
            "area-malmo.1-1": CENTRUM,
        },
    )

    assert page.status_code == 200
    assert 'name="value-malmo.1-1"' in page.text
    assert saved.status_code == 303
    assert [(each.area, each.value) for each in (await told(intake))[0].answers] == [(None, 3), (CENTRUM, 1)]


async def test_nothing_to_report_is_one_tap_and_the_letters_page_has_one_button(
    intake: HostedService,
) -> None:
    page = await get(intake, "/return/nothing?period=2026-W47")
    answer = await intake.http.post("/return/nothing", data={"period": "2026-W47"}, headers=PAGE)
    receipt = await get(intake, answer.headers["Location"])

    assert page.text.split("<main")[1].count("<button") == 1
    assert answer.status_code == 303
    assert "Tack, det är noterat" in receipt.text
    assert [each.nothing_to_report for each in await told(intake)] == [True]


async def test_nothing_is_not_said_after_something(intake: HostedService) -> None:
    await save(intake, **{"value-malmo.1-0": "3"})

    answer = await intake.http.post("/return/nothing", data={"period": "2026-W47"}, headers=PAGE)

    assert answer.status_code == 409
    assert "redan lämnat en periodrapport" in answer.text


async def test_the_last_period_is_asked_for_until_it_is_due_and_a_late_one_is_marked(
    intake: HostedService, clock: SetClock
) -> None:
    clock.advance(timedelta(days=3))
    await sit_down(intake, "bovard_norrangen")
    on_monday = await get(intake, "/return/nothing")
    clock.advance(timedelta(days=3))
    await sit_down(intake, "bovard_norrangen")
    on_thursday = await get(intake, "/return/nothing")
    late = await intake.http.post("/return/nothing", data={"period": "2026-W47"}, headers=PAGE)
    receipt = await get(intake, late.headers["Location"])

    assert 'value="2026-W47"' in on_monday.text
    assert 'value="2026-W48"' in on_thursday.text
    assert "märkt som sen" in receipt.text


@pytest.mark.parametrize("query", ["?period=2026-W48", "?period=x", "?checklist=boras"])
async def test_what_cannot_be_returned_is_not_found(intake: HostedService, query: str) -> None:
    assert (await get(intake, f"/return{query}")).status_code == 404


async def test_the_return_can_be_read_in_english(intake: HostedService) -> None:
    page = await get(intake, "/return?language=en")

    assert "Graffiti, vandalism" in page.text
    assert "Nothing to report" in page.text
    assert "Vilket, vad" not in page.text


async def history_of_the_return(intake: HostedService) -> str:
    """Where the page of the return leads on to."""
    opened = await get(intake, "/return?period=2026-W47&checklist=malmo")
    found = re.search(r'href="(/return/[0-9a-f-]{36}/history)"', opened.text)
    assert found is not None
    return found[1]


async def test_a_revision_is_told_from_what_to_what_and_never_in_words(intake: HostedService) -> None:
    first = {"value-malmo.1-0": "2", "text-malmo.1-0": "Krossade rutor", "value-malmo.2-0": "4"}
    await save(intake, **first)
    await save(intake, revision="1", **{"value-malmo.1-0": "3", "assessed-9901R002": "2", "risk_value": "1"})
    address = await history_of_the_return(intake)

    history = (await get(intake, address)).text
    await sit_down(intake, "faltgruppen")
    others = await get(intake, address)
    await sit_down(intake, "samordnaren")
    coordinators = await get(intake, f"{address}?language=en")

    assert re.findall(r"<strong>(Lämnad|Ändrad)</strong> av Bovärd Norrängen", history) == [
        "Lämnad",
        "Ändrad",
    ]
    assert ": från 2 till 3" in history and ": borttaget, var 4" in history
    assert "samlad bedömning, Norrängen: tillagt, 2" in history and "riskvärde: tillagt, 1" in history
    assert "den förra versionens ord är raderade" in history and "Krossade" not in history
    assert (others.status_code, coordinators.status_code) == (404, 200)
    assert ": from 2 to 3" in coordinators.text


async def test_the_words_of_a_return_are_erased_by_the_seat_itself_and_by_nobody_elses(
    intake: HostedService,
) -> None:
    await save(intake, **{"value-malmo.1-0": "2", "text-malmo.1-0": "Krossade rutor"})
    address = (await history_of_the_return(intake)).replace("/history", "/erasure")
    back = "/return?period=2026-W47&checklist=malmo&erased=true"
    await sit_down(intake, "faltgruppen")
    others = await intake.http.post(address, data={"back": back}, headers=PAGE)
    await sit_down(intake, "bovard_norrangen")
    before = await get(intake, back.removesuffix("&erased=true"))

    own = await intake.http.post(address, data={"back": back}, headers=PAGE)

    after = await get(intake, own.headers["Location"])
    history = await get(intake, address.replace("/erasure", "/history"))
    assert (others.status_code, own.status_code, own.headers["Location"]) == (404, 303, back)
    assert "Krossade rutor</textarea>" in before.text and f'action="{address}"' in before.text
    assert "Krossade" not in after.text and f'action="{address}"' not in after.text
    assert 'name="value-malmo.1-0" value="2" checked' in after.text
    assert "Orden är gallrade för gott" in after.text and "Orden gallrade" in history.text
