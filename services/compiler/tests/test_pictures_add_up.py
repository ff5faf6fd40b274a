"""Whatever is told, in periods of every kind: each report counts once, and the parts make the whole.

Once in two years of Valboås, and in many short histories around the days that periods break on.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from read_models_alone import empty_read_models, only_ask
from told_histories import AREAS, DISTRICT, REPORTERS, feed, set_up, told_by_intake

from est_chassis.event_store import Cursor
from est_chassis.testing.databases import Homes, fresh_database
from est_compiler.domain.picture import Picture
from est_compiler.questions.pictures import picture_at
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.example_lives import Turn, told_lives
from est_contracts.examples import example_id, example_of
from est_contracts.messages import (
    AreaCount,
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
from est_contracts.vocabulary import (
    CHECKLISTS,
    STOCKHOLM,
    PeriodKind,
    PictureCalendar,
    PicturePeriod,
    PictureScope,
    Rhythm,
)

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


#: Where periods break: the leap day, both changes of the clock, the middle, a third and the end of a year.
BREAKS = tuple(
    map(
        date.fromisoformat,
        ("2024-02-29", "2024-03-31", "2024-06-30", "2024-08-31", "2024-10-27", "2024-12-31", "2026-12-31"),
    )
)
#: As far as what is told lies from the break, and the hours of the clock where a day or an hour breaks.
REACH = timedelta(days=4)
CLOCK = tuple(map(time.fromisoformat, ("00:00:00", "00:00:01", "02:30:00", "12:00:00", "23:59:59")))
#: Of every theme.
EVERY_ENTRY = tuple(entry for checklist in CHECKLISTS.values() for entry in checklist.entries)
#: As many histories of each break, and none like another.
HISTORIES = range(4)


@pytest.fixture(scope="module")
def filled_and_emptied(homes: Homes) -> Iterator[Cursor]:
    with fresh_database(homes) as database, empty_read_models(database) as opened:
        opened.connection.commit()
        yield opened


@pytest.fixture
def room(filled_and_emptied: Cursor) -> Iterator[Cursor]:
    """The read models, empty; what a history has filled them with is undone after it."""
    with filled_and_emptied.connection.transaction(force_rollback=True):
        yield filled_and_emptied


def said_around(break_day: date, chance: Random) -> dict[str, Any]:
    """What a report says when it is told or corrected."""
    day = break_day + timedelta(days=chance.randint(-REACH.days, REACH.days))
    said, function = chance.choice(EVERY_ENTRY), chance.choice(sorted(REPORTERS))
    organisation, party = REPORTERS[function]
    return {
        "happened_at": datetime.combine(day, chance.choice(CLOCK), STOCKHOLM),
        "checklist_entry": said.entry_id,
        "theme": said.theme,
        "area": chance.choice(AREAS),
        "function": function,
        "organisation": organisation,
        "party": party,
        "severity": chance.choice((None, 1, 3, 5)),
    }


def block_around(break_day: date, chance: Random, *, rhythm: Rhythm, position: int) -> Message:
    """So many of one kind, told of a period that holds the break or lies beside it."""
    told = said_around(break_day, chance)
    period = rhythm.period_of(told["happened_at"])
    counted = AreaCount(
        checklist_entry=told["checklist_entry"], theme=told["theme"], area=told["area"],
        number=chance.randint(0, 7), in_public=True, has_text=False,
    )  # fmt: skip
    return example_of(
        CountBlockContributed,
        position=position,
        block_id=example_id(f"block/{position}"),
        counts=(counted,),
        period=str(period),
        starts_at=period.starts_at,
        ends_at=period.ends_at,
    )


def told_around(break_day: date, chance: Random, *, rhythm: Rhythm) -> list[Message]:
    """A set-up of this rhythm, what becomes of a handful of reports, and some blocks."""
    document = set_up(period_days=rhythm.days, periods_begin_on=rhythm.anchor)
    turns = [
        Turn(chance.randrange(6), chance.randrange(12), said_around(break_day, chance))
        for _ in range(chance.randint(8, 25))
    ]
    after = 2 + len(turns)
    return [
        example_of(CollaborationSetUp, position=1, document=document),
        *told_lives(turns, begin=2),
        *(
            block_around(break_day, chance, rhythm=rhythm, position=position)
            for position in range(after, after + chance.randint(1, 3))
        ),
    ]


def periods_over(days: Iterable[date], kind: PeriodKind, calendar: PictureCalendar) -> list[PicturePeriod]:
    """All of a kind, from the first of these days through the last."""
    first, *_between, last = sorted(days)
    periods = [calendar.period_of_day(kind, first)]
    while periods[-1].last_day < last:
        periods.append(periods[-1].next)
    return periods


@pytest.mark.parametrize("break_day", BREAKS, ids=str)
@pytest.mark.parametrize("number", HISTORIES)
def test_whatever_is_told_around_a_break_counts_once_in_periods_of_every_kind(
    room: Cursor, break_day: date, number: int
) -> None:
    chance = Random(f"{break_day}/{number}")
    rhythm = Rhythm(chance.choice((7, 14)), FIRST_DAY + timedelta(days=chance.randrange(14)))
    told = told_around(break_day, chance, rhythm=rhythm)
    by_hand, calendar = counted_by_hand(told), PictureCalendar(rhythm.anchor, rhythm.anchor)
    days = {break_day - REACH, break_day + REACH, *(key[0] for key in by_hand)}
    feed(room, told)

    for kind in PeriodKind:
        pictures = [drawn(room, period) for period in periods_over(days, kind, calendar)]
        for picture in pictures:
            assert_adds_up(picture)
            assert cells_of(picture) == without_days(between(by_hand, picture))
        assert sum((cells_of(picture) for picture in pictures), Counter()) == without_days(by_hand)

    week = calendar.period_of_day(PeriodKind.WEEK, break_day)
    whole, *parts = (drawn(room, week, scope) for scope in ("", DISTRICT, HAMNEN))
    nowhere = sum(number for key, number in between(by_hand, whole).items() if key[3] is None)
    assert whole.reports == sum(part.reports for part in parts) + nowhere
