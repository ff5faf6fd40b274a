"""Municipalities and counties, by the names that others write."""

import pytest

from est_contracts.vocabulary import COUNTIES, DEMO_MUNICIPALITY, MUNICIPALITIES, code_of, is_county


def test_sweden_has_290_municipalities_and_21_counties() -> None:
    assert len(MUNICIPALITIES) == 290
    assert len(COUNTIES) == 21


@pytest.mark.parametrize(
    ("name", "code"),
    [("Örebro", "1880"), ("Borås", "1490"), ("malmö", "1280"), (" Upplands Väsby ", "0114")],
)
def test_a_municipality_is_found_by_its_name(name: str, code: str) -> None:
    assert code_of(name) == code


@pytest.mark.parametrize("name", ["Skåne län", "Valboås", "Malmo", ""])
def test_what_is_no_municipality_has_no_code(name: str) -> None:
    assert code_of(name) is None


def test_a_county_is_not_a_municipality() -> None:
    assert is_county("Skåne län")
    assert is_county("västra götalands län")
    assert not is_county("Malmö")


def test_the_demo_municipality_can_never_be_a_real_one() -> None:
    assert DEMO_MUNICIPALITY not in MUNICIPALITIES
