"""Areas are read from GeoJSON, and what is wrong with them is named."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from est_contracts.vocabulary import Area, AreaKind
from est_intake.application.area_file import AreaFile, FileIsNotAreas, read_areas

BESIDE_THE_REPOSITORY = Path(__file__).parents[4] / "shared" / "data" / "geo"
REAL_FILES = Path(os.environ.get("EST_GEO_FILES", BESIDE_THE_REPOSITORY))

Corners = list[list[float]]


def square(west: float, south: float, *, wide: float = 0.01) -> Corners:
    east, north = west + wide, south + wide
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(name: str, *rings: Corners, **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": list(rings or (square(13.0, 57.7),))}
    return {"type": "Feature", "properties": {"namn": name, **properties}, "geometry": geometry}


def file(*features: dict[str, Any], **members: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members}).encode()


def read(*features: dict[str, Any], **options: Any) -> AreaFile:
    return read_areas(file(*features), municipality="1490", **options)


def told(found: AreaFile) -> list[str]:
    return [f"{each.area}: {each.words.en}" for each in found.troubles]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"<kml/>", b"[1, 2]", b'{"type": "Polygon"}', b"[" * 9_999])
def test_what_is_no_collection_of_areas_is_refused(content: bytes) -> None:
    with pytest.raises(FileIsNotAreas):
        read_areas(content, municipality="1490")


def test_a_file_without_areas_is_refused() -> None:
    with pytest.raises(FileIsNotAreas, match="0 areas"):
        read()


def test_coordinates_in_sweref_are_refused_with_advice() -> None:
    northing_and_easting = square(377_000, 6_398_000, wide=500)

    with pytest.raises(FileIsNotAreas, match="EPSG:4326"):
        read(feature("Hulta", northing_and_easting))


def test_heights_above_the_sea_are_no_coordinates() -> None:
    on_a_hill = [[*corner, 312.5] for corner in square(13.0, 57.7)]

    (area,) = read(feature("Hulta", on_a_hill)).areas

    assert area.name == "Hulta"


def test_a_file_that_says_it_has_another_system_is_refused_with_advice() -> None:
    system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}

    with pytest.raises(FileIsNotAreas, match="EPSG:4326"):
        read_areas(file(feature("Hulta"), crs=system), municipality="1490")


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_a_file_may_say_that_it_is_in_wgs_84(name: str) -> None:
    system = {"type": "name", "properties": {"name": name}}

    assert len(read_areas(file(feature("Hulta"), crs=system), municipality="1490").areas) == 1


def test_a_border_that_crosses_itself_is_named_with_its_place() -> None:
    bow_tie = [[13.0, 57.0], [13.1, 57.1], [13.1, 57.0], [13.0, 57.1], [13.0, 57.0]]

    found = read(feature("Hulta", bow_tie))

    assert told(found) == ["Hulta: The border crosses itself. It is at 13.05000, 57.05000."]
    assert found.areas == ()


def test_a_border_that_is_not_closed_is_named() -> None:
    assert "not closed" in told(read(feature("Hulta", square(13.0, 57.7)[:-1])))[0]


def test_a_border_of_too_few_corners_is_named() -> None:
    assert "too few corners" in told(read(feature("Hulta", square(13.0, 57.7)[:2])))[0]


def test_latitude_before_longitude_in_the_far_north_is_named() -> None:
    swapped = [[y, x + 80] for x, y in square(13.0, 57.7)]

    assert "longitude first" in told(read(feature("Hulta", swapped)))[0]


def test_a_hole_outside_the_area_is_named() -> None:
    assert "hole lies outside" in told(read(feature("Hulta", square(13.0, 57.7), square(13.5, 57.7))))[0]


def test_a_hole_inside_the_area_is_kept() -> None:
    inside = square(13.002, 57.702, wide=0.002)

    (area,) = read(feature("Hulta", square(13.0, 57.7), inside)).areas

    assert len(area.polygon) == 2


def test_a_point_is_no_area() -> None:
    point = {**feature("Hulta"), "geometry": {"type": "Point", "coordinates": [13.0, 57.7]}}

    assert "no surface" in told(read(point))[0]


def test_two_areas_of_one_code_are_named() -> None:
    found = read(feature("Hulta", kod="H1"), feature("Norrby", square(13.1, 57.7), kod="H1"))

    assert told(found) == ["Norrby: The code 1490H1 is that of Hulta already. Each area needs its own."]


def test_sub_areas_that_cover_each_other_are_remarked_upon() -> None:
    found = read(feature("Hulta", square(13.0, 57.7)), feature("Norrby", square(13.005, 57.7)))

    assert told(found) == ["Hulta: Overlaps Norrby: 50 per cent of the smaller surface."]
    assert len(found.areas) == 2


def test_an_area_that_covers_one_that_stays_as_it_is_is_remarked_upon() -> None:
    known = read(feature("Hulta", square(13.0, 57.7), kod="H1"), feature("Sjöbo", square(13.2, 57.7))).areas

    found = read(feature("Norrby", square(13.005, 57.7), kod="N1"), known=known)

    assert told(found) == ["Norrby: Overlaps Hulta: 50 per cent of the smaller surface."]
    assert [area.name for area in found.areas] == ["Norrby"]


def test_areas_that_the_file_takes_the_place_of_are_in_nobodys_way() -> None:
    known = read(feature("Hulta", square(13.0, 57.7), kod="H1")).areas
    moved = feature("Hulta", square(13.005, 57.7), kod="H1")
    instead = feature("Norrby", square(13.005, 57.7), kod="N1")

    assert told(read(moved, known=known)) == []
    assert told(read(instead, known=known, removes=True)) == []


def test_what_is_wrong_between_areas_that_stay_is_not_told_of_the_file() -> None:
    known = read(feature("Hulta", square(13.0, 57.7)), feature("Norrby", square(13.005, 57.7))).areas

    assert told(read(feature("Sjöbo", square(13.2, 57.7)), known=known)) == []


def test_borders_that_were_written_by_hand_and_cross_themselves_are_compared_with_nothing() -> None:
    bow = ((13.0, 57.7), (13.1, 57.8), (13.1, 57.7), (13.0, 57.8), (13.0, 57.7))
    known = (Area(area_id="1490X", name="Flugan", polygon=(bow,)),)

    assert told(read(feature("Norrby", square(13.005, 57.7)), known=known)) == []


def test_districts_that_cover_each_other_are_remarked_upon() -> None:
    found = read(
        feature("Öster", square(13.0, 57.7), typ="stadsdel"),
        feature("Väster", square(13.005, 57.7), typ="stadsdel"),
    )

    assert told(found) == ["Öster: Overlaps Väster: 50 per cent of the smaller surface."]


def test_a_sub_area_outside_a_district_that_is_known_already_is_remarked_upon() -> None:
    known = read(feature("Öster", square(13.0, 57.7, wide=0.1), typ="stadsdel")).areas

    found = read(feature("Hulta", square(13.095, 57.75), stadsdel="Öster"), known=known)

    assert told(found) == ["Hulta: Lies to 50 per cent outside its district."]


def test_latitude_before_longitude_in_sweden_is_refused_with_advice() -> None:
    with pytest.raises(FileIsNotAreas, match="longitude first"):
        read(feature("Hulta", square(57.7, 13.0)))


def test_neighbours_may_share_a_border_and_leave_gaps() -> None:
    found = read(
        feature("Hulta", square(13.0, 57.7)),
        feature("Norrby", square(13.01, 57.7)),
        feature("Sjöbo", square(13.2, 57.7)),
    )

    assert told(found) == []


def test_a_sub_area_outside_its_district_is_remarked_upon() -> None:
    found = read(
        feature("Öster", square(13.0, 57.7, wide=0.1), typ="stadsdel"),
        feature("Hulta", square(13.095, 57.75), stadsdel="Öster"),
    )

    assert told(found) == ["Hulta: Lies to 50 per cent outside its district."]
    assert [(area.kind, area.within) for area in found.areas] == [
        (AreaKind.DISTRICT, None),
        (AreaKind.SUB_AREA, found.areas[0].area_id),
    ]


def test_of_an_area_in_several_parts_the_largest_is_drawn_and_the_rest_is_told() -> None:
    parts = [[square(13.0, 57.7)], [square(13.5, 57.7, wide=0.1)]]
    islands = {**feature("Öarna"), "geometry": {"type": "MultiPolygon", "coordinates": parts}}

    found = read(islands)

    assert found.areas[0].polygon[0][0] == (13.5, 57.7)
    assert told(found) == ["Öarna: The area consists of 2 separate parts. Only the largest is drawn."]


def test_corners_are_kept_to_five_decimals() -> None:
    fine = [[x + 0.000001234, y] for x, y in square(13.0, 57.7)]

    (area,) = read(feature("Hulta", fine)).areas

    assert area.polygon == (((13.0, 57.7), (13.01, 57.7), (13.01, 57.71), (13.0, 57.71), (13.0, 57.7)),)


def test_a_code_is_made_of_the_name_when_the_file_has_none() -> None:
    found = read(feature("Hässleholmen"))

    assert found.areas[0].area_id == "1490HASSLEHOLMEN"


def test_an_area_that_there_is_keeps_its_code_and_its_priority() -> None:
    known = (Area(area_id="1490R7", name="Hulta", priority=True),)

    found = read(feature("hulta"), known=known)

    assert (found.areas[0].area_id, found.areas[0].priority) == ("1490R7", True)


def test_one_may_say_which_property_is_which() -> None:
    odd = feature("x", GID=7, BETECKNING="Hulta")

    found = read(odd, properties={"area_id": "GID", "name": "BETECKNING"})

    assert [(area.area_id, area.name) for area in found.areas] == [("14907", "Hulta")]
    assert found.properties == ("namn", "GID", "BETECKNING")


def test_an_area_without_a_name_is_named_by_its_number() -> None:
    nameless = {**feature("x"), "properties": None}

    assert told(read(nameless))[0].startswith("nr 1: The area has no name")


def test_too_many_corners_are_refused_with_advice() -> None:
    many = [[13 + step / 1e6, 57.7 + step % 2 / 1e3] for step in range(20_001)]

    with pytest.raises(FileIsNotAreas, match="Simplify"):
        read(feature("Hulta", [*many, many[0]]))


def test_real_files_can_be_read_where_they_are_at_hand() -> None:
    """Cells of a grid have a number only; the demo's areas have names and codes."""
    for real in REAL_FILES.glob("*.geojson"):
        is_a_grid, code = "h3" in real.stem, "9901" if "valboas" in real.stem else "1490"

        found = read_areas(
            real.read_bytes(), municipality=code, properties={"name": "h3"} if is_a_grid else {}
        )

        assert found.faults == (), real.name
        assert len(found.areas) == len(json.loads(real.read_text("utf-8"))["features"]), real.name


def test_what_an_area_is_said_to_lie_in_may_be_nothing_of_ours() -> None:
    found = read(feature("Hulta", omradeskod="HULTA", stadsdel="Norra staden!"))

    assert told(found) == [
        "Hulta: What the area is said to lie in is no area here. The area is left by itself."
    ]
    assert [(each.area_id, each.within) for each in found.areas] == [("1490HULTA", None)]


@pytest.mark.parametrize("corner", ["1" + "0" * 400, "-1e999"])
def test_numbers_that_are_no_place_on_earth_are_refused(corner: str) -> None:
    content = file(feature("Hulta")).replace(b"57.7", corner.encode(), 1)

    with pytest.raises(FileIsNotAreas):
        read_areas(content, municipality="1490")


def test_half_a_character_is_refused() -> None:
    with pytest.raises(FileIsNotAreas):
        read_areas(file(feature("Hulta\ud800")), municipality="1490")
