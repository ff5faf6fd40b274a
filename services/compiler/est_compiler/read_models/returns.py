"""What functions have returned of whole reporting periods: values, and that there is nothing to report."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_compiler.domain.knowledge import GivenRisk, ReturnedValue
from est_compiler.read_models.facts import FactSelection
from est_contracts.messages import PeriodReturned
from est_contracts.vocabulary import STOCKHOLM, Party, Theme

INSERT = "INSERT INTO returns_v1 VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
INSERT_VALUE = "INSERT INTO returns_v1_values VALUES (%s, %s, %s, %s, %s, %s)"
#: A return says what its latest revision says.
KNOWN = """
    returned.position <= %(position)s AND NOT EXISTS (
        SELECT FROM returns_v1 AS later
        WHERE later.municipality = returned.municipality AND later.return_id = returned.return_id
            AND later.position > returned.position AND later.position <= %(position)s)
"""
_MOMENT = timedelta(microseconds=1)


class Returns(ReadModel):
    """Every revision of every return (periodrapport), by the position it was recorded at."""

    name: ClassVar[str] = "returns_v1"
    upstreams: ClassVar[tuple[str, ...]] = ("intake",)
    tables: ClassVar[str] = """
        CREATE TABLE returns_v1 (
            position bigint PRIMARY KEY,
            recorded_at timestamptz NOT NULL,
            municipality text NOT NULL,
            return_id uuid NOT NULL,
            period text NOT NULL,
            first_day date NOT NULL,
            last_day date NOT NULL,
            function text NOT NULL,
            party text NOT NULL,
            nothing_to_report boolean NOT NULL,
            risk_value smallint
        );
        CREATE INDEX returns_v1_by_day ON returns_v1 (municipality, last_day);
        CREATE INDEX returns_v1_by_recording ON returns_v1 (recorded_at);
        CREATE INDEX returns_v1_by_return ON returns_v1 (municipality, return_id, position);
        CREATE TABLE returns_v1_values (
            position bigint NOT NULL,
            part smallint NOT NULL,
            entry text,
            theme text,
            area text,
            value smallint NOT NULL,
            PRIMARY KEY (position, part)
        );
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        returned = [fact for fact in facts if isinstance(fact, PeriodReturned)]
        if returned:
            cursor.executemany(INSERT, [_row(each) for each in returned])
        values = [row for each in returned for row in _values(each)]
        if values:
            cursor.executemany(INSERT_VALUE, values)


def _row(returned: PeriodReturned) -> tuple[Any, ...]:
    recorded = returned.recorded
    return (
        recorded.position, recorded.recorded_at, returned.municipality, returned.return_id, returned.period,
        returned.starts_at.astimezone(STOCKHOLM).date(),
        (returned.ends_at - _MOMENT).astimezone(STOCKHOLM).date(),
        returned.function, returned.party, returned.nothing_to_report, returned.risk_value,
    )  # fmt: skip


def _values(returned: PeriodReturned) -> list[tuple[Any, ...]]:
    said: list[tuple[Any, ...]] = [
        (answer.checklist_entry, answer.theme, answer.area, answer.value)
        for answer in returned.answers
        if answer.value is not None
    ]
    said += [(None, None, assessed.area, assessed.value) for assessed in returned.area_assessments]
    return [(returned.recorded.position, part, *each) for part, each in enumerate(said)]


def returned_values(
    cursor: Cursor, asked: FactSelection, *, first_day: date, last_day: date
) -> tuple[ReturnedValue, ...]:
    """The values of the reporting periods that end between two days."""
    there = "true" if asked.areas is None else "said.area = ANY(%(areas)s)"
    rows = cursor.execute(
        f"""
        SELECT said.entry, said.theme, said.area, returned.party, said.value
        FROM returns_v1 AS returned JOIN returns_v1_values AS said USING (position)
        WHERE municipality = %(municipality)s AND last_day BETWEEN %(first_day)s AND %(last_day)s
            AND {there} AND {KNOWN}
        ORDER BY position, said.part
        """,  # noqa: S608
        asked.values(first_day=first_day, last_day=last_day),
    )
    return tuple(
        ReturnedValue(
            entry=row["entry"],
            theme=Theme(row["theme"]) if row["theme"] else None,
            area=row["area"],
            party=Party(row["party"]),
            value=row["value"],
        )
        for row in rows
    )


def risk_values(
    cursor: Cursor, asked: FactSelection, *, first_day: date, last_day: date
) -> tuple[GivenRisk, ...]:
    """The risk values of the reporting periods that end between two days; of several, what was said last."""
    rows = cursor.execute(
        f"""
        SELECT DISTINCT ON (first_day, period) period, first_day, risk_value AS value
        FROM returns_v1 AS returned
        WHERE municipality = %(municipality)s AND last_day BETWEEN %(first_day)s AND %(last_day)s
            AND risk_value IS NOT NULL AND {KNOWN}
        ORDER BY first_day, period, position DESC
        """,  # noqa: S608
        asked.values(first_day=first_day, last_day=last_day),
    )
    return tuple(GivenRisk(**row) for row in rows)


def handed_in(
    cursor: Cursor, asked: FactSelection, *, spans: Sequence[tuple[date, date]]
) -> list[tuple[str, date, bool]]:
    """Who has returned something, on which last day, and whether it was only that there is nothing."""
    rows = cursor.execute(
        f"""
        SELECT returned.function, returned.last_day, bool_and(nothing_to_report) AS nothing
        FROM unnest(%(first_days)s::date[], %(last_days)s::date[]) AS span (first_day, last_day)
        JOIN returns_v1 AS returned ON returned.municipality = %(municipality)s
            AND returned.last_day BETWEEN span.first_day AND span.last_day
        WHERE {KNOWN}
        GROUP BY returned.function, returned.last_day
        """,  # noqa: S608
        asked.values(first_days=[first for first, _ in spans], last_days=[last for _, last in spans]),
    )
    return [(row["function"], row["last_day"], row["nothing"]) for row in rows]
