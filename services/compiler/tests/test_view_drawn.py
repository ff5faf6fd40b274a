"""A view's charts and maps: drawn from the view's numbers, and hiding what it hides."""

from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

from edition_briefs import VALBOAS, reported
from edition_briefs import drawn as drawn_of
from pdf_structure import Printed
from printed_views import area_map, chart, every_block, hours, themes, view_of_week_47, weeks

from est_chassis.charts import Chart
from est_chassis.web.languages import Language
from est_compiler.domain.viewing.times import weeks_chart
from est_compiler.domain.viewing.view import HIDDEN, ChartKind, Column, Row, Table, named
from est_compiler.formats.charts import chart_of, map_of
from est_compiler.formats.pdf import pdf_of
from est_compiler.formats.pdf.sheet import sheet_of

SWEDISH = Language.SWEDISH


def texts(drawn: Chart) -> list[str]:
    """What is written in the drawing, in the order in which it is drawn."""
    return [each.text or "" for each in ElementTree.fromstring(drawn.svg).iter() if each.tag.endswith("text")]


def test_changes_are_no_period_to_be_compared_with() -> None:
    drawn = chart_of(chart(ChartKind.BARS, themes()), SWEDISH)

    assert "v. 46" in texts(drawn)
    assert "Förändring" not in texts(drawn)
    assert drawn.table.rows[0] == ("Skadegörelse", "9", "6")


def test_a_hidden_count_has_words_and_no_bar() -> None:
    drawn = chart_of(chart(ChartKind.BARS, themes()), SWEDISH)

    assert "färre än 3" in texts(drawn)
    assert drawn.table.rows[3] == ("Positivt", "färre än 3", "4")


def test_hours_and_parts_of_the_day_are_drawn_alike() -> None:
    by_hour, by_part = chart_of(hours(24), SWEDISH), chart_of(hours(4), SWEDISH)

    assert len(by_hour.table.rows) == 24
    assert [row[0] for row in by_part.table.rows] == ["00–06", "06–12", "12–18", "18–24"]
    assert by_part.table.rows[3][7] == "18"


def test_a_hidden_hour_gives_nothing_away() -> None:
    rows = tuple(Row(str(day), named("dag"), (HIDDEN,)) for day in range(7))
    table = Table("hidden", named("När"), named("Dag"), (Column("all", named("00–24")),), rows)

    drawn = chart_of(chart(ChartKind.HEAT, table), SWEDISH)

    assert texts(drawn).count("dold") == 7


def test_the_line_of_weeks_has_its_breaks_and_its_measures() -> None:
    drawn = chart_of(weeks(), SWEDISH)

    marked = {row[0]: row[-1] for row in drawn.table.rows if row[-1]}
    assert marked == {"2026-W44": "Höstlov", "2026-W37": "Belysning"}
    assert drawn.table.rows[9][1] == "–"


def test_a_map_counts_only_what_may_be_shown() -> None:
    drawn = map_of(area_map(), SWEDISH)

    assert "12" in texts(drawn)
    assert [row[:2] for row in drawn.table.rows] == [("Centrum", "12"), ("Norrängen", "färre än 3")]


def test_a_hidden_count_is_written_shortly_where_the_area_is() -> None:
    block = area_map()
    corners = tuple((x + 0.1, y) for x, y in block.areas[0].polygon[0])
    hidden = replace(block.areas[1], polygon=(corners,))
    drawn = map_of(replace(block, areas=(block.areas[0], hidden)), SWEDISH)

    assert "<3" in texts(drawn) and "färre än 3" not in texts(drawn)


def test_areas_too_small_for_their_names_are_named_below_the_map_on_paper() -> None:
    block = area_map()
    large = block.areas[0]
    narrow = [
        replace(large, area=f"9901R01{place}", name=f"Kvarteret {place}", polygon=(strip(place),))
        for place in range(5)
    ]
    view = view_of_week_47(blocks=(replace(block, areas=(large, *narrow)),))

    [drawing] = [each for each in sheet_of(view, SWEDISH)["blocks"] if each["kind"] == "drawing"]
    paper = Printed(pdf_of(view, SWEDISH, front_url="https://est.example")).text

    assert [(each["letter"], each["text"]) for each in drawing["key"]] == [
        (letter, f"Kvarteret {place}: 12") for place, letter in enumerate("abcde")
    ]
    for letter, place in zip("abcde", range(5), strict=True):
        assert f"{letter} Kvarteret {place}: 12" in paper


def strip(place: int) -> tuple[tuple[float, float], ...]:
    """East of the large area, and narrow."""
    west = 13.1 + place * 0.001
    return ((west, 58.0), (west + 0.001, 58.0), (west + 0.001, 58.1), (west, 58.1))


def test_marks_stand_where_the_municipalitys_own_weeks_begin() -> None:
    mondays, wednesdays = (chart_of(weeks(later=timedelta(days=each)), SWEDISH) for each in (0, 2))

    assert str(mondays.svg) == str(wednesdays.svg)
    assert "Höstlov" in texts(mondays)


def test_the_line_knows_on_which_day_its_first_week_begins() -> None:
    begins_on = date(2018, 1, 3)
    picture = drawn_of([reported()], document=VALBOAS.model_copy(update={"periods_begin_on": begins_on}))

    first = weeks_chart(picture).begins

    assert first == picture.recent_weeks[0].first_day and first.isoweekday() == 3


def test_a_caption_that_only_repeats_its_heading_is_left_out() -> None:
    parts = sheet_of(view_of_week_47(blocks=every_block()), SWEDISH)["blocks"]

    captions = {part["name"]: part["caption"] for part in parts if part["kind"] == "table"}
    assert captions["contacts"] is None
    assert captions["themes"] == "Rapporter per tema"
