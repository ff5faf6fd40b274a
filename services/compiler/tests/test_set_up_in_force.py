"""A picture of the past goes by the set-up that was in force then, down to the last field."""

from datetime import date
from typing import Any

import pytest

from est_chassis.event_store import Cursor
from est_compiler.questions.pictures import picture_at
from est_compiler.read_models.collaborations import Collaborations, collaboration_at
from est_contracts.example_collaboration import CENTRUM, NORRANGEN, example_collaboration
from est_contracts.examples import example_of
from est_contracts.messages import CollaborationSetUp
from est_contracts.vocabulary import (
    CalendarEntry,
    CalendarKind,
    ChosenTemplate,
    CollaborationDocument,
    Coordinates,
    Deadline,
    DutyPeriod,
    LocalGroup,
    Meeting,
    MeetingForm,
    NamedPlace,
    Party,
    PeriodKind,
    PictureCalendar,
    PriorityAreas,
    RiskScale,
    Term,
)

WEEK = PictureCalendar().parse("2026-W47")
CHANGES: dict[str, Any] = {
    "organisation_model": "B",
    "checklists": ("orebro", "malmo"),
    "period_days": 14,
    "periods_begin_on": date(2018, 1, 3),
    "deadline": Deadline(weekday=5, time="12:00", reminder_hours=4),
    "meeting": Meeting(weekday=5, time="13:00", form=MeetingForm.VIDEO),
    "term": Term.TERTIAL,
    "places": (
        NamedPlace(
            place_id="torget",
            name="Torget",
            area_id=CENTRUM,
            point=Coordinates(longitude=13.31, latitude=58.935),
        ),
    ),
    "priority_areas": (PriorityAreas(quarter="2026-Q4", area_ids=(NORRANGEN,)),),
    "duty_periods": (
        DutyPeriod(
            function_id="tib",
            filled_by="samordnaren",
            first_day=date(2026, 12, 24),
            last_day=date(2027, 1, 1),
        ),
    ),
    "local_groups": (
        LocalGroup(group_id="norr", name="EST Norr", area_ids=(NORRANGEN,), members=("bovard_norrangen",)),
    ),
    "compilers": ("samordnaren", "kommunpolisen"),
    "calendar": (
        CalendarEntry(
            kind=CalendarKind.SCHOOL_BREAK,
            name="Sportlov",
            first_day=date(2027, 2, 15),
            last_day=date(2027, 2, 21),
        ),
    ),
    "risk_scale": RiskScale(lowest=0, highest=5),
    "alert_minutes": 5,
    "open_to_the_public": True,
    "templates": (ChosenTemplate(kind=PeriodKind.QUARTER, template="quarterly"),),
    "signed_by": (Party.MUNICIPALITY,),
    "public_pictures": True,
}


def told(cursor: Cursor, *documents: CollaborationDocument) -> None:
    Collaborations().feed(
        cursor,
        [
            example_of(CollaborationSetUp, position=10 * version, version=version, document=document)
            for version, document in enumerate(documents, start=1)
        ],
    )


def at(cursor: Cursor, position: int) -> CollaborationDocument | None:
    return collaboration_at(cursor, municipality="9901", position=position)


def test_before_anything_was_set_up_there_is_none(cursor: Cursor) -> None:
    told(cursor, example_collaboration())

    assert at(cursor, 9) is None


@pytest.mark.parametrize("field", CHANGES)
def test_what_was_in_force_then_holds_for_every_field(cursor: Cursor, field: str) -> None:
    before = example_collaboration()
    after = before.model_copy(update={field: CHANGES[field]})

    told(cursor, before, after)

    assert getattr(before, field) != getattr(after, field)
    assert (at(cursor, 19), at(cursor, 20)) == (before, after)


def test_every_field_that_may_change_is_tried_here() -> None:
    tried_elsewhere = {"municipality", "name", "organisations", "areas", "functions", "distribution_lists"}
    made_by_hand = {"own_checklists"}

    assert set(CollaborationDocument.model_fields) == {*CHANGES, *tried_elsewhere, *made_by_hand}


def test_a_picture_of_the_past_has_the_areas_of_then(cursor: Cursor) -> None:
    renamed = tuple(
        area.model_copy(update={"name": "Norra ängen"}) if area.area_id == NORRANGEN else area
        for area in example_collaboration().areas
    )
    told(cursor, example_collaboration(), example_collaboration().model_copy(update={"areas": renamed}))

    names_then, names_now = (
        [
            area.name
            for area in picture_at(cursor, municipality="9901", period=WEEK, position=at).picture.areas
        ]
        for at in (15, 20)
    )

    assert "Norrängen" in names_then
    assert "Norra ängen" not in names_then
    assert "Norra ängen" in names_now
