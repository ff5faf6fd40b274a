"""An incident report: told once, perhaps withdrawn, never changed."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from est_contracts.vocabulary import Party, Polarity, Scope, Tense, Theme, WithdrawalReason
from est_intake.domain.collaboration import Reporter
from est_intake.domain.incident_report import Incident, IncidentReport, ReportIsWithdrawn

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


def test_a_withdrawn_report_is_not_withdrawn_for_another_reason() -> None:
    report = told_report()
    report.withdraw(WithdrawalReason.MISTAKE, by_function="faltgruppen")

    with pytest.raises(ReportIsWithdrawn):
        report.withdraw(WithdrawalReason.DUPLICATE, by_function="samordnaren")


def test_withdrawing_twice_for_the_same_reason_happens_once() -> None:
    report = told_report()
    report.withdraw(WithdrawalReason.DUPLICATE, by_function="samordnaren")

    report.withdraw(WithdrawalReason.DUPLICATE, by_function="samordnaren")

    assert report.version == 2


def test_the_senders_id_decides_the_reports_own() -> None:
    assert told_report().id == IncidentReport.create_id("9901", REPORT_ID)
    assert IncidentReport.create_id("9902", REPORT_ID) != IncidentReport.create_id("9901", REPORT_ID)


def test_a_report_read_back_is_the_same_in_value_and_type() -> None:
    report = told_report()
    report.withdraw(WithdrawalReason.OTHER, by_function=None)
    read_back: IncidentReport | None = None

    for event in report.collect_events():
        read_back = event.mutate(read_back)

    assert read_back is not None
    assert (read_back.incident, read_back.reporter) == (vandalism_in_norrangen(), FIELD_TEAM)
    assert type(read_back.incident.theme) is Theme
    assert type(read_back.reporter.party) is Party
    assert read_back.withdrawn_because is WithdrawalReason.OTHER


def test_no_event_has_room_for_free_text() -> None:
    fields = IncidentReport.Submitted.__annotations__ | IncidentReport.Event.__annotations__

    assert set(fields) == {"municipality", "report_id", "reporter", "incident", "has_text", "source"}
