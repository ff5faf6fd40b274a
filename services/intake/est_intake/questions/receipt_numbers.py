"""Which of a function's reports is this, in its period?"""

from uuid import UUID

from est_chassis.event_store import Cursor
from est_contracts.vocabulary import ReportingPeriod
from est_intake.read_models.recent_reports import RecentReports


def number_in(period: ReportingPeriod, cursor: Cursor, *, municipality: str, report_id: UUID) -> int | None:
    """1 for the first that its function recorded of the period, and so on; None when it is not shown yet.

    What is taken back keeps its number, so that the numbers on other receipts stay what they were.
    """
    asked = {
        "municipality": municipality,
        "report_id": report_id,
        "starts_at": period.starts_at,
        "ends_at": period.ends_at,
    }
    row = cursor.execute(NUMBER, asked).fetchone()
    return row["number"] or None if row else None


NUMBER = f"""
    SELECT count(*) AS number
      FROM {RecentReports.name} AS this
      JOIN {RecentReports.name} AS each USING (municipality, function)
     WHERE this.municipality = %(municipality)s AND this.report_id = %(report_id)s
       AND each.happened_at >= %(starts_at)s AND each.happened_at < %(ends_at)s
       AND each.position <= this.position
"""  # noqa: S608 - our own words
