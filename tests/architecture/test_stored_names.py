"""Names that are stored, and therefore never change.

An event's name stands in every database, a consumer's in every NATS server, a read model's in every schema.
Adding one is a new line here; changing or removing one breaks what somebody has stored.
"""

from __future__ import annotations

import re
import sys

import pytest
from eventsourcing.domain import Aggregate, CanMutateAggregate
from eventsourcing.utils import get_topic

from est_contracts.messages import Message
from house import SERVICES, all_subclasses, built, modules_of

AGGREGATES: dict[str, set[str]] = {
    "intake": {
        "intake.api_key",
        "intake.collaboration",
        "intake.count_block",
        "intake.device",
        "intake.incident_report",
        "intake.invitation",
        "intake.party_compilation",
        "intake.period_return",
        "intake.period_watch",
        "intake.public_report",
    },
    "compiler": {"compiler.compilation", "compiler.indicator_values", "compiler.situation_picture"},
    "analysis": {"analysis.measure", "analysis.problem"},
    "notifier": {
        "notifier.alert",
        "notifier.alert_letter",
        "notifier.distribution",
        "notifier.reminder_letter",
    },
}

EVENTS: dict[str, set[str]] = {
    "intake": {
        "intake.api_key.issued",
        "intake.api_key.revoked",
        "intake.collaboration.amended",
        "intake.collaboration.set_up",
        "intake.count_block.contributed",
        "intake.count_block.revised",
        "intake.count_block.text_erased",
        "intake.count_block.withdrawn",
        "intake.device.bound",
        "intake.device.let_go",
        "intake.incident_report.corrected",
        "intake.incident_report.looked_at",
        "intake.incident_report.marked_duplicate",
        "intake.incident_report.put_back",
        "intake.incident_report.reinstated",
        "intake.incident_report.submitted",
        "intake.incident_report.text_erased",
        "intake.incident_report.withdrawn",
        "intake.invitation.made",
        "intake.invitation.revoked",
        "intake.invitation.used",
        "intake.party_compilation.drafted",
        "intake.party_compilation.made_ready",
        "intake.party_compilation.redrafted",
        "intake.party_compilation.taken_back",
        "intake.party_compilation.text_erased",
        "intake.period_return.returned",
        "intake.period_return.revised",
        "intake.period_return.text_erased",
        "intake.period_watch.begun",
        "intake.period_watch.closed",
        "intake.period_watch.function_reminded",
        "intake.period_watch.moved",
        "intake.public_report.accepted",
        "intake.public_report.received",
        "intake.public_report.rejected",
    },
    "compiler": {
        "compiler.compilation.area_assessed",
        "compiler.compilation.indicators_taken",
        "compiler.compilation.level_set",
        "compiler.compilation.local_pictures_taken",
        "compiler.compilation.opened",
        "compiler.compilation.part_contributed",
        "compiler.compilation.part_withdrawn",
        "compiler.compilation.priority_valued",
        "compiler.compilation.published",
        "compiler.compilation.risk_valued",
        "compiler.compilation.row_removed",
        "compiler.compilation.row_written",
        "compiler.compilation.section_written",
        "compiler.compilation.sentence_adopted",
        "compiler.compilation.sentence_dropped",
        "compiler.compilation.signature_taken_back",
        "compiler.compilation.signed",
        "compiler.compilation.text_erased",
        "compiler.indicator_values.begun",
        "compiler.indicator_values.value_set",
        "compiler.situation_picture.corrected",
        "compiler.situation_picture.note_erased",
        "compiler.situation_picture.published",
    },
    "analysis": {
        "analysis.measure.completed",
        "analysis.measure.decided",
        "analysis.problem.confirmed",
        "analysis.problem.dismissed",
        "analysis.problem.evidence_renewed",
        "analysis.problem.flagged",
        "analysis.problem.flagged_again",
        "analysis.problem.words_erased",
    },
    "notifier": {
        "notifier.alert.acknowledged",
        "notifier.alert.escalated",
        "notifier.alert.exhausted",
        "notifier.alert.notified",
        "notifier.alert.raised",
        "notifier.alert.raised_again",
        "notifier.alert.restated",
        "notifier.alert.stood_down",
        "notifier.alert_letter.postponed",
        "notifier.alert_letter.prepared",
        "notifier.alert_letter.settled",
        "notifier.distribution.failed",
        "notifier.distribution.held",
        "notifier.distribution.postponed",
        "notifier.distribution.prepared",
        "notifier.distribution.resent",
        "notifier.distribution.sent",
        "notifier.reminder_letter.postponed",
        "notifier.reminder_letter.prepared",
        "notifier.reminder_letter.settled",
    },
}

