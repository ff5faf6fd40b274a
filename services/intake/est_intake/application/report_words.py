"""The free text of reports: beside the log, so that it can be erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from est_chassis.event_store import UnitOfWork
from est_intake.domain.incident_report import IncidentReport
from est_intake.domain.submission import Submission
from est_intake.domain.words_change import WordsChange


class Writing(NamedTuple):
    """What somebody wrote in their own words: what was seen, and what has been done already."""

    text: str | None = None
    measures: str | None = None

    @classmethod
    def of(cls, submission: Submission) -> Writing:
        return cls(submission.text or None, submission.measures or None)

    def change_to(self, new: Writing) -> WordsChange | None:
        """Told of both together, and above all when words that stood are gone."""
        if new == self:
            return None
        lost = any(before and after != before for before, after in zip(self, new, strict=True))
        gained = any(after and after != before for before, after in zip(self, new, strict=True))
        if lost and gained:
            return WordsChange.REWRITTEN
        return WordsChange.REMOVED if lost else WordsChange.ADDED


NOTHING = Writing()


class ReportWords:
    """The words of the reports of one transaction; an erased one has none."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._met: dict[tuple[str, object], Writing] = {}

    def keep(self, report: IncidentReport, writing: Writing) -> None:
        """Written with the report; a report without words costs nothing."""
        if any(writing):
            self._work.write(KEEP, (report.municipality, report.report_id, *writing))

    def change(self, report: IncidentReport, writing: Writing) -> None:
        """Put the new words in place of the old, which are gone from now on."""
        # In the order in which it was asked for: another's change of the same words may wait to be written.
        self._work.flush()
        key = (report.municipality, report.report_id)
        if any(writing):
            self._work.write(CHANGE, (*key, *writing))
        else:
            self._work.write(ERASE, key)
        self._met[key] = writing

    def of(self, report: IncidentReport) -> Writing:
        key = (report.municipality, report.report_id)
        if key not in self._met:
            row = self._work.cursor.execute(READ, key).fetchone()
            self._met[key] = Writing(row["text"], row["measures"]) if row else NOTHING
        return self._met[key]

    def read(self, submissions: Sequence[Submission]) -> None:
        """Those of many reports with one question."""
        asked = [(each.municipality, each.report_id) for each in submissions]
        if asked:
            columns = tuple(map(list, zip(*asked, strict=True)))
            rows = self._work.cursor.execute(READ_MANY, columns).fetchall()
            found = {
                (row["municipality"], row["report_id"]): Writing(row["text"], row["measures"]) for row in rows
            }
            self._met |= {each: found.get(each, NOTHING) for each in asked}


#: Measures came later than the text: where there is a table already it is widened.
REPORT_TEXTS = """
    CREATE TABLE IF NOT EXISTS report_texts (
        municipality text NOT NULL,
        report_id uuid NOT NULL,
        text text,
        measures text,
        PRIMARY KEY (municipality, report_id)
    );
    ALTER TABLE report_texts ADD COLUMN IF NOT EXISTS measures text;
    ALTER TABLE report_texts ALTER COLUMN text DROP NOT NULL
"""
# Whether the report is new is decided by its event: a conflict there undoes this too.
KEEP = """
    INSERT INTO report_texts (municipality, report_id, text, measures) VALUES (%s, %s, %s, %s)
    ON CONFLICT DO NOTHING
"""
CHANGE = """
    INSERT INTO report_texts (municipality, report_id, text, measures) VALUES (%s, %s, %s, %s)
    ON CONFLICT (municipality, report_id) DO UPDATE SET text = excluded.text, measures = excluded.measures
"""
ERASE = "DELETE FROM report_texts WHERE municipality = %s AND report_id = %s"
READ_MANY = """
    SELECT municipality, report_id, text, measures FROM report_texts
      JOIN unnest(%s::text[], %s::uuid[]) AS asked (municipality, report_id) USING (municipality, report_id)
"""
READ = "SELECT text, measures FROM report_texts WHERE municipality = %s AND report_id = %s"
