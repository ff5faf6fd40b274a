"""Nobody sees another municipality: every address is tried by a neighbour who may do everything at home."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from est_chassis.testing import FreshDatabase
from est_chassis.web.app import create_app
from tests.system.foreign_addresses import Question, of_a_neighbour, questions_of, unlisted_for_anyone
from tests.system.foreign_bodies import request_of
from tests.system.two_municipalities import (
    HOME,
    NOWHERE,
    SERVICES,
    Headers,
    TwoMunicipalities,
    two_municipalities,
)

Documents = dict[str, Any]


@pytest_asyncio.fixture
async def both(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[TwoMunicipalities]:
    async with two_municipalities(database, nats_url, tmp_path) as at_work:
        yield at_work


async def test_a_neighbour_is_answered_as_if_nothing_of_a_municipality_existed(
    both: TwoMunicipalities,
) -> None:
    documents, before = await openapi_documents(both), both.recorded()
    told = {}

    for question in questions(both, documents):
        for anothers, nobodys in of_a_neighbour(question):
            first = await asked(both, anothers, documents, by=both.neighbour)
            second = await asked(both, nobodys, documents, by=both.neighbour)
            alike = anothers.without_names(first.text) == nobodys.without_names(second.text)
            is_hidden = first.status_code == second.status_code >= 400 and alike
            if not is_hidden or (is_about_another(anothers) and first.status_code != 404):
                told[question.place, anothers.address] = (first.status_code, second.status_code, alike)

    assert told == {}
    assert both.recorded() == before


@pytest.mark.parametrize("address", ["/v1/reports", "/v1/reports:batch", "/v1/reports:test", "/v1/keys"])
async def test_a_neighbour_sends_nothing_to_a_municipality_that_its_body_names(
    both: TwoMunicipalities, address: str
) -> None:
    openapi, before = (await openapi_documents(both))["intake"], both.recorded()
    shown = openapi["paths"][address]["post"]["requestBody"]["content"]["application/json"]["example"]
    told = []

    for code in (HOME, NOWHERE):
        body = {**shown, "reports": [{**each, "municipality": code} for each in shown.get("reports", ())]}
        sent = {name: body[name] for name in shown} | ({} if "reports" in shown else {"municipality": code})
        answer = await both.hosted["intake"].http.post(address, json=sent, headers=both.neighbour)
        told.append((answer.status_code, answer.text.replace(code, "…")))

    assert told[0] == told[1]
    assert "municipality" in told[0][1]
    assert both.recorded() == before


async def test_those_at_home_get_past_whose_it_is_at_every_address(both: TwoMunicipalities) -> None:
    documents = await openapi_documents(both)
    told = {}

    for question in sorted(questions(both, documents), key=lambda each: ORDER.index(each.method)):
        if question.path.endswith("/live"):
            continue
        answer = await asked(both, question, documents, by=both.home)
        if answer.status_code in STOPPED_BEFORE or '"urn:est:problem:invalid"' in answer.text:
            told[question.place] = (answer.status_code, answer.text[:300])

    assert told == {}


async def test_what_anyone_may_ask_about_by_name_is_known(both: TwoMunicipalities) -> None:
    unlisted = {name: unlisted_for_anyone(create_app(both.hosted[name].service)) for name in SERVICES}

    assert unlisted == {name: set() for name in SERVICES}


PATIENCE_SECONDS = 20
#: Nothing there, not allowed, or not understood: then nobody has asked whose it is.
STOPPED_BEFORE = frozenset({400, 401, 403, 404, 405, 415, 428, 500, 503})
ORDER = ("GET", "PUT", "POST", "DELETE")


def is_about_another(question: Question) -> bool:
    """It names the municipality itself, and not only something of it."""
    return question.names.get("code") == HOME or "municipality" in question.query


def questions(both: TwoMunicipalities, documents: Documents) -> Iterator[Question]:
    for name in SERVICES:
        app = create_app(both.hosted[name].service)
        yield from questions_of(name, app, both.things, openapi=documents[name])


async def openapi_documents(both: TwoMunicipalities) -> Documents:
    return {name: (await both.hosted[name].http.get("/openapi.json")).json() for name in SERVICES}


async def asked(
    both: TwoMunicipalities, question: Question, documents: Documents, *, by: Headers
) -> httpx.Response:
    request = request_of(question, openapi=documents[question.service], things=both.things)
    request["headers"] |= by
    request.setdefault("params", dict(question.query))
    # What should have been refused may be a stream that never ends.
    async with asyncio.timeout(PATIENCE_SECONDS):
        return await both.hosted[question.service].http.request(question.method, question.address, **request)
