"""A past period that nobody has published is drawn by the set-up that was in force when it was due."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from told_histories import feed

from est_chassis.event_store import Cursor
from est_compiler.domain.picture import Picture
from est_compiler.questions.editions import WhichPicture, brief_of
from est_compiler.questions.pictures import picture_at
from est_contracts.example_collaboration import CENTRUM, NORRANGEN, example_collaboration
from est_contracts.examples import example_id, example_incident, example_of
from est_contracts.messages import CollaborationSetUp, Recorded
from est_contracts.vocabulary import (
    Area,
    ChosenTemplate,
    CollaborationDocument,
    Function,
    LocalGroup,
    PeriodKind,
    PictureCalendar,
    PictureScope,
    Role,
)

#: The reports of week 45 are due on Wednesday the 11th, those of week 46 a week later.
BEGUN, CHANGED = datetime(2026, 10, 1, 8, tzinfo=UTC), datetime(2026, 11, 12, 8, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
LATER = "9901R009"


def set_up(cursor: Cursor, document: CollaborationDocument, *, version: int, at: datetime) -> None:
    recorded = Recorded(message_id=f"{example_id('set-up')}:{version}", position=version * 10, recorded_at=at)
    feed(cursor, [example_of(CollaborationSetUp, recorded=recorded, version=version, document=document)])


def changed() -> CollaborationDocument:
    """Norrängen has another name, and an area, a function, a local group and a template have come."""
    before = example_collaboration()
    areas = [
        area.model_copy(update={"name": "Norra ängen"}) if area.area_id == NORRANGEN else area
        for area in before.areas
    ]
    new = Function(
        function_id="skolvarden",
        title="Skolvärden",
        organisation_id="valboas_kommun",
        roles=(Role.REPORTER,),
    )
    return before.model_copy(
        update={
            "areas": (*areas, Area(area_id=LATER, name="Strandängen")),
            "functions": (*before.functions, new),
            "local_groups": (LocalGroup(group_id="norr", name="EST Norr", area_ids=(NORRANGEN,)),),
            "templates": (ChosenTemplate(kind=PeriodKind.WEEK, template="boras_weekly"),),
        }
    )


def begun_and_changed(cursor: Cursor) -> None:
    set_up(cursor, example_collaboration(), version=1, at=BEGUN)
    set_up(cursor, changed(), version=2, at=CHANGED)


def drawn(cursor: Cursor, week: str, *, scope: str = "", position: int | None = None) -> Picture:
    period = PictureCalendar().parse(week)
    asked: dict[str, Any] = {"municipality": "9901", "period": period, "scope": PictureScope.parse(scope)}
    return picture_at(cursor, **asked, position=position).picture


def areas_in(picture: Picture) -> list[str]:
    return [each.name for each in picture.areas]


def no_words(_texts: object) -> dict[UUID, str]:
    return {}


def test_a_week_that_was_due_before_the_change_has_the_names_of_then(cursor: Cursor) -> None:
    begun_and_changed(cursor)

    before, after = areas_in(drawn(cursor, "2026-W45")), areas_in(drawn(cursor, "2026-W46"))

    assert "Norrängen" in before and "Norra ängen" not in before
    assert "Norra ängen" in after and "Norrängen" not in after


def test_a_week_before_the_first_set_up_goes_by_the_first(cursor: Cursor) -> None:
    begun_and_changed(cursor)

    for week in ("2026-W30", "2025-W40"):
        assert "Norrängen" in areas_in(drawn(cursor, week))


def test_a_year_goes_by_the_set_up_at_its_end(cursor: Cursor) -> None:
    begun_and_changed(cursor)

    assert "Norra ängen" in areas_in(drawn(cursor, "2026"))
    assert "Norrängen" in areas_in(drawn(cursor, "2025"))


def test_a_function_that_has_come_since_was_not_silent_then(cursor: Cursor) -> None:
    begun_and_changed(cursor)
    told = [("2026-11-05T20:00:00Z", 31), ("2026-11-12T20:00:00Z", 32)]
    feed(cursor, [example_incident(number, happened_at=moment) for moment, number in told])

    silent = {
        week: [each.function for each in drawn(cursor, week).coverage.silent]
        for week in ("2026-W45", "2026-W46")
    }

    assert "skolvarden" not in silent["2026-W45"]
    assert "skolvarden" in silent["2026-W46"]


def test_what_is_told_of_an_area_that_has_come_since_has_its_name(cursor: Cursor) -> None:
    begun_and_changed(cursor)
    feed(cursor, [example_incident(31, area=LATER, happened_at="2026-11-05T20:00:00Z")])

    assert areas_in(drawn(cursor, "2026-W45"))[-1] == "Strandängen"


def test_a_part_that_has_come_since_is_drawn_by_the_set_up_that_has_it(cursor: Cursor) -> None:
    begun_and_changed(cursor)

    assert drawn(cursor, "2026-W45", scope="norr").scope_name == "EST Norr"


def test_an_edition_is_laid_out_as_it_was_then(cursor: Cursor) -> None:
    begun_and_changed(cursor)

    templates = [
        brief_of(cursor, WhichPicture("9901", week, as_of=NOW.isoformat()), now=NOW, read=no_words).template
        for week in ("2026-W45", "2026-W46")
    ]

    assert [each.template_id for each in templates if each] == ["developed_weekly", "boras_weekly"]


def test_as_it_was_known_before_the_change_the_later_week_has_the_earlier_names(cursor: Cursor) -> None:
    begun_and_changed(cursor)

    assert "Norrängen" in areas_in(drawn(cursor, "2026-W46", position=19))
    assert CENTRUM in {each.area for each in drawn(cursor, "2026-W46", position=19).areas}
