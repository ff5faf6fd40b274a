"""Which days the name of a period means: those it was published with, or else by the calendar in force."""

import re
from datetime import timedelta

from est_chassis.event_store import Cursor
from est_compiler.domain.periods import picture_period
from est_compiler.read_models.published_pictures import published_days, published_on
from est_contracts.vocabulary import PeriodKind, PictureCalendar, PicturePeriod

#: The periods that follow the rhythm of the reporting, which may be changed; all others are fixed.
RHYTHMIC = frozenset({PeriodKind.WEEK, PeriodKind.FORTNIGHT})
_WEEKS = re.compile(r"[0-9]{4}-W[0-9]{2}(-W[0-9]{2})?")


def period_named(
    cursor: Cursor, written: str, *, municipality: str, scope: str = "", calendar: PictureCalendar
) -> PicturePeriod:
    """What has once been published under a name keeps its days, however the municipality reports today."""
    if _WEEKS.fullmatch(written):
        frozen = published_days(cursor, municipality=municipality, period=written, scope=scope)
        if frozen is not None:
            return frozen
    return picture_period(written, calendar)


def period_before(
    cursor: Cursor, period: PicturePeriod, *, municipality: str, scope: str = "", calendar: PictureCalendar
) -> PicturePeriod:
    """The one that ends when this one begins; where the rhythm has changed, the one that holds that day."""
    day = period.first_day - timedelta(days=1)
    if period.kind not in RHYTHMIC:
        return period.previous
    found = published_on(cursor, municipality=municipality, kind=period.kind, day=day, scope=scope)
    return found or calendar.period_of_day(period.kind, day)


def period_after(
    cursor: Cursor, period: PicturePeriod, *, municipality: str, scope: str = "", calendar: PictureCalendar
) -> PicturePeriod:
    """The one that begins when this one ends; where the rhythm has changed, the one that holds that day."""
    day = period.last_day + timedelta(days=1)
    if period.kind not in RHYTHMIC:
        return period.next
    found = published_on(cursor, municipality=municipality, kind=period.kind, day=day, scope=scope)
    return found or calendar.period_of_day(period.kind, day)
