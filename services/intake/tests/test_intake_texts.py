"""A writer's screen asks what the guard sees: told where, never what, and nothing is kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from valboas_reports import key, set_up, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.vocabulary import NamedPlace
from est_intake.api.texts import FOR_ONE_ADDRESS

ADDRESS = "/v1/texts:check"
TELLING = "Johan Andersson på Storgatan 12, 070-174 06 05, bil DUM 123."


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        yield hosted


async def test_a_clean_text_may_be_recorded(intake: HostedService) -> None:
    answer = await intake.http.post(ADDRESS, json={"text": "Krossade rutor."}, headers=key("reporter"))

    assert (answer.status_code, answer.json()) == (200, {"may_be_recorded": True, "passages": []})


async def test_every_passage_says_what_it_is_where_it_stands_and_whether_it_must_go(
    intake: HostedService,
) -> None:
    answer = await intake.http.post(ADDRESS, json={"text": TELLING}, headers=key("reporter"))

    told = answer.json()
    assert told["may_be_recorded"] is False
    assert [
        (each["finding"], each["refused"], TELLING[each["begin"] : each["end"]]) for each in told["passages"]
    ] == [
        ("person_name", False, "Johan Andersson"),
        ("house_number", True, "12"),
        ("phone_number", True, "070-174 06 05"),
        ("registration_plate", False, "DUM 123"),
    ]
    assert all(each["words"]["sv"] and each["words"]["en"] for each in told["passages"])


async def test_what_was_written_is_not_in_the_answer_and_not_in_what_is_printed(
    intake: HostedService, capfd: pytest.CaptureFixture[str]
) -> None:
    answers = [
        await intake.http.post(ADDRESS, json={"text": TELLING}, headers=key("reporter")),
        await intake.http.post(ADDRESS, json={"text": TELLING * 100}, headers=key("reporter")),
        await intake.http.post(ADDRESS, json={"text": TELLING, "more": TELLING}, headers=key("reporter")),
    ]

    printed = "".join(capfd.readouterr())
    assert [answer.status_code for answer in answers] == [200, 422, 422]
    for found in ("Andersson", "Storgatan", "070-174 06 05", "DUM 123"):
        assert found not in printed
        assert [answer for answer in answers if found in answer.text] == []


async def test_nothing_is_recorded_of_a_text_that_is_only_looked_at(intake: HostedService) -> None:
    before = intake.service.store.last_position()

    await intake.http.post(ADDRESS, json={"text": TELLING}, headers=key("reporter"))

    assert intake.service.store.last_position() == before


async def test_a_name_that_a_place_of_the_municipality_bears_is_not_asked_about(
    intake: HostedService,
) -> None:
    text = {"text": "Det brann vid Anna Larsson igen."}
    before = await intake.http.post(ADDRESS, json=text, headers=key("reporter"))
    place = NamedPlace(place_id="anna_larsson", name="Anna Larsson", area_id=NORRANGEN)

    await set_up(intake, places=(*example_collaboration().places, place))
    await intake.settled()
    after = await intake.http.post(ADDRESS, json=text, headers=key("reporter"))

    assert [each["finding"] for each in before.json()["passages"]] == ["person_name"]
    assert after.json()["passages"] == []


async def test_anybody_may_ask_but_not_without_end(intake: HostedService) -> None:
    allowed = int(FOR_ONE_ADDRESS.partition("/")[0])

    answers = [await intake.http.post(ADDRESS, json={"text": "Lugnt."}) for _ask in range(allowed + 1)]

    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert (answers[-1].status_code, "Retry-After" in answers[-1].headers) == (429, True)


async def test_somebody_known_is_counted_apart_from_the_public(intake: HostedService) -> None:
    for _ask in range(int(FOR_ONE_ADDRESS.partition("/")[0]) + 1):
        await intake.http.post(ADDRESS, json={"text": "Lugnt."})

    answer = await intake.http.post(ADDRESS, json={"text": "Lugnt."}, headers=key("coordinator"))

    assert answer.status_code == 200
