"""Which weeks a picture can be drawn of."""

from est_compiler.domain.refusals import PeriodDoesNotExist
from est_contracts.vocabulary import InvalidPeriod, Week

#: Nothing is reported from before the first or after the last; both have neighbours to be compared with.
FIRST_WEEK, LAST_WEEK = Week(2000, 2), Week(2100, 52)


def picture_week(written: str) -> Week:
    """The week that was asked for."""
    try:
        week = Week.parse(written)
    except InvalidPeriod:
        raise PeriodDoesNotExist from None
    if not FIRST_WEEK <= week <= LAST_WEEK:
        raise PeriodDoesNotExist
    return week
