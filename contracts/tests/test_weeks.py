"""Which week a moment belongs to, by the clock in Stockholm."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_contracts.vocabulary import STOCKHOLM, InvalidPeriod, Week, weeks_in

ONE_TICK = timedelta(microseconds=1)

years = st.integers(min_value=1901, max_value=2198)
weeks = years.flatmap(lambda year: st.builds(Week, st.just(year), st.integers(1, weeks_in(year))))
offsets = st.integers(min_value=-14 * 60, max_value=14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)
moments = st.datetimes(datetime(1901, 1, 1), datetime(2198, 12, 31), timezones=offsets)  # noqa: DTZ001


def in_stockholm(written: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM, fold=fold)


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        ("2026-01-01 00:00:00", "2026-W01"),
        ("2025-12-28 23:59:59", "2025-W52"),
        ("2025-12-29 00:00:00", "2026-W01"),
        ("2026-12-27 23:59:59", "2026-W52"),
        ("2026-12-28 00:00:00", "2026-W53"),
        ("2026-12-31 23:59:00", "2026-W53"),
        ("2027-01-01 00:00:00", "2026-W53"),
        ("2027-01-03 23:59:59", "2026-W53"),
        ("2027-01-04 00:00:00", "2027-W01"),
    ],
)
def test_a_moment_at_the_turn_of_the_year_is_in_its_iso_week(moment: str, week: str) -> None:
    assert str(Week.of(in_stockholm(moment))) == week


def test_both_passes_of_the_doubled_hour_are_in_the_same_week() -> None:
    summer = in_stockholm("2026-10-25 02:30:00", fold=0)
    winter = in_stockholm("2026-10-25 02:30:00", fold=1)

    assert winter.astimezone(UTC) - summer.astimezone(UTC) == timedelta(hours=1)
    assert str(Week.of(summer)) == str(Week.of(winter)) == "2026-W43"


def test_the_week_of_the_doubled_hour_is_an_hour_longer() -> None:
    week = Week(2026, 43)

    assert week.ends_at - week.starts_at == timedelta(hours=169)
    assert str(Week.of(in_stockholm("2026-10-25 23:59:59"))) == "2026-W43"
    assert str(Week.of(in_stockholm("2026-10-26 00:00:00"))) == "2026-W44"


def test_the_week_of_the_lost_hour_is_an_hour_shorter() -> None:
    week = Week(2026, 13)

    assert week.ends_at - week.starts_at == timedelta(hours=167)


def test_stockholm_decides_and_not_utc() -> None:
    sunday_evening_in_utc = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    assert str(Week.of(sunday_evening_in_utc)) == "2026-W48"


def test_a_week_starts_on_monday_at_midnight_in_stockholm() -> None:
    week = Week(2026, 47)

    assert week.monday == date(2026, 11, 16)
    assert week.starts_at == datetime(2026, 11, 15, 23, 0, tzinfo=UTC)
    assert week.ends_at == datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    assert week.days[-1] == date(2026, 11, 22)
    assert week.starts_at.tzinfo is UTC


def test_2026_has_53_weeks_and_its_neighbours_have_52() -> None:
    assert [weeks_in(year) for year in (2025, 2026, 2027)] == [52, 53, 52]


def test_before_week_1_comes_the_last_week_of_the_year_before() -> None:
    assert Week(2027, 1).previous == Week(2026, 53)
    assert Week(2026, 1).previous == Week(2025, 52)
    assert Week(2026, 53).next == Week(2027, 1)


def test_week_53_has_no_fellow_in_a_year_of_52_weeks() -> None:
    assert Week(2026, 53).same_week_last_year is None
    assert Week(2027, 52).same_week_last_year == Week(2026, 52)
    assert Week(1900, 1).same_week_last_year is None


@pytest.mark.parametrize(
    "written",
    [
        "2025-W53",
        "2026-W54",
        "2026-W00",
        "2026-W5",
        "2026-w47",
        "2026W47",
        " 2026-W47",
        "2026-W47\n",
        "-026-W47",
        "٢٠٢٦-W٤٧",
        "1899-W01",
        "2200-W01",
        "2026-11",
        "",
    ],
)
def test_what_names_no_week_is_refused(written: str) -> None:
    with pytest.raises(InvalidPeriod):
        Week.parse(written)


def test_a_week_that_does_not_exist_cannot_be_made() -> None:
    with pytest.raises(InvalidPeriod):
        Week(2025, 53)


def test_there_is_no_week_outside_the_calendar() -> None:
    with pytest.raises(InvalidPeriod):
        Week.of(datetime.max.replace(tzinfo=UTC))
    with pytest.raises(InvalidPeriod):
        Week(2199, 52).next  # noqa: B018


def test_a_moment_without_a_time_zone_belongs_to_no_week() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Week.of(datetime(2026, 11, 20, 10, 0))  # noqa: DTZ001


@given(moments)
def test_every_moment_is_inside_its_own_week(moment: datetime) -> None:
    week = Week.of(moment)

    assert week.starts_at <= moment < week.ends_at
    assert moment in week


@given(moments)
def test_every_moment_is_outside_the_neighbouring_weeks(moment: datetime) -> None:
    week = Week.of(moment)

    assert moment not in week.previous
    assert moment not in week.next


@given(weeks)
def test_the_limits_are_half_open(week: Week) -> None:
    assert Week.of(week.starts_at) == week
    assert Week.of(week.starts_at - ONE_TICK) == week.previous
    assert Week.of(week.ends_at - ONE_TICK) == week
    assert Week.of(week.ends_at) == week.next


@given(weeks)
def test_weeks_follow_each_other_without_gap_or_overlap(week: Week) -> None:
    assert week.ends_at == week.next.starts_at
    assert week.next.previous == week
    assert abs((week.ends_at - week.starts_at) - timedelta(days=7)) <= timedelta(hours=1)


@given(weeks)
def test_a_week_reads_back_as_it_is_written(week: Week) -> None:
    assert Week.parse(str(week)) == week


@given(weeks, st.integers(min_value=0, max_value=150))
def test_so_many_weeks_before_is_so_many_steps_back(week: Week, steps: int) -> None:
    if week.year < 1910:
        week = Week(week.year + 10, 1)

    assert week.before(steps).monday == week.monday - timedelta(weeks=steps)
    assert week.before(steps).before(-steps) == week


@given(moments, moments)
def test_weeks_are_in_the_order_of_their_moments(one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))

    assert Week.of(earlier) <= Week.of(later)
    assert str(Week.of(earlier)) <= str(Week.of(later))


@given(weeks)
def test_the_same_week_last_year_lies_about_a_year_back(week: Week) -> None:
    fellow = week.same_week_last_year

    if fellow is None:
        assert week.number == 53
    else:
        assert fellow.number == week.number
        assert timedelta(weeks=52) <= week.monday - fellow.monday <= timedelta(weeks=53)
