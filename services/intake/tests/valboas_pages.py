"""Valboås as its pages are looked at: in demo mode, from somebody's seat, with a browser's cookies."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from est_chassis.clock import Clock
from est_chassis.testing import HostedService, host
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import CollaborationDocument, Function, Role
from est_intake.domain.submission import Sender
from est_intake.service import BESIDE_TABLES, build
from est_intake.settings import IntakeSettings

AN_OPERATOR = Sender(None, None, frozenset({Role.OPERATOR}))
PAGE = {"Accept": "text/html", "Origin": "http://testserver"}


@asynccontextmanager
async def valboas_to_look_at(
    database: FreshDatabase, nats_url: str, *, clock: Clock | None = None, **changes: Any
) -> AsyncIterator[HostedService]:
    """Intake in demo mode, with Valboås set up, perhaps otherwise than in the example."""
    settings = IntakeSettings(
        database_url=database.prepare("intake", beside_tables=BESIDE_TABLES),
        nats_url=nats_url,
        session_secret="only-for-tests-only-for-tests-32",
        demo=True,
    )
    document = example_collaboration().model_copy(update=changes)
    async with host(build(settings, clock=clock)) as hosted:
        await hosted.service.do(lambda app: app.set_up_collaboration(document, by=AN_OPERATOR))
        await hosted.settled()
        yield hosted


def with_a_strategist() -> CollaborationDocument:
    """The example, and a seat that sees what comes in without the words."""
    document = example_collaboration()
    strategist = Function(
        function_id="strategen",
        title="Säkerhetsstrateg",
        organisation_id="valboas_kommun",
        roles=(Role.STRATEGIST,),
    )
    return document.model_copy(update={"functions": (*document.functions, strategist)})


async def sit_down(hosted: HostedService, seat: str) -> None:
    answer = await hosted.http.post("/sign-in", data={"seat": seat, "next": "/"}, headers=PAGE)
    assert answer.status_code == 303


async def get(hosted: HostedService, path: str) -> httpx.Response:
    return await hosted.http.get(path, headers=PAGE)
