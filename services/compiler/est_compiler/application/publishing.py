"""Signing a picture, publishing it, and correcting what has been published."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from est_compiler.application.compilations import Compilations
from est_compiler.application.indicating import Indicating
from est_compiler.domain.compiling.around import Around, PictureKey
from est_compiler.domain.compiling.compilation import Compilation
from est_compiler.domain.compiling.local_groups import LocalPicture, refuse_another_groups_picture
from est_compiler.domain.compiling.missing import Missing, missing_before_publication, outdated_sentences
from est_compiler.domain.compiling.placing import template_named
from est_compiler.domain.compiling.refusals import SentenceIsOutdated, SetUpIsMissing
from est_compiler.domain.compiling.state import Seen, Signature
from est_compiler.domain.compiling.wishes import SentenceChoice, Wish
from est_compiler.domain.compiling.work import TextReference
from est_compiler.domain.compiling.written_words import check_published, check_written, tidy
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.domain.picture import Known
from est_compiler.domain.publishing.frozen_picture import FrozenPicture, PublishedVersion, fingerprint_with
from est_compiler.domain.publishing.refusals import (
    PictureHasChanged,
    PictureIsNotPublished,
    PictureIsPublished,
    SentenceIsNotSuggested,
)
from est_compiler.domain.publishing.situation_picture import (
    Approval,
    SituationPicture,
    chosen_from,
    freeze,
    freeze_compiled,
    picture_id,
    publish,
    suggested_now,
)
from est_contracts.vocabulary import STOCKHOLM, CollaborationDocument, CorrectionReason, Party


class Publishing:
    """The use cases around a picture's numbers. It comes drawn: they are asked for in this transaction."""

    def __init__(self, compilations: Compilations, indicating: Indicating) -> None:
        self._all = compilations
        self._indicating = indicating

    def choose_sentences(
        self, around: Around, drawn: DrawnPicture, wishes: Sequence[Wish[str, SentenceChoice]]
    ) -> Compilation:
        """Let suggested sentences stand in the picture, or leave them out; also one suggested once."""
        compilation = self._all.opened(around)
        suggested = {str(each.key): each.words for each in suggested_now(drawn, now=self._all.now)}
        for wish in wishes:
            once = wish.wanted is SentenceChoice.DROPPED and wish.key in compilation.sentences
            if wish.key not in suggested and not once:
                raise SentenceIsNotSuggested
        compilation.choose_sentences(wishes, suggested=suggested, by=around.by)
        return self._all.saved(compilation)

    def sign(
        self,
        around: Around,
        drawn: DrawnPicture,
        *,
        seen: str,
        party: Party | None = None,
        in_meeting: bool = False,
    ) -> Compilation:
        """Sign what has been looked at: these numbers, with all that has been put to them."""
        compilation = self._all.opened(around)
        fingerprint = fingerprint_with(drawn.content, compilation.work)
        if seen != fingerprint:
            raise PictureHasChanged
        outdated = outdated_sentences(compilation.work, chosen_from(suggested_now(drawn, now=self._all.now)))
        if outdated:
            raise SentenceIsOutdated(outdated)
        looked_at = Seen(fingerprint, drawn.known.intake, drawn.known.analysis)
        signature = Signature(
            party or around.by.party, around.by.function, self._all.now, in_meeting=in_meeting, seen=looked_at
        )
        compilation.sign(signature, around=around)
        return self._all.saved(compilation)

    def signed_as_known(self, key: PictureKey) -> Known | None:
        """How far the logs were known when it was signed; None while no signature stands."""
        compilation = self._all.find(key)
        seen = compilation.signed if compilation else None
        return Known(seen.made_from, seen.made_from_analysis) if seen else None

    def missing(
        self, around: Around, drawn: DrawnPicture, *, flowing_in: tuple[LocalPicture, ...] = ()
    ) -> tuple[Missing, ...]:
        """What is missing before the picture can be published, newer indicators among it."""
        compilation = self._all.opened(around)
        missing = missing_before_publication(
            compilation,
            around=around,
            template=template_named(compilation.template, version=compilation.template_version),
            suggested=chosen_from(suggested_now(drawn, now=self._all.now)),
            flowing_in=flowing_in,
        )
        return (*missing, *self._indicating.missing(compilation, around))

    def publish_picture(
        self, drawn: DrawnPicture, approval: Approval, *, document: CollaborationDocument | None = None
    ) -> PublishedVersion:
        """Freeze a picture; of several who try at once, one does it."""
        published = self._published(drawn)
        if published is not None:
            raise PictureIsPublished(version=published.latest_version)
        frozen = self._freeze(drawn, approval, document=document)
        picture, version = publish(frozen, by=approval.by)
        self._all.work.save(picture)
        self._remember(drawn, version)
        return version

    def correct_picture(
        self,
        drawn: DrawnPicture,
        approval: Approval,
        *,
        version: int,
        reason: CorrectionReason,
        document: CollaborationDocument | None = None,
    ) -> PublishedVersion:
        """Publish the next version and why; the earlier ones stay as they are."""
        published = self._published(drawn)
        if published is None:
            raise PictureIsNotPublished
        frozen = self._freeze(drawn, approval, document=document)
        corrected = published.correct(frozen, version=version, reason=reason, by=approval.by)
        self._all.work.save(published)
        self._remember(drawn, corrected)
        return corrected

    def erase_words(self, around: Around, text_id: UUID) -> None:
        """Let words be gone for good: those of the work, or what a version says of itself."""
        key = around.key
        named = picture_id(key.municipality, str(key.period), str(key.scope))
        published = self._all.work.find(SituationPicture, named)
        if published is None or text_id not in published.notes:
            self._all.erase_text(around, text_id)
            return
        published.erase_note(text_id, by=around.by.function)
        self._all.work.save(published)
        self._all.texts.forget(text_id)

    def _freeze(
        self, drawn: DrawnPicture, approval: Approval, *, document: CollaborationDocument | None
    ) -> FrozenPicture:
        if document is not None:
            today = self._all.now.astimezone(STOCKHOLM).date()
            refuse_another_groups_picture(document, _key(drawn), function=approval.by, today=today)
        compilation = self._all.find(_key(drawn))
        if compilation is None:
            frozen = freeze(drawn, approval, now=self._all.now, document=document)
        elif document is None:
            raise SetUpIsMissing
        else:
            frozen = freeze_compiled(drawn, compilation, approval, now=self._all.now, document=document)
        words = self._all.texts.read(text.text_id for _place, text in frozen.references)
        check_published(frozen.references, words=words, document=document, now=self._all.now)
        return replace(frozen, note=self._kept_note(frozen, approval, document=document))

    def _kept_note(
        self, frozen: FrozenPicture, approval: Approval, *, document: CollaborationDocument | None
    ) -> TextReference | None:
        note = tidy(approval.note)
        if note is None:
            return None
        asked = check_written(
            [("note", note)], document=document, now=self._all.now, confirmed=approval.confirmed
        )
        return self._all.texts.keep(frozen.municipality, note, confirmed=asked)

    def _remember(self, drawn: DrawnPicture, published: PublishedVersion) -> None:
        compilation = self._all.find(_key(drawn))
        if compilation is not None:
            compilation.publish_as(published.version, reason=published.reason, by=published.published_by)
            self._all.work.save(compilation)

    def _published(self, drawn: DrawnPicture) -> SituationPicture | None:
        picture = drawn.picture
        return self._all.work.find(
            SituationPicture, picture_id(picture.municipality, picture.period, picture.scope)
        )


def _key(drawn: DrawnPicture) -> PictureKey:
    picture = drawn.picture
    return PictureKey(picture.municipality, picture.picture_period, picture.picture_scope)
