"""What the notifier knows of a published picture: enough to send it out, and no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from est_contracts.vocabulary import Level, PeriodKind, PicturePeriod, PictureScope, Week, Words


@dataclass(frozen=True, kw_only=True)
class Depicted:
    """What a picture is of: when and where, the level that was set, and whether anyone may read it."""

    period: PicturePeriod
    scope: PictureScope
    level: Level | None
    is_public: bool

    @classmethod
    def read(cls, stored: Mapping[str, Any] | None, *, period: str) -> Self:
        """What an event holds; where it holds nothing, it was a week of the whole municipality."""
        if stored is None:
            days = Week.parse(period).days
            of_week = PicturePeriod(days[0], days[-1], PeriodKind.WEEK)
            return cls(period=of_week, scope=PictureScope(), level=None, is_public=False)
        first_day, last_day = (date.fromisoformat(stored[name]) for name in ("first_day", "last_day"))
        return cls(
            period=PicturePeriod(first_day, last_day, PeriodKind(stored["kind"])),
            scope=PictureScope.parse(stored["scope"]),
            level=Level(stored["level"]) if stored["level"] else None,
            is_public=stored["is_public"],
        )

    def stored(self) -> dict[str, Any]:
        return {
            "kind": str(self.period.kind),
            "first_day": self.period.first_day.isoformat(),
            "last_day": self.period.last_day.isoformat(),
            "scope": str(self.scope),
            "level": str(self.level) if self.level else None,
            "is_public": self.is_public,
        }


@dataclass(frozen=True, kw_only=True)
class PublishedPicture:
    """A published picture (lägesbild): what it is of, and its headline sentences, drawn from numbers."""

    municipality: str
    depicted: Depicted
    version: int
    reports: int
    sentences: Sequence[Words]
    correction: str | None

    @property
    def period(self) -> str:
        return str(self.depicted.period)
