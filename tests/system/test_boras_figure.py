"""The printed picture of Borås (figure 10.2) entered anew, and a whole return of Malmö's 32 entries."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from est_chassis.testing import FreshDatabase
from est_contracts.messages import CountBlockContributed, IncidentReported, PeriodReturned
from est_contracts.vocabulary import Party
from est_single_machine.ready_made import template
from tests.system.boras_entered import PERIOD, enter_the_figure, intake_of

SAID, DONE = "Som förra veckan", "Fältgruppen går förbi"


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
