"""What a reporter has told of, and what may be done with it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.vocabulary import (
    Coordinates,
    Origin,
    Polarity,
    Scope,
    Tense,
    Theme,
    WithdrawalReason,
)
from est_intake.domain.collaboration import Reporter
from est_intake.domain.report_refusals import (
    OriginalIsADuplicate,
    OriginalIsWithdrawn,
    ReportCountsNoMore,
    ReportHasChanged,
    ReportIsADuplicateOfAnother,
    ReportIsItsOwnDuplicate,
    ReportIsWithdrawn,
    WordsAreErased,
)
from est_intake.domain.words_change import WordsChange


@dataclass(frozen=True)
class Incident:
    """What was seen, where, when and how serious (händelse), with the entry's meaning when it was told."""

    checklist_entry: str
    theme: Theme
    polarity: Polarity
    scope: Scope
    tense: Tense
    area: str | None
    severity: int | None
    happened_at: datetime
    happened_until: datetime | None = None
    place: str | None = None
    point: Coordinates | None = None
    has_measures: bool = False
    origin: Origin = Origin.PROGRAM
    sent_together: UUID | None = None

    def as_recorded(self) -> dict[str, Any]:
        point = self.point.model_dump() if self.point is not None else None
        return {**self.__dict__, "point": point}

    @classmethod
    def recorded(cls, told: dict[str, Any], *, source: str | None = None) -> Self:
        # Before origins were recorded, only imports had a source.
        was_imported = Origin.PROGRAM if source is None else Origin.IMPORT
        return cls(
            **{
                **told,
                "theme": Theme(told["theme"]),
                "polarity": Polarity(told["polarity"]),
                "scope": Scope(told["scope"]),
                "tense": Tense(told["tense"]),
                "point": Coordinates.model_validate(told["point"]) if told.get("point") else None,
                "origin": Origin(told.get("origin", was_imported)),
            }
        )


