"""Numbers without incidents: what an organisation tells when it must not enter the incidents themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.vocabulary import Rejected, ReportingPeriod, Theme, Words
from est_intake.domain.collaboration import Reporter


class BlockIsWithdrawn(Rejected):
    """The block has been withdrawn, and takes no more numbers."""

    code = "block_is_withdrawn"
    words = Words(
        sv="Sifferblocket är återtaget. Lämna ett nytt.",
        en="The block of counts is withdrawn. Contribute a new one.",
    )


class BlockHasChanged(Rejected):
    """Somebody else has contributed another revision meanwhile."""

    code = "block_has_changed"
    http_status = 412
    words = Words(
        sv="Sifferblocket har ändrats sedan du öppnade det. Läs det igen och gör om din ändring.",
        en="The block of counts has changed since you opened it. Read it again and redo your change.",
    )


class BlockIsAboutAnotherPeriod(Rejected):
    """The block was contributed for another period, or by another organisation."""

    code = "block_is_about_another_period"
    words = Words(
        sv="Sifferblocket gäller en annan period eller en annan organisation. Ge det nya ett nytt id.",
        en="The block is about another period or another organisation. Give the new one a new id.",
    )


@dataclass(frozen=True)
class CountedEntry:
    """How many incidents of one kind, in one area or in all (antal); its words lie beside the log."""

    checklist_entry: str
    theme: Theme
    area: str | None
    number: int
    in_public: bool
    has_text: bool

    @classmethod
    def recorded(cls, told: dict[str, Any]) -> Self:
        return cls(**{**told, "theme": Theme(told["theme"])})


class CountBlock(Aggregate):
    """A block of counts (sifferblock): numbers per entry and area, approved by the organisation itself."""

    TOPIC = "intake.count_block"

    class Event(Aggregate.Event):
        """Something that has happened to a block."""

        municipality: str
        block_id: UUID

    class Written(Event):
        """What was contributed, whole; what is recorded is one of its two children."""

        TOPIC = "intake.count_block.written"
        period: dict[str, Any]
        reporter: dict[str, Any]
        content: dict[str, Any]
        revision: int

    class Contributed(Written, Aggregate.Created):
        """An organisation has told its numbers for a period."""

        TOPIC = "intake.count_block.contributed"

    # The library wants this name as soon as TOPIC is set.
    Created = Contributed

    class Revised(Written):
        """The organisation has told other numbers, or other words."""

        TOPIC = "intake.count_block.revised"

    class Withdrawn(Event):
        """The numbers no longer count."""

        TOPIC = "intake.count_block.withdrawn"
        by_function: str | None

    class TextErased(Event):
        """The words are gone; the numbers stay."""

        TOPIC = "intake.count_block.text_erased"
        by_function: str | None

    @classmethod
    def create_id(cls, municipality: str, block_id: UUID) -> UUID:
        return uuid5(NAMESPACE_URL, f"est:intake:count_block:{municipality}:{block_id}")

    @classmethod
    def contributed(
        cls,
        counts: tuple[CountedEntry, ...],
        *,
        by: Reporter,
        municipality: str,
        block_id: UUID,
        period: ReportingPeriod,
        has_text: bool,
    ) -> Self:
        about = {"period": str(period), "starts_at": period.starts_at, "ends_at": period.ends_at}
        return cls(
            municipality=municipality,
            block_id=block_id,
            period=about,
            reporter=by.as_recorded(),
            content=_content(counts, has_text=has_text),
            revision=1,
        )

    @event(Contributed)
    def __init__(
        self,
        *,
        municipality: str,
        block_id: UUID,
        period: dict[str, Any],
        reporter: dict[str, Any],
        content: dict[str, Any],
        revision: int,
    ) -> None:
        self.municipality = municipality
        self.block_id = block_id
        self.period: str = period["period"]
        self.starts_at: datetime = period["starts_at"]
        self.ends_at: datetime = period["ends_at"]
        self.reporter = Reporter.recorded(reporter)
        self.is_withdrawn = False
        self._take(content, revision=revision)

    def revise(
        self,
        counts: tuple[CountedEntry, ...],
        *,
        by: Reporter,
        period: ReportingPeriod,
        has_text: bool,
        from_revision: int | None,
    ) -> None:
        """Tell other numbers. What was told before stands in the log."""
        if self.is_withdrawn:
            raise BlockIsWithdrawn
        if (self.period, self.reporter.organisation) != (str(period), by.organisation):
            raise BlockIsAboutAnotherPeriod
        if from_revision is not None and from_revision != self.revision:
            raise BlockHasChanged
        self._revised(
            municipality=self.municipality,
            block_id=self.block_id,
            period={"period": self.period, "starts_at": self.starts_at, "ends_at": self.ends_at},
            reporter=by.as_recorded(),
            content=_content(counts, has_text=has_text),
            revision=self.revision + 1,
        )

    @event(Revised)
    def _revised(
        self,
        municipality: str,
        block_id: UUID,
        *,
        period: dict[str, Any],
        reporter: dict[str, Any],
        content: dict[str, Any],
        revision: int,
    ) -> None:
        self.reporter = Reporter.recorded(reporter)
        self._take(content, revision=revision)

    def withdraw(self, *, by_function: str | None) -> None:
        """Let the numbers count no longer; asking again changes nothing."""
        if not self.is_withdrawn:
            self._withdrawn(municipality=self.municipality, block_id=self.block_id, by_function=by_function)

    @event(Withdrawn)
    def _withdrawn(self, municipality: str, block_id: UUID, by_function: str | None) -> None:
        self.is_withdrawn = True

    def erase_text(self, *, by_function: str | None) -> None:
        """Let the words be forgotten; asking again changes nothing."""
        if not self.text_is_erased:
            self._text_erased(municipality=self.municipality, block_id=self.block_id, by_function=by_function)

    @event(TextErased)
    def _text_erased(self, municipality: str, block_id: UUID, by_function: str | None) -> None:
        self.text_is_erased = True

    @property
    def has_words(self) -> bool:
        """Whether anything was written in it, erased or not."""
        return self.has_text or any(each.has_text for each in self.counts)

    def says(self, counts: tuple[CountedEntry, ...], *, has_text: bool) -> bool:
        """Whether it says just this, but for the words."""
        return not self.is_withdrawn and (self.counts, self.has_text) == (counts, has_text)

    def _take(self, content: dict[str, Any], *, revision: int) -> None:
        self.counts = tuple(CountedEntry.recorded(each) for each in content["counts"])
        self.has_text: bool = content["has_text"]
        self.revision = revision
        self.text_is_erased = False


def _content(counts: tuple[CountedEntry, ...], *, has_text: bool) -> dict[str, Any]:
    return {"counts": [{**each.__dict__} for each in counts], "has_text": has_text}
