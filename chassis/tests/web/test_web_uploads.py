"""A form that carries files is read like other forms: within limits, and never half."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Request
from httpx import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from est_chassis.web.bodies import SINGLE_LIMIT
from est_chassis.web.problems import Problem
from est_chassis.web.uploads import read_upload

FORM = {"Content-Type": "multipart/form-data; boundary=here"}
FIELD = b'--here\r\nContent-Disposition: form-data; name="name"\r\n\r\nnamn\r\n'
PIECES = st.sampled_from(
    (
        FIELD,
        b"--here",
        b"--",
        b"\r\n",
        b"Content-Disposition:",
        b' form-data; name="a"; filename="',
        b";",
        b'"',
    )
)


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()

    @app.post("/")
    async def read(request: Request) -> Any:
        try:
            upload = await read_upload(request, limit=1_000, fields=3)
        except Problem as problem:
            return {"status": problem.status}
        files = {name: [file.name, file.content.decode("latin-1")] for name, file in upload.files.items()}
        return {"files": files, "named": upload.values.texts("name")}

    with TestClient(app) as opened:
        yield opened


def told(answer: Response) -> Any:
    return answer.json()


def test_a_file_too_large_is_refused(client: TestClient) -> None:
    assert told(client.post("/", files={"file": ("a.geojson", b"x" * 2_000)})) == {"status": 413}


def test_another_kind_of_form_is_refused(client: TestClient) -> None:
    assert told(client.post("/", data={"name": "namn"})) == {"status": 415}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no boundary at all",
        b"--here\r\n\r\nnameless\r\n--here--\r\n",
        b"--here\r\nContent-Disposition:\r\n\r\nnameless\r\n--here--\r\n",
        FIELD + b"--here",
        FIELD * 4 + b"--here--\r\n",
    ],
    ids=["empty", "without a boundary", "without a name", "with an empty header", "cut short", "too many"],
)
def test_a_form_that_is_broken_is_refused(client: TestClient, body: bytes) -> None:
    assert told(client.post("/", content=body, headers=FORM)) == {"status": 400}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES | st.binary(max_size=4), max_size=12), boundary=st.binary(max_size=4))
def test_whatever_comes_is_a_form_or_is_refused(
    client: TestClient, pieces: list[bytes], boundary: bytes
) -> None:
    content_types = (FORM["Content-Type"].encode(), b"multipart/form-data; boundary=" + boundary.strip())

    for content_type in content_types:
        answer = client.post("/", content=b"".join(pieces), headers=[(b"content-type", content_type)])
        assert told(answer).keys() in ({"status"}, {"files", "named"})


def test_text_that_is_not_text_is_refused(client: TestClient) -> None:
    field = b'--here\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xff\r\n--here--\r\n'

    assert told(client.post("/", content=field, headers=FORM)) == {"status": 400}


def test_texts_and_files_come_as_they_were_sent(client: TestClient) -> None:
    answer = client.post(
        "/", data={"name": "Område å"}, files={"file": ("områden.geojson", b"\xff\x00\r\n binary")}
    )

    assert told(answer) == {
        "files": {"file": ["områden.geojson", "\xff\x00\r\n binary"]},
        "named": ["Område å"],
    }


def test_a_field_where_no_file_was_chosen_has_none(client: TestClient) -> None:
    empty = b'--here\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--here--\r\n'

    assert told(client.post("/", content=empty, headers=FORM)) == {"files": {}, "named": []}


def test_a_large_form_leaves_the_event_loop_to_others_while_it_is_read() -> None:
    body = FIELD + b'--here\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    body += b"x" * SINGLE_LIMIT + b"\r\n--here--\r\n"
    turns: list[str] = []

    async def received() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def read() -> list[str]:
        asyncio.get_running_loop().call_soon(turns.append, "somebody else's")
        headers = [(b"content-type", FORM["Content-Type"].encode())]
        await read_upload(Request({"type": "http", "headers": headers}, received))
        return list(turns)

    assert asyncio.run(read()) == ["somebody else's"]
