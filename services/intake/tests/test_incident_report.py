"""An incident report: told once, then perhaps corrected, withdrawn, judged, its words erased."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import Mapper
from reported_incidents import FIELD_TEAM, REPORT_ID, another_report, told_report, vandalism_in_norrangen

from est_chassis import event_store
from est_chassis.event_store import RecordedEvent
from est_contracts.vocabulary import (
    Coordinates,
    Origin,
    Party,
    Theme,
    WithdrawalReason,
)
from est_intake.application.report_history import history_of
from est_intake.domain.collaboration import Reporter
from est_intake.domain.incident_report import IncidentReport
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
from est_intake.domain.report_steps import REPORT_STEP_WORDS, STEPS, ReportStep
from est_intake.domain.words_change import WordsChange


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


def corrected(report: IncidentReport, *, severity: int = 5, by_function: str = "faltgruppen") -> None:
    incident = replace(report.incident, severity=severity)
    report.correct(incident, has_text=report.has_text, words_change=None, by_function=by_function)


def test_a_withdrawn_report_takes_no_correction() -> None:
    report = told_report()
    report.withdraw(WithdrawalReason.MISTAKE, by_function="faltgruppen")

    with pytest.raises(ReportCountsNoMore):
        corrected(report)


def test_a_correction_of_what_has_been_corrected_since_is_refused() -> None:
    report = told_report()
    corrected(report)

    with pytest.raises(ReportHasChanged):
        report.correct(
            vandalism_in_norrangen(), has_text=True, words_change=None, by_function=None, from_revision=1
        )


def test_an_erased_report_takes_no_new_words() -> None:
    report = told_report()
    report.erase_text(by_function="samordnaren")

    with pytest.raises(WordsAreErased):
        report.correct(
            report.incident, has_text=True, words_change=WordsChange.REWRITTEN, by_function="faltgruppen"
        )


def test_a_correction_to_the_same_is_none() -> None:
    report = told_report()

    report.correct(
        vandalism_in_norrangen(), has_text=True, words_change=None, by_function=None, from_revision=7
    )

    assert (report.version, report.revision) == (1, 1)


def test_each_correction_is_a_revision_and_the_first_account_is_remembered() -> None:
    report = told_report()
    corrected(report, severity=4)
    corrected(report, severity=5)

    assert (report.revision, report.incident.severity) == (3, 5)
    assert report.first_told == vandalism_in_norrangen()


def test_a_report_is_no_duplicate_of_itself() -> None:
    report = told_report()

    with pytest.raises(ReportIsItsOwnDuplicate):
        report.mark_duplicate(report, by_function="samordnaren")


def test_a_report_is_no_duplicate_of_one_that_does_not_count() -> None:
    withdrawn, duplicate = another_report(), another_report()
    withdrawn.withdraw(WithdrawalReason.MISTAKE, by_function=None)
    duplicate.duplicate_of = REPORT_ID

    with pytest.raises(OriginalIsWithdrawn):
        told_report().mark_duplicate(withdrawn, by_function="samordnaren")
    with pytest.raises(OriginalIsADuplicate):
        told_report().mark_duplicate(duplicate, by_function="samordnaren")


def test_a_withdrawn_report_is_not_marked_a_duplicate() -> None:
    report = told_report()
    report.withdraw(WithdrawalReason.MISTAKE, by_function=None)

    with pytest.raises(ReportCountsNoMore):
        report.mark_duplicate(another_report(), by_function="samordnaren")


def test_a_duplicate_is_a_duplicate_of_one_report_only() -> None:
    report = told_report()
    report.mark_duplicate(another_report(), by_function="samordnaren")
    third = IncidentReport.told(
        vandalism_in_norrangen(),
        by=FIELD_TEAM,
        municipality="9901",
        report_id=UUID("77777777-6a3c-4b0e-93a0-0d6d8b0f8f22"),
        has_text=False,
        source=None,
    )

    report.mark_duplicate(another_report(), by_function="samordnaren")
    with pytest.raises(ReportIsADuplicateOfAnother):
        report.mark_duplicate(third, by_function="samordnaren")
    assert (report.version, report.counts) == (2, False)


def test_reinstating_what_counts_changes_nothing() -> None:
    report = told_report()

    report.reinstate(by_function="samordnaren")

    assert report.version == 1


def test_a_reinstated_report_counts_whatever_kept_it_from_counting() -> None:
    report = told_report()
    report.mark_duplicate(another_report(), by_function="samordnaren")
    report.withdraw(WithdrawalReason.OTHER, by_function="faltgruppen")

    report.reinstate(by_function="samordnaren")

    assert (report.counts, report.duplicate_of, report.withdrawn_because) == (True, None, None)


def test_a_report_is_looked_at_once() -> None:
    report = told_report()

    report.look_at(by_function="samordnaren")
    report.look_at(by_function="kommunpolisen")

    assert (report.is_looked_at, report.version) == (True, 2)


def test_a_report_that_was_looked_at_is_put_back_and_can_be_looked_at_again() -> None:
    report = told_report()
    report.put_back(by_function="samordnaren")
    before = report.version

    report.look_at(by_function="samordnaren")
    for _twice in range(2):
        report.put_back(by_function="kommunpolisen")
    is_looked_at, version = report.is_looked_at, report.version
    report.look_at(by_function="samordnaren")

    assert (before, is_looked_at, version) == (1, False, 3)
    assert report.is_looked_at


@pytest.mark.parametrize(
    ("by_function", "is_still_looked_at"), [("faltgruppen", False), ("samordnaren", True)]
)
def test_what_its_own_function_corrects_is_to_be_looked_at_again(
    by_function: str, is_still_looked_at: bool
) -> None:
    report = told_report()
    report.look_at(by_function="samordnaren")

    corrected(report, by_function=by_function)

    assert report.is_looked_at is is_still_looked_at


def test_erasing_is_done_once_and_only_where_there_were_words() -> None:
    with_words, without = told_report(), another_report()

    for report in (with_words, with_words, without):
        report.erase_text(by_function="samordnaren")

    assert (with_words.text_is_erased, with_words.version) == (True, 2)
    assert (without.text_is_erased, without.version) == (False, 1)


def test_every_event_is_read_back_the_same_in_value_and_type() -> None:
    report, original = told_report(), another_report()
    incident = replace(
        report.incident,
        point=Coordinates(longitude=13.31, latitude=58.945),
        happened_until=datetime(2026, 11, 20, 22, 40, tzinfo=UTC),
        place="torget",
        has_measures=True,
        origin=Origin.MEETING,
        sent_together=REPORT_ID,
    )
    report.look_at(by_function="samordnaren")
    report.correct(incident, has_text=False, words_change=WordsChange.REWRITTEN, by_function="faltgruppen")
    report.look_at(by_function="samordnaren")
    report.mark_duplicate(original, by_function="samordnaren")
    report.erase_text(by_function=None)
    read_back = stored_and_read(report)

    assert read_back.incident == incident
    assert type(read_back.incident.point) is Coordinates
    assert type(read_back.incident.origin) is Origin
    assert (read_back.duplicate_of, read_back.revision, read_back.has_text) == (original.report_id, 2, False)
    assert (read_back.is_looked_at, read_back.text_is_erased, read_back.first_told) == (
        True,
        True,
        vandalism_in_norrangen(),
    )


def test_an_event_recorded_before_there_were_points_and_measures_can_be_read() -> None:
    submitted: Any = told_report().collect_events()[0]
    for name in ("happened_until", "place", "point", "has_measures", "origin", "sent_together"):
        del submitted.incident[name]

    read_back = submitted.mutate(None)

    assert isinstance(read_back, IncidentReport)
    assert read_back.incident == replace(vandalism_in_norrangen(), origin=Origin.IMPORT)


def test_of_a_correction_recorded_before_it_told_the_history_says_what_can_be_seen() -> None:
    report = told_report()
    corrected(report)
    report.correct(report.incident, has_text=True, words_change=WordsChange.REWRITTEN, by_function=None)
    report.correct(report.incident, has_text=False, words_change=WordsChange.REMOVED, by_function=None)
    events: list[Any] = list(report.collect_events())
    for correction in events[1:]:
        del correction.__dict__["words_change"]

    lines = history_of(RecordedEvent(position, event) for position, event in enumerate(events, start=1))

    assert [line.words_change for line in lines] == [None, None, WordsChange.REWRITTEN, WordsChange.REMOVED]


def test_who_wrote_it_down_for_another_is_read_back() -> None:
    written_down = replace(FIELD_TEAM, entered_by="samordnaren")

    assert Reporter.recorded(written_down.as_recorded()) == written_down
    assert "entered_by" not in FIELD_TEAM.as_recorded()


@pytest.mark.parametrize("kind", list(STEPS))
def test_no_event_of_a_report_has_room_for_free_text(kind: type[IncidentReport.Event]) -> None:
    fields = {
        name
        for each in kind.__mro__
        if each.__module__ == kind.__module__
        for name in vars(each).get("__annotations__", {})
    }

    assert {"municipality", "report_id"} < fields
    assert fields <= {
        "municipality", "report_id", "by_function", "duplicate_of", "has_text", "incident", "reason",
        "reporter", "revision", "source", "words_change",
    }  # fmt: skip


def test_every_event_of_a_report_is_a_step_of_its_history() -> None:
    events = [each for each in vars(IncidentReport).values() if isinstance(each, type)]

    assert {each for each in events if getattr(each, "TOPIC", None)} == set(STEPS)
    assert set(STEPS.values()) == set(ReportStep) == set(REPORT_STEP_WORDS)


def stored_and_read(report: IncidentReport) -> IncidentReport:
    """Through the form in which the event store keeps events."""
    mapper: Mapper[UUID] = Mapper(event_store._transcoder())
    read_back: Any = None
    for event in report.collect_events():
        stored: Any = mapper.to_domain_event(mapper.to_stored_event(event))
        read_back = stored.mutate(read_back)
    assert isinstance(read_back, IncidentReport)
    return read_back
