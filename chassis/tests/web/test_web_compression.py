"""What is sent is small on a phone, and whoever reads as it comes still reads as it comes."""

import gzip

import httpx
import pytest
from est_sample.service import ADDRESS, SampleService
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from est_chassis.web.access import Caller, allow
from est_chassis.web.app import create_app
from est_contracts.vocabulary import Role

ZIPPED = {"accept-encoding": "gzip"}


def streaming_router() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    async def lines(_request: Request) -> list[str]:
        return ["data: 1\n\n"] * 500

    @router.get("/v1/stream")
    async def stream(request: Request, _caller: Caller = Depends(allow(Role.PUBLIC))) -> Response:
        return StreamingResponse(iter(await lines(request)), media_type="text/event-stream")

    return router


@pytest.mark.parametrize(
    "path", ["/report", "/openapi.json", "/static/est.css", "/static/vendor/htmx-4.0.1.min.js"]
)
async def test_pages_documents_and_files_are_compressed_for_those_who_can_read_it(
    client: httpx.AsyncClient, path: str
) -> None:
    plain = await client.get(path, headers={"accept-encoding": "identity"})
    async with client.stream("GET", path, headers=ZIPPED) as zipped:
        sent = b"".join([chunk async for chunk in zipped.aiter_raw()])

    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert int(zipped.headers.get("content-length", len(sent))) == len(sent) < len(plain.content) / 2
    assert gzip.decompress(sent) == plain.content
    for answer in (plain, zipped):
        assert "Accept-Encoding" in answer.headers["vary"]


async def test_a_short_answer_is_sent_as_it_is(client: httpx.AsyncClient) -> None:
    assert "content-encoding" not in (await client.get("/health/live", headers=ZIPPED)).headers


async def test_an_event_stream_is_not_held_back(service: SampleService) -> None:
    service.routers = (*service.routers, streaming_router())
    transport = httpx.ASGITransport(create_app(service))
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        answer = await client.get("/v1/stream", headers=ZIPPED)

    assert "content-encoding" not in answer.headers
    assert answer.text.startswith("data: 1\n\n")
