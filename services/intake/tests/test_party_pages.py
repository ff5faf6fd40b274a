"""Before the parties meet: counts in a table, who has been heard, and each party's own part."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import httpx
import pytest_asyncio
from valboas_pages import PAGE, get, sit_down, valboas_to_look_at

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import CENTRUM
from est_contracts.messages import CountBlockContributed, CountBlockWithdrawn, ReturnReminded
from est_contracts.vocabulary import STOCKHOLM

FRIDAY = datetime(2026, 11, 20, 12, tzinfo=STOCKHOLM)
WEEK = "2026-W47"


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str) -> AsyncIterator[HostedService]:
    async with valboas_to_look_at(database, nats_url, clock=SetClock(FRIDAY)) as hosted:
        await sit_down(hosted, "kommunpolisen")
        yield hosted


async def post(intake: HostedService, path: str, **fields: Any) -> httpx.Response:
    return await intake.http.post(path, data={"period": WEEK} | fields, headers=PAGE)


def a_row(**changes: str) -> dict[str, str]:
    return {
        "entry": "orebro.1", "area": CENTRUM, "number": "13", "elsewhere": "no", "text": "Några vid torget"
    } | changes  # fmt: skip


async def told(intake: HostedService, kind: type) -> list[Any]:
    return [message for message in await intake.tells() if isinstance(message, kind)]


async def test_a_row_without_a_number_is_shown_with_what_to_do(intake: HostedService) -> None:
    answer = await post(intake, "/counts", act="save", revision="0", **a_row(number="många"))

    assert answer.status_code == 422
    assert 'href="#number-0"' in answer.text and "Ange ett heltal" in answer.text
    assert await told(intake, CountBlockContributed) == []


async def test_a_text_that_points_out_somebody_is_stopped_at_its_row(intake: HostedService) -> None:
    answer = await post(intake, "/counts", act="save", revision="0", **a_row(text="Ring 070-123 45 67"))

    assert answer.status_code == 422
    assert 'href="#text-0"' in answer.text


async def test_the_police_fill_in_change_and_withdraw_their_numbers(intake: HostedService) -> None:
    saved = await post(intake, "/counts", act="save", revision="0", **a_row())
    page = await get(intake, saved.headers["Location"])
    changed = await post(intake, "/counts", act="save", revision="1", **a_row(number="14"))
    stale = await post(intake, "/counts", act="save", revision="1", **a_row(number="15"))
    withdrawn = await post(intake, "/counts", act="withdraw", revision="2")
    anew = await post(intake, "/counts", act="save", revision="0", **a_row(number="3"))

    assert [saved.status_code, changed.status_code, withdrawn.status_code, anew.status_code] == [303] * 4
    assert stale.status_code == 422
    assert "Sifferblocket är registrerat" in page.text and 'value="13"' in page.text
    messages = await told(intake, CountBlockContributed)
    assert [(each.organisation, each.revision, each.counts[0].number) for each in messages] == [
        ("polisen_valboas", 1, 13),
        ("polisen_valboas", 2, 14),
        ("polisen_valboas", 1, 3),
    ]
    assert len(await told(intake, CountBlockWithdrawn)) == 1


async def test_rows_from_a_spreadsheet_are_put_into_the_table_and_nothing_is_stored(
    intake: HostedService,
) -> None:
    pasted = "\n".join(
        "\t".join(cells)
        for cells in (
            ("Punkt", "Område", "Antal", "Offentlig", "Text"),
            ("Skadegörelse", "Valboås centrum", "13", "ja", "Vid torget"),
            ("Våld", "Hamnen", "3", "nej", ""),
        )
    )

    page = await post(intake, "/counts", act="paste", pasted=pasted)

    rows = re.findall(r'<option value="([^"]+)" selected>', page.text)
    assert page.status_code == 200
    assert rows[:2] == ["orebro.1", CENTRUM]
    assert 'value="13"' in page.text and "Vid torget</textarea>" in page.text
    assert await told(intake, CountBlockContributed) == []


async def test_coverage_says_in_words_who_is_awaited_and_reminds_in_one_tap(intake: HostedService) -> None:
    await post(intake, "/counts", act="save", revision="0", **a_row())
    before = await get(intake, "/coverage")
    reminded = await post(intake, "/coverage/reminders", function="faltgruppen", shown=WEEK)
    after = await get(intake, reminded.headers["Location"])
    needless = await post(intake, "/coverage/reminders", function="kommunpolisen", shown=WEEK)

    assert before.text.count('<th scope="col"') >= 9
    assert "väntas" in before.text
    assert reminded.status_code == 303
    assert "Påminnelsen är lämnad till utskick" in after.text
    assert "refused=" in needless.headers["Location"]
    assert [each.function for each in await told(intake, ReturnReminded)] == ["faltgruppen"]


async def test_a_draft_is_its_own_partys_until_it_is_ready(intake: HostedService) -> None:
    text = "Vi ser fler stölder runt torget."
    await post(intake, "/compilation", act="save", text=text, revision="0")
    own = await get(intake, f"/compilation?period={WEEK}")
    await sit_down(intake, "samordnaren")
    others_before = await get(intake, f"/compilation?period={WEEK}&party=police")
    await sit_down(intake, "kommunpolisen")
    ready = await post(intake, "/compilation", act="ready", text=text, revision="1")
    await sit_down(intake, "samordnaren")
    others_after = await get(intake, f"/compilation?period={WEEK}&party=police")

    assert ready.status_code == 303
    assert text in own.text
    assert text not in others_before.text and "Parten är inte klar än" in others_before.text
    assert text in others_after.text and "Klar för avstämning" in others_after.text


async def test_what_is_ready_is_taken_back_before_it_is_changed(intake: HostedService) -> None:
    await post(intake, "/compilation", act="ready", text="Lugnt.", revision="0")

    refused = await post(intake, "/compilation", act="save", text="Inte lugnt.", revision="1")
    await post(intake, "/compilation", act="take-back")
    changed = await post(intake, "/compilation", act="save", text="Inte lugnt.", revision="1")

    assert refused.status_code == 422 and "redan klar för avstämning" in refused.text
    assert changed.status_code == 303


async def test_the_words_of_a_part_are_erased_and_what_is_ready_stays_ready(intake: HostedService) -> None:
    await post(intake, "/compilation", act="ready", text="Lugnt runt torget.", revision="0")

    erased = await post(intake, "/compilation", act="erase")
    page = await get(intake, f"/compilation?period={WEEK}")
    kept = await intake.service.ask(
        lambda cursor: cursor.execute("SELECT text FROM party_compilation_words").fetchall()
    )

    assert (erased.status_code, kept) == (303, [])
    assert "Lugnt runt torget" not in page.text and "Klar för avstämning" in page.text


async def test_a_partys_words_point_out_nobody_and_do_not_overwrite_a_colleagues(
    intake: HostedService,
) -> None:
    personal = await post(intake, "/compilation", act="save", text="Ring 070-123 45 67", revision="0")
    await post(intake, "/compilation", act="save", text="Först", revision="0")
    stale = await post(intake, "/compilation", act="save", text="Sedan", revision="0")

    assert personal.status_code == 422 and "telefonnummer" in personal.text
    assert stale.status_code == 422 and "En kollega har ändrat" in stale.text


async def test_the_numbers_stand_by_theme_and_area_with_what_lies_behind(intake: HostedService) -> None:
    await post(intake, "/counts", act="save", revision="0", **a_row())

    page = await get(intake, f"/compilation?period={WEEK}")
    english = await get(intake, f"/compilation?period={WEEK}&language=en")

    assert re.search(r"<th scope=\"row\">Skadegörelse</th><td><strong>13</strong></td><td>13</td>", page.text)
    assert "Några vid torget" in page.text
    assert "The police&#39;s part" in english.text and "Siffrorna" not in english.text


async def test_only_coordinators_compile_and_only_those_who_lead_see_coverage(intake: HostedService) -> None:
    await sit_down(intake, "bovard_norrangen")

    pages = [await get(intake, path) for path in ("/compilation", "/coverage")]

    assert [each.status_code for each in pages] == [403, 403]


async def test_a_coordinator_erases_the_words_of_a_return_and_only_ones_own_of_a_block(
    intake: HostedService,
) -> None:
    await post(intake, "/counts", act="save", revision="0", **a_row())
    await post(intake, "/counts", act="save", revision="1", **a_row(number="14"))
    await sit_down(intake, "bovard_norrangen")
    answer = {"value-orebro.1-0": "3", "text-orebro.1-0": "Krossade lampor"}
    await post(intake, "/return", checklist="orebro", act="save", **answer)
    await sit_down(intake, "samordnaren")
    housing, police = f"/compilation?period={WEEK}&party=housing", f"/compilation?period={WEEK}&party=police"

    erased = await post(intake, erasures(await get(intake, housing))[0], back=f"{housing}&saved=words-erased")
    others = await get(intake, police)
    await sit_down(intake, "kommunpolisen")
    own = await get(intake, police)
    [block] = erasures(own)
    await sit_down(intake, "samordnaren")
    refused = await post(intake, block, back=police)
    after = await get(intake, erased.headers["Location"])

    assert (erased.status_code, refused.status_code, erasures(others)) == (303, 404, [])
    assert "Några vid torget" in others.text
    assert "Krossade lampor" not in after.text and "Orden är gallrade. Värdena står kvar." in after.text
    assert "Orden är gallrade för gott" in after.text


async def test_the_police_erase_their_words_and_their_numbers_stay_with_their_history(
    intake: HostedService,
) -> None:
    await post(intake, "/counts", act="save", revision="0", **a_row())
    await post(intake, "/counts", act="save", revision="1", **a_row(number="14"))
    [erasure] = erasures(await get(intake, f"/counts?period={WEEK}"))

    erased = await post(intake, erasure, back=f"/counts?period={WEEK}&saved=words-erased")

    page = await get(intake, erased.headers["Location"])
    compiled = await get(intake, f"/compilation?period={WEEK}")
    history = await get(intake, erasure.replace("/erasure", "/history"))
    assert "Orden är gallrade för gott" in page.text
    assert "Några vid torget" not in page.text + compiled.text and 'value="14"' in page.text
    assert "Orden är gallrade. Siffrorna står kvar." in compiled.text
    assert "Skadegörelse, Valboås centrum: från 13 till 14" in history.text
    assert "den förra versionens ord är raderade" in history.text and "Orden gallrade" in history.text
    await sit_down(intake, "bovard_norrangen")
    assert (await get(intake, erasure.replace("/erasure", "/history"))).status_code == 404


def erasures(page: httpx.Response) -> list[str]:
    """Where the page lets words be erased: of returns and of blocks."""
    return re.findall(r'action="(/(?:return|counts)/[0-9a-f-]{36}/erasure)"', page.text)
