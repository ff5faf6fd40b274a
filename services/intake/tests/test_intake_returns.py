"""Returns, blocks of counts and coverage at the doors of programs, with real servers behind."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from valboas_reports import key, report, set_up, submit, told_fields, valboas_at_work

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import CENTRUM, NORRANGEN
from est_contracts.messages import CountBlockContributed, CountBlockWithdrawn, PeriodReturned
from est_contracts.vocabulary import STOCKHOLM, Party, Theme

#: A Friday; reports of the week are due on the Wednesday after it.
CLOCK_AT = datetime(2026, 11, 20, 12, tzinfo=STOCKHOLM)
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def clock() -> SetClock:
    return SetClock(CLOCK_AT)


@pytest_asyncio.fixture
async def intake(
    database: FreshDatabase, nats_url: str, tmp_path: Path, clock: SetClock
) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path, clock=clock) as hosted:
        yield hosted


def vandalism(**changes: Any) -> dict[str, Any]:
    answer = {
        "checklist_entry": "orebro.1",
        "area": NORRANGEN,
        "value": 3,
        "text": "Cykelgaraget och skolan",
        "measures": "Rutorna är bytta",
    }
    assessment = {"area": NORRANGEN, "value": 2, "text": "Lugnare än förra veckan"}
    return {"checklist": "orebro", "answers": [answer], "area_assessments": [assessment]} | changes


async def hand_in(
    intake: HostedService, body: object, *, by: str = "neighbour", period: str = "2026-W47"
) -> httpx.Response:
    return await intake.http.put(f"/v1/returns/{period}", json=body, headers=key(by))


async def read(intake: HostedService, *, by: str = "neighbour", query: str = "") -> httpx.Response:
    return await intake.http.get(f"/v1/returns/2026-W47{query}", headers=key(by))


async def coverage(intake: HostedService, period: str = "2026-W47") -> dict[str, dict[str, Any]]:
    await intake.settled()
    answer = await intake.http.get(
        f"/v1/municipalities/9901/periods/{period}/coverage", headers=key("coordinator")
    )
    return {each["function"]: each for each in answer.json()["functions"]}


async def counts(intake: HostedService, *, by: str = "coordinator") -> Any:
    await intake.settled()
    answer = await intake.http.get("/v1/municipalities/9901/periods/2026-W47/counts", headers=key(by))
    assert answer.status_code == 200
    return answer.json()


async def test_who_has_been_heard_is_for_those_who_see_it_on_the_page(intake: HostedService) -> None:
    address = "/v1/municipalities/9901/periods/2026-W47/coverage"
    await intake.settled()

    answers = {
        name: (await intake.http.get(address, headers=key(name))).status_code
        for name in ("coordinator", "strategist", "operator", "reporter", "duty")
    }

    assert answers == {"coordinator": 200, "strategist": 200, "operator": 200, "reporter": 403, "duty": 403}


async def test_a_return_that_is_empty_is_refused_and_nothing_is_recorded(intake: HostedService) -> None:
    answer = await hand_in(intake, {"checklist": "orebro"})

    assert (answer.status_code, told_fields(answer)) == (422, ["answers"])
    assert (await read(intake)).json() == {"returns": []}


async def test_nothing_to_report_does_not_take_the_place_of_a_return(intake: HostedService) -> None:
    await hand_in(intake, vandalism())

    answer = await hand_in(intake, {"nothing_to_report": True})

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:est:problem:something_has_been_returned")


async def test_a_revision_of_an_older_reading_is_refused(intake: HostedService) -> None:
    await hand_in(intake, vandalism())
    await hand_in(intake, vandalism(risk_value=None, area_assessments=[]))

    answer = await hand_in(intake, vandalism(from_revision=1, area_assessments=[]) | {"answers": [
        {"checklist_entry": "orebro.2", "value": 5}
    ]})  # fmt: skip

    assert answer.status_code == 412


async def test_a_return_is_recorded_once_revised_and_told_without_its_words(intake: HostedService) -> None:
    first = await hand_in(intake, vandalism())
    again = await hand_in(intake, vandalism())
    other_words = vandalism()
    other_words["answers"][0]["text"] = "Bara cykelgaraget"
    revised = await hand_in(intake, other_words)

    assert [first.status_code, again.status_code, revised.status_code] == [201, 200, 200]
    assert [each.json()["revision"] for each in (first, again, revised)] == [1, 1, 2]
    assert [each.json()["repeated"] for each in (first, again, revised)] == [False, True, False]
    told = [message for message in await intake.tells() if isinstance(message, PeriodReturned)]
    assert [(each.revision, each.party, each.function) for each in told] == [
        (1, Party.HOUSING, "bovard_norrangen"),
        (2, Party.HOUSING, "bovard_norrangen"),
    ]
    answer = told[0].answers[0]
    assert (answer.theme, answer.value, answer.has_text, answer.has_measures) == (
        Theme.VANDALISM, 3, True, True
    )  # fmt: skip
    assert "ykelgaraget" not in "".join(each.model_dump_json() for each in told)


async def test_words_are_for_the_function_itself_and_for_coordinators(intake: HostedService) -> None:
    await hand_in(intake, vandalism())
    whose = "?function=bovard_norrangen"

    own = (await read(intake)).json()["returns"][0]
    coordinators = (await read(intake, by="coordinator", query=whose)).json()["returns"][0]
    operators = (await read(intake, by="operator", query=f"{whose}&municipality=9901")).json()["returns"][0]
    strangers = await read(intake, by="reporter", query=whose)

    assert own == coordinators
    assert (own["answers"][0]["text"], own["area_assessments"][0]["text"]) == (
        "Cykelgaraget och skolan",
        "Lugnare än förra veckan",
    )
    assert operators["answers"][0]["value"] == 3
    assert operators["answers"][0]["text"] is None
    assert strangers.status_code == 404


async def test_words_of_an_earlier_revision_are_not_kept_and_erased_ones_are_gone(
    intake: HostedService,
) -> None:
    receipt = (await hand_in(intake, vandalism())).json()
    await hand_in(intake, vandalism(area_assessments=[]))
    kept = await words_kept(intake)

    refused = await intake.http.delete(f"/v1/returns/{receipt['return_id']}/text", headers=key("reporter"))
    erased = await intake.http.delete(f"/v1/returns/{receipt['return_id']}/text", headers=key("neighbour"))

    assert kept == ["Cykelgaraget och skolan"]
    assert (refused.status_code, erased.status_code) == (404, 200)
    assert await words_kept(intake) == []
    assert (await read(intake)).json()["returns"][0]["answers"][0]["text"] is None


async def words_kept(intake: HostedService) -> list[str]:
    return await intake.service.ask(
        lambda cursor: [row["text"] for row in cursor.execute("SELECT text FROM return_words").fetchall()]
    )


async def test_a_late_return_is_taken_and_marked(intake: HostedService, clock: SetClock) -> None:
    clock.advance(timedelta(days=5))

    answer = await hand_in(intake, {"nothing_to_report": True})

    assert (answer.status_code, answer.json()["is_late"]) == (201, True)
    heard = (await coverage(intake))["bovard_norrangen"]
    assert (heard["heard"], heard["is_late"]) == ("nothing", True)


async def test_coverage_tells_calm_from_silence(intake: HostedService, clock: SetClock) -> None:
    await submit(intake, report(happened_at=(CLOCK_AT - timedelta(hours=2)).isoformat()))
    await hand_in(intake, {"nothing_to_report": True})

    before = {function: each["heard"] for function, each in (await coverage(intake)).items()}
    clock.advance(timedelta(days=6))
    after = {function: each["heard"] for function, each in (await coverage(intake)).items()}

    assert before == {
        "samordnaren": "awaited",
        "faltgruppen": "reported",
        "kommunpolisen": "awaited",
        "bosocial_utvecklare": "awaited",
        "bovard_norrangen": "nothing",
    }
    assert after == {each: "missing" if heard == "awaited" else heard for each, heard in before.items()}


async def test_whoever_says_something_has_more_than_nothing_to_report(intake: HostedService) -> None:
    await hand_in(intake, {"nothing_to_report": True})
    await hand_in(intake, vandalism())

    heard = (await coverage(intake))["bovard_norrangen"]

    assert (heard["heard"], heard["has_returned"]) == ("reported", True)


async def test_a_withdrawn_report_leaves_silence_behind(intake: HostedService) -> None:
    sent = report(happened_at=(CLOCK_AT - timedelta(hours=2)).isoformat())
    await submit(intake, sent)

    await intake.http.put(
        f"/v1/reports/{sent['report_id']}/withdrawal", json={"reason": "mistake"}, headers=key("reporter")
    )

    assert (await coverage(intake))["faltgruppen"]["heard"] == "awaited"
    assert (await counts(intake))["number"] == 0


async def test_a_corrected_report_counts_where_it_belongs_and_a_duplicate_nowhere(
    intake: HostedService,
) -> None:
    at = (CLOCK_AT - timedelta(hours=2)).isoformat()
    first, second = report(happened_at=at), report(happened_at=at)
    await submit(intake, first)
    await submit(intake, second)

    corrected = await intake.http.put(
        f"/v1/reports/{first['report_id']}",
        json={"area": CENTRUM, "checklist_entry": "orebro.2", "happened_at": at},
        headers=key("reporter") | {"If-Match": '"1"'},
    )
    duplicate = await intake.http.put(
        f"/v1/reports/{second['report_id']}/duplicate",
        json={"duplicate_of": first["report_id"]},
        headers=key("coordinator"),
    )
    without = await counts(intake)
    await intake.http.delete(f"/v1/reports/{second['report_id']}/duplicate", headers=key("coordinator"))

    assert (corrected.status_code, duplicate.status_code) == (200, 204)
    [municipality] = without["organisations"]
    assert [(each["area"], each["checklist_entry"], each["number"]) for each in municipality["counts"]] == [
        (CENTRUM, "orebro.2", 1)
    ]
    assert (await counts(intake))["number"] == 2


THEFTS = {
    "period": "2026-W47",
    "counts": [
        {"checklist_entry": "orebro.1", "number": 3, "area": CENTRUM, "text": "Två vid torget"},
        {"checklist_entry": "orebro.1", "number": 2, "area": CENTRUM, "in_public": False},
    ],
    "text": "Godkänt av kommunpolisen",
}


async def contribute(
    intake: HostedService, body: object, *, block: str, by: str = "operator"
) -> httpx.Response:
    query = "?municipality=9901" if by == "operator" else ""
    return await intake.http.put(f"/v1/count-blocks/{block}{query}", json=body, headers=key(by))


async def test_counts_stand_under_the_organisation_that_answers_for_them(intake: HostedService) -> None:
    block = str(uuid4())
    await submit(intake, report(happened_at=(CLOCK_AT - timedelta(hours=2)).isoformat(), area=CENTRUM))

    first = await contribute(intake, THEFTS | {"function": "kommunpolisen"}, block=block)
    again = await contribute(intake, THEFTS | {"function": "kommunpolisen"}, block=block)

    assert [first.status_code, again.status_code] == [201, 200]
    told = await counts(intake)
    assert told["number"] == 6
    assert {
        each["organisation"]: (each["reports"], each["contributed"]) for each in told["organisations"]
    } == {
        "valboas_kommun": (1, 0),
        "polisen_valboas": (0, 5),
    }
    [police] = [each for each in told["organisations"] if each["organisation"] == "polisen_valboas"]
    assert [(each["in_public"], each["number"]) for each in police["counts"]] == [(False, 2), (True, 3)]
    messages = [each for each in await intake.tells() if isinstance(each, CountBlockContributed)]
    assert [(each.party, each.organisation, len(each.counts)) for each in messages] == [
        (Party.POLICE, "polisen_valboas", 2)
    ]
    assert "torget" not in messages[0].model_dump_json()


async def test_revised_counts_replace_what_was_told_and_withdrawn_ones_are_gone(
    intake: HostedService,
) -> None:
    block = str(uuid4())
    await contribute(intake, THEFTS | {"function": "kommunpolisen"}, block=block)
    fewer = THEFTS | {"function": "kommunpolisen", "counts": THEFTS["counts"][:1]}

    revised = await contribute(intake, fewer, block=block)
    number_revised = (await counts(intake))["number"]
    read_back = await intake.http.get(f"/v1/count-blocks/{block}", headers=key("coordinator"))
    withdrawn = await intake.http.put(
        f"/v1/count-blocks/{block}/withdrawal?municipality=9901", headers=key("operator")
    )

    assert (revised.json()["revision"], number_revised) == (2, 3)
    assert (read_back.json()["text"], read_back.json()["counts"][0]["text"]) == (
        "Godkänt av kommunpolisen",
        "Två vid torget",
    )
    assert withdrawn.status_code == 200
    assert (await counts(intake))["number"] == 0
    assert [type(each) for each in await intake.tells()][-1] is CountBlockWithdrawn
    assert (await coverage(intake))["kommunpolisen"]["heard"] == "awaited"


async def test_nobody_withdraws_what_another_organisation_answers_for(intake: HostedService) -> None:
    block = str(uuid4())
    await contribute(intake, THEFTS | {"function": "kommunpolisen"}, block=block)

    answer = await intake.http.put(f"/v1/count-blocks/{block}/withdrawal", headers=key("coordinator"))
    unknown = await intake.http.get(f"/v1/count-blocks/{uuid4()}", headers=key("coordinator"))

    assert (answer.status_code, unknown.status_code) == (404, 404)


async def test_words_of_counts_are_not_for_operators(intake: HostedService) -> None:
    block = str(uuid4())
    await contribute(intake, THEFTS | {"function": "kommunpolisen"}, block=block)

    seen = await intake.http.get(f"/v1/count-blocks/{block}?municipality=9901", headers=key("operator"))

    told = seen.json()
    assert (seen.status_code, len(told["counts"])) == (200, 2)
    assert [told["text"], *(each["text"] for each in told["counts"])] == [None, None, None]


async def test_a_block_and_a_report_with_the_same_id_do_not_meet(intake: HostedService) -> None:
    sent = report(happened_at=(CLOCK_AT - timedelta(hours=2)).isoformat())
    await submit(intake, sent)

    await contribute(intake, THEFTS | {"function": "kommunpolisen"}, block=sent["report_id"])

    assert (await counts(intake))["number"] == 6


async def test_counts_and_coverage_of_a_period_that_is_none_are_not_found(intake: HostedService) -> None:
    address = "/v1/municipalities/{}/periods/{}/counts"

    other_rhythm = await intake.http.get(address.format("9901", "2026-W46-W47"), headers=key("coordinator"))
    elsewhere = await intake.http.get(address.format("9901", "2026-W47"), headers=key("elsewhere"))

    assert (other_rhythm.status_code, elsewhere.status_code) == (404, 404)


async def test_fourteen_days_are_one_period_to_return_and_to_count(intake: HostedService) -> None:
    await set_up(intake, period_days=14)

    answer = await hand_in(intake, {"nothing_to_report": True}, period="2026-W46-W47")

    assert answer.status_code == 201
    assert (await coverage(intake, "2026-W46-W47"))["bovard_norrangen"]["heard"] == "nothing"


async def test_read_models_of_returns_and_counts_are_the_same_after_a_replay(intake: HostedService) -> None:
    block = str(uuid4())
    await submit(intake, report(happened_at=(CLOCK_AT - timedelta(hours=2)).isoformat()))
    await hand_in(intake, vandalism())
    await hand_in(intake, vandalism(area_assessments=[]))
    await contribute(intake, THEFTS | {"function": "kommunpolisen"}, block=block)
    await contribute(intake, THEFTS | {"function": "kommunpolisen", "text": None}, block=block)
    before = await everything(intake)

    async for _step in intake.service.rebuild(["coverage_v1", "contributed_counts_v1", "period_returns_v1"]):
        pass

    assert await everything(intake) == before
    assert len(before) > 4


async def everything(intake: HostedService) -> list[Any]:
    await intake.settled()
    tables = ("coverage_v1", "contributed_counts_v1", "period_returns_v1")
    return await intake.service.ask(
        lambda cursor: [
            tuple(row.values())
            for table in tables
            for row in cursor.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4").fetchall()
        ]
    )
