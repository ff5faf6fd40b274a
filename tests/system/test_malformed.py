"""Malformed input of every kind: refused with the field named, never a fault of ours, nothing recorded."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from tests.system.bad_bodies import bad_bodies
from tests.system.est_house import DEMO_TOKEN, OPERATOR_TOKEN, SERVICES, EstHouse, est_house

HAND_MADE = 1_500
EXAMPLES_EACH = 15
STREAMS = ("/v1/municipalities/{code}/live",)
REFUSED = {400, 401, 403, 404, 405, 409, 413, 415, 422, 429}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EstHouse]:
    """A house of its own: what the description allows may well set the municipality up anew."""
    with est_house(tmp_path_factory.mktemp("malformed") / "est") as started:
        yield started


def recorded(house: EstHouse) -> int:
    with house.database() as database:
        row = database.execute("SELECT count(*) FROM intake.events").fetchone()
    return int(row[0]) if row else 0


async def post_all(house: EstHouse, bodies: list[tuple[str, bytes]]) -> list[httpx.Response]:
    headers = {"Authorization": f"Bearer {DEMO_TOKEN}", "Content-Type": "application/json"}
    turns = asyncio.Semaphore(16)
    async with httpx.AsyncClient(base_url=house.front_url, headers=headers, timeout=30) as http:

        async def post(body: bytes) -> httpx.Response:
            async with turns:
                return await http.post("/v1/reports", content=body)

        return await asyncio.gather(*(post(body) for _, body in bodies))


def test_malformed_reports_are_refused_with_the_field_named_and_nothing_is_recorded(house: EstHouse) -> None:
    before = recorded(house)
    bodies = list(bad_bodies(HAND_MADE))

    answers = asyncio.run(post_all(house, bodies))

    statuses = Counter(answer.status_code for answer in answers)
    accepted = [bad for bad, answer in zip(bodies, answers, strict=True) if answer.status_code < 400]
    assert accepted == []
    assert set(statuses) <= {400, 413, 422}, statuses
    assert recorded(house) == before
    for (field, body), answer in zip(bodies, answers, strict=True):
        problem = answer.json()
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert problem["title"] and problem["title_en"]
        assert problem["errors"], (field, body[:300], problem)


def test_what_was_written_is_never_repeated_in_the_answer(house: EstHouse) -> None:
    secret = "850709-9805"
    bodies = [
        (field, json.dumps({"report_id": "x", field: secret, f"{secret}": 1}).encode())
        for field in ("municipality", "text", "area", "checklist_entry", "source", "happened_at")
    ]

    answers = asyncio.run(post_all(house, bodies))

    assert all(secret not in answer.text for answer in answers)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.filterwarnings("ignore")
def test_no_request_that_the_description_allows_or_forbids_is_answered_5xx(
    house: EstHouse, service: str
) -> None:
    document = httpx.get(f"{house.front_url}/openapi/{service}.json", timeout=30).json()
    description = schemathesis.openapi.from_dict(document)
    description.config.update(base_url=house.url_of(service))
    headers = {"Authorization": f"Bearer {OPERATOR_TOKEN}"}
    faults: list[str] = []

    for found in description.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]
        if operation.path in STREAMS:
            continue
        _call_with_examples(operation, headers, faults)

    assert faults == []


def _call_with_examples(operation: Any, headers: dict[str, str], faults: list[str]) -> None:
    @settings(
        max_examples=EXAMPLES_EACH,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        if isinstance(case.query.get("wait"), int):
            # Whoever waits for news would wait here for nothing.
            case.query["wait"] = min(case.query["wait"], 0)
        answer = case.call(headers=headers, timeout=20)
        if answer.status_code >= 500:
            faults.append(
                f"{operation.method.upper()} {operation.path}: {answer.status_code} {answer.text[:200]}"
            )

    call()
