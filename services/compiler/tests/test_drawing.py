"""A picture is drawn from what is known, and from nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from known_weeks import WEEK_47, known, tally

from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.drawn_picture import canonical, fingerprint_of
from est_compiler.domain.knowledge import Tally
from est_compiler.domain.picture import Count, Picture
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN, example_collaboration
from est_contracts.vocabulary import CollaborationDocument, PriorityAreas, Theme, Week

LONG_AGO = Week(2025, 1)


def picture_of_week_47(*tallies: Tally, document: CollaborationDocument | None = None) -> Picture:
    return draw(known(*tallies, document=document))


def test_each_week_of_comparison_is_counted_by_itself() -> None:
    picture = picture_of_week_47(
        tally(reports=9),
        tally(WEEK_47.previous, reports=6),
        tally(WEEK_47.before(2), reports=4),
        tally(Week(2025, 47), reports=2),
    )

    total = picture.total
    assert total.now.reports == 9
    assert total.previous == Count(6, 18, 0)
    assert total.before_previous == Count(4, 12, 0)
    assert total.last_year == Count(2, 6, 0)


def test_what_is_compared_is_also_compared_by_area_theme_and_organisation() -> None:
    picture = picture_of_week_47(
        tally(reports=2, organisation="polisen_valboas"),
        tally(reports=3, theme=Theme.FIRE, area=CENTRUM),
        tally(WEEK_47.previous, reports=5, theme=Theme.FIRE, area=CENTRUM),
    )

    cells = {(cell.area, cell.theme, cell.organisation): cell for cell in picture.cells}
    fire = cells[CENTRUM, Theme.FIRE, "valboas_kommun"]
    assert (fire.now.reports, fire.previous) == (3, Count(5, 15, 0))
    assert cells[NORRANGEN, Theme.VANDALISM, "polisen_valboas"].now.reports == 2
    assert len(cells) == 2


def test_severity_counts_as_a_sum_and_as_how_many_were_severe() -> None:
    picture = picture_of_week_47(tally(severity=5), tally(severity=4), tally(severity=None, reports=3))

    assert picture.total.now == Count(reports=5, severity_total=9, severe=2)
    assert (picture.severities, picture.not_assessed) == ((0, 0, 0, 1, 1), 3)


def test_nothing_is_compared_with_weeks_before_the_first_report() -> None:
    picture = draw(known(tally(), first=WEEK_47.previous.first_day))

    assert picture.compared_with.previous == "2026-W46"
    assert picture.total.previous == Count()
    assert picture.total.before_previous is None
    assert picture.total.last_year is None


def test_a_year_of_which_little_is_known_is_not_compared_with() -> None:
    first_week, second_week = (
        draw(known(tally(), first=date(2025, 1, day), period="2026")) for day in (7, 8)
    )

    assert first_week.compared_with.previous == "2025"
    assert second_week.compared_with.previous is None
    assert second_week.total.previous is None
    assert draw(known(tally(), first=date(2026, 12, 31), period="2026")).is_known


def test_blocks_of_counts_say_how_many_were_not_in_public() -> None:
    block = replace(tally(reports=3, severity=None), weekday=None, hour=None)
    picture = picture_of_week_47(
        replace(block, in_public=False), replace(block, in_public=True, reports=4), tally(reports=2)
    )

    (cell,) = picture.cells
    assert (cell.now.reports, cell.not_in_public) == (9, 3)
    assert (picture.in_blocks, picture.weekday_hours.without_hour) == (7, 7)


def test_week_53_has_no_same_week_last_year() -> None:
    picture = draw(known(tally(), first=Week(2020, 1), period="2026-W53"))

    assert picture.compared_with.last_year is None
    assert picture.compared_with.previous == "2026-W52"


def test_without_a_set_up_everything_concerns_the_whole_municipality() -> None:
    picture = draw(known(tally(area=None, organisation="polisen"), municipality="1280"))

    assert picture.municipality_name == "Malmö"
    assert [(area.area, area.name, area.now.reports) for area in picture.areas] == [
        (None, "Hela kommunen", 1)
    ]
    assert [each.name for each in picture.organisations] == ["Polisen"]


def test_areas_that_are_set_up_are_shown_also_when_nothing_happens_there() -> None:
    picture = picture_of_week_47(tally(), document=example_collaboration())

    shown = {area.name: area.now.reports for area in picture.areas}
    assert shown == {"Valboås centrum": 0, "Norrängen": 1, "Hamnen": 0}


def test_the_areas_that_have_priority_are_those_decided_for_the_quarter_and_else_those_marked() -> None:
    decided = PriorityAreas(quarter="2026-Q4", area_ids=(HAMNEN,))
    document = example_collaboration().model_copy(update={"priority_areas": (decided,)})

    now, before = (
        {area.area for area in draw(known(document=document, period=period)).areas if area.priority}
        for period in ("2026-W47", "2026-W30")
    )

    assert now == {HAMNEN}
    assert before == {area.area_id for area in document.areas if area.priority}


def test_an_area_that_is_no_longer_set_up_keeps_its_reports() -> None:
    picture = picture_of_week_47(tally(area="9901R099"), document=example_collaboration())

    assert [(area.name, area.now.reports) for area in picture.areas if area.now.reports] == [("9901R099", 1)]


def test_a_municipality_without_areas_and_reports_still_has_a_row() -> None:
    assert [(each.area, each.now.reports) for each in draw(known()).areas] == [(None, 0)]


def test_organisations_that_are_silent_are_named() -> None:
    picture = picture_of_week_47(tally(), document=example_collaboration())

    assert {each.name for each in picture.silent_organisations} == {"Polisen i Valboås", "Valboåsbostäder"}


def test_reports_stand_on_their_weekday_and_hour() -> None:
    picture = picture_of_week_47(tally(reports=2), tally(WEEK_47.previous, reports=7))

    assert picture.weekday_hours.now[4][20] == 2
    assert sum(map(sum, picture.weekday_hours.now)) == 2
    assert picture.weekday_hours.previous[4][20] == 7


def test_a_year_of_weeks_leaves_gaps_before_the_first_report() -> None:
    weeks = {WEEK_47.first_day: Count(1, 3, 0)}
    picture = draw(known(tally(), recent_weeks=weeks, first=Week(2026, 46)))

    assert len(picture.recent_weeks) == 53
    assert [each.count for each in picture.recent_weeks[-3:]] == [None, Count(), Count(1, 3, 0)]


TALLIES = st.lists(
    st.builds(
        tally,
        st.sampled_from([WEEK_47, WEEK_47.previous, WEEK_47.before(2), Week(2025, 47)]),
        reports=st.integers(1, 40),
        area=st.sampled_from([NORRANGEN, CENTRUM, "9901R099", None]),
        theme=st.sampled_from(Theme),
        severity=st.sampled_from([1, 2, 3, 4, 5, None]),
        organisation=st.sampled_from(["valboas_kommun", "polisen_valboas", "nattvandrarna"]),
    ),
    max_size=40,
)


@given(TALLIES, st.randoms(use_true_random=False))
def test_the_same_knowledge_in_any_order_gives_the_same_bytes(
    tallies: Sequence[Tally], chance: Random
) -> None:
    shuffled = sorted(tallies, key=lambda _tally: chance.random())

    document = example_collaboration()
    assert canonical(picture_of_week_47(*tallies, document=document)) == canonical(
        picture_of_week_47(*shuffled, document=document)
    )


@given(TALLIES)
def test_areas_themes_organisations_and_cells_add_up_to_the_total(tallies: Sequence[Tally]) -> None:
    picture = picture_of_week_47(*tallies, document=example_collaboration())

    for parts in (picture.themes, picture.areas, picture.organisations, picture.cells):
        assert sum((part.now for part in parts), Count()) == picture.total.now
        assert sum((part.previous or Count() for part in parts), Count()) == picture.total.previous
    assert sum(map(sum, picture.weekday_hours.now)) == picture.reports


def test_one_more_report_is_another_fingerprint() -> None:
    one, two = picture_of_week_47(tally(reports=1)), picture_of_week_47(tally(reports=2))

    assert fingerprint_of(canonical(one)) != fingerprint_of(canonical(two))
