"""Which periods a picture can be drawn of."""

from est_compiler.domain.refusals import PeriodDoesNotExist
from est_contracts.vocabulary import InvalidPeriod, PictureCalendar, PicturePeriod, Week

#: Nothing is reported from before the first or after the last; both have neighbours to be compared with.
FIRST_WEEK, LAST_WEEK = Week(2000, 2), Week(2100, 52)


def picture_period(written: str, calendar: PictureCalendar | None = None) -> PicturePeriod:
    """The period that was asked for."""
    try:
        period = (calendar or PictureCalendar()).parse(written)
    except InvalidPeriod:
        raise PeriodDoesNotExist from None
    if not FIRST_WEEK.monday <= period.first_day <= period.last_day <= LAST_WEEK.days[-1]:
        raise PeriodDoesNotExist
    return period
