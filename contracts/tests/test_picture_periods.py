"""The periods of pictures: their names are stable, and every kind divides time without gap or overlap."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_contracts.vocabulary import InvalidPeriod, PeriodKind, PictureCalendar, Rhythm

CALENDAR = PictureCalendar()
BORAS = PictureCalendar.of_rhythm(Rhythm(14, date(2018, 11, 7)))
FROM_WEDNESDAY = PictureCalendar.of_rhythm(Rhythm(7, date(2018, 11, 7)))

calendars = st.builds(
    PictureCalendar.of_rhythm,
    st.builds(Rhythm, st.sampled_from([7, 14]), st.dates(date(2017, 1, 1), date(2030, 1, 1))),
)
days = st.dates(date(2010, 1, 1), date(2040, 1, 1))
kinds = st.sampled_from(PeriodKind)


@pytest.mark.parametrize(
    ("written", "first_day", "last_day", "name"),
    [
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 22), "vecka 47"),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3), "vecka 53"),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), "november 2026"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "kvartal 4 2026"),
        ("2026-T3", date(2026, 9, 1), date(2026, 12, 31), "tertial 3 2026"),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31), "halvår 2 2026"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "februari 2024"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026"),
    ],
)
def test_a_period_is_read_as_it_is_written(written: str, first_day: date, last_day: date, name: str) -> None:
    period = CALENDAR.parse(written)

    assert (period.first_day, period.last_day) == (first_day, last_day)
    assert (str(period), period.name.sv) == (written, name)


def test_a_fortnight_begins_where_the_municipality_begins_it() -> None:
    period = BORAS.parse("2018-W45-W46")

    assert (period.first_day, period.last_day) == (date(2018, 11, 7), date(2018, 11, 20))
    assert period.name.sv == "vecka 45–46"
    assert str(period.last_year) == "2017-W45-W46"


def test_a_week_begins_where_the_municipality_begins_it() -> None:
    assert FROM_WEDNESDAY.parse("2018-W45").first_day == date(2018, 11, 7)


def test_a_week_53_has_nothing_to_be_held_against_a_year_earlier() -> None:
    assert CALENDAR.parse("2026-W53").last_year is None
    assert str(CALENDAR.parse("2026-W47").last_year) == "2025-W47"


@pytest.mark.parametrize(
    "written",
    ["2026-W54", "2025-W53", "2026-W46-W48", "2026-13", "2026-00", "2026-Q5", "2026-T4", "2026-H3", "26", "",
     "2026-W45-W46", "0001", "2026-Q", "2026-11-22"],
)  # fmt: skip
def test_what_names_no_period_is_refused(written: str) -> None:
    with pytest.raises(InvalidPeriod):
        PictureCalendar(fortnight_begins_on=date(2026, 11, 9)).parse(written)


@given(calendars, kinds, days)
def test_every_day_lies_in_one_period_of_each_kind_which_is_read_back(
    calendar: PictureCalendar, kind: PeriodKind, day: date
) -> None:
    period = calendar.period_of_day(kind, day)

    assert period.first_day <= day <= period.last_day
    assert calendar.parse(str(period)) == period
    assert period.next.first_day == period.last_day + timedelta(days=1)
    assert period.previous.next == period
    assert calendar.period_of_day(kind, period.last_day) == period


@given(calendars, kinds, days)
def test_a_year_earlier_is_a_period_of_the_same_rhythm(
    calendar: PictureCalendar, kind: PeriodKind, day: date
) -> None:
    period = calendar.period_of_day(kind, day)

    if period.last_year is not None:
        assert calendar.period_of_day(kind, period.last_year.first_day) == period.last_year
        assert 358 <= (period.first_day - period.last_year.first_day).days <= 372


@pytest.mark.parametrize(
    ("written", "sv", "en"),
    [
        ("2026-W47", "v. 47", "week 47"),
        ("2026-11", "nov 2026", "Nov 2026"),
        ("2026-Q4", "kv 4 2026", "Q4 2026"),
        ("2026-T3", "T3 2026", "T3 2026"),
        ("2026-H2", "H2 2026", "H2 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_short_name_ends_with_the_year(written: str, sv: str, en: str) -> None:
    short = PictureCalendar().parse(written).short_name

    assert (short.sv, short.en) == (sv, en)
