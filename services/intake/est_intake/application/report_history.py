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
from est_intake.domain.words_change import WordsChange


@dataclass(frozen=True)
class HistoryLine:
    """What happened, when and by which function; for an account also what it said, without the words."""

    position: int
    recorded_at: datetime
    step: ReportStep
    by_function: str | None
    incident: Incident | None = None
    has_text: bool = False
    #: What the account before a correction said.
    before: Incident | None = None
    #: The fields in which a correction says something else than the account before it.
    changed: tuple[str, ...] = ()
    words_change: WordsChange | None = None
    reason: WithdrawalReason | None = None
    duplicate_of: UUID | None = None


def history_of(events: Iterable[RecordedEvent]) -> Iterator[HistoryLine]:
    """Each event of a report as a line that a person can read."""
    account: HistoryLine | None = None
    for recorded in events:
        line = _line(recorded, account)
        account = line if line.incident is not None else account
        yield line


def _line(recorded: RecordedEvent, account: HistoryLine | None) -> HistoryLine:
    """With the account before it, if there was one."""
    event = recorded.event
    incident = Incident.recorded(event.incident) if hasattr(event, "incident") else None
    before = account.incident if account is not None and incident is not None else None
    has_text = getattr(event, "has_text", False)
    changed = tuple(_changed(before, incident)) if before and incident else ()
    return HistoryLine(
        position=recorded.position,
        recorded_at=recorded.recorded_at,
        step=STEPS[type(event)],
        by_function=_by_function(event),
        incident=incident,
        has_text=has_text,
        before=before,
        changed=changed,
        words_change=_told_words_change(event)
        or _shown_words_change(account, incident, has_text=has_text, changed=changed),
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


def _told_words_change(event: Any) -> WordsChange | None:
    told = getattr(event, "words_change", None)
    return WordsChange(told) if told is not None else None


def _shown_words_change(
    account: HistoryLine | None, incident: Incident | None, *, has_text: bool, changed: tuple[str, ...]
) -> WordsChange | None:
    """Of a correction that does not tell: that there are words or none, and one of no fact is of them."""
    if account is None or account.incident is None or incident is None:
        return None
    before = (account.has_text, account.incident.has_measures)
    after = (has_text, incident.has_measures)
    if after == before:
        return None if changed else WordsChange.REWRITTEN
    if sum(after) == sum(before):
        return WordsChange.REWRITTEN
    return WordsChange.ADDED if sum(after) > sum(before) else WordsChange.REMOVED
