"""The printed picture of Borås (figure 10.2) entered anew, and a whole return of Malmö's 32 entries.

Facts and figures are those of Hallin (2019), lines 2681-2800 of its plain text; wordings are our own.
Which of the city's functions told what is invented: the figure does not say.
"""

from collections import Counter
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
from est_contracts.messages import CountBlockContributed, IncidentReported, PeriodReturned
from est_contracts.vocabulary import STOCKHOLM, CollaborationDocument, Party, Role
from est_intake.application import Intake
from est_intake.settings import IntakeSettings
from est_single_machine.keys import KeyHolder, add_key
from est_single_machine.ready_made import template

#: The day after the period, before the deadline of that morning.
WEDNESDAY = datetime(2018, 11, 21, 8, 30, tzinfo=STOCKHOLM)
PERIOD = "2018-W45-W46"
HULTA, HASSLEHOLMEN = "1490HULTA", "1490HASSLEHOLMEN"

SAID, DONE = "Som förra veckan", "Fältgruppen går förbi"

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
        session_secret="only-for-tests-only-for-tests-32",
    )
    Intake.forget_set_ups()
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
        answer = await self.hosted.http.request(method, path, json=body, headers=self._key(by))
        assert answer.status_code in (200, 201), (path, answer.text)
        return answer

    async def ask(self, path: str, *, by: str) -> Any:
        await self.hosted.settled()
        answer = await self.hosted.http.get(path, headers=self._key(by))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def counts(self, *, by: str, period: str = PERIOD) -> Any:
        return await self.ask(f"/v1/municipalities/{self._municipality}/periods/{period}/counts", by=by)

    def _key(self, by: str) -> dict[str, str]:
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


def by_entry(told: Any) -> dict[str, dict[str, int]]:
    """Organisation by organisation, how many of each entry."""
    found: dict[str, Counter[str]] = {}
    for organisation in told["organisations"]:
        counted = found.setdefault(organisation["organisation"], Counter())
        for each in organisation["counts"]:
            counted[each["checklist_entry"]] += each["number"]
    return {organisation: dict(counted) for organisation, counted in found.items()}


async def test_the_figure_entered_anew_counts_by_organisation_as_printed(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    boras = template("boras")
    async with intake_of(boras, database=database, nats_url=nats_url, folder=tmp_path) as door:
        await enter_the_figure(door)
        await enter_the_figure(door)

        told = await door.counts(by="samordnare_boras_stad")
        heard = await door.ask(
            f"/v1/municipalities/1490/periods/{PERIOD}/coverage", by="samordnare_boras_stad"
        )
        messages = Counter(type(message) for message in await door.hosted.tells())

    assert by_entry(told) == {
        "polisen_boras": {"boras.1": 13, "boras.2": 3, "boras.5": 7, "boras.7": 3, "boras.15": 2},
        "ab_bostader": {"boras.1": 1},
        "boras_stad": {"boras.2": 6, "boras.5": 4, "boras.9": 3, "boras.13": 1, "boras.12": 1},
    }
    assert not_in_public(told) == {"polisen_boras": 3}
    assert (messages[IncidentReported], messages[CountBlockContributed], messages[PeriodReturned]) == (
        16,
        1,
        2,
    )
    by_function = {each["function"]: each["heard"] for each in heard["functions"]}
    assert (by_function["kommunpolisen"], by_function["aldreomsorg"], by_function["vaktarna"]) == (
        "reported",
        "nothing",
        "awaited",
    )
    assert not any(each["checklist_entry"] == "boras.10" for each in entries_told(told))


def not_in_public(told: Any) -> dict[str, int]:
    return {
        organisation["organisation"]: sum(each["number"] for each in elsewhere)
        for organisation in told["organisations"]
        if (elsewhere := [each for each in organisation["counts"] if each["in_public"] is False])
    }


def entries_told(told: Any) -> Iterator[Any]:
    for organisation in told["organisations"]:
        yield from organisation["counts"]


async def test_a_whole_malmo_return_of_32_entries_and_five_areas_is_recorded_and_read_back(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    malmo = template("malmo")
    entries = [entry.entry_id for listed in malmo.checklists_in_use() for entry in listed.entries]
    areas = [each.area_id for each in malmo.areas if each.kind == "sub_area"]
    whole: dict[str, Any] = {
        "checklist": "malmo",
        "answers": [
            {"checklist_entry": entry, "value": 1 + place % 5, "text": SAID, "measures": DONE}
            for place, entry in enumerate(entries)
        ],
        "area_assessments": [
            {"area": area, "value": 1 + place % 5, "text": "Oförändrat"} for place, area in enumerate(areas)
        ],
    }  # fmt: skip

    async with intake_of(malmo, database=database, nats_url=nats_url, folder=tmp_path) as door:
        receipt = await door.send("PUT", "/v1/returns/2018-W46", whole, by="kommunpolisen")
        [read] = (await door.ask("/v1/returns/2018-W46", by="kommunpolisen"))["returns"]
        [message] = [each for each in await door.hosted.tells() if isinstance(each, PeriodReturned)]

    assert (len(entries), len(areas), receipt.status_code) == (32, 5, 201)
    assert read["answers"] == [each | {"area": None} for each in whole["answers"]]
    assert read["area_assessments"] == whole["area_assessments"]
    assert (len(message.answers), len(message.area_assessments), message.party) == (32, 5, Party.POLICE)
    assert "förra veckan" not in message.model_dump_json()
