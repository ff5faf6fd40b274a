"""Who was to say something and who has: silence is not calm, and nothing is due before its time."""

from dataclasses import replace
from datetime import UTC, date, datetime

from known_weeks import WEEK_47, known, tally

from est_compiler.domain.drawing.coverage import reporters_of
from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.knowledge import Heard, Holiday, Knowledge, ToldProblem
from est_compiler.domain.periods import reporting_periods_of
from est_compiler.domain.picture import Cover
from est_compiler.domain.wording.sentences import SentenceKey, headline, sentence_candidates
from est_contracts.example_collaboration import HAMNEN, NORRANGEN, example_collaboration
from est_contracts.vocabulary import (
    CollaborationDocument,
    PictureCalendar,
    PictureScope,
    Rhythm,
    Theme,
    Words,
)

REPORTERS = ["samordnaren", "faltgruppen", "kommunpolisen", "bosocial_utvecklare", "bovard_norrangen"]
BEGINS = Rhythm(7, date(2018, 1, 1))


def heard(*functions: str, period: str = "2026-W47", nothing: bool = False) -> tuple[Heard, ...]:
    last_day = BEGINS.parse(period).last_day
    return tuple(Heard(each, period, last_day, nothing) for each in functions)


def knowledge(
    *said: Heard, period: str = "2026-W47", document: CollaborationDocument | None = None
) -> Knowledge:
    """What was known with these voices, and a report so that there is something to tell."""
    set_up = document or example_collaboration()
    return replace(known(tally(), document=set_up, period=period), heard=said)


def test_every_reporter_is_due_once_for_each_reporting_period() -> None:
    picture = draw(knowledge(*heard("samordnaren", "faltgruppen")))

    assert picture.coverage.now == Cover(due=5, heard=2, nothing=0)


def test_who_has_nothing_to_report_has_been_heard() -> None:
    picture = draw(knowledge(*heard("samordnaren"), *heard("faltgruppen", nothing=True)))

    assert picture.coverage.now == Cover(due=5, heard=2, nothing=1)


def test_a_function_that_reports_on_other_areas_is_not_due() -> None:
    document = example_collaboration()

    assert [each.function_id for each in reporters_of(document, None)] == REPORTERS
    assert [each.function_id for each in reporters_of(document, frozenset({NORRANGEN}))] == REPORTERS
    assert [each.function_id for each in reporters_of(document, frozenset({HAMNEN}))] == REPORTERS[:-1]


def test_the_coverage_of_an_area_is_that_of_its_reporters() -> None:
    all_of_it = knowledge(*heard("bovard_norrangen", "faltgruppen"))
    harbour = replace(all_of_it, scope=PictureScope((HAMNEN,)), areas=frozenset({HAMNEN}))

    assert draw(harbour).coverage.now == Cover(due=4, heard=1, nothing=0)


def test_who_does_not_report_is_not_counted_when_heard() -> None:
    picture = draw(knowledge(*heard("tib", "faltgruppen")))

    assert picture.coverage.now.heard == 1


def test_a_month_has_as_many_returns_as_reporting_periods_end_in_it() -> None:
    picture = draw(knowledge(*heard("samordnaren", period="2026-W45"), period="2026-11"))

    # Weeks 44 to 48 end on Sundays, the 1st to the 29th of November.
    assert picture.coverage.now == Cover(due=25, heard=1, nothing=0)


def test_a_week_in_the_middle_of_a_fortnight_has_that_fortnights_coverage() -> None:
    fortnights = Rhythm(14, date(2026, 11, 9))
    calendar = PictureCalendar.of_rhythm(fortnights)

    found = reporting_periods_of(calendar.parse("2026-W46"), fortnights)

    assert [str(each) for each in found] == ["2026-W46-W47"]
    assert reporting_periods_of(calendar.parse("2026-W47"), fortnights) == found


def test_nothing_is_due_of_a_period_that_has_not_begun() -> None:
    november = knowledge(*heard("samordnaren", period="2026-W45"), period="2026-11")

    told_on_the_tenth = draw(replace(november, known_on=date(2026, 11, 10)))

    # Weeks 44, 45 and 46 have begun.
    assert told_on_the_tenth.coverage.now.due == 15
    assert draw(replace(november, known_on=date(2026, 11, 8))).coverage.now.due == 10


def test_nothing_was_due_before_anything_was_known() -> None:
    first = replace(knowledge(*heard("samordnaren")), first_day=WEEK_47.first_day)

    picture = draw(first)

    assert picture.coverage.previous is None
    assert picture.recent_weeks[-2].cover is None
    assert picture.recent_weeks[-1].cover == Cover(5, 1, 0)


def test_a_week_is_waited_for_when_anything_was_known_by_its_end() -> None:
    since_wednesday = replace(knowledge(*heard("samordnaren")), first_day=date(2026, 11, 18))

    assert draw(since_wednesday).coverage.now.due == 5


def test_each_week_of_the_year_says_who_had_been_heard() -> None:
    picture = draw(knowledge(*heard("samordnaren", period="2026-W40"), *heard(*REPORTERS)))

    covers = {each.period: each.cover for each in picture.recent_weeks}
    assert covers["2026-W40"] == Cover(5, 1, 0)
    assert covers["2026-W41"] == Cover(5, 0, 0)
    assert covers["2026-W47"] == Cover(5, 5, 0)


