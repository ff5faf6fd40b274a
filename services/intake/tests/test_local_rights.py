"""Organisation model B: a local group's coordinator changes what lies in its own areas, and nothing else."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from valboas_people import seated
from valboas_reports import key, told_fields, valboas_at_work

from est_chassis.testing import HostedService
from est_chassis.testing.databases import FreshDatabase
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN, example_collaboration
from est_contracts.vocabulary import CollaborationDocument
from est_intake.domain.local_rights import SetUpIsForAll, refuse_what_is_for_all

ADDRESS = "/v1/municipalities/9901/collaboration"
TODAY = date(2026, 11, 26)
SAMORDNAREN, FALTGRUPPEN, BOVARD = 0, 1, 4
A_PLACE = {"place_id": "torget", "name": "Torget", "area_id": NORRANGEN}
DAYS = {"first_day": "2026-12-05", "last_day": "2026-12-06"}
MARKET = {"kind": "local_event", "name": "Julmarknad", "area_ids": [NORRANGEN], **DAYS}
ON_DUTY = {"function_id": "bovard_norrangen", "filled_by": "tib", **DAYS}


def in_model_b(**changes: Any) -> dict[str, Any]:
    """The coordinator is Norrängen's; the field team coordinates the whole municipality."""
    document = example_collaboration().model_dump(mode="json")
    seats = document["functions"]
    seats[SAMORDNAREN] |= {"area_ids": [NORRANGEN]}
    seats[FALTGRUPPEN] |= {"roles": ["reporter", "coordinator"], "area_ids": []}
    group = {"group_id": "norr", "name": "Norra gruppen", "area_ids": [NORRANGEN], "members": ["samordnaren"]}
    whole: dict[str, Any] = document | {"organisation_model": "B", "local_groups": [group]}
    return whole | changes


def seat(place: int, **changes: Any) -> dict[str, Any]:
    document = in_model_b()
    document["functions"][place] |= changes
    return {"functions": document["functions"]}


def one_seat_more(**changes: Any) -> dict[str, Any]:
    document = in_model_b()
    added = document["functions"][BOVARD] | {"function_id": "ny_bovard", "title": "Ny bovärd"} | changes
    return {"functions": [*document["functions"], added]}


def refused(
    changes: dict[str, Any],
    *,
    by: str | None = "samordnaren",
    before: dict[str, Any] | None = None,
    today: date = TODAY,
) -> list[str]:
    stood, stands = in_model_b(**(before or {})), in_model_b(**(before or {}) | changes)
    try:
        refuse_what_is_for_all(
            CollaborationDocument.model_validate(stood),
            CollaborationDocument.model_validate(stands),
            coordinator=by,
            today=today,
        )
    except SetUpIsForAll as refusal:
        return [error.field for error in refusal.errors]
    return []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "Annat"}, ["name"]),
        ({"alert_minutes": 5}, ["alert_minutes"]),
        ({"organisation_model": "A"}, ["organisation_model"]),
        ({"local_groups": []}, ["local_groups"]),
        ({"compilers": ["samordnaren"]}, ["compilers"]),
        (seat(SAMORDNAREN, area_ids=[]), ["functions.0.area_ids"]),
        (seat(SAMORDNAREN, area_ids=[NORRANGEN, HAMNEN]), ["functions.0.area_ids"]),
        (seat(SAMORDNAREN, roles=["coordinator", "strategist"]), ["functions.0.roles"]),
        (seat(FALTGRUPPEN, title="Annat"), ["functions.1.title"]),
        (seat(BOVARD, area_ids=[HAMNEN]), ["functions.4.area_ids"]),
        (one_seat_more(area_ids=[]), ["functions.8.area_ids"]),
        (one_seat_more(roles=["coordinator"]), ["functions.8.roles"]),
        ({"places": [A_PLACE | {"area_id": CENTRUM}]}, ["places.0"]),
        ({"calendar": [MARKET | {"area_ids": []}]}, ["calendar.0"]),
        ({"duty_periods": [ON_DUTY | {"function_id": "faltgruppen"}]}, ["duty_periods.0"]),
    ],
)
def test_what_reaches_beyond_its_own_areas_is_refused_where_it_stands(
    changes: dict[str, Any], told: list[str]
) -> None:
    assert refused(changes) == told
    assert refused(changes, by="faltgruppen") == []


