"""In which area a point lies, and which areas are beside each other."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN, example_collaboration
from est_contracts.vocabulary import Area, AreaKind, Coordinates, NamedPlace
from est_intake.application.geography import Geography, geography_of, located
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.submission import Submission

DISTRICT = "9901D1"
IN_NORRANGEN = Coordinates(longitude=13.31, latitude=58.945)
BETWEEN = Coordinates(longitude=13.35, latitude=58.945)


def valboas(*more: Area) -> SetUpInUse:
    document = example_collaboration()
    torget = NamedPlace(place_id="torget", name="Torget", area_id=CENTRUM)
    return SetUpInUse(
        document.model_copy(update={"areas": (*document.areas, *more), "places": (torget,)}), version=1
    )


def around_it_all(*, within: str | None = None) -> Area:
    ring = ((13.2, 58.9), (13.5, 58.9), (13.5, 59.0), (13.2, 59.0), (13.2, 58.9))
    return Area(
        area_id=DISTRICT, name="Valboås tätort", kind=AreaKind.DISTRICT, within=within, polygon=(ring,)
    )


def told(**changes: object) -> Submission:
    submission = Submission(
        report_id=UUID(int=1),
        municipality="9901",
        checklist_entry="orebro.1",
        happened_at=datetime(2026, 11, 20, 20, 40, tzinfo=UTC),
    )
    return replace(submission, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ({}, None),
        ({"point": IN_NORRANGEN}, NORRANGEN),
        ({"point": BETWEEN}, None),
        ({"point": IN_NORRANGEN, "area": HAMNEN}, HAMNEN),
        ({"place": "torget"}, CENTRUM),
        ({"place": "torget", "point": IN_NORRANGEN}, CENTRUM),
        ({"place": "torget", "area": HAMNEN}, HAMNEN),
        ({"place": "okand"}, None),
        ({"place": "okand", "point": IN_NORRANGEN}, NORRANGEN),
    ],
)
def test_the_area_that_is_named_goes_before_the_place_and_the_place_before_the_point(
    said: dict[str, object], area: str | None
) -> None:
    assert located(told(**said), valboas()).area == area


def test_the_smallest_area_around_a_point_is_meant() -> None:
    geography = Geography(valboas(around_it_all()))

    assert geography.area_at(IN_NORRANGEN) == NORRANGEN
    assert geography.area_at(BETWEEN) == DISTRICT


def test_a_point_on_the_border_lies_in_one_area_always_the_same() -> None:
    border = Coordinates(longitude=13.31, latitude=58.94)

    assert {Geography(valboas()).area_at(border) for _ in range(3)} == {CENTRUM}


def test_areas_that_touch_are_neighbours_and_those_further_off_are_not() -> None:
    geography = Geography(valboas())

    assert geography.neighbours(NORRANGEN) == {CENTRUM}
    assert geography.neighbours(HAMNEN) == frozenset()
    assert geography.neighbours(None) == frozenset()


def test_areas_of_one_district_are_neighbours_also_where_nothing_is_drawn() -> None:
    bare = example_collaboration()
    areas = [area.model_copy(update={"polygon": (), "within": DISTRICT}) for area in bare.areas]
    geography = Geography(SetUpInUse(bare.model_copy(update={"areas": tuple(areas)}), version=1))

    assert geography.neighbours(NORRANGEN) == {CENTRUM, HAMNEN}
    assert geography.area_at(IN_NORRANGEN) is None


def test_a_polygon_that_crosses_itself_still_holds_its_points() -> None:
    bow_tie = ((13.6, 58.9), (13.7, 59.0), (13.7, 58.9), (13.6, 59.0), (13.6, 58.9))
    geography = Geography(valboas(Area(area_id="9901X1", name="Rosetten", polygon=(bow_tie,))))

    assert geography.area_at(Coordinates(longitude=13.61, latitude=58.95)) == "9901X1"


def test_the_polygons_are_prepared_once_for_each_version() -> None:
    set_up = valboas()

    assert geography_of(set_up) is geography_of(set_up)
