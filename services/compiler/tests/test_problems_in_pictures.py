"""Problems and measures stand in the pictures they belong to, and so does what has changed about them."""

from dataclasses import replace
from datetime import date

import pytest
from known_weeks import known, tally

from est_compiler.domain.comparing.changes import change_lines, changes_in_period, changes_since
from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.knowledge import Knowledge, ToldMeasure, ToldProblem
from est_compiler.domain.picture import Picture
from est_compiler.domain.wording.sentences import BehindKind, SentenceKey, sentence_candidates
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN, example_collaboration
from est_contracts.vocabulary import Level, MeasureKind, Theme, Words

IN_WEEK_47 = date(2026, 11, 18)
BEFORE_IT = date(2026, 11, 2)
FOUR_IN_A_ROW = Words(sv="Fyra veckor i rad.", en="Four weeks in a row.")


def problem(
    name: str = "p1",
    *,
    area: str = NORRANGEN,
    state: str = "confirmed",
    flagged_on: date = BEFORE_IT,
    changed_on: date = BEFORE_IT,
    measures: tuple[ToldMeasure, ...] = (),
) -> ToldProblem:
    return ToldProblem(
        problem=name,
        area=area,
        theme=Theme.VANDALISM,
        state=state,
        flagged_on=flagged_on,
        changed_on=changed_on,
        evidence=FOUR_IN_A_ROW,
        measures=measures,
    )


def measure(
    name: str = "m1",
    *,
    decided_on: date = BEFORE_IT,
    due_on: date | None = None,
    completed_on: date | None = None,
) -> ToldMeasure:
    return ToldMeasure(name, MeasureKind.LIGHTING, "faltgruppen", decided_on, due_on, completed_on)


def knowledge(*problems: ToldProblem) -> Knowledge:
    return replace(known(tally(), document=example_collaboration()), problems=problems)


def picture_with(*problems: ToldProblem) -> Picture:
    return draw(knowledge(*problems))


def names_in(picture: Picture) -> list[str]:
    return [each.problem for each in picture.problems]


def test_a_problem_is_told_with_its_area_its_evidence_and_its_measures() -> None:
    (found,) = picture_with(problem(measures=(measure(),))).problems

    assert (found.area_name, found.evidence) == ("Norrängen", FOUR_IN_A_ROW)
    assert [(each.kind, each.title) for each in found.measures] == [(MeasureKind.LIGHTING, "Fältgruppen")]


def test_confirmed_problems_stand_first_then_those_that_await_a_decision() -> None:
    picture = picture_with(
        problem("dismissed", state="dismissed", changed_on=IN_WEEK_47),
        problem("proposed", state="proposed"),
        problem("in_hamnen", area=HAMNEN),
        problem("in_centrum", area=CENTRUM),
    )

    assert names_in(picture) == ["in_centrum", "in_hamnen", "proposed", "dismissed"]


def test_problems_in_other_areas_are_left_out() -> None:
    harbour = replace(knowledge(problem(), problem("p2", area=HAMNEN)), areas=frozenset({HAMNEN}))

    assert names_in(draw(harbour)) == ["p2"]


@pytest.mark.parametrize(("flagged_on", "belongs"), [(date(2026, 12, 6), True), (date(2026, 12, 7), False)])
def test_a_problem_found_while_the_picture_is_put_together_stands_in_it(
    flagged_on: date, belongs: bool
) -> None:
    picture = picture_with(problem(flagged_on=flagged_on, changed_on=flagged_on))

    assert bool(picture.problems) is belongs


def test_measures_decided_long_after_the_period_are_left_out() -> None:
    at_the_meeting = measure("m1", decided_on=date(2026, 11, 26))
    in_the_new_year = measure("m2", decided_on=date(2027, 1, 4))

    (found,) = picture_with(problem(measures=(at_the_meeting, in_the_new_year))).problems

    assert [each.measure for each in found.measures] == ["m1"]


def test_a_dismissed_problem_is_told_of_in_its_last_period_only() -> None:
    in_the_week = picture_with(problem(state="dismissed", changed_on=IN_WEEK_47))
    before = picture_with(problem(state="dismissed", changed_on=date(2026, 11, 15)))

    assert names_in(in_the_week) == ["p1"]
    assert names_in(before) == []


