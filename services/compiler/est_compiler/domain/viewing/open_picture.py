"""What lists say of what anyone may read: a version, and a municipality that has opened its pictures."""

from dataclasses import dataclass
from datetime import date, datetime

from est_compiler.domain.viewing.boxes import Box
from est_compiler.domain.viewing.suppression import alone
from est_compiler.domain.viewing.view import Figure
from est_contracts.vocabulary import Level, PeriodKind, PicturePeriod, open_picture_path


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A municipality that has opened its pictures, as its set-up in force says."""

    municipality: str
    name: str
    #: Around all of its areas; None where none has a shape.
    box: Box | None
    #: From the first to the last day that anyone may read of; None where nothing has been published.
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class OpenPicture:
    """One version that anyone may read."""

    municipality: str
    period: str
    kind: PeriodKind
    first_day: date
    last_day: date
    scope: str
    version: int
    published_at: datetime
    #: All reports of the period; a small number is not to be told.
    reports: int
    level: Level | None
    fingerprint: str
    is_latest: bool

    @property
    def path(self) -> str:
        """Where it always can be read."""
        return open_picture_path(
            self.municipality, period=self.period, version=self.version, scope=self.scope
        )

    @property
    def picture_period(self) -> PicturePeriod:
        return PicturePeriod(self.first_day, self.last_day, self.kind)

    @property
    def total(self) -> Figure:
        """All reports of the period, as the general edition shows them."""
        return alone(self.reports)

    def has_a_day_in(self, first: date | None, last: date | None) -> bool:
        """Whether some of its days lie in an interval; an end that is not there is open."""
        return (first is None or self.last_day >= first) and (last is None or self.first_day <= last)
