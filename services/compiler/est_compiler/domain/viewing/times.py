"""When things happened: by weekday and hour, and by week over the latest year."""

from collections.abc import Iterator

from est_compiler.domain.picture import Picture, WeekCount
from est_compiler.domain.viewing.suppression import alone, parted
from est_compiler.domain.viewing.view import (
    UNKNOWN,
    Block,
    ChartBlock,
    ChartKind,
    Column,
    Figure,
    Line,
    Lines,
    Row,
    Table,
    Unit,
    named,
    with_figure,
)
from est_compiler.domain.wording.phrases import PARTS_OF_DAY, written_period_name
from est_contracts.vocabulary import WEEKDAY_NAMES, Words

HOURS = 24
WEEKDAY = Words(sv="Veckodag", en="Weekday")
WHEN = Words(sv="När har det hänt?", en="When has it happened?")
OVER_TIME = Words(sv="Hur har det sett ut över tid?", en="How has it been over time?")
WEEK = Words(sv="Vecka", en="Week")
WITHOUT_HOUR = Words(sv="Utan klockslag", en="Without an hour")


def hours_blocks(picture: Picture) -> Iterator[Block]:
    """By weekday and hour."""
    columns = tuple(Column(f"{hour:02d}", named(f"{hour:02d}")) for hour in range(HOURS))
    rows = tuple(
        Row(str(day), WEEKDAY_NAMES[day], tuple(Figure(each) for each in hours))
        for day, hours in enumerate(picture.weekday_hours.now)
    )
    described = Words(
        sv="Rapporter per veckodag och timme då det hände, i svensk tid.",
        en="Reports by the weekday and hour when it happened, in Swedish time.",
    )
    yield _heat(columns, rows, described)
    yield from _without_hour(Figure(picture.weekday_hours.without_hour))


def parts_of_day_blocks(picture: Picture) -> Iterator[Block]:
    """By weekday and part of the day, small numbers hidden: an hour could point to somebody."""
    counts = [
        sum(hours[part.from_hour : part.to_hour])
        for hours in picture.weekday_hours.now
        for part in PARTS_OF_DAY
    ]
    *figures, without = parted([*counts, picture.weekday_hours.without_hour])
    across = len(PARTS_OF_DAY)
    rows = tuple(
        Row(str(day), weekday, tuple(figures[day * across : (day + 1) * across]))
        for day, weekday in enumerate(WEEKDAY_NAMES)
    )
    described = Words(
        sv="Rapporter per veckodag och del av dygnet då det hände, i svensk tid.",
        en="Reports by the weekday and part of the day when it happened, in Swedish time.",
    )
    yield _heat(tuple(Column(part.clock, named(part.clock)) for part in PARTS_OF_DAY), rows, described)
    yield from _without_hour(without)


def weeks_chart(picture: Picture, *, is_general: bool = False) -> ChartBlock:
    """53 weeks: reports, and how many of the returns that were due came in."""
    columns = (
        Column("reports", Words(sv="Rapporter", en="Reports")),
        Column("due", Words(sv="Väntade svar", en="Returns due"), Unit.RETURNS),
        Column("heard", Words(sv="Inkomna svar", en="Returns in"), Unit.RETURNS),
    )
    rows = tuple(
        Row(
            week.period,
            written_period_name(week.period, seen_from=picture.picture_period),
            (_week_figure(week, is_general=is_general), *_cover_of(week)),
        )
        for week in picture.recent_weeks
    )
    return ChartBlock(
        name="weeks_chart",
        kind=ChartKind.WEEKS,
        title=OVER_TIME,
        description=Words(
            sv="Rapporter per vecka det senaste året.", en="Reports by week over the latest year."
        ),
        table=Table("weeks", OVER_TIME, WEEK, columns, rows),
        marks=picture.marks,
        begins=picture.recent_weeks[0].first_day if picture.recent_weeks else None,
    )


def _week_figure(week: WeekCount, *, is_general: bool) -> Figure:
    reports = week.count.reports if week.count else None
    if is_general:
        return alone(reports)
    return UNKNOWN if reports is None else Figure(reports)


def _cover_of(week: WeekCount) -> tuple[Figure, Figure]:
    if week.cover is None:
        return UNKNOWN, UNKNOWN
    return Figure(week.cover.due), Figure(week.cover.heard)


def _heat(columns: tuple[Column, ...], rows: tuple[Row, ...], described: Words) -> ChartBlock:
    return ChartBlock(
        name="hours_chart",
        kind=ChartKind.HEAT,
        title=WHEN,
        description=described,
        table=Table("hours", WHEN, WEEKDAY, columns, rows),
    )


def _without_hour(without: Figure) -> Iterator[Block]:
    """What has no hour is told beside the chart."""
    if without.hidden or without.value:
        yield Lines("without_hour", (Line("without_hour", with_figure(WITHOUT_HOUR, without), without),))
