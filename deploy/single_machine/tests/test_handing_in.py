"""The demo and the import, handed in at a real intake."""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from intake_house import intake_door

from est_chassis.testing import FreshDatabase
from est_contracts.vocabulary import STOCKHOLM
from est_single_machine.demo.filling import fill
from est_single_machine.intake_door import IntakeDoor, IntakeSaidNo
from est_single_machine.polisen import bring_in, report_id_of
from est_single_machine.polisen_events import PoliceEvent, UnreadableEvent, read_events

BESIDE_THE_REPOSITORY = Path(__file__).parents[4] / "shared" / "data" / "polisen-events.jsonl.gz"
ARCHIVE = Path(os.environ.get("EST_POLISEN_FILE", BESIDE_THE_REPOSITORY))
LINES_OF_THE_ARCHIVE = 57_787


@pytest.fixture
def door(database: FreshDatabase, nats_url: str, tmp_path: Path) -> Iterator[IntakeDoor]:
    with intake_door(database, nats_url, tmp_path) as opened:
        yield opened


def police_event(police_id: int, police_type: str = "Skadegörelse", place: str = "Malmö") -> PoliceEvent:
    return PoliceEvent(
        police_id, police_type=police_type, place=place, happened_at=datetime(2025, 3, 3, 12, tzinfo=UTC)
    )


EVENTS = (
    police_event(1),
    police_event(2, "Brand", "Eda"),
    police_event(2, "Brand", "Eda"),
    police_event(3, "Trafikolycka"),
    police_event(4, place="Skåne län"),
    police_event(5, place="Atlantis"),
    police_event(6, "Kaffekrasch"),
    UnreadableEvent(line=8, reason="not JSON"),
)


def test_every_event_is_accounted_for(door: IntakeDoor) -> None:
    account = bring_in(EVENTS, door=door)

    assert account.recorded == Counter({"Vandalism": 1, "Fire": 1})
    assert account.already_there == Counter({"Fire": 1})
    assert account.not_est == Counter({"Trafikolycka": 1})
    assert account.refused == Counter(
        {
            "told for a whole county": 1,
            "unknown place: Atlantis": 1,
            "unknown type: Kaffekrasch": 1,
            "unreadable: not JSON": 1,
        }
    )
    assert account.accounted == account.lines == len(EVENTS)


def test_importing_again_changes_nothing(door: IntakeDoor) -> None:
    bring_in(EVENTS, door=door)

    again = bring_in(EVENTS, door=door)

    assert again.recorded == Counter()
    assert again.already_there.total() == 3


def test_what_is_brought_from_the_police_is_marked_as_imported(door: IntakeDoor) -> None:
    bring_in(EVENTS, door=door)

    told = door.client.get(
        f"/v1/reports/{report_id_of(1)}?municipality=1280", headers={"Authorization": f"Bearer {door.key}"}
    )

    assert (told.json()["origin"], told.json()["source"]) == ("import", "polisen:1")


def test_an_event_that_says_something_else_today_is_refused_with_the_reason(door: IntakeDoor) -> None:
    bring_in([police_event(1)], door=door)

    account = bring_in([police_event(1, "Brand")], door=door)

    (reason,) = account.refused
    assert account.recorded.total() == 0
    assert reason


def test_the_progress_ends_with_the_last_line(door: IntakeDoor) -> None:
    told: list[tuple[int, int]] = []

    bring_in(EVENTS, door=door, progress=lambda done, total: told.append((done, total)))

    assert told[-1] == (len(EVENTS), len(EVENTS))


def test_valboas_is_filled_once(door: IntakeDoor) -> None:
    today = datetime(2026, 11, 22, 11, tzinfo=STOCKHOLM)

    first = fill(door, today=today, weeks=6)
    again = fill(door, today=today, weeks=6)

    assert first.recorded == first.reports > 150
    assert first.refused == Counter()
    assert (again.recorded, again.already_there) == (0, first.reports)


def test_a_wrong_key_is_told_as_such(door: IntakeDoor) -> None:
    stranger = IntakeDoor(door.client, key="est_wrong_key")

    with pytest.raises(IntakeSaidNo):
        fill(stranger, today=datetime(2026, 11, 22, 11, tzinfo=STOCKHOLM), weeks=1)


def test_a_busy_intake_is_asked_again() -> None:
    waited: list[float] = []
    client = httpx.Client(transport=AnswersInTurn(503, 429, 200), base_url="http://testserver")

    found = IntakeDoor(client, key="est_operator_key", wait=waited.append).has_collaboration("9901")

    assert found
    assert waited == [0.5, 1]


class AnswersInTurn(httpx.BaseTransport):
    """A house that is busy at first."""

    def __init__(self, *status_codes: int) -> None:
        self._status_codes = list(status_codes)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(self._status_codes.pop(0), request=request)


if ARCHIVE.exists():

    def test_every_line_of_the_archive_is_accounted_for(door: IntakeDoor) -> None:
        account = bring_in(read_events(ARCHIVE), door=door)

        assert account.lines == account.accounted == LINES_OF_THE_ARCHIVE
        assert set(account.refused) == {"told for a whole county"}
