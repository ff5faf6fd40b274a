"""Open311 GeoReport v2: the apps of citizens tell of something, and a coordinator decides if it counts."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import httpx
import pytest
import pytest_asyncio
from valboas_reports import key, set_up, valboas_at_work

from est_chassis.clock import SystemClock
from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import HAMNEN, NORRANGEN, example_collaboration
from est_contracts.messages import IncidentReported
from est_contracts.vocabulary import Origin, Role
from est_intake.application import Acceptance
from est_intake.domain.public_report import PublicReportIsDecided, RejectionReason, coarse_address
from est_intake.domain.submission import Sender
from est_intake.read_models.coverage import silent_functions

COORDINATOR = Sender("9901", "samordnaren", frozenset({Role.COORDINATOR}))
ELSEWHERE = Sender("1280", "samordnaren", frozenset({Role.COORDINATOR}))
BASE = "/open311/v2"
PERSONAL = {
    "email": "kanarie@example.se",
    "first_name": "Kanarie",
    "last_name": "Fågel",
    "phone": "070-174 06 05",
    "device_id": "kanarie-device",
    "account_id": "kanarie-account",
    "media_url": "https://example.se/kanarie.jpg",
}


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        await set_up(hosted, open_to_the_public=True)
        await hosted.settled()
        yield hosted


async def create(intake: HostedService, *, form: str = "json", **changes: str) -> httpx.Response:
    sent = {
        "jurisdiction_id": "9901",
        "service_code": "orebro.1",
        "lat": "58.945",
        "long": "13.31",
        "description": "Krossade rutor i busskuren.",
    }
    told = {name: value for name, value in (sent | changes).items() if value}
    return await intake.http.post(f"{BASE}/requests.{form}", data=told)


async def created(intake: HostedService, **changes: str) -> UUID:
    answer = await create(intake, **changes)
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()[0]["service_request_id"])


async def asked(intake: HostedService, path: str, **query: str) -> httpx.Response:
    return await intake.http.get(f"{BASE}/{path}", params={"jurisdiction_id": "9901"} | query)


async def accept(intake: HostedService, request_id: UUID, found: Acceptance) -> None:
    await intake.service.do(
        lambda app: app.public_reporting.accept_public_report("9901", request_id, found=found, by=COORDINATOR)
    )
    await intake.settled()


async def reject(intake: HostedService, request_id: UUID, reason: RejectionReason) -> None:
    await intake.service.do(
        lambda app: app.public_reporting.reject_public_report(
            "9901", request_id, reason=reason, by=COORDINATOR
        )
    )
    await intake.settled()


async def everything_kept(intake: HostedService) -> str:
    """Every row of every table of the service, and every event, as text."""

    def dump(cursor: Any) -> str:
        tables = cursor.execute(
            "SELECT table_schema || '.' || table_name AS name FROM information_schema.tables"
            " WHERE table_schema LIKE 'intake%'"
        ).fetchall()
        rows = [cursor.execute(f"SELECT * FROM {each['name']}").fetchall() for each in tables]
        events = cursor.execute("SELECT state FROM intake.events").fetchall()
        return str(rows) + "".join(bytes(each["state"]).decode() for each in events)

    return await intake.service.ask(dump)


async def test_a_client_discovers_creates_and_lists(intake: HostedService) -> None:
    discovery = (await intake.http.get(f"{BASE}/discovery.json")).json()
    services = (await asked(intake, "services.json")).json()
    definition = (await asked(intake, f"services/{services[0]['service_code']}.json")).json()
    request_id = await created(intake, service_code=services[0]["service_code"])
    own = (await asked(intake, f"requests/{request_id}.json")).json()
    before = (await asked(intake, "requests.json")).json()

    await accept(intake, request_id, Acceptance(services[0]["service_code"], area=NORRANGEN))
    after = (await asked(intake, "requests.json")).json()

    assert discovery["endpoints"][0]["url"].endswith("/open311/v2")
    assert {"service_code", "service_name", "description", "metadata", "type", "keywords", "group"} <= set(
        services[0]
    )
    assert {each["type"] for each in services} == {"blackbox"}
    assert definition == {"service_code": services[0]["service_code"], "attributes": []}
    assert [each["status"] for each in own] == ["open"]
    assert before == []
    assert [each["service_request_id"] for each in after] == [str(request_id)]


async def test_the_same_is_told_in_xml(intake: HostedService) -> None:
    services = ElementTree.fromstring((await asked(intake, "services.xml")).text)
    discovery = ElementTree.fromstring((await asked(intake, "discovery.xml")).text)
    answer = await create(intake, form="xml")
    request_id = ElementTree.fromstring(answer.text).findtext("request/service_request_id")
    own = ElementTree.fromstring((await asked(intake, f"requests/{request_id}.xml")).text)
    wrong = await create(intake, form="xml", service_code="none")

    assert answer.headers["content-type"].startswith("text/xml")
    assert services.tag == "services"
    assert services.findtext("service/service_code") == "orebro.1"
    assert services.findtext("service/metadata") == "false"
    assert [each.text for each in discovery.findall("endpoints/endpoint/formats/format")] == [
        "application/json",
        "text/xml",
    ]
    assert own.findtext("request/status") == "open"
    assert ElementTree.fromstring(wrong.text).findtext("error/code") == "400"


async def test_what_waits_does_not_count_and_what_is_accepted_does(intake: HostedService) -> None:
    request_id = await created(intake)
    await intake.settled()
    waiting = [each for each in await intake.tells() if isinstance(each, IncidentReported)]

    await accept(intake, request_id, Acceptance("orebro.2", area=NORRANGEN, severity=2))
    counted = [each for each in await intake.tells() if isinstance(each, IncidentReported)]
    read = await intake.http.get(f"/v1/reports/{request_id}", headers=key("coordinator"))

    assert waiting == []
    assert [(each.report_id, each.origin, each.function) for each in counted] == [
        (request_id, Origin.PUBLIC, "samordnaren")
    ]
    assert (counted[0].checklist_entry, counted[0].area, counted[0].severity) == ("orebro.2", NORRANGEN, 2)
    assert read.json()["text"] == "Krossade rutor i busskuren."
    assert await intake.service.ask(waiting_words) == []


async def test_a_coordinator_who_accepts_has_not_reported_by_that(intake: HostedService) -> None:
    now = SystemClock().now()
    period = example_collaboration().rhythm.period_of(now)
    await accept(intake, await created(intake), Acceptance("orebro.1"))

    def silent(cursor: Any) -> frozenset[str]:
        return silent_functions(
            cursor, "9901", period, due_at=now + timedelta(days=9), functions=["samordnaren"], now=now
        )

    assert await intake.service.ask(silent) == frozenset({"samordnaren"})


def waiting_words(cursor: Any) -> list[Any]:
    rows: list[Any] = cursor.execute("SELECT * FROM public_report_words").fetchall()
    return rows


async def test_what_is_rejected_leaves_no_word(intake: HostedService) -> None:
    request_id = await created(intake, description="En pelikan i busskuren.")
    assert "pelikan" in await everything_kept(intake)

    await reject(intake, request_id, RejectionReason.NOT_FOR_EST)
    own = (await asked(intake, f"requests/{request_id}.json")).json()

    assert "pelikan" not in await everything_kept(intake)
    assert own[0]["status"] == "closed"
    assert "Does not belong here" in own[0]["status_notes"]
    assert (await asked(intake, "requests.json")).json() == []


async def test_who_told_it_is_kept_nowhere(intake: HostedService) -> None:
    await created(intake, **PERSONAL)
    await intake.settled()

    kept = (await everything_kept(intake)).lower()

    assert [value for value in PERSONAL.values() if value.lower() in kept] == []
    assert "kanarie" not in kept


async def test_a_text_that_points_somebody_out_is_refused_and_not_repeated(intake: HostedService) -> None:
    answer = await create(intake, description="Ring 070-174 06 05 så berättar jag.")

    assert answer.status_code == 400
    assert answer.json()[0]["code"] == 400
    assert "telefonnummer" in answer.json()[0]["description"]
    assert "phone number" in answer.json()[0]["description"]
    assert "070-174 06 05" not in answer.text
    assert "public_report.received" not in str(await intake.service.ask(topics))


def topics(cursor: Any) -> list[str]:
    return [row["topic"] for row in cursor.execute("SELECT topic FROM intake.events").fetchall()]


async def test_the_list_is_coarse(intake: HostedService) -> None:
    request_id = await created(intake)
    await accept(intake, request_id, Acceptance("orebro.1", area=NORRANGEN))

    listed = (await asked(intake, "requests.json")).json()[0]

    assert listed["address"] == "Norrängen"
    assert listed["requested_datetime"][11:19] == "00:00:00"
    assert [listed[name] for name in ("description", "lat", "long", "media_url")] == [None] * 4


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"service_code": "orebro.1"}, 1),
        ({"service_code": "orebro.2"}, 0),
        ({"status": "open"}, 0),
        ({"status": "closed"}, 1),
        ({"start_date": "2000-01-01T00:00:00Z"}, 1),
        ({"end_date": "2000-01-01T00:00:00Z"}, 0),
    ],
)
async def test_the_list_can_be_narrowed(intake: HostedService, query: dict[str, str], found: int) -> None:
    await accept(intake, await created(intake), Acceptance("orebro.1"))

    assert len((await asked(intake, "requests.json", **query)).json()) == found


async def test_an_address_is_kept_without_its_number(intake: HostedService) -> None:
    await created(intake, lat="", long="", address_string="Storgatan 12 B, 703 61 Örebro")

    kept = await everything_kept(intake)

    assert "Storgatan" in kept
    assert "703 61" not in kept
    assert coarse_address("Storgatan 12 B, 703 61 Örebro") == "Storgatan"


@pytest.mark.parametrize(
    ("changes", "status", "named"),
    [
        ({"jurisdiction_id": "1280"}, 404, "Kommunen tar inte emot"),
        ({"service_code": "malmo.1"}, 400, "service_code"),
        ({"lat": "", "long": ""}, 400, "lat"),
        ({"lat": "north"}, 400, "lat"),
        ({"lat": "nan"}, 400, "lat"),
        ({"lat": "91"}, 400, "lat"),
        ({"description": "x" * 4_001}, 400, "description"),
    ],
)
async def test_what_is_wrong_is_told_as_the_protocol_tells_it(
    intake: HostedService, changes: dict[str, str], status: int, named: str
) -> None:
    answer = await create(intake, **changes)

    assert answer.status_code == status
    assert [error["code"] for error in answer.json()] == [status] * len(answer.json())
    assert named in answer.json()[0]["description"]


async def test_the_jurisdiction_may_be_left_out_where_there_is_only_one(intake: HostedService) -> None:
    alone = await create(intake, jurisdiction_id="")
    await set_up(intake, open_to_the_public=False)
    await intake.settled()
    none = await create(intake, jurisdiction_id="")

    assert alone.status_code == 201
    assert (none.status_code, none.json()[0]["code"]) == (400, 400)
    assert "jurisdiction_id" in none.json()[0]["description"]


async def test_a_municipality_that_is_not_open_looks_like_one_that_is_not_there(
    intake: HostedService,
) -> None:
    await set_up(intake, open_to_the_public=False)
    await intake.settled()

    closed = await asked(intake, "services.json")
    absent = await asked(intake, "services.json", jurisdiction_id="1280")

    assert (closed.status_code, closed.json()) == (404, absent.json())


async def test_over_its_quota_an_address_waits_and_a_key_goes_on(intake: HostedService) -> None:
    order = {"function": "faltgruppen", "name": "Kommunens app", "scopes": ["reports:write"]}
    token = (await intake.http.post("/v1/keys", json=order, headers=key("coordinator"))).json()["token"]

    answers = [await create(intake) for _ in range(21)]
    with_key = await create(intake, api_key=token)

    assert [answer.status_code for answer in answers] == [201] * 20 + [429]
    assert answers[-1].json()[0]["code"] == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert with_key.status_code == 201


async def test_a_report_is_decided_once_and_by_its_own_municipality(intake: HostedService) -> None:
    request_id = await created(intake)
    await accept(intake, request_id, Acceptance("orebro.1"))

    with pytest.raises(PublicReportIsDecided):
        await reject(intake, request_id, RejectionReason.NOT_SERIOUS)
    with pytest.raises(Exception, match=str(request_id)):
        await intake.service.do(
            lambda app: app.public_reporting.reject_public_report(
                "9901", request_id, reason=RejectionReason.NOT_SERIOUS, by=ELSEWHERE
            )
        )


async def test_a_place_far_away_is_refused_when_it_is_told(intake: HostedService) -> None:
    answer = await create(intake, lat="13.31", long="58.945")

    assert answer.status_code == 400
    assert "lat" in answer.json()[0]["description"]


@pytest.mark.parametrize("area", [None, HAMNEN])
async def test_a_coordinator_who_knows_better_where_it_was_leaves_the_point_out(
    intake: HostedService, area: str | None
) -> None:
    request_id = await created(intake)

    found = Acceptance("orebro.1", area=area)
    await intake.service.do(
        lambda app: app.public_reporting.accept_public_report("9901", request_id, found=found, by=COORDINATOR)
    )

    (counted,) = [each for each in await intake.tells() if isinstance(each, IncidentReported)]
    assert (counted.area, counted.point) == (area, None)


async def test_what_is_refused_as_a_report_stays_waiting(intake: HostedService) -> None:
    request_id = await created(intake)

    with pytest.raises(Exception, match="report_is_refused"):
        await accept(intake, request_id, Acceptance("orebro.1", area="9901R999"))
    await intake.settled()

    assert (await asked(intake, f"requests/{request_id}.json")).json()[0]["status"] == "open"


async def test_nobody_finds_a_request_by_guessing(intake: HostedService) -> None:
    answers = [
        await asked(intake, "requests/0c2d6f0e-2f0b-4a43-9a51-2a1a5c3f6c11.json"),
        await asked(intake, "requests/17.json"),
        await asked(intake, "requests.json", service_request_id="17"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
