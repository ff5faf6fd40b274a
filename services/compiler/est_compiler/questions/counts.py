"""What one can ask of the facts: how many reports of what, where, by whom and when, as known then."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from est_chassis.event_store import Cursor
from est_compiler.domain.drawing.draw import SEVERE
from est_compiler.domain.drawn_picture import LateReports
from est_compiler.domain.knowledge import Slot, Tally, ToCome
from est_compiler.domain.picture import Count
from est_compiler.read_models.facts import KNOWN, FactSelection, counted_at
from est_contracts.vocabulary import Party, PicturePeriod, Theme

#: Looked up by name: a year has thousands of tallies.
SLOTS = {str(each): each for each in Slot}
THEMES = {str(each): each for each in Theme}
PARTIES = {str(each): each for each in Party}


def rows_of(cursor: Cursor, statement: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Planned for these days of this municipality: a plan for any of them is ten times as slow."""
    return cursor.execute(statement, values, prepare=False).fetchall()


def days_of(periods: Iterable[PicturePeriod]) -> dict[str, list[date]]:
    """The first and last days of some periods, as a statement asks for them."""
    spans = [(period.first_day, period.last_day) for period in periods]
    return {"first_days": [first for first, _ in spans], "last_days": [last for _, last in spans]}


def tallies(
    cursor: Cursor, asked: FactSelection, *, periods: Mapping[Slot, PicturePeriod | None]
) -> tuple[Tally, ...]:
    """What was known of some periods; the ones of comparison may have days in common."""
    slots = {slot: period for slot, period in periods.items() if period is not None}
    rows = rows_of(
        cursor,
        f"""
        SELECT span.slot, area, theme, entry, organisation, party, severity,
               CASE WHEN hour IS NOT NULL THEN extract(isodow FROM day)::int END AS weekday, hour,
               place, in_public, sum(reports)::int AS reports
        FROM unnest(%(slots)s::text[], %(first_days)s::date[], %(last_days)s::date[])
             AS span (slot, first_day, last_day)
        JOIN facts_v4 AS fact ON fact.municipality = %(municipality)s
            AND fact.day BETWEEN span.first_day AND span.last_day
        WHERE fact.reports > 0 AND {asked.there} AND {KNOWN}
        GROUP BY span.slot, area, theme, entry, organisation, party, severity, weekday, hour, place, in_public
        """,  # noqa: S608
        asked.values(slots=[str(slot) for slot in slots], **days_of(slots.values())),
    )
    return tuple(
        Tally(
            **row
            | {"slot": SLOTS[row["slot"]], "theme": THEMES[row["theme"]], "party": PARTIES[row["party"]]}
        )
        for row in rows
    )


def counts_in(
    cursor: Cursor, asked: FactSelection, *, periods: Collection[PicturePeriod]
) -> dict[date, Count]:
    """How many reports each of some periods had, by its first day; those without any are left out."""
    rows = rows_of(
        cursor,
        f"""
        SELECT span.first_day, sum(reports)::int AS reports,
               coalesce(sum(severity * reports), 0)::int AS severity_total,
               coalesce(sum(reports) FILTER (WHERE severity >= %(severe)s), 0)::int AS severe
        FROM unnest(%(first_days)s::date[], %(last_days)s::date[]) AS span (first_day, last_day)
        JOIN facts_v4 AS fact ON fact.municipality = %(municipality)s
            AND fact.day BETWEEN span.first_day AND span.last_day
        WHERE fact.reports > 0 AND {asked.there} AND {KNOWN}
        GROUP BY span.first_day
        """,  # noqa: S608
        asked.values(severe=SEVERE, **days_of(set(periods))),
    )
    return {row["first_day"]: Count(row["reports"], row["severity_total"], row["severe"]) for row in rows}


def to_come(
    cursor: Cursor, asked: FactSelection, *, periods: Collection[PicturePeriod]
) -> tuple[ToCome, ...]:
    """What reporters expect on the days of some periods."""
    rows = rows_of(
        cursor,
        f"""
        SELECT entry, area, day, sum(reports)::int AS reports
        FROM unnest(%(first_days)s::date[], %(last_days)s::date[]) AS span (first_day, last_day)
        JOIN facts_v4 AS fact ON fact.municipality = %(municipality)s
            AND fact.day BETWEEN span.first_day AND span.last_day
        WHERE fact.tense = 'expected' AND {asked.there} AND {KNOWN}
        GROUP BY entry, area, day ORDER BY day, entry, area
        """,  # noqa: S608
        asked.values(**days_of(periods)),
    )
    return tuple(ToCome(**row) for row in rows)


