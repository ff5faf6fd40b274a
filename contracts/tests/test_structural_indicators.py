"""The 37 structural indicators of the annual analysis, and the numbers that are given for them."""

from decimal import Decimal

import pytest

from est_contracts.vocabulary import (
    INDICATOR_GROUPS,
    INDICATOR_UNIT_WORDS,
    INDICATORS,
    IndicatorUnit,
    InvalidIndicatorValue,
    UnknownIndicator,
    indicator,
    indicator_number,
    indicator_year,
)


def test_there_are_37_indicators_in_seven_groups_as_the_source_prints_them() -> None:
    assert [(group.words.sv, len(group.indicators)) for group in INDICATOR_GROUPS] == [
        ("Otrygghet och brott", 2),
        ("Sociala förhållanden", 10),
        ("Kommunala verksamheter", 7),
        ("Institutionell förmåga", 5),
        ("Fastighetsföretag och boendeförhållanden", 6),
        ("Civilsamhälle, boende och kollektiv förmåga", 3),
        ("Samhällsklimat och kulturella normer", 4),
    ]
    assert len(INDICATORS) == 37


def test_every_indicator_has_a_unit_and_is_said_in_two_languages() -> None:
    assert set(INDICATOR_UNIT_WORDS) == set(IndicatorUnit)
    for each in INDICATORS.values():
        assert not set("åäöÅÄÖ") & set(each.words.en)
    assert indicator("ill_health").words.sv == "Ohälsotal"


def test_an_unknown_indicator_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownIndicator, match="weather"):
        indicator("weather")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", "12"),
        ("12,5", "12.5"),
        ("1 234.5", "1234.5"),
        ("1\u00a0234", "1234"),
        (" \u22123,25 ", "-3.25"),
        ("0", "0"),
    ],
)
def test_a_number_is_read_as_people_write_it(written: str, number: str) -> None:
    assert indicator_number(written) == Decimal(number)


@pytest.mark.parametrize("written", ["", "tolv", "12 %", "1,2,3", "nan", "1e5", "1.23456", "9" * 13, "٣"])
def test_what_is_not_a_number_is_refused(written: str) -> None:
    with pytest.raises(InvalidIndicatorValue):
        indicator_number(written)


@pytest.mark.parametrize("written", ["", "26", "1989", "2100", "20 26", "２０２６"])
def test_what_is_not_a_year_is_refused(written: str) -> None:
    assert indicator_year(" 2026 ") == 2026
    with pytest.raises(InvalidIndicatorValue):
        indicator_year(written)
