"""What an edition is made from: one picture, and all that people have put to it."""

from dataclasses import dataclass
from datetime import date, datetime

from est_compiler.domain.compiling.local_groups import LocalPicture
from est_compiler.domain.compiling.work import WorkInWords
from est_compiler.domain.drawn_picture import LateReports
from est_compiler.domain.knowledge import EarlierAnalysis
from est_compiler.domain.picture import Known, Picture, RiskValue
from est_compiler.domain.sections.parts import Material
from est_compiler.domain.sections.values import risk_series
from est_compiler.domain.viewing.view import Said, Standing, Stated
from est_contracts.vocabulary import (
    STOCKHOLM,
    CollaborationDocument,
    IndicatorValue,
    Level,
    Party,
    PictureTemplate,
    Words,
)


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A party's signature as it is shown (underskrift): the title of the function, never a person."""

    party: Party
    title: str
    signed_at: datetime
    in_meeting: bool


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
    #: What the group says to anyone who reads the picture.
    public_words: Said | None = None
    template: PictureTemplate | None = None
    work: WorkInWords | None = None
    document: CollaborationDocument | None = None
    indicators: tuple[IndicatorValue, ...] = ()
    #: What has become of problems, measures and the level since the picture before was published.
    changes: tuple[Words, ...] = ()
    #: Organisation model B: what the local groups have published, in the strategic picture.
    local_pictures: tuple[LocalPicture, ...] = ()
    #: The risk values that meetings have set in published pictures of the same part, the oldest first.
    risk_values: tuple[RiskValue, ...] = ()
    #: What came in for earlier pictures after they were published.
    late: tuple[LateReports, ...] = ()
    #: Who has signed it, and the parties that a draft still waits for.
    signed: tuple[SignedBy, ...] = ()
    unsigned: tuple[Party, ...] = ()
    #: What was found of the picture's problems when they were flagged before.
    analysed_before: tuple[EarlierAnalysis, ...] = ()
    #: When somebody reads it; what was published is read as it was then.
    read_at: datetime | None = None

    @property
    def read_on(self) -> date:
        """The day on which it looks ahead: when it was published, or else when it is read."""
        moment = self.stated.moment or self.read_at
        return moment.astimezone(STOCKHOLM).date() if moment else self.picture.last_day

    @property
    def risk_series(self) -> tuple[RiskValue, ...]:
        """The risk value of each period of a year, the oldest first."""
        return risk_series(self.picture, self.work, set_in_pictures=self.risk_values)

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
            self.risk_values,
            self.analysed_before,
            is_running=self.is_running,
        )
