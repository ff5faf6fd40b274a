"""When a letter that could not be delivered is tried again."""

from datetime import datetime, timedelta

FIRST_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15))
LATER_PAUSES = timedelta(minutes=15)
GIVE_UP_AFTER = timedelta(hours=72)


def next_try(*, attempt: int, now: datetime, first_due_at: datetime) -> datetime | None:
    """The moment of the next try after the given attempt (1, 2, ...), or None when it is time to give up."""
    pause = FIRST_PAUSES[attempt - 1] if attempt <= len(FIRST_PAUSES) else LATER_PAUSES
    due_at = now + pause
    return due_at if due_at - first_due_at <= GIVE_UP_AFTER else None
