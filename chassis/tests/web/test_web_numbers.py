"""Numbers and ETags are read in one way at every door."""

import pytest

from est_chassis.web.if_match import version_of, version_seen
from est_chassis.web.numbers import etag_of, position_in, whole_number
from est_chassis.web.problems import Problem

NO_NUMBERS = (
    "",
    "-1",
    "+1",
    "1.0",
    "1 0",
    "1_0",
    "1e3",
    "\N{ARABIC-INDIC DIGIT THREE}",
    "\N{SUPERSCRIPT TWO}",
)


@pytest.mark.parametrize("written", [*NO_NUMBERS, "9" * 10])
def test_what_is_not_written_with_digits_alone_is_no_number(written: str) -> None:
    assert whole_number(written) is None


def test_a_number_is_as_long_as_the_database_can_hold() -> None:
    assert whole_number("0017") == 17
    assert whole_number("9" * 9) == 999_999_999
    assert position_in("9" * 18) == 10**18 - 1


@pytest.mark.parametrize("written", [*NO_NUMBERS, "9" * 19])
def test_a_place_that_our_own_page_did_not_write_is_nowhere(written: str) -> None:
    with pytest.raises(Problem) as refused:
        position_in(written)

    assert refused.value.status == 404


@pytest.mark.parametrize("written", [etag_of(3), f"W/{etag_of(3)}", " 3 "])
def test_a_version_is_known_again_by_its_etag(written: str) -> None:
    assert version_seen(written) == version_of(written) == 3


def test_any_version_will_do_only_where_none_is_wanted() -> None:
    assert version_of(None) is None
    assert version_of("*") is None
    for written, answer in ((None, (428, "version_is_missing")), ("*", (422, "invalid"))):
        with pytest.raises(Problem) as refused:
            version_seen(written)
        assert (refused.value.status, refused.value.code) == answer


@pytest.mark.parametrize("written", ["", '"three"', '"3", "4"', f'"{"9" * 10}"'])
def test_what_is_no_etag_of_ours_is_refused_in_the_same_words(written: str) -> None:
    with pytest.raises(Problem) as refused:
        version_of(written)

    assert (refused.value.status, [error.field for error in refused.value.errors]) == (422, ["if-match"])
    assert '"3"' in refused.value.errors[0].words.en
