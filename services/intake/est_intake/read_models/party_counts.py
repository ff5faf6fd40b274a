"""How many of what has each organisation told of a period, by reports and by blocks of counts?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import Party, ReportingPeriod, Theme
from est_intake.domain.count_block import CountBlock
from est_intake.domain.incident_report import IncidentReport


class PartyCounts(ReadModel):
    """One row for each report, and one for each number of a block; what does not count is marked so."""

    name: ClassVar[str] = "party_counts_v1"
    tables: ClassVar[str] = """
        CREATE TABLE party_counts_v1 (
            municipality text NOT NULL,
            subject uuid NOT NULL,
            place int NOT NULL,
            is_report boolean NOT NULL,
            happened_at timestamptz NOT NULL,
            organisation text NOT NULL,
            party text NOT NULL,
            theme text NOT NULL,
            checklist_entry text NOT NULL,
            area text,
            number int NOT NULL,
            in_public boolean,
            counts boolean NOT NULL,
            PRIMARY KEY (municipality, subject, is_report, place)
        );
        CREATE INDEX ON party_counts_v1 (municipality, happened_at)
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        events = [fact.event for fact in facts if isinstance(fact, RecordedEvent)]
        _take_blocks(cursor, [event for event in events if isinstance(event, CountBlock.Event)])
        _take_reports(cursor, [event for event in events if isinstance(event, IncidentReport.Event)])


@dataclass(frozen=True, slots=True)
class Tally:
    """One organisation's numbers of one entry in one area; `in_public` is known of contributed ones only."""

    organisation: str
    party: Party
    theme: Theme
    checklist_entry: str
    area: str | None
    in_public: bool | None
    reports: int
    contributed: int

    @property
    def number(self) -> int:
        return self.reports + self.contributed


def tallies(
    cursor: Cursor, municipality: str, period: ReportingPeriod, *, party: Party | None = None
) -> list[Tally]:
    """What was told of a period, withdrawn reports and duplicates left out, in a fixed order."""
    values = {
        "municipality": municipality,
        "starts_at": period.starts_at,
        "ends_at": period.ends_at,
        "party": party,
    }
    rows = cursor.execute(TALLIES, values).fetchall()
    return [Tally(**{**row, "party": Party(row["party"]), "theme": Theme(row["theme"])}) for row in rows]


def blocks_of(
    cursor: Cursor, municipality: str, period: ReportingPeriod, *, party: Party | None = None
) -> list[UUID]:
    """The blocks that were contributed for a period and count."""
    values = (municipality, period.starts_at, period.ends_at, party, party)
    return [row["subject"] for row in cursor.execute(BLOCKS, values).fetchall()]


def _take_reports(cursor: Cursor, events: Sequence[Any]) -> None:
    told = [_report(event) for event in events if isinstance(event, IncidentReport.Submitted)]
    # What was said last of each holds.
    corrected = {
        (event.municipality, event.report_id): event.incident
        for event in events
        if isinstance(event, IncidentReport.Corrected)
    }
    counting = {
        (event.municipality, event.report_id): COUNTING[type(event)]
        for event in events
        if type(event) in COUNTING
    }
    _copy(cursor, told)
    if corrected:
        cursor.executemany(CORRECT, [_correction(*each) for each in corrected.items()])
    if counting:
        cursor.executemany(COUNTS, [(counts, *report) for report, counts in counting.items()])


def _take_blocks(cursor: Cursor, events: Sequence[Any]) -> None:
    blocks = {
        (event.municipality, event.block_id): _numbers(event) if isinstance(event, CountBlock.Written) else []
        for event in events
        if isinstance(event, CountBlock.Written | CountBlock.Withdrawn)
    }
    if blocks:
        cursor.executemany(LET_GO, list(blocks))
    _copy(cursor, [row for numbers in blocks.values() for row in numbers])


def _copy(cursor: Cursor, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with cursor.copy(COPY) as copy:
            for row in rows:
                copy.write_row(row)


def _report(event: Any) -> tuple[Any, ...]:
    incident, reporter = event.incident, event.reporter
    return (
        event.municipality, event.report_id, 0, True, incident["happened_at"], reporter["organisation"],
        str(reporter["party"]), str(incident["theme"]), incident["checklist_entry"], incident["area"], 1,
        None, True,
    )  # fmt: skip


def _correction(report: tuple[str, UUID], incident: dict[str, Any]) -> tuple[Any, ...]:
    told = incident["happened_at"], str(incident["theme"]), incident["checklist_entry"], incident["area"]
    return (*told, *report)


def _numbers(event: Any) -> Sequence[tuple[Any, ...]]:
    reporter, starts_at = event.reporter, event.period["starts_at"]
    return [
        (
            event.municipality, event.block_id, place, False, starts_at, reporter["organisation"],
            str(reporter["party"]), str(each["theme"]), each["checklist_entry"], each["area"],
            each["number"], each["in_public"], True,
        )
        for place, each in enumerate(event.content["counts"])
    ]  # fmt: skip


#: After which events a report counts, and after which it does not.
COUNTING: Mapping[type, bool] = {
    IncidentReport.Withdrawn: False,
    IncidentReport.MarkedDuplicate: False,
    IncidentReport.Reinstated: True,
}

COPY = """
    COPY party_counts_v1 (municipality, subject, place, is_report, happened_at, organisation, party, theme,
                          checklist_entry, area, number, in_public, counts)
    FROM STDIN
"""
LET_GO = "DELETE FROM party_counts_v1 WHERE municipality = %s AND subject = %s AND NOT is_report"
CORRECT = """
    UPDATE party_counts_v1 SET happened_at = %s, theme = %s, checklist_entry = %s, area = %s
     WHERE municipality = %s AND subject = %s AND is_report
"""
COUNTS = "UPDATE party_counts_v1 SET counts = %s WHERE municipality = %s AND subject = %s AND is_report"
TALLIES = """
    SELECT organisation, party, theme, checklist_entry, area, in_public,
           coalesce(sum(number) FILTER (WHERE is_report), 0)::int AS reports,
           coalesce(sum(number) FILTER (WHERE NOT is_report), 0)::int AS contributed
      FROM party_counts_v1
     WHERE municipality = %(municipality)s AND counts
       AND happened_at >= %(starts_at)s AND happened_at < %(ends_at)s
       AND (%(party)s::text IS NULL OR party = %(party)s)
     GROUP BY organisation, party, theme, checklist_entry, area, in_public
     ORDER BY party, organisation, theme, checklist_entry, area NULLS FIRST, in_public NULLS FIRST
"""
BLOCKS = """
    SELECT subject FROM party_counts_v1
     WHERE municipality = %s AND counts AND NOT is_report AND happened_at >= %s AND happened_at < %s
       AND (%s::text IS NULL OR party = %s)
     GROUP BY subject, organisation ORDER BY organisation, subject
"""
