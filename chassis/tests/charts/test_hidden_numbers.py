"""Numbers that must not all be shown: parts of the day instead of hours, words instead of counts."""

import xml.etree.ElementTree as ET

from est_chassis.charts import AreaShape, Bar, Caption, area_map, bars, heat_matrix
from est_chassis.charts.drawing import width_of

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


def test_what_a_map_says_stays_on_its_sheet_also_in_a_sliver_at_the_edge() -> None:
    def sliver(west: float) -> tuple[tuple[float, float], ...]:
        return ((west, 58.0), (west + 0.001, 58.0), (west + 0.001, 58.1), (west, 58.1))

    shapes = [
        AreaShape("1", "Västra kanten", [sliver(13.0)], note="visas inte"),
        AreaShape("2", "Östra kanten", [sliver(13.1)], value=123456),
        AreaShape("3", "Mitten", [sliver(13.05)], note="färre än 3", short_note="<3"),
    ]
    drawn = area_map(Caption("map", "Var", ""), areas=shapes, value_label="Rapporter")

    for svg in (drawn.svg, drawn.narrow_svg):
        root = ET.fromstring(svg)
        width = float(root.get("viewBox", "").split()[2])
        written = {each.text: float(each.get("x", 0)) for each in root.iter(f"{SVG}text")}
        # There is no room for words: they stand in the key.
        assert not {"visas inte", "<3", "färre än 3"} & set(written)
        for letter in "abc":
            assert width_of(letter) / 2 <= written[letter] <= width - width_of(letter) / 2
    told = [words.replace("\N{NO-BREAK SPACE}", " ") for _letter, words in drawn.key]
    assert told == ["Västra kanten: visas inte", "Östra kanten: 123 456", "Mitten: färre än 3"]
    assert [row[1] for row in drawn.table.rows][::2] == ["visas inte", "färre än 3"]
