"""Charts: what each one must be for every reader, and what each one shows."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_chassis.charts import (
    AreaShape,
    Bar,
    Caption,
    Chart,
    LineMark,
    MapPin,
    WeekPoint,
    area_map,
    bars,
    heat_matrix,
    week_line,
)
from est_chassis.charts.drawing import lines_of, ticks
from est_chassis.charts.heat_matrix import shade_of
from est_chassis.charts.polygons import label_places, room_at
from est_chassis.web.languages import Language

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<script>alert(\"1\")</script> & 'Södra'"
SQUARE = ((13.0, 58.0), (13.1, 58.0), (13.1, 58.1), (13.0, 58.1))


def some_bars(label: str = "Skadegörelse") -> Chart:
    return bars(
        Caption("themes", "Händelser per tema", f"Mest {label}."),
        rows=[Bar(label, 7, (5, None, 3)), Bar("Brand", 0, (1, 2, 0))],
        value_label="v. 47", before_labels=("v. 46", "v. 45", "v. 47 2025"),
    )  # fmt: skip


def some_heat(label: str = "När") -> Chart:
    counts = [[day if hour == 20 else 0 for hour in range(24)] for day in range(7)]
    return heat_matrix(Caption("hours", label, "Mest på söndagar."), counts=counts)


def some_line(label: str = "Ett år") -> Chart:
    points = [
        WeekPoint(f"2026-W{week:02}", None if week == 9 else week, 5, week / 53) for week in range(1, 54)
    ]
    return week_line(
        Caption("year", label, "Stiger."),
        points=points,
        value_label="i år",
        before_label="i fjol",
    )


def some_map(label: str = "Norrängen") -> Chart:
    return area_map(
        Caption("map", "Var", "Mest i norr."), value_label="händelser",
        areas=[AreaShape("9901R001", label, [SQUARE], value=3, is_priority=True)],
    )  # fmt: skip


EVERY_CHART = [some_bars, some_heat, some_line, some_map]


@pytest.mark.parametrize("draw", EVERY_CHART)
def test_a_chart_says_what_it_shows_without_being_seen(draw: Callable[[], Chart]) -> None:
    drawn = draw()

    for svg in (drawn.svg, drawn.narrow_svg):
        root = ET.fromstring(svg)
        assert root.get("role") == "img"
        named = {each.get("id"): each.text for each in root if each.tag in {f"{SVG}title", f"{SVG}desc"}}
        assert set(str(root.get("aria-labelledby")).split()) == set(named)
        assert list(named.values()) == [drawn.title, drawn.description]


@pytest.mark.parametrize("draw", EVERY_CHART)
def test_a_chart_has_its_numbers_in_a_table(draw: Callable[[], Chart]) -> None:
    table = draw().table

    assert table.caption
    assert table.rows
    assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("draw", EVERY_CHART)
def test_two_drawings_on_a_page_share_no_identifier(draw: Callable[[], Chart]) -> None:
    drawn = draw()
    identifiers = [
        each.get("id")
        for svg in (drawn.svg, drawn.narrow_svg)
        for each in ET.fromstring(svg).iter()
        if each.get("id")
    ]

    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize("draw", EVERY_CHART)
def test_everything_drawn_stays_on_its_paper(draw: Callable[[], Chart]) -> None:
    for svg in (draw().svg, draw().narrow_svg):
        root = ET.fromstring(svg)
        _, _, width, height = (float(part) for part in str(root.get("viewBox")).split())
        for each in root.iter():
            assert -6 <= float(each.get("x", 0)) <= width
            assert -6 <= float(each.get("y", 0)) <= height
            assert float(each.get("x", 0)) + float(each.get("width", 0)) <= width + 6


@pytest.mark.parametrize("draw", [some_bars, some_heat, some_line, some_map])
def test_a_label_cannot_become_markup(draw: Callable[[str], Chart]) -> None:
    drawn = draw(NASTY)

    assert "<script>" not in drawn.svg
    assert ET.fromstring(drawn.svg) is not None


@pytest.mark.parametrize("draw", EVERY_CHART)
def test_a_drawing_needs_no_stylesheet_and_no_style_attribute(draw: Callable[[], Chart]) -> None:
    svg = draw().svg

    assert " style=" not in svg
    assert 'fill="#' in svg


@pytest.mark.parametrize("draw", EVERY_CHART)
def test_the_same_numbers_give_the_same_bytes(draw: Callable[[], Chart]) -> None:
    assert draw().svg == draw().svg


def test_earlier_periods_are_told_apart_by_their_shape() -> None:
    root = ET.fromstring(some_bars().svg)

    shapes = {each.tag.removeprefix(SVG) for each in root if "mark" in str(each.get("class"))}
    assert shapes == {"line", "circle", "polygon"}


def test_a_bar_says_its_number_and_its_change() -> None:
    texts = [each.text for each in ET.fromstring(some_bars().svg).iter(f"{SVG}text")]

    assert "7" in texts
    assert "+2" in texts


def test_what_is_not_known_is_a_dash_and_not_a_zero() -> None:
    assert some_bars().table.rows[0] == ("Skadegörelse", "7", "5", "–", "3")


def test_bars_without_rows_are_an_empty_chart() -> None:
    assert ET.fromstring(bars(Caption("none", "Inget", ""), rows=[], value_label="v. 47").svg) is not None


def test_a_heat_matrix_writes_the_number_in_each_square_that_has_one() -> None:
    root = ET.fromstring(some_heat().svg)

    squares = [each.text for each in root.iter(f"{SVG}text") if str(each.get("class")).startswith("on-heat")]
    assert squares == ["1", "2", "3", "4", "5", "6"]


def test_a_heat_matrix_is_a_whole_week() -> None:
    with pytest.raises(ValueError, match="seven days"):
        heat_matrix(Caption("short", "", ""), counts=[[0] * 24] * 6)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500))
def test_more_is_never_lighter(one: int, more: int, largest: int) -> None:
    few, many = sorted((min(one, largest), min(more, largest)))

    assert 0 <= shade_of(few, largest) <= shade_of(many, largest) <= 5
    assert (shade_of(few, largest) == 0) == (few == 0)


def test_a_missing_week_is_a_gap_in_the_line() -> None:
    root = ET.fromstring(some_line().svg)

    stretches = [each for each in root.iter(f"{SVG}polyline") if each.get("class") == "line"]
    assert [len(str(each.get("points")).split()) for each in stretches] == [8, 44]


def test_no_change_stands_behind_the_bars_of_what_cannot_be_held_against_each_other() -> None:
    rows = [Bar("Skadegörelse", 7, (5,))]
    told, untold = (
        bars(
            Caption("themes", "Teman", ""),
            rows=rows,
            value_label="nu",
            before_labels=["då"],
            with_change=with_change,
        )
        for with_change in (True, False)
    )

    assert ">+2<" in told.svg
    assert ">+2<" not in untold.svg


def test_weeks_that_few_reported_for_are_hatched() -> None:
    root = ET.fromstring(some_line().svg)

    hatched = [each for each in root.iter(f"{SVG}rect") if "hatch" in str(each.get("fill")) and len(each)]
    assert len(hatched) == 26


def test_a_table_has_no_column_of_dashes_for_what_nobody_counts() -> None:
    uncounted = week_line(
        Caption("year", "Ett år", ""), points=[WeekPoint("2026-W47", 3)], value_label="i år"
    )

    assert uncounted.table.columns == ("Vecka", "i år")
    assert "Andel som rapporterat" in some_line().table.columns


def marked(*marks: LineMark) -> Chart:
    points = [WeekPoint(f"2026-W{week:02}", week) for week in range(1, 21)]
    return week_line(Caption("marked", "Tjugo veckor", ""), points=points, value_label="i år", marks=marks)


SCHOOL_BREAK, LIT = LineMark("Sportlov", 8, 9), LineMark("Belysning", 12.5)


def test_a_break_is_shaded_behind_its_weeks_and_named() -> None:
    for svg in (marked(SCHOOL_BREAK).svg, marked(SCHOOL_BREAK).narrow_svg):
        root = ET.fromstring(svg)
        band = next(each for each in root.iter(f"{SVG}rect") if len(each) and each[0].text == "Sportlov")
        last_week = next(each for each in root.iter(f"{SVG}text") if each.text == "v.20")

        assert float(str(band.get("width"))) > 10
        assert float(str(band.get("x"))) < float(str(last_week.get("x")))
        assert "Sportlov" in {each.text for each in root.iter(f"{SVG}text")}
        assert "lov och kända dagar" in {each.text for each in root.iter(f"{SVG}text")}


def test_a_measure_stands_on_the_floor_of_the_line_with_its_words() -> None:
    root = ET.fromstring(marked(LIT).svg)

    assert [each[0].text for each in root.iter(f"{SVG}polygon") if len(each)] == ["Belysning"]
    assert "insats" in {each.text for each in root.iter(f"{SVG}text")}


def test_the_table_names_what_a_week_is_marked_with() -> None:
    table = marked(SCHOOL_BREAK, LIT).table

    assert table.columns[-1] == "Märkt"
    assert {row[0]: row[-1] for row in table.rows if row[-1]} == {
        "2026-W09": "Sportlov",
        "2026-W13": "Belysning",
    }


def test_marks_that_began_before_the_line_are_cut_at_its_edge() -> None:
    root = ET.fromstring(marked(LineMark("Jullov", -3, 1), LineMark("Sommarlov", 19, 30)).svg)

    for band in (each for each in root.iter(f"{SVG}rect") if len(each)):
        left, width = float(str(band.get("x"))), float(str(band.get("width")))
        assert 0 < left < left + width < 720


def test_names_that_would_lie_on_each_other_are_left_to_the_table() -> None:
    root = ET.fromstring(marked(*(LineMark(f"Långt namn {week}", week, week + 1) for week in range(5))).svg)

    shown = [each.text for each in root.iter(f"{SVG}text") if str(each.text).startswith("Långt")]
    assert 2 <= len(shown) < 5


def test_the_latest_week_is_named_on_the_axis() -> None:
    assert ">v.53<" in some_line().svg
    assert ">v.53<" in some_line().narrow_svg


def test_a_line_without_weeks_is_an_empty_chart() -> None:
    empty = week_line(Caption("none", "Inget", ""), points=[], value_label="i år")

    assert ET.fromstring(empty.svg) is not None


def test_a_map_says_name_number_and_priority() -> None:
    root = ET.fromstring(some_map().svg)

    assert "Norrängen: 3" in {each.text for each in root.iter(f"{SVG}title")}
    assert any(each.get("class") == "priority" for each in root.iter())
    assert some_map().table.rows == [("Norrängen", "3", "ja")]


@pytest.mark.parametrize(
    ("level", "named"), [("green", "grön"), ("yellow", "gul"), ("orange", "orange"), ("red", "röd")]
)
def test_a_level_is_written_as_well_as_coloured(level: str, named: str) -> None:
    drawn = area_map(
        Caption("levels", "Läge", ""), value_label="läge",
        areas=[AreaShape("9901R001", "Torget", [SQUARE], level=level)],
    )  # fmt: skip

    assert f">{named}</text>" in drawn.svg
    assert named in drawn.table.rows[0]


def test_north_is_up() -> None:
    north = AreaShape("1", "Norr", [tuple((x, y + 0.2) for x, y in SQUARE)], value=1)
    south = AreaShape("2", "Söder", [SQUARE], value=2)
    root = ET.fromstring(area_map(Caption("m", "", ""), areas=[north, south], value_label="antal").svg)

    places = {each.text: float(each.get("y", 0)) for each in root.iter(f"{SVG}text")}
    assert places["Norr"] < places["Söder"]


def test_a_pin_lies_where_it_was_pointed_out_and_one_off_the_sheet_nowhere() -> None:
    inside = tuple(sum(place) / len(SQUARE) for place in zip(*SQUARE, strict=True))
    area = AreaShape("1", "Torget", [SQUARE])
    pins = [MapPin((inside[0], inside[1]), "Klotter"), MapPin((inside[0], inside[1] + 5), "Långt borta")]
    drawn = area_map(Caption("m", "", ""), areas=[area], value_label="", pins=pins)

    found = [each for each in ET.fromstring(drawn.svg).iter() if each.get("class") == "pin"]
    assert [each.findtext(f"{SVG}title") for each in found] == ["Klotter"]


def test_a_map_without_areas_is_an_empty_chart() -> None:
    empty = area_map(Caption("none", "", ""), areas=[], value_label="antal")

    assert ET.fromstring(empty.svg) is not None


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=3, max_size=9))
def test_a_label_finds_a_place_in_any_shape(corners: list[tuple[float, float]]) -> None:
    shape = (tuple(corners),)

    x, y = label_places(shape)[0]

    assert -1 <= x <= 101
    assert -1 <= y <= 101
    assert room_at(shape, (x, y)) >= 0


@given(st.floats(0, 1e6), st.integers(2, 8))
def test_steps_reach_the_largest_and_are_few(largest: float, count: int) -> None:
    steps = ticks(largest, count)

    assert steps[0] == 0
    assert steps[-1] >= largest
    assert len(steps) <= count + 2


def test_a_long_label_is_broken_between_words() -> None:
    assert lines_of("Otillåten påverkan mot personal", 120) == ["Otillåten", "påverkan mot", "personal"]


IN_ENGLISH = Caption("name", "Title", "Description.", Language.ENGLISH)
SWEDISH_WORDS = (
    "Timme",
    "måndag",
    "totalt",
    "Vecka",
    "v.",
    "Andel",
    "få har",
    "Område",
    "prioriterat",
    "ja",
    "mörkare",
)


def charts_in_english() -> list[Chart]:
    counts = [[1200 if hour == 20 else 0 for hour in range(24)] for day in range(7)]
    points = [WeekPoint(f"2026-W{week:02}", 1200, coverage=0.3) for week in range(1, 54)]
    areas = [
        AreaShape("a", "North", [SQUARE], value=1200, is_priority=True),
        AreaShape("b", "South", [SQUARE]),
    ]
    return [
        bars(IN_ENGLISH, rows=[Bar("Fire", 1200, (100,))], value_label="week 47", before_labels=("week 46",)),
        heat_matrix(IN_ENGLISH, counts=counts),
        week_line(IN_ENGLISH, points=points, value_label="this year"),
        area_map(IN_ENGLISH, areas=areas, value_label="reports"),
    ]


@pytest.mark.parametrize("drawn", charts_in_english())
def test_a_chart_in_english_says_nothing_in_swedish(drawn: Chart) -> None:
    texts = [text for svg in (drawn.svg, drawn.narrow_svg) for text in ET.fromstring(svg).itertext()]
    texts += [*drawn.table.columns, *(cell for row in drawn.table.rows for cell in row)]

    assert [
        text for text in texts for word in SWEDISH_WORDS if re.search(rf"(?<!\w){re.escape(word)}", text)
    ] == []
    assert any("1,200" in text or "8,400" in text for text in texts)