CONSUMERS: dict[str, set[str]] = {
    "intake": {"intake_on_analysis", "intake_on_compiler"},
    "compiler": {"compiler_on_analysis", "compiler_on_intake"},
    "analysis": {"analysis_on_intake"},
    "notifier": {"notifier_on_analysis", "notifier_on_compiler", "notifier_on_intake"},
}

TIMERS: dict[str, set[str]] = {
    "intake": {"public_reports_overdue", "return_deadline", "return_reminder"},
    "compiler": set(),
    "analysis": set(),
    "notifier": {"alert_unanswered"},
}

READ_MODELS: dict[str, set[str]] = {
    "intake": {
        "api_keys_v2",
        "changes_v1",
        "collaboration_versions_v1",
        "collaborations_v2",
        "consequences_v2",
        "coverage_v1",
        "contributed_counts_v1",
        "period_returns_v1",
        "public_reports_v3",
        "seats_v1",
        "recent_reports_v3",
    },
    "compiler": {
        "collaborations_v2",
        "facts_v4",
        "problems_v1",
        "indicators_v1",
        "published_pictures_v3",
        "returns_v1",
    },
    "analysis": {"collaborations_v2", "measures_v1", "problems_v2", "weekly_counts_v3"},
    "notifier": {
        "alert_letters_v1",
        "alerts_v1",
        "collaborations_v1",
        "live_entries_v4",
        "outgoing_mail_v2",
        "problem_steps_v1",
        "reminder_letters_v2",
        "report_steps_v1",
    },
}


@pytest.mark.parametrize("service", SERVICES)
def test_every_stored_aggregate_name_is_listed(service: str) -> None:
    assert {topic_of(aggregate) for aggregate in of_service(service, Aggregate)} == AGGREGATES[service]


@pytest.mark.parametrize("service", SERVICES)
def test_every_stored_event_name_is_listed(service: str) -> None:
    assert {topic_of(event) for event in recorded_events(service)} == EVENTS[service]


@pytest.mark.parametrize("service", SERVICES)
def test_every_event_is_named_after_its_aggregate_and_in_the_past(service: str) -> None:
    strangers = [name for name in EVENTS[service] if name.rpartition(".")[0] not in AGGREGATES[service]]

    assert strangers == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_consumer_is_listed(service: str) -> None:
    subscriptions = built(service).subscriptions

    assert {subscriptions.consumer(upstream) for upstream in subscriptions.upstreams} == CONSUMERS[service]


@pytest.mark.parametrize("service", SERVICES)
def test_every_timer_is_listed(service: str) -> None:
    assert set(built(service).subscriptions.timers) == TIMERS[service]


@pytest.mark.parametrize("service", SERVICES)
def test_every_read_model_is_listed(service: str) -> None:
    assert {model.name for model in built(service).read_models} == READ_MODELS[service]


@pytest.mark.parametrize("service", SERVICES)
def test_every_read_model_carries_its_version(service: str) -> None:
    unversioned = [name for name in READ_MODELS[service] if not name.rpartition("_v")[2].isdigit()]

    assert unversioned == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_table_of_a_read_model_is_named_after_it(service: str) -> None:
    strangers = [
        table
        for model in built(service).read_models
        for table in re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\S+)", model.tables)
        if not model.owns(table)
    ]

    assert strangers == []


@pytest.mark.parametrize("service", SERVICES)
def test_no_table_belongs_to_two_read_models(service: str) -> None:
    models = built(service).read_models

    assert [one.name for one in models for other in models if one is not other and one.owns(other.name)] == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_read_model_hears_those_whose_messages_it_knows(service: str) -> None:
    """It is fed by nobody else: one that has not said so would stay empty."""
    heard = set(built(service).subscriptions.upstreams)
    wrong = [
        model.name
        for model in built(service).read_models
        if not messages_known_to(model) <= set(model.upstreams) <= heard
    ]

    assert wrong == []


def messages_known_to(model: object) -> set[str]:
    """The services whose messages a read model's module names."""
    known = vars(sys.modules[type(model).__module__]).values()
    kinds = [one for one in known if isinstance(one, type) and issubclass(one, Message)]
    return {kind.SERVICE for kind in kinds if kind is not Message}


def of_service(service: str, parent: type) -> list[type]:
    """The classes of a service that descend from one of the library's."""
    modules_of(f"est_{service}")
    return [child for child in all_subclasses(parent) if child.__module__.split(".")[0] == f"est_{service}"]


def recorded_events(service: str) -> list[type]:
    """What is written: every event class that no other event class of ours builds on."""
    events = of_service(service, CanMutateAggregate)
    return [event for event in events if not any(event in other.__bases__ for other in events)]


def topic_of(stored: type) -> str:
    """The name it is stored under. Without a TOPIC that would be the place of its module, with a colon."""
    return get_topic(stored)
