"""What a page hands to the parts of `templates/parts.html`."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A large number with its name; the note says what it compares with: "+3 mot vecka 46"."""

    label: str
    value: float | str | None
    note: str = ""
    #: Few have said anything about it.
    is_thin: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several to choose among."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened, in a row of such."""

    at: datetime
    title: str
    text: str = ""
