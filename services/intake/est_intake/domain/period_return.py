"""What a function says of a whole period: its checklist gone through, or nothing to report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.vocabulary import Origin, Rejected, ReportingPeriod, Theme, Words
from est_intake.domain.collaboration import Reporter


class ReturnHasChanged(Rejected):
    """Somebody else in the same seat has handed in another revision meanwhile."""

    code = "return_has_changed"
    http_status = 412
    words = Words(
        sv="Periodrapporten har ändrats sedan du öppnade den. Läs den igen och gör om din ändring.",
        en="The return has changed since you opened it. Read it again and redo your change.",
    )


class ReturnIsTheSeatsOwn(Rejected):
    """The seat has handed in a return itself: a substitute says nothing in its place."""

    code = "return_is_the_seats_own"
    words = Words(
        sv="Platsen har själv lämnat sin periodrapport. En ersättare ändrar den inte.",
        en="The seat has handed in its return itself. A substitute does not change it.",
    )


class SomethingHasBeenReturned(Rejected):
    """The function has gone through its checklist for the period: that is more than nothing."""

    code = "something_has_been_returned"
    words = Words(
        sv="Funktionen har redan lämnat en periodrapport med innehåll. Ändra den i stället.",
        en="The function has already handed in a return that says something. Change that one instead.",
    )


@dataclass(frozen=True)
class EntryAnswer:
    """What a return says of one entry, in one area or in all (svar på en punkt); its words lie beside."""

    checklist_entry: str
    theme: Theme
    area: str | None
    value: int | None
    has_text: bool
    has_measures: bool

    @classmethod
    def recorded(cls, told: dict[str, Any]) -> Self:
        return cls(**{**told, "theme": Theme(told["theme"])})


@dataclass(frozen=True)
class AssessedArea:
    """The overall assessment of one area, 1 to 5 (samlad bedömning)."""

    area: str
    value: int
    has_text: bool


@dataclass(frozen=True)
class ReturnContent:
    """All that a return says, but for its words."""

    nothing_to_report: bool
    answers: tuple[EntryAnswer, ...] = ()
    area_assessments: tuple[AssessedArea, ...] = ()
    risk_value: int | None = None

    @property
    def has_words(self) -> bool:
        """Whether anything was written in it, erased or not."""
        in_answers = any(each.has_text or each.has_measures for each in self.answers)
        return in_answers or any(each.has_text for each in self.area_assessments)

    def as_recorded(self) -> dict[str, Any]:
        return {
            "nothing_to_report": self.nothing_to_report,
            "answers": [{**each.__dict__} for each in self.answers],
            "area_assessments": [{**each.__dict__} for each in self.area_assessments],
            "risk_value": self.risk_value,
        }

    @classmethod
    def recorded(cls, told: dict[str, Any]) -> Self:
        return cls(
            nothing_to_report=told["nothing_to_report"],
            answers=tuple(EntryAnswer.recorded(each) for each in told["answers"]),
            area_assessments=tuple(AssessedArea(**each) for each in told["area_assessments"]),
            risk_value=told["risk_value"],
        )


@dataclass(frozen=True)
class ReturnedPeriod:
    """The period that a return is about, and the list it goes by; no list when there is nothing to report."""

    period: str
    starts_at: datetime
    ends_at: datetime
    checklist: str | None

    @classmethod
    def of(cls, period: ReportingPeriod, checklist: str | None) -> Self:
        return cls(str(period), period.starts_at, period.ends_at, checklist)


@dataclass(frozen=True)
class HandedIn:
    """By which door a return came, by whom, and whether its deadline had passed (sen)."""

    origin: Origin
    by_function: str | None
    is_late: bool

    @classmethod
    def recorded(cls, told: dict[str, Any]) -> Self:
        return cls(**{**told, "origin": Origin(told["origin"])})


class PeriodReturn(Aggregate):
    """A return (periodrapport): one function's checklist for one period. Done again it is a new revision."""

    TOPIC = "intake.period_return"

    class Event(Aggregate.Event):
        """Something that has happened to a return."""

        municipality: str

    class Written(Event):
        """What was handed in, whole; what is recorded is one of its two children."""

        TOPIC = "intake.period_return.written"
        about: dict[str, Any]
        reporter: dict[str, Any]
        content: dict[str, Any]
        handed_in: dict[str, Any]
        revision: int

    class Returned(Written, Aggregate.Created):
        """A function has gone through its checklist, or has nothing to report."""

        TOPIC = "intake.period_return.returned"

    # The library wants this name as soon as TOPIC is set.
    Created = Returned

    class Revised(Written):
        """The same function has done it again for the same period."""

        TOPIC = "intake.period_return.revised"

    class TextErased(Event):
        """The words of all revisions are gone; the values stay."""

        TOPIC = "intake.period_return.text_erased"
        by_function: str | None

    @classmethod
    def id_of(cls, municipality: str, period: str, *, function: str, checklist: str | None) -> UUID:
        """One for each function, period and list; without a list it says that there is nothing to report."""
        key = f"{municipality}:{period}:{function}:{checklist or ''}"
        return uuid5(NAMESPACE_URL, f"est:intake:period_return:{key}")

    @classmethod
    def create_id(cls, municipality: str, about: dict[str, Any], reporter: dict[str, Any]) -> UUID:
        """The library hands over what the first event is made of."""
        return cls.id_of(
            municipality, about["period"], function=reporter["function"], checklist=about["checklist"]
        )

    @classmethod
    def handed(
        cls,
        content: ReturnContent,
        *,
        about: ReturnedPeriod,
        by: Reporter,
        municipality: str,
        handed_in: HandedIn,
    ) -> Self:
        return cls(
            municipality=municipality,
            about={**about.__dict__},
            reporter=by.as_recorded(),
            content=content.as_recorded(),
            handed_in={**handed_in.__dict__},
            revision=1,
        )

    @event(Returned)
    def __init__(
        self,
        *,
        municipality: str,
        about: dict[str, Any],
        reporter: dict[str, Any],
        content: dict[str, Any],
        handed_in: dict[str, Any],
        revision: int,
    ) -> None:
        self.municipality = municipality
        self.about = ReturnedPeriod(**about)
        self.reporter = Reporter.recorded(reporter)
        self._take(content, handed_in, revision=revision)

    def revise(
        self, content: ReturnContent, *, by: Reporter, handed_in: HandedIn, from_revision: int | None
    ) -> None:
        """Say it anew; what was said before stands in the log, without its words."""
        if from_revision is not None and from_revision != self.revision:
            raise ReturnHasChanged
        self._revised(
            municipality=self.municipality,
            about={**self.about.__dict__},
            reporter=by.as_recorded(),
            content=content.as_recorded(),
            handed_in={**handed_in.__dict__},
            revision=self.revision + 1,
        )

    @event(Revised)
    def _revised(
        self,
        municipality: str,
        about: dict[str, Any],
        *,
        reporter: dict[str, Any],
        content: dict[str, Any],
        handed_in: dict[str, Any],
        revision: int,
    ) -> None:
        self.reporter = Reporter.recorded(reporter)
        self._take(content, handed_in, revision=revision)

    def erase_text(self, *, by_function: str | None) -> None:
        """Let the words be forgotten; asking again changes nothing."""
        if not self.text_is_erased:
            self._text_erased(municipality=self.municipality, by_function=by_function)

    @event(TextErased)
    def _text_erased(self, municipality: str, by_function: str | None) -> None:
        self.text_is_erased = True

    def _take(self, content: dict[str, Any], handed_in: dict[str, Any], *, revision: int) -> None:
        self.content = ReturnContent.recorded(content)
        self.handed_in = HandedIn.recorded(handed_in)
        self.revision = revision
        self.text_is_erased = False
