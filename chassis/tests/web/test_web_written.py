"""Numbers and moments as Swedish readers write them, and as English readers do."""

from datetime import UTC, date, datetime

import pytest

from est_chassis.web.languages import Language
from est_chassis.web.written import (
    clock_time,
    filters_for,
    full_date,
    full_moment,
    machine_time,
    number,
    percent,
    period_name,
    picture_period_name,
    short_date,
    signed,
    week_name,
)
from est_contracts.vocabulary import PictureCalendar, ReportingPeriod


@pytest.mark.parametrize(
    ("quantity", "written"),
    [
        (0, "0"),
        (1234567, "1 234 567"),
        (2.1, "2,1"),
        (-3, "−3"),
        (2.0, "2"),
        (None, "–"),
        (1234.56, "1 234,6"),
    ],
)
def test_numbers_have_a_comma_and_spaces_that_do_not_break(quantity: float | None, written: str) -> None:
    assert number(quantity) == written.replace(" ", "\u00a0")


def test_a_change_says_its_direction() -> None:
    assert [signed(3), signed(-2), signed(0), signed(None)] == ["+3", "−2", "±0", "–"]


def test_a_share_is_a_whole_percentage() -> None:
    assert percent(0.404) == "40\u00a0%"


def test_moments_are_told_in_swedish_time() -> None:
    late_on_tuesday = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)

    assert full_date(late_on_tuesday) == "onsdag 18 november 2026"
    assert full_moment(late_on_tuesday) == "onsdag 18 november kl.\u00a000.30"
    assert short_date(late_on_tuesday) == "18\u00a0nov"
    assert clock_time(late_on_tuesday) == "00.30"
    assert machine_time(late_on_tuesday) == "2026-11-18T00:30:00+01:00"


def test_both_hours_of_the_october_night_are_told_apart_for_machines() -> None:
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))

    assert clock_time(first) == clock_time(second) == "02.30"
    assert machine_time(first) != machine_time(second)


def test_a_day_is_a_day_wherever_one_is() -> None:
    assert full_date(date(2026, 1, 1)) == "torsdag 1 januari 2026"


def test_a_week_is_named_with_its_year() -> None:
    assert week_name("2026-W53") == "vecka\u00a053, 2026"


def test_english_readers_have_their_own_commas_clock_and_names() -> None:
    late_on_tuesday = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)
    written = filters_for(Language.ENGLISH)

    assert written["number"](1234.56) == "1,234.6"
    assert written["number"](1234567, 0) == "1,234,567"
    assert written["signed"](-1234.5) == "−1,234.5"
    assert written["percent"](0.404) == "40%"
    assert written["date"](late_on_tuesday) == "Wednesday 18 November 2026"
    assert written["short_date"](date(2026, 5, 1)) == "1\u00a0May"
    assert written["moment"](late_on_tuesday) == "Wednesday 18 November,\u00a000:30"
    assert written["clock"](late_on_tuesday) == "00:30"
    assert written["week"]("2026-W53") == "week\u00a053, 2026"
    assert written["machine_time"](late_on_tuesday) == "2026-11-18T00:30:00+01:00"


def test_a_period_is_told_by_its_weeks_and_when_need_be_by_its_days() -> None:
    week = ReportingPeriod(date(2026, 11, 16), 7)
    fortnight = ReportingPeriod(date(2018, 11, 7), 14)

    assert period_name(week) == "vecka\u00a047, 2026"
    assert period_name(fortnight) == "vecka\u00a045–46, 2018 (7\u00a0nov – 20\u00a0nov)"
    assert period_name(fortnight, language=Language.ENGLISH).startswith("weeks\u00a045–46, 2018")


@pytest.mark.parametrize(
    ("period", "in_swedish", "in_english"),
    [
        ("2026-W47", "vecka\u00a047, 2026", "week\u00a047, 2026"),
        ("2026-W47-W48", "vecka\u00a047–48, 2026", "week\u00a047–48, 2026"),
        ("2026-Q4", "kvartal 4 2026", "quarter 4 2026"),
    ],
)
def test_the_period_of_a_picture_is_told_with_its_year(period: str, in_swedish: str, in_english: str) -> None:
    named = PictureCalendar(fortnight_begins_on=date(2026, 11, 16)).parse(period)

    assert picture_period_name(named) == in_swedish
    assert picture_period_name(named, language=Language.ENGLISH) == in_english
