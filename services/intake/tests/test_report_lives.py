"""One report's life: what the shared examples take for granted is what the rules of a report allow."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from reported_incidents import another_report, told_report

from est_contracts.example_lives import ReportLife, Step
from est_contracts.vocabulary import WithdrawalReason
from est_contracts.vocabulary.refusals import Rejected
from est_intake.domain.incident_report import IncidentReport

AFTERWARDS = tuple(step for step in Step if step != Step.TOLD)


def take(step: Step, report: IncidentReport) -> bool:
    """Let it happen to the report, each time with something new; tells whether anything has happened."""
    before = report.version
    try:
        _take(step, report)
    except Rejected:
        return False
    return report.version > before


def _take(step: Step, report: IncidentReport) -> None:
    match step:
        case Step.CORRECTED:
            incident = replace(report.incident, severity=(report.incident.severity or 0) % 5 + 1)
            report.correct(incident, has_text=True, has_new_words=False, by_function="faltgruppen")
        case Step.MARKED_DUPLICATE:
            report.mark_duplicate(another_report(), by_function="samordnaren")
        case Step.WITHDRAWN:
            report.withdraw(WithdrawalReason.OTHER, by_function="samordnaren")
        case Step.REINSTATED:
            report.reinstate(by_function="samordnaren")
        case Step.TEXT_ERASED:
            report.erase_text(by_function="samordnaren")


@given(st.lists(st.sampled_from(AFTERWARDS), max_size=12))
def test_what_may_become_of_a_report_is_what_its_rules_allow(wanted: list[Step]) -> None:
    report, life = told_report(), ReportLife().after(Step.TOLD)

    for step in wanted:
        allowed = step in life.steps_ahead
        assert take(step, report) == allowed
        life = life.after(step) if allowed else life

    assert report.counts == life.counts
