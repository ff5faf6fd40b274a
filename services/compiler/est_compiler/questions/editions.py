"""Which picture an edition is asked of: a published version as it was frozen, or what can be drawn."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_compiler.domain.comparing.changes import change_lines, changes_since
from est_compiler.domain.compiling.around import PictureKey
from est_compiler.domain.compiling.work import WorkInWords
from est_compiler.domain.periods import calendar_of
from est_compiler.domain.publishing.frozen_picture import PublishedVersion
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.briefing import as_it_stood, drawn_brief, published_brief, texts_of
from est_compiler.questions.compilations import (
    analysed_before,
    compiles_it,
    local_pictures_of,
    risk_values_by,
    set_up_now,
)
from est_compiler.questions.known import recorded_at
from est_compiler.questions.periods import period_before, period_named
from est_compiler.questions.pictures import WHOLE, PictureNow, picture_now
from est_compiler.questions.set_ups import set_up_then
from est_compiler.read_models.collaborations import collaboration_at
from est_compiler.read_models.indicators import indicators_shown
from est_compiler.read_models.published_pictures import picture_of, versions
from est_contracts.vocabulary import STOCKHOLM, PictureScope, Words

#: The picture as it can be drawn now, although the period has been published.
DRAWN_NOW = "now"

ReadWords = Callable[[Iterable[UUID]], dict[UUID, str]]
#: What stood in the compilation of a picture at a moment; None where nobody had begun.
ReadThen = Callable[[Cursor, PictureKey, datetime], WorkInWords | None]


@dataclass(frozen=True, slots=True)
class WhichPicture:
    """Which picture is meant: the latest version unless another one, the present or a moment is named."""

    municipality: str
    period: str
    scope: PictureScope = WHOLE
    version: str = ""
    as_of: str | None = None
    #: The function of a reader who compiles, and may see what stood in it before it was published.
    coordinator: str | None = None


def brief_of(
    cursor: Cursor, which: WhichPicture, *, now: datetime, read: ReadWords, then: ReadThen | None = None
) -> Brief:
    """The material of an edition; a version that was never published is not found."""
    if which.as_of is None and which.version != DRAWN_NOW:
        published = versions(
            cursor, municipality=which.municipality, period=which.period, scope=str(which.scope)
        )
        meant = version_meant(published, which.version)
        if meant is not None:
            return brief_of_version(cursor, meant, read=read)
    found = _found(cursor, which)
    brief = brief_of_drawn(cursor, found, now=now, is_as_known=which.as_of is not None)
    if which.as_of is None:
        return brief
    return brief_as_it_stood(cursor, brief, found, read=read, then=then, coordinator=which.coordinator)


def version_meant(published: Sequence[PublishedVersion], named: str) -> PublishedVersion | None:
    """The latest version, unless a number or the present is named; None where it is to be drawn."""
    if named == DRAWN_NOW or not (named or published):
        return None
    if not named:
        return published[-1]
    for each in published:
        if str(each.version) == named:
            return each
    raise NotFound(named)


def brief_of_version(cursor: Cursor, published: PublishedVersion, *, read: ReadWords) -> Brief:
    """A version as it was frozen, with the words that are not erased, and the set-up that it was drawn by."""
    frozen, picture = published.frozen, picture_of(published)
    municipality, position = frozen.municipality, frozen.made_from
    brief = published_brief(
        published,
        picture,
        document=set_up_then(
            cursor,
            municipality=municipality,
            period=picture.picture_period,
            scope=picture.picture_scope,
            position=position,
        ),
        since=collaboration_at(cursor, municipality=municipality, position=position),
        words=read(texts_of(published)),
    )
    until = published.published_at
    return replace(
        brief,
        changes=_changes(cursor, brief, until=until),
        risk_values=risk_values_by(cursor, brief.picture, brief.document, until=until),
        analysed_before=analysed_before(cursor, brief.picture, position=brief.known.analysis),
    )


def brief_as_it_stood(
    cursor: Cursor,
    brief: Brief,
    found: PictureNow,
    *,
    read: ReadWords,
    then: ReadThen | None,
    coordinator: str | None,
) -> Brief:
    """A picture as it was known then, with what people had put to it, and the version published by then.

    Whoever does not compile it sees of the work what had been published; so does everybody of words that
    were replaced since: only published words are kept.
    """
    picture, moment, published = brief.picture, moment_of(cursor, found), published_then(cursor, found)
    key = PictureKey(picture.municipality, picture.picture_period, picture.picture_scope)
    compiles = compiles_it(cursor, key, function=coordinator, today=_read_on(brief))
    work = then(cursor, key, moment) if then and moment and compiles else None
    if work is None and published is not None and published.frozen.work is not None:
        work = WorkInWords(published.frozen.work, read(texts_of(published)))
    return as_it_stood(brief, work, published)


def _read_on(brief: Brief) -> date:
    return brief.read_at.astimezone(STOCKHOLM).date() if brief.read_at else brief.picture.last_day


def published_then(cursor: Cursor, found: PictureNow) -> PublishedVersion | None:
    """The version that was published at the moment that is asked for."""
    moment = moment_of(cursor, found)
    by_then = [each for each in found.published if moment is not None and each.published_at <= moment]
    return by_then[-1] if by_then else None


def moment_of(cursor: Cursor, found: PictureNow) -> datetime | None:
    """The moment that is asked for; of a position, when it was recorded."""
    return found.as_of.moment or recorded_at(cursor, found.as_of.position)


def _found(cursor: Cursor, which: WhichPicture) -> PictureNow:
    set_up = set_up_now(cursor, which.municipality)
    return picture_now(
        cursor,
        municipality=which.municipality,
        period=period_named(
            cursor,
            which.period,
            municipality=which.municipality,
            scope=str(which.scope),
            calendar=calendar_of(set_up),
        ),
        scope=which.scope,
        as_of=which.as_of,
    )


def brief_of_drawn(cursor: Cursor, found: PictureNow, *, now: datetime, is_as_known: bool) -> Brief:
    """A picture as it can be drawn, with the set-up that was in force when its period was due."""
    picture, made_from = found.drawn.picture, found.drawn.made_from
    brief = drawn_brief(
        found.drawn,
        now=now,
        document=set_up_then(
            cursor,
            municipality=picture.municipality,
            period=picture.picture_period,
            scope=picture.picture_scope,
            position=made_from,
        ),
        since=set_up_now(cursor, picture.municipality),
        as_known_at=found.as_of.moment,
        is_asked_as_known=is_as_known,
    )
    year = picture.picture_period.year
    # What an indicator was known to be at a moment is not kept: a picture as it was known then shows none.
    indicators = () if is_as_known else indicators_shown(cursor, municipality=picture.municipality, year=year)
    until = found.as_of.moment or now
    key = PictureKey(picture.municipality, picture.picture_period, picture.picture_scope)
    return replace(
        brief,
        read_at=now,
        indicators=indicators,
        changes=_changes(cursor, brief, until=until),
        local_pictures=local_pictures_of(cursor, brief.document, key, until=until),
        risk_values=risk_values_by(cursor, picture, brief.document, until=until),
        analysed_before=analysed_before(cursor, picture, position=brief.known.analysis),
    )


def _changes(cursor: Cursor, brief: Brief, *, until: datetime) -> tuple[Words, ...]:
    """What differs from the picture of the period before, as it had been published by then."""
    picture = brief.picture
    of = {"municipality": picture.municipality, "scope": picture.scope}
    calendar = calendar_of(brief.document)
    previous = period_before(cursor, picture.picture_period, calendar=calendar, **of)
    before = versions(cursor, period=str(previous), **of)
    published = [each for each in before if each.published_at <= until]
    if not published:
        return ()
    last = published[-1]
    levels = (last.frozen.level, brief.level)
    return change_lines(changes_since(picture_of(last), picture, levels=levels))
