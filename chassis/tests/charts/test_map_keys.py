"""What is too small on a map for its name: a letter stands there, and the name stands beside the map."""

import xml.etree.ElementTree as ET

from est_chassis.charts import AreaShape, Caption, area_map

SVG = "{http://www.w3.org/2000/svg}"
SQUARE = ((13.0, 58.0), (13.1, 58.0), (13.1, 58.1), (13.0, 58.1))


def small_areas(count: int) -> list[AreaShape]:
    """One with room for its name, and so many in a row that have none."""
    narrow = [
        AreaShape(
            str(place),
            f"Kvarteret {place}",
            [tuple((x * 0.01 + 13.2 + place * 0.001, y) for x, y in ((0, 58), (0.1, 58), (0.1, 58.1)))],
            value=place,
        )
        for place in range(count)
    ]
    return [AreaShape("large", "Norrängen", [SQUARE], value=3), *narrow]


def test_an_area_that_is_too_small_for_its_name_has_a_letter_and_its_name_beside_the_map() -> None:
    drawn = area_map(Caption("m", "", ""), areas=small_areas(28), value_label="antal")

    letters = [letter for letter, _words in drawn.key]
    assert (letters[0], letters[25:]) == ("a", ["z", "aa", "ab"])
    assert [words for _letter, words in drawn.key] == [f"Kvarteret {place}: {place}" for place in range(28)]
    for svg in (drawn.svg, drawn.narrow_svg):
        written = [each.text for each in ET.fromstring(svg).iter(f"{SVG}text")]
        assert "Norrängen" in written
        assert set(letters) <= set(written)


def test_a_map_with_room_for_every_name_has_no_key() -> None:
    assert area_map(Caption("m", "", ""), areas=small_areas(0), value_label="").key == ()
    assert area_map(Caption("m", "", ""), areas=[AreaShape("1", "Torget", ())], value_label="").key == ()
