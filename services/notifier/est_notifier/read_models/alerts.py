"""Which alerts there are, who has been called, and who answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_notifier.domain.alerts import Alert, AlertState


class Alerts(ReadModel):
    """The alerts (larm) of each municipality."""

    name: ClassVar[str] = "alerts_v1"
    tables: ClassVar[str] = """
        CREATE TABLE alerts_v1 (
            alert_id uuid PRIMARY KEY,
            municipality text NOT NULL,
            cause text NOT NULL,
            concerns uuid NOT NULL,
            theme text NOT NULL,
            area text,
            severity integer,
            happened_at timestamptz NOT NULL,
            raised_at timestamptz NOT NULL,
            state text NOT NULL,
            step integer NOT NULL,
            called text[] NOT NULL,
            answer_by timestamptz,
            acknowledged_by text,
            acknowledged_at timestamptz
        );
        CREATE INDEX alerts_v1_by_municipality ON alerts_v1 (municipality, raised_at);
        CREATE INDEX alerts_v1_by_concerns ON alerts_v1 (concerns)
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            if isinstance(fact, RecordedEvent) and type(fact.event) in _CHANGES:
                event = fact.event
                told = vars(event) | {"alert_id": event.originator_id}
                cursor.execute(_CHANGES[type(event)], told)


@dataclass(frozen=True, kw_only=True)
class AlertView:
    """One alert, as one may ask for it."""

    alert_id: UUID
    municipality: str
    cause: str
    concerns: UUID
    theme: str
    area: str | None
    severity: int | None
    happened_at: datetime
    raised_at: datetime
    state: AlertState
    step: int
    called: tuple[str, ...]
    answer_by: datetime | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None


def alerts_of(
    cursor: Cursor, municipality: str, *, states: Sequence[AlertState] = tuple(AlertState), limit: int = 100
) -> list[AlertView]:
    """The municipality's alerts, the latest first."""
    rows = cursor.execute(
        """
        SELECT * FROM alerts_v1 WHERE municipality = %s AND state = ANY(%s)
        ORDER BY raised_at DESC, alert_id LIMIT %s
        """,
        (municipality, [str(state) for state in states], limit),
    ).fetchall()
    return [_view(row) for row in rows]


def alert_by_id(cursor: Cursor, municipality: str, alert_id: UUID) -> AlertView | None:
    row = cursor.execute(
        "SELECT * FROM alerts_v1 WHERE municipality = %s AND alert_id = %s", (municipality, alert_id)
    ).fetchone()
    return _view(row) if row else None


def _view(row: Mapping[str, Any]) -> AlertView:
    told = dict(row)
    return AlertView(**told | {"state": AlertState(told["state"]), "called": tuple(told["called"])})


_CHANGES: Mapping[Callable[..., object], str] = {
    Alert.Raised: """
        INSERT INTO alerts_v1 (alert_id, municipality, cause, concerns, theme, area, severity,
            happened_at, raised_at, state, step, called)
        VALUES (%(alert_id)s, %(municipality)s, %(cause)s, %(concerns)s, %(theme)s, %(area)s, %(severity)s,
            %(happened_at)s, %(raised_at)s, 'open', 0, '{}')
    """,
    Alert.Notified: """
        UPDATE alerts_v1 SET step = %(step)s, answer_by = %(answer_by)s, called = called || %(function)s::text
        WHERE alert_id = %(alert_id)s
    """,
    Alert.Acknowledged: """
        UPDATE alerts_v1
        SET state = 'acknowledged', acknowledged_by = %(function)s, acknowledged_at = %(acknowledged_at)s
        WHERE alert_id = %(alert_id)s
    """,
    Alert.Exhausted: "UPDATE alerts_v1 SET state = 'exhausted' WHERE alert_id = %(alert_id)s",
    Alert.StoodDown: "UPDATE alerts_v1 SET state = 'stood_down' WHERE alert_id = %(alert_id)s",
    Alert.RaisedAgain: """
        UPDATE alerts_v1
        SET state = 'open', called = '{}', answer_by = NULL, raised_at = %(raised_at)s,
            theme = %(theme)s, area = %(area)s, severity = %(severity)s, happened_at = %(happened_at)s
        WHERE alert_id = %(alert_id)s
    """,
    Alert.Restated: """
        UPDATE alerts_v1
        SET theme = %(theme)s, area = %(area)s, severity = %(severity)s, happened_at = %(happened_at)s
        WHERE alert_id = %(alert_id)s
    """,
}
