"""Two pictures side by side: what differs is told with what it is worth, and no more."""

from dataclasses import replace
from datetime import date

import pytest
from boras_fortnight import Desk
from edition_briefs import brief_of
from known_weeks import WEEK_47, known, tally

from est_compiler.domain.comparing.comparison import Comparison, compare
from est_compiler.domain.comparing.verdicts import ComparisonKind, Verdict, by_chance
from est_compiler.domain.comparing.written import Mark, compare_written
from est_compiler.domain.compiling.work import RowWords
from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.knowledge import Heard, Tally
from est_compiler.domain.picture import Count, Picture
from est_compiler.domain.viewing.brief import Brief
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN, example_collaboration
from est_contracts.vocabulary import PictureScope, Theme, Words, picture_template

REPORTERS = ["samordnaren", "faltgruppen", "kommunpolisen", "bosocial_utvecklare", "bovard_norrangen"]
VERSIONS = (Words(sv="version 2", en="version 2"), Words(sv="version 1", en="version 1"))


def picture_of(
    *tallies: Tally, period: str = "2026-W47", areas: tuple[str, ...] = (), heard: int | None = None
) -> Picture:
    knows = known(*tallies, document=example_collaboration(), period=period)
    said = tuple(Heard(each, period, date(2026, 11, 22), False) for each in REPORTERS[: heard or 0])
    return draw(
        replace(
            knows,
            scope=PictureScope(areas),
            areas=frozenset(areas) or None,
            heard=None if heard is None else said,
        )
    )


def verdicts(comparison: Comparison) -> dict[str, Verdict]:
    return {each.name.sv: each.verdict for each in comparison.themes if each.differs}


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (31, 12, Verdict.CLEARLY_MORE),
        (12, 6, Verdict.SOMEWHAT_MORE),
        (12, 10, Verdict.MUCH_ALIKE),
        (6, 12, Verdict.SOMEWHAT_FEWER),
        (12, 31, Verdict.CLEARLY_FEWER),
    ],
)
def test_a_difference_is_weighed_against_chance(one: int, other: int, verdict: Verdict) -> None:
    assert by_chance(Count(one), Count(other)) is verdict


def test_two_periods_are_held_against_each_other_in_number_and_severity() -> None:
    this_week = picture_of(tally(reports=31, severity=4), tally(reports=2, theme=Theme.FIRE))
    a_year_ago = picture_of(tally(reports=12), period="2025-W47")

    found = compare(this_week, a_year_ago)

    assert found.kind is ComparisonKind.PERIODS
    assert found.headline.sv == "Tydligt fler rapporter under vecka 47 2026 än under vecka 47 2025: 33 mot 12"
    assert (found.total.reports, found.total.severe) == (21, 31)
    assert found.total.severe_verdict is Verdict.CLEARLY_MORE
    assert verdicts(found) == {"Skadegörelse": Verdict.CLEARLY_MORE, "Brand": Verdict.SOMEWHAT_MORE}


def test_percentages_of_small_numbers_are_not_given() -> None:
    found = compare(
        picture_of(tally(reports=31), tally(reports=3, theme=Theme.FIRE)),
        picture_of(tally(reports=20), tally(reports=1, theme=Theme.FIRE), period="2026-W40"),
    )

    assert {each.name.sv: each.percent.sv for each in found.themes if each.differs and each.percent} == {
        "Skadegörelse": "+55 %",
        "Brand": "för få för att säga",
    }


def test_a_period_of_which_nothing_is_known_is_not_taken_for_calm() -> None:
    before = draw(known(document=example_collaboration(), period="2023-W10"))

    found = compare(picture_of(tally(reports=31)), before)

    assert found.headline.sv == "Inga uppgifter om vecka 10 2023"
    assert found.total.other is None
    assert {each.other for each in found.themes} == {None}
    assert found.total.percent is None
    assert found.total.verdict is Verdict.NOT_COMPARABLE


def test_a_thinly_covered_period_is_not_judged() -> None:
    found = compare(picture_of(tally(reports=31), heard=2), picture_of(tally(reports=5), period="2026-W40"))

    assert [each.sv for each in found.notes] == ["Bara 2 av 5 väntade svar har kommit in för vecka 47."]
    assert found.total.verdict is Verdict.NOT_COMPARABLE
    assert found.headline.sv == "Vecka 47 och vecka 40 kan inte jämföras rakt av: 31 mot 5"


def test_a_week_and_a_month_are_not_judged_by_their_numbers() -> None:
    found = compare(picture_of(tally(reports=31)), picture_of(tally(reports=90), period="2026-09"))

    assert [each.sv for each in found.notes] == ["Perioderna är olika långa: 7 och 30 dagar."]
    assert found.total.verdict is Verdict.NOT_COMPARABLE


def test_months_of_different_days_are_compared_as_people_compare_months() -> None:
    found = compare(picture_of(tally(), period="2026-10"), picture_of(tally(), period="2026-09"))

    assert found.notes == ()


