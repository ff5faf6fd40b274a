"""Nobody makes their own seat more than it may be: not the operator's, and not another party's."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from valboas_people import bound, link_to, seated
from valboas_reports import key, report, submit, told_fields, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import example_collaboration
from est_intake.domain.collaboration import Collaboration

ADDRESS = "/v1/municipalities/9901/collaboration"
SAMORDNAREN, FALTGRUPPEN, KOMMUNPOLISEN, BOSOCIAL, BOVARD = 0, 1, 2, 3, 4


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        await hosted.settled()
        yield hosted


def written() -> dict[str, Any]:
    return example_collaboration().model_dump(mode="json")


def with_seat(place: int, **changes: Any) -> dict[str, Any]:
    document = written()
    document["functions"][place] |= changes
    return document


async def put(
    intake: HostedService, document: dict[str, Any], *, by: str = "coordinator", act: str = ""
) -> httpx.Response:
    send = intake.http.post if act else intake.http.put
    return await send(ADDRESS + act, json=document, headers=key(by))


def recorded_before_it_was_refused(intake: HostedService, document: dict[str, Any]) -> None:
    """A document that an earlier version of ours let through."""
    with intake.service.store.unit_of_work() as work:
        collaboration = work.get(Collaboration, Collaboration.create_id("9901"))
        collaboration._amended(municipality="9901", document=document)
        work.save(collaboration)


@pytest.mark.parametrize("role", ["operator", "public"])
@pytest.mark.parametrize("by", ["coordinator", "operator"])
async def test_no_seat_is_given_the_role_of_whoever_runs_the_house_or_of_the_public(
    intake: HostedService, by: str, role: str
) -> None:
    raised = with_seat(FALTGRUPPEN, roles=["reporter", role])

    refused, checked = await put(intake, raised, by=by), await put(intake, raised, by=by, act=":check")

    assert (refused.status_code, checked.status_code) == (422, 422)
    assert told_fields(refused) == told_fields(checked) == ["functions.1.roles.1"]


async def test_a_municipality_does_not_begin_with_such_a_seat(intake: HostedService) -> None:
    document = {
        **with_seat(FALTGRUPPEN, roles=["operator"], area_ids=[]),
        "municipality": "1280",
        "areas": [],
    }
    document["functions"][BOVARD]["area_ids"] = []

    refused = await intake.http.put(
        "/v1/municipalities/1280/collaboration", json=document, headers=key("operator")
    )

    assert told_fields(refused) == ["functions.1.roles.0"]


async def test_a_seat_that_was_once_recorded_as_the_operators_opens_nothing_of_the_operators(
    intake: HostedService,
) -> None:
    recorded_before_it_was_refused(intake, with_seat(FALTGRUPPEN, roles=["reporter", "operator"]))
    await intake.settled()
    phone, _answer = await bound(intake, await link_to(seated(intake, "samordnaren"), "faltgruppen"))

    answers = [
        (await phone.get("/operator/status")).status_code,
        (await phone.get("/operator/dead-letters")).status_code,
        (await phone.post("/operator/rebuilds", json={})).status_code,
    ]

    assert answers == [403, 403, 403]
    assert (await phone.get("/report")).status_code == 200
    assert (await intake.http.get(ADDRESS, headers=key("reporter"))).status_code == 200


def without_seat(name: str) -> dict[str, Any]:
    document = written()
    document["functions"] = [each for each in document["functions"] if each["function_id"] != name]
    return document


def with_new_seat(organisation: str, *roles: str) -> dict[str, Any]:
    document = written()
    seat = {"function_id": "den_nya", "title": "Den nya", "organisation_id": organisation}
    document["functions"].append(seat | {"roles": list(roles)})
    return document


def with_party(place: int, party: str) -> dict[str, Any]:
    document = written()
    document["organisations"][place]["party"] = party
    return document


@pytest.mark.parametrize(
    ("document", "at"),
    [
        pytest.param(
            with_seat(SAMORDNAREN, organisation_id="polisen_valboas"),
            "functions.0.organisation_id",
            id="one's own seat moves to the police",
        ),
        pytest.param(
            with_seat(KOMMUNPOLISEN, organisation_id="valboas_kommun"),
            "functions.2.organisation_id",
            id="the seat of the police moves to oneself",
        ),
        pytest.param(
            with_seat(BOVARD, roles=["reporter", "coordinator"]),
            "functions.4.roles",
            id="a reporter of the housing company becomes its coordinator",
        ),
        pytest.param(
            with_seat(BOSOCIAL, roles=["reporter"]),
            "functions.3.roles",
            id="a coordinator of the housing company becomes its reporter",
        ),
        pytest.param(
            with_new_seat("polisen_valboas", "coordinator"),
            "functions.8.roles",
            id="the police get another coordinator",
        ),
        pytest.param(without_seat("kommunpolisen"), "functions", id="the police lose their coordinator"),
        pytest.param(
            with_party(0, "police"), "organisations.0.party", id="one's own organisation becomes the police"
        ),
        pytest.param(
            with_party(1, "municipality"), "organisations.1.party", id="the police become the municipality"
        ),
        pytest.param(written() | {"signed_by": ["municipality"]}, "signed_by", id="the others sign no more"),
        pytest.param(
            written() | {"organisation_model": "C"}, "organisation_model", id="one comes to sign for all"
        ),
    ],
)
async def test_a_coordinator_comes_to_speak_for_no_other_party_and_silences_none(
    intake: HostedService, document: dict[str, Any], at: str
) -> None:
    refused, checked = await put(intake, document), await put(intake, document, act=":check")

    assert (refused.status_code, checked.status_code) == (422, 422), refused.text
    assert at in told_fields(refused)
    assert told_fields(refused) == told_fields(checked)
    assert (await put(intake, document, by="operator")).status_code == 200


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(with_new_seat("valboas_kommun", "coordinator", "strategist"), id="a seat of one's own"),
        pytest.param(without_seat("tib_ersattare") | {"distribution_lists": []}, id="one's own goes"),
        pytest.param(with_new_seat("polisen_valboas", "reporter", "recipient"), id="a reporter of others"),
        pytest.param(without_seat("bovard_norrangen"), id="a reporter of others goes"),
        pytest.param(with_seat(KOMMUNPOLISEN, title="Kommunpolisen"), id="what a seat is called"),
        pytest.param(written() | {"signed_by": ["police", "housing"]}, id="one signs no more oneself"),
    ],
)
async def test_a_coordinator_changes_the_seats_of_the_own_organisation_and_all_that_only_report(
    intake: HostedService, document: dict[str, Any]
) -> None:
    for seat in document["functions"]:
        if seat.get("substitute") == "tib_ersattare":
            seat["substitute"] = None

    assert (await put(intake, document)).status_code == 200


async def test_a_coordinators_program_that_speaks_for_no_function_decides_about_open_seats_alone(
    intake: HostedService,
) -> None:
    own = await put(intake, with_new_seat("valboas_kommun", "coordinator"), by="unseated")
    opened = await put(intake, with_new_seat("valboas_kommun", "reporter"), by="unseated")

    assert (own.status_code, opened.status_code) == (422, 200)


async def test_an_organisation_without_a_coordinator_is_answered_for_by_those_of_its_party(
    intake: HostedService,
) -> None:
    document = with_new_seat("beredskapen", "duty_officer")
    for organisation, party in (("beredskapen", "municipality"), ("bevakningen", "housing")):
        document["organisations"].append(
            {"organisation_id": organisation, "name": organisation, "party": party, "kind": "municipality"}
        )
    assert (await put(intake, document)).status_code == 200
    await intake.settled()
    theirs = document["functions"][-1] | {"function_id": "vakten", "organisation_id": "bevakningen"}
    document["functions"].append(theirs)

    refused = await put(intake, document)
    invited = await seated(intake, "samordnaren").post(
        "/seats/den_nya/invitations", data={"kind": "personal"}
    )
    not_theirs = await seated(intake, "kommunpolisen").post(
        "/seats/den_nya/invitations", data={"kind": "personal"}
    )

    assert told_fields(refused) == ["functions.9.roles"]
    assert (invited.status_code, not_theirs.status_code) == (200, 403)


async def test_a_phone_bound_while_a_seat_only_reported_does_no_more_when_the_seat_does(
    intake: HostedService,
) -> None:
    link = await link_to(seated(intake, "samordnaren"), "bovard_norrangen")
    unopened = await link_to(seated(intake, "samordnaren"), "bovard_norrangen", kind="shared")
    phone, _answer = await bound(intake, link)
    own_coordinator = seated(intake, "bosocial_utvecklare")

    await put(intake, with_seat(BOVARD, roles=["coordinator", "reporter"]), by="operator")
    await intake.settled()
    late, _answer = await bound(intake, unopened)
    new_link = await link_to(own_coordinator, "bovard_norrangen")
    again = await phone.get(new_link)
    renewed, _answer = await bound(intake, new_link)

    before = [(await each.get("/report")).status_code for each in (phone, late, renewed)]
    assert before == [200, 200, 200]
    assert [(await each.get("/inbox")).status_code for each in (phone, late, renewed)] == [403, 403, 200]
    assert again.status_code == 200


async def test_a_key_issued_while_a_function_only_reported_does_no_more_when_the_function_does(
    intake: HostedService,
) -> None:
    async def issued(by: str) -> dict[str, str]:
        order = {"function": "bovard_norrangen", "name": "App", "scopes": ["reports:read", "reports:write"]}
        order |= {"municipality": "9901"}
        answer = await intake.http.post("/v1/keys", json=order, headers=key(by))
        assert answer.status_code == 201, answer.text
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    sent = report()
    await submit(intake, sent)
    earlier = await issued("coordinator")
    await put(intake, with_seat(BOVARD, roles=["coordinator", "reporter"]), by="operator")
    await intake.settled()
    later = await issued("operator")

    address = f"/v1/reports/{sent['report_id']}"
    answers = [(await intake.http.get(address, headers=each)).status_code for each in (earlier, later)]
    assert answers == [404, 200]
