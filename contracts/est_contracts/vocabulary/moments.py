"""Moments: always with a time zone when given, always in UTC when kept."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

from est_contracts.vocabulary.wording import Words

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class MomentIsUnreadable(ValueError):
    """What was given is no moment in writing."""

    words = Words(
        sv="Skriv tidpunkten med tidszon, till exempel 2026-11-20T21:40:00+01:00.",
        en="Write the moment with its time zone, as in 2026-11-20T21:40:00+01:00.",
    )

    def __init__(self) -> None:
        super().__init__(self.words.en)


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _read(written: object) -> datetime:
    # A bare number would pass for seconds since 1970, and strict reading would refuse every string.
    if isinstance(written, datetime):
        return written
    if not isinstance(written, str) or not _DAY.match(written):
        raise MomentIsUnreadable
    try:
        return datetime.fromisoformat(written.upper())
    except ValueError:
        raise MomentIsUnreadable from None


# The limits catch a mistyped year, and keep every moment inside the calendar in all time zones.
# In UTC, so that equal messages are equal to the byte.
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2100, 1, 1, tzinfo=UTC)),
    AfterValidator(_in_utc),
]

WrittenMoment = Annotated[Moment, BeforeValidator(_read, json_schema_input_type=AwareDatetime)]
"""A moment that comes from outside."""
