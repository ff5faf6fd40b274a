"""Publishing: a picture is frozen, never changed, and corrected only by a new version beside the old one."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_compiler.domain.drawn_picture import DrawnPicture, LateReports
from est_compiler.domain.refusals import (
    AnotherVersionIsNext,
    CorrectionIsOlder,
    PictureHasChanged,
    SentenceIsNotSuggested,
    WeekHasNotBegun,
)
from est_compiler.domain.wording import headline, late_words, suggested_sentences
from est_contracts.vocabulary import CorrectionReason, Words

PICTURES = UUID("3f0d7a52-6d0e-5a4c-9d0b-5b1f6d1b0c47")


@dataclass(frozen=True, slots=True)
class FrozenPicture:
    """A picture as it was published: its exact bytes, and what people chose to say about it."""

    municipality: str
    period: str
    content: str
    fingerprint: str
    made_from: int
    reports: int
    headline: Words
    sentences: tuple[Words, ...]
    late: tuple[LateReports, ...]
    late_note: Words | None

    def as_stored(self) -> dict[str, Any]:
        return {
            "municipality": self.municipality,
            "period": self.period,
            "content": self.content,
            "fingerprint": self.fingerprint,
            "made_from": self.made_from,
            "reports": self.reports,
            "headline": self.headline.model_dump(),
            "sentences": [words.model_dump() for words in self.sentences],
            "late": [asdict(each) for each in self.late],
            "late_note": self.late_note.model_dump() if self.late_note else None,
        }

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> "FrozenPicture":
        return cls(
            municipality=stored["municipality"],
            period=stored["period"],
            content=stored["content"],
            fingerprint=stored["fingerprint"],
            made_from=stored["made_from"],
            reports=stored["reports"],
            headline=Words(**stored["headline"]),
            sentences=tuple(Words(**words) for words in stored["sentences"]),
            late=tuple(LateReports(**each) for each in stored["late"]),
            late_note=Words(**stored["late_note"]) if stored["late_note"] else None,
        )


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """One version of a published picture: when, by which function and why."""

    version: int
    published_at: datetime
    published_by: str
    reason: CorrectionReason | None
    frozen: FrozenPicture


@dataclass(frozen=True, slots=True)
class Approval:
    """A coordinator's yes (godkännande) to a picture as they have seen it."""

    by: str
    #: The fingerprint of the picture that was looked at; None when nobody says.
    seen: str | None = None
    #: The suggested sentences that stay; None keeps them all.
    keep: tuple[str, ...] | None = None


def freeze(drawn: DrawnPicture, approval: Approval, *, now: datetime) -> FrozenPicture:
    """Freeze a drawn picture as it has been approved."""
    period = drawn.picture.picture_period
    if now < period.starts_at:
        raise WeekHasNotBegun(period)
    if approval.seen not in (None, drawn.fingerprint):
        raise PictureHasChanged
    until = now if now < period.ends_at else None
    suggested = suggested_sentences(drawn.picture, until=until)
    kept = {str(each.key) for each in suggested} if approval.keep is None else set(approval.keep)
    if not kept <= {str(each.key) for each in suggested}:
        raise SentenceIsNotSuggested
    return FrozenPicture(
        municipality=drawn.picture.municipality,
        period=drawn.picture.period,
        content=drawn.content,
        fingerprint=drawn.fingerprint,
        made_from=drawn.made_from,
        reports=drawn.picture.reports,
        headline=headline(drawn.picture, until=until),
        sentences=tuple(each.words for each in suggested if each.key in kept),
        late=drawn.late,
        late_note=late_words(drawn.late, of=period),
    )


class SituationPicture(Aggregate):
    """A situation picture (lägesbild) of one municipality and one week, from its publication on."""

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

    @staticmethod
    def create_id(municipality: str, picture: dict[str, Any]) -> UUID:
        return picture_id(municipality, picture["period"])

    @event(Published)
    def __init__(self, *, municipality: str, picture: dict[str, Any], published_by: str) -> None:
        self.municipality = municipality
        self.latest_version = 1
        self.made_from: int = picture["made_from"]

    def correct(
        self, frozen: FrozenPicture, *, version: int, reason: CorrectionReason, by: str
    ) -> PublishedVersion:
        """Publish a new version; the old ones stay in the log."""
        if version != self.latest_version + 1:
            raise AnotherVersionIsNext(next_version=self.latest_version + 1)
        if frozen.made_from < self.made_from:
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
        self.made_from = picture["made_from"]


def picture_id(municipality: str, period: str) -> UUID:
    """The same week of the same municipality is always the same picture."""
    return uuid5(PICTURES, f"{municipality}/{period}")


def publish(frozen: FrozenPicture, *, by: str) -> tuple[SituationPicture, PublishedVersion]:
    """Publish a week's picture for the first time."""
    picture = SituationPicture(municipality=frozen.municipality, picture=frozen.as_stored(), published_by=by)
    return picture, PublishedVersion(1, picture.created_on, by, None, frozen)
