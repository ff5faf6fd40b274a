"""The history of one report, read from its own events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from est_chassis.event_store import RecordedEvent
from est_contracts.vocabulary import WithdrawalReason
from est_intake.domain.incident_report import Incident, IncidentReport
from est_intake.domain.report_steps import STEPS, ReportStep


@dataclass(frozen=True)
class HistoryLine:
    """What happened, when and by which function; for an account also what it said, without the words."""

    position: int
    recorded_at: datetime
    step: ReportStep
    by_function: str | None
    incident: Incident | None = None
    has_text: bool = False
    #: The fields in which a correction says something else than the account before it.
    changed: tuple[str, ...] = ()
    reason: WithdrawalReason | None = None
    duplicate_of: UUID | None = None


def history_of(events: Iterable[RecordedEvent]) -> Iterator[HistoryLine]:
    """Each event of a report as a line that a person can read."""
    before: Incident | None = None
    for recorded in events:
        line = _line(recorded, before)
        before = line.incident or before
        yield line


def _line(recorded: RecordedEvent, before: Incident | None) -> HistoryLine:
    event = recorded.event
    incident = Incident.recorded(event.incident) if hasattr(event, "incident") else None
    return HistoryLine(
        position=recorded.position,
        recorded_at=recorded.recorded_at,
        step=STEPS[type(event)],
        by_function=_by_function(event),
        incident=incident,
        has_text=getattr(event, "has_text", False),
        changed=tuple(_changed(before, incident)) if before and incident else (),
        reason=WithdrawalReason(event.reason) if hasattr(event, "reason") else None,
        duplicate_of=getattr(event, "duplicate_of", None),
    )


def _by_function(event: Any) -> str | None:
    acting: str | None
    if isinstance(event, IncidentReport.Submitted):
        acting = event.reporter.get("entered_by") or event.reporter["function"]
    else:
        acting = event.by_function
    return acting


def _changed(before: Incident, after: Incident) -> Iterator[str]:
    for name, value in after.__dict__.items():
        if getattr(before, name) != value:
            yield name
