"""A week's picture over HTTP: drawn, asked for as of then, published once and corrected."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx
import pytest
from one_signs import one_signs
from operators_key import OPERATOR

from est_chassis.clock import SetClock
from est_chassis.testing import HostedService
from est_chassis.web.access import SEAT_COOKIE, Caller, CallerKind, session_cookie
from est_contracts.example_collaboration import CENTRUM
from est_contracts.examples import example_id, example_incident, example_of
from est_contracts.messages import (
    IncidentReportCorrected,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
    Message,
    PicturePublished,
)
from est_contracts.vocabulary import CorrectionReason, Role, Theme

SECRET = "only-for-the-tests-of-the-compiler"
PICTURES = "/v1/municipalities/9901/pictures"
WEEK_47 = f"{PICTURES}/2026-W47"
#: After the moments at which the examples are recorded, and after the tests' own.
IN_A_YEAR = datetime(2027, 11, 26, tzinfo=UTC)


def seat(*roles: Role, function: str = "samordnaren", municipality: str | None = "9901") -> dict[str, str]:
    """The headers of somebody in a seat."""
    caller = Caller(CallerKind.SEAT, "Någon", municipality, function, None, None, frozenset(roles))
    cookie = session_cookie(caller, secret=SECRET, expires_at=IN_A_YEAR)
    return {"Cookie": f"{SEAT_COOKIE}={cookie}", "Origin": "http://testserver"}


COORDINATOR = seat(Role.COORDINATOR)
READER = seat(Role.RECIPIENT, function="kommundirektoren")


async def got(compiler: HostedService, path: str, **query: Any) -> dict[str, Any]:
    answer = await compiler.http.get(path, params=query, headers=READER)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def put(compiler: HostedService, path: str, said: object, **headers: str) -> httpx.Response:
    return await compiler.http.put(path, json=said, headers=COORDINATOR | headers)


async def reports_in_valboas(compiler: HostedService, *more: Message) -> None:
    """The set-up, and two reports of week 47."""
    await compiler.hears(
        one_signs(),
        example_incident(2),
        example_incident(3, area=CENTRUM, theme=Theme.FIRE, severity=5),
        *more,
    )


async def test_a_report_stands_in_the_picture_of_its_week(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    answer = await got(compiler, WEEK_47)

    picture = answer["picture"]
    assert picture["municipality_name"] == "Valboås"
    assert picture["total"]["now"] == {"reports": 2, "severity_total": 8, "severe": 1}
    assert {
        each["theme"]: each["now"]["reports"] for each in picture["themes"] if each["now"]["reports"]
    } == {
        "vandalism": 1,
        "fire": 1,
    }
    assert (answer["made_from"], answer["made_from_analysis"]) == (3, 0)
    assert answer["published"] is None


async def test_a_duplicate_that_is_corrected_counts_again_only_when_it_is_reinstated(
    compiler: HostedService,
) -> None:
    one = {"report_id": example_id("report/2")}
    await reports_in_valboas(
        compiler,
        example_of(IncidentReportMarkedDuplicate, position=4, duplicate_of=example_id("report/3"), **one),
        example_of(IncidentReportCorrected, position=5, severity=5, **one),
        example_of(IncidentReportReinstated, position=6, **one),
    )

    totals = [
        (await got(compiler, WEEK_47, as_of=position))["picture"]["total"]["now"] for position in (5, 6)
    ]

    assert [(each["reports"], each["severe"]) for each in totals] == [(1, 1), (2, 2)]


async def test_the_fingerprint_can_be_taken_again_by_anyone(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    answer = await got(compiler, WEEK_47)

    written = json.dumps(answer["picture"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert sha256(written.encode()).hexdigest() == answer["fingerprint"]


async def test_a_picture_can_be_asked_for_as_it_was_known_then(compiler: HostedService) -> None:
    withdrawal = example_of(IncidentReportWithdrawn, position=4, report_id=example_id("report/2"))
    await reports_in_valboas(compiler, withdrawal)
    recorded_at = example_incident(2).recorded.recorded_at

    now = await got(compiler, WEEK_47)
    before = await got(compiler, WEEK_47, as_of="3")
    first = await got(compiler, WEEK_47, as_of=recorded_at.isoformat())
    nothing = await got(compiler, WEEK_47, as_of=(recorded_at - timedelta(seconds=1)).isoformat())

    reports = [answer["picture"]["total"]["now"]["reports"] for answer in (now, before, first, nothing)]
    assert reports == [1, 2, 1, 0]
    assert [answer["made_from"] for answer in (now, before, first, nothing)] == [4, 3, 2, 1]


@pytest.mark.parametrize(
    "as_of", ["4711", "yesterday", "2026-11-19T10:00:00", "-1", "9" * 30, "0001-01-01T00:00:00+14:00", "½"]
)
async def test_as_of_what_is_no_moment_and_no_position_is_refused(
    compiler: HostedService, as_of: str
) -> None:
    await reports_in_valboas(compiler)

    answer = await compiler.http.get(WEEK_47, params={"as_of": as_of}, headers=READER)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["as_of"]


@pytest.mark.parametrize("period", ["2025-W53", "2026-47", "1999-W01", "9999-W99", "vecka"])
async def test_a_week_that_does_not_exist_is_refused(compiler: HostedService, period: str) -> None:
    answer = await compiler.http.get(f"{PICTURES}/{period}", headers=READER)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["period"]


async def test_a_municipality_without_a_set_up_has_pictures_too(compiler: HostedService) -> None:
    await compiler.hears(example_incident(1, municipality="1280", area=None, organisation="polisen"))

    answer = await compiler.http.get("/v1/municipalities/1280/pictures/2026-W47", headers=OPERATOR)

    picture = answer.json()["picture"]
    assert picture["municipality_name"] == "Malmö"
    assert [(each["area"], each["name"]) for each in picture["areas"]] == [(None, "Hela kommunen")]


async def test_where_nothing_is_set_up_there_are_no_parts_to_ask_for(compiler: HostedService) -> None:
    answer = await compiler.http.get(
        "/v1/municipalities/1280/pictures/2026-W47", params={"scope": "norra_gruppen"}, headers=OPERATOR
    )

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["scope"]


async def test_another_municipality_and_one_that_nobody_knows_are_not_found(compiler: HostedService) -> None:
    neighbour = await compiler.http.get("/v1/municipalities/1280/pictures/2026-W47", headers=READER)
    unknown = await compiler.http.get("/v1/municipalities/9999/pictures/2026-W47", headers=OPERATOR)

    assert (neighbour.status_code, unknown.status_code) == (404, 404)


async def test_a_published_picture_is_frozen_told_and_found(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    drawn = await got(compiler, WEEK_47)

    answer = await put(compiler, f"{WEEK_47}/publication", {}, **{"If-Match": f'"{drawn["fingerprint"]}"'})

    published = answer.json()
    assert answer.status_code == 201
    assert published["picture"] == drawn["picture"]
    assert (published["version"], published["made_from"], published["reason"]) == (1, 3, None)
    assert published["published_by"] == "samordnaren"
    assert await got(compiler, str(answer.headers["Location"])) == published
    told = await compiler.tells()
    assert [type(message) for message in told] == [PicturePublished]
    message = told[0]
    assert isinstance(message, PicturePublished)
    assert (message.fingerprint, message.reports, message.made_from) == (drawn["fingerprint"], 2, 3)
    assert [words.sv for words in message.sentences] == [each["words"]["sv"] for each in drawn["sentences"]]


async def test_of_several_who_publish_at_once_exactly_one_does(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)

    answers = await asyncio.gather(*(put(compiler, f"{WEEK_47}/publication", {}) for _ in range(8)))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert {answer.json().get("type") for answer in answers} == {None, "urn:est:problem:picture_is_published"}
    assert len(await compiler.tells()) == 1


async def test_of_several_who_correct_at_once_exactly_one_does(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    await put(compiler, f"{WEEK_47}/publication", {})

    answers = await asyncio.gather(
        *(put(compiler, f"{WEEK_47}/versions/2", {"reason": "wording"}) for _ in range(8))
    )

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert [each["version"] for each in (await got(compiler, f"{WEEK_47}/versions"))["versions"]] == [1, 2]


async def test_a_late_report_leaves_the_published_picture_as_it_is_and_the_next_one_says_so(
    compiler: HostedService,
) -> None:
    await reports_in_valboas(compiler)
    published = (await put(compiler, f"{WEEK_47}/publication", {})).json()

    late = example_incident(4, happened_at=datetime(2026, 11, 21, 20, tzinfo=UTC))
    await compiler.hears(late)

    assert await got(compiler, f"{WEEK_47}/versions/1") == published
    week_47 = await got(compiler, WEEK_47)
    assert (week_47["picture"]["total"]["now"]["reports"], week_47["came_in_since"]) == (3, 1)
    assert week_47["changed_since"] == 0
    week_48 = await got(compiler, f"{PICTURES}/2026-W48")
    assert week_48["late"] == [{"period": "2026-W47", "reports": 1}]
    assert "v. 47" in week_48["late_note"]["sv"]
    edition = await got(compiler, f"{PICTURES}/2026-W48/editions/internal")
    assert [block["lines"][0]["figure"]["value"] for block in edition["blocks"]
            if block.get("name") == "late_lines"] == [1]  # fmt: skip


async def test_what_one_picture_has_said_of_late_reports_the_next_one_does_not_repeat(
    compiler: HostedService, clock: SetClock
) -> None:
    await reports_in_valboas(compiler)
    await put(compiler, f"{WEEK_47}/publication", {})
    await compiler.hears(example_incident(4))
    clock.advance(timedelta(weeks=1))
    week_48 = (await put(compiler, f"{PICTURES}/2026-W48/publication", {})).json()

    await compiler.hears(example_incident(5))

    assert week_48["late"] == [{"period": "2026-W47", "reports": 1}]
    week_49 = await got(compiler, f"{PICTURES}/2026-W49")
    assert week_49["late"] == [{"period": "2026-W47", "reports": 1}]


async def test_a_correction_is_a_new_version_beside_the_old_one(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    first = (await put(compiler, f"{WEEK_47}/publication", {})).json()
    await compiler.hears(example_incident(4))

    answer = await put(compiler, f"{WEEK_47}/versions/2", {"reason": "late_reports", "sentences": ["total"]})

    second = answer.json()
    assert (second["version"], second["reason"], second["reports"]) == (2, "late_reports", 3)
    assert len(second["sentences"]) == 1
    assert await got(compiler, f"{WEEK_47}/versions/1") == first
    message = (await compiler.tells())[-1]
    assert isinstance(message, PicturePublished)
    assert (message.version, message.reason) == (2, CorrectionReason.LATE_REPORTS)


async def test_a_published_picture_is_drawn_again_as_of_its_position(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    published = (await put(compiler, f"{WEEK_47}/publication", {})).json()
    await compiler.hears(
        example_incident(4), example_of(IncidentReportWithdrawn, position=5, report_id=example_id("report/2"))
    )

    again = await got(compiler, WEEK_47, as_of=str(published["made_from"]))
    now = await got(compiler, WEEK_47)

    assert again["fingerprint"] == published["fingerprint"]
    assert (now["came_in_since"], now["changed_since"]) == (1, 1)


async def test_read_models_made_anew_answer_with_the_same_bytes(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    await put(compiler, f"{WEEK_47}/publication", {})
    await compiler.hears(
        example_incident(4), example_of(IncidentReportWithdrawn, position=5, report_id=example_id("report/2"))
    )
    paths = (
        WEEK_47,
        f"{WEEK_47}?as_of=3",
        f"{WEEK_47}/versions",
        f"{WEEK_47}/versions/1",
        f"{PICTURES}/2026-W48",
    )
    before = [(await compiler.http.get(path, headers=READER)).content for path in paths]

    async for _progress in compiler.service.rebuild():
        pass

    assert [(await compiler.http.get(path, headers=READER)).content for path in paths] == before


async def test_what_stands_in_the_way_of_publishing_is_told(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    stale = {"If-Match": f'"{"0" * 64}"'}
    refused = [
        await put(compiler, f"{WEEK_47}/publication", {}, **stale),
        await put(compiler, f"{PICTURES}/2026-W49/publication", {}),
        await put(compiler, f"{WEEK_47}/publication", {"made_from": 99}),
        await put(compiler, f"{WEEK_47}/publication", {"sentences": ["positive"]}),
        await put(compiler, f"{WEEK_47}/versions/2", {"reason": "wording"}),
    ]

    assert [(answer.status_code, answer.json()["type"].rpartition(":")[2]) for answer in refused] == [
        (412, "picture_has_changed"),
        (409, "week_has_not_begun"),
        (422, "position_is_not_reached"),
        (422, "sentence_is_not_suggested"),
        (409, "picture_is_not_published"),
    ]
    assert await compiler.tells() == []


async def test_only_coordinators_publish(compiler: HostedService) -> None:
    await reports_in_valboas(compiler)
    answers = [
        await compiler.http.put(f"{WEEK_47}/publication", json={}, headers=READER),
        await compiler.http.put(f"{WEEK_47}/publication", json={}),
        await compiler.http.put(
            f"{WEEK_47}/publication", json={}, headers=COORDINATOR | {"Origin": "http://elsewhere.example"}
        ),
    ]

    assert [answer.status_code for answer in answers] == [403, 401, 403]
