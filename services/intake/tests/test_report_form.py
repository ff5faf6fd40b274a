"""What the fields of the phone page mean, without a page."""

from datetime import UTC, datetime, timedelta

import pytest

from est_chassis.web.bodies import FormValues
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import ChecklistEntry, CollaborationDocument, Coordinates, Origin, Party
from est_contracts.vocabulary.checklists import entry
from est_intake.domain.collaboration import SetUpInUse
from est_intake.pages.reporting.checklist_parts import parts_for
from est_intake.pages.reporting.form import ReportForm

SUNDAY_NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
VANDALISM, REACTIONS, ELSEWHERE, WELL_DONE = (
    entry("orebro.1"), entry("malmo.14"), entry("malmo.16"), entry("malmo.22")
)  # fmt: skip


def with_checklists(*names: str) -> CollaborationDocument:
    return example_collaboration().model_copy(update={"checklists": names})


def form_with(**fields: str) -> ReportForm:
    said = {"checklist_entry": "orebro.1", "when": "just_now", "opened_at": SUNDAY_NOON.isoformat()} | fields
    return ReportForm.sent(FormValues(list(said.items())))


@pytest.mark.parametrize(
    ("when", "moment", "happened_at"),
    [
        ("just_now", "", "2026-11-22T11:00:00+00:00"),
        ("last_night", "", "2026-11-22T01:00:00+00:00"),
        ("yesterday_evening", "", "2026-11-21T20:00:00+00:00"),
        ("chosen", "2026-11-20T21:40", "2026-11-20T20:40:00+00:00"),
        ("chosen", "2026-07-01T21:40", "2026-07-01T19:40:00+00:00"),
    ],
)
def test_the_moments_of_the_phone_page_are_meant_in_swedish_time(
    when: str, moment: str, happened_at: str
) -> None:
    form = form_with(when=when, moment=moment)

    times = form.times(SUNDAY_NOON + timedelta(minutes=5), VANDALISM)

    assert times == (datetime.fromisoformat(happened_at), None)


def test_what_lasted_says_from_when_until_when() -> None:
    form = form_with(when="chosen", moment="2026-11-20T21:40", until="2026-11-21T01:10")

    assert form.times(SUNDAY_NOON, VANDALISM) == (
        datetime(2026, 11, 20, 20, 40, tzinfo=UTC),
        datetime(2026, 11, 21, 0, 10, tzinfo=UTC),
    )


def test_what_is_expected_is_told_in_whole_days_that_lie_ahead() -> None:
    form = form_with(first_day="2026-12-13", last_day="2026-12-14")

    assert form.missing(SUNDAY_NOON, REACTIONS) == {}
    assert form.times(SUNDAY_NOON, REACTIONS) == (
        datetime(2026, 12, 12, 23, 0, tzinfo=UTC),
        datetime(2026, 12, 14, 22, 59, tzinfo=UTC),
    )


def test_a_form_that_has_lain_open_takes_now_for_just_now() -> None:
    later = SUNDAY_NOON + timedelta(hours=9)

    assert form_with().times(later, VANDALISM) == (later, None)


@pytest.mark.parametrize("opened_at", ["", "x", "2026-11-22T11:00:00", "2999-01-01T00:00:00+00:00"])
def test_an_opening_time_that_cannot_be_is_not_believed(opened_at: str) -> None:
    assert form_with(opened_at=opened_at).times(SUNDAY_NOON, VANDALISM) == (SUNDAY_NOON, None)


@pytest.mark.parametrize(
    ("fields", "chosen", "field"),
    [
        ({"when": ""}, VANDALISM, "when"),
        ({"when": "chosen", "moment": ""}, VANDALISM, "when"),
        ({"when": "chosen", "moment": "9999-12-31T23:59"}, VANDALISM, "when"),
        ({"when": "chosen", "moment": "2026-11-20T21:40+01:00"}, VANDALISM, "when"),
        ({"when": "chosen", "moment": "2026-11-20T21:40", "until": "x"}, VANDALISM, "when"),
        ({"when": "chosen", "moment": "2026-11-20T21:40", "until": "2026-11-20T21:39"}, VANDALISM, "until"),
        ({"severity": "6"}, VANDALISM, "severity"),
        ({"text": "a" * 4_001}, VANDALISM, "text"),
        ({"measures": "a" * 4_001}, VANDALISM, "measures"),
        ({}, None, "checklist_entry"),
        ({"first_day": ""}, REACTIONS, "first_day"),
        ({"first_day": "2026-12-24", "last_day": "2026-12-23"}, REACTIONS, "last_day"),
    ],
)
def test_what_is_missing_or_impossible_is_said(
    fields: dict[str, str], chosen: ChecklistEntry | None, field: str
) -> None:
    assert list(form_with(**fields).missing(SUNDAY_NOON, chosen)) == [field]


def test_every_field_arrives_as_it_was_told() -> None:
    form = form_with(
        area="other", other_area="9901R005", place="torget", longitude="13.30456", latitude="58.93111",
        severity="4", text="Rutor\r\nkrossade", measures="Anmält", is_one_of_several="yes",
    )  # fmt: skip

    told = form.submission("9901", SUNDAY_NOON, VANDALISM)

    assert (told.area, told.place, told.severity) == ("9901R005", "torget", 4)
    assert told.point == Coordinates(longitude=13.3046, latitude=58.9311)
    assert (told.text, told.measures) == ("Rutor\nkrossade", "Anmält")
    assert (told.origin, told.sent_together) == (Origin.FORM, form.sent_together)


def test_one_report_alone_belongs_to_no_sending() -> None:
    assert form_with().submission("9901", SUNDAY_NOON, VANDALISM).sent_together is None


@pytest.mark.parametrize("chosen", [ELSEWHERE, WELL_DONE], ids=["elsewhere", "the area as a whole"])
def test_what_is_nowhere_in_particular_has_no_place_on_the_map(chosen: ChecklistEntry) -> None:
    form = form_with(area="9901R002", place="torget", longitude="13.3", latitude="58.9")

    told = form.submission("9901", SUNDAY_NOON, chosen)

    assert (told.area, told.place, told.point) == ("9901R002", None, None)


@pytest.mark.parametrize(
    ("longitude", "latitude"), [("", ""), ("x", "58.9"), ("13.3", "91"), ("nan", "58.9")]
)
def test_what_is_no_point_on_earth_is_none(longitude: str, latitude: str) -> None:
    assert form_with(longitude=longitude, latitude=latitude).point is None


def test_thirty_two_entries_stand_in_parts_and_those_of_ones_own_party_first_and_open() -> None:
    parts = parts_for(SetUpInUse(with_checklists("malmo"), version=1), Party.HOUSING)

    assert [(part.is_open, len(part.entries)) for part in parts] == [
        (True, 4),
        (False, 18),
        (False, 8),
        (False, 2),
    ]


def test_eight_entries_for_everyone_need_no_parts() -> None:
    (only,) = parts_for(SetUpInUse(with_checklists("orebro"), version=1), Party.POLICE)

    assert (only.title, only.is_open, len(only.entries)) == (None, True, 8)


def test_of_several_checklists_each_says_which_it_is() -> None:
    parts = parts_for(SetUpInUse(with_checklists("orebro", "boras"), version=1), Party.POLICE)

    assert [part.title is not None and len(part.entries) for part in parts] == [8, 16]


def test_whoever_no_part_is_meant_for_finds_them_all_open() -> None:
    parts = parts_for(SetUpInUse(with_checklists("malmo"), version=1), None)

    assert all(part.is_open for part in parts)
