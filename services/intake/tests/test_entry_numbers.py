"""The numbers of a checklist's entries: each belongs to one question for ever, removed or not."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from valboas_pages import PAGE, sit_down, valboas_to_look_at
from valboas_reports import key, told_fields, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import (
    Checklist,
    ChecklistEntry,
    CollaborationDocument,
    Polarity,
    Scope,
    Tense,
    Theme,
    Words,
)
from est_intake.application import Intake
from est_intake.domain.collaboration import Collaboration
from est_intake.domain.entry_series import EntryMeansSomethingElse
from est_intake.domain.submission import Sender

WATER = (2, "Vattenskador i källare")
CARS = "Raggarbilar vid torget"


def entry(number: int, words: str, theme: Theme = Theme.OTHER) -> ChecklistEntry:
    return ChecklistEntry(
        entry_id=f"egen_lista.{number}",
        words=Words(sv=words, en=words),
        polarity=Polarity.NEGATIVE,
        scope=Scope.PLACE,
        tense=Tense.OCCURRED,
        scale=None,
        theme=theme,
    )


def following(*entries: ChecklistEntry, in_use: bool = True) -> CollaborationDocument:
    """Valboås with a list of its own beside Örebro's."""
    own = Checklist(
        checklist_id="egen_lista", version=1, title=Words(sv="Egen lista", en="Own list"), entries=entries
    )
    changes = {"own_checklists": (own,), "checklists": ("orebro", "egen_lista") if in_use else ("orebro",)}
    return example_collaboration().model_copy(update=changes)


SCOOTERS = entry(1, "Elsparkcyklar i vägen")
TWO_IN_USE = following(SCOOTERS, entry(*WATER))


def test_the_number_of_a_removed_entry_is_given_to_no_other() -> None:
    collaboration = Collaboration.begun_with(TWO_IN_USE)
    collaboration.amend(following(SCOOTERS))

    with pytest.raises(EntryMeansSomethingElse) as refused:
        collaboration.amend(following(SCOOTERS, entry(2, CARS)))

    (error,) = refused.value.errors
    assert error.field == "own_checklists.0.entries.1.entry_id"
    assert "Vattenskador i källare" in error.words.sv
    assert "egen_lista.3" in error.words.sv


def test_a_removed_entry_comes_back_as_what_it_was_and_may_then_be_worded_anew() -> None:
    collaboration = Collaboration.begun_with(TWO_IN_USE)
    collaboration.amend(following(SCOOTERS))

    collaboration.amend(TWO_IN_USE)
    collaboration.amend(following(SCOOTERS, entry(2, "Vatten i källare")))

    assert collaboration.version == 4


def test_an_entry_that_was_worded_anew_comes_back_as_it_was_worded_last() -> None:
    reworded = following(SCOOTERS, entry(2, "Vatten i källare"))
    collaboration = Collaboration.begun_with(TWO_IN_USE)
    collaboration.amend(reworded)
    collaboration.amend(following(SCOOTERS))

    with pytest.raises(EntryMeansSomethingElse):
        collaboration.amend(TWO_IN_USE)
    collaboration.amend(reworded)

    assert collaboration.version == 4


def test_the_number_of_a_draft_that_nobody_followed_may_still_be_another_entrys() -> None:
    collaboration = Collaboration.begun_with(following(SCOOTERS, entry(*WATER), in_use=False))
    collaboration.amend(following(SCOOTERS, in_use=False))

    collaboration.amend(following(SCOOTERS, entry(2, CARS)))

    assert collaboration.version == 3


def test_the_next_number_is_above_all_that_any_version_has_had() -> None:
    collaboration = Collaboration.begun_with(TWO_IN_USE)
    collaboration.amend(following(SCOOTERS))
    collaboration.amend(example_collaboration())
    read_back: Collaboration | None = None

    for event in collaboration.collect_events():
        read_back = event.mutate(read_back)

    assert collaboration.next_entry_id("egen_lista") == "egen_lista.3"
    assert collaboration.next_entry_id("en_helt_ny") == "en_helt_ny.1"
    assert read_back is not None
    assert read_back.next_entry_id("egen_lista") == "egen_lista.3"


@pytest_asyncio.fixture
async def screen(database: FreshDatabase, nats_url: str) -> AsyncIterator[HostedService]:
    """A coordinator of Valboås, which follows a list of its own with two entries."""
    changes: dict[str, Any] = {
        "own_checklists": TWO_IN_USE.own_checklists,
        "checklists": TWO_IN_USE.checklists,
    }
    async with valboas_to_look_at(database, nats_url, **changes) as hosted:
        await sit_down(hosted, "samordnaren")
        yield hosted


async def post(hosted: HostedService, path: str, **values: Any) -> httpx.Response:
    answer = await hosted.http.post(f"/set-up/parts/{path}", data=values, headers=PAGE)
    await hosted.settled()
    return answer


def filled_in(version: int, words: str, **changes: str) -> dict[str, Any]:
    return {
        "version": str(version),
        "checklist_id": "egen_lista",
        "words.sv": words,
        "theme": "other",
        "polarity": "negative",
        "scope": "place",
        "tense": "occurred",
        **changes,
    }


async def entries_in_force(hosted: HostedService) -> dict[str, str]:
    def asked(app: Intake) -> dict[str, str]:
        (own,) = app.set_ups.set_up_for("9901", Sender("9901", "samordnaren")).document.own_checklists
        return {each.entry_id: each.words.sv for each in own.entries}

    return await hosted.service.do(asked)


@pytest.mark.parametrize("theme", ["other", "fire"])
async def test_an_entry_added_after_one_was_removed_gets_a_number_of_its_own(
    screen: HostedService, theme: str
) -> None:
    removed = await post(screen, "entries/things/egen_lista.2/removal", version="1")

    added = await post(screen, "entries/new", **filled_in(2, CARS, theme=theme))

    assert (removed.status_code, added.status_code) == (303, 303)
    assert await entries_in_force(screen) == {
        "egen_lista.1": "Elsparkcyklar i vägen",
        "egen_lista.3": CARS,
    }


async def test_an_entry_in_use_that_is_to_mean_something_else_is_told_what_to_do_instead(
    screen: HostedService,
) -> None:
    refused = await post(
        screen, "entries/things/egen_lista.2", **filled_in(1, "Vattenskador i källare", theme="fire")
    )

    assert refused.status_code == 422
    assert 'href="#theme"' in refused.text
    assert "Lägg till en ny punkt i stället" in refused.text


async def test_an_entry_of_no_list_is_told_so_at_its_field(screen: HostedService) -> None:
    refused = await post(screen, "entries/new", **filled_in(1, CARS, checklist_id=""))

    assert refused.status_code == 422
    assert 'href="#checklist_id"' in refused.text


async def test_a_program_cannot_give_a_used_number_to_another_entry(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    address = "/v1/municipalities/9901/collaboration"
    reused = following(SCOOTERS, entry(2, CARS)).model_dump(mode="json")
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        for document in (TWO_IN_USE, following(SCOOTERS)):
            written = document.model_dump(mode="json")
            answer = await hosted.http.put(address, json=written, headers=key("coordinator"))
            assert answer.status_code == 200

        checked = await hosted.http.post(f"{address}:check", json=reused, headers=key("operator"))
        refused = await hosted.http.put(address, json=reused, headers=key("operator"))

    for answer in (checked, refused):
        assert answer.status_code == 422
        assert told_fields(answer) == ["own_checklists.0.entries.1.entry_id"]