def first_known_day(cursor: Cursor, asked: FactSelection) -> date | None:
    """The first day of which anything was known, wherever it was: by a report, a block or a return."""
    row = cursor.execute(
        f"""
        SELECT least(
            (SELECT day FROM facts_v4 AS fact WHERE municipality = %(municipality)s AND {KNOWN}
             ORDER BY day LIMIT 1),
            (SELECT min(first_day) FROM returns_v1
             WHERE municipality = %(municipality)s AND position <= %(position)s)
        ) AS day
        """,  # noqa: S608
        asked.values(),
    ).fetchone()
    return row["day"] if row else None


def latest_day(cursor: Cursor, *, municipality: str, until: date) -> date | None:
    """The last day, no later than `until`, on which anything has happened."""
    row = cursor.execute(
        "SELECT day FROM facts_v4 WHERE municipality = %s AND day <= %s ORDER BY day DESC LIMIT 1",
        (municipality, until),
    ).fetchone()
    return row["day"] if row else None


def late_reports(
    cursor: Cursor, asked: FactSelection, *, known_from: Mapping[PicturePeriod, int]
) -> tuple[LateReports, ...]:
    """How many reports of some periods came in, or came to count, after the position that is given for each.

    One that counted by then and was corrected since is not late.
    """
    if not known_from:
        return ()
    rows = rows_of(
        cursor,
        f"""
        SELECT span.period, sum(reports)::int AS reports
        FROM unnest(%(periods)s::text[], %(first_days)s::date[], %(last_days)s::date[],
                    %(positions)s::bigint[]) AS span (period, first_day, last_day, position)
        JOIN facts_v4 AS fact ON fact.municipality = %(municipality)s
            AND fact.day BETWEEN span.first_day AND span.last_day AND fact.position > span.position
        WHERE fact.reports > 0 AND {asked.there} AND {KNOWN}
            AND NOT EXISTS (SELECT FROM facts_v4 AS before
                            WHERE before.municipality = fact.municipality
                                AND before.report_id = fact.report_id
                                AND {counted_at("span.position", fact="before")})
        GROUP BY span.period, span.first_day ORDER BY span.first_day
        """,  # noqa: S608
        asked.values(
            periods=[str(period) for period in known_from],
            positions=list(known_from.values()),
            **days_of(known_from),
        ),
    )
    return tuple(LateReports(row["period"], row["reports"]) for row in rows)


def changed_reports(cursor: Cursor, asked: FactSelection, *, period: PicturePeriod, known_from: int) -> int:
    """How many reports that counted in a period at one position no longer say so at a later one."""
    ended = """
        EXISTS (SELECT FROM facts_v4_ends AS ending
                WHERE ending.municipality = fact.municipality AND ending.report_id = fact.report_id
                    AND ending.ends_before > fact.position AND ending.position {})
    """
    [row] = rows_of(
        cursor,
        f"""
        SELECT coalesce(sum(fact.reports), 0)::int AS reports FROM facts_v4 AS fact
        WHERE municipality = %(municipality)s AND day BETWEEN %(first_day)s AND %(last_day)s
            AND {asked.there} AND fact.position <= %(known_from)s
            AND NOT {ended.format("<= %(known_from)s")}
            AND {ended.format("<= %(position)s")}
        """,  # noqa: S608
        asked.values(first_day=period.first_day, last_day=period.last_day, known_from=known_from),
    )
    return int(row["reports"])


def municipalities(cursor: Cursor) -> list[str]:
    """Those that anything is known of; found by stepping through the index, not by reading every fact."""
    rows = cursor.execute(
        """
        WITH RECURSIVE step AS (
            (SELECT municipality FROM facts_v4 ORDER BY municipality LIMIT 1)
            UNION ALL
            SELECT (SELECT municipality FROM facts_v4 WHERE municipality > step.municipality
                    ORDER BY municipality LIMIT 1)
            FROM step WHERE step.municipality IS NOT NULL
        )
        SELECT municipality FROM step WHERE municipality IS NOT NULL
        """
    ).fetchall()
    return [row["municipality"] for row in rows]
