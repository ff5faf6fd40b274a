"""Two believable years: what the simulated reports of Valboås look like."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from est_contracts.guard import findings
from est_contracts.messages import SubmitReport
from est_contracts.vocabulary import STOCKHOLM, Week
from est_single_machine.demo.calendar import easter_sunday, is_school_break
from est_single_machine.demo.document import valboas_document
from est_single_machine.demo.simulator import reports_until

TODAY = datetime(2026, 11, 22, 11, 0, tzinfo=STOCKHOLM)


def simulated(today: datetime = TODAY) -> list[SubmitReport]:
    return list(reports_until(today, document=valboas_document(), seed=9901, weeks=104))


@pytest.fixture(scope="module")
def reports() -> list[SubmitReport]:
    return simulated()


def weekly(reports: list[SubmitReport], *, area: str, entry: str) -> Counter[Week]:
    found = (each for each in reports if each.area == area and each.checklist_entry == entry)
    return Counter(Week.of(each.happened_at) for each in found)


def test_the_same_seed_gives_the_same_reports(reports: list[SubmitReport]) -> None:
    assert simulated() == reports


def test_no_two_reports_are_the_same(reports: list[SubmitReport]) -> None:
    assert len({report.report_id for report in reports}) == len(reports)


def test_a_week_later_nothing_that_was_told_has_changed(reports: list[SubmitReport]) -> None:
    later = {report.report_id: report for report in simulated(TODAY + timedelta(weeks=1))}

    in_both = [report for report in reports if report.report_id in later]
    assert len(in_both) > 3_000
    assert all(later[report.report_id] == report for report in in_both)


def test_nothing_is_told_before_it_happens(reports: list[SubmitReport]) -> None:
    assert max(report.happened_at for report in reports) <= TODAY


def test_a_week_has_about_as_many_reports_as_a_real_municipality(reports: list[SubmitReport]) -> None:
    weeks = Counter(Week.of(report.happened_at) for report in reports)

    assert len(weeks) == 104
    assert 15 <= min(weeks.values()) <= max(weeks.values()) <= 65
    assert 25 <= len(reports) / len(weeks) <= 45


def test_no_text_points_at_anybody(reports: list[SubmitReport]) -> None:
    texts = {report.text for report in reports if report.text}

    assert {text for text in texts if findings(text, today=TODAY.date())} == set()


def test_half_of_the_reports_name_a_place_of_their_area(reports: list[SubmitReport]) -> None:
    areas = {place.place_id: place.area_id for place in valboas_document().places}
    named = [report for report in reports if report.place]

    assert all(areas[str(report.place)] == report.area for report in named)
    assert len(named) > 0.4 * len(reports)
    assert {report.place for report in named} >= {"stortorget", "resecentrum", "skolgarden"}


def test_every_function_reports_from_where_it_works(reports: list[SubmitReport]) -> None:
    document = valboas_document()
    functions = {function.function_id: function for function in document.functions}

    ordinary = [report for report in reports if report.checklist_entry == "orebro.7"]

    assert all(
        not functions[str(report.function)].area_ids
        or report.area in functions[str(report.function)].area_ids
        for report in ordinary
    )


def test_the_mopeds_of_norrangen_stop_after_the_measure(reports: list[SubmitReport]) -> None:
    mopeds = weekly(reports, area="9901R002", entry="orebro.6")

    before = sum(mopeds[Week(2026, number)] for number in range(15, 20))
    after = sum(mopeds[Week(2026, number)] for number in range(22, 27))
    assert before >= 25
    assert after <= 6


def test_the_vandalism_around_the_school_grows_up_to_this_week(reports: list[SubmitReport]) -> None:
    vandalism = weekly(reports, area="9901R003", entry="orebro.1")

    last_four = [vandalism[Week(2026, number)] for number in (44, 45, 46, 47)]
    assert last_four[0] >= 3
    assert last_four[-1] >= 6
    assert sum(last_four[2:]) > sum(last_four[:2])


def test_the_gathering_moves_from_the_square_to_the_station(reports: list[SubmitReport]) -> None:
    square = weekly(reports, area="9901R004", entry="orebro.5")
    station = weekly(reports, area="9901R012", entry="orebro.5")

    in_september = [Week(2026, number) for number in range(34, 39)]
    in_october = [Week(2026, number) for number in range(40, 44)]
    assert sum(square[week] for week in in_september) > 3 * sum(station[week] for week in in_september)
    assert sum(station[week] for week in in_october) > 2 * sum(square[week] for week in in_october)


def test_new_year_burns(reports: list[SubmitReport]) -> None:
    fires = weekly(reports, area="9901R001", entry="orebro.2")

    assert fires[Week(2026, 1)] >= 10


def test_easter_is_when_it_was() -> None:
    assert [str(easter_sunday(year)) for year in (2024, 2025, 2026)] == [
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
    ]


def test_the_week_after_easter_and_the_summer_are_school_breaks() -> None:
    assert is_school_break(Week(2026, 15))
    assert is_school_break(Week(2026, 28))
    assert not is_school_break(Week(2026, 38))
