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
    Rejected,
    Scope,
    Tense,
    Theme,
    WithdrawalReason,
    Words,
)
from est_intake.domain.collaboration import Reporter


class ReportIsWithdrawn(Rejected):
    """The report has been withdrawn already, and for another reason."""

    code = "report_is_withdrawn"
    words = Words(
        sv="Rapporten är redan återtagen av ett annat skäl.",
        en="The report has already been withdrawn for another reason.",
    )


class ReportSaysSomethingElse(Rejected):
    """Another report has been recorded under the same report_id."""

    code = "report_says_something_else"
    words = Words(
        sv="Det finns redan en rapport med detta report_id och annat innehåll. Ge den nya ett nytt id.",
        en="There is already a report with this report_id and other content. Give the new report a new id.",
    )


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
    def recorded(cls, told: dict[str, Any]) -> Self:
        return cls(
            **{
                **told,
                "theme": Theme(told["theme"]),
                "polarity": Polarity(told["polarity"]),
                "scope": Scope(told["scope"]),
                "tense": Tense(told["tense"]),
                "point": Coordinates.model_validate(told["point"]) if told.get("point") else None,
                "origin": Origin(told.get("origin", Origin.PROGRAM)),
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
            reporter={**by.__dict__},
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
        self.incident = Incident.recorded(incident)
        self.has_text = has_text
        self.source = source
        self.withdrawn_because: WithdrawalReason | None = None

    def withdraw(self, reason: WithdrawalReason, *, by_function: str | None) -> None:
        """Let the report count no longer; asking for the same again changes nothing."""
        if self.withdrawn_because == reason:
            return
        if self.withdrawn_because is not None:
            raise ReportIsWithdrawn
        self._withdrawn(
            municipality=self.municipality, report_id=self.report_id, reason=reason, by_function=by_function
        )

    @event(Withdrawn)
    def _withdrawn(self, municipality: str, report_id: UUID, reason: str, by_function: str | None) -> None:
        self.withdrawn_because = WithdrawalReason(reason)
