"""What does a report say, and does it count: as it was known at a position of intake's log."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_contracts.messages import (
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
    Message,
)
from est_contracts.vocabulary import Polarity, Theme
from est_notifier.domain.occasions import Cause, Occasion

TELLINGS = IncidentReported | IncidentReportCorrected
# A correction leaves it as it was.
COUNTS: Mapping[type[Message], bool | None] = {
    IncidentReported: True,
    IncidentReportCorrected: None,
    IncidentReportWithdrawn: False,
    IncidentReportMarkedDuplicate: False,
    IncidentReportReinstated: True,
}


class Known(NamedTuple):
    """What is known of a report: what it says, and whether it counts."""

    occasion: Occasion
    counts: bool


class ReportSteps(ReadModel):
    """Each telling of a report, and each turn in whether it counts, under its position in intake's log."""

    name: ClassVar[str] = "report_steps_v1"
    upstreams: ClassVar[tuple[str, ...]] = ("intake",)
    tables: ClassVar[str] = """
        CREATE TABLE report_steps_v1 (
            position bigint PRIMARY KEY,
            municipality text NOT NULL,
            report_id uuid NOT NULL,
            counts boolean,
            theme text,
            area text,
            happened_at timestamptz,
            severity integer,
            polarity text
        );
        CREATE INDEX report_steps_v1_by_report ON report_steps_v1 (municipality, report_id, position)
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        steps = [_step(fact) for fact in facts if type(fact) in COUNTS]
        if steps:
            cursor.executemany(
                "INSERT INTO report_steps_v1 VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                steps,
            )


def report_as_known(cursor: Cursor, message: Any, *, until: int) -> Known | None:
    """The report that a message is about, as far as was told up to a position; None when nothing was.

    What it says is taken to be recorded with the message: that is when it began to say so, or to count.
    """
    asked = {"municipality": message.municipality, "report_id": message.report_id, "until": until}
    row = cursor.execute(_AS_KNOWN, asked).fetchone()
    if row is None:
        return None
    occasion = Occasion(
        municipality=message.municipality,
        cause=Cause.SEVERITY,
        concerns=message.report_id,
        theme=Theme(row["theme"]),
        area=row["area"],
        happened_at=row["happened_at"],
        recorded_at=message.recorded.recorded_at,
        severity=row["severity"],
        polarity=Polarity(row["polarity"]),
    )
    return Known(occasion, row["counts"] is not False)


def _step(fact: Any) -> tuple[Any, ...]:
    turn = (fact.recorded.position, fact.municipality, fact.report_id, COUNTS[type(fact)])
    if isinstance(fact, TELLINGS):
        return (*turn, fact.theme, fact.area, fact.happened_at, fact.severity, fact.polarity)
    return (*turn, None, None, None, None, None)


_STEPS = "report_steps_v1 WHERE municipality = %(municipality)s AND report_id = %(report_id)s"
_AS_KNOWN = f"""
    SELECT said.*, turned.counts
    FROM (
        SELECT theme, area, happened_at, severity, polarity FROM {_STEPS}
            AND position <= %(until)s AND theme IS NOT NULL ORDER BY position DESC LIMIT 1
    ) AS said LEFT JOIN (
        SELECT counts FROM {_STEPS}
            AND position <= %(until)s AND counts IS NOT NULL ORDER BY position DESC LIMIT 1
    ) AS turned ON true
"""  # noqa: S608 - nothing in it comes from outside
