"""The look ahead and the marks of the year: what to be prepared for, by calendar and experience."""

from dataclasses import replace
from datetime import date

from known_weeks import known, tally

from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.knowledge import Holiday, Knowledge, ToCome, ToldMeasure, ToldProblem
from est_compiler.domain.periods import periods_ahead, periods_in_earlier_years
from est_compiler.domain.picture import BusyThen, Count
from est_compiler.domain.viewing.around import ahead_lines
from est_compiler.domain.wording.sentences import BehindKind, SentenceKey, sentence_candidates
from est_contracts.example_collaboration import HAMNEN, NORRANGEN, example_collaboration
from est_contracts.vocabulary import (
    CalendarEntry,
    CalendarKind,
    MeasureKind,
    PictureCalendar,
    Theme,
    Words,
)

MARKET = CalendarEntry(
    kind=CalendarKind.LOCAL_EVENT,
    name="Julmarknad",
    first_day=date(2026, 11, 27),
    last_day=date(2026, 12, 6),
    area_ids=(NORRANGEN,),
)
CHRISTMAS = CalendarEntry(
    kind=CalendarKind.SCHOOL_BREAK, name="Jullov", first_day=date(2026, 12, 21), last_day=date(2027, 1, 8)
)
AUTUMN = CalendarEntry(
    kind=CalendarKind.SCHOOL_BREAK, name="Höstlov", first_day=date(2026, 10, 26), last_day=date(2026, 11, 1)
)
ADVENT = Holiday(date(2026, 11, 29), Words(sv="Första advent", en="First Sunday of Advent"))
LAST_YEAR = PictureCalendar().parse("2025-W48")


def knowledge(period: str = "2026-W47") -> Knowledge:
    document = example_collaboration().model_copy(update={"calendar": (MARKET, CHRISTMAS, AUTUMN)})
    return known(tally(), document=document, period=period)


def a_year_before(*, then: int, around: tuple[int, int]) -> dict[date, Count]:
    """Week 48 of 2025 and its neighbours."""
    before, after = around
    return {
        LAST_YEAR.previous.first_day: Count(before),
        LAST_YEAR.first_day: Count(then),
        LAST_YEAR.next.first_day: Count(after),
    }


def test_the_next_two_periods_are_of_the_same_kind() -> None:
    weeks = [each.period for each in draw(knowledge()).ahead]
    months = [each.period for each in draw(knowledge("2026-11")).ahead]

    assert weeks == ["2026-W48", "2026-W49"]
    assert months == ["2026-12", "2027-01"]


def test_days_of_the_calendar_and_holidays_stand_in_each_period_they_touch() -> None:
    picture = draw(replace(knowledge(), holidays=(ADVENT,)))

    first, second = picture.ahead
    assert [each.name.sv for each in first.days] == ["Julmarknad", "Första advent"]
    assert [each.name.sv for each in second.days] == ["Julmarknad"]
    assert first.days[1].kind is None


def test_holidays_that_all_know_of_are_named_for_a_quarter_and_the_calendars_own_days_for_longer() -> None:
    summer = CalendarEntry(
        kind=CalendarKind.SCHOOL_BREAK,
        name="Sommarlov",
        first_day=date(2027, 6, 12),
        last_day=date(2027, 8, 16),
    )
    new_year, midsummer = (
        Holiday(date(2027, 1, 1), Words(sv="Nyårsdagen", en="New Year's Day")),
        Holiday(date(2027, 6, 26), Words(sv="Midsommardagen", en="Midsummer Day")),
    )
    document = example_collaboration().model_copy(update={"calendar": (summer,)})
    year = draw(replace(known(tally(), document=document, period="2026"), holidays=(new_year, midsummer)))

    told = [line.words for line in ahead_lines(year)]

    assert [words.sv for words in told if isinstance(words, Words)] == [
        "1 januari 2027: Nyårsdagen (helgdag)",
        "12 juni–16 augusti 2027: Sommarlov (skollov)",
    ]
    sentence = {each.key: each.words.sv for each in sentence_candidates(year, until=None)}[SentenceKey.AHEAD]
    assert sentence == "Att vänta 2027: Nyårsdagen (1 jan) och Sommarlov (12 juni–16 aug)."


def test_what_matters_in_other_areas_only_is_left_out() -> None:
    harbour = replace(knowledge(), areas=frozenset({HAMNEN}))

    assert draw(harbour).ahead[0].days == ()