def test_silent_functions_are_named_and_those_that_have_said_least_stand_first() -> None:
    said = (
        *heard("samordnaren", "kommunpolisen", "bosocial_utvecklare", period="2026-W44"),
        *heard("samordnaren", period="2026-W45"),
    )
    november = replace(knowledge(*said, period="2026-11"), known_on=date(2026, 11, 8))

    silent = draw(november).coverage.silent

    assert [(each.function, each.heard, each.due) for each in silent] == [
        ("faltgruppen", 0, 2),
        ("bovard_norrangen", 0, 2),
        ("kommunpolisen", 1, 2),
        ("bosocial_utvecklare", 1, 2),
    ]
    assert silent[0].title == "Fältgruppen"


def test_when_nobody_has_asked_who_was_heard_nobody_is_called_silent() -> None:
    picture = draw(known(tally(), document=example_collaboration()))

    assert picture.coverage.now == Cover(0, 0, 0)
    assert picture.coverage.silent == ()
    assert picture.recent_weeks[-1].cover is None
    assert not picture.coverage.now.is_thin


def test_half_or_less_is_thin() -> None:
    assert Cover(10, 5, 0).is_thin
    assert not Cover(10, 6, 0).is_thin
    assert not Cover(0, 0, 0).is_thin


def test_a_thinly_covered_period_is_not_compared_in_its_headline() -> None:
    thin = draw(knowledge(*heard("samordnaren", "faltgruppen")))
    whole = draw(knowledge(*heard(*REPORTERS), *heard(*REPORTERS, period="2026-W46")))

    assert headline(thin, until=None).sv == (
        "1 rapport under vecka 47, men bara 2 av 5 väntade svar har kommit in"
    )
    assert headline(whole, until=None).sv == "Ungefär som veckan före: 1 rapport"


def test_a_period_after_a_thinly_covered_one_is_not_compared_in_its_headline_either() -> None:
    picture = draw(knowledge(*heard(*REPORTERS), *heard("samordnaren", period="2026-W46")))

    assert headline(picture, until=None).sv == "1 rapport under vecka 47"
    told = {each.key: each.words.sv for each in sentence_candidates(picture, until=None)}
    assert told[SentenceKey.COVERAGE] == (
        "5 av 5 väntade svar har kommit in; för v. 46 kom 1 av 5, så jämförelsen haltar."
    )


def test_thin_coverage_is_told_at_once_and_good_coverage_last() -> None:
    thin = sentence_candidates(draw(knowledge(*heard("samordnaren"))), until=None)
    good = sentence_candidates(
        draw(knowledge(*heard(*REPORTERS[:4]), *heard(*REPORTERS, period="2026-W46"))), until=None
    )

    assert thin[1].key is SentenceKey.COVERAGE
    assert thin[1].words.sv == (
        "Bara 1 av 5 väntade svar har kommit in; skillnader mot andra perioder kan bero på det."
    )
    assert good[-1].words.sv == "4 av 5 väntade svar har kommit in; inget har hörts från Bovärd Norrängen."


def test_a_period_that_goes_on_is_not_called_thin() -> None:
    thin = draw(knowledge(*heard("samordnaren")))
    friday = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)

    assert headline(thin, until=friday).sv == "Vecka 47 hittills: 1 rapport"
    quiet = draw(replace(known(document=example_collaboration()), heard=()))
    assert headline(quiet, until=friday).sv == "Inget inrapporterat under vecka 47"
    assert sentence_candidates(thin, until=friday)[-1].words.sv == (
        "1 av 5 väntade svar har kommit in hittills."
    )


def test_a_quiet_period_tells_calm_from_silence() -> None:
    calm = replace(
        known(document=example_collaboration()),
        heard=(*heard(*REPORTERS[:3], nothing=True), *heard(*REPORTERS[3:], nothing=True)),
    )
    silent = replace(calm, heard=())

    assert headline(draw(calm), until=None).sv == "Inget inrapporterat under vecka 47"
    assert headline(draw(silent), until=None).sv == (
        "Inget inrapporterat under vecka 47, men inget av 5 väntade svar har kommit in"
    )
    assert [each.words.sv for each in sentence_candidates(draw(calm), until=None)] == [
        "5 av 5 väntade svar har kommit in; för v. 46 kom 0 av 5, så jämförelsen haltar."
    ]


ADVENT = Holiday(date(2026, 11, 29), Words(sv="Första advent", en="First Sunday of Advent"))


def test_other_categories_are_not_called_low_when_few_have_been_heard() -> None:
    thin = {each.key for each in sentence_candidates(draw(knowledge(*heard("samordnaren"))), until=None)}
    good = {each.key for each in sentence_candidates(draw(known(tally())), until=None)}

    assert SentenceKey.OTHERS_LOW not in thin
    assert SentenceKey.OTHERS_LOW in good


def test_nothing_is_suggested_of_a_period_of_which_nothing_is_known() -> None:
    before = replace(known(first=WEEK_47.next.first_day), holidays=(ADVENT,))

    assert sentence_candidates(draw(before), until=None) == ()


def test_no_more_than_ten_sentences_are_offered() -> None:
    problem = ToldProblem(
        problem="p1",
        area=NORRANGEN,
        theme=Theme.FIRE,
        state="confirmed",
        flagged_on=WEEK_47.first_day,
        changed_on=WEEK_47.first_day,
        evidence=Words(sv="Fyra veckor i rad.", en="Four weeks in a row."),
        measures=(),
    )
    fires = replace(tally(reports=12, theme=Theme.FIRE, severity=5), place="torget")
    much = known(
        fires, tally(theme=Theme.POSITIVE), tally(theme=Theme.DRUGS), document=example_collaboration()
    )

    told = sentence_candidates(
        draw(replace(much, heard=(), problems=(problem,), holidays=(ADVENT,))), until=None
    )

    assert len(told) == 10
    assert SentenceKey.PLACE not in {each.key for each in told}
