"""Answers that say why not: in two languages, for programs and for people, without what was sent."""

import httpx
import pytest
from est_sample.service import SampleService

from est_chassis.web.problems import PROBLEM_MEDIA_TYPE, TITLES

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


async def test_a_refusal_says_why_in_swedish_and_english(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/failures/rejected")

    assert response.status_code == 422
    assert response.headers["content-type"] == PROBLEM_MEDIA_TYPE
    assert response.json() == {
        "type": "urn:est:problem:area_is_unknown",
        "title": "Något behöver rättas.",
        "title_en": "Something needs to be corrected.",
        "status": 422,
        "detail": "Området finns inte.",
        "detail_en": "There is no such area.",
    }


async def test_what_is_away_may_be_asked_again_soon(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/failures/away")

    assert response.status_code == 503
    assert response.headers["retry-after"] == "2"


async def test_what_is_missing_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/failures/missing")).status_code == 404


async def test_our_fault_says_nothing_of_what_was_sent(
    client: httpx.AsyncClient, capfd: pytest.CaptureFixture[str]
) -> None:
    response = await client.get("/v1/failures/ours")

    assert response.status_code == 500
    assert response.json()["type"] == "urn:est:problem:our_fault"
    logged = "".join(capfd.readouterr())
    assert "850101-1236" not in response.text + logged
    assert "request_failed" in logged
    assert "RuntimeError" in logged


@pytest.mark.parametrize("path", ["/v1/failures/rejected", "/v1/failures/swift", "/v1/failures/away"])
async def test_what_is_refused_or_away_is_not_logged_as_our_fault(
    client: httpx.AsyncClient, capfd: pytest.CaptureFixture[str], path: str
) -> None:
    response = await client.get(path)

    assert response.status_code in {422, 503}
    assert "request_failed" not in "".join(capfd.readouterr())


async def test_a_number_in_the_address_that_is_none_is_named(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/numbers/850101-1236")

    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"field": "number", "message_sv": "Skriv ett heltal.", "message_en": "Write a whole number."}
    ]


@pytest.mark.parametrize("path", ["/v1/failures/%00", "/v1/nowhere?as_of=%00", "/report/%00"])
async def test_an_address_that_no_table_can_hold_is_refused(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)

    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "address"


async def test_another_method_is_refused_as_a_problem(client: httpx.AsyncClient) -> None:
    response = await client.delete("/v1/failures/ours")

    assert response.status_code == 405
    assert response.json()["title_en"] == TITLES[405].en


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere", 404), ("/report/nothing", 404), ("/pictures/48-what", 404)]
)
async def test_a_person_gets_a_page(client: httpx.AsyncClient, path: str, status: int) -> None:
    response = await client.get(path, headers=HTML)

    assert response.status_code == status
    assert "text/html" in response.headers["content-type"]
    assert "Till startsidan" in response.text
    assert "heltal" not in response.text


async def test_a_program_gets_json_whatever_it_says_it_reads(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/nowhere", headers=HTML)

    assert response.headers["content-type"] == PROBLEM_MEDIA_TYPE


async def test_every_answer_is_protected(client: httpx.AsyncClient) -> None:
    for path in ("/report", "/v1/failures/ours", "/nowhere", "/static/est.css", "/health/live"):
        headers = (await client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


async def test_answers_are_counted_by_route_and_never_by_address(client: httpx.AsyncClient) -> None:
    await client.get("/v1/numbers/3")
    await client.get("/v1/numbers/850101-1236")

    counted = (await client.get("/metrics")).text

    assert 'route="/v1/numbers/{number}",status_code="200"' in counted
    assert "850101-1236" not in counted
    assert "est_use_case_seconds" in counted


async def test_readiness_names_what_is_away(client: httpx.AsyncClient, service: SampleService) -> None:
    assert (await client.get("/health/ready")).json() == {
        "ready": True,
        "parts": {"database": True, "nats": True},
    }

    service.parts["nats"] = "no connection"

    response = await client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["parts"]["nats"] == "no connection"
