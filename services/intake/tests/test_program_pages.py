"""The pages around programs and the public: keys, trying a report, telling of something, moderating it."""

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest_asyncio
from valboas_pages import PAGE, get, sit_down, valboas_to_look_at

from est_chassis.clock import SystemClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import NORRANGEN
from est_contracts.messages import IncidentReported
from est_contracts.vocabulary import STOCKHOLM, Coordinates, Origin
from est_intake.pages.reporting.told_times import as_field
from est_intake.read_models.public_reports import waiting

POINTS_KEPT = "SELECT request_id FROM public_reports_v3 WHERE longitude IS NOT NULL OR latitude IS NOT NULL"


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str) -> AsyncIterator[HostedService]:
    async with valboas_to_look_at(database, nats_url, open_to_the_public=True) as hosted:
        yield hosted


async def post(intake: HostedService, path: str, **form: Any) -> httpx.Response:
    return await intake.http.post(path, data=form, headers=PAGE)


async def issue(intake: HostedService, **changes: Any) -> httpx.Response:
    order = {"name": "Fastighetsappen", "function": "bovard_norrangen", "scopes": ["reports:write"]}
    return await post(intake, "/keys", **(order | changes))


def token_in(answer: httpx.Response) -> str:
    found = re.search(r'value="(est_k[^"]+)"', answer.text)
    assert found, answer.text
    return found[1]


async def tell(intake: HostedService, **changes: str) -> httpx.Response:
    form = (await get(intake, "/tips/9901")).text
    found = re.search(r'name="request_id" value="([^"]+)"', form)
    assert found
    told = {"request_id": found[1], "checklist_entry": "orebro.1", "text": "Krossade rutor i busskuren."}
    return await post(intake, "/tips/9901", **(told | changes))


async def request_id_of(intake: HostedService) -> str:
    rows = await intake.service.ask(lambda cursor: waiting(cursor, "9901"))
    return str(rows[0].request_id)


async def test_a_coordinator_issues_a_key_that_works_and_is_shown_once(intake: HostedService) -> None:
    await sit_down(intake, "samordnaren")

    token = token_in(await issue(intake))
    await intake.settled()
    listed = await get(intake, "/keys")
    schema = await intake.http.get(
        "/v1/municipalities/9901/report-schema", headers={"Authorization": f"Bearer {token}"}
    )

    assert schema.status_code == 200
    assert "Fastighetsappen" in listed.text
    assert token not in listed.text


