"""The material of an edition, from a picture that has been drawn or from a version that was published."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from est_compiler.domain.compiling.state import Signature
from est_compiler.domain.compiling.work import ERASED, WorkInWords
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.domain.picture import Known, Picture
from est_compiler.domain.publishing.frozen_picture import PublishedVersion
from est_compiler.domain.viewing.brief import Brief, SignedBy
from est_compiler.domain.viewing.view import Said, Standing, Stated
from est_compiler.domain.wording.sentences import headline, suggested_sentences
from est_contracts.vocabulary import (
    CORRECTION_REASON_WORDS,
    CollaborationDocument,
    PictureTemplate,
    UnknownTemplate,
    picture_template,
)


def drawn_brief(
    drawn: DrawnPicture,
    *,
    now: datetime,
    document: CollaborationDocument | None,
    since: CollaborationDocument | None = None,
    as_known_at: datetime | None = None,
    is_asked_as_known: bool = False,
) -> Brief:
    """A picture as it can be drawn: of a period that goes on, a draft, or as it was known then.

    `since` is the set-up of today, where it is another one than the picture's own: it says who is to sign.
    """
    picture, in_force = drawn.picture, since or document
    moment = min(now, as_known_at or now)
    until = moment if moment < picture.picture_period.ends_at else None
    if is_asked_as_known:
        stated = Stated(Standing.AS_KNOWN, as_known_at)
    else:
        stated = Stated(Standing.RUNNING if until else Standing.DRAFT, until)
    return Brief(
        picture=picture,
        known=drawn.known,
        fingerprint=drawn.fingerprint,
        stated=stated,
        headline=headline(picture, until=until),
        sentences=tuple(each.words for each in suggested_sentences(picture, until=until)),
        template=document.template(picture.kind) if document else None,
        document=document,
        late=drawn.late,
        # As it was known then nobody was asked to sign it.
        unsigned=in_force.signatories if in_force and not is_asked_as_known else (),
    )


def published_brief(
    version: PublishedVersion,
    picture: Picture,
    *,
    document: CollaborationDocument | None,
    since: CollaborationDocument | None = None,
    words: Mapping[UUID, str],
) -> Brief:
    """A version as it was frozen; `words` are those of its texts that have not been erased.

    `since` is the set-up it was published under, where it is another one than the picture's own: whoever
    signed and published had a seat in that one.
    """
    frozen, seats = version.frozen, since or document
    work = WorkInWords(frozen.work, words) if frozen.work else None
    return Brief(
        picture=picture,
        known=Known(frozen.made_from, frozen.frame.made_from_analysis),
        fingerprint=frozen.fingerprint,
        stated=Stated(
            Standing.PUBLISHED,
            version.published_at,
            version=version.version,
            published_by=title_of(version.published_by, seats),
            reason=CORRECTION_REASON_WORDS[version.reason] if version.reason else None,
            note=(words.get(frozen.note.text_id) or ERASED) if frozen.note else None,
        ),
        headline=frozen.headline,
        sentences=frozen.sentences,
        level=frozen.level,
        level_words=level_words(work),
        public_words=public_words(work),
        template=_template_of(version),
        work=work,
        document=document,
        indicators=work.indicators if work else (),
        local_pictures=work.work.local_pictures if work else (),
        late=frozen.late,
        signed=tuple(_signed(each, seats) for each in frozen.signatures),
    )


def as_it_stood(brief: Brief, work: WorkInWords | None, published: PublishedVersion | None) -> Brief:
    """A picture as it was known then, with what people had put to it and the version published by then."""
    stated = replace(brief.stated, published_then=published.version if published else None)
    if work is None:
        return replace(brief, stated=stated)
    put_to_it = work.work
    return replace(
        brief,
        stated=stated,
        sentences=tuple(each.words for each in put_to_it.sentences) or brief.sentences,
        level=put_to_it.level,
        level_words=level_words(work),
        public_words=public_words(work),
        template=_named(put_to_it.template, version=put_to_it.template_version),
        work=work,
        indicators=work.indicators,
    )


def texts_of(version: PublishedVersion) -> tuple[UUID, ...]:
    """Every text that a version shows; their words lie beside the log."""
    return tuple(text.text_id for _place, text in version.frozen.references)


def title_of(function_id: str, document: CollaborationDocument | None) -> str:
    """What a function is called; one that has left the set-up stands as it is."""
    functions = document.functions if document else ()
    return next((each.title for each in functions if each.function_id == function_id), function_id)


def _signed(signature: Signature, document: CollaborationDocument | None) -> SignedBy:
    title = title_of(signature.by, document)
    return SignedBy(signature.party, title, signature.signed_at, in_meeting=signature.in_meeting)


def level_words(work: WorkInWords | None) -> Said | None:
    """Why the level is what it is; that the words are gone where they are."""
    return work.words_or_why(work.work.level_text) if work else None


def public_words(work: WorkInWords | None) -> Said | None:
    """What is said to anyone who reads the picture; that the words are gone where they are."""
    return work.words_or_why(work.work.public_text) if work else None


def _template_of(version: PublishedVersion) -> PictureTemplate | None:
    """As it was when the picture was published; pictures from before there were templates have none."""
    frozen = version.frozen
    if frozen.work:
        return _named(frozen.work.template, version=frozen.work.template_version)
    return _named(frozen.frame.template) if frozen.frame.template else None


def _named(template: str, *, version: int | None = None) -> PictureTemplate | None:
    try:
        return picture_template(template, version=version)
    except UnknownTemplate:
        return None
