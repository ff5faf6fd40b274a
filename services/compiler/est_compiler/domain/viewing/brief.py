"""What an edition is made from: one picture, and all that people have put to it."""

from dataclasses import dataclass
from datetime import date, datetime

from est_compiler.domain.compiling.work import WorkInWords
from est_compiler.domain.picture import Known, Picture
from est_compiler.domain.sections.parts import Material
from est_compiler.domain.viewing.view import Said, Standing, Stated
from est_contracts.vocabulary import (
    STOCKHOLM,
    CollaborationDocument,
    IndicatorValue,
    Level,
    PictureTemplate,
    Words,
)


@dataclass(frozen=True, slots=True)
class Brief:
    """The material of an edition (underlag): numbers, headline, level, template, work and set-up."""

    picture: Picture
    known: Known
    fingerprint: str
    stated: Stated
    headline: Words
    sentences: tuple[Words, ...] = ()
    level: Level | None = None
    level_words: Said | None = None
    template: PictureTemplate | None = None
    work: WorkInWords | None = None
    document: CollaborationDocument | None = None
    indicators: tuple[IndicatorValue, ...] = ()
    #: What has become of problems, measures and the level since the picture before was published.
    changes: tuple[Words, ...] = ()
    #: When somebody reads it; what was published is read as it was then.
    read_at: datetime | None = None

    @property
    def read_on(self) -> date:
        """The day on which it looks ahead: when it was published, or else when it is read."""
        moment = self.stated.moment or self.read_at
        return moment.astimezone(STOCKHOLM).date() if moment else self.picture.last_day

    @property
    def is_running(self) -> bool:
        """The period went on when this was made: it is not held against whole ones."""
        moment = self.stated.moment
        if self.stated.standing is Standing.RUNNING:
            return True
        return moment is not None and moment < self.picture.picture_period.ends_at

    @property
    def material(self) -> Material | None:
        """What the template's sections are filled with; None where pictures have no template."""
        if self.template is None:
            return None
        return Material(
            self.picture,
            self.template,
            self.work,
            self.document,
            self.indicators,
            is_running=self.is_running,
        )
