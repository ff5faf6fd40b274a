"""What somebody has written in a spreadsheet, matched with what the municipality calls things."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property

from est_contracts.vocabulary import SEVERITY_WORDS, STOCKHOLM, ChecklistEntry, Coordinates
from est_intake.domain.collaboration import SetUpInUse

ONE_DAY = timedelta(days=1)
EVERYWHERE = frozenset({"", "-", "alla", "alla omraden", "hela kommunen", "all areas", "whole municipality"})
YES = frozenset({"ja", "j", "yes", "y", "x", "1", "sant", "true", "offentlig", "public"})
NO = frozenset({"nej", "n", "no", "0", "falskt", "false", "ej offentlig", "not public"})

_DATES = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/. ](?P<year>\d{4})"),
)
_TIME = re.compile(r"(?:kl\.?\s*)?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::\d{2}(?:\.\d+)?)?")


class NotMatched(ValueError):
    """Nothing of ours has this name."""


def plain(written: str) -> str:
    """Without what people leave out or write differently: case, accents, signs and blanks."""
    letters = unicodedata.normalize("NFKD", written.casefold())
    bare = "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(re.sub(r"[^a-z0-9.]+", " ", bare).split()).strip(". ")


class Names:
    """The names under which a municipality's entries, areas and functions are known."""

    def __init__(self, set_up: SetUpInUse) -> None:
        self._set_up = set_up

    def entry(self, written: str) -> str:
        """By its ID, its words in either language, their beginning, or its number in the only list."""
        name = plain(written)
        if written.strip() in self._set_up.entries:
            return written.strip()
        if name in self._entries:
            return self._entries[name]
        beginning = {found for words, found in self._entries.items() if name and words.startswith(name)}
        if len(beginning) == 1:
            return beginning.pop()
        raise NotMatched

    def area(self, written: str) -> str | None:
        """By its ID or its name; none is all of the municipality."""
        if plain(written) in EVERYWHERE:
            return None
        if written.strip() in self._set_up.area_ids:
            return written.strip()
        return _among(self._areas, written)

    def place(self, written: str) -> str | None:
        """By its ID or its name; one of two places of the same name needs its area in brackets after it."""
        if not plain(written):
            return None
        if written.strip() in self._set_up.area_of_place:
            return written.strip()
        return _among(self._places, written)

    def function(self, written: str) -> str:
        """By its ID or its title."""
        if written.strip() in self._set_up.reporters:
            return written.strip()
        return _among(self._functions, written)

    @cached_property
    def _entries(self) -> Mapping[str, str]:
        entries = tuple(self._set_up.entries.values())
        names = dict(_named(entries))
        if len(self._set_up.checklists) == 1:
            names |= {each.entry_id.partition(".")[2]: each.entry_id for each in entries}
        return names

    @cached_property
    def _areas(self) -> Mapping[str, str]:
        return {plain(each.name): each.area_id for each in self._set_up.document.areas}

    @cached_property
    def _places(self) -> Mapping[str, str]:
        areas = {each.area_id: each.name for each in self._set_up.document.areas}
        places = self._set_up.document.places
        alone = Counter(plain(each.name) for each in places)
        in_full = {plain(f"{each.name} {areas.get(each.area_id, '')}"): each.place_id for each in places}
        return in_full | {plain(each.name): each.place_id for each in places if alone[plain(each.name)] == 1}

    @cached_property
    def _functions(self) -> Mapping[str, str]:
        return {plain(each.title): each.function_id for each in self._set_up.document.functions}


def degrees(written: str) -> float | None:
    """A longitude or a latitude, with a decimal point or the comma of a Swedish spreadsheet."""
    bare = written.strip().removesuffix("°").replace(",", ".")
    if not bare:
        return None
    if re.fullmatch(r"-?\d{1,3}(\.\d{1,12})?", bare) is None:
        raise NotMatched
    return float(bare)


def point_at(*, longitude: str, latitude: str) -> Coordinates | None:
    """A point in degrees; none where neither is given."""
    east, north = degrees(longitude), degrees(latitude)
    if east is None and north is None:
        return None
    if east is None or north is None:
        raise NotMatched
    try:
        return Coordinates(longitude=east, latitude=north)
    except ValueError:
        # Metres of another system, or the two the wrong way round.
        raise NotMatched from None


def severity(written: str) -> int | None:
    """1 to 5, as a number or in words."""
    name = plain(written)
    if not name:
        return None
    steps = {str(step): step for step in SEVERITY_WORDS}
    steps |= {plain(words.sv): step for step, words in SEVERITY_WORDS.items()}
    steps |= {plain(words.en): step for step, words in SEVERITY_WORDS.items()}
    return _found(steps, name.removesuffix(".0"))


def number(written: str) -> int:
    """A whole number; a spreadsheet may have given it decimals."""
    bare = written.strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    matched = re.fullmatch(r"(\d{1,7})(?:[.,]0+)?", bare)
    if matched is None:
        raise NotMatched
    return int(matched[1])


def yes_or_no(written: str, *, otherwise: bool) -> bool:
    name = plain(written)
    if not name:
        return otherwise
    if name in YES | NO:
        return name in YES
    raise NotMatched


def moment(day: str, clock_time: str = "") -> datetime:
    """A day, and a time beside it or after it, by the clock in Stockholm; noon when none is given."""
    read = _moment(day, clock_time)
    # Years that neither a calendar nor a database stumbles over.
    if not 2000 <= read.year < 2100:
        raise NotMatched
    return read


def end_of(written: str, *, began: datetime) -> datetime | None:
    """Until when it lasted: a time alone is the next one after it began, a day alone all of that day."""
    bare = written.strip()
    if not bare:
        return None
    if _TIME.fullmatch(bare.casefold()):
        on = began.astimezone(STOCKHOLM).date()
        ended = datetime.combine(on, _clock(bare), tzinfo=STOCKHOLM)
        return ended if ended > began else datetime.combine(on + ONE_DAY, _clock(bare), tzinfo=STOCKHOLM)
    is_a_day = any(pattern.fullmatch(bare) for pattern in _DATES)
    return moment(bare, "23:59" if is_a_day else "")


def _moment(day: str, clock_time: str) -> datetime:
    written = day.strip().replace("T", " ")
    if not clock_time.strip() and (exact := _with_zone(day.strip())):
        return exact
    for pattern in _DATES:
        if matched := pattern.match(written):
            on = _day(matched)
            rest = clock_time.strip() or written[matched.end() :].strip(" ,")
            return datetime.combine(on, _clock(rest), tzinfo=STOCKHOLM)
    raise NotMatched


def _with_zone(written: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return read if read.tzinfo is not None else None


def _day(matched: re.Match[str]) -> date:
    try:
        return date(int(matched["year"]), int(matched["month"]), int(matched["day"]))
    except ValueError:
        raise NotMatched from None


def _clock(written: str) -> time:
    if not written:
        return time(12)
    matched = _TIME.fullmatch(written.casefold())
    if matched is None:
        raise NotMatched
    try:
        return time(int(matched["hour"]), int(matched["minute"] or 0))
    except ValueError:
        raise NotMatched from None


def _named(entries: Iterable[ChecklistEntry]) -> Iterable[tuple[str, str]]:
    for entry in entries:
        yield plain(entry.words.en), entry.entry_id
    for entry in entries:
        yield plain(entry.words.sv), entry.entry_id


def _among(names: Mapping[str, str], written: str) -> str:
    found = names.get(plain(written))
    if found is None:
        raise NotMatched
    return found


def _found(steps: Mapping[str, int], name: str) -> int:
    if name not in steps:
        raise NotMatched
    return steps[name]
