"""How many of what has each organisation told of a period, by reports and by blocks of counts?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import Party, ReportingPeriod, Theme
from est_intake.domain.count_block import CountBlock
from est_intake.read_models.recent_reports import THOSE_THAT_COUNT, RecentReports


class ContributedCounts(ReadModel):
    """One row for each number of a block of counts. Reports are counted where they stand."""

    name: ClassVar[str] = "contributed_counts_v1"
    tables: ClassVar[str] = """
        CREATE TABLE contributed_counts_v1 (
            municipality text NOT NULL,
            subject uuid NOT NULL,
            place int NOT NULL,
            happened_at timestamptz NOT NULL,
            organisation text NOT NULL,
            party text NOT NULL,
            theme text NOT NULL,
            checklist_entry text NOT NULL,
            area text,
            number int NOT NULL,
            in_public boolean NOT NULL,
            PRIMARY KEY (municipality, subject, place)
        );
        CREATE INDEX ON contributed_counts_v1 (municipality, happened_at)
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        events = [fact.event for fact in facts if isinstance(fact, RecordedEvent)]
        # What a block says last holds; the withdrawn says nothing.
        blocks = {
            (event.municipality, event.block_id): _numbers(event)
            if isinstance(event, CountBlock.Written)
            else []
            for event in events
            if isinstance(event, CountBlock.Written | CountBlock.Withdrawn)
        }
        if blocks:
            cursor.executemany(LET_GO, list(blocks))
            with cursor.copy(COPY) as copy:
                for row in (row for numbers in blocks.values() for row in numbers):
                    copy.write_row(row)


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


def _numbers(event: Any) -> Sequence[tuple[Any, ...]]:
    reporter, starts_at = event.reporter, event.period["starts_at"]
    return [
        (
            event.municipality, event.block_id, place, starts_at, reporter["organisation"],
            str(reporter["party"]), str(each["theme"]), each["checklist_entry"], each["area"],
            each["number"], each["in_public"],
        )
        for place, each in enumerate(event.content["counts"])
    ]  # fmt: skip


COPY = """
    COPY contributed_counts_v1 (municipality, subject, place, happened_at, organisation, party, theme,
                                checklist_entry, area, number, in_public)
    FROM STDIN
"""
LET_GO = "DELETE FROM contributed_counts_v1 WHERE municipality = %s AND subject = %s"
TALLIES = f"""
    WITH told AS (
        SELECT organisation, party, theme, checklist_entry, area, in_public, 0 AS reports,
               number AS contributed
          FROM contributed_counts_v1
         WHERE municipality = %(municipality)s
           AND happened_at >= %(starts_at)s AND happened_at < %(ends_at)s
        UNION ALL
        SELECT organisation, party, theme, checklist_entry, area, NULL::boolean, 1, 0
          FROM {RecentReports.name}
         WHERE municipality = %(municipality)s AND {THOSE_THAT_COUNT}
           AND happened_at >= %(starts_at)s AND happened_at < %(ends_at)s
    )
    SELECT organisation, party, theme, checklist_entry, area, in_public,
           sum(reports)::int AS reports, sum(contributed)::int AS contributed
      FROM told
     WHERE %(party)s::text IS NULL OR party = %(party)s
     GROUP BY organisation, party, theme, checklist_entry, area, in_public
     ORDER BY party, organisation, theme, checklist_entry, area NULLS FIRST, in_public NULLS FIRST
"""  # noqa: S608 - our own words
BLOCKS = """
    SELECT subject FROM contributed_counts_v1
     WHERE municipality = %s AND happened_at >= %s AND happened_at < %s
       AND (%s::text IS NULL OR party = %s)
     GROUP BY subject, organisation ORDER BY organisation, subject
"""