def test_the_sentence_about_problems_counts_what_is_decided_and_what_is_late() -> None:
    going_on = measure("m1", due_on=date(2026, 11, 22))
    done = measure("m2", due_on=date(2026, 11, 1), completed_on=IN_WEEK_47)
    later = measure("m3", due_on=date(2026, 11, 23))
    picture = picture_with(
        problem(measures=(going_on, done, later)), problem("p2", area=HAMNEN, state="proposed")
    )

    told = {each.key: each for each in sentence_candidates(picture, until=None)}

    assert told[SentenceKey.PROBLEMS].words.sv == (
        "Återkommande problem: skadegörelse i Norrängen; 1 föreslaget problem väntar på beslut;"
        " 2 insatser pågår, varav 1 över tiden."
    )
    assert told[SentenceKey.PROBLEMS].behind.kind is BehindKind.PROBLEMS
    assert told[SentenceKey.PROBLEMS].behind.problems == ("p1", "p2")


def test_a_dismissed_problem_is_told_as_a_change_and_not_as_a_problem() -> None:
    picture = picture_with(problem(state="dismissed", changed_on=IN_WEEK_47))

    told = {each.key: each.words.sv for each in sentence_candidates(picture, until=None)}

    assert SentenceKey.PROBLEMS not in told
    assert told[SentenceKey.CHANGES] == "Avfärdat: skadegörelse i Norrängen."


def test_nothing_is_said_about_problems_where_there_are_none() -> None:
    keys = {each.key for each in sentence_candidates(picture_with(), until=None)}

    assert SentenceKey.PROBLEMS not in keys
    assert SentenceKey.CHANGES not in keys


def test_without_a_last_picture_changes_are_told_by_their_days() -> None:
    picture = picture_with(
        problem("p1", changed_on=IN_WEEK_47, measures=(measure(decided_on=IN_WEEK_47),)),
        problem("p2", area=HAMNEN, measures=(measure("m2", completed_on=IN_WEEK_47),)),
    )

    changes = changes_in_period(picture)

    assert [each.problem for each in changes.confirmed] == ["p1"]
    assert [each.measure for each in changes.decided] == ["m1"]
    assert [each.measure for each in changes.completed] == ["m2"]
    told = {each.key: each.words.sv for each in sentence_candidates(picture, until=None)}
    assert told[SentenceKey.CHANGES] == (
        "Bekräftat som problem: skadegörelse i Norrängen. Beslutade insatser: belysningen åtgärdas."
        " Genomförda insatser: belysningen åtgärdas."
    )


def test_against_the_last_picture_everything_that_differs_is_told() -> None:
    last = picture_with(problem("p1", state="proposed"), problem("p2", area=HAMNEN, measures=(measure(),)))
    now = picture_with(
        problem("p1", changed_on=date(2026, 11, 26)),
        problem("p2", area=HAMNEN, measures=(measure(completed_on=date(2026, 11, 26)), measure("m2"))),
        problem("p3", area=CENTRUM, state="proposed"),
    )

    lines = change_lines(changes_since(last, now, levels=(Level.GREEN, Level.YELLOW)))

    assert [each.sv for each in lines] == [
        "Ny lägesnivå: Gul: förhöjd uppmärksamhet (förut Grön: normalläge)",
        "Bekräftat som problem: skadegörelse i Norrängen",
        "Föreslaget som problem: skadegörelse i Valboås centrum",
        "Beslutade insatser: belysningen åtgärdas",
        "Genomförda insatser: belysningen åtgärdas",
    ]


def test_nothing_has_changed_between_two_pictures_that_are_alike() -> None:
    picture = picture_with(problem(measures=(measure(),)))

    assert change_lines(changes_since(picture, picture)) == ()
    assert [
        each.sv for each in change_lines(changes_since(picture, picture, levels=(Level.RED, Level.RED)))
    ] == ["Lägesnivån är oförändrad: Röd: allvarligt läge"]


def test_an_unknown_level_is_not_told_as_a_change() -> None:
    picture = picture_with()

    assert changes_since(picture, picture, levels=(None, Level.RED)).level is None
