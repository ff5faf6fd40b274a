"""Reports as they stand in the log after whatever has become of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from reported_incidents import FIELD_TEAM, vandalism_in_norrangen

from est_chassis.event_store import RecordedEvent
from est_contracts.example_lives import Step, Turn, steps_of
from est_contracts.examples import example_id
from est_contracts.vocabulary import WithdrawalReason
from est_contracts.vocabulary.refusals import Rejected
from est_intake.domain.incident_report import IncidentReport
from est_intake.domain.words_change import WordsChange

MUNICIPALITY = "9901"


def told(number: int, says: Mapping[str, Any]) -> IncidentReport:
    return IncidentReport.told(
        replace(vandalism_in_norrangen(), **says),
        by=FIELD_TEAM,
        municipality=MUNICIPALITY,
        report_id=example_id(f"life/{number}"),
        has_text=True,
        source=None,
    )


def take(step: Step, report: IncidentReport, says: Mapping[str, Any]) -> bool:
    """Let it happen to the report; tells whether anything has happened."""
    before = report.version
    try:
        _take(step, report, says)
    except Rejected:
        return False
    return report.version > before


def _take(step: Step, report: IncidentReport, says: Mapping[str, Any]) -> None:
    match step:
        case Step.CORRECTED:
            # New words are a correction too, also when the incident stays as it was.
            incident = replace(report.incident, **says)
            report.correct(
                incident,
                has_text=True,
                words_change=None
                if report.text_is_erased or incident != report.incident
                else WordsChange.REWRITTEN,
                by_function="faltgruppen",
            )
        case Step.MARKED_DUPLICATE:
            report.mark_duplicate(told(99, {}), by_function="samordnaren")
        case Step.WITHDRAWN:
            report.withdraw(WithdrawalReason.OTHER, by_function="samordnaren")
        case Step.REINSTATED:
            report.reinstate(by_function="samordnaren")
        case Step.TEXT_ERASED:
            report.erase_text(by_function="samordnaren")
        case Step.TOLD:
            raise AssertionError("a report is told once")


def recorded_lives(turns: Sequence[Turn]) -> list[RecordedEvent]:
    """The events of the reports, in the order of the turns; a turn that changes nothing leaves none."""
    reports: dict[int, IncidentReport] = {}
    events: list[RecordedEvent] = []
    for turn, step in steps_of(turns):
        if step == Step.TOLD:
            reports[turn.report] = told(turn.report, turn.says)
        else:
            take(step, reports[turn.report], turn.says)
        for event in reports[turn.report].collect_events():
            events.append(RecordedEvent(len(events) + 1, event))
    return events
