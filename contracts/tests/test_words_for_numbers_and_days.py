"""Numbers and days are said in one way, wherever they stand."""

from datetime import date

import pytest

from est_contracts.vocabulary import Words, change_in_words, day_in_words, number_in_words, short_day_in_words


@pytest.mark.parametrize(
    ("number", "sv", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1634, "1\u00a0634", "1,634"),
        (1234567, "1\u00a0234\u00a0567", "1,234,567"),
        (1634.5, "1\u00a0634,5", "1,634.5"),
        (-1634, "−1\u00a0634", "−1,634"),
    ],
)
def test_thousands_are_set_apart_by_a_space_that_does_not_break(number: float, sv: str, en: str) -> None:
    assert number_in_words(number) == Words(sv=sv, en=en)


def test_a_change_says_its_direction() -> None:
    assert [change_in_words(change).sv for change in (3, 0, -2, 1634)] == ["+3", "±0", "−2", "+1\u00a0634"]


def test_as_many_decimals_as_are_asked_for() -> None:
    assert number_in_words(61.2, 2) == Words(sv="61,20", en="61.20")


def test_a_day_has_its_month_by_name() -> None:
    assert day_in_words(date(2026, 11, 24)) == Words(sv="24 november", en="24 November")
    assert short_day_in_words(date(2026, 3, 1)) == Words(sv="1 mars", en="1 Mar")
