"""A municipality's collaboration, version by version."""

from datetime import datetime

import pytest

from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import CollaborationDocument, Party
from est_intake.domain.collaboration import Collaboration, CollaborationHasChanged, SetUpInUse


def with_alert_minutes(minutes: int) -> CollaborationDocument:
    return example_collaboration().model_copy(update={"alert_minutes": minutes})


def test_a_change_that_builds_on_an_old_version_is_refused() -> None:
    collaboration = Collaboration.begun_with(example_collaboration())
    collaboration.amend(with_alert_minutes(5), from_version=1)

    with pytest.raises(CollaborationHasChanged):
        collaboration.amend(with_alert_minutes(10), from_version=1)


def test_the_same_document_again_is_no_new_version() -> None:
    collaboration = Collaboration.begun_with(example_collaboration())

    collaboration.amend(example_collaboration(), from_version=7)

    assert collaboration.version == 1


def test_a_change_is_the_next_version() -> None:
    collaboration = Collaboration.begun_with(example_collaboration())

    collaboration.amend(with_alert_minutes(5))

    assert (collaboration.version, collaboration.document.alert_minutes) == (2, 5)


def test_a_collaboration_read_back_is_the_same_in_value_and_type() -> None:
    collaboration = Collaboration.begun_with(example_collaboration())
    read_back: Collaboration | None = None

    for event in collaboration.collect_events():
        read_back = event.mutate(read_back)

    assert read_back is not None
    assert read_back.document == example_collaboration()
    assert type(read_back.document.organisations[0].party) is Party


def test_a_municipality_has_one_collaboration() -> None:
    assert Collaboration.create_id("9901") == Collaboration.begun_with(example_collaboration()).id


def test_a_set_up_knows_whom_each_function_speaks_for() -> None:
    set_up = SetUpInUse(example_collaboration(), version=1)

    assert set_up.reporters["bovard_norrangen"].party is Party.HOUSING
    assert "orebro.1" in set_up.entries
    assert "malmo.1" not in set_up.entries


@pytest.mark.parametrize(
    ("now", "due_at"),
    [
        ("2026-11-22T12:00+01:00", "2026-11-25T10:00+01:00"),
        ("2026-11-25T09:59+01:00", "2026-11-25T10:00+01:00"),
        ("2026-11-25T10:00+01:00", "2026-12-02T10:00+01:00"),
        ("2026-10-24T12:00+02:00", "2026-10-28T10:00+01:00"),
    ],
)
def test_the_deadline_is_wednesday_at_ten_in_summer_and_winter(now: str, due_at: str) -> None:
    set_up = SetUpInUse(example_collaboration(), version=1)

    assert set_up.next_deadline(datetime.fromisoformat(now)) == datetime.fromisoformat(due_at)
