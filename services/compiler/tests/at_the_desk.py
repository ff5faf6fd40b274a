"""Three coordinators at the page of the work, for tests."""

import re
from datetime import UTC, datetime
from typing import Any

import httpx

from est_chassis.testing import HostedService
from est_chassis.web.access import SEAT_COOKIE, Caller, CallerKind, session_cookie
from est_contracts.example_collaboration import example_collaboration
from est_contracts.examples import example_incident, example_of
from est_contracts.messages import CollaborationSetUp
from est_contracts.vocabulary import Role

SECRET = "only-for-the-tests-of-the-compiler"
WORK = "/pictures/9901/2026-W47/compile"
MUNICIPALITY, POLICE, HOUSING = "samordnaren", "kommunpolisen", "bosocial_utvecklare"


def seat(function: str, role: Role = Role.COORDINATOR, *, language: str = "sv") -> dict[str, str]:
    caller = Caller(CallerKind.SEAT, "Någon", "9901", function, None, None, frozenset({role}))
    cookie = session_cookie(caller, secret=SECRET, expires_at=datetime(2027, 1, 1, tzinfo=UTC))
    return {
        "Cookie": f"{SEAT_COOKIE}={cookie}",
        "Origin": "http://testserver",
        "Accept": "text/html",
        "Accept-Language": language,
    }


async def valboas(compiler: HostedService, **changes: Any) -> None:
    document = example_collaboration().model_copy(update=changes)
    await compiler.hears(
        example_of(CollaborationSetUp, position=1, document=document),
        *(example_incident(number) for number in range(2, 14)),
    )


async def look(
    compiler: HostedService, by: str = MUNICIPALITY, *, at: str = WORK, language: str = "sv"
) -> str:
    answer = await compiler.http.get(at, headers=seat(by, language=language))
    assert answer.status_code == 200, answer.text
    return answer.text


async def post(
    compiler: HostedService, act: str, by: str = MUNICIPALITY, /, **sent: str | list[str]
) -> httpx.Response:
    fields = {name.replace("__", "."): value for name, value in sent.items()}
    # A browser names the kind of an empty form too.
    return await compiler.http.post(f"{WORK}/{act}", data=fields or {"": ""}, headers=seat(by))


async def write(
    compiler: HostedService,
    words: str,
    by: str = MUNICIPALITY,
    *,
    revision: int | str = 0,
    section: str = "lagesbeskrivning",
    **more: str,
) -> httpx.Response:
    return await post(compiler, "text", by, section=section, words=words, revision=str(revision), **more)


async def opened(compiler: HostedService, **changes: Any) -> None:
    await valboas(compiler, **changes)
    answer = await post(compiler, "opening")
    assert answer.status_code == 303, answer.text


async def sign(compiler: HostedService, by: str) -> httpx.Response:
    fingerprint = re.search(r'name="fingerprint" value="([0-9a-f]{64})"', await look(compiler, by))
    assert fingerprint is not None
    return await post(compiler, "signature", by, fingerprint=fingerprint[1])


async def publish(compiler: HostedService, act: str = "publication", **sent: str) -> httpx.Response:
    fingerprint = re.search(r'name="fingerprint" value="([0-9a-f]{64})"', await look(compiler))
    return await post(compiler, act, fingerprint=fingerprint[1] if fingerprint else "", **sent)
