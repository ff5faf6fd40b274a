"""What coordinators can do with pictures: publish one, and correct what has been published."""

from est_chassis.application import Application
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.domain.refusals import PictureIsNotPublished, PictureIsPublished
from est_compiler.domain.situation_picture import (
    Approval,
    PublishedVersion,
    SituationPicture,
    freeze,
    picture_id,
    publish,
)
from est_contracts.vocabulary import CorrectionReason


class Compiler(Application):
    """The use cases. The picture comes drawn: its numbers are asked for in the same transaction."""

    def publish_picture(self, drawn: DrawnPicture, approval: Approval) -> PublishedVersion:
        """Freeze a week's picture; of several who try at once, one does it."""
        published = self._published(drawn)
        if published is not None:
            raise PictureIsPublished(version=published.latest_version)
        frozen = freeze(drawn, approval, now=self.now)
        picture, version = publish(frozen, by=approval.by)
        self.work.save(picture)
        return version

    def correct_picture(
        self, drawn: DrawnPicture, approval: Approval, *, version: int, reason: CorrectionReason
    ) -> PublishedVersion:
        """Publish the next version; the earlier ones stay as they are."""
        published = self._published(drawn)
        if published is None:
            raise PictureIsNotPublished
        frozen = freeze(drawn, approval, now=self.now)
        corrected = published.correct(frozen, version=version, reason=reason, by=approval.by)
        self.work.save(published)
        return corrected

    def _published(self, drawn: DrawnPicture) -> SituationPicture | None:
        return self.work.find(SituationPicture, picture_id(drawn.picture.municipality, drawn.picture.period))