@pytest.mark.parametrize(
    "changes",
    [
        seat(SAMORDNAREN, title="Samordnare i norr", telephone="08-465 004 10"),
        seat(BOVARD, title="Bovärd"),
        one_seat_more(area_ids=[NORRANGEN]),
        {"places": [A_PLACE]},
        {"calendar": [MARKET]},
        {"duty_periods": [ON_DUTY]},
    ],
)
def test_what_lies_in_its_own_areas_it_changes(changes: dict[str, Any]) -> None:
    assert refused(changes) == []


def test_what_lies_elsewhere_it_does_not_remove() -> None:
    elsewhere = {
        "places": [A_PLACE | {"area_id": CENTRUM}],
        "calendar": [MARKET | {"area_ids": []}],
        "duty_periods": [ON_DUTY | {"function_id": "faltgruppen"}],
    }
    gone: dict[str, Any] = {"places": [], "calendar": [], "duty_periods": []}
    ours = {"places": [A_PLACE], "calendar": [MARKET], "duty_periods": [ON_DUTY]}

    assert refused(gone, before=elsewhere) == ["duty_periods", "places", "calendar"]
    assert refused(gone, before=ours) == []


def test_who_fills_a_strategic_seat_today_changes_what_is_for_all() -> None:
    duty = {"function_id": "faltgruppen", "filled_by": "samordnaren", **DAYS}

    assert refused({"alert_minutes": 5}, before={"duty_periods": [duty]}) == ["alert_minutes"]
    assert refused({"alert_minutes": 5}, before={"duty_periods": [duty]}, today=date(2026, 12, 5)) == []


def test_where_all_of_a_partys_coordinators_are_local_nobody_is_locked_out() -> None:
    all_local = seat(FALTGRUPPEN, roles=["reporter"])

    assert refused({"alert_minutes": 5}, before=all_local) == []


@pytest.mark.parametrize("before", [{"organisation_model": "A"}, {"local_groups": []}])
def test_without_local_groups_every_coordinator_changes_the_set_up(before: dict[str, Any]) -> None:
    assert refused({"alert_minutes": 5}, before=before) == []


def test_nobody_is_bound_who_has_no_seat() -> None:
    assert refused({"alert_minutes": 5}, by=None) == refused({"alert_minutes": 5}, by="borttagen") == []


@pytest_asyncio.fixture
async def intake(database: FreshDatabase, nats_url: str, tmp_path: Path) -> AsyncIterator[HostedService]:
    async with valboas_at_work(database, nats_url, tmp_path) as hosted:
        answer = await hosted.http.put(ADDRESS, json=in_model_b(), headers=key("operator"))
        assert answer.status_code == 200, answer.text
        await hosted.settled()
        yield hosted


async def test_each_door_of_the_set_up_refuses_a_local_coordinator_kindly(intake: HostedService) -> None:
    wider = in_model_b(**seat(SAMORDNAREN, area_ids=[NORRANGEN, HAMNEN]))
    ring = [[13.3, 58.9], [13.4, 58.9], [13.4, 59], [13.3, 58.9]]
    area = {
        "type": "Feature",
        "properties": {"area_id": HAMNEN, "name": "Annat namn"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    drawn = {"type": "FeatureCollection", "features": [area]}

    put = await intake.http.put(ADDRESS, json=wider, headers=key("coordinator"))
    checked = await intake.http.post(f"{ADDRESS}:check", json=wider, headers=key("coordinator"))
    areas = await intake.http.put("/v1/municipalities/9901/areas", json=drawn, headers=key("coordinator"))
    page = seated(intake, "samordnaren")
    form = await page.post("/set-up/parts/local_groups/things/norr/removal", data={"version": "2"})
    overview = await page.get("/set-up")
    by_operator = await intake.http.put(ADDRESS, json=wider, headers=key("operator"))

    assert [each.status_code for each in (put, checked, areas, form)] == [422] * 4
    assert put.json()["type"] == areas.json()["type"] == "urn:est:problem:set_up_is_for_all"
    assert told_fields(put) == told_fields(checked) == ["functions.0.area_ids"]
    assert told_fields(areas) == ["areas"]
    assert "En samordnare utan egna områden ändrar det" in form.text
    assert "Som samordnare för en lokal grupp ändrar du det som ligger i dina egna områden" in overview.text
    assert by_operator.status_code == 200


async def test_a_local_coordinator_adds_a_place_of_its_own_area(intake: HostedService) -> None:
    answer = await intake.http.put(ADDRESS, json=in_model_b(places=[A_PLACE]), headers=key("coordinator"))

    assert (answer.status_code, answer.headers["etag"]) == (200, '"3"')
