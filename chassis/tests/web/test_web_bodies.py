"""What is read from outside: only what is whole, small enough and known."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel, ConfigDict
from starlette.requests import Request

from est_chassis.web.bodies import (
    BATCH_LIMIT,
    DEPTH_LIMIT,
    LARGEST_BODY,
    SINGLE_LIMIT,
    accepts,
    parse_json,
    read_bytes,
)
from est_chassis.web.problems import Problem
from est_contracts.vocabulary import Theme, Words

PERSONAL = "850101-1236"
WHOLE: dict[str, Any] = {"report_id": "r1", "severity": 3, "text": "Krossade rutor"}


class Told(BaseModel):
    """As a service would describe what it takes."""

    model_config = ConfigDict(extra="forbid")

    report_id: str
    severity: int = 1
    text: str = ""
    theme: Theme | None = None
    happened_at: AwareDatetime | None = None
    places: tuple[dict[str, Any], ...] = ()


def refusal(body: bytes) -> Problem:
    with pytest.raises(Problem) as refused:
        parse_json(body, Told)
    return refused.value


def fields(problem: Problem) -> set[str]:
    return {error.field for error in problem.errors}


def test_a_whole_body_becomes_a_model() -> None:
    assert parse_json(json.dumps(WHOLE).encode(), Told).text == "Krossade rutor"


def test_every_field_that_is_wrong_is_named() -> None:
    problem = refusal(b'{"severity": "tre", "theme": "weather", "happened_at": "2026-11-18T21:40:00"}')

    assert problem.status == 422
    assert fields(problem) == {"report_id", "severity", "theme", "happened_at"}
    assert all(error.words.sv and error.words.en for error in problem.errors)


def test_what_stood_in_a_field_is_never_said_again() -> None:
    wrong = {
        "report_id": 7, "severity": PERSONAL, "theme": PERSONAL, "happened_at": PERSONAL,
        PERSONAL: 1, "p8501011236": 1, "Anna Andersson": 1, "places": [{PERSONAL: PERSONAL}, PERSONAL],
    }  # fmt: skip
    problem = refusal(json.dumps(wrong).encode())

    answered = json.dumps(problem.document())
    assert "8501011236" not in answered
    assert PERSONAL not in answered
    assert "Anna" not in answered


def test_a_choice_names_what_can_be_chosen() -> None:
    (error,) = refusal(b'{"report_id": "r1", "theme": "weather"}').errors

    assert "drugs, violence" in error.words.sv


def test_an_unknown_field_is_refused_by_name() -> None:
    assert fields(refusal(b'{"report_id": "r1", "severty": 3}')) == {"severty"}


def test_text_is_not_taken_for_a_number_nor_a_number_for_a_moment() -> None:
    assert fields(refusal(b'{"report_id": "r1", "severity": "3", "happened_at": 1794000000}')) == {
        "severity", "happened_at",
    }  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        b'{"report_id": "r1", "severity": 1, "severity": 5}',
        b'{"report_id": "r1", "places": [{"severity": 1, "severity": 5}]}',
        b'{"report_id": "r1", "severity": 1, "sever\\u0069ty": 5}',
    ],
)
def test_a_field_given_twice_is_refused_by_name(body: bytes) -> None:
    problem = refusal(body)

    assert problem.status == 400
    assert fields(problem) == {"severity"}


def test_a_body_may_be_as_deep_as_the_limit_and_no_deeper() -> None:
    def nested(levels: int) -> bytes:
        # The body itself and the list are two levels.
        inside = levels - 2
        return b'{"report_id": "r1", "places": [' + b'{"a":' * inside + b"1" + b"}" * inside + b"]}"

    assert parse_json(nested(DEPTH_LIMIT), Told).report_id == "r1"
    assert fields(refusal(nested(DEPTH_LIMIT + 1))) == {"body"}
    assert refusal(b"[" * SINGLE_LIMIT).status == 400
    assert refusal(b'{"a":' * 10_000).status == 400


def test_brackets_in_a_text_are_no_depth() -> None:
    text = '[{"' * 200

    assert parse_json(json.dumps({"report_id": "r1", "text": text}).encode(), Told).text == text


@pytest.mark.parametrize("broken", ["\\u0000", "\\ud800", "\\udc00\\ud800"])
def test_text_that_cannot_be_stored_is_refused_where_it_stands(broken: str) -> None:
    problem = refusal(f'{{"report_id": "r1", "places": [{{}}, {{"name": "a{broken}"}}]}}'.encode())

    assert problem.status == 400
    assert fields(problem) == {"places.1.name"}


def test_a_character_written_as_a_pair_is_whole() -> None:
    assert parse_json(b'{"report_id": "r1", "text": "\\ud83d\\ude92"}', Told).text == "\N{FIRE ENGINE}"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b'{"report_id": "r1",}', b"{'report_id': 1}", b'{"report_id": "\x00"}',
        b"\xff\xfe{}", b"nul",
        b'{"report_id": "\xed\xa0\x80"}', b'{"report_id": "r1", "severity": NaN}', b"\xef\xbb\xbf{}",
        b'{"report_id": "r1", "severity": Infinity}', b'{"severity": ' + b"9" * 5_000 + b"}",
    ],
)  # fmt: skip
def test_what_is_not_json_is_refused(body: bytes) -> None:
    problem = refusal(body)

    assert problem.status == 400
    assert fields(problem) == {"body"}


@pytest.mark.parametrize("body", [b"[]", b"null", b"3", b'"text"'])
def test_json_of_another_shape_is_refused(body: bytes) -> None:
    assert fields(refusal(body)) == {"body"}


def test_a_validator_of_ours_brings_its_own_words() -> None:
    from pydantic import field_validator

    class AreaIsElsewhere(ValueError):
        words = Words(sv="Området hör till en annan kommun.", en="The area belongs to another municipality.")

    class Placed(BaseModel):
        area: str

        @field_validator("area")
        @classmethod
        def is_here(cls, _area: str) -> str:
            raise AreaIsElsewhere

    with pytest.raises(Problem) as refused:
        parse_json(b'{"area": "1480R001"}', Placed)

    assert refused.value.errors[0].words == AreaIsElsewhere.words


@given(st.binary(max_size=200) | st.text(max_size=80).map(str.encode))
def test_whatever_is_sent_it_is_taken_or_refused(body: bytes) -> None:
    try:
        parse_json(body, Told)
    except Problem as problem:
        assert problem.status in {400, 422}
        assert problem.errors


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=30,
    )
)
def test_whatever_json_stands_in_a_field_it_is_taken_or_refused(inside: Any) -> None:
    body = json.dumps({"report_id": inside, "places": [{"a": inside}]}).encode()
    try:
        parse_json(body, Told)
    except Problem as problem:
        assert problem.status in {400, 422}
        assert problem.errors


def test_the_schema_in_openapi_refers_to_nothing_outside_itself() -> None:
    schema = json.dumps(accepts(Told))

    assert "$ref" not in schema
    assert "drugs" in schema


@pytest.fixture
def app_headers(keys: dict[str, str]) -> dict[str, str]:
    return {"authorization": f"Bearer {keys['app']}", "content-type": "application/json"}


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(
    client: httpx.AsyncClient, app_headers: dict[str, str]
) -> None:
    response = await client.post("/v1/sample", headers=app_headers, content=b" " * (SINGLE_LIMIT + 1))

    assert response.status_code == 413
    assert "64 KiB" in response.json()["detail"]


async def test_a_body_without_a_length_is_given_up_when_it_grows_too_large(
    client: httpx.AsyncClient, app_headers: dict[str, str]
) -> None:
    async def endless() -> Any:
        for _ in range(BATCH_LIMIT // 1024):
            yield b" " * 1024

    response = await client.post("/v1/sample", headers=app_headers, content=endless())

    assert response.status_code == 413


@pytest.mark.parametrize(
    "headers",
    [{"content-type": "text/plain"}, {"content-type": "application/json", "content-encoding": "gzip"}],
)
async def test_another_format_is_refused_with_the_right_one(
    client: httpx.AsyncClient, app_headers: dict[str, str], headers: dict[str, str]
) -> None:
    response = await client.post("/v1/sample", headers=app_headers | headers, content=b"{}")

    assert response.status_code == 415
    assert "application/json" in response.json()["detail_en"]


async def test_a_form_gives_its_texts(seated: httpx.AsyncClient) -> None:
    response = await seated.post(
        "/report",
        headers={"origin": "http://testserver"},
        data={"text": " Rutor på Torget ", "areas": ["a", "b"]},
    )

    assert response.json() == {"text": "Rutor på Torget", "areas": ["a", "b"]}


@pytest.mark.parametrize("content", [b"text=%ff", b"text=a%00b", b"&".join([b"a=1"] * 300), b"text=\xff"])
async def test_a_broken_form_is_refused(seated: httpx.AsyncClient, content: bytes) -> None:
    headers = {
        "origin": "http://testserver",
        "content-type": "application/x-www-form-urlencoded",
        "accept": "application/json",
    }
    response = await seated.post("/report", headers=headers, content=content)

    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] in {"body", "text"}


async def test_no_service_promises_to_read_more_than_a_front_door_lets_through() -> None:
    with pytest.raises(ValueError, match="no front door"):
        await read_bytes(Request({"type": "http"}), limit=LARGEST_BODY + 1)
