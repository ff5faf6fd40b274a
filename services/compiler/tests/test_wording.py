"""Sentences come from numbers, are honest about small ones, and wait for a person."""

from datetime import UTC, datetime

import pytest
from known_weeks import WEEK_47, known, tally

from est_compiler.domain.drawing import draw
from est_compiler.domain.drawn_picture import LateReports
from est_compiler.domain.knowledge import Tally
from est_compiler.domain.phrases import percent_change, period_name
from est_compiler.domain.picture import Count, Picture
from est_compiler.domain.wording import SentenceKey, beyond_chance, headline, late_words, suggested_sentences
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
) -> Tally:
    return tally(week, theme=theme, reports=reports, area=area, severity=severity, hour=hour)


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

    assert sentences(picture)[SentenceKey.TOTAL].startswith("2 rapporter, +1 mot v. 46 och +2 mot v. 45.")
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
    assert percent_change(Count(now), Count(before)) == told


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


def test_small_counts_differ_much_by_chance() -> None:
    assert not beyond_chance(Count(9), Count(4))
    assert beyond_chance(Count(18), Count(5))