def test_what_is_expected_is_told_by_entry_and_area_from_its_first_day() -> None:
    to_come = (
        ToCome("orebro.8", NORRANGEN, date(2026, 11, 27), 1),
        ToCome("orebro.8", NORRANGEN, date(2026, 11, 25), 2),
        ToCome("orebro.8", None, date(2026, 11, 25), 1),
        ToCome("orebro.8", NORRANGEN, date(2026, 12, 1), 1),
        ToCome("orebro.8", NORRANGEN, date(2026, 12, 8), 9),
    )

    first, second = draw(replace(knowledge(), to_come=to_come)).ahead

    assert [(each.area, each.first_day, each.reports) for each in first.expected] == [
        (NORRANGEN, date(2026, 11, 25), 3),
        (None, date(2026, 11, 25), 1),
    ]
    assert [each.reports for each in second.expected] == [1]


def test_a_period_is_a_known_risk_only_when_it_was_clearly_busier_than_both_its_neighbours() -> None:
    def busy(then: int, around: tuple[int, int]) -> bool:
        counts = a_year_before(then=then, around=around)
        return draw(replace(knowledge(), earlier_years=counts)).ahead[0].was_busy

    assert busy(30, (10, 12))
    assert not busy(30, (25, 10))
    assert not busy(30, (10, 25))
    assert not busy(3, (0, 0))


def test_a_period_whose_neighbour_is_not_known_is_no_known_risk() -> None:
    counts = a_year_before(then=30, around=(10, 10))

    picture = draw(replace(knowledge(), earlier_years=counts, first_day=LAST_YEAR.first_day))

    assert picture.ahead[0].last_year == Count(30)
    assert not picture.ahead[0].was_busy


def test_a_risk_period_of_any_of_the_three_last_years_is_known_and_the_years_are_named() -> None:
    counts, then = a_year_before(then=12, around=(10, 12)), LAST_YEAR
    for reports in (28, 9, 40):
        then = then.last_year or then
        counts |= {then.previous.first_day: Count(8), then.first_day: Count(reports)}
        counts |= {then.next.first_day: Count(8)}
    knows = replace(knowledge(), earlier_years=counts, first_day=date(2020, 1, 1))

    picture = draw(knows)

    assert picture.ahead[0].was_busy
    assert picture.ahead[0].busy_then == (BusyThen("2024-W48", 28),)
    assert "V. 48: känd riskperiod, det rapporterades mycket samma tid 2024" in [
        line.words.sv for line in ahead_lines(picture) if isinstance(line.words, Words)
    ]
    sentence = {each.key: each.words for each in sentence_candidates(picture, until=None)}[SentenceKey.AHEAD]
    assert sentence.sv.endswith("tydligt fler rapporter än perioderna intill samma tid 2024 (28).")
    assert sentence.en.endswith("in 2024 (28) clearly more reports than around it.")


def test_several_years_of_the_same_risk_stand_together() -> None:
    counts, before = a_year_before(then=30, around=(10, 12)), LAST_YEAR.last_year
    assert before is not None
    counts |= {before.previous.first_day: Count(8), before.first_day: Count(28)}
    counts |= {before.next.first_day: Count(8)}

    picture = draw(replace(knowledge(), earlier_years=counts, first_day=date(2020, 1, 1)))

    assert "V. 48: känd riskperiod, det rapporterades mycket samma tid förra året och 2024" in [
        line.words.sv for line in ahead_lines(picture) if isinstance(line.words, Words)
    ]


def risk(name: str, first_day: date, last_day: date) -> CalendarEntry:
    return CalendarEntry(
        kind=CalendarKind.RISK_PERIOD,
        name=name,
        first_day=first_day,
        last_day=last_day,
        area_ids=(NORRANGEN,),
    )


