"""What the compiler tells: that a picture has been published, or corrected."""

from functools import singledispatch

from est_chassis.publications import Publications
from est_compiler.domain.publishing.frozen_picture import FrozenPicture
from est_compiler.domain.publishing.situation_picture import SituationPicture
from est_contracts.messages import Message, PicturePublished, Recorded
from est_contracts.vocabulary import CorrectionReason


@singledispatch
def message_about(_event: object, _recorded: Recorded) -> Message | None:
    """The message that tells of an event, or None when it is nobody else's business."""
    return None


@message_about.register
def _(event: SituationPicture.Published, recorded: Recorded) -> PicturePublished:
    return _picture_published(event, recorded, version=1, reason=None)


@message_about.register
def _(event: SituationPicture.Corrected, recorded: Recorded) -> PicturePublished:
    reason = CorrectionReason(event.reason)
    return _picture_published(event, recorded, version=event.version_number, reason=reason)


def _picture_published(
    event: SituationPicture.Published | SituationPicture.Corrected,
    recorded: Recorded,
    *,
    version: int,
    reason: CorrectionReason | None,
) -> PicturePublished:
    frozen = FrozenPicture.from_stored(event.picture)
    return PicturePublished(
        recorded=recorded,
        municipality=frozen.municipality,
        happened_at=recorded.recorded_at,
        period=frozen.period,
        kind=frozen.frame.kind,
        first_day=frozen.frame.first_day,
        last_day=frozen.frame.last_day,
        scope=frozen.frame.scope,
        areas=frozen.frame.areas,
        template=frozen.frame.template,
        version=version,
        made_from=frozen.made_from,
        made_from_analysis=frozen.frame.made_from_analysis,
        fingerprint=frozen.fingerprint,
        reports=frozen.reports,
        level=frozen.level,
        headline=frozen.headline,
        sentences=frozen.sentences,
        reason=reason,
        is_public=frozen.frame.is_public,
    )


publications = Publications(message_about, tells=(PicturePublished,))
