"""What editions are made from: a published version as it was frozen, or a picture as it can be drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from est_chassis.event_store import Cursor
from est_chassis.failures import NotFound
from est_compiler.domain.brief import Brief
from est_compiler.domain.compiled_work import ERASED, TextReference, WorkInWords
from est_compiler.domain.frozen_picture import FrozenPicture, PublishedVersion
from est_compiler.domain.periods import calendar_of, picture_period
from est_compiler.domain.picture import Known
from est_compiler.domain.view import Said, Standing, Stated
from est_compiler.domain.wording import headline, suggested_sentences
from est_compiler.read_models.collaborations import collaboration_at
from est_compiler.read_models.compilations import set_up_now
from est_compiler.read_models.pictures import WHOLE, PictureNow, picture_now
from est_compiler.read_models.published_pictures import picture_of, versions
from est_contracts.vocabulary import (
    CORRECTION_REASON_WORDS,
    CollaborationDocument,
    PictureScope,
    PictureTemplate,
    picture_template,
)

#: The picture as it can be drawn now, although the period has been published.
DRAWN_NOW = "now"

ReadWords = Callable[[Iterable[UUID]], dict[UUID, str]]


@dataclass(frozen=True, slots=True)
class EditionAsked:
    """Which picture is meant: the latest version unless another one, the present or a moment is named."""

    municipality: str
    period: str
    scope: PictureScope = WHOLE
    version: str = ""
    as_of: str | None = None


def brief_asked(cursor: Cursor, asked: EditionAsked, *, now: datetime, read: ReadWords) -> Brief:
    """The material of an edition; a version that was never published is not found."""
    if asked.as_of is None and asked.version != DRAWN_NOW:
        published = versions(
            cursor, municipality=asked.municipality, period=asked.period, scope=str(asked.scope)
        )
        chosen = _chosen(published, asked.version)
        if chosen is not None:
            return brief_of_version(cursor, chosen, read=read)
    document = set_up_now(cursor, asked.municipality)
    found = picture_now(
        cursor,
        municipality=asked.municipality,
        period=picture_period(asked.period, calendar_of(document)),
        scope=asked.scope,
        as_of=asked.as_of,
    )
    return brief_of_drawn(cursor, found, now=now, is_as_of=asked.as_of is not None)


def brief_of_version(cursor: Cursor, published: PublishedVersion, *, read: ReadWords) -> Brief:
    """A version as it was frozen, with the words that are not erased, and the set-up of that time."""
    frozen = published.frozen
    words = read(text.text_id for _place, text in frozen.references)
    document = collaboration_at(cursor, municipality=frozen.municipality, position=frozen.made_from)
    return Brief(
        picture=picture_of(published),
        known=Known(frozen.made_from, frozen.frame.made_from_analysis),
        fingerprint=frozen.fingerprint,
        stated=Stated(
            standing=Standing.PUBLISHED,
            moment=published.published_at,
            version=published.version,
            published_by=_title_of(published.published_by, document),
            reason=CORRECTION_REASON_WORDS[published.reason] if published.reason else None,
            note=_said(frozen.note, words),
        ),
        headline=frozen.headline,
        sentences=frozen.sentences,
        level=frozen.level,
        level_words=_said(frozen.work.level_text, words) if frozen.work else None,
        template=_template_of(frozen, document),
        work=WorkInWords(frozen.work, words) if frozen.work else None,
        document=document,
    )


def brief_of_drawn(cursor: Cursor, found: PictureNow, *, now: datetime, is_as_of: bool = False) -> Brief:
    """A picture as it is known, without what people have not published yet."""
    picture, until = found.drawn.picture, found.until(now)
    document = collaboration_at(cursor, municipality=picture.municipality, position=found.drawn.made_from)
    standing = Standing.DRAFT if until is None else Standing.RUNNING
    return Brief(
        picture=picture,
        known=found.drawn.known,
        fingerprint=found.drawn.fingerprint,
        stated=Stated(Standing.AS_KNOWN if is_as_of else standing, found.as_of.moment or now),
        headline=headline(picture, until=until),
        sentences=tuple(each.words for each in suggested_sentences(picture, until=until)),
        template=document.template(picture.kind) if document else None,
        document=document,
    )


def _chosen(published: list[PublishedVersion], version: str) -> PublishedVersion | None:
    if not version:
        return published[-1] if published else None
    for each in published:
        if str(each.version) == version:
            return each
    raise NotFound(version)


def _template_of(frozen: FrozenPicture, document: CollaborationDocument | None) -> PictureTemplate | None:
    """The one it was compiled with, in the version of that time."""
    if frozen.work is not None:
        return picture_template(frozen.work.template, version=frozen.work.template_version)
    if frozen.frame.template is not None:
        return picture_template(frozen.frame.template)
    return document.template(frozen.frame.kind) if document else None


def _said(text: TextReference | None, words: dict[UUID, str]) -> Said | None:
    return words.get(text.text_id, ERASED) if text else None


def _title_of(function_id: str, document: CollaborationDocument | None) -> str:
    functions = document.functions if document else ()
    return next((each.title for each in functions if each.function_id == function_id), function_id)
