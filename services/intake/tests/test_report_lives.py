"""One report's life: what the shared examples take for granted is what the rules of a report allow."""

from hypothesis import given
from hypothesis import strategies as st
from lived_reports import take, told

from est_contracts.example_lives import ReportLife, Step

AFTERWARDS = tuple(step for step in Step if step != Step.TOLD)


@given(st.lists(st.sampled_from(AFTERWARDS), max_size=12))
def test_what_may_become_of_a_report_is_what_its_rules_allow(wanted: list[Step]) -> None:
    report, life = told(1, {}), ReportLife().after(Step.TOLD)

    for step in wanted:
        allowed = step in life.steps_ahead
        assert take(step, report, {"severity": (report.incident.severity or 0) % 5 + 1}) == allowed
        life = life.after(step) if allowed else life

    assert report.counts == life.counts
