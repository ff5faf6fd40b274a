"""What a picture counts, as one would write it in SQL for this one answer, with nothing in between."""

from est_chassis.event_store import Cursor
from est_contracts.vocabulary import PicturePeriod

COUNTS = """
    WITH counting AS MATERIALIZED (
        SELECT fact.* FROM facts_v4 AS fact
        WHERE municipality = %(municipality)s AND day BETWEEN %(first_of_all)s AND %(last_day)s
            AND NOT EXISTS (SELECT FROM facts_v4_ends AS ending
                            WHERE ending.municipality = fact.municipality
                                AND ending.report_id = fact.report_id AND ending.ends_before > fact.position)
    ), compared AS (
        SELECT span.slot, area, theme, entry, organisation, severity, extract(isodow FROM day) AS weekday,
               hour, place, sum(reports) AS reports
        FROM counting JOIN unnest(%(slots)s::text[], %(first_days)s::date[], %(last_days)s::date[])
            AS span (slot, first_day, last_day) ON day BETWEEN span.first_day AND span.last_day
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    ), weeks AS (
        SELECT (day - %(first_week)s::date) / 7 AS week, function, sum(reports) AS reports,
               sum(severity) AS severities
        FROM counting WHERE day >= %(first_week)s GROUP BY 1, 2
    )
    SELECT (SELECT json_agg(compared) FROM compared)::text AS compared,
           (SELECT json_agg(weeks) FROM weeks)::text AS weeks
"""


def by_hand(cursor: Cursor, *, municipality: str, period: PicturePeriod) -> object:
    """The counts of the four periods and of 53 weeks, as JSON that PostgreSQL has written."""
    last_year = period.last_year or period.previous
    periods = {"now": period, "previous": period.previous, "before": period.before(2), "last_year": last_year}
    first_week = period.last_day.toordinal() - 53 * 7 + 1
    first_week_day = type(period.last_day).fromordinal(first_week)
    return cursor.execute(
        COUNTS,
        {
            "municipality": municipality,
            "slots": list(periods),
            "first_days": [each.first_day for each in periods.values()],
            "last_days": [each.last_day for each in periods.values()],
            "first_of_all": min(first_week_day, *(each.first_day for each in periods.values())),
            "last_day": period.last_day,
            "first_week": first_week_day,
        },
    ).fetchone()