def test_a_risk_period_of_an_earlier_calendar_is_told_until_it_is_put_in_anew() -> None:
    then = risk("Första advent", date(2025, 11, 28), date(2025, 11, 30))
    now = risk("Första advent", date(2026, 11, 27), date(2026, 11, 29))
    leap_day = risk("Skottdagen", date(2024, 2, 29), date(2024, 2, 29))

    def told(*calendar: CalendarEntry, period: str = "2026-W47") -> list[tuple[str, date, date]]:
        document = example_collaboration().model_copy(update={"calendar": calendar})
        [first, _second] = draw(known(tally(), document=document, period=period)).ahead
        return [(each.name.sv, each.first_day, each.last_day) for each in first.days]

    assert told(then) == [("Första advent, som 2025", date(2026, 11, 28), date(2026, 11, 30))]
    assert told(then, now) == [("Första advent", date(2026, 11, 27), date(2026, 11, 29))]
    assert told(then, then.model_copy(update={"kind": CalendarKind.LOCAL_EVENT, "name": "Marknad"})) == told(
        then
    )
    assert told(leap_day, period="2026-W08") == [
        ("Skottdagen, som 2024", date(2026, 2, 28), date(2026, 2, 28))
    ]
    elsewhere = replace(
        known(tally(), document=example_collaboration().model_copy(update={"calendar": (then,)})),
        areas=frozenset({HAMNEN}),
    )
    assert draw(elsewhere).ahead[0].days == ()


def test_a_year_that_goes_on_is_not_yet_the_year_before_the_next() -> None:
    year = replace(knowledge("2026"), earlier_years={date(2026, 1, 1): Count(30)})

    assert draw(replace(year, known_on=date(2027, 1, 1))).ahead[0].last_year == Count(30)
    assert draw(replace(year, known_on=date(2026, 12, 31))).ahead[0].last_year is None


def test_nothing_is_said_of_a_year_before_when_nobody_has_asked() -> None:
    assert [each.last_year for each in draw(knowledge()).ahead] == [None, None]


def test_the_periods_to_be_asked_for_are_those_of_three_years_and_their_neighbours() -> None:
    week = PictureCalendar().parse("2026-W47")

    asked = [str(each) for each in periods_in_earlier_years(week)]

    assert [str(each) for each in periods_ahead(week)] == ["2026-W48", "2026-W49"]
    assert asked == [f"{year}-W{week}" for year in (2023, 2024, 2025) for week in (47, 48, 49, 50)]
    assert [str(each) for each in periods_in_earlier_years(PictureCalendar().parse("2026"))] == [
        "2025", "2026", "2027", "2028"
    ]  # fmt: skip


def test_the_sentence_about_what_is_to_come_leads_to_the_calendar() -> None:
    knows = replace(
        knowledge(),
        holidays=(ADVENT,),
        to_come=(ToCome("orebro.8", None, date(2026, 11, 25), 2),),
        earlier_years=a_year_before(then=30, around=(10, 12)),
    )

    told = {each.key: each for each in sentence_candidates(draw(knows), until=None)}

    ahead = told[SentenceKey.AHEAD]
    assert ahead.words.sv == (
        "Att vänta v. 48: Julmarknad (27 nov–6 dec) och Första advent (29 nov); 2 rapporter om väntade"
        " händelser; tydligt fler rapporter än perioderna intill samma tid förra året (30)."
    )
    assert ahead.behind.kind is BehindKind.CALENDAR
    assert ahead.behind.first_day == date(2026, 11, 23)


def measured(*, decided: date, completed: date | None, area: str = NORRANGEN) -> ToldProblem:
    lighting = ToldMeasure("m1", MeasureKind.LIGHTING, "faltgruppen", decided, None, completed)
    return ToldProblem(
        problem="p1",
        area=area,
        theme=Theme.VANDALISM,
        state="confirmed",
        flagged_on=date(2026, 10, 1),
        changed_on=date(2026, 10, 3),
        evidence=Words(sv="Fyra veckor i rad.", en="Four weeks in a row."),
        measures=(lighting,),
    )


def test_breaks_and_measures_are_marked_along_the_year() -> None:
    problem = measured(decided=date(2026, 10, 8), completed=date(2026, 11, 2))

    marks = draw(replace(knowledge(), problems=(problem,))).marks

    assert [(each.name.sv, each.first_day) for each in marks] == [
        ("Beslutat: Belysningen åtgärdas", date(2026, 10, 8)),
        ("Höstlov", date(2026, 10, 26)),
        ("Genomfört: Belysningen åtgärdas", date(2026, 11, 2)),
    ]


def test_measures_in_other_areas_and_days_outside_the_year_are_not_marked() -> None:
    long_ago = measured(decided=date(2025, 3, 1), completed=None)
    elsewhere = measured(decided=date(2026, 10, 8), completed=None, area=HAMNEN)
    of_norrangen = replace(knowledge(), areas=frozenset({NORRANGEN}), problems=(elsewhere, long_ago))

    assert [each.name.sv for each in draw(of_norrangen).marks] == ["Höstlov"]
