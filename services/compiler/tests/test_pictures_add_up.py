"""Two years of Valboås in periods of every kind: each report counts once, and the parts make the whole."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from read_models_alone import empty_read_models, only_ask
from told_histories import DISTRICT, feed, told_by_intake

from est_chassis.event_store import Cursor
from est_chassis.testing.databases import Homes, fresh_database
from est_compiler.domain.picture import Picture
from est_compiler.questions.pictures import picture_at
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.messages import (
    CollaborationSetUp,
    CountBlockContributed,
    CountBlockWithdrawn,
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
    Message,
)
from est_contracts.vocabulary import STOCKHOLM, PeriodKind, PictureCalendar, PicturePeriod, PictureScope

#: On the first a week, a fortnight and a year begin; what is told until the last ends in all of these.
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2025, 12, 14)
CALENDAR = PictureCalendar(fortnight_begins_on=FIRST_DAY)
PERIODS: dict[PeriodKind, int] = {
    PeriodKind.WEEK: 104,
    PeriodKind.FORTNIGHT: 52,
    PeriodKind.MONTH: 24,
    PeriodKind.QUARTER: 8,
    PeriodKind.TERTIAL: 6,
    PeriodKind.HALF_YEAR: 4,
    PeriodKind.YEAR: 2,
}
#: Day, theme, entry, area, organisation.
Key = tuple[date, str, str, str | None, str]


@pytest.fixture(scope="module")
def two_years() -> list[Message]:
    """Reports, blocks, corrections, withdrawals and the rest of two years; the set-up stays as it is."""
    told = told_by_intake(Random(1), count=1500, first_day=FIRST_DAY, last_day=LAST_DAY)
    return [told[0], *(each for each in told[1:] if not isinstance(each, CollaborationSetUp))]


@pytest.fixture(scope="module")
def cursor(homes: Homes, two_years: list[Message]) -> Iterator[Cursor]:
    """The read models that have taken them in; from here on they can only be asked."""
    with fresh_database(homes) as database, empty_read_models(database) as filled:
        feed(filled, two_years)
        only_ask(filled)
        yield filled


def counted_by_hand(told: Iterable[Message]) -> Counter[Key]:
    """How many reports each day, theme, entry, area and organisation has: read without a database."""
    reports: dict[object, IncidentReported | IncidentReportCorrected] = {}
    blocks: dict[object, CountBlockContributed] = {}
    gone: set[object] = set()
    for each in told:
        match each:
            case IncidentReported() | IncidentReportCorrected():
                reports[each.report_id] = each
            case IncidentReportWithdrawn() | IncidentReportMarkedDuplicate():
                gone.add(each.report_id)
            case IncidentReportReinstated():
                gone.discard(each.report_id)
            case CountBlockContributed():
                blocks[each.block_id] = each
            case CountBlockWithdrawn():
                del blocks[each.block_id]
    counted = Counter(
        (
            each.happened_at.astimezone(STOCKHOLM).date(),
            str(each.theme),
            each.checklist_entry,
            each.area,
            each.organisation,
        )
        for report_id, each in reports.items()
        if report_id not in gone
    )
    for block in blocks.values():
        day = (block.ends_at - timedelta(seconds=1)).astimezone(STOCKHOLM).date()
        for count in block.counts:
            key = (day, str(count.theme), count.checklist_entry, count.area, block.organisation)
            counted[key] += count.number
    return +counted


def in_a_row(kind: PeriodKind) -> list[PicturePeriod]:
    """All periods of a kind from the first day on."""
    periods = [CALENDAR.period_of_day(kind, FIRST_DAY)]
    while len(periods) < PERIODS[kind]:
        periods.append(periods[-1].next)
    return periods


def drawn(cursor: Cursor, period: PicturePeriod, scope: str = "") -> Picture:
    return picture_at(cursor, municipality="9901", period=period, scope=PictureScope.parse(scope)).picture


def assert_adds_up(picture: Picture) -> None:
    """Themes, entries, areas, organisations, cells, severities and hours are all the same reports."""
    total = picture.reports
    for counts in (picture.themes, picture.entries, picture.areas, picture.organisations, picture.cells):
        assert sum(each.now.reports for each in counts) == total
    assert sum(picture.severities) + picture.not_assessed == total
    assert sum(map(sum, picture.weekday_hours.now)) + picture.weekday_hours.without_hour == total
    assert picture.in_blocks <= picture.not_assessed
    assert sum(each.now.reports for each in picture.places) <= total


def between(by_hand: Counter[Key], picture: Picture) -> Counter[Key]:
    return Counter(
        {key: number for key, number in by_hand.items() if picture.first_day <= key[0] <= picture.last_day}
    )


def cells_of(picture: Picture) -> Counter[tuple[object, ...]]:
    counted: Counter[tuple[object, ...]] = Counter(
        {(str(c.theme), c.entry, c.area, c.organisation): c.now.reports for c in picture.cells}
    )
    return +counted


def without_days(by_hand: Counter[Key]) -> Counter[tuple[object, ...]]:
    counted: Counter[tuple[object, ...]] = Counter()
    for (_day, *cell), number in by_hand.items():
        counted[tuple(cell)] += number
    return counted


@pytest.mark.parametrize("kind", PeriodKind)
def test_periods_of_every_kind_count_each_report_of_two_years_once(
    cursor: Cursor, two_years: list[Message], kind: PeriodKind
) -> None:
    by_hand = counted_by_hand(two_years)

    pictures = [drawn(cursor, period) for period in in_a_row(kind)]

    for picture in pictures:
        assert_adds_up(picture)
        assert cells_of(picture) == without_days(between(by_hand, picture))
    assert sum((cells_of(picture) for picture in pictures), Counter()) == without_days(by_hand)
    for before, picture in pairwise(pictures):
        assert picture.total.previous == before.total.now


@pytest.mark.parametrize("kind", [PeriodKind.WEEK, PeriodKind.TERTIAL, PeriodKind.YEAR])
def test_pictures_of_the_areas_and_of_what_has_none_make_the_whole(
    cursor: Cursor, two_years: list[Message], kind: PeriodKind
) -> None:
    by_hand = counted_by_hand(two_years)
    for period in in_a_row(kind)[:8]:
        whole, district, harbour = (drawn(cursor, period, scope) for scope in ("", DISTRICT, HAMNEN))
        nowhere = sum(number for key, number in between(by_hand, whole).items() if key[3] is None)

        assert_adds_up(district)
        assert whole.reports == district.reports + harbour.reports + nowhere
        assert cells_of(district) == without_days(
            Counter(
                {
                    key: number
                    for key, number in between(by_hand, whole).items()
                    if key[3] in (CENTRUM, NORRANGEN)
                }
            )
        )


def test_the_53_weeks_of_a_picture_are_the_pictures_of_those_weeks(
    cursor: Cursor, two_years: list[Message]
) -> None:
    assert two_years
    week = CALENDAR.parse("2025-W45")
    line = drawn(cursor, week).recent_weeks
    line_of_harbour = drawn(cursor, week, HAMNEN).recent_weeks

    for back in (0, 1, 17, 52):
        then = week.before(back)
        assert line[52 - back].count == drawn(cursor, then).total.now
        assert line_of_harbour[52 - back].count == drawn(cursor, then, HAMNEN).total.now
