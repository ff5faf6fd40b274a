"""Publishing: a picture is frozen, never changed, and corrected only by a new version beside the old one."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_compiler.domain.compiling.around import coordinator_in
from est_compiler.domain.compiling.missing import outdated_sentences
from est_compiler.domain.compiling.refusals import (
    CompilingIsForCoordinators,
    SentenceIsOutdated,
    SignaturesAreMissing,
    TextIsErased,
)
from est_compiler.domain.compiling.state import CompilationState, Seen, Signature
from est_compiler.domain.compiling.work import ChosenSentence, TextReference
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.domain.picture import Known
from est_compiler.domain.publishing.frozen_picture import (
    Frame,
    FrozenPicture,
    PublishedVersion,
    fingerprint_with,
)
from est_compiler.domain.publishing.refusals import (
    AnotherVersionIsNext,
    CorrectionIsOlder,
    PeriodHasNotBegun,
    PictureHasChanged,
    SentenceIsNotSuggested,
)
from est_compiler.domain.wording.sentences import (
    MOST_SENTENCES,
    Sentence,
    headline,
    late_words,
    sentence_candidates,
)
from est_contracts.vocabulary import CollaborationDocument, CorrectionReason, Party, Words

__all__ = [
    "Approval",
    "Frame",
    "FrozenPicture",
    "PublishedVersion",
    "SituationPicture",
    "freeze",
    "freeze_compiled",
    "picture_id",
    "publish",
]

PICTURES = UUID("3f0d7a52-6d0e-5a4c-9d0b-5b1f6d1b0c47")


@dataclass(frozen=True, slots=True)
class Approval:
    """A coordinator's yes (godkännande) to a picture as they have seen it."""

    by: str
    #: The fingerprint of what was looked at; None when nobody says.
    seen: str | None = None
    #: The suggested sentences that stay; None keeps the first three. What is compiled has chosen its own.
    keep: tuple[str, ...] | None = None
    #: What the version says of itself, as why it was corrected; and whether its names and plates are meant.
    note: str | None = None
    confirmed: bool = False


def freeze(
    drawn: DrawnPicture,
    approval: Approval,
    *,
    now: datetime,
    document: CollaborationDocument | None = None,
) -> FrozenPicture:
    """Freeze a drawn picture that nobody has compiled: whoever publishes it signs it for their own party.

    Who signs goes by the set-up of today; how it is laid out, by the one that it was drawn by.
    """
    _refuse_what_was_not_seen(drawn, drawn.fingerprint, approval=approval, now=now)
    missing = others_who_sign(document, by=approval.by)
    if missing:
        raise SignaturesAreMissing(missing, is_opened=False)
    suggested = suggested_now(drawn, now=now)
    usual = {str(each.key) for each in suggested[:MOST_SENTENCES]}
    kept = usual if approval.keep is None else set(approval.keep)
    if not kept <= {str(each.key) for each in suggested}:
        raise SentenceIsNotSuggested
    sentences = tuple(each.words for each in suggested if each.key in kept)
    frozen = _frozen(drawn, sentences, now=now, document=document)
    return replace(frozen, signatures=_own_signature(drawn, approval, now=now, document=document))


def others_who_sign(document: CollaborationDocument | None, *, by: str) -> tuple[Party, ...]:
    """Whose signatures are needed beside the one that publishing is; where nothing is set up nobody's."""
    if document is None:
        return ()
    own = party_of(document, by)
    return tuple(party for party in document.signatories if party is not own)


def party_of(document: CollaborationDocument, function: str) -> Party | None:
    """The party that a coordinator signs for; nobody else signs."""
    try:
        return coordinator_in(document, function).party
    except CompilingIsForCoordinators:
        return None


def _own_signature(
    drawn: DrawnPicture, approval: Approval, *, now: datetime, document: CollaborationDocument | None
) -> tuple[Signature, ...]:
    party = party_of(document, approval.by) if document else None
    if document is None or party not in document.signatories:
        return ()
    looked_at = Seen(drawn.fingerprint, drawn.known.intake, drawn.known.analysis)
    return (Signature(party, approval.by, now, in_meeting=False, seen=looked_at),)


def freeze_compiled(
    drawn: DrawnPicture,
    compilation: CompilationState,
    approval: Approval,
    *,
    now: datetime,
    document: CollaborationDocument,
) -> FrozenPicture:
    """Freeze a picture with the work that the parties have put to it and signed."""
    work = compilation.work
    fingerprint = fingerprint_with(drawn.content, work)
    _refuse_what_was_not_seen(drawn, fingerprint, approval=approval, now=now)
    suggested = chosen_from(suggested_now(drawn, now=now))
    outdated = outdated_sentences(work, suggested)
    if outdated:
        raise SentenceIsOutdated(outdated)
    signed = {party for party, each in compilation.signatures.items() if each.seen.fingerprint == fingerprint}
    missing = [party for party in document.signatories if party not in signed]
    if missing:
        raise SignaturesAreMissing(missing)
    sentences = tuple(each.words for each in suggested if each in work.sentences)
    frozen = _frozen(drawn, sentences, now=now, document=document)
    signatures = tuple(compilation.signatures[party] for party in document.signatories)
    frame = replace(frozen.frame, template=work.template)
    return replace(frozen, fingerprint=fingerprint, work=work, signatures=signatures, frame=frame)


