"""Two pictures to be held against each other: what was published as it was frozen, the rest as drawn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_chassis.web.languages import Language
from est_chassis.web.written import full_moment
from est_compiler.domain.comparing.comparison import Comparison, compare
from est_compiler.domain.comparing.words import name_of
from est_compiler.domain.comparing.written import Written, compare_written
from est_compiler.domain.periods import calendar_of
from est_compiler.domain.picture import Picture
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.view import Standing
from est_compiler.domain.wording.phrases import capital
from est_compiler.questions.compilations import set_up_now
from est_compiler.questions.editions import DRAWN_NOW, WhichPicture
from est_compiler.questions.known import seen_as_of
from est_compiler.questions.periods import period_before, period_named
from est_contracts.vocabulary import PicturePeriod, PictureScope, Words

KNOWN_NOW = Words(sv="det som är känt nu", en="what is known now")
Read = Callable[[WhichPicture], Brief]


@dataclass(frozen=True, slots=True)
class WhichPair:
    """Which picture is held against which: another period, area, version or moment; else the one before."""

    municipality: str
    period: str
    scope: PictureScope
    #: A published version, or `now` for what can be drawn; without it the latest that was published.
    version: str = ""
    other_period: str = ""
    other_scope: PictureScope | None = None
    other_version: str = ""
    as_of: str | None = None
    coordinator: str | None = None


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """Two pictures side by side: their numbers, and all that is said in them."""

    which: tuple[WhichPicture, WhichPicture]
    one: Brief
    other: Brief
    comparison: Comparison
    written: Written
    #: What one should know before one believes a difference.
    notes: tuple[Words, ...]


def compared(cursor: Cursor, asked: WhichPair, *, now: datetime, read: Read) -> ComparedPair:
    """Both pictures as whoever asks may read them, and what differs."""
    which = _which(cursor, asked)
    one, other = read(which[0]), read(which[1])
    names = _names(cursor, asked, one, other, now=now)
    numbers = compare(one.picture, other.picture, names=names)
    notes = (*_goes_on(one, other, now=now), *numbers.notes)
    return ComparedPair(which, one, other, numbers, compare_written(one, other), notes)


def versions_in(written: str) -> tuple[str, str]:
    """The later one and the earlier one of two versions written with a comma."""
    asked = sorted(set(written.split(",")), reverse=True, key=lambda each: (len(each), each))
    if len(asked) != 2:
        raise NotFound(written)
    return asked[0], asked[1]


def _which(cursor: Cursor, asked: WhichPair) -> tuple[WhichPicture, WhichPicture]:
    def picture(version: str, *, period: str = "", scope: PictureScope | None = None) -> WhichPicture:
        named = asked.scope if scope is None else scope
        return WhichPicture(asked.municipality, period or asked.period, named, version)

    if asked.as_of is not None:
        then = WhichPicture(
            asked.municipality, asked.period, asked.scope, as_of=asked.as_of, coordinator=asked.coordinator
        )
        return picture(asked.version or DRAWN_NOW), then
    one = picture(asked.version)
    is_another = asked.other_period or asked.other_scope is not None or asked.other_version
    period = asked.other_period if is_another else str(_before(cursor, asked))
    return one, picture(asked.other_version, period=period, scope=asked.other_scope)


def _before(cursor: Cursor, asked: WhichPair) -> PicturePeriod:
    calendar = calendar_of(set_up_now(cursor, asked.municipality))
    municipality, scope = asked.municipality, str(asked.scope)
    period = period_named(cursor, asked.period, municipality=municipality, scope=scope, calendar=calendar)
    return period_before(cursor, period, municipality=municipality, scope=scope, calendar=calendar)


def _names(
    cursor: Cursor, asked: WhichPair, one: Brief, other: Brief, *, now: datetime
) -> tuple[Words, Words] | None:
    """What the two are called where it is not said by their periods and areas alone."""
    is_same = (one.picture.period, one.picture.scope) == (other.picture.period, other.picture.scope)
    if is_same:
        return _name_of_what_is_known(cursor, asked, one), _name_of_what_is_known(cursor, asked, other)
    if one.picture.period != other.picture.period and any(
        _is_of_a_part(each, now=now) for each in (one, other)
    ):
        first, second = (
            _so_far(each.picture, beside=beside, so_far=_is_of_a_part(each, now=now))
            for each, beside in ((one, other.picture), (other, one.picture))
        )
        return first, second
    return None


def _name_of_what_is_known(cursor: Cursor, asked: WhichPair, brief: Brief) -> Words:
    stated = brief.stated
    if stated.standing is Standing.PUBLISHED:
        return Words(sv=f"version {stated.version}", en=f"version {stated.version}")
    if stated.standing is not Standing.AS_KNOWN:
        return KNOWN_NOW
    seen = seen_as_of(cursor, asked.as_of)
    if seen.moment is None:
        return Words(
            sv=f"det som var känt vid position {seen.position}",
            en=f"what was known at position {seen.position}",
        )
    return Words(
        sv=f"det som var känt {full_moment(seen.moment)}",
        en=f"what was known {full_moment(seen.moment, language=Language.ENGLISH)}",
    )


def _is_of_a_part(brief: Brief, *, now: datetime) -> bool:
    """The period goes on, or went on when it was published."""
    return brief.is_running or now < brief.picture.picture_period.ends_at


def _so_far(picture: Picture, *, beside: Picture, so_far: bool) -> Words:
    name = name_of(picture, beside=beside)
    return Words(sv=f"{name.sv} hittills", en=f"{name.en} so far") if so_far else name


def _goes_on(one: Brief, other: Brief, *, now: datetime) -> Iterator[Words]:
    """A period that goes on has had less time than a whole one."""
    if one.picture.period == other.picture.period:
        return
    for each in (one, other):
        period = each.picture.picture_period
        name = capital(period.name)
        if now < period.ends_at:
            yield Words(sv=f"{name.sv} pågår: mer kan komma in.", en=f"{name.en} goes on: more may come in.")
        elif each.is_running:
            yield Words(
                sv=f"{name.sv} publicerades innan perioden var slut.",
                en=f"{name.en} was published before the period had ended.",
            )
