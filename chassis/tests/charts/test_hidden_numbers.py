"""Numbers that must not all be shown: parts of the day instead of hours, words instead of counts."""

import xml.etree.ElementTree as ET

from est_chassis.charts import Bar, Caption, bars, heat_matrix

SVG = "{http://www.w3.org/2000/svg}"


def test_a_heat_matrix_can_be_of_parts_of_the_day() -> None:
    drawn = heat_matrix(
        Caption("parts", "När", "Mest på kvällar."),
        counts=[[0, 3, 0, 8]] * 7, parts=("00–06", "06–12", "12–18", "18–24"),
    )  # fmt: skip

    texts = [each.text for each in ET.fromstring(drawn.svg).iter(f"{SVG}text")]
    assert {"00–06", "18–24", "8", "11"} <= set(texts)
    assert drawn.table.rows[3] == ("18–24", *["8"] * 7)


def test_a_count_that_must_not_be_shown_gives_away_neither_itself_nor_its_days_sum() -> None:
    drawn = heat_matrix(
        Caption("hidden", "När", ""), counts=[[None, 0, 0, 8]] + [[0, 0, 0, 0]] * 6,
        parts=("00–06", "06–12", "12–18", "18–24"), hidden_note="färre än 3",
    )  # fmt: skip

    root = ET.fromstring(drawn.svg)
    first_square = next(root.iter(f"{SVG}rect"))
    assert first_square.get("class") == "heat-0"
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert texts.count("8") == 1
    assert texts[texts.index("mån") + 1] == "–"
    assert drawn.table.rows[0][1] == "färre än 3"


def test_a_bar_that_must_not_be_shown_is_words_instead_of_a_length() -> None:
    drawn = bars(
        Caption("hidden", "Teman", ""), rows=[Bar("Brand", None, (4,), "färre än 3"), Bar("Stöld", 9, (6,))],
        value_label="v. 47", before_labels=("v. 46",),
    )  # fmt: skip

    root = ET.fromstring(drawn.svg)
    assert (
        len([each for each in root.iter(f"{SVG}rect") if each.get("class") == "main"]) == 2
    )  # one is the legend
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert "färre än 3" in texts
    assert drawn.table.rows[0] == ("Brand", "färre än 3", "4")
