"""A municipality's collaboration, version by version."""

from datetime import datetime

import pytest

from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import (
    Checklist,
    ChecklistEntry,
    CollaborationDocument,
    Party,
    Polarity,
    Scope,
    Tense,
    Theme,
    Words,
)
from est_intake.domain.collaboration import (
    Collaboration,
    CollaborationHasChanged,
    SetUpInUse,
)
from est_intake.domain.entry_series import EntryMeansSomethingElse


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


def following(own: Checklist, *, in_use: bool = True) -> CollaborationDocument:
    """Valboås with a list of its own beside Örebro's."""
    checklists = ("orebro", own.checklist_id) if in_use else ("orebro",)
    changes = {"own_checklists": (own,), "checklists": checklists}
    return example_collaboration().model_copy(update=changes)


def own_list(**of_its_entry: object) -> Checklist:
    entry = ChecklistEntry.model_validate(
        {
            "entry_id": "egen.1",
            "words": Words(sv="Elsparkcyklar i vägen", en="Scooters in the way"),
            "polarity": Polarity.NEGATIVE,
            "scope": Scope.PLACE,
            "tense": Tense.OCCURRED,
            "scale": None,
            "theme": Theme.OTHER,
            **of_its_entry,
        }
    )
    title = Words(sv="Vår egen", en="Our own")
    return Checklist(checklist_id="egen", version=1, title=title, entries=(entry,))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("theme", Theme.GATHERING),
        ("polarity", Polarity.BOTH),
        ("scope", Scope.AREA),
        ("tense", Tense.EXPECTED),
        ("scale", "severity_1_5"),
    ],
)
def test_an_entry_in_use_cannot_come_to_mean_something_else(field: str, value: object) -> None:
    collaboration = Collaboration.begun_with(following(own_list()))

    with pytest.raises(EntryMeansSomethingElse) as refused:
        collaboration.amend(following(own_list(**{field: value})))

    assert [error.field for error in refused.value.errors] == [f"own_checklists.0.entries.0.{field}"]


def test_an_entry_in_use_may_be_worded_anew() -> None:
    collaboration = Collaboration.begun_with(following(own_list()))

    collaboration.amend(following(own_list(words=Words(sv="Elsparkcyklar", en="Scooters"))))

    assert collaboration.version == 2


def test_an_entry_that_was_removed_comes_back_only_as_the_same() -> None:
    collaboration = Collaboration.begun_with(following(own_list()))
    collaboration.amend(example_collaboration())

    with pytest.raises(EntryMeansSomethingElse):
        collaboration.amend(following(own_list(theme=Theme.FIRE)))
    collaboration.amend(following(own_list()))

    assert collaboration.version == 3


def test_a_list_that_nobody_has_followed_may_still_be_changed() -> None:
    collaboration = Collaboration.begun_with(following(own_list(), in_use=False))

    collaboration.amend(following(own_list(theme=Theme.FIRE)))

    assert collaboration.document.own_checklists[0].entries[0].theme is Theme.FIRE


def test_what_was_once_in_use_is_remembered_when_it_is_read_back() -> None:
    collaboration = Collaboration.begun_with(following(own_list()))
    collaboration.amend(example_collaboration())
    read_back: Collaboration | None = None

    for event in collaboration.collect_events():
        read_back = event.mutate(read_back)

    assert read_back is not None
    with pytest.raises(EntryMeansSomethingElse):
        read_back.amend(following(own_list(theme=Theme.FIRE)))


def test_an_event_recorded_before_functions_were_told_can_still_be_read() -> None:
    begun = Collaboration.begun_with(example_collaboration()).collect_events()[0]
    written = {name: told for name, told in begun.__dict__.items() if name != "by_function"}
    recorded = object.__new__(Collaboration.SetUp)
    recorded.__dict__.update(written)

    read_back: object = recorded.mutate(None)

    assert recorded.by_function is None
    assert isinstance(read_back, Collaboration)
    assert read_back.document == example_collaboration()


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
