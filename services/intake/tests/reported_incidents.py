"""A report as it stands in the log, for tests that need no database."""

from datetime import UTC, datetime
from uuid import UUID

from est_contracts.vocabulary import Party, Polarity, Scope, Tense, Theme
from est_intake.domain.collaboration import Reporter
from est_intake.domain.incident_report import Incident, IncidentReport

REPORT_ID = UUID("0c2d6f0e-2f0b-4a43-9a51-2a1a5c3f6c11")
FIELD_TEAM = Reporter("faltgruppen", "valboas_kommun", Party.MUNICIPALITY)


def vandalism_in_norrangen() -> Incident:
    return Incident(
        checklist_entry="orebro.1",
        theme=Theme.VANDALISM,
        polarity=Polarity.NEGATIVE,
        scope=Scope.PLACE,
        tense=Tense.OCCURRED,
        area="9901R002",
        severity=3,
        happened_at=datetime(2026, 11, 20, 20, 40, tzinfo=UTC),
    )


def told_report() -> IncidentReport:
    return IncidentReport.told(
        vandalism_in_norrangen(),
        by=FIELD_TEAM,
        municipality="9901",
        report_id=REPORT_ID,
        has_text=True,
        source="app:17",
    )


def another_report() -> IncidentReport:
    return IncidentReport.told(
        vandalism_in_norrangen(),
        by=FIELD_TEAM,
        municipality="9901",
        report_id=UUID("5f0f1a58-6a3c-4b0e-93a0-0d6d8b0f8f22"),
        has_text=False,
        source=None,
    )