def test_two_areas_are_compared_without_a_table_of_areas() -> None:
    found = compare(
        picture_of(tally(reports=31), areas=(NORRANGEN,)),
        picture_of(tally(reports=3, area=HAMNEN), areas=(HAMNEN,)),
    )

    assert found.kind is ComparisonKind.SCOPES
    assert found.headline.sv == "Tydligt fler rapporter i Norrängen än i Hamnen: 31 mot 3"
    assert found.areas == ()
    assert found.changes == ()


@pytest.mark.parametrize("other", [(), (NORRANGEN, CENTRUM)])
def test_a_part_held_against_what_it_lies_in_is_not_judged(other: tuple[str, ...]) -> None:
    found = compare(
        picture_of(tally(reports=31), areas=(NORRANGEN,)), picture_of(tally(reports=31), areas=other)
    )

    assert found.total.verdict is Verdict.NOT_COMPARABLE
    assert found.notes[0].sv.startswith("Det ena ligger helt eller delvis i det andra")


def test_a_week_held_against_the_month_it_lies_in_is_not_judged() -> None:
    found = compare(picture_of(tally(reports=3)), picture_of(tally(reports=9), period="2026-11"))

    assert len(found.notes) == 2


def test_versions_differ_by_what_was_known_and_not_by_chance() -> None:
    found = compare(
        picture_of(tally(reports=12), tally(reports=1, theme=Theme.FIRE), heard=1),
        picture_of(tally(reports=12), heard=1),
        names=VERSIONS,
    )

    assert found.kind is ComparisonKind.VERSIONS
    assert found.headline.sv == "13 rapporter i version 2, +1 mot version 1"
    assert found.notes == ()
    assert verdicts(found) == {"Brand": Verdict.CHANGED}
    assert {each.verdict for each in found.themes if not each.differs} == {Verdict.SAME}


def test_versions_with_the_same_numbers_are_told_so() -> None:
    found = compare(picture_of(tally(reports=12)), picture_of(tally(reports=12)), names=VERSIONS)

    assert found.headline.sv == "Lika många rapporter i version 2 som i version 1: 12"


def test_a_problem_that_goes_on_is_the_same_in_both_pictures_though_its_rows_are_not() -> None:
    going_on = RowWords(what="Fönsterkross", where="Tre stråk", measures="Väktare")
    changed = RowWords(what="Klotter", measures="Kameror. Belysning.")
    alone, gone = RowWords(what="Mopeder"), RowWords(what="Bilbränder")
    rows = {
        "now": (going_on, changed, alone),
        "then": (gone, replace(changed, measures="Kameror."), going_on),
    }

    def brief(*problems: RowWords, before: str) -> Brief:
        desk = Desk().write("trend", before)
        for each in problems:
            desk.add_row("problembilder", each)
        return replace(brief_of(template=picture_template("developed_weekly")), work=desk.work)

    found = compare_written(brief(*rows["now"], before="Nu"), brief(*rows["then"], before="Då")).texts

    problems = [each for each in found if each.key.startswith("problembilder/")]
    assert [(str(each.one).split()[0], each.mark) for each in problems if each.one] == [
        ("Fönsterkross", Mark.SAME),
        ("Klotter", Mark.CHANGED),
        ("Mopeder", Mark.ADDED),
    ]
    assert [(each.other, each.mark) for each in problems if each.one is None] == [
        ("Bilbränder", Mark.REMOVED)
    ]


def test_sentences_about_the_same_stand_beside_each_other() -> None:
    one, other = brief_of(tally(reports=12)), brief_of(tally(reports=30))
    written_by_hand = Words(sv="Lugnt i hamnen.", en="Calm in the harbour.")
    other = replace(other, sentences=(*other.sentences, written_by_hand))

    found = compare_written(one, other).sentences

    assert [each.mark for each in found] == [Mark.CHANGED] * len(one.sentences) + [Mark.REMOVED]
    assert [(each.one, each.other) for each in found[:1]] == [(one.sentences[0], other.sentences[0])]
    assert found[-1].other == written_by_hand
    same = compare_written(one, one).sentences
    assert [(each.one, each.mark) for each in same] == [(each, Mark.SAME) for each in one.sentences]


def test_what_only_one_picture_has_is_zero_in_the_other() -> None:
    found = compare(
        picture_of(tally(area=NORRANGEN, organisation="valboas_kommun")),
        picture_of(tally(area="9901R099", organisation="nattvandrarna"), period=str(WEEK_47.before(8))),
    )

    areas = {each.key: (each.one, each.other) for each in found.areas}
    assert areas["9901R099"] == (Count(), Count(1, 3, 0))
    assert areas[NORRANGEN] == (Count(1, 3, 0), Count())
    assert {each.key for each in found.organisations} >= {"valboas_kommun", "nattvandrarna"}
    assert [each.key for each in found.entries] == ["orebro.1:vandalism"]
