"""Reads the police's public events: the archive's lines or the live API's array, one event at a time."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
GZIP_STARTS_WITH = b"\x1f\x8b"
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
# "26 september 14:21, Mord/dråp, försök, Stockholm"; since the autumn of 2023 the hour is written 14.21.
NAME_STARTS_WITH = re.compile(
    r"(?P<day>\d{1,2}) (?P<month>[a-zåäö]+) (?P<hour>\d{1,2})[.:](?P<minute>\d{2}),"
)


@dataclass(frozen=True)
class PoliceEvent:
    """One event as the police tell it, without its summary: free words are not brought into the house."""

    police_id: int
    police_type: str
    place: str
    happened_at: datetime


@dataclass(frozen=True)
class UnreadableEvent:
    """A line that is no police event, with the fact that stands in the way."""

    line: int
    reason: str


def read_events(path: Path) -> Iterator[PoliceEvent | UnreadableEvent]:
    """Every line of the archive, or every member of the live API's array, in order."""
    for number, told in enumerate(_told(_text(path)), start=1):
        try:
            yield event_told_as(json.loads(told) if isinstance(told, str) else told)
        except (ValueError, TypeError, KeyError) as obstacle:
            yield UnreadableEvent(line=number, reason=_reason(obstacle))


def event_told_as(told: dict[str, Any]) -> PoliceEvent:
    """The event of one JSON object; a KeyError, TypeError or ValueError says what is wrong with it."""
    published_at = published(told["datetime"])
    return PoliceEvent(
        police_id=int(told["id"]),
        police_type=str(told["type"]).strip(),
        place=str(told["location"]["name"]).strip(),
        happened_at=happened(str(told["name"]), published_at=published_at),
    )


def happened(name: str, *, published_at: datetime) -> datetime:
    """When it happened, from the event's name; it has no year, so the one nearest to publishing is taken."""
    found = NAME_STARTS_WITH.match(name.strip().lower())
    if found is None or found["month"] not in MONTHS:
        raise ValueError("the name does not begin with day, month and time")
    month, day = MONTHS.index(found["month"]) + 1, int(found["day"])
    hour, minute = int(found["hour"]), int(found["minute"])
    candidates = []
    for year in (published_at.year - 1, published_at.year, published_at.year + 1):
        try:
            candidates.append(datetime(year, month, day, hour, minute, tzinfo=STOCKHOLM).astimezone(UTC))
        except ValueError:
            continue  # The 29th of February is missing in most years.
    if not candidates:
        raise ValueError("the name tells of a day or time that does not exist")
    return min(candidates, key=lambda moment: abs(moment - published_at))


def published(told: str) -> datetime:
    """The police write the hour without a leading zero: 2022-09-29 7:56:30 +02:00."""
    try:
        return datetime.strptime(told.strip(), "%Y-%m-%d %H:%M:%S %z")
    except ValueError as wrong:
        raise ValueError("the publishing time cannot be read") from wrong


def _text(path: Path) -> str:
    raw = path.read_bytes()
    if raw.startswith(GZIP_STARTS_WITH):
        raw = gzip.decompress(raw)
    return raw.decode("utf-8-sig")


def _told(text: str) -> Iterator[Any]:
    if text.lstrip().startswith("["):
        yield from json.loads(text)
    else:
        # Not splitlines(): a summary may hold U+2028, which is a line break to Python and to nobody else.
        yield from (line for line in text.split("\n") if line.strip())


def _reason(obstacle: Exception) -> str:
    if isinstance(obstacle, json.JSONDecodeError):
        return "not JSON"
    if isinstance(obstacle, KeyError):
        return f"the event has no {obstacle.args[0]}"
    if isinstance(obstacle, TypeError):
        return "not in the form the police use"
    return str(obstacle)
