"""When a function may sign for a seat that is not its own."""

from __future__ import annotations

from datetime import datetime

from est_contracts.vocabulary import STOCKHOLM, NotInTheCollaboration, ReportingPeriod
from est_intake.domain.collaboration import SetUpInUse


def stands_in(
    function_id: str, *, by: str | None, set_up: SetUpInUse, period: ReportingPeriod | None, now: datetime
) -> bool:
    """In its period of duty (tjänstgöringsperiod), or as the substitute once the deadline has passed."""
    if by is None or by == function_id:
        return False
    if fills(function_id, by=by, set_up=set_up, now=now):
        return True
    try:
        substitute = set_up.document.function(function_id).substitute
    except NotInTheCollaboration:
        return False
    return substitute == by and period is not None and now >= set_up.due_at(period)


def fills(function_id: str, *, by: str | None, set_up: SetUpInUse, now: datetime) -> bool:
    """Its own function, or the one that is on duty in its place today."""
    today = now.astimezone(STOCKHOLM).date()
    return by == function_id or set_up.document.filled_by(function_id, today) == by


def seats_stood_in_for(by: str | None, *, set_up: SetUpInUse, now: datetime) -> tuple[str, ...]:
    """The seats that a function may sign for now, about the period that was due last."""
    period = set_up.period_awaited(now).previous
    return tuple(
        each.function_id
        for each in set_up.document.functions
        if stands_in(each.function_id, by=by, set_up=set_up, period=period, now=now)
    )
