"""Sentences come from numbers, are honest about small ones, and wait for a person."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from known_weeks import WEEK_47, known, tally

from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.drawn_picture import LateReports
from est_compiler.domain.knowledge import Slot, Tally
from est_compiler.domain.picture import Count, Picture
from est_compiler.domain.wording.counts import is_low
from est_compiler.domain.wording.phrases import percent_change, percent_in_words, period_name
from est_compiler.domain.wording.sentences import (
    BehindKind,
    Sentence,
    SentenceKey,
    headline,
    late_words,
    sentence_candidates,
    suggested_sentences,
)
from est_contracts.example_collaboration import CENTRUM, NORRANGEN, example_collaboration
from est_contracts.vocabulary import PictureCalendar, Theme, Week

LONG_AGO = Week(2024, 1)


def reported(
    theme: Theme,
    reports: int,
    *,
    week: object = WEEK_47,
    area: str = NORRANGEN,
    severity: int = 2,
    hour: int = 20,
    place: str | None = None,
) -> Tally:
    told = tally(week, theme=theme, reports=reports, area=area, severity=severity, hour=hour)
    return replace(told, place=place)


def picture_of(*tallies: Tally, first: object = LONG_AGO) -> Picture:
    since = first if isinstance(first, Week) else Week.parse(str(first))
    return draw(known(*tallies, first=since, document=example_collaboration()))


def sentences(picture: Picture, *, until: datetime | None = None) -> dict[SentenceKey, str]:
    return {each.key: each.words.sv for each in suggested_sentences(picture, until=until)}


def test_a_theme_is_told_against_the_week_before_and_with_its_place() -> None:
    picture = picture_of(
        reported(Theme.VANDALISM, 6),
        reported(Theme.VANDALISM, 3, area=CENTRUM),
        reported(Theme.VANDALISM, 6, week=WEEK_47.previous),
    )

    theme = suggested_sentences(picture, until=None)[1].words
    assert theme.sv == "Skadegörelse 9, +3 mot v. 46; flest i Norrängen (6)."
    assert theme.en == "Vandalism 9, +3 on week 46; most in Norrängen (6)."


def test_no_percentage_is_given_below_ten() -> None:
    picture = picture_of(reported(Theme.FIRE, 2), reported(Theme.FIRE, 1, week=WEEK_47.previous))

    told = sentences(picture)[SentenceKey.TOTAL]
    assert told.startswith("2 rapporter, +1 (för få för att säga i procent) mot v. 46 och +2 mot v. 45.")
    assert percent_change(Count(9), Count(30)) is None
    assert percent_change(Count(30), Count(9)) is None


def test_from_ten_on_the_total_is_told_in_per_cent_too() -> None:
    picture = picture_of(
        reported(Theme.FIRE, 31),
        reported(Theme.FIRE, 26, week=WEEK_47.previous),
        reported(Theme.FIRE, 33, week=WEEK_47.before(2)),
        reported(Theme.FIRE, 28, week=Week(2025, 47)),
    )

    assert sentences(picture)[SentenceKey.TOTAL] == (
        "31 rapporter, +5 (+19 %) mot v. 46 och −2 mot v. 45. Samma period förra året: 28."
    )


@pytest.mark.parametrize(("now", "before", "told"), [(31, 26, "+19"), (20, 40, "−50"), (10, 30, "−67")])
def test_percentages_are_rounded_to_whole_numbers(now: int, before: int, told: str) -> None:
    percent = percent_change(Count(now), Count(before))

    assert percent is not None and percent.sv == told


def test_thousands_stand_apart_in_sentences_as_in_tables() -> None:
    picture = picture_of(reported(Theme.FIRE, 1634), reported(Theme.FIRE, 1200, week=WEEK_47.previous))

    told = headline(picture, until=None)

    assert told.sv == "Fler rapporter om brand: 1\u00a0634 mot 0 och 1\u00a0200 veckorna före"
    assert "1,634 after 0 and 1,200" in told.en
    assert sentences(picture)[SentenceKey.TOTAL].startswith("1\u00a0634 rapporter, +434 (+36 %) mot v. 46")


def test_severe_reports_are_told_with_the_total() -> None:
    picture = picture_of(reported(Theme.VIOLENCE, 1, severity=5), reported(Theme.FIRE, 2))

    assert sentences(picture)[SentenceKey.TOTAL].endswith("Av de 3 bedömdes en som allvarlig (4–5).")


def test_at_most_three_sentences_are_suggested() -> None:
    picture = picture_of(*(reported(theme, 12) for theme in Theme))

    assert len(suggested_sentences(picture, until=None)) == 3


def test_nothing_is_said_about_the_time_of_few_reports() -> None:
    few, many = picture_of(reported(Theme.FIRE, 9)), picture_of(reported(Theme.FIRE, 12))

    assert SentenceKey.TIME not in sentences(few)
    assert sentences(many)[SentenceKey.TIME] == "12 av 12 hände kl. 18–24; fredag var tätaste dagen (12)."


def test_good_news_and_the_surroundings_are_never_the_problem_of_the_week() -> None:
    picture = picture_of(
        reported(Theme.POSITIVE, 4), reported(Theme.SURROUNDINGS, 3), reported(Theme.UNSAFE_PLACE, 2)
    )

    told = sentences(picture)
    assert told[SentenceKey.THEME].startswith("Otrygg plats 2")
    assert told[SentenceKey.POSITIVE].startswith("Positivt 4")


def test_other_is_told_only_when_nothing_else_has_a_name() -> None:
    picture = picture_of(
        reported(Theme.OTHER, 9), reported(Theme.OTHER, 8, week=WEEK_47.previous), reported(Theme.FIRE, 2)
    )

    assert sentences(picture)[SentenceKey.THEME].startswith("Brand 2")


def test_other_is_no_headline_and_no_theme_of_severe_reports_while_something_has_a_name() -> None:
    picture = picture_of(reported(Theme.OTHER, 30, severity=5), reported(Theme.FIRE, 2))

    assert sentences(picture)[SentenceKey.THEME].startswith("Brand 2")
    assert candidates(picture)[SentenceKey.SEVERE].words.sv == (
        "Allvarliga rapporter (4–5): 30, +30 mot v. 46."
    )


def test_a_place_is_named_only_when_it_is_one_place() -> None:
    picture = picture_of(reported(Theme.FIRE, 2), reported(Theme.FIRE, 2, area=CENTRUM))

    assert "flest" not in sentences(picture)[SentenceKey.THEME]


def test_a_week_without_reports_is_called_what_it_is() -> None:
    picture = picture_of(reported(Theme.FIRE, 2, week=WEEK_47.previous))

    assert headline(picture, until=None).sv == "Inget inrapporterat under vecka 47"
    assert suggested_sentences(picture, until=None) == ()


def test_a_week_before_the_first_report_of_all_is_not_called_silent() -> None:
    assert headline(picture_of(first=WEEK_47.next), until=None).sv == "Inga uppgifter om vecka 47"


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (31, 26, "Ungefär som veckan före: 31 rapporter"),
        (12, 6, "Något fler rapporter än veckan före: 12 mot 6"),
        (12, 30, "Tydligt färre rapporter än veckan före: 12 mot 30"),
    ],
)
def test_the_headline_weighs_the_difference_against_chance(now: int, before: int, told: str) -> None:
    picture = picture_of(
        reported(Theme.FIRE, now),
        reported(Theme.FIRE, before, week=WEEK_47.previous),
        reported(Theme.FIRE, now, week=WEEK_47.before(2)),
    )

    assert headline(picture, until=None).sv == told


def test_a_theme_that_has_clearly_grown_is_the_headline() -> None:
    picture = picture_of(
        reported(Theme.VANDALISM, 18),
        reported(Theme.VANDALISM, 5, week=WEEK_47.previous),
        reported(Theme.VANDALISM, 4, week=WEEK_47.before(2)),
    )

    assert headline(picture, until=None).sv == "Fler rapporter om skadegörelse: 18 mot 4 och 5 veckorna före"


def test_the_first_week_is_compared_with_nothing() -> None:
    picture = picture_of(reported(Theme.FIRE, 12), first=WEEK_47)

    assert headline(picture, until=None).sv == "12 rapporter under vecka 47"
    assert sentences(picture)[SentenceKey.TOTAL] == "12 rapporter."


def test_a_week_that_goes_on_is_held_against_the_same_part_of_the_week_before() -> None:
    friday_noon = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
    picture = picture_of(
        reported(Theme.FIRE, 5, hour=8),
        reported(Theme.FIRE, 3, week=WEEK_47.previous, hour=8),
        reported(Theme.FIRE, 9, week=WEEK_47.previous, hour=20),
    )

    assert headline(picture, until=friday_noon).sv == "Vecka 47 hittills: 5 rapporter"
    assert sentences(picture, until=friday_noon)[SentenceKey.TOTAL] == (
        "5 rapporter hittills, +2 mot v. 46 vid samma tid; hela den veckan 12."
    )


def test_late_reports_are_told_with_their_weeks() -> None:
    late = (LateReports("2025-W52", 1), LateReports("2026-W46", 2))

    words = late_words(late, of=WEEK_47)

    assert words is not None
    assert words.sv.startswith("3 rapporter kom in efter att lägesbilden för sin period hade publicerats")
    assert "(v. 52 2025, v. 46)" in words.sv
    assert late_words((), of=WEEK_47) is None


def test_a_week_of_another_year_is_named_with_its_year() -> None:
    assert period_name(PictureCalendar().parse("2025-W47"), seen_from=WEEK_47).sv == "v. 47 2025"
    assert period_name(WEEK_47.previous, seen_from=WEEK_47).en == "week 46"


def candidates(picture: Picture, *, until: datetime | None = None) -> dict[SentenceKey, Sentence]:
    return {each.key: each for each in sentence_candidates(picture, until=until)}


def test_up_to_ten_sentences_may_be_chosen_and_the_first_three_are_suggested() -> None:
    picture = picture_of(
        *(reported(theme, 12, severity=4, place="torget") for theme in Theme),
        reported(Theme.FIRE, 2, week=WEEK_47.previous),
    )

    assert len(sentence_candidates(picture, until=None)) <= 10
    assert suggested_sentences(picture, until=None) == sentence_candidates(picture, until=None)[:3]


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2026-W46-W47", "Fler rapporter om brand: 30 mot 3 och 4 tvåveckorsperioderna före"),
        ("2026-11", "Fler rapporter om brand: 30 mot 3 och 4 månaderna före"),
        ("2026-Q4", "Fler rapporter om brand: 30 mot 3 och 4 kvartalen före"),
        ("2026-T3", "Fler rapporter om brand: 30 mot 3 och 4 tertialen före"),
        ("2026-H2", "Fler rapporter om brand: 30 mot 3 och 4 halvåren före"),
        ("2026", "Fler rapporter om brand: 30 mot 3 och 4 åren före"),
    ],
)
def test_every_kind_of_period_is_called_what_it_is(period: str, told: str) -> None:
    assert headline(of_period(period, now=30, previous=4, earlier=3), until=None).sv == told


def of_period(period: str, *, now: int, previous: int = 0, earlier: int = 0) -> Picture:
    fires = [
        replace(reported(Theme.FIRE, reports), slot=slot)
        for slot, reports in ((Slot.NOW, now), (Slot.PREVIOUS, previous), (Slot.BEFORE_PREVIOUS, earlier))
    ]
    return draw(known(*fires, first=LONG_AGO, document=example_collaboration(), period=period))


def test_a_month_that_goes_on_is_held_against_nothing() -> None:
    in_november = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
    picture = of_period("2026-11", now=30, previous=20)

    assert headline(picture, until=in_november).sv == "November 2026 hittills: 30 rapporter"
    assert sentences(picture, until=in_november)[SentenceKey.TOTAL] == "30 rapporter hittills."


def test_a_quarter_that_is_over_is_held_against_the_one_before() -> None:
    picture = of_period("2026-Q3", now=30, previous=20)

    assert headline(picture, until=None).sv == "Något fler rapporter än kvartalet före: 30 mot 20"


def test_a_week_that_begins_on_a_wednesday_is_held_against_its_own_days() -> None:
    document = example_collaboration().model_copy(update={"periods_begin_on": date(2026, 11, 18)})
    friday, tuesday = (
        tally(WEEK_47.previous, reports=3),
        replace(tally(WEEK_47.previous, reports=9), weekday=2),
    )
    knows = known(tally(reports=5), friday, tuesday, document=document)
    picture = draw(replace(knows, period=document.picture_calendar.parse("2026-W47")))
    saturday = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)

    assert picture.first_day == date(2026, 11, 18)
    assert "+2 mot v. 46 vid samma tid" in sentences(picture, until=saturday)[SentenceKey.TOTAL]


def test_a_theme_is_told_in_severity_too() -> None:
    picture = picture_of(
        reported(Theme.FIRE, 2, severity=5),
        reported(Theme.FIRE, 1),
        reported(Theme.FIRE, 1, week=WEEK_47.previous, severity=4),
    )

    assert sentences(picture)[SentenceKey.THEME] == (
        "Brand 3, +2 mot v. 46; 2 allvarliga mot 1; flest i Norrängen (3)."
    )


def test_severe_reports_are_held_against_the_week_before_with_what_they_are_about() -> None:
    picture = picture_of(
        reported(Theme.FIRE, 4, severity=5),
        reported(Theme.VIOLENCE, 1, severity=4),
        reported(Theme.FIRE, 1, week=WEEK_47.previous, severity=4),
    )

    severe = candidates(picture)[SentenceKey.SEVERE]
    assert severe.words.sv == "Allvarliga rapporter (4–5): 5, +4 mot v. 46; flest om brand (4)."
    assert severe.behind.severity_at_least == 4


def test_the_other_categories_are_low_only_when_each_of_them_is() -> None:
    low = picture_of(
        reported(Theme.FIRE, 9), reported(Theme.DRUGS, 2), reported(Theme.DRUGS, 2, week=WEEK_47.previous)
    )
    not_before = picture_of(reported(Theme.FIRE, 9), reported(Theme.DRUGS, 3, week=WEEK_47.previous))
    three = picture_of(reported(Theme.FIRE, 9), reported(Theme.DRUGS, 3))
    severe = picture_of(reported(Theme.FIRE, 9), reported(Theme.DRUGS, 1, severity=4))

    assert candidates(low)[SentenceKey.OTHERS_LOW].words.sv == "Fortsatt låga nivåer i övriga kategorier."
    assert candidates(not_before)[SentenceKey.OTHERS_LOW].words.sv == "Låga nivåer i övriga kategorier."
    assert SentenceKey.OTHERS_LOW not in candidates(three)
    assert SentenceKey.OTHERS_LOW not in candidates(severe)


def test_what_is_low_grows_with_the_length_of_the_period() -> None:
    assert is_low(Count(2), days=7)
    assert not is_low(Count(3), days=7)
    assert is_low(Count(8), days=30)
    assert not is_low(Count(9), days=30)


def test_a_named_place_is_told_from_three_reports_when_it_is_one_place() -> None:
    at_the_square = reported(Theme.FIRE, 3, place="torget")
    before = reported(Theme.FIRE, 1, week=WEEK_47.previous, place="torget")

    place = candidates(picture_of(at_the_square, before))[SentenceKey.PLACE]
    assert place.words.sv == "Flest på en och samma plats: torget 3, +2 mot v. 46."
    assert (place.behind.place, place.behind.areas) == ("torget", (NORRANGEN,))
    tied = picture_of(at_the_square, reported(Theme.FIRE, 3, place="parken"))
    assert SentenceKey.PLACE not in candidates(tied)
    assert SentenceKey.PLACE not in candidates(picture_of(reported(Theme.FIRE, 2, place="torget")))


def test_the_time_is_told_of_those_reports_that_have_one() -> None:
    block = replace(reported(Theme.FIRE, 40), hour=None, weekday=None, in_public=True)

    told = sentences(picture_of(reported(Theme.FIRE, 12), block))

    assert told[SentenceKey.TIME] == ("12 av 12 med känd tid hände kl. 18–24; fredag var tätaste dagen (12).")


def test_a_time_is_told_only_when_two_in_five_share_it() -> None:
    spread = [reported(Theme.FIRE, 4, hour=hour) for hour in (2, 8, 14)]
    evening = reported(Theme.FIRE, 4, hour=20)

    assert SentenceKey.TIME not in candidates(picture_of(*spread, evening))
    assert SentenceKey.TIME in candidates(picture_of(*spread, evening, evening))


def test_every_sentence_says_what_it_rests_on() -> None:
    picture = picture_of(reported(Theme.FIRE, 12), reported(Theme.POSITIVE, 1))

    behind = {key: each.behind for key, each in candidates(picture).items()}

    assert {each.kind for each in behind.values()} == {BehindKind.REPORTS}
    assert {(each.first_day, each.last_day) for each in behind.values()} == {
        (date(2026, 11, 16), date(2026, 11, 22))
    }
    assert behind[SentenceKey.TOTAL].theme is None
    assert behind[SentenceKey.THEME].theme is Theme.FIRE
    assert behind[SentenceKey.POSITIVE].theme is Theme.POSITIVE


def test_the_sentences_of_a_part_rest_on_that_parts_reports() -> None:
    facts = known(reported(Theme.FIRE, 12), document=example_collaboration())
    part = replace(facts, areas=frozenset({NORRANGEN}))
    theme = candidates(draw(part))[SentenceKey.THEME]

    assert theme.behind.areas == (NORRANGEN,)
    assert "flest" not in theme.words.sv


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [(31, 26, "+19 %"), (9, 30, "för få för att säga"), (30, 9, "för få för att säga")],
)
def test_where_a_percentage_is_expected_small_numbers_are_too_few_to_tell(
    now: int, before: int, told: str
) -> None:
    assert percent_in_words(Count(now), Count(before)).sv == told
