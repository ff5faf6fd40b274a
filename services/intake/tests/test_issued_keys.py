"""Keys that a municipality issues for its programs: shown once, narrow, limited, and gone when revoked."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import nats
import pytest
import pytest_asyncio
from valboas_people import seated
from valboas_reports import key, report, set_up, submit, told_fields, valboas_at_work

from est_chassis.clock import SystemClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import example_collaboration
from est_intake.api.issued_keys import ASK_AGAIN_AFTER_SECONDS

LOOKS = 200


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        yield hosted


async def issue(intake: HostedService, *, by: str = "coordinator", **changes: Any) -> httpx.Response:
    order = {"function": "bovard_norrangen", "name": "Fastighetsappen", "scopes": ["reports:write"]}
    return await intake.http.post("/v1/keys", json=order | changes, headers=key(by))


async def token(intake: HostedService, **changes: Any) -> dict[str, str]:
    answer = await issue(intake, **changes)
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


async def send(intake: HostedService, credential: dict[str, str], **changes: object) -> httpx.Response:
    return await intake.http.post("/v1/reports", json=report(**changes), headers=credential)


async def test_a_program_reports_for_the_function_that_its_key_is_bound_to(intake: HostedService) -> None:
    sent = report()

    answer = await intake.http.post("/v1/reports", json=sent, headers=await token(intake))
    read = await intake.http.get(f"/v1/reports/{sent['report_id']}", headers=key("coordinator"))

    assert answer.status_code == 201
    assert (read.json()["function"], read.json()["organisation"]) == ("bovard_norrangen", "valboasbostader")


async def test_a_key_speaks_for_no_other_function_and_no_other_municipality(intake: HostedService) -> None:
    credential = await token(intake)

    other_function = await send(intake, credential, function="faltgruppen")
    other_municipality = await send(intake, credential, municipality="1280")

    assert told_fields(other_function) == ["function"]
    assert told_fields(other_municipality) == ["municipality"]


async def test_a_key_does_only_what_its_scopes_say(intake: HostedService) -> None:
    sent = report()
    await submit(intake, sent, by="neighbour")
    writes, reads = await token(intake), await token(intake, scopes=["reports:read"])
    address = f"/v1/reports/{sent['report_id']}"

    assert (await intake.http.get(address, headers=writes)).status_code == 403
    assert (await intake.http.get(address, headers=reads)).status_code == 200
    assert (await send(intake, reads)).status_code == 403
    assert (await intake.http.get("/v1/keys", headers=reads)).status_code == 403
    assert (await issue(intake, by="reporter")).status_code == 403


async def test_returns_have_a_scope_of_their_own(intake: HostedService) -> None:
    reports, returns = await token(intake), await token(intake, scopes=["returns:write"])

    answers = [
        await intake.http.put("/v1/returns/2026-W40", json={}, headers=credential)
        for credential in (reports, returns)
    ]

    assert [answer.status_code == 403 for answer in answers] == [True, False]
    assert (await send(intake, returns)).status_code == 403


async def test_the_key_of_a_coordinator_issues_no_keys(intake: HostedService) -> None:
    credential = await token(intake, function="samordnaren", scopes=["reports:write", "reports:read"])

    answer = await intake.http.post("/v1/keys", json={}, headers=credential)

    assert answer.status_code == 403


async def test_a_revoked_key_opens_nothing_within_a_second(intake: HostedService) -> None:
    issued = (await issue(intake)).json()
    credential = {"Authorization": f"Bearer {issued['token']}"}
    assert (await send(intake, credential)).status_code == 201
    began = SystemClock().now()

    gone = await intake.http.delete(f"/v1/keys/{issued['key_id']}", headers=key("coordinator"))
    answers = [await send(intake, credential)]
    while answers[-1].status_code != 401 and len(answers) < LOOKS:
        answers.append(await send(intake, credential))

    assert gone.status_code == 204
    assert answers[-1].status_code == 401
    assert SystemClock().now() - began < timedelta(seconds=1 + ASK_AGAIN_AFTER_SECONDS)
    assert (await intake.http.delete(f"/v1/keys/{issued['key_id']}", headers=key("coordinator"))).is_success


async def test_nobody_revokes_the_keys_of_another_municipality(intake: HostedService) -> None:
    issued = (await issue(intake)).json()

    answer = await intake.http.delete(f"/v1/keys/{issued['key_id']}", headers=key("elsewhere"))

    assert answer.status_code == 404
    assert (await send(intake, {"Authorization": f"Bearer {issued['token']}"})).status_code == 201


async def test_a_key_is_gone_with_its_function(intake: HostedService) -> None:
    credential = await token(intake, function="faltgruppen")
    others = tuple(each for each in example_collaboration().functions if each.function_id != "faltgruppen")

    answer = await set_up(intake, functions=others, distribution_lists=(), compilers=(), duty_periods=())
    await intake.settled()

    assert answer.is_success, answer.text
    assert (await send(intake, credential)).status_code == 401


async def test_a_key_opens_nothing_after_its_last_day(intake: HostedService) -> None:
    today = SystemClock().now().date()

    lasting = await issue(intake, expires_on=str(today + timedelta(days=2)))
    past = await issue(intake, expires_on=str(today - timedelta(days=2)))

    assert lasting.status_code == 201
    assert told_fields(past) == ["expires_on"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"function": "nobody"}, "function"),
        ({"name": "Ring 070-174 06 05"}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["all"]}, "scopes.0"),
        ({"quota_per_minute": 0}, "quota_per_minute"),
        ({"owner": "me"}, "owner"),
    ],
)
async def test_what_cannot_be_issued_is_named(
    intake: HostedService, change: dict[str, Any], field: str
) -> None:
    answer = await issue(intake, **change)

    assert (answer.status_code, told_fields(answer)) == (422, [field])


async def test_the_secret_is_told_once_and_kept_nowhere(intake: HostedService) -> None:
    issued = (await issue(intake)).json()
    secret = issued["token"].removeprefix(f"est_{issued['key_id']}_")
    await send(intake, {"Authorization": f"Bearer {issued['token']}"})

    listed = await intake.http.get("/v1/keys", headers=key("coordinator"))
    events = await intake.service.ask(lambda cursor: cursor.execute("SELECT state FROM events").fetchall())
    rows = await intake.service.ask(lambda cursor: cursor.execute("SELECT * FROM api_keys_v2").fetchall())

    assert secret not in listed.text
    assert not any(secret.encode() in bytes(row["state"]) for row in events)
    assert secret not in str(rows)
    assert [each["name"] for each in listed.json()["keys"]] == ["Fastighetsappen"]
    assert listed.json()["keys"][0]["last_used_on"] is not None


async def test_a_wrong_secret_of_a_right_key_is_refused(intake: HostedService) -> None:
    issued = (await issue(intake)).json()
    wrong = {"Authorization": f"Bearer est_{issued['key_id']}_{'x' * 43}"}

    assert (await send(intake, wrong)).status_code == 401


async def test_over_its_quota_a_key_is_told_when_to_come_back(intake: HostedService) -> None:
    credential = await token(intake, quota_per_minute=2)
    other = await token(intake)

    answers = [await send(intake, credential) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    refused = answers[-1]
    assert refused.headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["RateLimit-Policy"] == '"key";q=2;w=60'
    assert {"detail", "detail_en"} <= refused.json().keys()
    assert (await send(intake, other)).status_code == 201


async def test_keys_of_the_file_have_no_quota_and_all_scopes(intake: HostedService) -> None:
    answers = [await submit(intake, report()) for _ in range(20)]

    assert {answer.status_code for answer in answers} == {201}


async def test_an_issued_key_reports_over_nats_as_well(intake: HostedService) -> None:
    client = await nats.connect(intake.service.settings.nats_url)
    body = httpx.Request("POST", "http://est.test", json=report()).content
    subject = "ask.9901.intake.submit_report.v2"

    credentials = (await token(intake), await token(intake, scopes=["changes:read"]))
    answers = [await client.request(subject, body, timeout=5, headers=each) for each in credentials]
    await client.close()

    assert [(answer.headers or {}).get("Est-Status") for answer in answers] == ["201", "403"]


async def test_a_key_has_one_quota_for_both_doors(intake: HostedService) -> None:
    credential = await token(intake, quota_per_minute=2)
    client = await nats.connect(intake.service.settings.nats_url)
    asks = [httpx.Request("POST", "http://est.test", json=report()).content for _ in range(2)]
    subject = "ask.9901.intake.submit_report.v2"

    first = await send(intake, credential)
    second, third = [await client.request(subject, each, timeout=5, headers=credential) for each in asks]
    last = await send(intake, credential)
    await client.close()

    assert (first.status_code, last.status_code) == (201, 429)
    assert [(each.headers or {}).get("Est-Status") for each in (second, third)] == ["201", "429"]
    told = third.headers or {}
    assert 1 <= int(told["Retry-After"]) <= 60
    assert told["RateLimit-Policy"] == '"key";q=2;w=60'
    assert json.loads(third.data)["type"] == "urn:est:problem:quota_used_up"


async def test_a_key_is_revoked_by_those_who_may_issue_one_like_it(intake: HostedService) -> None:
    async def revoke(key_id: str, credential: dict[str, str], **query: str) -> int:
        answer = await intake.http.delete(f"/v1/keys/{key_id}", headers=credential, params=query)
        return answer.status_code

    theirs = {"by": "operator", "function": "kommunpolisen", "municipality": "9901"}
    first, second = [(await issue(intake, **theirs)).json()["key_id"] for _ in range(2)]
    open_seats = (await issue(intake, **(theirs | {"function": "bovard_norrangen"}))).json()["key_id"]

    by_another = await revoke(first, key("coordinator"))
    by_operator = await revoke(first, key("operator"), municipality="9901")
    without_seat = await revoke(second, key("unseated"))
    of_open_seat = await revoke(open_seats, key("coordinator"))
    own_page = await seated(intake, "kommunpolisen").post(f"/keys/{second}/revocation")

    assert (by_another, by_operator, without_seat, of_open_seat) == (403, 204, 403, 204)
    assert own_page.status_code == 303


async def test_a_key_whose_function_is_gone_is_anybodys_to_tidy_away(intake: HostedService) -> None:
    issued = await issue(intake, by="operator", function="kommunpolisen", municipality="9901")
    others = tuple(each for each in example_collaboration().functions if each.function_id != "kommunpolisen")
    left = await set_up(intake, functions=others, distribution_lists=(), compilers=(), duty_periods=())
    assert left.is_success, left.text
    await intake.settled()

    answer = await intake.http.delete(f"/v1/keys/{issued.json()['key_id']}", headers=key("coordinator"))

    assert answer.status_code == 204


async def test_nobody_makes_a_key_for_another_organisations_coordinator(intake: HostedService) -> None:
    theirs = await issue(intake, function="kommunpolisen")
    own = await issue(intake, function="samordnaren")
    by_operator = await issue(intake, by="operator", function="kommunpolisen", municipality="9901")

    assert (theirs.status_code, told_fields(theirs)) == (422, ["function"])
    assert (own.status_code, by_operator.status_code) == (201, 201)