async def test_a_key_is_revoked_on_the_page(intake: HostedService) -> None:
    await sit_down(intake, "samordnaren")
    token = token_in(await issue(intake))
    await intake.settled()

    answer = await post(intake, f"/keys/{token.split('_')[1]}/revocation")
    listed = await get(intake, "/keys")
    refused = await intake.http.get("/v1/keys", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 303
    assert "Återkallad" in listed.text
    assert refused.status_code == 401


async def test_the_key_of_another_partys_coordinator_is_shown_without_a_way_to_revoke_it(
    intake: HostedService,
) -> None:
    await sit_down(intake, "kommunpolisen")
    key_id = token_in(await issue(intake, function="kommunpolisen")).split("_")[1]
    await intake.settled()
    own = await get(intake, "/keys")
    await sit_down(intake, "samordnaren")

    listed = await get(intake, "/keys")
    refused = await post(intake, f"/keys/{key_id}/revocation")

    assert f"/keys/{key_id}/revocation" in own.text
    assert f"/keys/{key_id}/revocation" not in listed.text
    assert "Återkallas av organisationens egen samordnare" in listed.text
    assert refused.status_code == 403


async def test_what_is_missing_of_a_key_is_said_beside_it(intake: HostedService) -> None:
    await sit_down(intake, "samordnaren")

    answer = await issue(intake, scopes=[], quota_per_minute="många", expires_on="2020-01-01", name="")

    assert answer.status_code == 422
    for field in ("name", "scopes", "quota_per_minute", "expires_on"):
        assert f'href="#{field}"' in answer.text


async def test_only_coordinators_have_keys_to_give(intake: HostedService) -> None:
    await sit_down(intake, "faltgruppen")

    assert (await get(intake, "/keys")).status_code == 403
    assert (await get(intake, "/keys/test")).status_code == 403
    assert (await get(intake, "/public-reports")).status_code == 403


async def test_the_example_on_the_page_would_be_recorded_and_is_not(intake: HostedService) -> None:
    await sit_down(intake, "samordnaren")
    form = await get(intake, "/keys/test")
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", form.text, re.DOTALL)
    assert found
    body = json.loads(found[1].replace("&#34;", '"'))

    good = await post(intake, "/keys/test", function="faltgruppen", body=json.dumps(body))
    bad = await post(intake, "/keys/test", function="faltgruppen", body=json.dumps(body | {"severity": 9}))
    unreadable = await post(intake, "/keys/test", function="faltgruppen", body="{")

    assert "Den hade registrerats" in good.text
    assert "severity" in bad.text
    assert "nekats med 422" in bad.text
    assert "nekats med 400" in unreadable.text
    assert not any(isinstance(told, IncidentReported) for told in await intake.tells())


async def test_anyone_tells_of_something_and_sees_where_it_stands(intake: HostedService) -> None:
    where = await get(intake, "/tips")
    answer = await tell(intake, area=NORRANGEN)
    again = await post(
        intake, "/tips/9901", request_id=answer.headers["location"].split("/")[-1], checklist_entry="orebro.1"
    )
    stands = await get(intake, answer.headers["location"])

    assert "/tips/9901" in where.text
    assert (answer.status_code, again.status_code) == (303, 303)
    assert "Väntar på en samordnare" in stands.text
    assert "Krossade rutor" not in stands.text
    assert len(await intake.service.ask(lambda cursor: waiting(cursor, "9901"))) == 1


async def test_a_tip_that_points_somebody_out_comes_back_with_the_reason(intake: HostedService) -> None:
    answer = await tell(intake, text="Ring 070-174 06 05")

    assert answer.status_code == 422
    assert "telefonnummer" in answer.text
    assert 'href="#text"' in answer.text


async def test_a_municipality_that_is_not_open_has_no_such_page(intake: HostedService) -> None:
    assert (await get(intake, "/tips/1280")).status_code == 404


async def test_a_coordinator_accepts_a_tip_without_what_points_somebody_out(intake: HostedService) -> None:
    await tell(intake, area=NORRANGEN)
    await sit_down(intake, "samordnaren")
    page = await get(intake, "/public-reports")

    answer = await post(
        intake,
        f"/public-reports/{await request_id_of(intake)}/acceptance",
        checklist_entry="orebro.2",
        area=NORRANGEN,
        severity="2",
        text="Krossade rutor.",
    )
    counted = [each for each in await intake.tells() if isinstance(each, IncidentReported)]

    assert "Krossade rutor i busskuren." in page.text
    assert answer.status_code == 303
    assert [(each.checklist_entry, each.severity, each.origin) for each in counted] == [
        ("orebro.2", 2, Origin.PUBLIC)
    ]
    assert "Inga tips väntar" in (await get(intake, "/public-reports")).text


async def test_a_coordinator_sees_where_a_tip_was_pointed_out_and_the_area_around_it(
    intake: HostedService,
) -> None:
    sent = {"jurisdiction_id": "9901", "service_code": "orebro.1", "lat": "58.945", "long": "13.31"}
    await intake.http.post("/open311/v2/requests.json", data=sent)
    await intake.settled()
    await sit_down(intake, "samordnaren")

    page = (await get(intake, "/public-reports")).text
    address = f"/public-reports/{await request_id_of(intake)}/acceptance"
    await post(intake, address, checklist_entry="orebro.1", area=NORRANGEN)

    counted = [each for each in await intake.tells() if isinstance(each, IncidentReported)]
    rows = await intake.service.ask(lambda cursor: cursor.execute(POINTS_KEPT).fetchall())
    assert 'class="pin"' in page
    assert f'<option value="{NORRANGEN}" selected>' in page
    assert "Föreslaget efter punkten." in page
    assert "Punkten som följde med tipset ligger i Norrängen." in page
    assert [each.point for each in counted] == [Coordinates(longitude=13.31, latitude=58.945)]
    assert rows == []


async def test_a_tip_without_a_point_has_no_map(intake: HostedService) -> None:
    await tell(intake, area=NORRANGEN)
    await sit_down(intake, "samordnaren")

    page = (await get(intake, "/public-reports")).text

    assert 'class="pin"' not in page
    assert f'<option value="{NORRANGEN}" selected>' in page
    assert "Föreslaget efter punkten." not in page


async def test_a_tip_counts_on_the_day_that_it_tells_of(intake: HostedService) -> None:
    await tell(intake, area=NORRANGEN)
    await sit_down(intake, "samordnaren")
    friday = (SystemClock().now() - timedelta(days=2)).astimezone(STOCKHOLM).replace(second=0, microsecond=0)
    moment = as_field(friday)
    accepted = f"/public-reports/{await request_id_of(intake)}/acceptance"

    await post(intake, accepted, checklist_entry="orebro.1", area=NORRANGEN, moment=moment)

    counted = [each for each in await intake.tells() if isinstance(each, IncidentReported)]
    assert [each.happened_at for each in counted] == [friday]


async def test_what_a_rule_refuses_is_said_at_the_tip(intake: HostedService) -> None:
    await tell(intake)
    await sit_down(intake, "samordnaren")

    answer = await post(
        intake,
        f"/public-reports/{await request_id_of(intake)}/acceptance",
        checklist_entry="orebro.1",
        text="Ring 070-174 06 05",
    )

    assert answer.status_code == 422
    assert "telefonnummer" in answer.text


async def test_a_tip_is_rejected_and_its_words_are_gone(intake: HostedService) -> None:
    told = await tell(intake)
    await sit_down(intake, "samordnaren")
    request_id = await request_id_of(intake)

    answer = await post(intake, f"/public-reports/{request_id}/rejection", reason="not_serious")
    again = await post(intake, f"/public-reports/{request_id}/rejection", reason="not_serious")
    stands = await get(intake, told.headers["location"])

    assert (answer.status_code, again.status_code) == (303, 409)
    assert "Inte på allvar" in stands.text
    assert (
        await intake.service.ask(
            lambda cursor: cursor.execute("SELECT * FROM public_report_words").fetchall()
        )
        == []
    )


async def test_the_pages_speak_english_too(intake: HostedService) -> None:
    await sit_down(intake, "samordnaren")

    pages = ("/keys", "/keys/test", "/public-reports", "/tips", "/tips/9901")
    texts = [(await get(intake, f"{path}?language=en")).text for path in pages]

    for text, words in zip(
        texts,
        (
            "Keys for programs",
            "Try a report",
            "Reports from the public",
            "Tell the municipality",
            "What have you seen?",
        ),
        strict=True,
    ):
        assert words in text
        assert '<html lang="en">' in text
