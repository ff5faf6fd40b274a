"""A municipality sets up how it works together, and everyone may read the checklists."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest_asyncio
from valboas_reports import key, report, set_up, submit, told_fields, valboas_at_work, without_areas

from est_chassis.clock import SetClock, SystemClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase, Homes, fresh_database
from est_contracts.example_collaboration import NORRANGEN, example_collaboration
from est_contracts.messages import (
    CollaborationSetUp,
)
from est_contracts.vocabulary import Checklist
from est_intake.domain.collaboration import Collaboration
from est_intake.service import BESIDE_TABLES, build
from est_intake.settings import IntakeSettings


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        yield hosted


async def test_a_collaboration_is_set_up_read_and_amended(intake: HostedService) -> None:
    amended = await set_up(intake, alert_minutes=5)
    unchanged = await set_up(intake, alert_minutes=5)
    await intake.settled()
    read = await intake.http.get("/v1/municipalities/9901/collaboration", headers=key("reporter"))

    assert [amended.headers["ETag"], unchanged.headers["ETag"], read.headers["ETag"]] == ['"2"'] * 3
    assert read.json()["alert_minutes"] == 5
    versions = [told.version for told in await intake.tells() if isinstance(told, CollaborationSetUp)]
    assert versions == [1, 2]


async def test_a_collaboration_changed_meanwhile_is_not_overwritten(intake: HostedService) -> None:
    await set_up(intake, alert_minutes=5)

    answer = await intake.http.put(
        "/v1/municipalities/9901/collaboration",
        content=example_collaboration().model_copy(update={"alert_minutes": 7}).model_dump_json(),
        headers=key("operator") | {"Content-Type": "application/json", "If-Match": '"1"'},
    )

    assert answer.status_code == 412


async def test_a_set_up_too_large_to_be_told_is_refused_and_what_comes_after_it_is_told(
    intake: HostedService,
) -> None:
    document = example_collaboration()
    winding = tuple((17.1 + step / 333_333, 59.12345678901234) for step in range(27_000))
    area = document.areas[0].model_copy(update={"polygon": ((*winding, winding[0]),)})
    address, headers = "/v1/municipalities/9901/collaboration", key("operator")

    too_large = await intake.http.put(
        address,
        content=document.model_copy(update={"areas": (area, *document.areas[1:])}).model_dump_json(),
        headers=headers | {"Content-Type": "application/json"},
    )
    after = await set_up(intake, alert_minutes=5)
    versions = [told.version for told in await intake.tells() if isinstance(told, CollaborationSetUp)]

    assert (too_large.status_code, too_large.json()["type"]) == (413, "urn:est:problem:too_large")
    assert "kB" in too_large.json()["detail"]
    assert (after.status_code, after.headers["ETag"], versions) == (200, '"2"', [1, 2])


async def test_what_one_log_says_of_a_municipality_is_not_taken_for_what_another_says(
    intake: HostedService, homes: Homes
) -> None:
    met = await intake.service.do(lambda app: app.set_ups.set_up_of("9901"))
    with fresh_database(homes) as empty:
        url = empty.prepare("intake", beside_tables=BESIDE_TABLES)
        settings = IntakeSettings(
            database_url=url,
            nats_url=intake.service.settings.nats_url,
            session_secret=intake.service.settings.session_secret,
        )
        other = build(settings)
        other.store.open()
        with other.store.unit_of_work() as work:
            unmet = other._application(work, other.clock).set_ups.set_up_of("9901")
        other.store.close()

    assert (met is not None, unmet) == (True, None)


async def test_a_report_is_judged_by_the_set_up_of_the_moment(intake: HostedService) -> None:
    await submit(intake, report())
    fewer = tuple(area for area in example_collaboration().areas if area.area_id != NORRANGEN)

    await set_up(intake, areas=fewer, functions=without_areas())
    answer = await submit(intake, report())

    assert told_fields(answer) == ["area"]


async def test_operators_set_up_coordinators_change_and_only_members_read(intake: HostedService) -> None:
    address = "/v1/municipalities/9901/collaboration"
    document = {**example_collaboration().model_dump(mode="json"), "alert_minutes": 5}

    by_reporter = await intake.http.put(address, json=document, headers=key("reporter"))
    by_coordinator = await intake.http.put(address, json=document, headers=key("coordinator"))
    of_another = await intake.http.put(address, json=document, headers=key("elsewhere"))
    read_elsewhere = await intake.http.get(address, headers=key("elsewhere"))
    absent = await intake.http.get("/v1/municipalities/1281/collaboration", headers=key("operator"))
    wrong = await intake.http.put(
        "/v1/municipalities/1281/collaboration", json=document, headers=key("operator")
    )

    assert [each.status_code for each in (by_reporter, by_coordinator, of_another)] == [403, 200, 404]
    assert [each.status_code for each in (read_elsewhere, absent, wrong)] == [404, 404, 422]


async def test_that_a_municipality_takes_part_at_all_is_set_up_by_an_operator(intake: HostedService) -> None:
    malmo = template_like("1280")
    address = "/v1/municipalities/1280/collaboration"

    by_its_coordinator = await intake.http.put(address, json=malmo, headers=key("elsewhere"))
    by_the_operator = await intake.http.put(address, json=malmo, headers=key("operator"))
    afterwards = await intake.http.put(address, json={**malmo, "alert_minutes": 5}, headers=key("elsewhere"))

    assert [each.status_code for each in (by_its_coordinator, by_the_operator, afterwards)] == [422, 201, 200]


async def test_what_a_document_would_change_is_told_and_nothing_is_recorded(intake: HostedService) -> None:
    fewer = tuple(area for area in example_collaboration().areas if area.area_id != NORRANGEN)
    document = example_collaboration().model_copy(
        update={"areas": fewer, "functions": without_areas(), "alert_minutes": 7}
    )

    told = await intake.http.post(
        "/v1/municipalities/9901/collaboration:check",
        json=document.model_dump(mode="json"),
        headers=key("coordinator"),
    )
    await intake.settled()
    read = await intake.http.get("/v1/municipalities/9901/collaboration", headers=key("coordinator"))

    found = {(each["kind"], each["part"], each["key"]) for each in told.json()["changes"]}
    assert told.json()["version"] == 1
    assert found == {
        ("changed", "basics", None),
        ("removed", "areas", NORRANGEN),
        ("changed", "functions", "bovard_norrangen"),
    }
    assert read.headers["ETag"] == '"1"'


async def test_who_set_up_each_version_is_told(intake: HostedService) -> None:
    address = "/v1/municipalities/9901/collaboration"
    changed = {**example_collaboration().model_dump(mode="json"), "alert_minutes": 5}
    await intake.http.put(address, json=changed, headers=key("coordinator"))
    await intake.settled()

    told = await intake.http.get(f"{address}/versions", headers=key("reporter"))
    elsewhere = await intake.http.get(f"{address}/versions", headers=key("elsewhere"))

    assert [(each["version"], each["by_function"]) for each in told.json()["versions"]] == [
        (2, "samordnaren"),
        (1, None),
    ]
    assert elsewhere.status_code == 404


async def test_the_set_up_of_an_earlier_moment_can_be_read(intake: HostedService) -> None:
    address = "/v1/municipalities/9901/collaboration"
    await intake.settled()
    first = (await intake.http.get(f"{address}/versions", headers=key("reporter"))).json()["versions"][0]
    await set_up(intake, alert_minutes=5)
    await intake.settled()

    then = await intake.http.get(address, params={"as_of": first["recorded_at"]}, headers=key("reporter"))
    before = await intake.http.get(address, params={"as_of": "2020-01-01T00:00:00Z"}, headers=key("reporter"))

    assert (then.headers["ETag"], then.json()["alert_minutes"]) == ('"1"', 15)
    assert before.status_code == 404


async def test_an_entry_that_would_break_its_series_is_refused_at_its_field(intake: HostedService) -> None:
    await set_up(intake, checklists=("egen",), own_checklists=(own_checklist(theme="drugs"),))

    refused = await set_up(intake, checklists=("egen",), own_checklists=(own_checklist(theme="fire"),))

    assert refused.status_code == 422
    assert refused.json()["type"] == "urn:est:problem:entry_means_something_else"
    assert told_fields(refused) == ["own_checklists.0.entries.0.theme"]


async def test_checklists_are_open_to_everyone(intake: HostedService) -> None:
    known = await intake.http.get("/v1/checklists/orebro")
    unknown = await intake.http.get("/v1/checklists/nowhere")

    assert (known.status_code, unknown.status_code) == (200, 404)
    assert known.json()["entries"][0]["entry_id"] == "orebro.1"


async def test_what_another_replica_set_up_is_in_force_a_second_later(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    clock = SetClock(SystemClock().now())
    async with valboas_at_work(database, nats_url, tmp_path, clock=clock) as hosted:
        await submit(hosted, report())
        amended_elsewhere(hosted, areas=(), functions=without_areas())

        at_once = await submit(hosted, report())
        clock.advance(timedelta(seconds=1))
        later = await submit(hosted, report())

    assert (at_once.status_code, later.status_code) == (201, 422)


def template_like(municipality: str) -> dict[str, object]:
    """Valboås again, under the code of another municipality and without its areas."""
    functions = [
        {**each, "area_ids": []} for each in example_collaboration().model_dump(mode="json")["functions"]
    ]
    return {
        **example_collaboration().model_dump(mode="json"),
        "municipality": municipality,
        "areas": [],
        "functions": functions,
    }


def own_checklist(*, theme: str) -> Checklist:
    return Checklist.model_validate(
        {
            "checklist_id": "egen",
            "version": 1,
            "title": {"sv": "Vår egen", "en": "Our own"},
            "entries": [
                {
                    "entry_id": "egen.1",
                    "words": {"sv": "Det vi frågar om", "en": "What we ask"},
                    "polarity": "negative",
                    "scope": "place",
                    "tense": "occurred",
                    "scale": None,
                    "theme": theme,
                }
            ],
        }
    )


def amended_elsewhere(hosted: HostedService, **changes: object) -> None:
    """As a second intake on the same database would do it."""
    with hosted.service.store.unit_of_work() as work:
        collaboration = work.get(Collaboration, Collaboration.create_id("9901"))
        collaboration.amend(collaboration.document.model_copy(update=changes))
        work.save(collaboration)
