"""The printed picture of Borås (figure 10.2) as its reporters enter it, and intake's door to enter it by.

Facts and figures are those of Hallin (2019), lines 2681-2800 of its plain text; wordings are our own.
Which of the city's functions told what is invented: the figure does not say.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx

import est_intake.service
from est_chassis.clock import SetClock
from est_chassis.testing import FreshDatabase, HostedService, host
from est_contracts.vocabulary import STOCKHOLM, CollaborationDocument, Role
from est_intake.settings import IntakeSettings
from est_single_machine.keys import KeyHolder, add_key

#: The day after the period, before the deadline of that morning.
WEDNESDAY = datetime(2018, 11, 21, 8, 30, tzinfo=STOCKHOLM)
PERIOD = "2018-W45-W46"
SECRET = "only-for-tests-only-for-tests-32"
HULTA, HASSLEHOLMEN = "1490HULTA", "1490HASSLEHOLMEN"

POLICE_BLOCK = {
    "period": PERIOD,
    "counts": [
        {"checklist_entry": "boras.1", "number": 13, "text": "Stölder på gator och vid skolor"},
        {"checklist_entry": "boras.2", "number": 3, "text": "Två fordon och en entrédörr med brevlådor"},
        {"checklist_entry": "boras.5", "number": 7, "text": "Tre innehav och två ringa bruk bland dem"},
        {"checklist_entry": "boras.7", "number": 3, "in_public": False, "text": "Två hot, en misshandel"},
        {"checklist_entry": "boras.15", "number": 2, "text": "Båda olovlig körning"},
    ],
    "text": "Godkänt av kommunpolisen för den gemensamma lägesbilden.",
}  # fmt: skip

#: By whom, which entry, where, and what: one report each.
REPORTS = (
    ("sakerhetsansvarig", "boras.1", None, "Inbrott i ett elrum på Tunnlandsgatan"),
    ("skola_forskola", "boras.2", HASSLEHOLMEN, "Klotter på förskolan Hässlegården, igen"),
    ("skola_forskola", "boras.2", HASSLEHOLMEN, "Klotter på förskolan Tunnlandsgården, igen"),
    ("skola_forskola", "boras.2", HASSLEHOLMEN, "Klotter på förskolan Våglängdsgården, igen"),
    ("stadsdelsvardarna", "boras.2", HULTA, "Mycket klotter på Fässingsgatan"),
    ("stadsdelsvardarna", "boras.2", HASSLEHOLMEN, "Bokningstavla i tvättstuga sönderslagen"),
    ("skola_forskola", "boras.2", HULTA, "Fönsterruta krossad på Ekarängskolan"),
    ("faltgruppen", "boras.5", HULTA, "Misstänkt droghantering vid Hulta torg"),
    ("faltgruppen", "boras.5", HULTA, "Misstänkt droghantering på Fässingsgatan"),
    ("faltgruppen", "boras.5", HASSLEHOLMEN, "Misstänkt droghantering vid Hässle torg"),
    ("faltgruppen", "boras.5", HASSLEHOLMEN, "Misstänkt droghantering på Våglängdsgatan"),
    ("stadsdelsvardarna", "boras.9", HULTA, "Stökigt vid Hulta torg och på Fässingsgatan"),
    ("skola_forskola", "boras.9", HULTA, "Obehöriga inne i förskolans lokaler vid Hulta torg"),
    ("stadsdelsvardarna", "boras.9", HASSLEHOLMEN, "Stökigt på Distansgatan och vid Hässle torg"),
    ("stadsdelsvardarna", "boras.13", HASSLEHOLMEN, "Lösa hundar i Fjärdingsparken"),
    ("faltgruppen", "boras.12", None, "Uppgjorda slagsmål bland unga i en annan stadsdel, stort i medierna"),
)  # fmt: skip

CITYS_RETURN = {
    "checklist": "boras",
    "answers": [
        {"checklist_entry": "boras.13", "area": HULTA, "text": "Boende vill ha ljusare gångvägar"},
        {"checklist_entry": "boras.14", "text": "Hög polisnärvaro", "measures": "Kameror sätts upp"},
        {"checklist_entry": "boras.14", "area": HASSLEHOLMEN, "text": "Gångvägen i parken är öppen igen"},
        {"checklist_entry": "boras.14", "area": HULTA, "text": "Möten med fältgruppen och gården"},
        {"checklist_entry": "boras.6", "value": 4, "text": "Oron vid vissa platser fortsätter"},
    ],
}  # fmt: skip


@asynccontextmanager
async def intake_of(
    document: CollaborationDocument, *, database: FreshDatabase, nats_url: str, folder: Path
) -> AsyncIterator["Door"]:
    """Intake alone on that Wednesday, with a key for each function."""
    keys = folder / "keys.json"
    operator = add_key(keys, KeyHolder(key_id="operator", name="Drift", roles=(Role.OPERATOR,)))
    tokens = {
        each.function_id: add_key(keys, holder_of(document, each.function_id)) for each in document.functions
    }
    settings = IntakeSettings(
        database_url=database.prepare("intake", beside_tables=est_intake.service.BESIDE_TABLES),
        nats_url=nats_url,
        api_keys_file=keys,
        session_secret=SECRET,
    )
    async with host(est_intake.service.build(settings, clock=SetClock(WEDNESDAY))) as hosted:
        door = Door(hosted, document.municipality, tokens | {"operator": operator})
        address = f"/v1/municipalities/{document.municipality}/collaboration"
        await door.send("PUT", address, document.model_dump(mode="json"), by="operator")
        yield door


def holder_of(document: CollaborationDocument, function_id: str) -> KeyHolder:
    function = document.function(function_id)
    organisation = document.organisation(function.organisation_id)
    return KeyHolder(
        key_id=function_id.replace("_", "-"),
        name=function.title,
        roles=function.roles,
        municipality=document.municipality,
        function=function_id,
        organisation=organisation.organisation_id,
        party=organisation.party,
    )


class Door:
    """Intake's door for programs, with every function's key at hand."""

    def __init__(self, hosted: HostedService, municipality: str, tokens: dict[str, str]) -> None:
        self.hosted = hosted
        self._municipality = municipality
        self._tokens = tokens

    async def send(self, method: str, path: str, body: object, *, by: str) -> httpx.Response:
        answer = await self.hosted.http.request(method, path, json=body, headers=self.key(by))
        assert answer.status_code in (200, 201), (path, answer.text)
        return answer

    async def ask(self, path: str, *, by: str) -> Any:
        await self.hosted.settled()
        answer = await self.hosted.http.get(path, headers=self.key(by))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def counts(self, *, by: str, period: str = PERIOD) -> Any:
        return await self.ask(f"/v1/municipalities/{self._municipality}/periods/{period}/counts", by=by)

    def key(self, by: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._tokens[by]}"}


def reports() -> Iterator[tuple[str, dict[str, Any]]]:
    for place, (function, entry, area, text) in enumerate(REPORTS):
        happened_at = datetime(2018, 11, 7, 9, tzinfo=STOCKHOLM) + timedelta(hours=18 * place)
        yield (
            function,
            {
                "report_id": str(uuid5(NAMESPACE_URL, f"https://est.example/boras/{place}")),
                "municipality": "1490",
                "checklist_entry": entry,
                "area": area,
                "happened_at": happened_at.isoformat(),
                "text": text,
            },
        )


async def enter_the_figure(door: Door) -> None:
    for function, report in reports():
        await door.send("POST", "/v1/reports", report, by=function)
    block = uuid5(NAMESPACE_URL, "https://est.example/boras/police")
    await door.send("PUT", f"/v1/count-blocks/{block}", POLICE_BLOCK, by="kommunpolisen")
    await door.send("PUT", f"/v1/returns/{PERIOD}", CITYS_RETURN, by="samordnare_boras_stad")
    await door.send("PUT", f"/v1/returns/{PERIOD}", {"nothing_to_report": True}, by="aldreomsorg")