def suggested_now(drawn: DrawnPicture, *, now: datetime) -> tuple[Sentence, ...]:
    """What the numbers suggest one might say; of a period that goes on, so far."""
    return sentence_candidates(drawn.picture, until=_until(drawn, now))


def chosen_from(suggested: tuple[Sentence, ...]) -> tuple[ChosenSentence, ...]:
    """Suggested sentences as they would be adopted."""
    return tuple(ChosenSentence(str(each.key), each.words) for each in suggested)


def _until(drawn: DrawnPicture, now: datetime) -> datetime | None:
    return now if now < drawn.picture.picture_period.ends_at else None


def _refuse_what_was_not_seen(
    drawn: DrawnPicture, fingerprint: str, *, approval: Approval, now: datetime
) -> None:
    period = drawn.picture.picture_period
    if now < period.starts_at:
        raise PeriodHasNotBegun(period)
    if approval.seen not in (None, fingerprint):
        raise PictureHasChanged


def _frozen(
    drawn: DrawnPicture,
    sentences: tuple[Words, ...],
    *,
    now: datetime,
    document: CollaborationDocument | None,
) -> FrozenPicture:
    picture = drawn.picture
    return FrozenPicture(
        municipality=picture.municipality,
        period=picture.period,
        content=drawn.content,
        fingerprint=drawn.fingerprint,
        made_from=drawn.made_from,
        reports=picture.reports,
        headline=headline(picture, until=_until(drawn, now)),
        sentences=sentences,
        late=drawn.late,
        late_note=late_words(drawn.late, of=picture.picture_period),
        frame=Frame(
            kind=picture.kind,
            first_day=picture.first_day,
            last_day=picture.last_day,
            scope=picture.scope,
            areas=picture.scope_areas,
            template=drawn.template,
            made_from_analysis=drawn.known.analysis,
            is_public=document.opens(picture.kind, picture.picture_scope) if document else False,
        ),
    )


class SituationPicture(Aggregate):
    """A situation picture (lägesbild) of one period and place, from its publication on."""

    TOPIC = "compiler.situation_picture"

    class Event(Aggregate.Event):
        """Something that has happened to a published picture."""

    class Published(Event, Aggregate.Created):
        TOPIC = "compiler.situation_picture.published"
        municipality: str
        picture: dict[str, Any]
        published_by: str

    # The library wants this name as soon as TOPIC is set.
    Created = Published

    class Corrected(Event):
        TOPIC = "compiler.situation_picture.corrected"
        version_number: int
        picture: dict[str, Any]
        reason: str
        corrected_by: str

    class NoteErased(Event):
        """What a correction said of itself is gone."""

        TOPIC = "compiler.situation_picture.note_erased"
        text_id: UUID
        erased_by: str

    @staticmethod
    def create_id(municipality: str, picture: dict[str, Any]) -> UUID:
        frozen = FrozenPicture.from_stored(picture)
        return picture_id(municipality, frozen.period, frozen.frame.scope)

    @event(Published)
    def __init__(self, *, municipality: str, picture: dict[str, Any], published_by: str) -> None:
        self.municipality = municipality
        self.latest_version = 1
        self.made_from = _known_of(picture)
        self.notes: set[UUID] = set()
        self.erased_notes: set[UUID] = set()
        self._take_note(picture)

    def correct(
        self, frozen: FrozenPicture, *, version: int, reason: CorrectionReason, by: str
    ) -> PublishedVersion:
        """Publish a new version; the old ones stay in the log."""
        if version != self.latest_version + 1:
            raise AnotherVersionIsNext(next_version=self.latest_version + 1)
        before = self.made_from
        if frozen.made_from < before.intake or frozen.frame.made_from_analysis < before.analysis:
            raise CorrectionIsOlder
        self._corrected(
            version_number=version, picture=frozen.as_stored(), reason=str(reason), corrected_by=by
        )
        return PublishedVersion(version, self.modified_on, by, reason, frozen)

    @event(Corrected)
    def _corrected(
        self, version_number: int, picture: dict[str, Any], reason: str, corrected_by: str
    ) -> None:
        self.latest_version = version_number
        self.made_from = _known_of(picture)
        self._take_note(picture)

    def erase_note(self, text_id: UUID, *, by: str) -> None:
        """Let what a correction said of itself be forgotten; asking again changes nothing."""
        if text_id not in self.notes:
            raise TextIsErased
        if text_id not in self.erased_notes:
            self._note_erased(text_id=text_id, erased_by=by)

    @event(NoteErased)
    def _note_erased(self, text_id: UUID, erased_by: str) -> None:
        self.erased_notes.add(text_id)

    def _take_note(self, picture: dict[str, Any]) -> None:
        note = TextReference.from_stored(picture.get("note"))
        if note is not None:
            self.notes.add(note.text_id)


def _known_of(picture: dict[str, Any]) -> Known:
    frozen = FrozenPicture.from_stored(picture)
    return Known(frozen.made_from, frozen.frame.made_from_analysis)


def picture_id(municipality: str, period: str, scope: str = "") -> UUID:
    """The same period of the same part of a municipality is always the same picture."""
    return uuid5(PICTURES, f"{municipality}/{period}/{scope}" if scope else f"{municipality}/{period}")


def publish(frozen: FrozenPicture, *, by: str) -> tuple[SituationPicture, PublishedVersion]:
    """Publish a picture for the first time."""
    picture = SituationPicture(municipality=frozen.municipality, picture=frozen.as_stored(), published_by=by)
    return picture, PublishedVersion(1, picture.created_on, by, None, frozen)
