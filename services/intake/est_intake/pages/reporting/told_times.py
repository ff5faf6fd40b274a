"""When something happened, in the words of the phone page: just now, last night, a moment, some days."""

from datetime import UTC, date, datetime, time, timedelta

from est_contracts.vocabulary import STOCKHOLM

JUST_NOW, LAST_NIGHT, YESTERDAY_EVENING, CHOSEN = "just_now", "last_night", "yesterday_evening", "chosen"

#: From, and until when it lasted.
Times = tuple[datetime, datetime | None]


def moments(when: str, anchor: datetime, *, moment: str, until: str) -> Times | None:
    """What has happened, told from an anchor in Swedish time; None when it cannot be told."""
    if when == JUST_NOW:
        return anchor.astimezone(UTC), None
    if when == LAST_NIGHT:
        return _latest(anchor, time(2)), None
    if when == YESTERDAY_EVENING:
        return _at(anchor - timedelta(days=1), time(21)), None
    began = written(moment) if when == CHOSEN else None
    if began is None or (until and written(until) is None):
        return None
    return began, written(until)


def days(first_day: str, last_day: str) -> Times | None:
    """What is expected, from the beginning of the first day to the last minute of the last."""
    first, last = _day(first_day), _day(last_day or first_day)
    if first is None or last is None:
        return None
    return _at(first, time(0)), _at(last, time(23, 59))


def written(moment: str) -> datetime | None:
    """A moment as the browser's own field writes it: 2026-11-20T21:40, in Swedish time."""
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return None
    if read.tzinfo is not None or not _is_near(read):
        return None
    return read.replace(tzinfo=STOCKHOLM).astimezone(UTC)


def as_field(moment: datetime) -> str:
    """A moment as the browser's own field wants it, in Swedish time."""
    return moment.astimezone(STOCKHOLM).strftime("%Y-%m-%dT%H:%M")


def _day(text: str) -> date | None:
    try:
        read = date.fromisoformat(text)
    except ValueError:
        return None
    return read if _is_near(read) else None


def _is_near(day: date) -> bool:
    """Years that neither a calendar nor a database stumbles over."""
    return 2000 <= day.year < 2100


def _latest(anchor: datetime, clock_time: time) -> datetime:
    today = _at(anchor, clock_time)
    return today if today <= anchor else _at(anchor - timedelta(days=1), clock_time)


def _at(day: date, clock_time: time) -> datetime:
    only_day = day.date() if isinstance(day, datetime) else day
    return datetime.combine(only_day, clock_time, tzinfo=STOCKHOLM).astimezone(UTC)
