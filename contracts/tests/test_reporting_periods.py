"""Periods of seven or fourteen days, on the weekday that a municipality has chosen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_contracts.vocabulary import A_MONDAY, InvalidPeriod, ReportingPeriod, Rhythm

WEEKLY = Rhythm(7, A_MONDAY)
BORAS = Rhythm(14, date(2018, 11, 7))

rhythms = st.builds(Rhythm, st.sampled_from([7, 14]), st.dates(date(2017, 1, 1), date(2030, 1, 1)))
days = st.dates(date(2010, 1, 1), date(2040, 1, 1))


def test_a_period_of_seven_days_from_monday_is_a_week() -> None:
    period = WEEKLY.period_of(datetime(2026, 11, 22, 22, 59, tzinfo=UTC))

    assert str(period) == "2026-W47"
    assert str(WEEKLY.period_of(datetime(2026, 11, 22, 23, 0, tzinfo=UTC))) == "2026-W48"


def test_a_fortnight_is_named_after_both_its_weeks() -> None:
    period = BORAS.period_of_day(date(2018, 11, 20))

    assert str(period) == "2018-W45-W46"
    assert (period.first_day, period.last_day) == (date(2018, 11, 7), date(2018, 11, 20))
    assert str(period.next) == "2018-W47-W48"


def test_a_fortnight_may_cross_the_year() -> None:
    assert str(ReportingPeriod(date(2026, 12, 28), 14)) == "2026-W53-W01"


def test_reports_are_due_on_the_first_such_weekday_after_the_last_day() -> None:
    assert (
        BORAS.period_of_day(date(2018, 11, 20)).due_at(3, "10:00").isoformat() == "2018-11-21T10:00:00+01:00"
    )


@pytest.mark.parametrize(
    "written", ["2026-W47-W48-W49", "2026-47", "2018-W46-W47", "2025-W53-W01", "2026-W1"]
)
def test_what_is_no_period_of_the_rhythm_is_refused(written: str) -> None:
    with pytest.raises(InvalidPeriod):
        BORAS.parse(written)


@given(rhythms, days)
def test_every_day_lies_in_one_period_and_its_name_finds_it_again(rhythm: Rhythm, day: date) -> None:
    period = rhythm.period_of_day(day)

    assert period.first_day <= day <= period.last_day
    assert rhythm.parse(str(period)) == period
    assert period.previous.last_day + timedelta(days=1) == period.first_day
    assert period.next.previous == period
    assert period.ends_at == period.next.starts_at
