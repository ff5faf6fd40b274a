"""The operator's entrance: status, dead letters, rebuilding."""

import json

import httpx
import pytest
from est_sample.service import SampleService


@pytest.fixture
def operator(client: httpx.AsyncClient, keys: dict[str, str]) -> httpx.AsyncClient:
    client.headers["authorization"] = f"Bearer {keys['operator']}"
    return client


async def test_an_operator_sees_how_the_service_feels(operator: httpx.AsyncClient) -> None:
    assert (await operator.get("/operator/status")).json() == {"service": "sample"}


@pytest.mark.parametrize("path", ["status", "dead-letters", "dead-letters/7"])
async def test_nobody_else_does(client: httpx.AsyncClient, keys: dict[str, str], path: str) -> None:
    headers = {"authorization": f"Bearer {keys['coordinator']}"}

    assert (await client.get(f"/operator/{path}")).status_code == 401
    assert (await client.get(f"/operator/{path}", headers=headers)).status_code == 403


async def test_whoever_belongs_to_a_municipality_does_not_come_in_where_every_municipalitys_things_lie(
    client: httpx.AsyncClient, keys: dict[str, str]
) -> None:
    client.headers["authorization"] = f"Bearer {keys['caretaker']}"

    answers = [
        await client.get("/operator/status"),
        await client.get("/operator/dead-letters/7"),
        await client.put("/operator/dead-letters/7/replay"),
        await client.post("/operator/rebuilds", json={}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4


async def test_a_dead_letter_is_listed_shown_and_handled_again(
    operator: httpx.AsyncClient, service: SampleService
) -> None:
    assert (await operator.get("/operator/dead-letters")).json() == [{"letter": 7, "reason": "no such area"}]
    assert (await operator.get("/operator/dead-letters/7")).json()["body"] == '{"report_id": "1"}'

    assert (await operator.put("/operator/dead-letters/7/replay")).json() == {"letter": 7, "is_handled": True}

    assert service.letters == {}
    assert (await operator.put("/operator/dead-letters/7/replay")).status_code == 404


@pytest.mark.parametrize("letter", ["0", "-1", "seven", str(2**70)])
async def test_a_letter_has_a_number(operator: httpx.AsyncClient, letter: str) -> None:
    response = await operator.get(f"/operator/dead-letters/{letter}")

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "letter"


async def test_rebuilding_tells_how_far_it_has_come(operator: httpx.AsyncClient) -> None:
    response = await operator.post("/operator/rebuilds", json={})

    lines = [json.loads(line) for line in response.text.splitlines()]
    assert lines == [{"done": 1, "total": 2}, {"done": 2, "total": 2}]


async def test_a_read_model_that_there_is_not_is_refused_before_anything_is_told(
    operator: httpx.AsyncClient,
) -> None:
    response = await operator.post("/operator/rebuilds", json={"read_models": ["weather_v1"]})

    assert response.status_code == 422
    assert [fault["field"] for fault in response.json()["errors"]] == ["read_models"]
    assert "recent_reports_v1" in response.json()["detail_en"]
