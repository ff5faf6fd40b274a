"""Pictures drawn from the facts, as they were known at any position of intake's log."""

import re
from dataclasses import dataclass
from datetime import datetime

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_compiler.domain.drawing import (
    RECENT_WEEKS,
    calendar_of,
    draw,
    periods_to_compare_with,
    recent_weeks_of,
)
from est_compiler.domain.drawn_picture import DrawnPicture, LateReports
from est_compiler.domain.knowledge import Knowledge
from est_compiler.domain.picture import Known
from est_compiler.domain.refusals import AsOfCannotBeRead, PositionIsNotReached
from est_compiler.domain.situation_picture import PublishedVersion
from est_compiler.read_models import facts, published_pictures
from est_compiler.read_models.collaborations import collaboration_at
from est_contracts.vocabulary import MUNICIPALITIES, PicturePeriod, PictureScope, Week

#: The tables that tell how far intake's log has been heard.
HEARD_IN = ("facts_v2", "facts_v2_ends", "collaborations_v1")
#: Moments that can be told in every time zone.
FIRST_YEAR, LAST_YEAR = 1900, 2199
_POSITION = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class AsOf:
    """How far one looks: a position of intake's log, and the moment it is asked for, if a moment was."""

    position: int
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class WeekNow:
    """A week as it can be drawn, beside what has been published of it."""

    drawn: DrawnPicture
    as_of: AsOf
    published: tuple[PublishedVersion, ...]
    #: What the latest published version does not know of: new reports, and changes of what it counts.
    came_in_since: int
    changed_since: int

    @property
    def latest(self) -> PublishedVersion | None:
        return self.published[-1] if self.published else None

    def until(self, now: datetime) -> datetime | None:
        """The moment it was, while the week was still going on; None when the week was over."""
        moment = min(now, self.as_of.moment or now)
        return moment if moment < self.drawn.picture.picture_period.ends_at else None


def week_now(
    cursor: Cursor, *, municipality: str, period: PicturePeriod, as_of: str | None = None
) -> WeekNow:
    """Everything to be shown of a period, as it is known now or was known at a moment or position."""
    seen_as_of = _as_of(cursor, as_of)
    drawn = picture_at(cursor, municipality=municipality, period=period, position=seen_as_of.position)
    published = published_pictures.versions(cursor, municipality=municipality, period=str(period))
    came_in, changed = _since(cursor, published, drawn)
    return WeekNow(drawn, seen_as_of, tuple(published), came_in, changed)


def picture_at(
    cursor: Cursor, *, municipality: str, period: PicturePeriod, position: int | None = None
) -> DrawnPicture:
    """Draw a period as it was known at a position; without one, as it is known now."""
    latest = latest_position(cursor)
    if position is not None and position > latest:
        raise PositionIsNotReached("made_from", latest=latest)
    at = latest if position is None else position
    known = knowledge_at(cursor, municipality=municipality, period=period, position=at)
    late = _late_at(cursor, municipality=municipality, period=period, position=at)
    return DrawnPicture(picture=draw(known), known=known.known, late=late)


def knowledge_at(cursor: Cursor, *, municipality: str, period: PicturePeriod, position: int) -> Knowledge:
    """Everything a picture is drawn from. A municipality that nobody knows is not found."""
    collaboration = collaboration_at(cursor, municipality=municipality, position=position)
    first_period = facts.first_period(cursor, municipality=municipality, position=position)
    if collaboration is None and first_period is None and municipality not in MUNICIPALITIES:
        raise NotFound(municipality)
    recent = recent_weeks_of(period, calendar_of(collaboration))
    counts = facts.counts_by_week(
        cursor, municipality=municipality, first=str(recent[0]), last=str(recent[-1]), position=position
    )
    return Knowledge(
        municipality=municipality,
        period=period,
        scope=PictureScope(),
        known=Known(position),
        areas=None,
        tallies=facts.tallies(
            cursor, municipality=municipality, periods=periods_to_compare_with(period), position=position
        ),
        recent_weeks={week.first_day: counts[str(week)] for week in recent if str(week) in counts},
        first_day=Week.parse(first_period).monday if first_period else None,
        collaboration=collaboration,
    )


def latest_position(cursor: Cursor) -> int:
    """How far intake's log has been heard."""
    return max(_position(cursor, f"SELECT max(position) AS position FROM {table}") for table in HEARD_IN)  # noqa: S608


def position_at(cursor: Cursor, moment: datetime) -> int:
    """How far intake's log reached at a moment."""
    latest = (
        "SELECT position FROM {} WHERE recorded_at <= %s ORDER BY recorded_at DESC, position DESC LIMIT 1"
    )
    return max(_position(cursor, latest.format(table), moment) for table in HEARD_IN)


def _as_of(cursor: Cursor, written: str | None) -> AsOf:
    latest = latest_position(cursor)
    if written is None:
        return AsOf(latest)
    if _POSITION.fullmatch(written):
        if int(written) > latest:
            raise PositionIsNotReached("as_of", latest=latest)
        return AsOf(int(written))
    try:
        # A plus sign in an address reads as a blank.
        moment = datetime.fromisoformat(written.strip().replace(" ", "+"))
    except ValueError:
        raise AsOfCannotBeRead from None
    if moment.utcoffset() is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise AsOfCannotBeRead
    return AsOf(position_at(cursor, moment), moment)


def _late_at(
    cursor: Cursor, *, municipality: str, period: PicturePeriod, position: int
) -> tuple[LateReports, ...]:
    """What came in for earlier weeks after their pictures were published, and has not been told yet."""
    first = str(period.before(RECENT_WEEKS - 1))
    published = published_pictures.first_made_from(
        cursor, municipality=municipality, first=first, before=str(period), position=position
    )
    if not published:
        return ()
    told_until = published[max(published)]
    known_from = {period: max(made_from, told_until) for period, made_from in published.items()}
    return facts.late_reports(cursor, municipality=municipality, known_from=known_from, position=position)


def _since(cursor: Cursor, published: list[PublishedVersion], drawn: DrawnPicture) -> tuple[int, int]:
    """How many reports have come in, and how many have changed or gone, since the latest version was made."""
    if not published:
        return 0, 0
    latest = published[-1].frozen
    came_in = facts.late_reports(
        cursor,
        municipality=latest.municipality,
        known_from={latest.period: latest.made_from},
        position=drawn.made_from,
    )
    changed = facts.changed_reports(
        cursor,
        municipality=latest.municipality,
        period=latest.period,
        known_from=latest.made_from,
        position=drawn.made_from,
    )
    return sum(each.reports for each in came_in), changed


def _position(cursor: Cursor, statement: str, *values: object) -> int:
    row = cursor.execute(statement, values).fetchone()
    return (row["position"] if row else None) or 0