class IncidentReport(Aggregate):
    """An incident report (inrapportering): one account of one incident. Its free text lies beside the log."""

    TOPIC = "intake.incident_report"

    class Event(Aggregate.Event):
        """Something that has happened to a report."""

        municipality: str
        report_id: UUID

    class Submitted(Event, Aggregate.Created):
        """A reporter has told of an incident."""

        TOPIC = "intake.incident_report.submitted"
        reporter: dict[str, Any]
        incident: dict[str, Any]
        has_text: bool
        source: str | None

    # The library wants this name as soon as TOPIC is set.
    Created = Submitted

    class Withdrawn(Event):
        """The report no longer counts."""

        TOPIC = "intake.incident_report.withdrawn"
        reason: str
        by_function: str | None

    class Corrected(Event):
        """The report says this instead."""

        TOPIC = "intake.incident_report.corrected"
        reporter: dict[str, Any]
        incident: dict[str, Any]
        has_text: bool
        source: str | None
        revision: int
        by_function: str | None
        #: Not said of corrections that were recorded before it was.
        words_change: str | None = None

    class MarkedDuplicate(Event):
        """A person found that another report tells of the same incident."""

        TOPIC = "intake.incident_report.marked_duplicate"
        duplicate_of: UUID
        by_function: str | None

    class Reinstated(Event):
        """The report counts again."""

        TOPIC = "intake.incident_report.reinstated"
        by_function: str | None

    class LookedAt(Event):
        """A coordinator has gone through the report."""

        TOPIC = "intake.incident_report.looked_at"
        by_function: str | None

    class PutBack(Event):
        """It waits to be looked at again: a coordinator had not gone through it after all."""

        TOPIC = "intake.incident_report.put_back"
        by_function: str | None

    class TextErased(Event):
        """The words are gone for good."""

        TOPIC = "intake.incident_report.text_erased"
        by_function: str | None

    @classmethod
    def create_id(cls, municipality: str, report_id: UUID) -> UUID:
        """From the sender's own ID, so that a repeat meets what was recorded the first time."""
        return uuid5(NAMESPACE_URL, f"est:intake:incident_report:{municipality}:{report_id}")

    @classmethod
    def told(
        cls,
        incident: Incident,
        *,
        by: Reporter,
        municipality: str,
        report_id: UUID,
        has_text: bool,
        source: str | None,
    ) -> Self:
        return cls(
            municipality=municipality,
            report_id=report_id,
            reporter=by.as_recorded(),
            incident=incident.as_recorded(),
            has_text=has_text,
            source=source,
        )

    @event(Submitted)
    def __init__(
        self,
        *,
        municipality: str,
        report_id: UUID,
        reporter: dict[str, Any],
        incident: dict[str, Any],
        has_text: bool,
        source: str | None,
    ) -> None:
        self.municipality = municipality
        self.report_id = report_id
        # Parties and themes are stored as plain text.
        self.reporter = Reporter.recorded(reporter)
        self.incident = self.first_told = Incident.recorded(incident, source=source)
        self.has_text = self.first_had_text = has_text
        self.source = source
        self.revision = 1
        self.withdrawn_because: WithdrawalReason | None = None
        self.withdrawn_by: str | None = None
        self.duplicate_of: UUID | None = None
        self.is_looked_at = False
        self.text_is_erased = False

    @property
    def counts(self) -> bool:
        """Whether it is part of pictures and statistics."""
        return self.withdrawn_because is None and self.duplicate_of is None

    # What a report shares with its row in a list.
    @property
    def checklist_entry(self) -> str:
        return self.incident.checklist_entry

    @property
    def theme(self) -> Theme:
        return self.incident.theme

    @property
    def area(self) -> str | None:
        return self.incident.area

    @property
    def point(self) -> Coordinates | None:
        return self.incident.point

    @property
    def happened_at(self) -> datetime:
        return self.incident.happened_at

    @property
    def function(self) -> str:
        return self.reporter.function

    @property
    def sent_together(self) -> UUID | None:
        return self.incident.sent_together

    @property
    def has_words(self) -> bool:
        """Whether anything was written in it, erased or not."""
        return self.has_text or self.incident.has_measures

    def correct(
        self,
        incident: Incident,
        *,
        has_text: bool,
        words_change: WordsChange | None,
        by_function: str | None,
        from_revision: int | None = None,
    ) -> None:
        """Let the report say this instead; the same again changes nothing."""
        if self.withdrawn_because is not None:
            raise ReportCountsNoMore
        if incident == self.incident and has_text == self.has_text and words_change is None:
            return
        if from_revision is not None and from_revision != self.revision:
            raise ReportHasChanged
        if self.text_is_erased and words_change is not None:
            raise WordsAreErased
        # It tells the whole report again, for whoever hears only of the correction.
        self.trigger_event(
            self.Corrected,
            **self._whose(by_function),
            reporter=self.reporter.as_recorded(),
            incident=incident.as_recorded(),
            has_text=has_text,
            source=self.source,
            revision=self.revision + 1,
            words_change=words_change,
        )

    @event(Corrected)
    def _corrected(
        self, incident: dict[str, Any], has_text: bool, revision: int, by_function: str | None
    ) -> None:
        self.incident = Incident.recorded(incident)
        self.has_text = has_text
        self.revision = revision
        # What its own function changes is new to the coordinators; their own changes they have seen.
        self.is_looked_at = self.is_looked_at and by_function != self.reporter.function

    def withdraw(self, reason: WithdrawalReason, *, by_function: str | None) -> None:
        """Let the report count no longer; asking for the same again changes nothing."""
        if self.withdrawn_because == reason:
            return
        if self.withdrawn_because is not None:
            raise ReportIsWithdrawn
        self._withdrawn(**self._whose(by_function), reason=reason)

    @event(Withdrawn)
    def _withdrawn(self, municipality: str, report_id: UUID, reason: str, by_function: str | None) -> None:
        self.withdrawn_because = WithdrawalReason(reason)
        self.withdrawn_by = by_function

    def mark_duplicate(self, original: IncidentReport, *, by_function: str | None) -> None:
        """Let the other report stand for the incident; asking for the same again changes nothing."""
        if original.id == self.id:
            raise ReportIsItsOwnDuplicate
        if self.duplicate_of == original.report_id:
            return
        if self.withdrawn_because is not None:
            raise ReportCountsNoMore
        if self.duplicate_of is not None:
            raise ReportIsADuplicateOfAnother
        if original.withdrawn_because is not None:
            raise OriginalIsWithdrawn
        if original.duplicate_of is not None:
            raise OriginalIsADuplicate
        self._marked_duplicate(**self._whose(by_function), duplicate_of=original.report_id)

    @event(MarkedDuplicate)
    def _marked_duplicate(
        self, municipality: str, report_id: UUID, duplicate_of: UUID, by_function: str | None
    ) -> None:
        self.duplicate_of = duplicate_of

    def reinstate(self, *, by_function: str | None) -> None:
        """Let the report count again; one that counts stays as it is."""
        if not self.counts:
            self._reinstated(**self._whose(by_function))

    @event(Reinstated)
    def _reinstated(self, municipality: str, report_id: UUID, by_function: str | None) -> None:
        self.withdrawn_because = self.withdrawn_by = self.duplicate_of = None

    def look_at(self, *, by_function: str | None) -> None:
        """A coordinator has gone through it; once is enough."""
        if not self.is_looked_at:
            self._looked_at(**self._whose(by_function))

    @event(LookedAt)
    def _looked_at(self, municipality: str, report_id: UUID, by_function: str | None) -> None:
        self.is_looked_at = True

    def put_back(self, *, by_function: str | None) -> None:
        """Let it wait to be looked at again; one that waits already stays as it is."""
        if self.is_looked_at:
            self._put_back(**self._whose(by_function))

    @event(PutBack)
    def _put_back(self, municipality: str, report_id: UUID, by_function: str | None) -> None:
        self.is_looked_at = False

    def erase_text(self, *, by_function: str | None) -> None:
        """Let the words be gone for good; what is erased, or never had words, stays as it is."""
        if self.has_words and not self.text_is_erased:
            self._text_erased(**self._whose(by_function))

    @event(TextErased)
    def _text_erased(self, municipality: str, report_id: UUID, by_function: str | None) -> None:
        self.text_is_erased = True

    def _whose(self, by_function: str | None) -> dict[str, Any]:
        return {
            "municipality": self.municipality,
            "report_id": self.report_id,
            "by_function": by_function,
        }
