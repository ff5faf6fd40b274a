"""The sample service, and the people who come to its door."""

import json
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from est_chassis.web.access import SEAT_COOKIE, new_api_key, session_cookie
from est_chassis.web.app import create_app
from est_chassis.web.sign_in import sign_in_router
from est_contracts.vocabulary import Role

# The sample is a package of its own, as every service is: its templates are found by its name.
sys.path.insert(0, str(Path(__file__).parents[1]))

from est_sample.doors import page_router, sample_router, seats, swift_router
from est_sample.service import ADDRESS, COORDINATOR, SECRET, THURSDAY, SampleService, SampleSettings


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, str]:
    """Tokens by key id; only their hashes lie in the file."""
    tokens, entries = {}, []
    for key_id, municipality, role in (
        ("app", "9901", Role.REPORTER), ("coordinator", "9901", Role.COORDINATOR),
        ("neighbour", "1480", Role.COORDINATOR), ("operator", None, Role.OPERATOR),
        ("caretaker", "9901", Role.OPERATOR),
    ):  # fmt: skip
        tokens[key_id], digest = new_api_key(key_id)
        entries.append(
            {
                "key_id": key_id, "sha256": digest, "municipality": municipality, "function": key_id,
                "organisation": None, "party": "municipality", "roles": [role], "name": key_id,
            }
        )  # fmt: skip
    (tmp_path / "keys.json").write_text(json.dumps(entries), encoding="utf-8")
    return tokens


@pytest.fixture
def service(tmp_path: Path, keys: dict[str, str]) -> SampleService:
    assert keys
    settings = SampleSettings(
        database_url="postgresql://nowhere",
        session_secret=SECRET,
        api_keys_file=tmp_path / "keys.json",
        demo=True,
        front_url="https://est.valboas.example",
    )
    return SampleService(settings, (swift_router(), sample_router(), page_router(), sign_in_router(seats)))


@pytest.fixture
def app(service: SampleService) -> FastAPI:
    return create_app(service)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        yield client


@pytest.fixture
async def seated(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A browser in which the coordinator has sat down."""
    cookie = session_cookie(COORDINATOR, secret=SECRET, expires_at=THURSDAY + timedelta(hours=1))
    client.cookies.set(SEAT_COOKIE, cookie)
    client.headers["accept"] = "text/html"
    return client
